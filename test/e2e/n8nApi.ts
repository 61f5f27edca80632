// What the editor asks of n8n, asked by a program: the same endpoints, the same cookie.
import axios, { type AxiosInstance } from 'axios';

import { waitFor } from './processes';

/** The owner account that every n8n started here gets. */
export const OWNER = {
	email: 'owner@send-contact.example',
	firstName: 'End',
	lastName: 'ToEnd',
	password: 'Send-Contact-2026',
};

export type Json = Record<string, unknown>;

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	typeVersion: number;
	position: [number, number];
	parameters: Json;
	credentials?: Record<string, { id: string; name: string }>;
	[setting: string]: unknown;
}

export interface WorkflowDefinition {
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, Record<string, unknown>>;
	settings?: Json;
	pinData?: Json;
}

/** One item as the execution stores it. */
export interface ExecutionItem {
	json: Json;
	pairedItem?: unknown;
	binary?: Json;
	error?: Json;
}

export interface ExecutionError {
	message: string;
	description?: string | null;
	name?: string;
	httpCode?: string | null;
	context?: Json;
	messages?: string[];
	[more: string]: unknown;
}

export interface NodeRun {
	executionStatus?: string;
	executionTime?: number;
	error?: ExecutionError;
	data?: Record<string, Array<ExecutionItem[] | null> | undefined>;
	hints?: unknown[];
}

/** A finished execution, its stored data parsed. */
export interface Execution {
	id: string;
	status: string;
	finished: boolean;
	startedAt: string;
	stoppedAt: string;
	/** The stored text itself: what a backup or a database dump would hold. */
	storedText: string;
	error: ExecutionError | undefined;
	lastNodeExecuted: string | undefined;
	runs: Record<string, NodeRun[] | undefined>;
	/** The items that left a node, by output. */
	output(node: string, index?: number): ExecutionItem[];
}

export interface CredentialRef {
	id: string;
	name: string;
}

export interface DynamicRequest {
	/** Full node type, such as `n8n-nodes-send-contact.sendContact`. */
	type: string;
	version?: number;
	/** Where the parameter is, such as `parameters.sender`. */
	path: string;
	methodName: string;
	parameters: Json;
	credentials?: Record<string, CredentialRef>;
	filter?: string;
}

/** An answer of n8n that was not a success, with what it said. */
export class N8nRefused extends Error {
	override name = 'N8nRefused';

	constructor(
		readonly status: number,
		readonly body: unknown,
		what: string,
	) {
		super(`${what}: n8n answered ${status}: ${JSON.stringify(body ?? null).slice(0, 2000)}`);
	}
}

/** Reads the table of values that n8n stores executions as (`flatted`). */
export function unflatten(text: string): unknown {
	const table = JSON.parse(text) as unknown[];
	const made = new Map<number, unknown>();
	const at = (index: number): unknown => {
		const raw = table[index];
		if (typeof raw !== 'object' || raw === null) return raw;
		if (made.has(index)) return made.get(index);
		const value: Record<string, unknown> | unknown[] = Array.isArray(raw) ? [] : {};
		made.set(index, value);
		for (const [key, entry] of Object.entries(raw)) {
			(value as Record<string, unknown>)[key] =
				typeof entry === 'string' ? at(Number(entry)) : entry;
		}
		return value;
	};
	return at(0);
}

const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** One signed-in user of one n8n. */
export class N8nApi {
	private readonly http: AxiosInstance;
	private cookie = '';

	constructor(readonly url: string) {
		this.http = axios.create({
			baseURL: url,
			proxy: false,
			timeout: 300_000,
			validateStatus: () => true,
			maxBodyLength: Infinity,
			maxContentLength: Infinity,
		});
	}

	/** Calls any address; what n8n wraps in `data` is unwrapped. */
	async call<T>(
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body?: unknown,
	): Promise<T> {
		const answer = await this.http.request<unknown>({
			method,
			url: path,
			headers: this.cookie ? { cookie: this.cookie } : {},
			...(body !== undefined && { data: body }),
		});
		const cookies = answer.headers['set-cookie'];
		if (cookies) this.cookie = cookies.map((cookie) => cookie.split(';')[0]).join('; ');
		if (answer.status >= 400) throw new N8nRefused(answer.status, answer.data, `${method} ${path}`);
		const data = answer.data as { data?: unknown } | undefined;
		return (data && typeof data === 'object' && 'data' in data ? data.data : data) as T;
	}

	/** Makes the owner account of an empty n8n and signs in. */
	async setUpOwner(): Promise<void> {
		await this.call('POST', '/rest/owner/setup', OWNER);
	}

	async login(): Promise<void> {
		await this.call('POST', '/rest/login', {
			emailOrLdapLoginId: OWNER.email,
			password: OWNER.password,
		});
	}

	nodeTypes(): Promise<Json[]> {
		return this.call('GET', '/types/nodes.json');
	}

	credentialTypes(): Promise<Json[]> {
		return this.call('GET', '/types/credentials.json');
	}

