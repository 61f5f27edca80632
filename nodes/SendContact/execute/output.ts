// From what became of the cards to n8n's items and errors. Sends nothing.
import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { shownName } from '../contact/carried';
import { firstPhone, type Contact } from '../contact/Contact';
import { isFailed, type Failed, type Outcome } from '../delivery/Outcome';
import { isObject, without } from '../providers/answers';
import type { CardKind, Provider } from '../providers/Provider';
import type { Account } from './Account';
import { cut, ranges } from './briefly';
import type { Card, LeftOut } from './readItem';

/** One card of an item, or an item that could not be read: what the output is made of. */
export interface Entry {
	itemIndex: number;
	provider: Provider | undefined;
	/** A card that cannot be sent, of an item that could be read. */
	leftOut?: LeftOut;
	/** Absent where nothing can be sent. */
	ready?: { account: Account; card: Card; simplify: boolean };
}

/** A contact as it was sent. */
function person(contact: Contact, card: CardKind): IDataObject {
	const [name, phone] = [shownName(contact, card), firstPhone(contact)];
	return {
		...(name !== undefined && { name }),
		...(phone !== undefined && { phone }),
		...(contact.contactChatId !== undefined && { chatId: contact.contactChatId }),
	};
}

/** A JSON value as n8n's items hold it. */
function asData(value: unknown): IDataObject | string {
	if (typeof value === 'string') return value;
	return isObject(value) ? (value as IDataObject) : JSON.stringify(value ?? '');
}

/** The recipient that the card was sent to: the new id where it has moved. */
function recipientOf(card: Card, outcome: Outcome | 'preview'): string {
	if (outcome === 'preview' || outcome.status === 'duplicate') return card.message.to;
	return outcome.movedTo ?? card.message.to;
}

async function requestOf(
	account: Account,
	card: Card,
	outcome: Outcome | 'preview',
): Promise<IDataObject> {
	const to = recipientOf(card, outcome);
	const request = card.messenger.request({ ...card.message, to });
	const { method, url, headers, body } = await account.shown(request);
	return {
		method,
		url,
		...(headers !== undefined && { headers: asData(headers) }),
		body: asData(body ?? {}),
	};
}

/** The vendor's answer as it came, secrets replaced: JSON where it is JSON, else text. */
function responseOf(account: Account, outcome: Outcome): IDataObject {
	if (outcome.status === 'duplicate' || outcome.answer === undefined) return {};
	const { statusCode, json, text } = outcome.answer;
	const shown = (account.provider.othersData ?? []).reduce(without, json);
	const body = account.redactor.json(isObject(json) || Array.isArray(json) ? shown : text);
	return { response: { statusCode, body: Array.isArray(body) ? body : asData(body) } };
}

/** What both a success and a failure tell of a card. */
function common(entry: Entry, outcome: Outcome | 'preview'): IDataObject {
	const { leftOut } = entry;
	const { card } = entry.ready ?? {};
	return {
		provider: entry.provider?.name ?? null,
		...(leftOut && {
			to: leftOut.to,
			contact: {
				...(leftOut.name !== undefined && { name: leftOut.name }),
				...(leftOut.phone !== undefined && { phone: leftOut.phone }),
			},
		}),
		...(card && {
			to: recipientOf(card, outcome),
			contact: person(card.message.contact, card.messenger.card),
			...(card.message.contacts.length > 1 && {
				contacts: card.message.contacts.map((one) => person(one, card.messenger.card)),
			}),
			droppedFields: card.dropped,
		}),
	};
}

async function details({ ready }: Entry, outcome: Outcome | 'preview'): Promise<IDataObject> {
	if (ready === undefined || (outcome !== 'preview' && ready.simplify)) return {};
	return {
		request: await requestOf(ready.account, ready.card, outcome),
		...(outcome !== 'preview' && responseOf(ready.account, outcome)),
	};
}

function messageIds(outcome: Exclude<Outcome, Failed> | 'preview'): IDataObject {
	if (outcome === 'preview' || outcome.status !== 'accepted') return { messageId: null };
	const { messageId, providerMessageId } = outcome;
	return { messageId, ...(providerMessageId !== undefined && { providerMessageId }) };
}

/** The item for a card that was sent, previewed or skipped. */
function successItem(
	entry: Entry,
	outcome: Exclude<Outcome, Failed> | 'preview',
	shown: IDataObject,
): INodeExecutionData {
	const { provider, ...rest } = common(entry, outcome);
	return {
		json: {
			provider,
			status: outcome === 'preview' ? 'preview' : outcome.status,
			...messageIds(outcome),
			...rest,
			attempts: outcome === 'preview' ? 0 : outcome.attempts,
			...shown,
		},
		pairedItem: { item: entry.itemIndex },
	};
}

