// Which credential data the example workflows run with: the sandbox vendors', or real ones from `.env`.
import type { INode } from 'n8n-workflow';

import { providers } from '../../nodes/SendContact/providers';
import type { Provider } from '../../nodes/SendContact/providers/Provider';
import { credentialsFor, vendorOf, type RunningVendor } from '../vendors';
import type { CredentialData } from './engine';
import { variablesOf } from './variables';

/** A credential that examples name, and where it leads. */
export interface Account {
	/** The id under which workflows name it: the credential type, and the messenger where there are several. */
	id: string;
	provider: Provider;
	data: CredentialData[string];
	/** Absent where it leads to the real vendor. */
	sandbox?: RunningVendor;
	/** Whom real messages go to, and through which sender. */
	real?: { to: string; sender: string };
}

/** Starts the sandbox and puts real credentials in the place of those that the environment has whole. */
export async function openAccounts(
	env: NodeJS.ProcessEnv,
): Promise<{ accounts: Account[]; stop(): Promise<void> }> {
	const running: RunningVendor[] = [];
	const accounts: Account[] = [];
	for (const provider of providers) {
		const sandbox = await vendorOf(provider.name).start();
		running.push(sandbox);
		for (const variables of variablesOf(provider)) {
			const { id, messenger } = variables;
			const real = realAccount(provider, variables, env);
			const data = credentialsFor(sandbox, messenger);
			accounts.push(real ?? { id, provider, data, sandbox });
		}
	}
	return {
		accounts,
		stop: async () => {
			await Promise.all(running.map(async (vendor) => await vendor.stop()));
		},
	};
}

function realAccount(
	provider: Provider,
	{ id, fields, to, sender }: ReturnType<typeof variablesOf>[number],
	env: NodeJS.ProcessEnv,
): Account | undefined {
	const { properties } = provider.credential;
	const values = Object.entries(fields).map(
		([name, variable]) => [name, env[variable]?.trim()] as const,
	);
	const required = properties.filter((field) => field.required === true).map(({ name }) => name);
	const isWhole = required.every((name) =>
		values.some(([field, value]) => field === name && value),
	);
	if (!isWhole) return undefined;
	const recipient = env[to]?.trim();
	if (!recipient || (provider.sender && !env[sender])) {
		throw new Error(
			`There are real credentials for ${provider.displayName} (${id}): also set ${to} to your own number or chat${provider.sender ? ` and ${sender} to the ${provider.sender.displayName.toLowerCase()}` : ''}, since the people in the examples are made up.`,
		);
	}
	const defaults = Object.fromEntries(properties.map(({ name, default: value }) => [name, value]));
	return {
		id,
		provider,
		data: {
			...defaults,
			...Object.fromEntries(values.filter(([, value]) => value)),
		} as Account['data'],
		real: { to: recipient, sender: env[sender]?.trim() ?? '' },
	};
}

/** The node as it is, or one that sends all its cards to the real account's own recipient. */
export function pointedAt(account: Account, node: INode): INode {
	if (account.real === undefined) return node;
	const { to, sender } = account.real;
	const locator = (value: string, mode: string) => ({ __rl: true, mode, value });
	return {
		...node,
		parameters: {
			...node.parameters,
			to: locator(to, account.provider.messengers[0].recipient.fromPhone ? 'phone' : 'id'),
			...(sender !== '' && { sender: locator(sender, 'id') }),
		},
	};
}
