// Where the conformance suites play: every provider × messenger in front of its sandbox vendor, driven
// through n8n's own engine with the built package. Knows no provider by name.
// First of all: it must be there before n8n-core.
import { logged } from './log';

import type { INode, INodeParameters } from 'n8n-workflow';

import { providers } from '../../nodes/SendContact/providers';
import type { Messenger, Provider } from '../../nodes/SendContact/providers/Provider';
import {
	loadPackage,
	processedKeys,
	runWorkflow,
	sendContactWorkflow,
	type CredentialData,
	type EngineRun,
	type LoadedPackage,
	type RunSettings,
	type WorkflowJson,
} from '../engine/engine';
import { locator, type RunningVendor, vendorOf } from '../vendors';
import { everythingIn, formsOf } from './leaks';

export { everythingIn, formsOf, processedKeys };

/** The node that is under test, as workflows name it. */
export const NODE = 'Send Contact';

/** One provider with one of its messengers. */
export interface Way {
	provider: Provider;
	messenger: Messenger;
	/** `greenApi telegram` */
	name: string;
}

/** Every way there is, in the registry's order. */
export const ways: readonly Way[] = providers.flatMap((provider) =>
	provider.messengers.map((messenger) => ({
		provider,
		messenger,
		name: `${provider.name} ${messenger.name}`,
	})),
);

/** For `describe.each`. */
export const waysByName = ways.map((way) => [way.name, way] as const);

/** Someone whose card goes to someone: the item that most tests send. */
export interface Person {
	[key: string]: unknown;
	to: string;
	name: string;
	phone: string;
	chatId: string;
}

/** The n-th person, unlike all others. Every number is a whole Brazilian mobile. */
export function person(n: number): Person {
	const digits = String(n).padStart(4, '0');
	return {
		to: `+55 11 98888-${digits}`,
		name: `Pessoa ${n} da Silva`,
		phone: `+55 21 97777-${digits}`,
		chatId: `1000${digits}`,
	};
}

export const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));

/** Digits of a number that {@link person} wrote. */
export const digitsOf = (phone: string) => phone.replace(/\D/g, '');

/** A pace at which no test waits. */
export const FAST = { messagesPerMinute: 60_000 } as const;

export interface RunOptions {
	/** The node's Options. */
	options?: INodeParameters;
	/** Over the parameters that read a {@link Person}. */
	parameters?: INodeParameters;
	/** The rest of the node: On Error, Retry On Fail … */
	node?: Partial<INode>;
	/** Over the credential that leads to the sandbox. */
	credential?: CredentialData[string];
	workflowId?: string;
	onStart?: RunSettings['onStart'];
	/** Changes the whole workflow before it runs. */
	workflow?: (workflow: WorkflowJson) => WorkflowJson;
}

/** What became of an item, as the output shows it. */
export interface Row {
	[key: string]: unknown;
	status: string;
	attempts: number;
}

let runs = 0;

/** One way with its vendor running. */
export class Stage {
	constructor(
		readonly way: Way,
		readonly vendor: RunningVendor,
		private readonly packaged: LoadedPackage,
	) {}

	/** The parameters that choose this way. */
	get chosen(): INodeParameters {
		const { provider, messenger } = this.way;
		return {
			provider: provider.name,
			...(provider.messengers.length > 1 && { messenger: messenger.name }),
			...(provider.sender && { sender: locator(this.vendor.senders[0] ?? '', 'id') }),
		};
	}

	/** The sandbox credential; with a field of no meaning in it, for each run a pace of its own. */
	get credential(): CredentialData[string] {
		runs += 1;
		const found = this.vendor.messengers[this.way.messenger.name]?.credentials;
		return { ...(found ?? this.vendor.credentials), helpUrl: `https://help.example/${runs}` };
	}

