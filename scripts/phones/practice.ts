// The practice credentials of the sandbox, as they are typed into n8n's window. Knows no vendor.
import { credentialName, services, type Sandbox } from '../../test/e2e/sandbox';
import { credentialsFor } from '../../test/vendors';

export interface PracticeCredential {
	/** Under which it is already in n8n. */
	name: string;
	/** What to search for in *Create credential*. */
	type: string;
	/** What to fill in, from top to bottom; fields that stay as they are have no line. */
	fields: Array<{ label: string; value: string }>;
}

/** One for each provider and messenger, in the registry's order. */
export function practiceCredentials(sandbox: Sandbox): PracticeCredential[] {
	return services.map(({ title, provider, messenger }) => {
		const vendor = sandbox.vendor(provider.name);
		const data = credentialsFor(vendor, messenger.name);
		const { displayName, properties } = provider.credential;
		return {
			name: credentialName({ title }),
			type: displayName,
			fields: properties.flatMap(({ name, displayName: label, default: usual, options = [] }) => {
				const value = data[name];
				if (value === undefined || value === usual) return [];
				const chosen = options.find((option) => 'value' in option && option.value === value);
				return [{ label, value: chosen?.name ?? String(value) }];
			}),
		};
	});
}

/** The lines that a terminal of 100 columns shows. */
export function printedCredentials(credentials: readonly PracticeCredential[]): string {
	return credentials
		.map(({ name, type, fields }) =>
			[
				`${name}  (${type})`,
				...fields.map(({ label, value }) => `    ${label.padEnd(20)} ${value}`),
			].join('\n'),
		)
		.join('\n');
}
