// What the simulated OGMMA takes and refuses.
import { ask, field, listOf } from './client';
import { ogmma, type OgmmaFlags } from './ogmma';
import type { RunningVendor } from './Vendor';

let vendor: RunningVendor<OgmmaFlags>;
let key: Record<string, string>;

const card = { to: '5511999998888', name: 'Maria', phone: '5511988887777' };
const address = (channel = vendor.senders[0]) =>
	`${vendor.url}/v1/channels/${String(channel)}/messages/contact`;
const send = (body: object, channel = vendor.senders[0], headers = key) =>
	ask('POST', address(channel), body, headers);
const get = (path: string) => ask('GET', vendor.url + path, undefined, key);

beforeAll(async () => {
	vendor = await ogmma.start();
	key = { authorization: `Bearer ${String(vendor.credentials.apiKey)}` };
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

it('takes a card from every sender, and gives no id', async () => {
	for (const sender of vendor.senders) {
		expect(
			await send({ ...card, email: 'm@example.com', organization: 'ACME' }, sender),
		).toMatchObject({
			status: 202,
			data: { success: true, message: 'Mensagem enfileirada para envio' },
		});
	}
});

it('answers a missing name with the published words', async () => {
	expect(await send({ ...card, name: undefined })).toMatchObject({
		status: 400,
		data: {
			message: 'Dados de entrada invalidos.',
			code: 'VALIDATION_ERROR',
			errors: [{ field: 'name', message: 'O nome do contato e obrigatorio.' }],
		},
	});
});

it('names every field that is wrong', async () => {
	const { data } = await send({ to: 'x', phone: 5 });
	const fields = listOf(field(data, 'errors')).map((error) => field(error, 'field'));

	expect(fields.sort()).toEqual(['name', 'phone', 'to']);
});

it.each<[string, unknown]>([
	['to', '+5511999998888'],
	['to', '5511999998888@c.us'],
	['to', ''],
	['to', undefined],
	['to', 5511999998888],
	['name', ''],
	['name', ' '],
	['name', 'x'.repeat(201)],
	['phone', '+55 11 98888-7777'],
	['phone', ''],
	['phone', undefined],
	['phone', 5511988887777],
	['email', ''],
	['email', 'no address'],
	['organization', ''],
	['organization', null],
	['messageId', 'ABC'],
	['delayMessage', 5],
])('refuses %s: %j', async (name, value) => {
	const { status, data } = await send({ ...card, [name]: value });

	expect(status).toBe(400);
	expect(data).toMatchObject({ code: 'VALIDATION_ERROR', errors: [{ field: name }] });
	expect(vendor.sends()).toEqual([]);
});

it('wants its key, the permission and a channel of its own that is connected', async () => {
	const [sender] = vendor.senders;
	expect(field((await send(card, sender, {})).data, 'code')).toBe('UNAUTHORIZED');
	expect((await send(card, sender, { authorization: 'Bearer x' })).status).toBe(401);
	const twice = { authorization: `Bearer ${key.authorization}` };
	expect((await send(card, sender, twice)).status).toBe(401);
	expect((await send(card, '6650a1b2c3d4e5f6a7b8c9ff')).status).toBe(404);
	expect((await send(card, '6650a1b2c3d4e5f6a7b8c9d1')).status).toBe(400);
	vendor.flags.scopes = ['channels.read'];
	expect((await send(card)).status).toBe(403);
	expect((await get('/v1/channels')).status).toBe(200);
	expect((await get('/v1/contacts')).status).toBe(403);
	expect(vendor.sends()).toEqual([]);
});

it('wants JSON', async () => {
	const text = { ...key, 'content-type': 'text/plain' };
	expect((await send(card, vendor.senders[0], text)).status).toBe(415);
	const json = { ...key, 'content-type': 'application/json' };
	expect((await ask('POST', address(), '{"to":', json)).status).toBe(400);
	expect((await ask('POST', address(), '[]', json)).status).toBe(400);
	expect((await ask('POST', address(), undefined, json)).status).toBe(400);
});

it('lists channels and contacts', async () => {
	const list = async (path: string) => listOf(field((await get(path)).data, 'data'));

	expect((await list('/v1/channels')).map((channel) => field(channel, 'id'))).toEqual(
		expect.arrayContaining(vendor.senders),
	);
	expect(await list('/v1/contacts?search=joao')).toHaveLength(1);
	expect(await list('/v1/contacts?page=2&limit=2')).toHaveLength(1);
	expect((await get('/v1/contacts?limit=101')).status).toBe(400);
	expect((await get('/v1/nothing')).status).toBe(404);
});
