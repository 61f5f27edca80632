// What the real credentials that examples can run with are called in `.env`.
import type { Provider } from '../../nodes/SendContact/providers/Provider';

/** A credential that examples name, and the names of its variables. */
export interface Variables {
	/** The id under which workflows name it: the credential type, and the messenger where there are several. */
	id: string;
	messenger: string;
	/** By the credential's fields. */
	fields: Record<string, string>;
	to: string;
	sender: string;
}

const snake = (text: string) =>
	text
		.replace(/([a-z\d])([A-Z])/g, '$1_$2')
		.replace(/-/g, '_')
		.toUpperCase();

/** One for each messenger of a provider. */
export function variablesOf(provider: Provider): Variables[] {
	return provider.messengers.map(({ name }) => {
		const type = provider.credential.name;
		const id = provider.messengers.length > 1 ? `${type}-${name}` : type;
		const fields = provider.credential.properties
			.filter(({ type: kind }) => kind === 'string' || kind === 'options')
			.map((field) => [field.name, `${snake(id)}_${snake(field.name)}`]);
		return {
			id,
			messenger: name,
			fields: Object.fromEntries(fields) as Record<string, string>,
			to: `${snake(id)}_TO`,
			sender: `${snake(id)}_SENDER`,
		};
	});
}
