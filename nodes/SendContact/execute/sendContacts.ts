// The way of all items through the node: read and check everything, then send, then tell.
import { createHash, randomBytes } from 'node:crypto';

import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { identityOf } from '../contact/identity';
import { InputError } from '../contact/InputError';
import type { PhoneReading } from '../contact/phone';
import { PhoneTally } from '../contact/phoneHint';
import { Claims } from '../delivery/claims';
import { deliver, type Send } from '../delivery/deliver';
import { isFailed, type Failed, type Outcome } from '../delivery/Outcome';
import { pacerOf } from '../delivery/pace';
import { recall, remember } from '../delivery/remember';
import type { Pace } from '../providers/Provider';
import { openAccount, type Account } from './Account';
import { claimStore } from './claimStore';
import { badRowsError, hintsFor, itemOf, stoppedError, type Entry } from './output';
import { label } from './label';
import { ParameterReader } from './ParameterReader';
import { readItem, readProvider, type Card } from './readItem';
import { clock, request } from './transport';

/** A card with everything it takes to send it. */
interface Ready {
	itemIndex: number;
	account: Account;
	card: Card;
	simplify: boolean;
}

/** An entry of the output on its way: settled, or waiting to be sent. */
type Row = { entry: Entry; outcome: Outcome | 'preview' } | { entry: Entry; send: Send & Ready };

/** Runs the operation `send` for all items. @throws NodeApiError or NodeOperationError with On Error = Stop */
export async function sendContacts(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const items = context.getInputData();
	const stopOnFailure = !context.continueOnFail();
	const numbers = new PhoneTally();
	const rows = await readAll(context, items, numbers);

	const badRows = rows.flatMap((row) =>
		'outcome' in row && hasFailed(row.outcome) && row.entry.ready === undefined
			? [{ itemIndex: row.entry.itemIndex, failed: row.outcome }]
			: [],
	);
	if (stopOnFailure && badRows.length > 0) throw badRowsError(node, badRows);

	const slowed = new Set<string>();
	const sends = rows.flatMap((row) => ('send' in row ? [row.send] : []));
	const entries = rows.map(({ entry }) => entry);
	const claims = sends.some(({ claim }) => claim !== undefined)
		? new Claims(claimStore(context), () => clock.now())
		: undefined;
	const { outcomes, isMemoryKept } = await deliver(sends, {
		attempt: async ({ account, card }) =>
			await request(context, account, card.messenger.request(card.message), card.settings.timeout),
		clock,
		pacerOf: (lane) => pacerOf(lane, clock),
		cancelled: context.getExecutionCancelSignal(),
		stopOnFailure,
		hasFailed: rows.some((row) => 'outcome' in row && hasFailed(row.outcome)),
		claims,
		onSlowerPace: ({ provider }) => slowed.add(provider.displayName),
		onOutcome: (index, outcome) => {
			// Nothing else calls the node again with the same items.
			if (node.retryOnFail !== true) return;
			const send = sends[index];
			const item = items[send?.itemIndex ?? -1];
			if (item && send) remember(item, cardKey(send), redacted(send.account, outcome));
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
	for (const list of [rows, entries, sends, outcomes]) list.length = 0;
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

/** Reads and checks every item, each with its own index, its credential included. */
async function readAll(
	context: IExecuteFunctions,
	items: INodeExecutionData[],
	numbers: PhoneTally,
): Promise<Row[]> {
	const reader = new ParameterReader(context);
	const accounts = new Map<string, Promise<Account>>();
	const rows: Row[] = [];
	for (const [itemIndex, item] of items.entries()) {
		rows.push(...(await readRows(context, reader, accounts, item, itemIndex, numbers)));
	}
	return rows;
}

async function readRows(
	context: IExecuteFunctions,
	reader: ParameterReader,
	accounts: Map<string, Promise<Account>>,
	item: INodeExecutionData,
	itemIndex: number,
	numbers: PhoneTally,
): Promise<Row[]> {
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
			newKey,
			onRead,
		);
		const simplify = reader.get('simplify', itemIndex) !== false;
		return cards.map((card) =>
			'problem' in card
				? { entry: { ...entry, leftOut: card }, outcome: notSent(card.problem) }
				: rowOf(entry, { itemIndex, account, card, simplify }, item),
		);
	} catch (problem) {
		return [{ entry, outcome: notSent(problem) }];
	}
}

function rowOf(entry: Entry, ready: Ready, item: INodeExecutionData): Row {
	const { account, card } = ready;
	const { settings, message } = card;
	if (settings.preview) return { entry: { ...entry, ready }, outcome: 'preview' };
	const { pace } = account.provider;
	const lane = `${account.fingerprint}${pace.per === 'sender' ? ` ${message.sender}` : ''}`;
	// As one literal: a long list holds many of these, and spread objects take twice the memory.
	const send: Send & Ready = {
		itemIndex: ready.itemIndex,
		account,
		card,
		simplify: ready.simplify,
		provider: account.provider,
		redactor: account.redactor,
		lane,
		to: message.to,
		intervalMs: spacing(pace, settings.messagesPerMinute),
		maxConcurrent: settings.maxConcurrent,
		maxAttempts: settings.maxAttempts,
		retryUnknown: settings.retryUnknown,
		keepAnswer: !ready.simplify,
	};
	if (settings.skipDuplicates) send.claim = claimKey(ready);
	// The same object in both places, again for the sake of a long list.
	const sent = { ...entry, ready: send };
	const before = recall(item, () => cardKey(send));
	return before === undefined ? { entry: sent, send } : { entry: sent, outcome: before };
}

/** Milliseconds between two messages of a lane; 0 for none. */
function spacing({ limits }: Pace, messagesPerMinute: number | undefined): number {
	if (messagesPerMinute !== undefined) return 60_000 / messagesPerMinute;
	const ofLane = limits.filter(({ per }) => per === 'credential' || per === 'sender');
	return Math.max(0, ...ofLane.map(({ messages, perSeconds }) => (perSeconds * 1000) / messages));
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

/** Which card of an item this is, for the memory of one run. */
function cardKey({ itemIndex, account, card }: Ready): string {
	const { key: _new, ...message } = card.message;
	return hash(account.fingerprint, card.messenger.name, message, itemIndex, card.position);
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
