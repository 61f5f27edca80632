// Where n8n's engine keeps its own files while the tests run.
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { NodeConnectionTypes, type IExecuteFunctions, type INodeType } from 'n8n-workflow';

import { loadPackage, runWorkflow } from './engine';

const TYPE = 'test.where';

/** Says where n8n lets a node keep files: under the folder of n8n's settings and key. */
const where: INodeType = {
	description: {
		displayName: 'Where',
		name: 'where',
		group: ['transform'],
		version: 1,
		description: '',
		defaults: {},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		return [[{ json: { folder: this.helpers.getStoragePath() } }]];
	},
};

it('n8n’s key and settings are kept apart from those of whoever runs the tests', async () => {
	const node = (name: string, type: string) => ({
		...{ id: name, name, type, typeVersion: 1, parameters: {} },
		position: [0, 0] as [number, number],
	});
	const { output } = await runWorkflow({
		packaged: await loadPackage(),
		workflow: {
			nodes: [node('Start', 'n8n-nodes-base.manualTrigger'), node('Where', TYPE)],
			connections: { Start: { main: [[{ node: 'Where', type: 'main', index: 0 }]] } },
		},
		credentials: {},
		extraNodes: { [TYPE]: where },
	});

	const kept = join(tmpdir(), 'send-contact-engine', '.n8n');
	expect(output('Where')[0]?.json.folder).toEqual(expect.stringContaining(kept));
});
