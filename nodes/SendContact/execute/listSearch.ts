// Filling the drop-downs of the panel: senders and recipients, from the vendor's own lists.
import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { judgeNoAnswer, type NoAnswer } from '../delivery/judge';
import { isObject, textOf } from '../providers/answers';
import { providerNamed } from '../providers';
import type { Answer, ListRequest, Provider } from '../providers/Provider';
import { openAccount, type Account } from './Account';
import { request } from './transport';

/** A resource locator's value, or the plain value itself. */
function valueOf(parameter: unknown): unknown {
	return isObject(parameter) ? parameter.value : parameter;
}

/** Why there is no list: the vendor's texts about sending would mislead. */
function noList({ provider, redactor }: Account, answer: Answer | NoAnswer) {
	const { displayName } = provider;
	if (typeof answer === 'string') {
		const verdict = judgeNoAnswer(provider, answer);
		if (verdict.kind === 'failed' && verdict.failure.status === 'notSent') return verdict.failure;
		return {
			message: `${displayName} did not give the list in time`,
			description: 'Open the list again in a moment, or fill in the ID.',
		};
	}
	const words = redactor.text(provider.vendorWords(answer).text).slice(0, 300);
	const said = words === '' ? '' : ` ${displayName} said: “${words}”`;
	const isCredential = [401, 403, 404].includes(answer.statusCode);
	return {
		message: `${displayName} did not give the list (status ${answer.statusCode})`,
		description: isCredential
			? `Test the credential, and check that its key may read this list. You can also fill in the ID.${said}`
			: `Open the list again in a moment, or fill in the ID.${said}`,
	};
}

const LIST_TIMEOUT_MS = 20_000;

/** The vendor's senders (channels, instances …) whose name or id holds `filter`. */
export async function searchSenders(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	return await search(this, (provider) => provider.sender?.list, filter);
}

/** The vendor's chats, groups or contacts whose name or id holds `filter`. */
export async function searchRecipients(
	this: ILoadOptionsFunctions,
	filter?: string,
): Promise<INodeListSearchResult> {
	const messenger = this.getCurrentNodeParameter('messenger');
	return await search(
		this,
		({ messengers: [first, ...others] }) =>
			([first, ...others].find(({ name }) => name === messenger) ?? first).recipient.list,
		filter,
	);
}

async function search(
	context: ILoadOptionsFunctions,
	listOf: (provider: Provider) => ListRequest | undefined,
	filter = '',
): Promise<INodeListSearchResult> {
	const provider = providerNamed(context.getCurrentNodeParameter('provider'));
	const list = provider && listOf(provider);
	if (provider === undefined || list === undefined) return { results: [] };
	const sender = context.getCurrentNodeParameter('sender');
	const account = await openAccount(
		provider,
		await context.getCredentials(provider.credential.name),
	);
	const answer = await request(
		context,
		account,
		list.request(textOf(valueOf(sender)) ?? ''),
		LIST_TIMEOUT_MS,
	);
	if (typeof answer === 'string' || answer.statusCode < 200 || answer.statusCode >= 300) {
		const { message, description } = noList(account, answer);
		throw new NodeOperationError(context.getNode(), message, { description });
	}
	const wanted = filter.trim().toLocaleLowerCase();
	const results = list
		.entries(answer)
		.filter(({ name, value }) => `${name}\n${value}`.toLocaleLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results };
}
