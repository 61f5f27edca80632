// What the simulated WasenderAPI takes and refuses, and how the provider meets its traps.
import { wasender as provider } from '../../nodes/SendContact/providers/wasender';
import type { Answer, ListEntry } from '../../nodes/SendContact/providers/Provider';
import { type Stage, stageBefore } from '../conformance/stage';
import { ask, field } from './client';
import type { RunningVendor } from './Vendor';
import { wasender, type WasenderFlags } from './wasender';

let vendor: RunningVendor<WasenderFlags>;
let stage: Stage;
let secret: Record<string, string>;

beforeAll(async () => {
	vendor = await wasender.start();
	stage = await stageBefore(vendor);
	secret = { authorization: `Bearer ${String(vendor.credentials.apiKey)}` };
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

const answerOf = (json: unknown, more: Partial<Answer> = {}): Answer => ({
	statusCode: 200,
	headers: {},
	text: JSON.stringify(json),
	json,
	...more,
});

describe('the sandbox', () => {
	const card = { to: '+5511999998888', contact: { name: 'Maria', phone: '+5521977776666' } };
	const send = (body: object) => ask('POST', `${vendor.url}/api/send-message`, body, secret);

	it.each([
		['a number without plus', { to: '5511999998888' }],
		['an id of WhatsApp for a number', { to: '5511999998888@s.whatsapp.net' }],
		['a hidden number', { to: '65998849469@lid' }],
		['an empty name', { contact: { ...card.contact, name: '' } }],
		['a phone as it is written', { contact: { ...card.contact, phone: '+55 21 97777-6666' } }],
		['a phone as digits', { contact: { ...card.contact, phone: '5521977776666' } }],
		['more on the card', { contact: { ...card.contact, email: 'maria@example.com' } }],
		['several cards', { contact: [card.contact] }],
		['an answered message as text', { replyTo: '100000' }],
		['what it does not know', { vcard: 'BEGIN:VCARD' }],
	])('refuses %s', async (_, change) => {
		const { status, data } = await send({ ...card, ...change });

		expect([status, field(data, 'message')]).toEqual([422, 'Validation failed']);
		expect(vendor.sends()).toEqual([]);
	});

	it('says which field it misses', async () => {
		const { data } = await send({ to: card.to, contact: { name: 'Maria' } });

		expect(field(data, 'errors')).toEqual({
			'contact.phone': ['The contact.phone field is required.'],
		});
	});
});

describe('X-RateLimit-Reset is a Unix time on one page and the seconds that are left on another', () => {
	const waits = (headers: Record<string, string>, body: object = {}) =>
		provider.vendorWords(answerOf(body, { statusCode: 429, headers })).retryAfterMs;

	it.each([
		['60', 60_000],
		['0', 0],
		[String(1_000_000_000 + 7), 7000],
	])('%s', (reset, ms) => {
		jest.useFakeTimers({ now: 1_000_000_000_000 });
		try {
			expect(waits({ 'x-ratelimit-reset': reset })).toBe(ms);
		} finally {
			jest.useRealTimers();
		}
	});

	it('one that is over asks for no wait, and what is no number for nothing', () => {
		expect(waits({ 'x-ratelimit-reset': '1000000007' })).toBe(0);
		expect(waits({ 'x-ratelimit-reset': 'soon' })).toBeUndefined();
		expect(waits({})).toBeUndefined();
	});

	it('retry_after in the body comes before it', () => {
		expect(waits({ 'x-ratelimit-reset': '60' }, { retry_after: 3 })).toBe(3000);
	});

	it('a day that is used up comes before both', () => {
		const daily = { 'x-ratelimit-daily-reset': '7200', 'x-ratelimit-reset': '60' };

		expect(waits({ ...daily, 'x-ratelimit-daily-remaining': '0' }, { retry_after: 3 })).toBe(
			7_200_000,
		);
		expect(waits({ ...daily, 'x-ratelimit-daily-remaining': '12' }, { retry_after: 3 })).toBe(3000);
	});
});

it('Account Protection, which nobody tells the node of: every card arrives once, after the pause it asks for', async () => {
	vendor.flags.protectedSeconds = 1;
	const persons = stage.people(2);
	const rows = await stage.rows(persons);

	expect(rows).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
	expect(stage.timesTaken(persons)).toEqual([1, 1]);
	expect(vendor.received.length).toBeGreaterThan(2);
});

it('with Account Protection the user reads at which pace nothing is refused', async () => {
	vendor.refuseNext('accountProtection');
	const rows = await stage.rows([stage.person(1)], { options: { maxAttempts: 1 } });

	expect(rows).toMatchObject([
		{
			status: 'rejected',
			error: expect.stringMatching(/Account Protection/) as unknown,
			description: expect.stringMatching(/Messages per Minute in the options to 12/) as unknown,
		},
	]);
});

describe('the id of a message is a number of the vendor’s own', () => {
	it('and text in the output, by which a card answers it', async () => {
		const [first] = await stage.rows([stage.person(1)]);
		expect(first).toMatchObject({ messageId: expect.stringMatching(/^\d{6,}$/) as unknown });

		await stage.rows([stage.person(2)], {
			options: { replyToMessageId: String(first?.messageId) },
		});
		expect(vendor.sends()[1]?.body).toMatchObject({ replyTo: Number(first?.messageId) });
	});

	it('what is none is refused before anything is sent', async () => {
		const rows = await stage.rows([stage.person(1)], {
			options: { replyToMessageId: '3EB0538DA65A59F6D8A251' },
		});

		expect(rows).toMatchObject([{ status: 'notSent' }]);
		expect(vendor.received).toEqual([]);
	});

	it('an older build confirms without one', () => {
		expect(provider.receipt(answerOf({ success: true, message: 'Contact sent' }))).toEqual({
			messageId: null,
		});
		expect(provider.receipt(answerOf({ status: 'fine' }))).toBeUndefined();
	});
});

it('a session that is not connected is a refusal, also with a 200', async () => {
	vendor.refuseNext('notConnected:200');

	expect(await stage.rows([stage.person(1)])).toMatchObject([
		{ status: 'rejected', error: 'The WasenderAPI session is not connected to WhatsApp' },
	]);
});

it('what is not on WhatsApp has the status of a wrong field, and is told as what it is', async () => {
	const rows = await stage.rows([{ ...stage.person(1), to: '+55 11 98740-4404' }]);

	expect(rows).toMatchObject([{ status: 'rejected', error: 'The recipient has no WhatsApp' }]);
});

it('a field is named as the panel does', () => {
	const errors = { 'contact.phone': ['The contact.phone field is invalid.'], text: ['Too long.'] };

	expect(provider.vendorWords(answerOf({ message: 'Validation failed', errors }))).toEqual({
		text: 'Validation failed Too long.',
		fields: [{ parameter: 'contactPhone', text: 'The contact.phone field is invalid.' }],
	});
});

it('lists are read in pages, and whole from a build that knows none', async () => {
	const { list } = provider.messengers[0].recipient;
	const everything = async () => {
		const values: ListEntry[] = [];
		let cursor: string | undefined;
		let pages = 0;
		do {
			const query = {
				search: '',
				sender: '',
				account: {},
				...(cursor !== undefined && { cursor }),
			};
			const { path = '' } = list?.request(query) ?? {};
			const { data } = await ask('GET', vendor.url + path, undefined, secret);
			values.push(...(list?.entries(answerOf(data), query) ?? []));
			cursor = list?.next?.(answerOf(data), query);
			pages += 1;
		} while (cursor !== undefined);
		return { values, pages };
	};
	const paged = await everything();
	vendor.flags.paginates = false;
	const whole = await everything();

	expect([paged.pages, whole.pages]).toEqual([3, 2]);
	expect(whole.values).toEqual(paged.values);
	expect(paged.values.slice(0, 3)).toEqual([
		{ name: 'Maria Silva', value: '5511999998888', note: '5511999998888' },
		{ name: '5511977776666', value: '5511977776666@s.whatsapp.net' },
		{
			name: 'Padaria Pão Quente',
			value: '5511966660000@s.whatsapp.net',
			note: '5511966660000',
		},
	]);
});

it('a number is asked for with its plus, which an address must not lose', async () => {
	const { check } = provider.messengers[0].recipient;
	const { path = '' } = check?.request(['5511987404404'], { sender: '', account: {} }) ?? {};
	const { data } = await ask('GET', vendor.url + path, undefined, secret);

	expect(path).toBe('/api/on-whatsapp/%2B5511987404404');
	expect(check?.found(answerOf(data), ['5511987404404'])).toEqual([{ exists: false, id: null }]);
	expect(check?.found(answerOf({ success: true }), ['1'])).toEqual([{ exists: null, id: null }]);
});