	/** The sandbox credential with another address in it. */
	credentialAt(url: string): CredentialData[string] {
		return Object.fromEntries(
			Object.entries(this.credential).map(([name, value]) => [
				name,
				typeof value === 'string' ? value.replace(this.vendor.url, url) : value,
			]),
		);
	}

	/** Runs Manual Trigger → Send Contact. Items are read as {@link Person}s unless told otherwise. */
	async run(items: Array<Record<string, unknown>>, more: RunOptions = {}): Promise<EngineRun> {
		const { options, parameters, node, credential, workflowId, onStart } = more;
		const type = this.way.provider.credential.name;
		const workflow = sendContactWorkflow(items, {
			parameters: {
				...this.chosen,
				to: locator('={{ $json.to }}', 'phone'),
				contactName: '={{ $json.name }}',
				contactPhone: '={{ $json.phone }}',
				contactChatId: '={{ $json.chatId }}',
				...parameters,
				options: { ...FAST, ...options },
			},
			credentialType: type,
			...node,
		});
		return await runWorkflow({
			packaged: this.packaged,
			workflow: more.workflow?.(workflow) ?? workflow,
			credentials: { [type]: credential ?? this.credential },
			...(workflowId !== undefined && { workflowId }),
			...(onStart && { onStart }),
		});
	}

	/** The same, with On Error = Continue; gives the rows. */
	async rows(items: Array<Record<string, unknown>>, more: RunOptions = {}): Promise<Row[]> {
		const node = { onError: 'continueRegularOutput' as const, ...more.node };
		return rowsOf(await this.run(items, { ...more, node }));
	}

	/** Who the vendor's accepted messages went to and how often: none but the persons' numbers. */
	timesTaken(persons: readonly Person[]): number[] {
		const bodies = this.vendor.sends().map(({ body }) => JSON.stringify(body));
		return persons.map(({ to }) => bodies.filter((body) => body.includes(digitsOf(to))).length);
	}
}

export function rowsOf(run: EngineRun, output = 0): Row[] {
	return run.output(NODE, output).map(({ json }) => ({
		...json,
		status: typeof json.status === 'string' ? json.status : '',
		attempts: Number(json.attempts),
	}));
}

/** All stages: one vendor a provider, shared by its messengers. */
export async function openStages(): Promise<{
	packaged: LoadedPackage;
	stageOf(way: Way): Stage;
	stop(): Promise<void>;
}> {
	const packaged = await loadPackage();
	const vendors = new Map<string, RunningVendor>();
	for (const { name } of providers) vendors.set(name, await vendorOf(name).start());
	return {
		packaged,
		stageOf(way) {
			const vendor = vendors.get(way.provider.name);
			if (!vendor) throw new Error(`No vendor runs for ${way.provider.name}`);
			return new Stage(way, vendor, packaged);
		},
		async stop() {
			await Promise.all([...vendors.values()].map(async (vendor) => await vendor.stop()));
		},
	};
}

/** What n8n itself says of such things, which helps nobody. */
const GENERIC =
	/please check your parameters|perhaps the server is offline|was not able to process your request|Request failed with status|socket hang up|ECONN|ENOTFOUND|EAI_/i;

/** That the user is told something, and something else than a program would say. */
export function expectReadable(row: Row | undefined): void {
	for (const text of [row?.error, row?.description]) {
		expect(text).toEqual(expect.stringMatching(/^([A-Z“"]|n8n ).{15,}/su));
		// What the vendor said is between quotation marks.
		const own = String(text).replace(/“[^”]*”/g, '');
		expect(own).not.toMatch(/undefined|null|\[object|NaN|%s|\n\s+at /);
		expect(own).not.toMatch(GENERIC);
	}
}

export function expectNoSecret(run: EngineRun, secrets: readonly string[]): void {
	const everything = [everythingIn(run.run), ...logged].join('\n');
	const found = secrets.flatMap(formsOf).filter((form) => everything.includes(form));
	expect(found).toEqual([]);
}
