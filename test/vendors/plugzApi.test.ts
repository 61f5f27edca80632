// What the simulated PlugzAPI takes and refuses.
import { ask, field, listOf } from './client';
import { plugzApi, type PlugzApiFlags } from './plugzApi';
import type { RunningVendor } from './Vendor';

let vendor: RunningVendor<PlugzApiFlags>;
let root: string;
let secret: Record<string, string>;

const card = { phone: '5511999998888', contactName: 'Maria', contactPhone: '5511988887777' };
const send = (body: object, headers: Record<string, string> = secret) =>
	ask('POST', `${root}/send-contact`, body, headers);
const get = (path: string) => ask('GET', root + path, undefined, secret);

beforeAll(async () => {
	vendor = await plugzApi.start();
	const { instanceId, instanceToken, clientToken } = vendor.credentials;
	root = `${vendor.url}/instances/${String(instanceId)}/token/${String(instanceToken)}`;
	secret = { 'client-token': String(clientToken) };
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

it('answers with ids of the documented shapes', async () => {
	const { data, status } = await send(card);

	expect(status).toBe(200);
	expect(field(data, 'zaapId')).toMatch(/^[0-9A-F]{32}$/);
	expect(field(data, 'messageId')).toMatch(/^[0-9A-F]{20}$/);
	expect(field(data, 'id')).toBe(field(data, 'messageId'));
});

it.each([
	{ phone: '120363019502650977-group' },
	{ phone: '5511999999999-1623281429' },
	{ phone: '1624901640-broadcast' },
	{ phone: '999999999999999@lid' },
	{ messageId: 'D241ABCDEF0123456789' },
	{ delayMessage: 1 },
	{ delayMessage: 15 },
])('takes %j', async (change) => {
	expect((await send({ ...card, ...change })).status).toBe(200);
});

it.each([
	{ phone: '' },
	{ phone: '+5511999998888' },
	{ phone: '(11) 99999-8888' },
	{ phone: 5511999998888 },
	{ phone: '120363019502650977@g.us' },
	{ phone: undefined },
	{ contactName: '' },
	{ contactName: ' ' },
	{ contactName: undefined },
	{ contactPhone: '+5511988887777' },
	{ contactPhone: 5511988887777 },
	{ contactPhone: undefined },
	{ contactBusinessDescription: '' },
	{ contactBusinessDescription: null },
	{ messageId: '' },
	{ delayMessage: 0 },
	{ delayMessage: 16 },
	{ delayMessage: 1.5 },
	{ delayMessage: '5' },
	{ email: 'maria@example.com' },
])('refuses %j', async (change) => {
	const { status, data } = await send({ ...card, ...change });

	expect(status).toBe(400);
	expect(typeof field(data, 'error')).toBe('string');
	expect(vendor.received).toMatchObject([{ accepted: false, kind: 'send' }]);
});

it('wants the Client-Token where the account does, and the right one', async () => {
	expect(await send(card, {})).toMatchObject({
		status: 400,
		data: { error: 'your client-token is not configured' },
	});
	expect(await send(card, { 'client-token': 'wrong' })).toMatchObject({
		status: 403,
		data: { error: 'wrong not allowed' },
	});
	vendor.flags.clientTokenRequired = false;
	expect((await send(card, {})).status).toBe(200);
});

it('knows no other instance and no other token', async () => {
	const { instanceId, instanceToken } = vendor.credentials;
	for (const path of [
		`/instances/X/token/${String(instanceToken)}/send-contact`,
		`/instances/${String(instanceId)}/token/X/send-contact`,
	]) {
		expect(await ask('POST', vendor.url + path, card, secret)).toMatchObject({
			status: 404,
			data: { error: 'Instance not found' },
		});
	}
});

it('wants POST and JSON, as its page says', async () => {
	const url = `${root}/send-contact`;
	expect((await ask('GET', url, undefined, secret)).status).toBe(405);
	expect((await ask('PUT', url, card, secret)).status).toBe(405);
	const text = { ...secret, 'content-type': 'text/plain' };
	expect((await ask('POST', url, card, text)).status).toBe(415);
	const form = { ...secret, 'content-type': 'application/x-www-form-urlencoded' };
	expect((await ask('POST', url, 'phone=1', form)).status).toBe(415);
	expect((await send({ ...card, contactName: 'x'.repeat(2 ** 20) })).status).toBe(413);
	expect(vendor.sends()).toEqual([]);
});

it('can be set to demand the description', async () => {
	vendor.flags.descriptionRequired = true;

	expect((await send(card)).status).toBe(400);
	expect((await send({ ...card, contactBusinessDescription: 'Suporte' })).status).toBe(200);
});

it('queues while the phone is offline, until the queue is full', async () => {
	Object.assign(vendor.flags, { connected: false, queueLimit: 2 });
	const statuses = [];
	for (let i = 0; i < 3; i++) statuses.push((await send(card)).status);
	vendor.flags.connected = true;
	statuses.push((await send(card)).status);

	expect(statuses).toEqual([200, 200, 400, 200]);
});

it('says how it is, with the trap in its words', async () => {
	const status = async () => (await get('/status')).data;

	expect(await status()).toMatchObject({ connected: true, error: 'You are already connected.' });
	vendor.flags.connected = false;
	expect(await status()).toMatchObject({ connected: false, smartphoneConnected: true });
	vendor.flags.smartphoneConnected = false;
	expect(await status()).toMatchObject({ error: 'You are not connected.' });
});

it('lists chats and contacts page by page', async () => {
	expect(listOf((await get('/chats?page=1&pageSize=2')).data)).toHaveLength(2);
	expect((await get('/chats?page=9&pageSize=2')).data).toEqual([]);
	expect(listOf((await get('/contacts?page=1&pageSize=50')).data)).toHaveLength(3);
	expect((await get('/chats')).status).toBe(400);
	expect((await ask('GET', `${root}/chats?page=1&pageSize=2`)).status).toBe(400);
});

it('says whether a number exists, in both forms', async () => {
	const exists = async (phone: string) => (await get(`/phone-exists/${phone}`)).data;

	expect(await exists('5511999998888')).toMatchObject([{ exists: 'true' }]);
	expect(await exists('5511999990000')).toMatchObject([{ exists: 'false' }]);
	vendor.flags.phoneExistsAs = 'object';
	expect(await exists('5511999998888')).toMatchObject({ exists: true });
});
