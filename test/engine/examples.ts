// The example workflows: run on n8n's engine, and held against what they must come to.
import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { textOf } from '../../nodes/SendContact/providers/answers';
import { callTool } from './agent';
import {
	runWorkflow,
	TOOL_TYPE,
	type CredentialData,
	type EngineRun,
	type LoadedPackage,
} from './engine';
import { readExamples, type Example } from './exampleFiles';
import { calls, type Expected } from './expectations';

export { readExamples, type Example };

/** What became of one item of one node. */
export interface ExampleRow {
	node: INode;
	/** Of several items that it comes from, the first. */
	itemIndex: number;
	json: IDataObject;
	/** The names of the files that it carries. */
	files: string[];
}

/**
 * Runs an example; the rows of all its Send Contact and vCard nodes, of each in the order of its items. Of one with an
 * agent its tool is run, by n8n's engine as for an agent, with the calls that a model would make.
 */
export async function runExample(
	example: Example,
	packaged: LoadedPackage,
	credentials: CredentialData,
): Promise<{ run: EngineRun; rows: ExampleRow[] }> {
	const tool = example.sendNodes.find(({ type }) => type === TOOL_TYPE);
	if (tool) return await runTool(example, tool, packaged, credentials);
	const run = await runWorkflow({
		packaged,
		workflow: example.workflow,
		credentials,
		workflowId: example.file,
	});
	const rows = [...example.cardNodes, ...example.sendNodes].flatMap((node) =>
		[0, 1]
			.flatMap((index) => run.output(node.name, index))
			.map((item) => rowOf(node, item))
			.sort((one, other) => one.itemIndex - other.itemIndex),
	);
	return { run, rows };
}

/** Neither a chat nor a language model runs here: what is tested is what the workflow says of its tool. */
async function runTool(
	{ file }: Example,
	node: INode,
	packaged: LoadedPackage,
	credentials: CredentialData,
): Promise<{ run: EngineRun; rows: ExampleRow[] }> {
	const made = calls[file] ?? [];
	const { run, answers } = await callTool(packaged, credentials, 'sendContact', node, made);
	const rows = answers.flatMap((answer, itemIndex) =>
		(JSON.parse(answer) as IDataObject[]).map((json) => ({ node, itemIndex, json, files: [] })),
	);
	return { run, rows };
}

function rowOf(node: INode, item: INodeExecutionData): ExampleRow {
	const { json, binary = {} } = item;
	const files = Object.values(binary).map(({ fileName }) => fileName ?? '');
	return { node, itemIndex: indexOf(item), json, files };
}

function indexOf({ pairedItem }: INodeExecutionData): number {
	if (typeof pairedItem === 'number') return pairedItem;
	const first = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	return first?.item ?? -1;
}

/** What is not as expected, in words; empty when all is. */
export function differences(
	rows: ExampleRow[],
	expected: Record<string, Expected[]> | undefined,
): string[] {
	if (expected === undefined) return ['nothing is expected of this example'];
	const nodes = new Set([...Object.keys(expected), ...rows.map(({ node }) => node.name)]);
	return [...nodes].flatMap((name) => {
		const wanted = expected[name] ?? [];
		const got = rows.filter(({ node }) => node.name === name);
		const counts =
			wanted.length === got.length
				? []
				: [`${name}: ${wanted.length} items expected, ${got.length} came out`];
		return [
			...counts,
			...wanted.flatMap((want, index) => difference(name, index, want, got[index])),
		];
	});
}

function difference(name: string, index: number, want: Expected, row?: ExampleRow): string[] {
	const at = `${name}, item ${index}`;
	if (row === undefined) return [`${at}: missing`];
	const from = typeof want === 'object' && 'gives' in want ? want.item : index;
	if (row.itemIndex !== from) return [`${at}: paired with item ${row.itemIndex}`];
	if (typeof want === 'object' && 'gives' in want) {
		const given = [...row.files, JSON.stringify(row.json)].join(' ');
		return want.gives.test(given) ? [] : [`${at}: it gives ${given}`];
	}
	const status = want === 'accepted' ? want : want.status;
	if (row.json.status !== status) {
		return [`${at}: ${status} expected, got ${JSON.stringify(row.json)}`];
	}
	const said = `${textOf(row.json.error) ?? ''} ${textOf(row.json.description) ?? ''}`;
	return want === 'accepted' || want.says.test(said) ? [] : [`${at}: it says “${said}”`];
}
