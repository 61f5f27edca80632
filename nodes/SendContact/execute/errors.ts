// From what went wrong to n8n's errors: of one item, or of a list. Sends nothing.
import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { isFailed, type Failed, type Outcome } from '../delivery/Outcome';
import { cut, ranges } from './briefly';

/** n8n shows an error's texts as HTML: what users or vendors wrote is no markup, and lines end as lines. */
function asHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('\n', '<br>');
}

/** What an error is made of. */
type Told = Pick<Failed, 'message' | 'description' | 'httpCode' | 'attempts'>;

/** n8n's error for a failure. It is made anew: the one that the helper threw holds the request. */
export function errorOf(
	node: INode,
	{ message: said, description: explained, httpCode, attempts }: Told,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const [message, description] = [asHtml(said), asHtml(explained)];
	if (attempts === 0) return new NodeOperationError(node, message, { description, itemIndex });
	return new NodeApiError(
		node,
		{ message, description },
		{ message, description, itemIndex, ...(httpCode !== undefined && { httpCode }) },
	);
}

/** What an item tells of its failure. */
export function toldOf({
	message,
	description,
	parameter,
	httpCode,
	vendorCode,
}: Pick<Failed, 'message' | 'description' | 'parameter' | 'httpCode' | 'vendorCode'>): IDataObject {
	return {
		error: message,
		description,
		...(parameter !== undefined && parameter !== '' && { parameter }),
		...(httpCode !== undefined && { httpCode }),
		...(vendorCode !== undefined && { vendorCode }),
	};
}

/** A failed item with what n8n routes it by, where the node has an error output. */
export function withError(
	node: INode,
	item: INodeExecutionData,
	failed: Told,
	itemIndex: number,
): INodeExecutionData {
	if (node.onError === 'continueErrorOutput') {
		// n8n routes an item by `error`, and then throws away the JSON of items on which it finds `error`
		// again. It routes copies, which leave out what cannot be enumerated: so both survive.
		Object.defineProperty(item, 'error', { value: errorOf(node, failed, itemIndex) });
	}
	return item;
}

/** What a list of any length may add to an error: a person reads it, and n8n keeps it. */
const LONGEST_MESSAGE = 500;
const LONGEST_DESCRIPTION = 1500;
const LONGEST_ROW = 350;
const MOST_ROWS_IN_FULL = 10;

/** An item that is filled in wrongly, or a card of it. */
interface BadRow {
	itemIndex: number;
	failed: Pick<Failed, 'message' | 'description'>;
}

function rowsInFull(failures: readonly BadRow[]): string {
	const rows = failures
		.slice(0, MOST_ROWS_IN_FULL)
		.map(({ itemIndex, failed }) =>
			cut(`Item ${itemIndex}: ${failed.message}. ${failed.description}`, LONGEST_ROW),
		);
	const rest = failures.slice(MOST_ROWS_IN_FULL).map(({ itemIndex }) => itemIndex);
	return [...rows, ...(rest.length > 0 ? [`And items ${ranges(rest)}.`] : [])].join('\n');
}

/**
 * The error of On Error = Stop for rows that are filled in wrongly.
 * @param nothing says that nothing has been done for any row, as a sentence
 */
export function badRowsError(
	node: INode,
	failures: readonly BadRow[],
	nothing = 'Nothing was sent.',
): NodeApiError | NodeOperationError {
	const [first] = failures;
	if (first === undefined) return new NodeOperationError(node, 'Nothing to report');
	const { itemIndex, failed } = first;
	const others = failures.length - 1;
	const what = cut(failed.message, LONGEST_MESSAGE);
	const message = `${what} [item ${itemIndex}]${others > 0 ? ` and ${others} more` : ''}`;
	const description =
		others > 0
			? `${nothing} ${failures.length} items need a correction:\n${rowsInFull(failures)}`
			: `${cut(failed.description, LONGEST_DESCRIPTION)} ${nothing}`;
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
