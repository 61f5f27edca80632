// What the three instances of the simulated GREEN-API take and refuse.
import { ask, field, listOf } from './client';
import { greenApi, type GreenApiFlags, type GreenApiMessenger } from './greenApi';
import { credentialsFor, type RunningVendor } from './index';

let vendor: RunningVendor<GreenApiFlags>;

const address = (messenger: GreenApiMessenger, method = 'sendContact', prefix = '') => {
	const { idInstance, apiTokenInstance } = credentialsFor(vendor, messenger);
	const token = encodeURIComponent(String(apiTokenInstance));
	return `${vendor.url}${prefix}/waInstance${String(idInstance)}/${method}/${token}`;
};
const send = (messenger: GreenApiMessenger, body: object) => ask('POST', address(messenger), body);
const get = async (messenger: GreenApiMessenger, method: string, query = '') =>
	(await ask('GET', address(messenger, method) + query)).data;
const messageOf = ({ data }: { data: unknown }) => field(data, 'message');

const person = { phoneContact: 5511988887777, firstName: 'Maria' };
const cards = {
	whatsapp: { chatId: '5511999998888@c.us', contact: person },
	telegram: { chatId: '10000000', contact: person },
	max: { chatId: '10000000', contact: { chatId: '10000001' } },
};

beforeAll(async () => {
	vendor = await greenApi.start();
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

it.each([
	['whatsapp', /^BAE5[0-9A-F]{12}$/],
	['telegram', /^\d{18}$/],
	['max', /^\d{18}$/],
] as const)('gives %s messages ids of their own shape', async (messenger, shape) => {
	const answers = [
		await send(messenger, cards[messenger]),
		await send(messenger, cards[messenger]),
	];
	const ids = answers.map(({ data }) => String(field(data, 'idMessage')));

	expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	expect(ids.every((id) => shape.test(id))).toBe(true);
	expect(new Set(ids).size).toBe(2);
});

it('takes MAX messages with and without /v3, the others without', async () => {
	expect((await ask('POST', address('max', 'sendContact', '/v3'), cards.max)).status).toBe(200);
	const other = await ask('POST', address('whatsapp', 'sendContact', '/v3'), cards.whatsapp);
	expect(other.status).toBe(404);
});

it.each([
	['whatsapp', { chatId: '120363043968066561@g.us' }],
	['whatsapp', { chatId: '11001234567-1581234048@g.us' }],
	['whatsapp', { chatId: '120650379300963@lid' }],
	['whatsapp', { quotedMessageId: 'BAE5F4886F6F2D05', typingTime: 1000 }],
	['whatsapp', { contact: { phoneContact: 5511988887777, company: 'ACME' } }],
	['whatsapp', { contact: { ...person, middleName: 'de', lastName: 'Silva' } }],
	['whatsapp', { contact: { ...person, phoneContact: 4532123456 } }],
	['telegram', { chatId: '-10000000000000' }],
	['telegram', { chatId: '79876543210@c.us' }],
	['telegram', { typingTime: 20000, typingType: 'choose_contact', quotedMessageId: '12' }],
	['telegram', { contact: { ...person, lastName: '', company: '' } }],
	['max', { chatId: '-10000000000000' }],
	['max', { chatId: '79991234567@c.us', typingTime: 1000 }],
] as const)('takes on %s: %j', async (messenger, change) => {
	expect((await send(messenger, { ...cards[messenger], ...change })).status).toBe(200);
});

const CHAT_ID_FORMS =
	"'chatId' must be one of the next formats: 'phone_number@c.us' or 'group_id@g.us'";

it.each([
	['whatsapp', { chatId: undefined }, "'chatId' is required"],
	['whatsapp', { chatId: '5511999998888' }, CHAT_ID_FORMS],
	['whatsapp', { chatId: '+5511999998888@c.us' }, CHAT_ID_FORMS],
	['whatsapp', { chatId: '0202221234@g.us' }, CHAT_ID_FORMS],
	['whatsapp', { chatId: '120363019502650977-group' }, CHAT_ID_FORMS],
	['whatsapp', { chatId: 5511999998888 }, "'chatId' must be a string"],
	['whatsapp', { contact: undefined }, "'contact' is required"],
	['whatsapp', { contact: 'Maria' }, "'contact' must be of type object"],
	['whatsapp', { contact: { firstName: 'Maria' } }, "'contact.phoneContact' is required"],
	[
		'whatsapp',
		{ contact: { ...person, phoneContact: '5511988887777' } },
		"'contact.phoneContact' must be a number",
	],
	[
		'whatsapp',
		{ contact: { ...person, phoneContact: 123456 } },
		'bad phone number, valid 11 or 12 digits',
	],
	[
		'whatsapp',
		{ contact: { phoneContact: 5511988887777 } },
		"'contact' must contain at least one of [firstName, middleName, lastName, company]",
	],
	[
		'whatsapp',
		{ contact: { ...person, lastName: '' } },
		"'contact.lastName' is not allowed to be empty",
	],
	['whatsapp', { contact: { ...person, email: 'm@x.org' } }, "'contact.email' is not allowed"],
	['whatsapp', { typingType: 'text' }, "'typingType' is not allowed"],
	['whatsapp', { typingTime: 0 }, "'typingTime' must be greater than or equal to 1000"],
	['whatsapp', { typingTime: 20001 }, "'typingTime' must be less than or equal to 20000"],
	['whatsapp', { quotedMessageId: '' }, "'quotedMessageId' is not allowed to be empty"],
	['telegram', { chatId: 10000000 }, "'chatId' must be a string"],
	['telegram', { chatId: 'maria' }, "'chatId' has a wrong format"],
	['telegram', { contact: { phoneContact: 5511988887777 } }, "'contact.firstName' is required"],
	[
		'telegram',
		{ contact: { ...person, firstName: '' } },
		"'contact.firstName' is not allowed to be empty",
	],
	['telegram', { contact: { ...person, middleName: 'de' } }, "'contact.middleName' is not allowed"],
	['telegram', { typingType: 'dance' }, "'typingType' must be one of [text,"],
	['max', { contact: person }, "'contact.chatId' is required"],
	['max', { contact: { chatId: 10000001 } }, "'contact.chatId' must be a string"],
	[
		'max',
		{ contact: { chatId: '10000001', firstName: 'Maria' } },
		"'contact.firstName' is not allowed",
	],
	['max', { quotedMessageId: '12' }, "'quotedMessageId' is not allowed"],
	['max', { typingType: 'text' }, "'typingType' is not allowed"],
] as const)('refuses on %s: %j', async (messenger, change, words) => {
	const { status, data } = await send(messenger, { ...cards[messenger], ...change });

	expect(status).toBe(400);
	expect(data).toMatchObject({ statusCode: 400 });
	expect(field(data, 'timestamp')).toMatch(/^\d{4}-.*Z$/);
	expect(field(data, 'message')).toContain(`Validation failed. Details: ${words}`);
	expect(vendor.sends()).toEqual([]);
});

it('repeats the path with the token in its JSON errors, and can answer in plain text', async () => {
	const path = new URL(address('telegram')).pathname;
	expect((await send('telegram', {})).data).toMatchObject({ path });
	vendor.flags.errorsAs = 'text';
	const plain = await send('telegram', {});
	expect(plain.headers['content-type']).toMatch(/^text\/plain/);
	expect(plain.data).toBe("Validation failed. Details: 'chatId' is required");
});

it('answers a wrong token, a wrong instance and a wrong verb as documented', async () => {
	const { idInstance } = credentialsFor(vendor, 'whatsapp');
	const own = `${vendor.url}/waInstance${String(idInstance)}/sendContact`;
	const wrongToken = await ask('POST', `${own}/wrong`, cards.whatsapp);
	expect([wrongToken.status, wrongToken.data]).toEqual([401, '']);
	const stranger = await ask(
		'POST',
		`${vendor.url}/waInstance7103999999/sendContact/x`,
		cards.whatsapp,
	);
	expect(stranger.status).toBe(403);
	expect(stranger.data).toMatch(/nginx/);
	expect((await ask('GET', address('whatsapp'))).status).toBe(404);
	expect(vendor.received.map(({ kind }) => kind)).toEqual(['send', 'other', 'other']);
});

it('refuses what is no JSON, and what is larger than 100 kB', async () => {
	const headers = { 'content-type': 'application/json' };
	const broken = await ask('POST', address('whatsapp'), '{"chatId": _}', headers);
	expect(broken.status).toBe(400);
	expect(messageOf(broken)).toMatch(/JSON/);
	const large = { ...person, company: 'x'.repeat(101 * 1024) };
	const answer = await send('whatsapp', { ...cards.whatsapp, contact: large });
	expect([answer.status, messageOf(answer)]).toEqual([500, 'request entity too large']);
	expect((await ask('POST', address('whatsapp'), undefined, headers)).status).toBe(400);
	expect((await send('whatsapp', [])).status).toBe(400);
});

it('lists other chats in its quota refusals', async () => {
	for (const id of ['quotaExceeded', 'quotaExceeded:quota']) {
		vendor.refuseNext(id);
		const { status, data } = await send('whatsapp', cards.whatsapp);
		expect(status).toBe(466);
		const quota = field(data, 'correspondentsStatus');
		expect(field(quota, 'description')).toMatch(/\d+@c\.us/);
		expect(field(quota, 'status')).toMatch(/^CORRESPONDENTS_QUOT[EA]_EXCEEDED$/);
	}
});

it('says its state, and sends nothing in some', async () => {
	const state = () => get('max', 'getStateInstance');
	expect(await state()).toEqual({ stateInstance: 'authorized' });
	vendor.flags.stateInstance = 'starting';
	expect(await state()).toEqual({ stateInstance: 'starting' });
	expect(messageOf(await send('max', cards.max))).toMatch(/in starting process try later/);
	vendor.flags.stateInstance = 'notAuthorized';
	expect(messageOf(await send('max', cards.max))).toMatch(/not authorized/);
	vendor.flags.refusesWhenNotAuthorized = false;
	expect((await send('max', cards.max)).status).toBe(200);
});

it('answers some queries once a second where that is turned on', async () => {
	vendor.flags.limitsQueries = true;
	const status = async (messenger: GreenApiMessenger, method: string) =>
		(await ask('GET', address(messenger, method))).status;

	expect(await status('max', 'getStateInstance')).toBe(200);
	// Until two come within a second, which is at once on most machines.
	while ((await status('max', 'getStateInstance')) !== 429);
	expect(await status('max', 'getSettings')).toBe(200);
	expect(await status('telegram', 'getStateInstance')).toBe(200);
});

it('says which messenger it serves', async () => {
	const types = [];
	for (const messenger of ['whatsapp', 'telegram', 'max'] as const) {
		types.push(field(await get(messenger, 'getSettings'), 'typeInstance'));
	}

	expect(types).toEqual(['whatsapp', 'telegram', 'v3']);
});

it('lists contacts and chats, with the differences between the messengers', async () => {
	const list = async (messenger: GreenApiMessenger, method: string, query = '') =>
		listOf(await get(messenger, method, query));

	expect((await list('whatsapp', 'getContacts'))[0]).toHaveProperty('id');
	expect(await list('whatsapp', 'getContacts', '?group=true')).toHaveLength(1);
	expect(await list('whatsapp', 'getContacts', '?count=2')).toHaveLength(2);
	expect((await list('telegram', 'getChats'))[0]).toHaveProperty('chatId');
	expect((await list('max', 'getChats'))[0]).not.toHaveProperty('name');
	expect((await ask('GET', address('whatsapp', 'getChats'))).status).toBe(404);
});

it('checks numbers as each messenger does', async () => {
	const check = (messenger: GreenApiMessenger, body: object) =>
		ask(
			'POST',
			address(messenger, messenger === 'whatsapp' ? 'checkWhatsapp' : 'checkAccount'),
			body,
		);

	expect((await check('whatsapp', { phoneNumber: 5511988887777 })).data).toEqual({
		existsWhatsapp: true,
	});
	expect((await check('whatsapp', { phoneNumber: 5511988880000 })).data).toEqual({
		existsWhatsapp: false,
	});
	expect((await check('telegram', { phoneNumber: 79876543210 })).data).toMatchObject({
		exist: true,
	});
	expect((await check('max', { phoneNumber: 79876543210 })).data).toMatchObject({ exist: true });
	expect((await check('max', { phoneNumber: 5511988887777 })).status).toBe(400);
	expect(messageOf(await check('whatsapp', {}))).toMatch(/must have at least 1 key/);
	expect(messageOf(await check('whatsapp', { phoneNumber: 'x' }))).toMatch(/only digits/);
	expect(messageOf(await check('whatsapp', { phoneNumber: 123 }))).toMatch(/bad phone number/);
});
