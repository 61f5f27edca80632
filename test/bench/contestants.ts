// The contestants: Send Contact on n8n's engine, what people use instead of it, and nothing at all.
import { Agent } from 'node:http';
import { setImmediate as immediate, setTimeout as pause } from 'node:timers/promises';

import axios from 'axios';
import { PackageDirectoryLoader } from 'n8n-core';
import {
	NodeConnectionTypes,
	NodeHelpers,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type INodeTypeDescription,
	type IVersionedNodeType,
} from 'n8n-workflow';

import {
	loadPackage,
	runWorkflow,
	sendContactWorkflow,
	type LoadedPackage,
	type RunSettings,
} from '../engine/engine';
import { bodyExpression, bodyOf, itemsOf, pathOf, requestOf, type BenchItem } from './items';
import type { Contestant, ContestantJob, VendorName } from './jobs';

/** Sends so many items; says how many came out. */
export type Run = (count: number) => Promise<Ran>;

export interface Ran {
	out: number;
	error?: string;
	/** Whatever the engine still holds of the run, to be weighed with it. */
	held?: unknown;
}

const NODE = 'Send Contact';

/** The contestant, loaded and ready to send. */
export async function contestantOf(job: ContestantJob): Promise<Run> {
	const contestants: Record<Contestant, () => Promise<Run>> = {
		sendContact: async () => await sendContact(job),
		httpRequest: async () => await httpRequest(job, {}),
		// 50 each 1000 ms: what fits a limit of 50 a second on paper.
		httpRequestTuned: async () =>
			await httpRequest(job, { batching: { batch: { batchSize: 50, batchInterval: 1000 } } }),
		bareHelper: async () => await bareHelper(job),
		axiosLoop: async () => await Promise.resolve(axiosLoop(job)),
		metronome: async () => await Promise.resolve(metronome(job)),
		evolution: async () => await evolution(job),
		noOp: async () => await noOp(job),
	};
	return await contestants[job.contestant]();
}

type NodeSettings = Parameters<typeof sendContactWorkflow>[1];

/** Runs one node on the engine. */
function onEngine(
	packaged: LoadedPackage,
	job: ContestantJob,
	node: NodeSettings,
	extraNodes: RunSettings['extraNodes'] = {},
): Run {
	return async (count) => {
		const run = await runWorkflow({
			packaged,
			workflow: sendContactWorkflow(itemsOf(count), { onError: 'continueRegularOutput', ...node }),
			credentials: { [node.credentialType]: { ...job.address.credentials } },
			extraNodes,
		});
		const error = run.error(NODE)?.message;
		const output = run.output(NODE);
		const failed = output.find(({ json }) => json.error !== undefined)?.json.error;
		const said = error ?? (failed === undefined ? undefined : JSON.stringify(failed));
		return { out: output.length, held: run, ...(said !== undefined && { error: said }) };
	};
}

async function sendContact(job: ContestantJob): Promise<Run> {
	const { vendor, address, options } = job;
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	return onEngine(await loadPackage(job.packageFolder), job, {
		credentialType: credentialOf(vendor),
		parameters: {
			provider: vendor,
			...(vendor === 'greenApi' && { messenger: 'whatsapp' }),
			...(vendor === 'ogmma' && { sender: byId(address.sender) }),
			to: { __rl: true, mode: 'phone', value: '={{ $json.to }}' },
			contactSource: 'fields',
			contactName: '={{ $json.name }}',
			contactPhone: '={{ $json.phone }}',
			options,
		},
	});
}

function isVersioned(node: INodeType | IVersionedNodeType): node is IVersionedNodeType {
	return 'nodeVersions' in node;
}

/** n8n's own node, out of n8n-nodes-base. */
async function httpRequest(job: ContestantJob, options: INodeParameters): Promise<Run> {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- only a whole n8n has it
	const module = require('n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js') as {
		HttpRequest: new () => INodeType | IVersionedNodeType;
	};
	const node = new module.HttpRequest();
	const { url, headers } = requestOf(job);
	const type = 'n8n-nodes-base.httpRequest';
	return onEngine(
		await loadPackage(job.packageFolder),
		job,
		{
			type,
			typeVersion: isVersioned(node) ? node.currentVersion : 1,
			credentialType: 'none',
			credentials: {},
			parameters: {
				method: 'POST',
				url,
				authentication: 'none',
				sendHeaders: Object.keys(headers).length > 0,
				headerParameters: {
					parameters: Object.entries(headers).map(([name, value]) => ({ name, value })),
				},
				sendBody: true,
				contentType: 'json',
				specifyBody: 'json',
				jsonBody: bodyExpression(job.vendor),
				options,
			},
		},
		{ [type]: NodeHelpers.getVersionedNodeType(node) },
	);
}

const description = (name: string, credential?: string): INodeTypeDescription => ({
	displayName: name,
	name,
	group: ['transform'],
	version: 1,
	description: name,
	defaults: {},
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	properties: [],
	...(credential !== undefined && { credentials: [{ name: credential, required: true }] }),
});

/** `work` for all of `count`, so many at once, each beginning as another ends. */
async function atOnce(concurrency: number, count: number, work: (index: number) => Promise<void>) {
	let next = 0;
	const worker = async () => {
		while (next < count) {
			const index = next;
			next += 1;
			await work(index);
		}
	};
	await Promise.all(Array.from({ length: concurrency }, worker));
}

