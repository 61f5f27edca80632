// The way of all items through the node: read and check everything, then send, then tell.
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { PhoneTally } from '../contact/phoneHint';
import { deliver } from '../delivery/deliver';
import { isFailed, type Failed, type Outcome } from '../delivery/Outcome';
import { pacerOf } from '../delivery/pacers';
import type { Provider } from '../providers/Provider';
import type { Account } from './Account';
import { claimsOf } from './claimStore';
import { checkedFirst, type Unasked } from './checkFirst';
import { clock } from './clock';
import { hintsFor } from './hints';
import { badRowsError, stoppedError } from './errors';
import { itemOf } from './output';
import { readAll, type Row, type Settled } from './rows';
import { request } from './transport';

/** Runs the operation `send` for all items. @throws NodeApiError or NodeOperationError with On Error = Stop */
export async function sendContacts(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const stopOnFailure = !context.continueOnFail();
	const numbers = new PhoneTally();
	const unasked: Unasked = new Map();
	const read = await readAll(context, numbers);
	// Before anybody is asked for anything.
	if (stopOnFailure) refuseBadRows(node, read);
	const rows = await checkedFirst(context, read, unasked);

	if (stopOnFailure) refuseBadRows(node, rows);
	const settledBefore = rows.flatMap((row) => ('outcome' in row ? [row] : []));
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

	let next = 0;
	const outcomeOf = (row: Row) => {
		if ('outcome' in row) return row.outcome;
		const outcome = outcomes[next];
		next += 1;
		if (outcome === undefined) throw new RangeError('A card without an outcome');
		return redacted(row.send.account, outcome);
	};
	const settled = rows.map((row) => ({ entry: row.entry, outcome: outcomeOf(row) }));
	const all = settled.map(({ outcome }) => outcome);
	context.addExecutionHints(
		...hintsFor(node, entries, slowed, isMemoryKept, numbers, unasked, all),
	);
	// A long list is held twice while its output is made, unless each card is let go of on the way.
	for (const list of [read, rows, entries, sending, sends, outcomes]) list.length = 0;
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

/** @throws NodeOperationError that names every bad row, as long as nothing has been sent */
function refuseBadRows(node: INode, rows: readonly Row[]): void {
	const settled = rows.flatMap((row) => ('outcome' in row ? [row] : []));
	const badRows = settled.flatMap(({ entry, outcome }) =>
		hasFailed(outcome) && outcome.attempts === 0
			? [{ itemIndex: entry.itemIndex, failed: outcome }]
			: [],
	);
	// After an earlier try some may have been sent: then the list is only stopped.
	if (badRows.length > 0 && !settled.some(wasSent)) throw badRowsError(node, badRows);
}

/** Whether a card in that state may not leave again in a later try. */
function mustKeep({ isRepeatSafe }: Provider, { status }: Outcome): boolean {
	return status === 'accepted' || (status === 'unknown' && isRepeatSafe !== true);
}

/** Whether the card has left. */
function wasSent({ outcome }: Settled): boolean {
	return outcome !== 'preview' && outcome.attempts > 0;
}

function hasFailed(outcome: Outcome | 'preview'): outcome is Failed {
	return outcome !== 'preview' && isFailed(outcome);
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
