// The sandbox as n8n sees it: every simulated vendor running, a credential for each messenger in n8n,
// the pieces that workflows are put together from, and the search for secrets in what n8n kept.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { providerNamed, providers } from '../../nodes/SendContact/providers';
import type { Messenger, Provider } from '../../nodes/SendContact/providers/Provider';
import { readExamples } from '../engine/exampleFiles';
import { NODE_TYPE, TOOL_TYPE } from '../nodeTypes';
import { credentialsFor, vendors, type RunningVendor, type VendorOptions } from '../vendors';
import { startAll, stopAll } from './Closing';
import {
	type CredentialRef,
	type Json,
	type N8nApi,
	type WorkflowDefinition,
	type WorkflowNode,
} from './n8nApi';

export { NODE_TYPE, VCARD_TYPE } from '../nodeTypes';
export const TRIGGER = 'When clicking ‘Execute workflow’';
export const SEND = 'Send Contact';

/** The packed package that is proved. */
export function tarball(): string {
	const path = process.env.SEND_CONTACT_TARBALL;
	if (!path)
		throw new Error('SEND_CONTACT_TARBALL is not set: start the suites with `npm run test:e2e`');
	return path;
}

export interface Sandbox {
	vendors: RunningVendor[];
	vendor(provider: string): RunningVendor;
	/** Every secret of every vendor. */
	secrets: string[];
	reset(): void;
	stop(): Promise<void>;
}

/** Starts every vendor that the registry has. */
export async function startVendors(options: VendorOptions = {}): Promise<Sandbox> {
	const running = await startAll(vendors.map((vendor) => vendor.start(options)));
	return {
		vendors: running,
		vendor(provider) {
			const found = running.find((candidate) => candidate.provider === provider);
			if (!found) throw new Error(`No vendor for ${provider}`);
			return found;
		},
		secrets: running.flatMap(({ secrets }) => secrets),
		reset: () => running.forEach((vendor) => vendor.reset()),
		stop: () => stopAll(running),
	};
}

/** Everything the vendors recorded, for the folder of evidence. */
export function receivedBy(sandbox: Sandbox): unknown {
	return Object.fromEntries(sandbox.vendors.map(({ provider, received }) => [provider, received]));
}

/** What a card can be sent through: a provider and one of its messengers. */
export interface TestedService {
	title: string;
	provider: Provider;
	messenger: Messenger;
}

export const services: readonly TestedService[] = providers.flatMap((provider) =>
	provider.messengers.map((messenger) => ({
		title:
			provider.messengers.length > 1
				? `${provider.displayName} (${messenger.displayName})`
				: provider.displayName,
		provider,
		messenger,
	})),
);

/** Values that every vendor of the sandbox takes. */
export const RECIPIENT_PHONE = '+55 11 99999-8888';
export const CONTACT = { name: 'Maria Silva', phone: '+55 (11) 98888-7777' };

/** Credentials in n8n, by provider and messenger. */
export type Credentials = (provider: string, messenger?: string) => Record<string, CredentialRef>;

/** What its credential is called in n8n. */
export const credentialName = ({ title }: Pick<TestedService, 'title'>) => `${title} sandbox`;

/** Makes one credential in n8n for each service. */
export async function createCredentials(api: N8nApi, sandbox: Sandbox): Promise<Credentials> {
	const made = new Map<string, CredentialRef>();
	for (const { provider, messenger, title } of services) {
		const vendor = sandbox.vendor(provider.name);
		const data = credentialsFor(vendor, messenger.name);
		made.set(
			`${provider.name}/${messenger.name}`,
			await api.createCredential(credentialName({ title }), provider.credential.name, data),
		);
	}
	return (name, messenger) => {
		const provider = providerNamed(name);
		const ref = made.get(`${name}/${messenger ?? provider?.messengers[0].name ?? ''}`);
		if (!provider || !ref) throw new Error(`No credential for ${name} ${messenger ?? ''}`);
		return { [provider.credential.name]: ref };
	};
}

const EXAMPLES = join(__dirname, '..', '..', 'examples');

/** The files of the example workflows. */
export const exampleFiles = (): string[] => readExamples().map(({ file }) => file);