	/** An address outside the API, such as an icon: status, type and size. */
	async asset(path: string): Promise<{ status: number; type: string; text: string }> {
		const answer = await this.http.get<string>(path, {
			headers: { cookie: this.cookie },
			responseType: 'text',
		});
		return {
			status: answer.status,
			type: String(answer.headers['content-type'] ?? ''),
			text: answer.data,
		};
	}

	async createCredential(name: string, type: string, data: Json): Promise<CredentialRef> {
		const made = await this.call<{ id: string }>('POST', '/rest/credentials', { name, type, data });
		return { id: made.id, name };
	}

	/** What the credential window shows after *Save* or *Retry*. */
	testCredential(
		credential: CredentialRef,
		type: string,
		data: Json,
	): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return this.call('POST', '/rest/credentials/test', {
			credentials: { ...credential, type, data },
		});
	}

	createWorkflow(
		workflow: WorkflowDefinition,
	): Promise<WorkflowDefinition & { id: string; versionId: string }> {
		return this.call('POST', '/rest/workflows', {
			active: false,
			settings: { executionOrder: 'v1' },
			...workflow,
		});
	}

	/** Publishes a workflow, so that its webhooks answer. */
	async activateWorkflow(workflow: { id: string; versionId: string; name: string }): Promise<void> {
		try {
			await this.call('POST', `/rest/workflows/${workflow.id}/activate`, {
				versionId: workflow.versionId,
				name: workflow.name,
			});
		} catch (error) {
			if (!(error instanceof N8nRefused) || error.status !== 404) throw error;
			await this.call('PATCH', `/rest/workflows/${workflow.id}`, { active: true });
		}
	}

	/** Presses *Execute workflow*. @returns the execution's id */
	async startWorkflow(
		workflow: WorkflowDefinition & { id: string },
		trigger = triggerOf(workflow),
	): Promise<string> {
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflow.id}/run`,
			{ workflowData: workflow, triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	async execution(id: string): Promise<Execution | undefined> {
		const row = await this.call<Json | undefined>('GET', `/rest/executions/${id}`);
		if (!row) return undefined;
		const storedText = typeof row.data === 'string' ? row.data : '[]';
		const data = unflatten(storedText) as
			| {
					resultData?: {
						error?: ExecutionError;
						lastNodeExecuted?: string;
						runData?: Record<string, NodeRun[]>;
					};
			  }
			| undefined;
		const runs = data?.resultData?.runData ?? {};
		return {
			id,
			status: String(row.status),
			finished: row.finished === true,
			startedAt: String(row.startedAt),
			stoppedAt: String(row.stoppedAt),
			storedText,
			error: data?.resultData?.error,
			lastNodeExecuted: data?.resultData?.lastNodeExecuted,
			runs,
			output: (node, index = 0) =>
				(runs[node] ?? []).flatMap((run) => run.data?.main?.[index] ?? []),
		};
	}

	async stopExecution(id: string): Promise<void> {
		await this.call('POST', `/rest/executions/${id}/stop`);
	}

	/** Waits until an execution has ended. */
	async finishedExecution(id: string, seconds = 300): Promise<Execution> {
		await waitFor(
			`execution ${id} to end`,
			async () => {
				const row = await this.call<{ status: string; stoppedAt: string | null }>(
					'GET',
					`/rest/executions/${id}`,
				);
				return ENDED.includes(row.status) && row.stoppedAt !== null;
			},
			{ seconds, everyMs: 100 },
		);
		const execution = await this.execution(id);
		if (!execution) throw new Error(`Execution ${id} is gone`);
		return execution;
	}

	/** Creates a workflow, runs it from its trigger and waits for its end. */
	async runWorkflow(workflow: WorkflowDefinition, seconds = 300): Promise<Execution> {
		const saved = await this.createWorkflow(workflow);
		return await this.finishedExecution(await this.startWorkflow(saved), seconds);
	}

	/** What a resource locator's list shows. */
	resourceLocatorResults(request: DynamicRequest): Promise<{
		results: Array<{ name: string; value: string; url?: string }>;
		paginationToken?: string;
	}> {
		return this.call('POST', '/rest/dynamic-node-parameters/resource-locator-results', {
			...dynamicBody(request),
			...(request.filter !== undefined && { filter: request.filter }),
		});
	}

	/** What a drop-down with `loadOptionsMethod` shows. */
	dynamicOptions(request: DynamicRequest): Promise<Array<{ name: string; value: string }>> {
		return this.call('POST', '/rest/dynamic-node-parameters/options', dynamicBody(request));
	}
}

function dynamicBody({
	type,
	version = 1,
	path,
	methodName,
	parameters,
	credentials,
}: DynamicRequest): Json {
	return {
		path,
		methodName,
		nodeTypeAndVersion: { name: type, version },
		currentNodeParameters: parameters,
		...(credentials && { credentials }),
	};
}

/** The node a workflow starts from. */
export function triggerOf(workflow: WorkflowDefinition): string {
	const trigger = workflow.nodes.find(({ type }) => /trigger$|\.webhook$|\.start$/i.test(type));
	if (!trigger) throw new Error(`Workflow "${workflow.name}" has no trigger`);
	return trigger.name;
}
