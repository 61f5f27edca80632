// Somebody who has just installed the node: from an empty canvas to a card on the sandbox phone, for providers
// of different kinds, in the editor alone. How long it takes is shown and not asserted.
import { credentialsFor, vendorOf } from '../vendors';
import { Closing } from './Closing';
import { Editor } from './editor';
import { openGround } from './ground';
import type { N8n } from './n8n';
import { Evidence } from './results';
import { CONTACT, RECIPIENT_PHONE, services, type Sandbox, type TestedService } from './sandbox';

/** What makes each unlike the others, and the words its user may search for. */
const KINDS: ReadonlyArray<[provider: string, kind: string, search: string]> = [
	['plugzApi', 'an instance, a phone', 'whatsapp contact'],
	['evolutionApi', 'an own server with several instances', 'evolution'],
	['whatsAppCloud', 'hosts to choose from, numbers as senders', 'whatsapp vcard'],
	['telegram', 'ids only', 'telegram contact'],
	['viber', 'a bot with a name, always a status of 200', 'viber'],
];

const evidence = new Evidence('newUser');
const closing = new Closing();

let sandbox: Sandbox;
let n8n: N8n;
let editor: Editor;

beforeAll(async () => {
	({ sandbox, n8n } = await openGround(closing, evidence));
	editor = await Editor.open(n8n, { picture: evidence.path('last.png') });
	closing.add(() => editor.close());
});

afterAll(() => closing.run());

function serviceOf(provider: string): TestedService {
	const found = services.find((service) => service.provider.name === provider);
	if (!found) throw new Error(`${provider} is not in the registry`);
	return found;
}

/** Picks or types the sender, where there are several. */
async function chooseSender({ provider }: TestedService): Promise<void> {
	if (!provider.sender) return;
	const [known = ''] = sandbox.vendor(provider.name).senders;
	if (provider.sender.list) {
		const [first] = await editor.listed('sender');
		await editor.pick(first ?? '');
	} else {
		await editor.fillLocator('sender', 'name', known);
	}
}

/** Picks the recipient where the provider lists them, and types a phone or an id where not. */
async function chooseRecipient({ provider, messenger }: TestedService): Promise<void> {
	const { recipient } = messenger;
	const facts = vendorOf(provider.name).messengers[messenger.name];
	if (recipient.list) {
		const [first] = await editor.listed('to');
		await editor.pick(first ?? '');
	} else if (recipient.fromPhone) {
		await editor.fillLocator('to', 'phone', RECIPIENT_PHONE);
	} else {
		await editor.fillLocator('to', 'id', facts?.recipient(0).value ?? '');
	}
}

const took: string[] = [];
afterAll(() => {
	console.log(took.join('\n'));
});

test.each(KINDS)('%s (%s): from an empty canvas to the card', async (name, _kind, search) => {
	const service = serviceOf(name);
	const { provider, messenger } = service;
	const vendor = sandbox.vendor(name);
	const began = performance.now();

	await editor.newWorkflow();
	expect(await editor.searchNodes(search)).toContain('Send Contact');
	await editor.addNode('Send Contact', 'Send contact');
	await editor.choose('provider', provider.displayName);
	const credentials = credentialsFor(vendor, messenger.name);
	expect(await editor.connect(provider.credential.properties, credentials)).toMatch(/^OK\b/);
	await editor.screenshot(evidence.path(`${name}-connected.png`), editor.panel);
	await chooseSender(service);
	await chooseRecipient(service);
	await editor.fill('contactName', CONTACT.name);
	await editor.fill('contactPhone', CONTACT.phone);
	const came = await editor.executeStep();
	await editor.screenshot(evidence.path(`${name}-sent.png`), editor.panel);

	took.push(`${name}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
	expect(came).toBe('success');
	const [sent, ...more] = vendor.sends();
	expect(more).toEqual([]);
	expect(vendor.read(sent!).cards).toMatchObject([{ phone: '5511988887777' }]);
});
