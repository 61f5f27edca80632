// Where the conformance suites play: every provider × messenger in front of its sandbox vendor, driven
// through n8n's own engine with the built package. Knows no provider by name.
// First of all: it must be there before n8n-core.
import { logged } from './log';

import type { INode, INodeListSearchItems, INodeParameters } from 'n8n-workflow';

import type { Messenger, Provider } from '../../nodes/SendContact/providers/Provider';
import {
	loadPackage,
	processedKeys,
	runWorkflow,
	searchList,
	sendContactWorkflow,
	type CredentialData,
	type EngineRun,
	type LoadedPackage,
	type RunSettings,
	type WorkflowJson,
} from '../engine/engine';
import { expectFit } from '../engine/schemas';
import { testCredential, type Tested } from '../engine/credentialTest';
import {
	locator,
	type MessengerFacts,
	type RunningVendor,
	type Sent,
	vendorOf,
	type VendorOptions,
} from '../vendors';
import { ODD_PACKAGE } from '../odd';
import { oddProviders, providers } from '../odd/providers';
import { only } from '../only';
import { everythingIn, formsOf } from './leaks';

export { everythingIn, formsOf, processedKeys };

/** The node that is under test, as workflows name it. */
export const NODE = 'Send Contact';

/** One provider with one of its messengers. */
export interface TestedService {
	provider: Provider;
	messenger: Messenger;
	/** `greenApi telegram` */
	name: string;
	/** One of the made-up vendors of `test/odd`, which do not ship. */
	isOdd: boolean;
}

/** Every service there is, in the registry's order. */
export const services: readonly TestedService[] = providers.flatMap((provider) =>
	provider.messengers.map((messenger) => ({
		provider,
		messenger,
		name: `${provider.name} ${messenger.name}`,
		isOdd: oddProviders.includes(provider),
	})),
);

/** What a service's simulator says of it by hand. */
export function factsOf({ provider, messenger, name }: TestedService): MessengerFacts {
	const found = vendorOf(provider.name).messengers[messenger.name];
	if (found) return found;
	throw new Error(
		`test/vendors/${provider.name}.ts says nothing of ${name}: add it to its messengers`,
	);
}

/** The services that this run is about. */
export const chosenServices = only(services, 'providers of the registry', ({ provider }) => [
	provider.name,
]);

/** For `describe.each`. */
export const servicesByName = chosenServices.map((service) => [service.name, service] as const);

/** Someone whose card goes to someone: the item that most tests send. */
export interface Person {
	[key: string]: unknown;
	n: number;
	/** The recipient as it is filled in. */
	to: string;
	name: string;
	phone: string;
	chatId: string;
}

/** Who is on the n-th card, unlike all others. Every phone is a whole Brazilian mobile. */
function contact(n: number) {
	const digits = String(n).padStart(4, '0');
	return {
		name: `Pessoa ${n} da Silva`,
		phone: `+55 21 97777-${digits}`,
		chatId: `1000${digits}`,
	};
}

const digitsOf = (phone: string) => phone.replace(/\D/g, '');

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

/** One service with its vendor running. */
export class Stage {
	constructor(
		readonly service: TestedService,
		readonly vendor: RunningVendor,
		private readonly packaged: LoadedPackage,
	) {}

	/** What the vendor's simulator says by hand of this messenger. */
	get facts(): MessengerFacts {
		return factsOf(this.service);
	}

	/** The parameters that choose this service. */
	get chosen(): INodeParameters {
		const { provider, messenger } = this.service;
		const [sender] = this.vendor.senders;
		const senderMode = this.facts.panel.senderModes?.find((mode) => mode !== 'list');
		return {
			provider: provider.name,
			...(provider.messengers.length > 1 && { messenger: messenger.name }),
			...(sender !== undefined && { sender: locator(sender, senderMode ?? 'id') }),
		};
	}

	/** The n-th person to send to, with someone on the card. */
	person(n: number): Person {
		return { n, to: this.facts.recipient(n).value, ...contact(n) };
	}

	people(count: number): Person[] {
		return Array.from({ length: count }, (_, n) => this.person(n));
	}

	/** What must be found in a person's message: as much as is carried of that card, or of another person's. */
	sentOf({ n }: Person, { name, phone, chatId }: Person = this.person(n)): Sent {
		const carries = (field: string) => this.carried.has(field);
		const [sender] = this.vendor.senders;
		return {
			to: this.facts.recipient(n).to,
			...(sender !== undefined && { sender }),
			cards: [
				{
					...(carries('contactName') && { name }),
					...(carries('contactPhone') && { phone: digitsOf(phone) }),
					...(carries('contactChatId') && { chatId }),
				},
			],
		};
	}

	/** The fields that the panel promises for cards, by hand. */
	private get carried(): ReadonlySet<string> {
		const { parameters, dropped = [] } = this.facts.cards.full;
		return new Set(Object.keys(parameters).filter((name) => !dropped.includes(name)));
	}

	/** What was found in everything the vendor was asked to send, in order of arrival. */
	arrived(): Sent[] {
		return this.vendor.received.map((request) => this.vendor.read(request));
	}

