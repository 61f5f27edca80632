// What became of an item in this run of the node. n8n's Retry On Fail calls the whole node again with
// the very same item objects: what was accepted, or may have been, must not leave a second time.
import type { Outcome } from './Outcome';

/** By item object: it lives as long as the run of the node, and a later run gets new ones. */
const remembered = new WeakMap<object, Map<string, Outcome>>();

/** Keeps the outcome of one card of an item, unless sending it again is right. */
export function remember(item: object, card: string, outcome: Outcome): void {
	if (outcome.status !== 'accepted' && outcome.status !== 'unknown') return;
	const cards = remembered.get(item) ?? new Map<string, Outcome>();
	cards.set(card, outcome);
	remembered.set(item, cards);
}

/**
 * What became of that card of the item in an earlier try; `undefined` where it may be sent.
 * @param card names the card; asked only where something of the item is remembered
 */
export function recall(item: object, card: () => string): Outcome | undefined {
	return remembered.get(item)?.get(card());
}
