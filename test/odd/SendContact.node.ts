// The node with the odd vendors in its lists of providers and credentials, which the shipped file has as
// literals. Everything else in it is what ships.
import { SendContact as Shipped } from '../../nodes/SendContact/SendContact.node';
import { oddProviders } from './providers';

export class SendContact extends Shipped {
	constructor() {
		super();
		const { description } = this;
		const [provider] = description.properties;
		provider?.options?.push(
			...oddProviders.map(({ name, displayName }) => ({ name: displayName, value: name })),
		);
		provider?.options?.sort((one, other) => one.name.localeCompare(other.name));
		description.credentials?.push(
			...oddProviders.map(({ name, credential }) => ({
				name: credential.name,
				required: true,
				displayOptions: { show: { '/provider': [name] } },
			})),
		);
	}
}
