// From n8n's items to rows: every card read and checked, with all it takes to send it, or with what became of
// it already. Sends nothing.
import { randomBytes } from 'node:crypto';

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { identityOf } from '../contact/identity';
import type { PhoneReading } from '../contact/phone';
import type { PhoneTally } from '../contact/phoneHint';
import type { Outcome } from '../delivery/Outcome';
import type { Send } from '../delivery/Send';
import { ItemTries, Tries } from '../delivery/tries';
import { isObject } from '../providers/answers';
import type { Account } from './Account';
import { Accounts } from './Accounts';
import { isWhole } from './forModel';
import { givenOf } from './given';
import { hash } from './hash';
import { notSent } from './notSent';
import type { Entry } from './output';
import { ParameterReader } from './ParameterReader';
import { readItem, readMessenger, readProvider, type Card } from './readItem';

/** A card with everything it takes to send it. */
export interface Ready {
	itemIndex: number;
	account: Account;
	card: Card;
	simplify: boolean;
}

/** An entry of the output that is settled. */
export interface Settled {
	entry: Entry;
	outcome: Outcome | 'preview';
}

/** An entry that waits to be sent. */
export interface Sending {
	entry: Entry;
	send: Send & Ready;
	tries: ItemTries<Settled>;
}

export type Row = Settled | Sending;

/** What n8n's Retry On Fail must not send again. */
const tries = new Tries<Settled>();

/** Reads and checks every item, each with its own index, its credential included. */
export async function readAll(context: IExecuteFunctions, numbers: PhoneTally): Promise<Row[]> {
	const reader = new ParameterReader(context);
	const accounts = new Accounts(context);
	const rows: Row[] = [];
	for (const [itemIndex, item] of context.getInputData().entries()) {
		rows.push(...(await readRows(context, reader, accounts, item, itemIndex, numbers)));
	}
	return rows;
}

/**
 * What earlier tries made of the item. In n8n a run of a node is its execution data; for a tool that is
 * the agent's, each call has JSON of its own, and each try wraps that in a new item.
 */
function triesOf(context: IExecuteFunctions, { json }: INodeExecutionData, itemIndex: number) {
	const { retryOnFail, id } = context.getNode();
	// Nothing else calls the node again with the same items.
	if (retryOnFail !== true) return new ItemTries<Settled>();
	const run: unknown = context.getExecuteData();
	return tries.of(isObject(run) ? run : json, id, json, itemIndex);
}

async function readRows(
	context: IExecuteFunctions,
	reader: ParameterReader,
	accounts: Accounts,
	item: INodeExecutionData,
	itemIndex: number,
	numbers: PhoneTally,
): Promise<Row[]> {
	const before = triesOf(context, item, itemIndex);
	if (before.isDone) return before.from(0);
	const entry: Entry = { itemIndex, provider: undefined };
	try {
		const provider = readProvider(reader, itemIndex);
		entry.provider = provider;
		if (provider.messengers.length > 1) {
			entry.messenger = readMessenger(reader, provider, itemIndex).name;
		}
		const account = await accounts.of(provider, itemIndex);
		const onRead = (reading: PhoneReading) => {
			numbers.add(reading);
		};
		const cards = await readItem(
			context,
			reader,
			provider,
			account.public,
			itemIndex,
			(position) => before.keyOf(position, newKey),
			onRead,
		);
		const simplify = !isWhole(reader, itemIndex);
		before.count ??= cards.length;
		const rows = cards.map((card) =>
			'problem' in card
				? { entry: { ...entry, leftOut: card }, outcome: notSent(card.problem, provider) }
				: (before.at(card.position) ??
					rowOf(entry, { itemIndex, account, card, simplify }, before)),
		);
		// A message may hold several cards: the places behind the last one that was read.
		const end = cards.reduce(
			(place, card) => ('problem' in card ? place : card.position + card.message.contacts.length),
			0,
		);
		return [...rows, ...before.from(end)];
	} catch (problem) {
		entry.given = givenOf(reader, itemIndex);
		return [...before.from(0), { entry, outcome: notSent(problem, entry.provider) }];
	}
}

function rowOf(entry: Entry, ready: Ready, before: ItemTries<Settled>): Row {
	const { account, card } = ready;
	const { settings, message } = card;
	if (settings.preview) return { entry: { ...entry, ready }, outcome: 'preview' };
	// As one literal: a long list holds many of these, and spread objects take twice the memory.
	const send: Send & Ready = {
		itemIndex: ready.itemIndex,
		account,
		card,
		simplify: ready.simplify,
		provider: account.provider,
		redactor: account.redactor,
		credential: account.fingerprint,
		sender: message.sender,
		to: message.to,
		recipientSort: message.recipientSort,
		messagesPerMinute: settings.messagesPerMinute,
		maxConcurrent: settings.maxConcurrent,
		maxAttempts: settings.maxAttempts,
		longestWaitMs: settings.longestWait * 1000,
		retryUnknown: settings.retryUnknown,
		keepAnswer: !ready.simplify,
	};
	if (settings.skipDuplicates) send.claim = claimKey(ready);
	// The same object in both places, again for the sake of a long list.
	return { entry: { ...entry, ready: send }, send, tries: before };
}

function newKey(): string {
	return randomBytes(16).toString('hex').toUpperCase();
}

/** What makes a card a duplicate: provider, sender, recipient and card, or what the user says of its item. */
function claimKey({ account, card }: Ready): string {
	const { duplicateKey } = card.settings;
	if (duplicateKey !== undefined) return hash(['key', duplicateKey, card.position]);
	const { to, sender, contacts } = card.message;
	const cards = contacts.map(identityOf);
	const what = cards.length > 1 ? cards : cards[0];
	return hash([account.provider.name, account.identity, card.messenger.name, sender, to, what]);
}
