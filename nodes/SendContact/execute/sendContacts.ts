// The way of all items through the node: read and check everything, then send, then tell.
import { createHash, randomBytes } from 'node:crypto';

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { identityOf } from '../contact/identity';
import { InputError } from '../contact/InputError';
import type { PhoneReading } from '../contact/phone';
import { PhoneTally } from '../contact/phoneHint';
import { deliver } from '../delivery/deliver';
import { isFailed, type Failed, type Outcome } from '../delivery/Outcome';
import { pacerOf } from '../delivery/pacers';
import type { Send } from '../delivery/Send';
import { ItemTries, Tries } from '../delivery/tries';
import { isObject } from '../providers/answers';
import type { Provider } from '../providers/Provider';
import { openAccount, type Account } from './Account';
import { claimsOf } from './claimStore';
import { clock } from './clock';
import { badRowsError, itemOf, stoppedError, type Entry } from './output';
import { hintsFor } from './hints';
import { label } from './label';
import { ParameterReader } from './ParameterReader';
import { readItem, readProvider, type Card } from './readItem';
import { request } from './transport';

/** A card with everything it takes to send it. */
interface Ready {
	itemIndex: number;
	account: Account;
	card: Card;
	simplify: boolean;
}

/** An entry of the output that is settled. */
interface Settled {
	entry: Entry;
	outcome: Outcome | 'preview';
}

/** An entry that waits to be sent. */
interface Sending {
	entry: Entry;
	send: Send & Ready;
	tries: ItemTries<Settled>;
}

type Row = Settled | Sending;

/** What n8n's Retry On Fail must not send again. */
const tries = new Tries<Settled>();

/** Runs the operation `send` for all items. @throws NodeApiError or NodeOperationError with On Error = Stop */
export async function sendContacts(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const stopOnFailure = !context.continueOnFail();
	const numbers = new PhoneTally();
	const rows = await readAll(context, numbers);

	const settledBefore = rows.flatMap((row) => ('outcome' in row ? [row] : []));
	const badRows = settledBefore.flatMap(({ entry, outcome }) =>
		hasFailed(outcome) && entry.ready === undefined
			? [{ itemIndex: entry.itemIndex, failed: outcome }]
			: [],
	);
	// After an earlier try some may have been sent: then the list is only stopped.
	const isFirstTry = !settledBefore.some(wasSent);
	if (stopOnFailure && badRows.length > 0 && isFirstTry) throw badRowsError(node, badRows);

	const slowed = new Set<string>();
	const sending = rows.flatMap((row) => ('send' in row ? [row] : []));
	const sends = sending.map(({ send }) => send);
	const entries = rows.map(({ entry }) => entry);
	const claims = sends.some(({ claim }) => claim !== undefined) ? claimsOf(context) : undefined;
	const { outcomes, isMemoryKept } = await deliver(sends, {
		attempt: async ({ account, card }, to) =>
			await request(
				context,
				account,
				card.messenger.request({ ...card.message, to }),
				card.settings.timeout,
			),
		clock,
		timeOfDay: () => Date.now(),
		pacerOf: (name) => pacerOf(name, clock),
		cancelled: context.getExecutionCancelSignal(),
		stopOnFailure,
		hasFailed: settledBefore.some(({ outcome }) => hasFailed(outcome)),
		claims,
		onSlowerPace: ({ provider }) => slowed.add(provider.displayName),
		onOutcome: (index, outcome) => {
			const row = sending[index];
			if (row === undefined || !mustKeep(row.send.provider, outcome)) return;
			const { entry, send } = row;
			row.tries.keep(send.card.position, { entry, outcome: redacted(send.account, outcome) });
		},
	});

	context.addExecutionHints(...hintsFor(node, entries, slowed, isMemoryKept, numbers));
	let next = 0;
	const outcomeOf = (row: Row) => {
		if ('outcome' in row) return row.outcome;
		const outcome = outcomes[next];
		next += 1;
		if (outcome === undefined) throw new RangeError('A card without an outcome');
		return redacted(row.send.account, outcome);
	};
	const settled = rows.map((row) => ({ entry: row.entry, outcome: outcomeOf(row) }));
	// A long list is held twice while its output is made, unless each card is let go of on the way.
	for (const list of [rows, entries, sending, sends, outcomes]) list.length = 0;
	if (stopOnFailure && settled.some(({ outcome }) => hasFailed(outcome))) {
		const results = settled.flatMap(({ entry, outcome }) =>
			outcome === 'preview' ? [] : [{ itemIndex: entry.itemIndex, outcome }],
		);
		throw stoppedError(node, results);
	}
	const output: INodeExecutionData[] = [];
	settled.reverse();
	for (let last = settled.pop(); last !== undefined; last = settled.pop()) {
		output.push(await itemOf(node, last.entry, last.outcome));
	}
	return output;
}

