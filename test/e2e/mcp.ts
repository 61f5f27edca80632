// An AI agent without a model: n8n's MCP Server Trigger wraps connected nodes as tools exactly as it
// does for an agent, lists their generated schema and calls them.
import { type N8n } from './n8n';
import { type Json, type WorkflowNode } from './n8nApi';
import { waitFor } from './processes';

export interface Tool {
	name: string;
	description: string;
	inputSchema: { type: string; properties: Record<string, Json>; required?: string[] };
}

export interface ToolServer {
	tools(): Promise<Tool[]>;
	/** Calls a tool as a model would. @returns what the model would read */
	call(name: string, input: Json): Promise<{ isError: boolean; text: string }>;
}

interface RpcAnswer {
	result?: Json;
	error?: { message: string };
}

/** Publishes a workflow in which the given nodes are tools. */
export async function serveTools(
	n8n: N8n,
	path: string,
	tools: readonly WorkflowNode[],
): Promise<ToolServer> {
	const trigger = 'MCP Server Trigger';
	const workflow = await n8n.api.createWorkflow({
		name: `Tools at ${path}`,
		nodes: [
			{
				id: 'mcp-trigger',
				name: trigger,
				type: '@n8n/n8n-nodes-langchain.mcpTrigger',
				typeVersion: 2,
				position: [0, 0],
				webhookId: `e2e-${path}`,
				parameters: { path },
			},
			...tools,
		],
		connections: Object.fromEntries(
			tools.map(({ name }) => [
				name,
				{ ai_tool: [[{ node: trigger, type: 'ai_tool', index: 0 }]] },
			]),
		),
	});
	await n8n.api.activateWorkflow(workflow);

	let session: string | null = null;
	let id = 0;
	const send = async (method: string, params: Json, isNotice = false) => {
		const answer = await fetch(`${n8n.url}/mcp/${path}`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				accept: 'application/json, text/event-stream',
				...(session && { 'mcp-session-id': session }),
			},
			body: JSON.stringify({ jsonrpc: '2.0', ...(!isNotice && { id: ++id }), method, params }),
			signal: AbortSignal.timeout(300_000),
		});
		session = answer.headers.get('mcp-session-id') ?? session;
		return { status: answer.status, text: await answer.text() };
	};
	const ask = async (method: string, params: Json): Promise<Json> => {
		const { status, text } = await send(method, params);
		const line = text.startsWith('{') ? text : (/^data: (.*)$/m.exec(text)?.[1] ?? '{}');
		const answer = JSON.parse(line) as RpcAnswer;
		if (answer.result) return answer.result;
		throw new Error(`${method}: n8n answered ${status}: ${answer.error?.message ?? text}`);
	};

	// The address answers a moment after the workflow has been published.
	await waitFor(
		`the tools at ${path}`,
		async () => {
			const { status } = await send('initialize', {
				protocolVersion: '2025-03-26',
				capabilities: {},
				clientInfo: { name: 'send-contact-e2e', version: '1.0.0' },
			});
			return status === 200;
		},
		{ context: n8n.log },
	);
	await send('notifications/initialized', {}, true);

	return {
		async tools() {
			return (await ask('tools/list', {})).tools as Tool[];
		},
		async call(name, input) {
			const result = await ask('tools/call', { name, arguments: input });
			const content = result.content as Array<{ text?: string }>;
			return {
				isError: result.isError === true,
				text: content.map(({ text }) => text ?? '').join('\n'),
			};
		},
	};
}
