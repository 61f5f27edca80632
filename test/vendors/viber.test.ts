// What the simulated Viber takes and refuses, and how the provider meets its traps.
import { viber as provider } from '../../nodes/SendContact/providers/viber';
import { type Stage, stageBefore } from '../conformance/stage';
import { locator } from './cards';
import { ask, field } from './client';
import type { RunningVendor } from './Vendor';
import { viber } from './viber';

let vendor: RunningVendor;
let stage: Stage;

beforeAll(async () => {
	vendor = await viber.start();
	stage = await stageBefore(vendor);
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

const card = {
	receiver: 'jc9HsWTZ2Yf2NkRZ8KcNug==',
	type: 'contact',
	sender: { name: 'Clinic Sun' },
	contact: { name: 'Maria', phone_number: '+5521977776666' },
};
const post = (path: string, body: object | string) =>
	ask('POST', vendor.url + path, body, {
		'x-viber-auth-token': String(vendor.credentials.token),
		'content-type': 'application/json',
	});

const answer = (text: string) => ({
	statusCode: 200,
	headers: {},
	text,
	json: JSON.parse(text) as unknown,
});

describe('the sandbox', () => {
	it.each<[string, number, object]>([
		['a phone for an ID', 3, { receiver: '+5511999998888' }],
		['a name of 29 characters', 3, { contact: { ...card.contact, name: 'x'.repeat(29) } }],
		['a phone of 19 characters', 3, { contact: { name: 'x', phone_number: `+${'1'.repeat(18)}` } }],
		['a sender of 29 characters', 3, { sender: { name: 'x'.repeat(29) } }],
		['no name of a sender', 4, { sender: {} }],
		['no phone', 4, { contact: { name: 'x' } }],
		['tracking data of 4001 characters', 3, { tracking_data: 'x'.repeat(4001) }],
		['what it does not know', 3, { email: 'maria@example.com' }],
		['a message above 30 kB', 3, { keyboard: { Type: 'keyboard', Buttons: ['x'.repeat(30_720)] } }],
	])('refuses %s with a 200 and status %i', async (_, status, change) => {
		const { status: statusCode, data } = await post('/pa/send_message', { ...card, ...change });

		expect([statusCode, field(data, 'status')]).toEqual([200, status]);
		expect(vendor.sends()).toEqual([]);
	});
});

it('a 200 is a refusal all the same, and the number of a message in it proves nothing', async () => {
	vendor.refuseNext('unanswered');
	const rows = await stage.rows([stage.person(1)], { options: { maxAttempts: 1 } });

	expect(rows).toMatchObject([{ status: 'rejected', httpCode: '200', vendorCode: '12' }]);
	const refused = answer('{"status":12,"message_token":"1234567890"}');
	expect(provider.carriesError(refused)).toBe(true);
	expect(provider.receipt(refused)).toBeUndefined();
});

it('status 0 is the only acceptance', () => {
	expect(provider.carriesError(answer('{"status":0}'))).toBe(false);
	expect(provider.carriesError(answer('{"status":99,"status_message":"failure"}'))).toBe(true);
	// Neither the one nor the other: nobody knows.
	expect(provider.carriesError(answer('{}'))).toBe(false);
	expect(provider.receipt(answer('{"message_token":1}'))).toBeUndefined();
});

it('numbers of messages above 2^53 stay apart, digit for digit', async () => {
	const rows = await stage.rows(stage.people(3));
	const sent = vendor.sends().map(({ answer: given }) => {
		const text = 'text' in given ? given.text : '';
		return /"message_token":\s*(\d+)/.exec(text)?.[1];
	});

	expect(rows.map(({ messageId }) => messageId).sort()).toEqual(sent.sort());
	expect(new Set(sent).size).toBe(3);
});

it('the name of the sender is free, and up to 28 characters long', async () => {
	const named = async (name: string) => {
		const [row] = await stage.rows([stage.person(1)], {
			parameters: { sender: locator(name, 'name') },
		});
		return [row?.status, row?.parameter];
	};

	expect(await named('Ж'.repeat(28))).toEqual(['accepted', undefined]);
	expect(await named('😀'.repeat(28))).toEqual(['accepted', undefined]);
	expect(await named('x'.repeat(29))).toEqual(['notSent', 'sender']);
	// n8n itself asks for one that is empty; one may be so by an expression.
	expect(await named('={{ "" }}')).toEqual(['notSent', 'sender']);
	expect(vendor.sends()).toMatchObject([
		{ body: { sender: { name: 'Ж'.repeat(28) } } },
		{ body: { sender: { name: '😀'.repeat(28) } } },
	]);
});

it('a person who does not reply holds up nobody else', async () => {
	vendor.limitNext(1, 'recipient');
	const [first, second] = await stage.rows(stage.people(2), { options: { maxConcurrent: 1 } });

	expect(first).toMatchObject({ status: 'accepted', attempts: 2 });
	expect(second).toMatchObject({ status: 'accepted', attempts: 1 });
	const arrived = vendor.sends().map((request) => vendor.read(request).to);
	expect(new Set(arrived)).toEqual(new Set([stage.person(1).to, stage.person(0).to]));
	expect(arrived).toHaveLength(2);
});

it.each([
	['Too many requests', 'recipient'],
	['tooManyRequests', undefined],
])('status 12 with “%s” is the limit of: %s', (words, limit) => {
	const text = JSON.stringify({ status: 12, status_message: words });
	const rule = provider.refusals.find(
		({ when }) => when.code?.test('12') === true && (when.text?.test(text) ?? true),
	);

	expect(rule?.means).toBe('slower');
	expect(rule?.limit).toBe(limit);
});

it('the test of the credential sends the empty object that Viber demands', async () => {
	expect(await stage.tested()).toMatchObject({ status: 'OK' });
	expect(vendor.received.at(-1)).toMatchObject({ path: '/pa/get_account_info', text: '{}' });
});

it('the token is taken with the name of its header in front', async () => {
	const token = `X-Viber-Auth-Token: ${String(vendor.credentials.token)}`;
	expect(await stage.tested({ token })).toMatchObject({ status: 'OK' });
});
