// What the panel shows above the output. Sends nothing.
import type { INode, NodeExecutionHint } from 'n8n-workflow';

import type { PhoneTally } from '../contact/phoneHint';
import { isFailed, type Outcome } from '../delivery/Outcome';
import type { Unasked } from './checkFirst';
import { label } from './label';
import type { Entry } from './output';
import { outputHints } from './outputHints';

/** What the panel shows above the output, once per run. */
export function hintsFor(
	node: INode,
	entries: readonly Entry[],
	slowed: ReadonlySet<string>,
	isMemoryKept: boolean,
	numbers: PhoneTally,
	unasked: Unasked,
	outcomes: ReadonlyArray<Outcome | 'preview'>,
): NodeExecutionHint[] {
	const dropped = new Map<string, number>();
	const cleaned = new Map<string, number>();
	for (const { provider, ready } of entries) {
		const { orders } = ready?.card.messenger.card ?? {};
		if (ready?.card.isCleaned && orders) {
			cleaned.set(orders.told, (cleaned.get(orders.told) ?? 0) + 1);
		}
		for (const field of ready?.card.dropped ?? []) {
			const name = label(field, provider);
			dropped.set(name, (dropped.get(name) ?? 0) + 1);
		}
	}
	const names = [...dropped].map(([name, count]) => `${name} (${count})`).join(', ');
	const having = (test: (outcome: Outcome | 'preview') => boolean) => outcomes.filter(test).length;
	const previews = having((outcome) => outcome === 'preview');
	const failed = having((outcome) => outcome !== 'preview' && isFailed(outcome));
	return outputHints([
		previews > 0 &&
			'Preview Only is on: nothing was sent. The output shows the requests. Switch it off in the options to send.',
		failed > 0 &&
			`${failed} of ${outcomes.length} contacts ${failed === 1 ? 'was' : 'were'} not sent, or it is not known whether: the columns status and error say which and why.`,
		dropped.size > 0 &&
			`The provider cannot carry some fields that were filled in, with the number of contacts: ${names}. They are listed in droppedFields.`,
		...[...cleaned].map(([told, count]) => `${told} (${count}).`),
		numbers.hint(),
		...[...unasked].map(
			([why, count]) =>
				`Check First got no answer for some recipients (${count}): ${why}. Their contacts were sent to the numbers as they were given.`,
		),
		...[...slowed].map(
			(vendor) =>
				`${vendor} asked for fewer messages, so they were sent more slowly than planned. Messages per Minute in the options sets the pace from the start.`,
		),
		!isMemoryKept &&
			'n8n could not write down which contacts were sent. The next run with Skip Duplicates may report some of them as unknown.',
		node.retryOnFail === true &&
			'Retry On Fail runs the whole node again. Contacts that were accepted are not sent a second time, but the node already repeats by itself what is safe to repeat: turn Retry On Fail off.',
	]);
}
