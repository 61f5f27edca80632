// Runs a workflow on n8n's own engine (n8n-core): its loader reads the built package, its WorkflowExecute
// runs the nodes, its HTTP helper sends. What the n8n server adds around it stands in here: where
// credentials are stored, and where deduplication keys are kept.
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
	DataDeduplicationService,
	ExecutionLifecycleHooks,
	LoadOptionsContext,
	PackageDirectoryLoader,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	getCredentialOwnRequestAllowedDomains,
	ICredentialsHelper,
	NodeConnectionTypes,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IConnections,
	type IDataDeduplicator,
	type IExecuteData,
	type IExecuteFunctions,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type ILoadOptionsFunctions,
	type INode,
	type INodeCredentialsDetails,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeProperties,
	type INodeType,
	type INodeTypes,
	type IPinData,
	type IRequestOptionsSimplified,
	type IRun,
	type ITaskData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { textOf } from '../../nodes/SendContact/providers/answers';
import { NODE_TYPE, PACKAGE } from '../nodeTypes';
import { environment } from '../realm/outside';

export * from '../nodeTypes';
const root = join(__dirname, '..', '..');

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	name?: string;
	nodes: INode[];
	connections: IConnections;
	pinData?: IPinData;
	settings?: object;
}

/** The data of the credentials that a workflow's nodes name, by credential id. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** The built package, read by n8n's loader. */
export interface LoadedPackage {
	loader: PackageDirectoryLoader;
	node(name: string): INodeType;
	credential(name: string): ICredentialType;
	credentials: ICredentialType[];
}

/** Reads the built package as n8n does at its start. */
export async function loadPackage(folder = root): Promise<LoadedPackage> {
	// Otherwise n8n-core makes a key and a settings file in the home folder of whoever runs this.
	environment.N8N_ENCRYPTION_KEY = 'only-for-the-sandbox';
	environment.N8N_USER_FOLDER = join(tmpdir(), 'send-contact-engine');
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	return {
		loader,
		node: (name) => NodeHelpers.getVersionedNodeType(loader.getNode(name).type),
		credential: (name) => loader.getCredential(name).type,
		credentials: Object.values(loader.credentialTypes).map(({ type }) => type),
	};
}

/** A node of another package. Where its output is pinned n8n does not run it, and no other one is run here. */
class Foreign implements INodeType {
	description: INodeType['description'];