/** An example workflow with the sandbox's credentials in place. */
export function exampleWith(credentials: Credentials, file: string): WorkflowDefinition {
	const workflow = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowDefinition;
	// The node, and the tool that n8n makes of it.
	for (const node of workflow.nodes.filter(({ type }) => [NODE_TYPE, TOOL_TYPE].includes(type))) {
		const { provider = 'plugzApi', messenger } = node.parameters;
		node.credentials = credentials(
			String(provider),
			typeof messenger === 'string' ? messenger : undefined,
		);
	}
	return workflow;
}

export const locator = (mode: string, value: string) => ({ __rl: true, mode, value });

/** The first example that a placeholder such as `e.g. 10000000 or -10000000` gives. */
const exampleIn = (placeholder: string) =>
	placeholder.replace(/^e\.g\.\s*/, '').split(/\s/)[0] ?? '';

/** The parameters of one plain send, as the panel would save them. */
export function sendParameters(
	{ provider, messenger }: TestedService,
	sandbox: Sandbox,
	more: Json = {},
): Json {
	const { recipient, card } = messenger;
	const chatId = exampleIn(recipient.placeholder);
	return {
		provider: provider.name,
		operation: 'send',
		...(provider.messengers.length > 1 && { messenger: messenger.name }),
		...(provider.sender && {
			sender: locator('id', sandbox.vendor(provider.name).senders[0] ?? ''),
		}),
		to: recipient.fromPhone ? locator('phone', RECIPIENT_PHONE) : locator('id', chatId),
		contactSource: 'fields',
		contactName: CONTACT.name,
		...(card.carries.includes('contactPhone') && { contactPhone: CONTACT.phone }),
		...(card.carries.includes('contactChatId') && { contactChatId: chatId }),
		...more,
	};
}

/** The node under test. */
export function sendNode(
	parameters: Json,
	credentials: Record<string, CredentialRef>,
	more: Partial<WorkflowNode> = {},
): WorkflowNode {
	return {
		id: 'send-contact',
		name: SEND,
		type: NODE_TYPE,
		typeVersion: 1,
		position: [220, 0],
		parameters,
		credentials,
		...more,
	};
}

/** A workflow that hands the items to the node; they are pinned on its trigger. */
export function workflowOf(
	name: string,
	node: WorkflowNode,
	items: readonly Json[] = [{}],
): WorkflowDefinition {
	return {
		name,
		nodes: [
			{
				id: 'trigger',
				name: TRIGGER,
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			node,
		],
		connections: { [TRIGGER]: { main: [[{ node: node.name, type: 'main', index: 0 }]] } },
		pinData: { [TRIGGER]: items.map((json) => ({ json })) },
	};
}

/** A secret as it could stand in a log, a database or an address. */
function disguisesOf(secret: string): string[] {
	const json = JSON.stringify(secret).slice(1, -1);
	// The middle of it in base64, at each of the three offsets it can have.
	const encoded = [0, 1, 2].map((offset) =>
		Buffer.from(`${'\0'.repeat(offset)}${secret}`)
			.toString('base64')
			.slice(offset === 0 ? 0 : 4, -4),
	);
	const plain = [
		secret,
		json,
		JSON.stringify(json).slice(1, -1),
		encodeURIComponent(secret),
		encodeURI(secret),
	];
	return [...new Set([...plain, ...encoded, Buffer.from(secret).toString('hex')])].filter(
		({ length }) => length >= 8,
	);
}

/** Where in a text a secret stands, in any encoding: the text around it, without it. */
export function leaksIn(text: string, secrets: readonly string[]): string[] {
	return secrets.flatMap((secret) =>
		disguisesOf(secret).flatMap((disguise) => {
			const index = text.indexOf(disguise);
			return index < 0
				? []
				: [`…${text.slice(Math.max(0, index - 120), index)}[${disguise.length} characters]`];
		}),
	);
}

/** Searches everything n8n wrote to its user folder, its database included. */
export function leaksInFolder(folder: string, secrets: readonly string[]): string[] {
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
		.flatMap((entry) => {
			const file = join(entry.parentPath, entry.name);
			return leaksIn(readFileSync(file, 'latin1'), secrets).map((leak) => `${file}: ${leak}`);
		});
}
