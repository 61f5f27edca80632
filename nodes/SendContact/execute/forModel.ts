// What a model that uses the node as a tool gets back. Sends nothing.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { isObject } from '../providers/answers';
import type { Columns } from './columns';
import type { ParameterReader } from './ParameterReader';

/** Whether the row is to hold the request and the response, too. */
export function isWhole(reader: ParameterReader, itemIndex: number): boolean {
	// Each of the two is shown where the other is not.
	return (
		reader.get('simplify', itemIndex) === false || reader.get('output', itemIndex) === 'everything'
	);
}

/** The short of a row: an empty list says nothing. */
function shortOf(columns: Columns, row: IDataObject): IDataObject {
	const told: IDataObject = {};
	for (const [name, { short }] of Object.entries(columns)) {
		const value = row[name];
		if (short === undefined || value === undefined) continue;
		if (Array.isArray(value) && value.length === 0) continue;
		told[name] =
			short !== 'all' && isObject(value)
				? Object.fromEntries(short.map((field) => [field, (value as IDataObject)[field]]))
				: value;
	}
	return told;
}

/** Leaves of the items what a model is to get, where the node is its tool and no more was asked for. */
export function shortenForModel(
	context: IExecuteFunctions,
	columns: Columns,
	items: readonly INodeExecutionData[],
): void {
	if (context.getNodeParameter('output', 0, '') !== 'short') return;
	for (const item of items) item.json = shortOf(columns, item.json);
}
