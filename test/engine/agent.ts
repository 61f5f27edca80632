// An agent of n8n without a model: n8n's engine makes a tool of each node that is connected to it, and the agent
// makes the calls that a test says, with arguments as a model would give them.
import { types } from 'node:util';

import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INode,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import {
	chainOf,
	PACKAGE,
	runWorkflow,
	type CredentialData,
	type EngineRun,
	type LoadedPackage,
} from './engine';

/** Arguments of one call, by the keys of the tool. */
export type Call = Record<string, unknown>;

/** What n8n hands an agent for a node. */
interface Tool {
	name: string;
	description: string;
	schema: { shape: Record<string, unknown> };
	invoke(call: Call): Promise<unknown>;
}

/** What came of the calls, and what a model knows of the tool before them. */
export interface Called {
	run: EngineRun;
	/** What the model reads after each call; that of a call that failed begins with `Error: `. */
	answers: string[];
	description: string;
	/** The keys of the arguments. */
	keys: string[];
}

/** A node type that only tests have. */
export const nodeType = (
	name: string,
	ends: Pick<INodeTypeDescription, 'inputs' | 'outputs'>,
	execute: (context: IExecuteFunctions) => Promise<INodeExecutionData[][]>,
): INodeType => ({
	description: {
		displayName: name,
		name,
		group: ['transform'],
		version: 1,
		description: name,
		defaults: { name },
		properties: [],
		...ends,
	},
	async execute() {
		return await execute(this);
	},
});

/** The node as the n8n server makes a tool of it; n8n-core has no part in that. */
export function asTool(type: INodeType): INodeType {
	const tool: INodeType = Object.create(type) as INodeType;
	tool.description = {
		...type.description,
		name: `${type.description.name}Tool`,
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
	};
	return tool;
}

/** `{{ $fromAI('key') }}`, as the editor writes it into a field that the model is to fill in. */
export const fromAi = (key: string): string =>
	`={{ /*n8n-auto-generated-fromAI-override*/ $fromAI('${key}', \`\`, 'string') }}`;

/** Runs Manual Trigger → an agent, which makes these calls of the one tool. @param tool the tool's node */
export async function callTool(
	packaged: LoadedPackage,
	credentials: CredentialData,
	node: 'sendContact' | 'vCard',
	tool: Pick<INode, 'parameters'> & Partial<INode>,
	calls: readonly Call[],
): Promise<Called> {
	const told: Omit<Called, 'run'> = { answers: [], description: '', keys: [] };
	const agent = nodeType(
		'agent',
		{
			inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
			outputs: [NodeConnectionTypes.Main],
		},
		async (context) => {
			const connected = await context.getInputConnectionData(NodeConnectionTypes.AiTool, 0);
			const [made] = connected as Tool[];
			if (made === undefined) throw new Error('n8n made no tool');
			told.description = made.description;
			told.keys = Object.keys(made.schema.shape);
			for (const call of calls) {
				const answer = made
					.invoke(call)
					.then(
						String,
						(problem: unknown) => `Error: ${types.isNativeError(problem) ? problem.message : ''}`,
					);
				told.answers.push(await answer);
			}
			return [context.getInputData()];
		},
	);
	const [type, name] = [`${PACKAGE}.${node}Tool`, tool.name ?? 'Tool'];
	const chain = chainOf([{ json: {} }], [{ name: 'Agent', type: 'test.agent', parameters: {} }]);
	const run = await runWorkflow({
		packaged,
		workflow: {
			...chain,
			nodes: [
				...chain.nodes,
				{ id: 'tool', type, typeVersion: 1, position: [0, 200], ...tool, name },
			],
			connections: {
				...chain.connections,
				[name]: { ai_tool: [[{ node: 'Agent', type: NodeConnectionTypes.AiTool, index: 0 }]] },
			},
		},
		credentials,
		extraNodes: { 'test.agent': agent, [type]: asTool(packaged.node(node)) },
	});
	if (run.run.status !== 'success') throw run.error('Agent') ?? new Error('The agent failed');
	return { run, ...told };
}
