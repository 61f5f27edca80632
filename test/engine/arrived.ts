// Whether what an example says it sent has arrived: in the words of the vendor's simulator, which reads requests by
// itself. Knows no provider by name.
import type { IDataObject, INode } from 'n8n-workflow';

import { at, textOf } from '../../nodes/SendContact/providers/answers';
import type { ReceivedRequest, RunningVendor, SentCard } from '../vendors';
import type { ExampleRow } from './examples';

/** The credential that a node of an example names. */
export const credentialOf = (node: Pick<INode, 'credentials'>) =>
	Object.values(node.credentials ?? {})[0]?.id ?? '';

const digitsIn = (value: unknown) => textOf(value)?.replace(/\D/g, '');

/** Whether a card is the row's, by its phone or what stands for it; a model may have been told the name alone. */
function isOnCard({ name, phone, chatId }: SentCard, contact: unknown): boolean {
	const told = at(contact, 'phone') ?? at(contact, 'chatId');
	return told === undefined
		? name === at(contact, 'name')
		: [phone, chatId].some((one) => one !== undefined && digitsIn(one) === digitsIn(told));
}

/** Whether a request is an accepted row's, and was taken: to the same recipient, with the same person on the card. */
export function isOf(
	vendor: RunningVendor,
	request: ReceivedRequest,
	{ status, to, contact }: IDataObject,
): boolean {
	if (status !== 'accepted' || !request.accepted) return false;
	const sent = vendor.read(request);
	return sent.to === to && sent.cards.some((card) => isOnCard(card, contact));
}

/**
 * Accepted rows of which the vendor has not exactly one message, in words.
 * @param vendorOf the vendor behind a credential; `undefined` for a real one
 * @param before how many requests each credential's vendor had got before
 */
export function notArrived(
	rows: readonly ExampleRow[],
	vendorOf: (credential: string) => RunningVendor | undefined,
	before: ReadonlyMap<string, number>,
): string[] {
	return rows.flatMap(({ node, json, itemIndex }) => {
		const credential = credentialOf(node);
		const vendor = vendorOf(credential);
		if (json.status !== 'accepted' || vendor === undefined) return [];
		const came = vendor.received.slice(before.get(credential));
		const { length } = came.filter((request) => isOf(vendor, request, json));
		return length === 1
			? []
			: [`${node.name}, item ${itemIndex}: the vendor took it ${length} times`];
	});
}
