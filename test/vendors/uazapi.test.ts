// What the simulated uazapi takes and refuses, and how the provider meets its traps.
import type { INodeParameters } from 'n8n-workflow';

import { uazapi as provider } from '../../nodes/SendContact/providers/uazapi';
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { loadPackage, runWorkflow, sendContactWorkflow } from '../engine/engine';
import { locator } from './cards';
import { ask, field } from './client';
import { uazapi, type UazapiFlags } from './uazapi';
import type { RunningVendor } from './Vendor';

let packaged: Awaited<ReturnType<typeof loadPackage>>;
let vendor: RunningVendor<UazapiFlags>;
let secret: Record<string, string>;

beforeAll(async () => {
	packaged = await loadPackage();
	vendor = await uazapi.start();
	secret = { token: String(vendor.credentials.instanceToken) };
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

const post = (path: string, body: object) => ask('POST', vendor.url + path, body, secret);

/** What comes out of the node, and what the panel shows above it. */
async function run(parameters: INodeParameters) {
	const { run: whole, output } = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow([{}], {
			credentialType: 'uazApi',
			parameters: {
				provider: 'uazapi',
				operation: 'send',
				to: locator('+55 11 99999-8888', 'phone'),
				contactName: 'Maria Silva',
				contactPhone: '+55 21 97777-6666',
				...parameters,
			},
			onError: 'continueRegularOutput',
		}),
		credentials: { uazApi: vendor.credentials },
		workflowId: expect.getState().currentTestName ?? '',
	});
	const hints = whole.data.resultData.runData['Send Contact']?.[0]?.hints ?? [];
	return {
		rows: output('Send Contact').map(({ json }) => json),
		hints: hints.map(({ message }) => message),
	};
}

describe('the sandbox', () => {
	const card = { number: '5511999998888', fullName: 'Maria', phoneNumber: '5521977776666' };

	it('answers with two ids', async () => {
		const { data, status } = await post('/send/contact', card);

		expect(status).toBe(200);
		expect(field(data, 'id')).toMatch(/^r/);
		expect(field(data, 'messageid')).toMatch(/^3EB0/);
	});

	it.each([
		{ fullName: '' },
		{ fullName: undefined },
		{ fullName: '{{name}}' },
		{ organization: 'a {{lead_name}}' },
		{ phoneNumber: '+55 21 97777-6666' },
		{ phoneNumber: '5521977776666, 552133334444' },
		{ phoneNumber: ['5521977776666'] },
		{ number: '65998849469@lid' },
		{ number: '5511999998888@s.whatsapp.net' },
		{ readchat: 'true' },
		{ delay: '1000' },
		{ contacts: [] },
	])('refuses %j', async (change) => {
		expect((await post('/send/contact', { ...card, ...change })).status).toBe(400);
		expect(vendor.sends()).toEqual([]);
	});
});

describe('{{…}} in what users typed', () => {
	it('is sent so that the vendor puts nothing in its place, and told', async () => {
		const { rows, hints } = await run({
			contactName: 'Padaria {{name}}',
			additionalFields: { organization: '{{{lead_name}}}', url: 'https://x.example/{{a}}' },
		});

		expect(rows).toMatchObject([
			{ status: 'accepted', contact: { name: 'Padaria { {name}}' }, droppedFields: [] },
		]);
		expect(vendor.sends()).toMatchObject([
			{
				body: {
					fullName: 'Padaria { {name}}',
					organization: '{ { {lead_name}}}',
					url: 'https://x.example/{ {a}}',
				},
			},
		]);
		expect(hints).toEqual([
			expect.stringMatching(/Uazapi puts other texts in place of .* \(1\)\.$/),
		]);
	});

	it('is found in a vCard, too', async () => {
		await run({
			contactSource: 'vCard',
			vCard: 'BEGIN:VCARD\nVERSION:3.0\nFN:{{first_name}}\nTEL:+55 21 97777-6666\nEND:VCARD',
		});

		expect(vendor.sends()).toMatchObject([{ body: { fullName: '{ {first_name}}' } }]);
	});

	it('says nothing where nothing of it stood', async () => {
		expect((await run({ contactName: 'A {single} brace' })).hints).toEqual([]);
		expect(vendor.sends()).toMatchObject([{ body: { fullName: 'A {single} brace' } }]);
	});
});

it('all phones go out, as one list with commas', async () => {
	const { rows } = await run({
		contactSource: 'vCard',
		vCard:
			'BEGIN:VCARD\nVERSION:3.0\nFN:João\nTEL:+55 21 97777-6666\nTEL;TYPE=WORK:+55 21 3333-4444\nEND:VCARD',
	});

	expect(rows).toMatchObject([{ status: 'accepted', droppedFields: [] }]);
	expect(vendor.sends()).toMatchObject([{ body: { phoneNumber: '5521977776666,552133334444' } }]);
});

it('messageid is the message’s id, the vendor’s own stands beside it', async () => {
	const { rows } = await run({});

	expect(rows).toMatchObject([
		{
			messageId: expect.stringMatching(/^3EB0/) as unknown,
			providerMessageId: expect.stringMatching(/^r/) as unknown,
		},
	]);
	const answer = { statusCode: 200, headers: {}, text: '', json: { id: 'r1' } };
	expect(provider.receipt(answer)).toEqual({ messageId: 'r1' });
	expect(provider.receipt({ ...answer, json: {} })).toBeUndefined();
});

it('an instance that is not connected is told as that, although its status says otherwise', async () => {
	vendor.refuseNext('notConnected:session');
	const { rows } = await run({});

	expect(rows).toMatchObject([
		{ status: 'rejected', error: 'The Uazapi instance is not connected to WhatsApp' },
	]);
});

it('a failure while sending is unknown, and not repeated', async () => {
	vendor.refuseNext('failed');

	expect((await run({})).rows).toMatchObject([{ status: 'unknown', attempts: 1 }]);
	expect(vendor.received).toHaveLength(1);
});

it('who has WhatsApp is found by the number that was asked, whatever the order', async () => {
	const { check } = provider.messengers[0].recipient;
	const phones = ['5511999998888', '5511904404404', '5541999998888'];
	const request = check?.request(phones, { sender: '', account: {} });
	const { status, headers, text, data } = await post(request?.path ?? '', request?.body ?? {});
	const answer: Answer = { statusCode: status, headers, text, json: data };

	expect(check?.found(answer, phones)).toEqual([
		{ exists: true, id: '5511999998888@s.whatsapp.net' },
		{ exists: false, id: null },
		{ exists: true, id: '554199998888@s.whatsapp.net' },
	]);
	expect(check?.found({ ...answer, json: {} }, ['1'])).toEqual([{ exists: null, id: null }]);
});
