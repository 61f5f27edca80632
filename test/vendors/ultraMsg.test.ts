// What the simulated UltraMsg takes and refuses, and how the provider meets its traps.
import { ultraMsg as provider } from '../../nodes/SendContact/providers/ultraMsg';
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { type Stage, stageBefore } from '../conformance/stage';
import { ask, field } from './client';
import { ultraMsg, type UltraMsgFlags } from './ultraMsg';
import type { RunningVendor } from './Vendor';

let vendor: RunningVendor<UltraMsgFlags>;
let stage: Stage;

beforeAll(async () => {
	vendor = await ultraMsg.start();
	stage = await stageBefore(vendor);
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

const VCARD = 'BEGIN:VCARD\nVERSION:3.0\nFN:Maria\nTEL;type=CELL:+5521977776666\nEND:VCARD';
const card = {
	token: String(ultraMsg.secrets[0]),
	to: '+5511999998888',
	vcard: VCARD,
};
const send = (fields: Record<string, string>) =>
	ask('POST', `${vendor.url}/instance1150/messages/vcard`, new URLSearchParams(fields).toString(), {
		'content-type': 'application/x-www-form-urlencoded',
	});

const answer = (json: object, statusCode = 200): Answer => ({
	statusCode,
	headers: {},
	text: JSON.stringify(json),
	json,
});

describe('the sandbox', () => {
	it('answers with a number of its own', async () => {
		const { data, status } = await send(card);

		expect(status).toBe(200);
		expect(data).toEqual({ sent: 'true', message: 'ok', id: expect.any(Number) as unknown });
	});

	it.each([
		['a number without +', { to: '5511999998888' }],
		['a written number', { to: '+55 11 99999-8888' }],
		['a hidden number', { to: '65998849469@lid' }],
		['the other spelling of a person', { to: '5511999998888@s.whatsapp.net' }],
		['an empty priority', { priority: '' }],
		['a priority beyond 10', { priority: '11' }],
		['another version', { vcard: VCARD.replace('3.0', '4.0') }],
		['half a card', { vcard: 'BEGIN:VCARD' }],
		['a card of 4097 characters', { vcard: VCARD.replace('Maria', 'M'.repeat(4097)) }],
		['what it does not know', { contact: '5511999998888@c.us' }],
	])('refuses %s, with a 200', async (_, change) => {
		const { data, status } = await send({ ...card, ...change });

		expect(status).toBe(200);
		expect(field(data, 'error')).toHaveLength(1);
		expect(vendor.sends()).toEqual([]);
	});

	it('has no token where the body is no form', async () => {
		const { data } = await ask('POST', `${vendor.url}/instance1150/messages/vcard`, card);

		expect(field(data, 'error')).toMatch(/Wrong token/);
	});
});

it('the token is a field of the form, and of the query where there is no body', async () => {
	await stage.rows([stage.person(1)]);
	await stage.offered('searchRecipients');

	const [message, list] = vendor.received;
	expect(message).toMatchObject({ body: { token: card.token }, query: {} });
	expect(list).toMatchObject({ method: 'GET', query: { token: card.token } });
});

it('an error in a 200 is a refusal', async () => {
	vendor.refuseNext('notPaid');

	expect(await stage.rows([stage.person(1)])).toMatchObject([
		{ status: 'rejected', error: 'This UltraMsg instance is not paid for', httpCode: '200' },
	]);
});

it.each([
	{ sent: 'false', message: 'x' },
	{ sent: false },
	{ error: 'x' },
	{ error: [{ to: 'is required' }] },
])('%j is no acceptance', (json) => {
	expect(provider.carriesError(answer(json))).toBe(true);
});

it('an acceptance has the word true, and a number for an id', () => {
	const json = { sent: 'true', message: 'ok', id: 44897 };

	expect(provider.carriesError(answer(json))).toBe(false);
	expect(provider.receipt(answer(json))).toEqual({ messageId: '44897' });
	expect(provider.receipt(answer({ sent: 'true' }))).toBeUndefined();
});

it('what it objects to is a list with a word for each field', () => {
	const json = { error: [{ to: 'is required' }, { vcard: 'is not valid' }] };

	expect(provider.vendorWords(answer(json))).toEqual({
		text: '',
		fields: [
			{ parameter: 'to', text: 'to is required' },
			{ parameter: 'contactName', text: 'vcard is not valid' },
		],
	});
});

it('an instance that is not connected takes the contact into its queue', async () => {
	vendor.flags.status = 'standby';

	expect(await stage.rows([stage.person(1)])).toMatchObject([{ status: 'accepted' }]);
	const { status, message } = await stage.tested();
	expect([status, message]).toEqual(['Error', expect.stringMatching(/keeps what you send/)]);
});

it('a WhatsApp account that differs from the number is the one that the card leads to', async () => {
	await stage.rows([stage.person(1)], {
		parameters: {
			contactSource: 'vCard',
			vCard:
				'BEGIN:VCARD\nVERSION:3.0\nFN:Maria\nTEL;TYPE=CELL;waid=14155550101:+14155550199\nEND:VCARD',
		},
	});

	expect(vendor.sends()).toMatchObject([
		{ body: { vcard: expect.stringContaining('waid=14155550101:+14155550199') as unknown } },
	]);
});

it('the card is one text of up to 4096 characters, however it came about', async () => {
	const rows = await stage.rows([stage.person(1)], {
		parameters: { additionalFields: { note: 'é'.repeat(4096) } },
	});

	expect(rows).toMatchObject([{ status: 'notSent' }]);
	expect(vendor.received).toEqual([]);
});

it.each([
	['its ID', 'instance1150'],
	['its number alone', '1150'],
	['the API URL of the panel', 'https://api.ultramsg.com/instance1150/'],
	['the ID in quotes, with a line end', '"instance1150"\n'],
])('the instance is found from %s', async (_, instanceId) => {
	const { authenticate } = provider.credential;
	if (typeof authenticate !== 'function') throw new Error('signs with a function');
	const { url, body } = await authenticate.call(
		provider.credential,
		{ instanceId, baseUrl: 'api.ultramsg.com/instance1150/messages', token: 'fake' },
		{ method: 'POST', url: '/messages/vcard', body: { to: '+1' } },
	);

	expect(url).toBe('https://api.ultramsg.com/instance1150/messages/vcard');
	expect(body).toEqual({ to: '+1', token: 'fake' });
});

it('who has WhatsApp is asked for one by one', () => {
	const { check } = provider.messengers[0].recipient;

	expect(check?.atOnce).toBe(1);
	expect(check?.request(['5511999998888'], { sender: '', account: {} })).toEqual({
		method: 'GET',
		path: '/contacts/check?chatId=5511999998888%40c.us',
	});
	const found = (json: object) => check?.found(answer(json), ['5511999998888']);
	expect(found({ status: 'valid', chatId: '5511999998888@c.us' })).toEqual([
		{ exists: true, id: '5511999998888@c.us' },
	]);
	expect(found({ status: 'invalid', chatId: 'x' })).toEqual([{ exists: false, id: null }]);
	expect(found({})).toEqual([{ exists: null, id: null }]);
});
