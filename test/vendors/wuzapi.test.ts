// What the simulated WuzAPI server takes and refuses, and how the provider meets its traps.
import type { INodeParameters } from 'n8n-workflow';

import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { wuzapi as provider } from '../../nodes/SendContact/providers/wuzapi';
import { loadPackage, runWorkflow, sendContactWorkflow } from '../engine/engine';
import { locator } from './cards';
import { ask, field } from './client';
import { fieldsOf, type RunningVendor, textAt } from './Vendor';
import { wuzapi, type WuzapiFlags } from './wuzapi';
import { chance } from '../realm/outside';

let packaged: Awaited<ReturnType<typeof loadPackage>>;
let vendor: RunningVendor<WuzapiFlags>;
let secret: Record<string, string>;

beforeAll(async () => {
	packaged = await loadPackage();
	vendor = await wuzapi.start();
	secret = { token: String(vendor.credentials.userToken) };
});
afterEach(() => {
	vendor.reset();
	jest.restoreAllMocks();
});
afterAll(() => vendor.stop());

const post = (path: string, body: object | string, headers = secret) =>
	ask('POST', vendor.url + path, body, headers);

/** What comes out of the node. */
async function run(parameters: INodeParameters = {}) {
	const { output } = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow([{}], {
			credentialType: 'wuzServerApi',
			parameters: {
				provider: 'wuzapi',
				operation: 'send',
				to: locator('+55 11 99999-8888', 'phone'),
				contactName: 'Maria Silva',
				contactPhone: '+55 21 97777-6666',
				...parameters,
			},
			onError: 'continueRegularOutput',
		}),
		credentials: { wuzServerApi: vendor.credentials },
		workflowId: expect.getState().currentTestName ?? '',
	});
	return output('Send Contact').map(({ json }) => json);
}

/** The node waits no longer than a test wants to. */
const atOnce = () => jest.spyOn(chance, 'random').mockReturnValue(0.001);

const idsSeen = () => vendor.received.map(({ body }) => textAt(body, 'Id'));

describe('the sandbox', () => {
	const card = {
		Phone: '5511999998888',
		Name: 'Maria',
		Vcard: 'BEGIN:VCARD\nVERSION:3.0\nN:;Maria;;;\nFN:Maria\nTEL:+5521977776666\nEND:VCARD',
	};

	it.each([
		[{ Phone: undefined }, 'Missing Phone in Payload'],
		[{ Name: '' }, 'Missing Name in Payload'],
		[{ Vcard: undefined }, 'Missing Vcard in Payload'],
		[{ Phone: '+55 11 99999-8888' }, 'Could not parse Phone'],
		[{ Phone: '5511999998888@c.us' }, 'Could not parse Phone'],
		[{ Vcard: card.Vcard.replace('3.0', '4.0') }, 'Could not decode Payload'],
		[{ Vcard: card.Vcard.replace(/TEL.*\n/, '') }, 'Could not decode Payload'],
		[{ ContextInfo: { StanzaId: '3EB0', Participant: '1@x' } }, 'Could not decode Payload'],
	])('refuses %j', async (change, words) => {
		const { status, data } = await post('/chat/send/contact', { ...card, ...change });

		expect([status, data]).toEqual([400, { code: 400, error: words, success: false }]);
		expect(vendor.sends()).toEqual([]);
	});

	it('asks for the token, then for the session, and only then for the body', async () => {
		vendor.flags.session = false;

		expect((await post('/chat/send/contact', '{', { token: 'x' })).status).toBe(401);
		expect((await post('/chat/send/contact', '{')).text).toContain('No session');
		vendor.flags.session = true;
		expect((await post('/chat/send/contact', '{')).status).toBe(400);
	});
});