	/** The sandbox credential; with a field of no meaning in it, for each run a pace of its own. */
	get credential(): CredentialData[string] {
		runs += 1;
		const found = this.vendor.messengers[this.service.messenger.name]?.credentials;
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

	/** What the drop-down offers, on all its pages. */
	async offered(
		method: 'searchRecipients' | 'searchSenders',
		{
			filter,
			credential,
			sender,
		}: { filter?: string; credential?: CredentialData[string]; sender?: string } = {},
	): Promise<INodeListSearchItems[]> {
		const credentialType = this.service.provider.credential.name;
		const settings = {
			packaged: this.packaged,
			credentials: { [credentialType]: credential ?? this.credential },
		};
		const node = {
			credentialType,
			parameters: {
				...this.chosen,
				...(sender !== undefined && { sender: locator(sender, 'id') }),
			},
		};
		const found: INodeListSearchItems[] = [];
		let token: string | undefined;
		do {
			const page = await searchList(settings, method, node, filter, token);
			found.push(...page.results);
			token = typeof page.paginationToken === 'string' ? page.paginationToken : undefined;
		} while (token !== undefined);
		return found;
	}

	/** What n8n shows when the credential is tested; `change` is put over a valid one. */
	async tested(change: CredentialData[string] = {}): Promise<Tested> {
		const { name } = this.service.provider.credential;
		return await testCredential(this.packaged, name, { ...this.credential, ...change });
	}

	/** Runs Manual Trigger → Send Contact. Items are read as {@link Person}s unless told otherwise. */
	async run(items: Array<Record<string, unknown>>, more: RunOptions = {}): Promise<EngineRun> {
		const { options, parameters, node, credential, workflowId, onStart } = more;
		const type = this.service.provider.credential.name;
		const workflow = sendContactWorkflow(items, {
			parameters: {
				...this.chosen,
				to: locator('={{ $json.to }}', this.facts.recipient(0).mode),
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

	/** How often the vendor took a message to each of them. */
	timesTaken(persons: readonly Person[]): number[] {
		const taken = this.vendor.sends().map((request) => this.vendor.read(request).to);
		return persons.map(({ n }) => {
			const { to } = this.facts.recipient(n);
			return taken.filter((one) => one === to).length;
		});
	}
}

/**
 * The rows of a run. Each of them, in every suite, has to fit the schema that n8n shows before it; on the error
 * output n8n adds the fields of the item that came in.
 */
export function rowsOf(run: EngineRun, output = 0): Row[] {
	return run.output(NODE, output).map(({ json }) => {
		const operation = 'exists' in json ? 'checkRecipient' : 'send';
		if (output === 0) expectFit('SendContact', operation, json);
		return {
			...json,
			status: typeof json.status === 'string' ? json.status : '',
			attempts: Number(json.attempts),
		};
	});
}

/**
 * All stages: one vendor a provider, shared by its messengers. What ships is driven as it ships, the odd
 * vendors through a second build of the same sources.
 */
export async function openStages(): Promise<{
	packagedFor(service: TestedService): LoadedPackage;
	stageOf(service: TestedService): Stage;
	/** Before a vendor of the test's own, which stops with the test: for what may run side by side. */
	beforeOwnVendor<Result>(
		service: TestedService,
		test: (stage: Stage) => Promise<Result>,
		options?: VendorOptions,
	): Promise<Result>;
	stop(): Promise<void>;
}> {
	const [shipped, odd] = [await loadPackage(), await loadPackage(ODD_PACKAGE)];
	const packagedFor = ({ isOdd }: TestedService) => (isOdd ? odd : shipped);
	const vendors = new Map<string, RunningVendor>();
	const names = new Set(chosenServices.map(({ provider }) => provider.name));
	for (const name of names) vendors.set(name, await vendorOf(name).start());
	return {
		packagedFor,
		stageOf(service) {
			const vendor = vendors.get(service.provider.name);
			if (!vendor) throw new Error(`No vendor runs for ${service.provider.name}`);
			return new Stage(service, vendor, packagedFor(service));
		},
		async beforeOwnVendor(service, test, options) {
			const vendor = await vendorOf(service.provider.name).start(options);
			try {
				return await test(new Stage(service, vendor, packagedFor(service)));
			} finally {
				await vendor.stop();
			}
		},
		async stop() {
			await Promise.all([...vendors.values()].map(async (vendor) => await vendor.stop()));
		},
	};
}

/** The stage of one running vendor, for the tests of its traps; of its first messenger unless told otherwise. */
export async function stageBefore(vendor: RunningVendor, messenger?: string): Promise<Stage> {
	const service = services.find(
		(candidate) =>
			candidate.provider.name === vendor.provider &&
			(messenger === undefined || candidate.messenger.name === messenger),
	);
	if (!service)
		throw new Error(`${vendor.provider} is not in nodes/SendContact/providers/index.ts`);
	return new Stage(service, vendor, await loadPackage(service.isOdd ? ODD_PACKAGE : undefined));
}

/** What n8n itself says of such things, which helps nobody. */
const GENERIC =
	/please check your parameters|perhaps the server is offline|was not able to process your request|Request failed with status|socket hang up|\b(ECONN|ENOTFOUND|EAI_)/i;

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