	constructor(type: string) {
		const isTrigger = /trigger$/i.test(type);
		this.description = {
			displayName: type,
			name: type,
			group: [isTrigger ? 'trigger' : 'transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: isTrigger ? [] : [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		};
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { name, type } = this.getNode();
		throw new Error(`${name} (${type}) is not in this engine: pin its output`);
	}
}

function nodeTypesOf(packaged: LoadedPackage, extra: Record<string, INodeType>): INodeTypes {
	const byName = (type: string): INodeType =>
		extra[type] ??
		(type.startsWith(`${PACKAGE}.`)
			? packaged.node(type.slice(PACKAGE.length + 1))
			: new Foreign(type));
	return { getByName: byName, getByNameAndVersion: byName, getKnownTypes: () => ({}) };
}

/** Gives the stored data and lets the package's own credential classes sign requests. */
class StoredCredentials extends ICredentialsHelper {
	/** How often credentials were decrypted; n8n asks its database each time. */
	reads = 0;

	constructor(
		private readonly packaged: LoadedPackage,
		private readonly stored: CredentialData,
	) {
		super();
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		{ id }: INodeCredentialsDetails,
		type: string,
		_mode: string,
		executeData?: IExecuteData,
		_raw?: boolean,
		expression?: { itemIndex: number; connectionInputData?: INodeExecutionData[] },
	): Promise<ICredentialDataDecryptedObject> {
		this.reads += 1;
		const data = this.stored[id ?? ''];
		if (!data) throw new Error(`No stored credential ${id} of type ${type}`);
		const items = executeData?.data.main?.[0] ?? [];
		return await Promise.resolve(
			Object.fromEntries(
				Object.entries(data).map(([name, value]) => [
					name,
					resolved(value, items[expression?.itemIndex ?? 0]),
				]),
			),
		);
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		type: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.packaged.credential(type);
		if (typeof authenticate !== 'function') throw new Error(`${type} signs no requests`);
		return await authenticate.call(
			this.packaged.credential(type),
			credentials,
			request as IHttpRequestOptions,
		);
	}

	/**
	 * As n8n does: where the credential type has a value that can expire, and it is empty or was refused. A credential
	 * that lists domains may ask no others.
	 */
	override async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		type: string,
		_node: INode,
		isExpired: boolean,
	): Promise<undefined> {
		const { preAuthentication, properties } = this.packaged.credential(type);
		const expiring = properties.find(
			(field) => field.type === 'hidden' && field.typeOptions?.expirable === true,
		);
		if (!expiring || (credentials[expiring.name] !== '' && !isExpired)) return;
		const httpRequest = async (options: IHttpRequestOptions): Promise<unknown> => {
			const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
			const asked = { ...options, ...(allowedDomains !== undefined && { allowedDomains }) };
			return await helpers.helpers.httpRequest(asked);
		};
		await preAuthentication?.call({ helpers: { httpRequest } }, credentials);
	}

	override async runPreAuthentication(): Promise<undefined> {}

	override getParentTypes(): string[] {
		return [];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override async getCredentials(): Promise<ICredentials> {
		return await Promise.reject(new Error('Not needed by a running node'));
	}

	override async updateCredentials(): Promise<void> {}

	override async updateCredentialsOauthTokenData(): Promise<void> {}

	override getCredentialsProperties(type: string): INodeProperties[] {
		return this.packaged.credential(type).properties;
	}
}

/** What n8n hands to a single node that runs outside a workflow's execution. */
export function additionalDataFor(
	packaged: LoadedPackage,
	credentials: CredentialData,
	more: Partial<IWorkflowExecuteAdditionalData> = {},
): IWorkflowExecuteAdditionalData {
	return {
		credentialsHelper: new StoredCredentials(packaged, credentials),
		...more,
	} as unknown as IWorkflowExecuteAdditionalData;
}

/** A stored value with an expression `={{ $json.field }}`: enough to tell items apart by their credential. */
function resolved(
	value: ICredentialDataDecryptedObject[string],
	item: INodeExecutionData | undefined,
): ICredentialDataDecryptedObject[string] {
	if (typeof value !== 'string') return value;
	const [, field] = /^=\{\{ *\$json\.(\w+) *\}\}$/.exec(value) ?? [];
	return field === undefined ? value : (textOf(item?.json[field]) ?? '');
}

/** n8n's deduplication store with the same answers as its database-backed one, kept in memory. */
class ProcessedKeys implements IDataDeduplicator {
	private readonly keys = new Map<string, Set<string>>();
	calls = 0;

	private of(context: { node?: INode; workflow: { id: string } }): Set<string> {
		const name = `${context.workflow.id} ${context.node?.id ?? ''}`;
		const known = this.keys.get(name) ?? new Set<string>();
		this.keys.set(name, known);
		return known;
	}

	async checkProcessedAndRecord(
		items: Array<string | number>,
		_scope: string,
		context: { node?: INode; workflow: { id: string } },
	): Promise<{ new: Array<string | number>; processed: Array<string | number> }> {
		this.calls += 1;
		const known = this.of(context);
		const hashOf = (item: string | number) =>
			createHash('md5').update(String(item)).digest('base64');
		const processed = items.filter((item) => known.has(hashOf(item)));
		const fresh = items.filter((item) => !known.has(hashOf(item)));
		for (const item of fresh) known.add(hashOf(item));
		return await Promise.resolve({ new: fresh, processed });
	}

	async removeProcessed(
		items: Array<string | number>,
		_scope: string,
		context: { node?: INode; workflow: { id: string } },
	): Promise<void> {
		for (const item of items) {
			this.of(context).delete(createHash('md5').update(String(item)).digest('base64'));
		}
		await Promise.resolve();
	}

	async clearAllProcessedItems(): Promise<void> {
		this.keys.clear();
		await Promise.resolve();
	}

	async getProcessedDataCount(): Promise<number> {
		return await Promise.resolve([...this.keys.values()].reduce((sum, { size }) => sum + size, 0));
	}
}

/** The keys that all runs of this process share. */
export const processedKeys = new ProcessedKeys();
let isDeduplicationReady: Promise<void> | undefined;

export interface RunSettings {
	packaged: LoadedPackage;
	workflow: WorkflowJson;
	credentials: CredentialData;
	/** Further node types, by full name. */
	extraNodes?: Record<string, INodeType>;
	/** Handed the run as it starts, to cancel it. */
	onStart?(control: { cancel(): void }): void;
	/** Makes a workflow distinct for n8n's deduplication. */
	workflowId?: string;
}

/** What a run left behind. */
export interface EngineRun {
	run: IRun;
	/** Every run of that node. */
	tasks(node: string): ITaskData[];
	/** The items of one output of a node's last run. */
	output(node: string, index?: number): INodeExecutionData[];
	/** The error of a node's last run, or of the workflow. */
	error(node: string): Error | undefined;
}

let executions = 0;

/** Runs a workflow from its trigger to its end. */
export async function runWorkflow(settings: RunSettings): Promise<EngineRun> {
	isDeduplicationReady ??= DataDeduplicationService.init(processedKeys);
	await isDeduplicationReady;
	executions += 1;
	const { packaged, workflow: json, credentials, workflowId = 'workflow' } = settings;
	const workflow = new Workflow({
		id: workflowId,
		name: json.name ?? 'Workflow',
		// Sticky notes are the editor's; the engine has nothing to run in them.
		nodes: structuredClone(json.nodes.filter(({ type }) => !type.endsWith('.stickyNote'))),
		connections: json.connections,
		active: false,
		nodeTypes: nodeTypesOf(packaged, settings.extraNodes ?? {}),
		settings: {},
	});
	const executionId = `execution-${executions}`;
	const workflowData = {
		id: workflowId,
		name: workflow.name ?? '',
		active: false,
		activeVersionId: null,
		isArchived: false,
		createdAt: new Date(),
		updatedAt: new Date(),
		nodes: json.nodes,
		connections: json.connections,
	};
	const trigger = json.nodes.find(({ type }) => /trigger$/i.test(type));
	if (!trigger) throw new Error('The workflow has no trigger');
	const pinned = json.pinData?.[trigger.name] ?? [{ json: {} }];
	const additionalData = {
		credentialsHelper: new StoredCredentials(packaged, credentials),
		hooks: new ExecutionLifecycleHooks('manual', executionId, workflowData),
		executionId,
		currentNodeExecutionIndex: 0,
		variables: {},
		webhookWaitingBaseUrl: 'http://localhost/webhook-waiting',
		formWaitingBaseUrl: 'http://localhost/form-waiting',
	} as unknown as IWorkflowExecuteAdditionalData;
	const runData = createRunExecutionData({
		resultData: { pinData: { ...json.pinData, [trigger.name]: pinned }, runData: {} },
		executionData: {
			nodeExecutionStack: [
				{ node: workflow.getNode(trigger.name) ?? trigger, data: { main: [pinned] }, source: null },
			],
		},
	});
	const execution = new WorkflowExecute(additionalData, 'manual', runData).processRunExecutionData(
		workflow,
	);
	settings.onStart?.({ cancel: () => execution.cancel() });
	const run = await execution;
	const tasks = (node: string) => run.data.resultData.runData[node] ?? [];
	return {
		run,
		tasks,
		output: (node, index = 0) => tasks(node).at(-1)?.data?.main?.[index] ?? [],
		error: (node) => tasks(node).at(-1)?.error ?? run.data.resultData.error,
	};
}

/** Fills a drop-down of the node's panel, as the editor asks for it: the first page, or the one of the token. */
export async function searchList(
	settings: Pick<RunSettings, 'packaged' | 'credentials'>,
	method: 'searchRecipients' | 'searchSenders',
	{ parameters, credentialType }: { parameters: INode['parameters']; credentialType: string },
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const { nodes } = sendContactWorkflow([], { parameters, credentialType });
	const [, node] = nodes;
	const search = settings.packaged.node('sendContact').methods?.listSearch?.[method];
	if (!node || !search) throw new Error(`The node has no ${method}`);
	const workflow = new Workflow({
		id: 'panel',
		name: 'Panel',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: nodeTypesOf(settings.packaged, {}),
	});
	const additionalData = additionalDataFor(settings.packaged, settings.credentials, {
		currentNodeParameters: parameters,
	});
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters.to');
	// The class gives an optional name where the interface wants one: n8n itself passes it as it is.
	return await search.call(context as unknown as ILoadOptionsFunctions, filter, paginationToken);
}

/** A workflow: Manual Trigger with these items, then one Send Contact node. */
export function sendContactWorkflow(
	items: Array<Record<string, unknown>>,
	node: { parameters: INode['parameters']; credentialType: string } & Partial<INode>,
): WorkflowJson {
	const { parameters, credentialType, ...more } = node;
	return {
		nodes: [
			{
				id: 'trigger',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'send',
				name: 'Send Contact',
				type: NODE_TYPE,
				typeVersion: 1,
				position: [200, 0],
				parameters,
				credentials: { [credentialType]: { id: credentialType, name: credentialType } },
				...more,
			},
		],
		connections: {
			Start: { main: [[{ node: 'Send Contact', type: NodeConnectionTypes.Main, index: 0 }]] },
		},
		pinData: { Start: items.map((json) => ({ json })) as IPinData[string] },
	};
}

/** A workflow: Manual Trigger with these items, then nodes one after the other. */
export function chainOf(
	items: readonly INodeExecutionData[],
	nodes: ReadonlyArray<Pick<INode, 'name' | 'type' | 'parameters'> & Partial<INode>>,
): WorkflowJson {
	const trigger = {
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		parameters: {},
	};
	const all = [trigger, ...nodes];
	const links = all
		.slice(1)
		.map(({ name }, index): [string, IConnections[string]] => [
			all[index]?.name ?? '',
			{ main: [[{ node: name, type: NodeConnectionTypes.Main, index: 0 }]] },
		]);
	return {
		nodes: all.map((node, index) => ({
			id: node.name,
			typeVersion: 1,
			position: [200 * index, 0],
			...node,
		})),
		connections: Object.fromEntries(links),
		pinData: { Start: [...items] },
	};
}