describe('Id, the handle by which a repeat is known', () => {
	it('an answer that got lost is asked for again with the same Id: settled, and not sent twice', async () => {
		atOnce();
		vendor.faultNext('resetBeforeAnswer');
		const rows = await run();

		expect(rows).toMatchObject([{ status: 'accepted', attempts: 2, messageId: idsSeen()[0] }]);
		expect(new Set(idsSeen()).size).toBe(1);
		expect(vendor.received.map(({ accepted, repeated }) => [accepted, repeated])).toEqual([
			[true, false],
			[false, true],
		]);
	});

	it('a 500 “Error sending message” is unknown: repeated with the same Id', async () => {
		atOnce();
		vendor.refuseNext('failed');

		expect(await run()).toMatchObject([{ status: 'accepted', attempts: 2 }]);
		expect(new Set(idsSeen()).size).toBe(1);
		expect(vendor.sends()).toHaveLength(1);
	});

	it('that never settles stays unknown', async () => {
		vendor.refuseNext('failed');

		expect(await run({ options: { maxAttempts: 1 } })).toMatchObject([
			{ status: 'unknown', attempts: 1, httpCode: '500' },
		]);
	});

	it('is another one for each card', async () => {
		const card = (name: string) =>
			`BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL:+55 21 97777-6666\nEND:VCARD\n`;
		const rows = await run({ contactSource: 'vCard', vCard: card('Ana') + card('Ana') });

		expect(rows).toHaveLength(2);
		expect(new Set(idsSeen()).size).toBe(2);
	});
});

it('ContextInfo is never sent: the server crashes on it', async () => {
	await run({ options: { replyToMessageId: '3EB0538DA65A59F6D8A251' } });

	expect(vendor.sends().map(({ body }) => Object.keys(fieldsOf(body)).sort())).toEqual([
		['Id', 'Name', 'Phone', 'Vcard'],
	]);
});

describe.each([false, true])('on a later build: %s', (newer) => {
	beforeEach(() => {
		vendor.flags.newer = newer;
	});

	it('a contact is taken', async () => {
		expect(await run()).toMatchObject([{ status: 'accepted', messageId: idsSeen()[0] }]);
	});

	it('“no session” is a refusal with the way out, and not repeated', async () => {
		vendor.refuseNext(newer ? 'noSession:newer' : 'noSession');
		const rows = await run();

		expect(rows).toMatchObject([{ status: 'rejected', attempts: 1, httpCode: '500' }]);
		expect(rows[0]?.description).toMatch(/\/login/);
	});
});

it('what certainly did not leave is sent again, what WhatsApp refused is not', async () => {
	atOnce();
	vendor.refuseNext('notConnected');
	expect(await run()).toMatchObject([{ status: 'accepted', attempts: 2 }]);

	vendor.refuseNext('newChatsRestricted');
	expect(await run()).toMatchObject([
		{ status: 'rejected', error: expect.stringContaining('no chat with') as unknown, attempts: 1 },
	]);
	expect(await run({ to: locator('+55 11 90440-4404', 'phone') })).toMatchObject([
		{ status: 'rejected', error: 'The recipient has no WhatsApp' },
	]);
	expect(await run({ to: locator('120363000000404404@g.us', 'id') })).toMatchObject([
		{ status: 'rejected', error: expect.stringContaining('not in this group') as unknown },
	]);
});

it('who has WhatsApp is found by the number that was asked, whatever the order', async () => {
	const { check } = provider.messengers[0].recipient;
	const phones = ['5511999998888', '5511904404404', '5541999998888'];
	const found = async () => {
		const request = check?.request(phones, { sender: '', account: {} });
		const { status, headers, text, data } = await post(request?.path ?? '', request?.body ?? {});
		const answer: Answer = { statusCode: status, headers, text, json: data };
		return check?.found(answer, phones);
	};
	const one = { exists: true, id: '5511999998888@s.whatsapp.net' };
	const three = { exists: true, id: '554199998888@s.whatsapp.net' };

	expect(await found()).toEqual([one, { exists: false, id: null }, three]);
	vendor.flags.newer = true;
	// Newer builds leave out who is not there.
	expect(await found()).toEqual([one, { exists: false, id: null }, three]);
});

it('a vCard that is pasted goes out whole, with what has no field', async () => {
	const vCard =
		'BEGIN:VCARD\nVERSION:3.0\nN:;João;;;\nFN:João\nTEL;waid=553198887777:+55 31 99888-7777\nX-SOMETHING:else\nEND:VCARD';
	const rows = await run({ contactSource: 'vCard', vCard });

	expect(rows).toMatchObject([{ status: 'accepted', droppedFields: [] }]);
	expect(field(vendor.sends()[0]?.body, 'Vcard')).toBe(vCard);
});
