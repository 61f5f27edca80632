// The traps of Telegram's Bot API, each by its name: in the simulator, and in what the node makes of it.
import type { Contact } from '../../nodes/SendContact/contact/Contact';
import { checkCard } from '../../nodes/SendContact/execute/checkCard';
import { telegram as provider } from '../../nodes/SendContact/providers/telegram';
import type { Answer, Message } from '../../nodes/SendContact/providers/Provider';
import { ask, type ClientAnswer, field } from './client';
import { MIGRATED, telegram, type TelegramFlags } from './telegram';
import type { RunningVendor } from './Vendor';

const [messenger] = provider.messengers;
let vendor: RunningVendor<TelegramFlags>;

beforeAll(async () => {
	vendor = await telegram.start();
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

const card = { chat_id: 123456789, phone_number: '+5511988887777', first_name: 'Maria' };
const send = (body: object) =>
	ask('POST', `${vendor.url}/bot${String(vendor.credentials.botToken)}/sendContact`, body);

/** What the node sends for a contact. */
function bodyFor(contact: Contact, more: Partial<Message> = {}): Record<string, unknown> {
	const { body } = messenger.request({
		contact,
		contacts: [contact],
		to: '123456789',
		recipientSort: 'person',
		sender: '',
		options: {},
		account: {},
		key: '',
		...more,
	});
	return body ?? {};
}

const asAnswer = ({ status, headers, text, data }: ClientAnswer): Answer => ({
	statusCode: status,
	headers,
	text,
	json: data,
});

const phones = [{ number: '5511988887777' }];

it('names have 64 characters, whatever they weigh, also where the whole name stands for the first', () => {
	const service = { provider, messenger };
	const problem = (contact: Contact) => checkCard({ ...contact, phones }, service, false);

	expect(problem({ contactName: '😀'.repeat(64) })).toBeUndefined();
	expect(problem({ contactName: '😀'.repeat(65) })).toMatchObject({ parameter: 'contactName' });
	expect(problem({ firstName: 'x', lastName: 'x'.repeat(65) })).toMatchObject({
		parameter: 'lastName',
	});
	// Here the whole name is not sent as a first name.
	expect(problem({ contactName: 'x'.repeat(65), firstName: 'x' })).toBeUndefined();
});

it('a vCard has 2048 bytes, counted as bytes', () => {
	const problem = (note: string) =>
		checkCard({ contactName: 'Zoë', phones, note }, { provider, messenger }, false);
	const empty = Buffer.byteLength(
		String(bodyFor({ contactName: 'Zoë', phones, note: 'x' }).vcard).slice(0, -1),
	);

	expect(problem('x'.repeat(2048 - empty))).toBeUndefined();
	expect(problem('x'.repeat(2049 - empty))).toMatchObject({ parameter: 'note' });
	expect(problem('é'.repeat(1200))).toMatchObject({ parameter: 'note' });
});

it('the sandbox refuses a longer vCard itself', async () => {
	const vcard = `BEGIN:VCARD\nNOTE:${'é'.repeat(1100)}\nEND:VCARD`;
	expect((await send({ ...card, vcard })).status).toBe(400);
});

it('a name and a phone need no vCard, anything more has one', () => {
	expect(bodyFor({ contactName: 'Maria', phones })).not.toHaveProperty('vcard');
	expect(bodyFor({ firstName: 'Maria', lastName: 'Silva', phones })).not.toHaveProperty('vcard');
	expect(
		bodyFor({ contactName: 'Maria', phones: [...phones, { number: '551133334444' }] }),
	).toEqual(
		expect.objectContaining({ vcard: expect.stringContaining('+551133334444') as unknown }),
	);
});

it('nothing that only WhatsApp reads takes bytes of the vCard', () => {
	const { vcard } = bodyFor({ contactName: 'Maria', phones, note: 'x', businessDescription: 'y' });
	expect(vcard).not.toMatch(/waid|X-WA/);
});

it('ids are integers, and a short number stays as it is dialled', () => {
	const contact: Contact = { contactName: 'Notruf', phones: [{ number: '112' }] };
	const options = { messageThreadId: '15', replyToMessageId: '42' };

	expect(bodyFor(contact, { to: '-1001234567890', options })).toMatchObject({
		chat_id: -1001234567890,
		phone_number: '112',
		message_thread_id: 15,
		reply_parameters: { message_id: 42 },
	});
	expect(bodyFor(contact, { to: '@sandbox' })).toMatchObject({ chat_id: '@sandbox' });
});

it('messages are counted in each chat by itself', async () => {
	const ids = [];
	for (const chat_id of [1, 1, 2]) {
		const { data } = await send({ ...card, chat_id });
		ids.push(field(data, 'result', 'message_id'));
	}
	expect(ids).toEqual([1, 2, 1]);
});

it('an ephemeral message is known by its own id', () => {
	const json = { ok: true, result: { message_id: 0, ephemeral_message_id: 7 } };
	const answer = { statusCode: 200, headers: {}, text: '', json };

	expect(provider.receipt(answer)).toEqual({ messageId: '7' });
	expect(provider.receipt({ ...answer, json: { ok: true, result: {} } })).toBeUndefined();
});

it('retry_after is in the body, in seconds', async () => {
	vendor.comeBackIn(7, 'retry_after in the body alone');
	vendor.limitNext();
	const answer = await send(card);

	expect(answer.headers).not.toHaveProperty('retry-after');
	expect(provider.vendorWords(asAnswer(answer))).toMatchObject({ retryAfterMs: 7000 });
});

it('migrate_to_chat_id names the new id of a group that became a supergroup', async () => {
	const answer = await send({ ...card, chat_id: Number(MIGRATED.from) });

	expect(answer.status).toBe(400);
	expect(provider.vendorWords(asAnswer(answer))).toMatchObject({ movedTo: MIGRATED.to });
	const rule = provider.refusals.find(({ when }) => when.text?.test(answer.text));
	expect(rule).toMatchObject({ id: 'migrated', means: 'elsewhere' });
	expect((await send({ ...card, chat_id: Number(MIGRATED.to) })).status).toBe(200);
});

it('all limits hold at once: the bot, the chat, the group', () => {
	expect(provider.pace.limits).toEqual([
		{ messages: 30, perSeconds: 1, per: 'credential' },
		{ messages: 1, perSeconds: 1, per: 'recipient' },
		{ messages: 20, perSeconds: 60, per: 'recipient', recipients: 'group' },
		{ messages: 20, perSeconds: 60, per: 'recipient', recipients: 'channel' },
	]);
});

it.each([
	['as BotFather gives it', '7000000001:AAFake_x-y'],
	['with the bot in front that addresses have', 'bot7000000001:AAFake_x-y'],
	['in quotes, with a line end', '"7000000001:AAFake_x-y"\n'],
])('the token is taken %s', async (_, botToken) => {
	const { authenticate } = provider.credential;
	if (typeof authenticate !== 'function') throw new Error('signs with a function');
	const baseUrl = 'https://api.telegram.org/bot1:OLD/getMe';
	const { url } = await authenticate.call(
		provider.credential,
		{ botToken, baseUrl },
		{ url: '/sendContact' },
	);

	expect(url).toBe('https://api.telegram.org/bot7000000001:AAFake_x-y/sendContact');
});

it.each<[string, object]>([
	['an empty name', { first_name: '' }],
	['no name', { first_name: undefined }],
	['a phone with letters', { phone_number: 'call me' }],
	['an id as text', { chat_id: '123456789' }],
	['a phone for an id', { chat_id: 5511988887777 }],
	['a thread as text', { message_thread_id: '15' }],
	['what it does not know', { email: 'maria@example.com' }],
	['a vCard that is none', { vcard: 'Maria' }],
])('the sandbox refuses %s', async (_, change) => {
	expect((await send({ ...card, ...change })).status).toBe(400);
	expect(vendor.sends()).toEqual([]);
});