const asItem = ({ to, name, phone }: Record<string, unknown>): BenchItem => ({
	to: String(to),
	name: String(name),
	phone: String(phone),
});

/** n8n's HTTP helper in a loop, and nothing else: no expressions, no checks, no pace. */
async function bareHelper(job: ContestantJob): Promise<Run> {
	const { vendor, address, concurrency } = job;
	const credential = credentialOf(vendor);
	const node: INodeType = {
		description: description('bareHelper', credential),
		async execute(this: IExecuteFunctions) {
			const items = this.getInputData();
			const output = new Array<INodeExecutionData>(items.length);
			await atOnce(concurrency, items.length, async (index) => {
				const answer: unknown = await this.helpers.httpRequestWithAuthentication.call(
					this,
					credential,
					{
						method: 'POST',
						url: pathOf(vendor, address.sender),
						body: bodyOf(vendor, asItem(items[index]?.json ?? {})),
					},
				);
				output[index] = {
					json: Object.fromEntries(Object.entries(answer ?? {})),
					pairedItem: { item: index },
				};
			});
			return [output];
		},
	};
	const type = 'bench.bareHelper';
	return onEngine(
		await loadPackage(job.packageFolder),
		job,
		{ type, credentialType: credentialOf(vendor), parameters: {} },
		{ [type]: node },
	);
}

/**
 * The items through the engine and through a node that hands them on; first a few through n8n's HTTP
 * helper, which takes memory of its own as soon as anything is sent.
 */
async function noOp(job: ContestantJob): Promise<Run> {
	await (
		await bareHelper(job)
	)(job.warmUp);
	const node: INodeType = {
		description: description('noOp'),
		async execute(this: IExecuteFunctions) {
			return await Promise.resolve([this.getInputData()]);
		},
	};
	const type = 'bench.noOp';
	return onEngine(
		await loadPackage(job.packageFolder),
		job,
		{ type, credentialType: 'none', credentials: {}, parameters: {} },
		{ [type]: node },
	);
}

/** Without n8n: axios over connections that are kept open. */
function axiosLoop(job: ContestantJob): Run {
	const { url, headers } = requestOf(job);
	const client = axios.create({
		headers,
		httpAgent: new Agent({ keepAlive: true, maxSockets: job.concurrency }),
	});
	return async (count) => {
		const items = itemsOf(count);
		const output = new Array<unknown>(count);
		let error: string | undefined;
		await atOnce(job.concurrency, count, async (index) => {
			const item = items[index];
			if (item === undefined) return;
			try {
				output[index] = (await client.post(url, bodyOf(job.vendor, item))).data;
			} catch (problem) {
				error ??= String(problem);
			}
		});
		return { out: output.length, held: output, ...(error !== undefined && { error }) };
	};
}

/**
 * What the machine allows: a request every so many milliseconds, from a process that does nothing else. What is
 * refused goes next, after the pause that the vendor asks for.
 */
function metronome(job: ContestantJob): Run {
	const { url, headers } = requestOf(job);
	const client = axios.create({
		headers,
		httpAgent: new Agent({ keepAlive: true }),
		validateStatus: () => true,
	});
	const everyMs = Number(job.options.everyMs);
	return async (count) => {
		const queue = [...itemsOf(count)];
		const output: unknown[] = [];
		let underWay = 0;
		let nextAt = performance.now();
		const send = async (item: BenchItem) => {
			underWay += 1;
			const {
				status,
				data,
				headers: said,
			} = await client.post<unknown>(url, bodyOf(job.vendor, item));
			underWay -= 1;
			if (status < 400) {
				output.push(data);
				return;
			}
			queue.unshift(item);
			const pauseMs = Number(said['retry-after'] ?? 0) * 1000;
			nextAt = Math.max(nextAt, performance.now() + pauseMs);
		};
		while (queue.length > 0 || underWay > 0) {
			const now = performance.now();
			const item = now < nextAt ? undefined : queue.shift();
			if (item === undefined) {
				await (nextAt - now > 3 ? pause(nextAt - now - 2) : immediate());
				continue;
			}
			nextAt = now + everyMs;
			void send(item);
		}
		return { out: output.length, held: output };
	};
}

/** The name of a vendor's credential type. */
function credentialOf(vendor: VendorName): string {
	return vendor.endsWith('Api') ? vendor : `${vendor}Api`;
}

/** The most used community node that sends contacts. */
async function evolution(job: ContestantJob): Promise<Run> {
	const rival = new PackageDirectoryLoader(job.rivalFolder ?? '');
	await rival.loadAll();
	const type = 'n8n-nodes-evolution-api.evolutionApi';
	return onEngine(
		await loadPackage(job.packageFolder),
		job,
		{
			type,
			credentialType: credentialOf(job.vendor),
			parameters: {
				resource: 'messages-api',
				operation: 'send-contact',
				instanceName: 'bench',
				remoteJid: '={{ $json.to }}',
				contacts: {
					contactValues: [
						{
							fullName: '={{ $json.name }}',
							wuid: '={{ $json.phone }}',
							phoneNumber: '={{ $json.phone }}',
						},
					],
				},
			},
		},
		{ [type]: NodeHelpers.getVersionedNodeType(rival.getNode('evolutionApi').type) },
	);
}
