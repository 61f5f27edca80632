// The example workflows as they stand in their files. Runs none.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INode } from 'n8n-workflow';

import { NODE_TYPE, TOOL_TYPE, VCARD_TYPE } from '../nodeTypes';
import type { WorkflowJson } from './engine';

const folder = join(__dirname, '..', '..', 'examples');

export interface Example {
	file: string;
	workflow: WorkflowJson & { name: string };
	/** Its Send Contact nodes, in the order they stand in the file; those of an agent's tools, too. */
	sendNodes: INode[];
	/** Its vCard nodes. */
	cardNodes: INode[];
}

/** Every workflow in `examples/`. */
export function readExamples(): Example[] {
	return readdirSync(folder)
		.filter((file) => file.endsWith('.json'))
		.sort()
		.map((file) => {
			const workflow = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example['workflow'];
			const ofType = (...wanted: string[]) =>
				workflow.nodes.filter(({ type }) => wanted.includes(type));
			const sendNodes = ofType(NODE_TYPE, TOOL_TYPE);
			const cardNodes = ofType(VCARD_TYPE);
			return { file, workflow, sendNodes, cardNodes };
		});
}
