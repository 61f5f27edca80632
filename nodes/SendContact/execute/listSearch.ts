// Filling the drop-downs of the panel: senders and recipients, from the vendor's own lists.
import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { judgeNoAnswer, type NoAnswer } from '../delivery/judge';
import { refusedLookUp } from '../delivery/judgeLookUp';
import { isObject, textOf } from '../providers/answers';
import { providerNamed } from '../providers';
import type {
	Answer,
	ListEntry,
	ListQuery,
	ListRequest,
	Messenger,
	Provider,
} from '../providers/Provider';
import { openAccount, type Account } from './Account';
import { request } from './transport';

/** A list together with what the node takes from it. */
interface Choice {
	list: ListRequest;
	isTaken: (id: string) => boolean;
}

const LIST_TIMEOUT_MS = 20_000;

/** A list of ten thousand chats has a few megabytes. */
const LIST_MOST_BYTES = 20_000_000;

/** A list that the vendor cannot search is gone through so far for what was typed. */
const MOST_PAGES = 25;

/** So many entries fill the drop-down: the next pages are asked for when it is scrolled. */
const ENOUGH_ENTRIES = 20;

/** The vendor's senders (channels, instances …) whose name or id holds `filter`. */
export async function searchSenders(
	context: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await search(context, senderChoice, filter, paginationToken);
}

/** The vendor's chats, groups or contacts whose name or id holds `filter`. */
export async function searchRecipients(
	context: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const messenger = context.getCurrentNodeParameter('messenger');
	return await search(context, recipientChoice(messenger), filter, paginationToken);
}

function senderChoice({ sender }: Provider): Choice | undefined {
	const list = sender?.list;
	return list && { list, isTaken: (id) => sender.pattern.test(id) };
}

function recipientChoice(name: unknown): (provider: Provider) => Choice | undefined {
	return ({ messengers }) => {
		const chosen: Messenger =
			messengers.find((candidate) => candidate.name === name) ?? messengers[0];
		const { list, ids } = chosen.recipient;
		return list && { list, isTaken: (id) => ids.some(({ pattern }) => pattern.test(id)) };
	};
}

/** A resource locator's value, or the plain value itself. */
function valueOf(parameter: unknown): unknown {
	return isObject(parameter) ? parameter.value : parameter;
}

const IN_A_MOMENT = 'Open the list again in a moment, or fill in the ID.';

/** Why there is no list, for the user; `undefined` where there is one. The texts about sending would mislead. */
function noList({ provider, redactor }: Account, answer: Answer | NoAnswer): string | undefined {
	const { displayName } = provider;
	if (typeof answer === 'string') {
		const verdict = judgeNoAnswer(provider, answer);
		return verdict.failure.status === 'notSent'
			? `${verdict.failure.message}. ${verdict.failure.description}`
			: `${displayName} did not give the list in time. ${IN_A_MOMENT}`;
	}
	const refused = refusedLookUp(provider, answer, redactor);
	if (refused === undefined) return undefined;
	const { rule, words } = refused;
	const text = words.text.slice(0, 300);
	const said = text === '' ? '' : ` ${displayName} said: “${text}”`;
	if (rule !== undefined) return `${rule.message}. ${rule.description}${said}`;
	const wayOut = [401, 403, 404].includes(answer.statusCode)
		? 'Test the credential, and check that its key may read this list. You can also fill in the ID.'
		: IN_A_MOMENT;
	return `${displayName} did not give the list (status ${answer.statusCode}). ${wayOut}${said}`;
}

/** One page. @throws NodeOperationError with the way out in its message: n8n shows nothing else there */
async function pageOf(
	context: ILoadOptionsFunctions,
	account: Account,
	list: ListRequest,
	query: ListQuery,
): Promise<{ entries: ListEntry[]; next: string | undefined }> {
	const answer = await request(
		context,
		account,
		list.request(query),
		LIST_TIMEOUT_MS,
		LIST_MOST_BYTES,
	);
	const problem = noList(account, answer);
	if (problem !== undefined || typeof answer === 'string') {
		throw new NodeOperationError(context.getNode(), problem ?? IN_A_MOMENT);
	}
	return { entries: list.entries(answer, query), next: list.next?.(answer, query) };
}

async function search(
	context: ILoadOptionsFunctions,
	choiceOf: (provider: Provider) => Choice | undefined,
	filter = '',
	firstCursor?: string,
): Promise<INodeListSearchResult> {
	const provider = providerNamed(context.getCurrentNodeParameter('provider'));
	const choice = provider && choiceOf(provider);
	if (provider === undefined || choice === undefined) return { results: [] };
	const account = await openAccount(
		provider,
		await context.getCredentials(provider.credential.name),
	);
	const { list, isTaken } = choice;
	const typed = filter.trim();
	const query = {
		sender: textOf(valueOf(context.getCurrentNodeParameter('sender'))) ?? '',
		account: account.public,
		search: typed,
	};
	const lacking = list.lacks?.(account.public);
	if (lacking !== undefined) throw new NodeOperationError(context.getNode(), lacking);
	const { sender } = provider;
	if (list.needsSender && sender !== undefined && !sender.pattern.test(query.sender)) {
		throw new NodeOperationError(
			context.getNode(),
			`Choose the ${sender.displayName} above first: ${provider.displayName} lists the chats of one. You can also fill in the ID.`,
		);
	}
	const wanted = list.isSearchable ? '' : typed.toLocaleLowerCase();
	const found = new Map<string, ListEntry>();
	let cursor = firstCursor;
	for (let page = 0; page < MOST_PAGES; page += 1) {
		const { entries, next } = await pageOf(context, account, list, {
			...query,
			...(cursor !== undefined && { cursor }),
		});
		for (const entry of entries) {
			const text = `${shown(entry).name}\n${entry.value}`.toLocaleLowerCase();
			if (text.includes(wanted) && isTaken(entry.value)) found.set(entry.value, entry);
		}
		cursor = next;
		if (cursor === undefined || found.size >= ENOUGH_ENTRIES) break;
	}
	if (found.size === 0 && cursor !== undefined) {
		throw new NodeOperationError(
			context.getNode(),
			`${provider.displayName} has more entries than were looked through, and none of the first ones fits. Type more of the name, or fill in the ID.`,
		);
	}
	return {
		results: [...found.values()].sort(byUse).map(shown),
		...(cursor !== undefined && { paginationToken: cursor }),
	};
}

/** Alphabetical; what cannot send at the moment comes last. */
function byUse(one: ListEntry, other: ListEntry): number {
	return (
		Number(one.isOff ?? false) - Number(other.isOff ?? false) || one.name.localeCompare(other.name)
	);
}

function shown({ name, note, value }: ListEntry) {
	return { name: note === undefined ? name : `${name} (${note})`, value };
}
