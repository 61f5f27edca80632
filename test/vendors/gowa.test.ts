// What the simulated GOWA server takes and refuses, and how the provider meets its traps.
import type { INodeParameters } from 'n8n-workflow';

import { gowa as provider } from '../../nodes/SendContact/providers/gowa';
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { loadPackage, runWorkflow, searchList, sendContactWorkflow } from '../engine/engine';
import { locator } from './cards';
import { ask } from './client';
import { gowa, type GowaFlags } from './gowa';
import type { RunningVendor } from './Vendor';
import { chance } from '../realm/outside';

let packaged: Awaited<ReturnType<typeof loadPackage>>;
let vendor: RunningVendor<GowaFlags>;
let secret: Record<string, string>;

beforeAll(async () => {
	packaged = await loadPackage();
	vendor = await gowa.start();
	const { username, password } = vendor.credentials;
	const pair = `${String(username)}:${String(password)}`;
	secret = { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
});
afterEach(() => {
	vendor.reset();
	jest.restoreAllMocks();
});
afterAll(() => vendor.stop());

const [device = '', withPlus = ''] = gowa.senders ?? [];
const post = (path: string, body: object | string, headers: Record<string, string> = {}) =>
	ask('POST', vendor.url + path, body, { ...secret, 'x-device-id': device, ...headers });

/** What comes out of the node. */
async function run(parameters: INodeParameters = {}, account: object = {}) {
	const { output } = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow([{}], {
			credentialType: 'gowaServerApi',
			parameters: {
				provider: 'gowa',
				operation: 'send',
				sender: locator(device, 'id'),
				to: locator('+55 11 99999-8888', 'phone'),
				contactName: 'Maria Silva',
				contactPhone: '+55 21 97777-6666',
				...parameters,
			},
			onError: 'continueRegularOutput',
		}),
		credentials: { gowaServerApi: { ...vendor.credentials, ...account } },
		workflowId: expect.getState().currentTestName ?? '',
	});
	return output('Send Contact').map(({ json }) => json);
}

/** The node waits no longer than a test wants to. */
const atOnce = () => jest.spyOn(chance, 'random').mockReturnValue(0.001);

describe('the sandbox', () => {
	const card = { phone: '5511999998888', contact_name: 'Maria', contact_phone: '5521977776666' };

	it.each([
		[{ contact_name: undefined }, 'contact_name: cannot be blank.'],
		[{ contact_phone: '021977776666' }, 'contact_phone: must be in a valid format.'],
		[{ contact_phone: '+55 21 97777-6666' }, 'contact_phone: must be in a valid format.'],
		[{ phone: '011999998888' }, 'phone: must be in a valid format.'],
		[{ phone: '5511999998888@c.us' }, 'phone: must be in a valid format.'],
		[{ duration: 3600 }, expect.stringContaining('86400') as unknown],
		[{ email: 'a@b.example' }, expect.any(String) as unknown],
	])('refuses %j', async (change, message) => {
		const { status, data } = await post('/send/contact', { ...card, ...change });

		expect([status, data]).toEqual([400, { code: 'VALIDATION_ERROR', message }]);
		expect(vendor.sends()).toEqual([]);
	});

	it('asks for the password, then for the device, and only then for the body', async () => {
		const wrong = await post('/send/contact', '{', { authorization: 'Basic eA==' });
		const json = { 'content-type': 'application/json' };
		const nobody = { ...json, 'x-device-id': 'nobody' };

		expect([wrong.status, wrong.text]).toEqual([401, 'Unauthorized']);
		expect((await post('/send/contact', '{', nobody)).text).toContain('DEVICE_NOT_FOUND');
		expect((await post('/send/contact', '{', { 'x-device-id': '' })).text).toContain(
			'DEVICE_ID_REQUIRED',
		);
		expect((await post('/send/contact', '{', json)).text).toContain('INTERNAL_SERVER_ERROR');
	});
});

describe('X-Device-Id, the header that says who sends', () => {
	it('names the device', async () => {
		expect(await run()).toMatchObject([{ status: 'accepted' }]);
		expect(vendor.sends()).toMatchObject([{ headers: { 'x-device-id': device } }]);
	});

	it('is URL-encoded, so that a plus stays one and letters beyond ASCII may be in it', async () => {
		expect(await run({ sender: locator(withPlus, 'id') })).toMatchObject([{ status: 'accepted' }]);
		expect(vendor.sends()[0]?.headers['x-device-id']).toBe('Vendas%2BS%C3%A3o%20Paulo');
		expect(vendor.sends().map((request) => vendor.read(request).sender)).toEqual([withPlus]);
	});

	it('leaves an id of WhatsApp as it is, which older servers do not decode', async () => {
		await run({ sender: locator('5511999990001:12@s.whatsapp.net', 'id') });

		expect(vendor.received[0]?.headers['x-device-id']).toBe('5511999990001:12@s.whatsapp.net');
	});

	it('is never left out: without a device nothing is sent', async () => {
		expect(await run({ sender: locator('={{ "" }}', 'id') })).toMatchObject([
			{ status: 'notSent', error: expect.stringMatching(/Device is empty$/) as unknown },
		]);
		expect(vendor.received).toEqual([]);
	});
});

