// The packed node as a person meets it in n8n's editor: found, added, filled in, run. What the panel
// shows is held against the registry.
import { NodeHelpers, type INodeParameters } from 'n8n-workflow';

import { parametersFor } from '../../nodes/SendContact/parameters';
import { providers } from '../../nodes/SendContact/providers';
import { Closing } from './Closing';
import { Editor } from './editor';
import { openGround } from './ground';
import type { N8n } from './n8n';
import { Evidence } from './results';
import {
	createCredentials,
	credentialName,
	services,
	type Sandbox,
	type TestedService,
} from './sandbox';

const evidence = new Evidence('editor');
const closing = new Closing();

let sandbox: Sandbox;
let n8n: N8n;
let editor: Editor;

beforeAll(async () => {
	({ sandbox, n8n } = await openGround(closing, evidence));
	await createCredentials(n8n.api, sandbox);
	editor = await Editor.open(n8n, { picture: evidence.path('last.png') });
	closing.add(() => editor.close());
	await editor.newWorkflow();
});

afterAll(() => closing.run());

/** The labels that the registry says the panel has for these choices. */
function expectedLabels(
	{ provider, messenger }: TestedService,
	more: INodeParameters = {},
): string[] {
	const values: INodeParameters = {
		provider: provider.name,
		operation: 'send',
		messenger: messenger.name,
		contactSource: 'fields',
		...more,
	};
	const shown = parametersFor(providers).filter(
		(parameter) =>
			parameter.type !== 'hidden' &&
			NodeHelpers.displayParameter(values, parameter, { typeVersion: 1 }, null),
	);
	return ['Provider', ...shown.map(({ displayName }) => displayName)];
}

async function choose({ provider, messenger }: TestedService): Promise<void> {
	await editor.choose('provider', provider.displayName);
	if (provider.messengers.length > 1) await editor.choose('messenger', messenger.displayName);
}

test('"whatsapp contact" finds the node', async () => {
	expect(await editor.searchNodes('whatsapp contact')).toContain('Send Contact');
	await editor.screenshot(evidence.path('picker.png'));
	await editor.addNode('Send Contact', 'Send contact');
});

test('the provider can be chosen, among all that the registry has', async () => {
	expect(await editor.labels()).toContain('Provider');
	const names = providers.map(({ displayName }) => displayName);
	expect((await editor.options('provider')).sort()).toEqual(names.sort());
});

test.each(services)('$title: its fields in their order, and its credential', async (service) => {
	await choose(service);
	expect(await editor.labels()).toEqual(expectedLabels(service));
	expect(await editor.credentialLabel()).toBe(
		`Credential for ${service.provider.credential.displayName}`,
	);
	await editor.chooseCredential(credentialName(service));
	const modes = await editor.modes('to');
	const { recipient } = service.messenger;
	const count = 1 + (recipient.fromPhone ? 1 : 0) + (recipient.list ? 1 : 0);
	expect(modes).toHaveLength(count === 1 ? 0 : count);
	await editor.screenshot(
		evidence.path(`panel-${service.provider.name}-${service.messenger.name}.png`),
		editor.panel,
	);
});

test('the contact source decides what is asked for', async () => {
	const [service] = services;
	await choose(service!);
	await editor.choose('contactSource', 'vCard');
	expect(await editor.labels()).toEqual(expectedLabels(service!, { contactSource: 'vCard' }));
	await editor.choose('contactSource', 'Binary File');
	expect(await editor.labels()).toEqual(expectedLabels(service!, { contactSource: 'binary' }));
	await editor.choose('contactSource', 'Fields');
	expect(await editor.labels()).toEqual(expectedLabels(service!));
});

const listsSenders = services.filter(({ provider }) => provider.sender?.list);

test.each(listsSenders)('$title: a sender is picked from the list', async (service) => {
	await choose(service);
	await editor.chooseCredential(credentialName(service));
	const names = await editor.listed('sender');
	expect(names.length).toBeGreaterThanOrEqual(sandbox.vendor(service.provider.name).senders.length);
	await editor.screenshot(evidence.path(`senders-${service.provider.name}.png`), editor.panel);
	await editor.pick(names[0]!);
});

describe('A run', () => {
	const service = services[0]!;

	test('with a bad phone: the error view says what and how', async () => {
		sandbox.reset();
		await choose(service);
		await editor.chooseCredential(credentialName(service));
		await editor.fillLocator('to', 'phone', '+55 11 99999-8888');
		await editor.fill('contactName', 'Maria Silva');
		await editor.fill('contactPhone', 'call me');
		expect(await editor.executeStep()).toBe('error');
		const { message, all } = await editor.errorText();
		await editor.screenshot(evidence.path('error.png'), editor.panel);
		expect(message).toContain('call me');
		expect(message).toMatch(/phone/i);
		expect(all).toMatch(/country code/i);
		expect(sandbox.vendor(service.provider.name).sends()).toEqual([]);
	});

	test('with a good one: the output table reads well', async () => {
		await editor.fill('contactPhone', '+55 11 98888-7777');
		expect(await editor.executeStep()).toBe('success');
		const { headings, rows } = await editor.outputTable();
		await editor.screenshot(evidence.path('run.png'), editor.panel);
		expect(headings).toEqual([
			'provider',
			'status',
			'messageId',
			'to',
			'contact',
			'droppedFields',
			'attempts',
		]);
		expect(rows).toHaveLength(1);
		expect(rows[0]).toEqual(
			expect.arrayContaining([service.provider.name, 'accepted', '5511999998888']),
		);
		expect(sandbox.vendor(service.provider.name).sends()).toHaveLength(1);
	});
});

async function expectIcons(visitor: Editor, isDark: boolean): Promise<void> {
	const icons = await visitor.icons();
	expect(icons.length).toBeGreaterThan(0);
	for (const { address, width } of icons) {
		expect(address.endsWith('.dark.svg')).toBe(isDark);
		expect(width).toBeGreaterThan(0);
	}
}

test('the icon loads in the light theme', async () => {
	await expectIcons(editor, false);
});

test('the icon loads in the dark theme', async () => {
	const visitor = await Editor.open(n8n, { dark: true, picture: evidence.path('dark.png') });
	try {
		await visitor.newWorkflow();
		await visitor.searchNodes('whatsapp contact');
		await visitor.addNode('Send Contact', 'Send contact');
		await expectIcons(visitor, true);
	} finally {
		await visitor.close();
	}
});