/** Whether a card in that state may not leave again in a later try. */
function mustKeep({ isRepeatSafe }: Provider, { status }: Outcome): boolean {
	return status === 'accepted' || (status === 'unknown' && isRepeatSafe !== true);
}

/** Whether the card has left. */
function wasSent({ outcome }: Settled): boolean {
	return outcome !== 'preview' && outcome.attempts > 0;
}

/** Reads and checks every item, each with its own index, its credential included. */
async function readAll(context: IExecuteFunctions, numbers: PhoneTally): Promise<Row[]> {
	const reader = new ParameterReader(context);
	const accounts = new Map<string, Promise<Account>>();
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
	accounts: Map<string, Promise<Account>>,
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
		const data = await context.getCredentials(provider.credential.name, itemIndex);
		const known = JSON.stringify([provider.name, data]);
		const opened = accounts.get(known) ?? openAccount(provider, data);
		accounts.set(known, opened);
		const account = await opened;
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
		const simplify = reader.get('simplify', itemIndex) !== false;
		before.count ??= cards.length;
		const rows = cards.map((card) =>
			'problem' in card
				? { entry: { ...entry, leftOut: card }, outcome: notSent(card.problem) }
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
		return [...before.from(0), { entry, outcome: notSent(problem) }];
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

function hasFailed(outcome: Outcome | 'preview'): outcome is Failed {
	return outcome !== 'preview' && isFailed(outcome);
}

function newKey(): string {
	return randomBytes(16).toString('hex').toUpperCase();
}

function hash(...parts: unknown[]): string {
	return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

/** What makes a card a duplicate: provider, sender, recipient and card, or what the user says of its item. */
function claimKey({ account, card }: Ready): string {
	const { duplicateKey } = card.settings;
	if (duplicateKey !== undefined) return hash('key', duplicateKey, card.position);
	const { to, sender, contacts } = card.message;
	const cards = contacts.map(identityOf);
	const what = cards.length > 1 ? cards : cards[0];
	return hash(account.provider.name, account.identity, card.messenger.name, sender, to, what);
}

const SLIPS = new Set(['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError']);

/** What a user is told of an item that could not be read or has no usable credential. */
function notSent(problem: unknown): Failed {
	// n8n's own errors are worded for its users; JavaScript's tell a developer of a slip in this node.
	const isSlip = !(problem instanceof Error) || SLIPS.has(problem.name);
	const said = isSlip ? 'Send Contact could not read this item' : problem.message;
	const described = problem instanceof InputError ? problem : undefined;
	const field = described?.parameter ? label(described.parameter) : '';
	const labelled = described
		? said.replace(`The field ${described.parameter} `, `${field} `)
		: said;
	const message = labelled.includes(field) ? labelled : `${field}: ${labelled}`;
	return {
		status: 'notSent',
		message,
		description:
			described?.description ??
			(isSlip
				? 'Something in it is not understood. Please report it to the makers of the node, with the item.'
				: 'Correct the item or the node, and run again.'),
		attempts: 0,
		...(described !== undefined && { parameter: described.parameter }),
	};
}

/** The outcome with no secret in what the vendor said. */
function redacted({ redactor }: Account, outcome: Outcome): Outcome {
	if (!isFailed(outcome)) return outcome;
	return {
		...outcome,
		description: redactor.text(outcome.description),
		...(outcome.vendorCode !== undefined && { vendorCode: redactor.text(outcome.vendorCode) }),
	};
}
