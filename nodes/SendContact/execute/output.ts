// From what became of the cards to n8n's items. Sends nothing.
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { shownName } from '../contact/carried';
import { firstPhone, type Contact } from '../contact/Contact';
import { isFailed, type Failed, type Outcome } from '../delivery/Outcome';
import { isObject, without } from '../providers/answers';
import type { Answer, CardKind, Provider, VendorRequest } from '../providers/Provider';
import type { Account } from './Account';
import { laidOut, SEND_COLUMNS } from './columns';
import { toldOf, withError } from './errors';
import type { Given } from './given';
import type { Card, LeftOut } from './readItem';

/** One card of an item, or an item that could not be read: what the output is made of. */
export interface Entry {
	itemIndex: number;
	provider: Provider | undefined;
	/** Where the provider has several. */
	messenger?: string;
	/** A card that cannot be sent, of an item that could be read. */
	leftOut?: LeftOut;
	/** Of an item that could not be read: who it is about. */
	given?: Given;
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

/** A contact that could not be sent, as far as it is known. */
function namedIn({ name, phone }: Given): IDataObject {
	return { ...(name !== undefined && { name }), ...(phone !== undefined && { phone }) };
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
	return await shownRequest(account, card.messenger.request({ ...card.message, to }));
}

/** A request as an item shows it, secrets replaced. */
export async function shownRequest(account: Account, request: VendorRequest): Promise<IDataObject> {
	const { method, url, headers, body } = await account.shown(request);
	return {
		method,
		url,
		...(headers !== undefined && { headers: asData(headers) }),
		body: asData(body ?? {}),
	};
}

/** The vendor's answer as it came, secrets replaced: JSON where it is JSON, else text. */
export function responseOf({ provider, redactor }: Account, answer: Answer): IDataObject {
	const { statusCode, json, text } = answer;
	const shown = (provider.othersData ?? []).reduce(without, json);
	const body = redactor.json(isObject(json) || Array.isArray(json) ? shown : text);
	return { response: { statusCode, body: Array.isArray(body) ? body : asData(body) } };
}

/** What both a success and a failure tell of a card. */
function common(entry: Entry, outcome: Outcome | 'preview'): IDataObject {
	const { given, leftOut } = entry;
	const { card } = entry.ready ?? {};
	return {
		provider: entry.provider?.name ?? null,
		...(entry.messenger !== undefined && { messenger: entry.messenger }),
		...(given && { to: given.to ?? null, contact: namedIn(given) }),
		...(leftOut && {
			to: leftOut.to,
			contact: namedIn(leftOut),
		}),
		...(card && {
			to: recipientOf(card, outcome),
			contact: person(card.message.contact, card.messenger.card),
			...(card.message.contacts.length > 1 && {
				contacts: card.message.contacts.map((one) => person(one, card.messenger.card)),
			}),
			...(card.cardReachable !== undefined && { cardReachable: card.cardReachable }),
			droppedFields: card.dropped,
		}),
	};
}

async function details({ ready }: Entry, outcome: Outcome | 'preview'): Promise<IDataObject> {
	if (ready === undefined || (outcome !== 'preview' && ready.simplify)) return {};
	const { foundAt } = ready.card;
	return {
		...(foundAt && { foundAt }),
		request: await requestOf(ready.account, ready.card, outcome),
		...(outcome !== 'preview' &&
			outcome.status !== 'duplicate' &&
			outcome.answer !== undefined &&
			responseOf(ready.account, outcome.answer)),
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
	return {
		json: laidOut(SEND_COLUMNS, {
			status: outcome === 'preview' ? 'preview' : outcome.status,
			...messageIds(outcome),
			...common(entry, outcome),
			attempts: outcome === 'preview' ? 0 : outcome.attempts,
			...shown,
		}),
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
	const item: INodeExecutionData = {
		json: laidOut(SEND_COLUMNS, {
			status: failed.status,
			...toldOf(failed),
			...common(entry, failed),
			attempts: failed.attempts,
			...shown,
		}),
		pairedItem: { item: entry.itemIndex },
	};
	return withError(node, item, failed, entry.itemIndex);
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
