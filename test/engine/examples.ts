// The example workflows: read, run on n8n's engine, and held against what they must come to.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { textOf } from '../../nodes/SendContact/providers/answers';
import {
	NODE_TYPE,
	runWorkflow,
	type CredentialData,
	type EngineRun,
	type LoadedPackage,
	type WorkflowJson,
} from './engine';
import type { Expected } from './expectations';

const folder = join(__dirname, '..', '..', 'examples');

export interface Example {
	file: string;
	workflow: WorkflowJson & { name: string };
	/** Its Send Contact nodes, in the order they stand in the file. */
	sendNodes: INode[];
}

/** Every workflow in `examples/`. */
export function readExamples(): Example[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example['workflow'];
			const sendNodes = workflow.nodes.filter(({ type }) => type === NODE_TYPE);
			return { file, workflow, sendNodes };
		});
}

/** What became of one item of one node. */
export interface ExampleRow {
	node: INode;
	itemIndex: number;
	json: IDataObject;
}

/** Runs an example; the rows of all its Send Contact nodes. */
export async function runExample(
	example: Example,
	packaged: LoadedPackage,
	credentials: CredentialData,
): Promise<{ run: EngineRun; rows: ExampleRow[] }> {
	const run = await runWorkflow({
		packaged,
		workflow: example.workflow,
		credentials,
		workflowId: example.file,
	});
	const rows = example.sendNodes.flatMap((node) =>
		run.output(node.name).map((item) => ({ node, itemIndex: indexOf(item), json: item.json })),
	);
	return { run, rows };
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
	const status = want === 'accepted' ? want : want.status;
	const at = `${name}, item ${index}`;
	if (row === undefined) return [`${at}: missing`];
	if (row.itemIndex !== index) return [`${at}: paired with item ${row.itemIndex}`];
	if (row.json.status !== status) {
		return [`${at}: ${status} expected, got ${JSON.stringify(row.json)}`];
	}
	const said = `${textOf(row.json.error) ?? ''} ${textOf(row.json.description) ?? ''}`;
	return want === 'accepted' || want.says.test(said) ? [] : [`${at}: it says “${said}”`];
}