/** `Field: what is wrong. The way out.` is for the user; the item also holds it in parts. */
function failureItem(
	node: INode,
	entry: Entry,
	failed: Failed,
	shown: IDataObject,
): INodeExecutionData {
	const { provider, ...rest } = common(entry, failed);
	const item: INodeExecutionData = {
		json: {
			provider,
			status: failed.status,
			error: failed.message,
			description: failed.description,
			...(failed.parameter !== undefined &&
				failed.parameter !== '' && { parameter: failed.parameter }),
			...(failed.httpCode !== undefined && { httpCode: failed.httpCode }),
			...(failed.vendorCode !== undefined && { vendorCode: failed.vendorCode }),
			...rest,
			attempts: failed.attempts,
			...shown,
		},
		pairedItem: { item: entry.itemIndex },
	};
	if (node.onError === 'continueErrorOutput') {
		// n8n routes an item by `error`, and then throws away the JSON of items on which it finds `error`
		// again. It routes copies, which leave out what cannot be enumerated: so both survive.
		Object.defineProperty(item, 'error', { value: errorOf(node, failed, entry.itemIndex) });
	}
	return item;
}

/** The output item of one entry. */
export async function itemOf(
	node: INode,
	entry: Entry,
	outcome: Outcome | 'preview',
): Promise<INodeExecutionData> {
	const shown = await details(entry, outcome);
	return outcome !== 'preview' && isFailed(outcome)
		? failureItem(node, entry, outcome, shown)
		: successItem(entry, outcome, shown);
}

/** n8n's error for a failure. It is made anew: the one that the helper threw holds the request. */
function errorOf(
	node: INode,
	{
		message,
		description,
		httpCode,
		attempts,
	}: Pick<Failed, 'message' | 'description' | 'httpCode' | 'attempts'>,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (attempts === 0) return new NodeOperationError(node, message, { description, itemIndex });
	return new NodeApiError(
		node,
		{ message, description },
		{ message, description, itemIndex, ...(httpCode !== undefined && { httpCode }) },
	);
}

/** What a list of any length may add to an error: a person reads it, and n8n keeps it. */
const LONGEST_MESSAGE = 500;
const LONGEST_DESCRIPTION = 1500;
const LONGEST_ROW = 350;
const MOST_ROWS_IN_FULL = 10;

function rowsInFull(failures: Array<{ itemIndex: number; failed: Failed }>): string {
	const rows = failures
		.slice(0, MOST_ROWS_IN_FULL)
		.map(({ itemIndex, failed }) =>
			cut(`Item ${itemIndex}: ${failed.message}. ${failed.description}`, LONGEST_ROW),
		);
	const rest = failures.slice(MOST_ROWS_IN_FULL).map(({ itemIndex }) => itemIndex);
	return [...rows, ...(rest.length > 0 ? [`And items ${ranges(rest)}.`] : [])].join('\n');
}

/** The error of On Error = Stop for rows that are filled in wrongly: nothing has been sent. */
export function badRowsError(
	node: INode,
	failures: Array<{ itemIndex: number; failed: Failed }>,
): NodeApiError | NodeOperationError {
	const [first] = failures;
	if (first === undefined) return new NodeOperationError(node, 'Nothing to report');
	const { itemIndex, failed } = first;
	const others = failures.length - 1;
	const what = cut(failed.message, LONGEST_MESSAGE);
	const message = `${what} [item ${itemIndex}]${others > 0 ? ` and ${others} more` : ''}`;
	const description =
		others > 0
			? `Nothing was sent. ${failures.length} items need a correction:\n${rowsInFull(failures)}`
			: `${cut(failed.description, LONGEST_DESCRIPTION)} Nothing was sent.`;
	return errorOf(node, { message, description, attempts: 0 }, itemIndex);
}

/** The error of On Error = Stop for a list that did not go through: which items were sent and which not. */
export function stoppedError(
	node: INode,
	results: ReadonlyArray<{ itemIndex: number; outcome: Outcome }>,
): NodeApiError | NodeOperationError {
	const failures = results.flatMap(({ itemIndex, outcome }) =>
		isFailed(outcome) ? [{ itemIndex, failed: outcome }] : [],
	);
	// What was only kept from leaving is not what went wrong.
	const [first] = failures.filter(
		({ failed }) => failed.attempts > 0 || failed.status !== 'notSent',
	);
	const cause = first ?? failures[0];
	if (cause === undefined) return new NodeOperationError(node, 'Nothing to report');
	const { failed, itemIndex } = cause;
	const having = (test: (outcome: Outcome) => boolean) =>
		results.filter(({ outcome }) => test(outcome)).map((result) => result.itemIndex);
	const sums = [
		['Accepted', having(({ status }) => status === 'accepted')],
		['Skipped as duplicates', having(({ status }) => status === 'duplicate')],
		['Refused', having(({ status }) => status === 'rejected')],
		['Not known whether sent', having(({ status }) => status === 'unknown')],
		['Not sent', having(({ status }) => status === 'notSent')],
	] as const;
	const description = cut(failed.description, LONGEST_DESCRIPTION);
	const account = sums
		.filter(([, indices]) => indices.length > 0)
		.map(([what, indices]) => `${what}: ${ranges(indices)}`)
		.join('. ');
	return errorOf(
		node,
		{
			...failed,
			message: `${cut(failed.message, LONGEST_MESSAGE)} [item ${itemIndex}]`,
			description:
				results.length === 1 ? description : `${description}\nItems by number – ${account}.`,
		},
		itemIndex,
	);
}
