// The accounts of one run: a credential that many items share is opened once.
import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../contact/InputError';
import type { Provider } from '../providers/Provider';
import { openAccount, type Account } from './Account';

export class Accounts {
	private readonly opened = new Map<string, Promise<Account>>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** @throws InputError when no credential was chosen, or its values give no usable address */
	async of(provider: Provider, itemIndex: number): Promise<Account> {
		const { name } = provider.credential;
		const data = await this.context.getCredentials(name, itemIndex).catch((problem: unknown) => {
			if (this.context.getNode().credentials?.[name] !== undefined) throw problem;
			// n8n's own words name a type of credential that nobody has seen.
			throw new InputError({
				parameter: '',
				message: `No credential of ${provider.displayName} has been chosen`,
				description: 'Choose one under Credential, right below Provider, or create it there.',
			});
		});
		const key = JSON.stringify([provider.name, data]);
		const opened = this.opened.get(key) ?? openAccount(provider, data);
		this.opened.set(key, opened);
		return await opened;
	}
}
