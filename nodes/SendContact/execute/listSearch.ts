// Filling the drop-downs of the panel: senders and recipients, from the vendor's own lists.
import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { judgeAnswer, judgeNoAnswer } from '../delivery/judge';
import { isObject, textOf } from '../providers/answers';
import { providerNamed } from '../providers';
import type { ListRequest, Provider } from '../providers/Provider';
import { openAccount } from './Account';
import { request } from './transport';

/** A resource locator's value, or the plain value itself. */
function valueOf(parameter: unknown): unknown {
	return isObject(parameter) ? parameter.value : parameter;
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
	const isOk = typeof answer !== 'string' && answer.statusCode >= 200 && answer.statusCode < 300;
	if (!isOk) {
		const verdict =
			typeof answer === 'string'
				? judgeNoAnswer(provider, answer)
				: judgeAnswer(provider, answer, account.redactor);
		if (verdict.kind === 'accepted') return { results: [] };
		throw new NodeOperationError(context.getNode(), verdict.failure.message, {
			description: account.redactor.text(verdict.failure.description),
		});
	}
	const wanted = filter.trim().toLocaleLowerCase();
	const results = list
		.entries(answer)
		.filter(({ name, value }) => `${name}\n${value}`.toLocaleLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
	return { results };
}
