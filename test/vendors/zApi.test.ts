// What the simulated Z-API takes and refuses, and how the provider meets its traps.
import { zApi as provider } from '../../nodes/SendContact/providers/zApi';
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { ask, field } from './client';
import type { RunningVendor } from './Vendor';
import { zApi } from './zApi';
import type { ZapiFlags } from './zapiDialect';

let vendor: RunningVendor<ZapiFlags>;
let root: string;
let secret: Record<string, string>;

const person = { name: 'Maria', phones: ['5511988887777', '552133334444'] };
const post = (path: string, body: object) => ask('POST', `${root}${path}`, body, secret);
const send = (body: object) => post('/send-contacts', { phone: '5511999998888', ...body });

beforeAll(async () => {
	vendor = await zApi.start();
	const { instanceId, instanceToken, clientToken } = vendor.credentials;
	root = `${vendor.url}/instances/${String(instanceId)}/token/${String(instanceToken)}`;
	secret = { 'client-token': String(clientToken) };
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

describe('the sandbox', () => {
	it('takes several people and several phones, and answers with both ids', async () => {
		const { status, data } = await send({ contacts: [person, { ...person, name: 'João' }] });

		expect(status).toBe(200);
		expect(field(data, 'zaapId')).toMatch(/^3999/);
		expect(field(data, 'messageId')).toMatch(/^D241/);
		expect(field(data, 'id')).toBe(field(data, 'messageId'));
		expect(vendor.sends()).toHaveLength(1);
	});

	it.each([
		{ contacts: [] },
		{ contacts: person },
		{ contacts: [{ ...person, phones: [] }] },
		{ contacts: [{ ...person, phones: ['+55 11 98888-7777'] }] },
		{ contacts: [{ ...person, phones: '5511988887777' }] },
		{ contacts: [{ ...person, name: '' }] },
		{ contacts: [{ ...person, businessDescription: '' }] },
		{ contacts: [{ ...person, email: 'maria@clinica.example' }] },
		{ contacts: Array.from({ length: 21 }, () => person) },
		{ contacts: [person], phone: '1624901640-broadcast' },
		{ contacts: [person], phone: '120363019502650977@g.us' },
		{ contacts: [person], delayMessage: 16 },
	])('refuses %j', async (body) => {
		expect((await send(body)).status).toBe(400);
		expect(vendor.sends()).toEqual([]);
	});

	it('wants POST for both addresses', async () => {
		for (const path of ['/send-contact', '/send-contacts']) {
			expect((await ask('PUT', root + path, {}, secret)).status).toBe(405);
		}
	});
});

describe('who has WhatsApp', () => {
	const { check } = provider.messengers[0].recipient;
	const look = async (phones: string[]) => {
		if (!check) throw new Error('Z-API can tell whether a number has WhatsApp');
		const context = { sender: '', account: {} };
		const { method, path, body } = check.request(phones, context);
		const { status, headers, text, data } = await ask(method, root + path, body, secret);
		const answer: Answer = { statusCode: status, headers, text, json: data };
		return { status, found: check.found(answer, phones) };
	};

	it.each(['list', 'object'] as const)(
		'one number: asked for alone, whether it comes as %s, and as text or not',
		async (form) => {
			vendor.flags.phoneExistsAs = form;

			expect(await look(['5511999998888'])).toEqual({
				status: 200,
				found: [{ exists: true, id: '5511999998888' }],
			});
			expect((await look(['5511999990000'])).found).toEqual([{ exists: false, id: null }]);
			expect(vendor.received.map(({ method }) => method)).toEqual(['GET', 'GET']);
		},
	);

	it('several: in one request, each found by the number that was asked, with the ninth digit it has', async () => {
		const asked = ['5511999990000', '551188887777', '5511999998888'];

		expect(await look(asked)).toEqual({
			status: 200,
			found: [
				{ exists: false, id: null },
				{ exists: true, id: '5511988887777' },
				{ exists: true, id: '5511999998888' },
			],
		});
		expect(vendor.received).toHaveLength(1);
	});

	it('nothing is made up where the answer says nothing', () => {
		const answer = {
			statusCode: 200,
			headers: {},
			text: '',
			json: [{ inputPhone: '1', exists: 1 }],
		};

		expect(check?.found(answer, ['1', '2'])).toEqual([
			{ exists: null, id: null },
			{ exists: null, id: null },
		]);
		expect(check?.found({ ...answer, json: undefined }, ['1'])).toEqual([
			{ exists: null, id: null },
		]);
	});
});

describe('the provider', () => {
	it('tells the remedy for a missing Client-Token, in the panel’s words', () => {
		const rule = provider.refusals.find(({ id }) => id === 'clientTokenMissing');

		expect(rule?.description).toMatch(/Security.*Account Security Token.*not the instance token/);
		expect(rule?.about).toBe('account');
	});
});
