// What the simulated Whapi.Cloud takes and refuses, and how the provider meets its traps.
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { whapi as provider } from '../../nodes/SendContact/providers/whapi';
import { type Stage, stageBefore } from '../conformance/stage';
import { locator } from './cards';
import { ask, field } from './client';
import { fieldsOf, type RunningVendor, textAt } from './Vendor';
import { whapi, type WhapiFlags } from './whapi';

let vendor: RunningVendor<WhapiFlags>;
let stage: Stage;

beforeAll(async () => {
	vendor = await whapi.start();
	stage = await stageBefore(vendor);
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

const secret = { authorization: `Bearer ${String(whapi.secrets[0])}` };
const post = (path: string, body: object) => ask('POST', vendor.url + path, body, secret);

const person = {
	name: 'Maria',
	vcard: 'BEGIN:VCARD\nVERSION:3.0\nN:;Maria;;;\nFN:Maria\nTEL:+5521977776666\nEND:VCARD',
};
const to = '5511999998888@s.whatsapp.net';

const answer = (json: object, statusCode = 200): Answer => ({
	statusCode,
	headers: {},
	text: JSON.stringify(json),
	json,
});

describe('the sandbox', () => {
	it.each([
		['a number with +', { to: '+5511999998888' }],
		['a written number', { to: '55 11 99999-8888' }],
		['a number of eight digits', { to: '69044401@s.whatsapp.net' }],
		['the older spelling of a person', { to: '5511999998888@c.us' }],
		['a broadcast list', { to: '1624901640@broadcast' }],
		['an empty name', { name: '' }],
		['no vCard', { vcard: undefined }],
		['another version', { vcard: person.vcard.replace('3.0', '4.0') }],
		['two vCards in one', { vcard: `${person.vcard}\n${person.vcard}` }],
		['an id of another vendor', { quoted: '3EB0538DA65A59F6D8A251' }],
		['what it does not know', { caption: 'Hi' }],
	])('refuses %s', async (_, change) => {
		const { status, data } = await post('/messages/contact', { to, ...person, ...change });

		expect([status, textAt(data, 'error', 'code')]).toEqual([400, '400']);
		expect(vendor.sends()).toEqual([]);
	});

	it.each([
		['no card', []],
		['21 cards', Array.from({ length: 21 }, () => person)],
		['a card without a name', [{ vcard: person.vcard }]],
	])('refuses a list with %s', async (_, list) => {
		expect((await post('/messages/contact_list', { to, list })).status).toBe(400);
	});

	it('asks for the token, then for the channel, and only then for the body', async () => {
		vendor.flags.state = 'QR';

		const other = { authorization: 'Bearer another' };
		expect((await ask('POST', `${vendor.url}/messages/contact`, {}, other)).status).toBe(404);
		expect((await post('/messages/contact', {})).status).toBe(401);
		vendor.flags.state = 'AUTH';
		expect((await post('/messages/contact', {})).status).toBe(400);
	});
});

it('the recipient pattern has no + in it: a number leaves as digits and @s.whatsapp.net', async () => {
	const rows = await stage.rows([{ ...stage.person(1), to: '+55 (11) 99999-8888' }]);

	expect(rows).toMatchObject([{ status: 'accepted', to }]);
	expect(vendor.sends()).toMatchObject([{ body: { to } }]);
});

it('several cards leave in one message, at an address of their own', async () => {
	const vCard = (name: string) =>
		`BEGIN:VCARD\nVERSION:3.0\nN:;${name};;;\nFN:${name}\nTEL:+55 21 97777-6666\nX-SOMETHING:else\nEND:VCARD`;
	const names = ['Ana', 'Bia', 'Caio'];
	const rows = await stage.rows([stage.person(1)], {
		parameters: { contactSource: 'vCard', vCard: names.map(vCard).join('\n') },
	});

	expect(rows).toHaveLength(1);
	expect(vendor.sends()).toHaveLength(1);
	const [sent] = vendor.sends();
	expect(sent?.path).toBe('/messages/contact_list');
	expect(field(sent?.body, 'list')).toEqual(names.map((name) => ({ name, vcard: vCard(name) })));
});

it('an id of a message that is none of Whapi.Cloud’s is refused before anything is sent', async () => {
	const rows = await stage.rows([stage.person(1)], {
		options: { replyToMessageId: '3EB0538DA65A59F6D8A251' },
	});

	expect(rows).toMatchObject([{ status: 'notSent' }]);
	expect(vendor.received).toEqual([]);
});

describe('a 401 is two things', () => {
	it('a channel that is not connected says so, with the QR code as the way out', async () => {
		vendor.flags.state = 'QR';
		const [row] = await stage.rows([stage.person(1)]);

		expect(row).toMatchObject({ status: 'rejected', attempts: 1, httpCode: '401' });
		expect(row?.error).toMatch(/not connected to WhatsApp/);
		expect(row?.description).toMatch(/QR code/);
	});

	it('and a token that is not accepted', async () => {
		vendor.refuseNext('unauthorized');
		const [row] = await stage.rows([stage.person(1)]);

		expect(row?.error).toMatch(/did not accept the channel token/);
	});
});

it('a trial that is used up (402) is told apart from too many requests, and not repeated', async () => {
	vendor.refuseNext('trialLimit');

	expect(await stage.rows([stage.person(1)])).toMatchObject([
		{
			status: 'rejected',
			attempts: 1,
			error: expect.stringContaining('trial') as unknown,
		},
	]);
});

it('a 200 that says it was not sent is no acceptance', async () => {
	vendor.refuseNext('notSent');

	expect(await stage.rows([stage.person(1)])).toMatchObject([{ status: 'rejected' }]);
});

it('the message beside “sent” is optional: without it the contact was taken all the same', () => {
	expect(provider.receipt(answer({ sent: true }))).toEqual({ messageId: null });
	expect(provider.receipt(answer({ sent: true, message: { id: 'a-b' } }))).toEqual({
		messageId: 'a-b',
	});
	expect(provider.receipt(answer({ status: 'fine' }))).toBeUndefined();
});

it.each([
	[
		{ error: { code: 400, message: 'bad request', details: 'to is wrong' } },
		'bad request: to is wrong',
	],
	[
		{ error: { code: 402, message: 'trial version limit exceeded' } },
		'trial version limit exceeded',
	],
	// Seen by one who uses it.
	[{ code: 402, error: 'trial version limit exceeded' }, 'trial version limit exceeded'],
	[{}, ''],
])('of %j the words are “%s”', (json, words) => {
	expect(provider.vendorWords(answer(json, 400)).text).toBe(words);
});

describe('who has WhatsApp', () => {
	const { check } = provider.messengers[0].recipient;
	const phones = ['5511999998888', '5511904404404', '5541999998888', '5511999998888'];

	async function found() {
		const request = check?.request(phones, { sender: '', account: {} });
		const { status, data } = await post(request?.path ?? '', fieldsOf(request?.body));
		return check?.found(answer(fieldsOf(data), status), phones);
	}

	it.each([
		['whole', '@s.whatsapp.net'],
		['digits', ''],
	] as const)('is found by the number that was asked, wa_id being %s', async (form, suffix) => {
		vendor.flags.waId = form;
		const one = { exists: true, id: `5511999998888${suffix}` };

		expect(await found()).toEqual([
			one,
			{ exists: false, id: null },
			{ exists: true, id: `554199998888${suffix}` },
			one,
		]);
	});

	it('Check First writes to it with @s.whatsapp.net, also where wa_id is digits', async () => {
		vendor.flags.waId = 'digits';
		const parameters = { to: locator('+55 41 99999-8888', 'phone') };
		const options = { checkFirst: true };

		expect(await stage.rows([stage.person(1)], { parameters, options })).toMatchObject([
			{ status: 'accepted', to: '554199998888@s.whatsapp.net' },
		]);
	});

	it('is not known of a number that the answer says nothing of', () => {
		const json = { contacts: [{ input: '5511999998888', status: 'processing' }] };

		expect(check?.found(answer(json), ['5511999998888', '5541999998888'])).toEqual([
			{ exists: null, id: null },
			{ exists: null, id: null },
		]);
	});
});

it('channels that the account only follows are not offered', async () => {
	const values = (await stage.offered('searchRecipients')).map(({ value }) => value);

	expect(values).toContain('120363171743427810@newsletter');
	expect(values).not.toContain('120363171743427811@newsletter');
});

it('a group or channel that has a chat is offered once', async () => {
	const values = (await stage.offered('searchRecipients')).map(({ value }) => value);

	expect(new Set(values).size).toBe(values.length);
});
