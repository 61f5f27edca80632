// The way of all items through the vCard node: everything is made or read first, and then told. Knows no
// vendor.
import type {
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
	NodeExecutionHint,
} from 'n8n-workflow';

import { PhoneTally } from '../SendContact/contact/phoneHint';
import { laidOut } from '../SendContact/execute/columns';
import { badRowsError, toldOf, withError } from '../SendContact/execute/errors';
import { givenOf } from '../SendContact/execute/given';
import { outputHints } from '../SendContact/execute/outputHints';
import { ParameterReader } from '../SendContact/execute/ParameterReader';
import { saidOf, type Said } from '../SendContact/execute/saidOf';
import { FAILED_COLUMNS } from './columns';
import { cardItem, combined, makeCard, type MadeCard } from './createCards';
import { label } from './panel';
import { readCards, type CardRow } from './readCards';
import { readChoice, readPhoneSettings } from './settings';

/** An item, or a card of one, that could not be made or read. */
interface Failure {
	itemIndex: number;
	failed: Said;
	/** Whose card it is, as it was given. */
	contact: IDataObject;
}

/** What an item came to. */
type Result = Failure | { itemIndex: number; row: CardRow } | { itemIndex: number; card: MadeCard };

/** Runs the node. @throws NodeOperationError with On Error = Stop: then nothing is handed on */
export async function runVCard(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const reader = new ParameterReader(context);
	const numbers = new PhoneTally();
	const results: Result[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		results.push(...(await resultsOf(context, reader, itemIndex, numbers)));
	}
	const failures = results.flatMap((result) => ('failed' in result ? [result] : []));
	if (failures.length > 0 && !context.continueOnFail()) {
		throw badRowsError(
			node,
			failures,
			'Nothing was handed on. With On Error set to Continue, the others are.',
		);
	}
	context.addExecutionHints(...hintsFor(results, numbers));
	return await output(context, results);
}

async function resultsOf(
	context: IExecuteFunctions,
	reader: ParameterReader,
	itemIndex: number,
	numbers: PhoneTally,
): Promise<Result[]> {
	try {
		const operation = readChoice(reader, 'operation', ['create', 'read'], itemIndex);
		const phones = readPhoneSettings(reader, itemIndex, (reading) => {
			numbers.add(reading);
		});
		if (operation === 'create') return [{ itemIndex, card: makeCard(reader, itemIndex, phones) }];
		const cards = await readCards(context, reader, itemIndex, phones);
		return cards.map((card): Result => {
			if ('json' in card) return { itemIndex, row: card };
			const { problem, ...contact } = card;
			return { itemIndex, failed: saidOf(problem, 'vCard', label), contact };
		});
	} catch (problem) {
		return [
			{
				itemIndex,
				failed: saidOf(problem, 'vCard', label),
				contact: { ...givenOf(reader, itemIndex) },
			},
		];
	}
}

async function output(
	context: IExecuteFunctions,
	results: readonly Result[],
): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const [first, ...more] = results.flatMap((result) =>
		'card' in result && result.card.isCombined ? [result.card] : [],
	);
	const items: INodeExecutionData[] = [];
	if (first !== undefined) {
		const pairedItem = [first, ...more].map(({ itemIndex }) => ({ item: itemIndex }));
		items.push(await cardItem(context, combined([first, ...more]), pairedItem));
	}
	for (const result of results) {
		const pairedItem = { item: result.itemIndex };
		if ('failed' in result) items.push(failedItem(node, result));
		else if ('row' in result) items.push({ json: result.row.json, pairedItem });
		else if (!result.card.isCombined) {
			items.push(await cardItem(context, result.card, pairedItem));
		}
	}
	return items;
}

function failedItem(node: INode, { itemIndex, failed, contact }: Failure): INodeExecutionData {
	const json = laidOut(FAILED_COLUMNS, { ...toldOf(failed), contact });
	const item = { json, pairedItem: { item: itemIndex } };
	return withError(node, item, { ...failed, attempts: 0 }, itemIndex);
}

/** What the panel shows above the output. */
function hintsFor(results: readonly Result[], numbers: PhoneTally): NodeExecutionHint[] {
	const unread = results.reduce(
		(sum, result) => sum + ('row' in result ? result.row.unreadPhones : 0),
		0,
	);
	return outputHints([
		unread > 0 &&
			`${unread} phone ${unread === 1 ? 'number' : 'numbers'} could not be read. They are in unreadPhones, each with the reason. If they are written without a country code, set Default Country.`,
		numbers.hint(),
	]);
}