describe('a 401 is one of three things', () => {
	it('a wrong password, whose answer is no JSON', async () => {
		expect(await run({}, { password: 'another' })).toMatchObject([
			{
				status: 'rejected',
				error: 'GOWA did not accept username and password',
				description: expect.stringContaining('said: “Unauthorized”') as unknown,
				attempts: 1,
			},
		]);
	});

	it('a device that is logged out', async () => {
		vendor.refuseNext('notLoggedIn');

		expect(await run()).toMatchObject([
			{ status: 'rejected', error: 'This GOWA device is not logged in to WhatsApp', attempts: 1 },
		]);
	});

	it('a device that is offline for a moment: nothing has left, and it is asked again', async () => {
		atOnce();
		vendor.refuseNext('deviceOffline');

		expect(await run()).toMatchObject([{ status: 'accepted', attempts: 2 }]);
	});
});

it('a server without users gets no Authorization at all', async () => {
	vendor.flags.hasUsers = false;

	expect(await run({}, { username: '', password: '' })).toMatchObject([{ status: 'accepted' }]);
	expect(vendor.received[0]?.headers).not.toHaveProperty('authorization');
});

it('WhatsApp’s 463 comes as a 429, and is not a matter of pace: refused, and not repeated', async () => {
	vendor.refuseNext('newChatsRestricted');

	expect(await run()).toMatchObject([
		{ status: 'rejected', httpCode: '429', vendorCode: 'WA_REACHOUT_TIMELOCK', attempts: 1 },
	]);
	expect(vendor.received).toHaveLength(1);
});

it.each(['failed', 'timedOut'])('%s may have been sent: unknown, and not repeated', async (id) => {
	vendor.refuseNext(id);

	expect(await run()).toMatchObject([{ status: 'unknown', attempts: 1 }]);
	expect(vendor.received).toHaveLength(1);
});

it.each([true, false])(
	'a number without WhatsApp is told as that, whether the server looks it up (%s) or not',
	async (validatesAccounts) => {
		vendor.flags.validatesAccounts = validatesAccounts;

		expect(await run({ to: locator('+55 11 90440-4404', 'phone') })).toMatchObject([
			{ status: 'rejected', error: 'The recipient has no WhatsApp' },
		]);
	},
);

it('what does not pass its checks names the parameter', async () => {
	vendor.refuseNext('validation');
	expect(await run()).toMatchObject([{ status: 'rejected', parameter: 'contactName' }]);
	vendor.refuseNext('validation:recipient');
	expect(await run()).toMatchObject([{ status: 'rejected', parameter: 'to' }]);
});

describe('lists', () => {
	const list = async (
		method: 'searchSenders' | 'searchRecipients',
		sender: string = device,
		filter?: string,
	) =>
		await searchList(
			{ packaged, credentials: { gowaServerApi: vendor.credentials } },
			method,
			{
				credentialType: 'gowaServerApi',
				parameters: { provider: 'gowa', sender: locator(sender, 'list') },
			},
			filter,
		);

	it('the devices with their state, those that cannot send last', async () => {
		const { results } = await list('searchSenders');

		expect(results).toEqual([
			{ name: 'Atendimento Central (atendimento, 5511999990001, logged in)', value: device },
			{ name: 'Vendas+São Paulo (5511999990002, logged in)', value: withPlus },
			{
				name: '0f4c2d9e-1b7a-4a55-9c1e-6f2f5c1d7e90 (connected)',
				value: '0f4c2d9e-1b7a-4a55-9c1e-6f2f5c1d7e90',
			},
			{ name: 'parada (5511999990003, disconnected)', value: 'parada' },
		]);
	});

	it('the groups by the names that they have now, each once', async () => {
		const { results } = await list('searchRecipients', device, 'sandbox');

		expect(results.map(({ name }) => name)).toEqual([
			'News of the sandbox (120363144038483540@newsletter)',
			'Sandbox group (120363025982934543@g.us)',
		]);
	});

	it('the chats of one of several devices: the user is told to choose it first', async () => {
		await expect(list('searchRecipients', '')).rejects.toThrow(/Choose the Device above/);
	});
});

it('who has WhatsApp is asked one by one, of the device', async () => {
	const { check } = provider.messengers[0].recipient;
	const found = async (phone: string) => {
		const request = check?.request([phone], { sender: device, account: {} });
		const headers = { ...secret, ...request?.headers };
		const asked = await ask('GET', vendor.url + (request?.path ?? ''), undefined, headers);
		const { status, text, data } = asked;
		const answer: Answer = { statusCode: status, headers: asked.headers, text, json: data };
		return check?.found(answer, [phone]);
	};

	expect(check?.atOnce).toBe(1);
	expect(await found('5511999998888')).toEqual([
		{ exists: true, id: '5511999998888@s.whatsapp.net' },
	]);
	expect(await found('5511904404404')).toEqual([{ exists: false, id: null }]);
	expect(check?.found({ statusCode: 200, headers: {}, text: '', json: {} }, ['1'])).toEqual([
		{ exists: null, id: null },
	]);
});
