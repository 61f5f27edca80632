// What the simulated server of Evolution API takes and refuses, and how the provider meets its traps.
import type { INodeParameters } from 'n8n-workflow';

import { evolutionApi as provider } from '../../nodes/SendContact/providers/evolutionApi';
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { loadPackage, runWorkflow, searchList, sendContactWorkflow } from '../engine/engine';
import { locator } from './cards';
import { ask, field } from './client';
import { evolutionApi, type EvolutionFlags } from './evolutionApi';
import { fieldsOf, type RunningVendor } from './Vendor';

let packaged: Awaited<ReturnType<typeof loadPackage>>;
let vendor: RunningVendor<EvolutionFlags>;
let secret: Record<string, string>;

beforeAll(async () => {
	packaged = await loadPackage();
	vendor = await evolutionApi.start();
	secret = { apikey: String(vendor.credentials.apiKey) };
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

const [instance = ''] = evolutionApi.senders ?? [];
const post = (path: string, body: object, headers = secret) =>
	ask('POST', vendor.url + path, body, headers);

/** What comes out of the node. */
async function run(
	parameters: INodeParameters,
	{ account = {}, items = [{}] }: { account?: object; items?: Array<Record<string, unknown>> } = {},
) {
	const result = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow(items, {
			credentialType: 'evolutionServerApi',
			parameters: {
				provider: 'evolutionApi',
				operation: 'send',
				sender: locator(instance, 'id'),
				to: locator('+55 11 99999-8888', 'phone'),
				contactName: 'Maria Silva',
				contactPhone: '+55 21 97777-6666',
				...parameters,
			},
			onError: 'continueRegularOutput',
		}),
		credentials: { evolutionServerApi: { ...vendor.credentials, ...account } },
		workflowId: expect.getState().currentTestName ?? '',
	});
	return result.output('Send Contact').map(({ json }) => json);
}

const vCardOf = (name: string, phone: string) =>
	`BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL;TYPE=CELL:${phone}\nEND:VCARD\n`;

describe('the sandbox', () => {
	const person = { fullName: 'Maria', wuid: '5521977776666', phoneNumber: '+5521977776666' };
	const send = (body: object) =>
		post(`/message/sendContact/${instance}`, { number: '5511999998888', ...body });

	it.each([
		{ contact: [] },
		{ contact: [{ ...person, wuid: '5521977776666@s.whatsapp.net' }] },
		{ contact: [{ ...person, wuid: undefined }] },
		{ contact: [{ ...person, phoneNumber: '97777-666' }] },
		{ contact: [{ ...person, fullName: '' }] },
		{ contact: [{ ...person, email: '' }] },
		{ contact: [person, person] },
		{ contact: [person], number: '120363043968066561@newsletter' },
		{ contact: [person], number: '+55 11 99999-8888' },
		{ contact: [person], options: { delay: 1000 } },
		{ contactMessage: [person] },
	])('refuses %j, in lists of lists', async (body) => {
		const { status, data } = await send(body);
		const words = field(data, 'response', 'message');

		expect(status).toBe(400);
		expect(words).toEqual([[expect.any(String)]]);
		expect(vendor.sends()).toEqual([]);
	});

	it('asks for the instance before it asks for the key', async () => {
		const wrong = { apikey: 'wrong' };
		const card = { number: '5511999998888', contact: [person] };

		expect((await post(`/message/sendContact/nobody`, card, wrong)).status).toBe(404);
		expect((await post(`/message/sendContact/${instance}`, card, wrong)).status).toBe(401);
	});
});

describe('wuid: always as digits', () => {
	it('is there, so that the card opens a chat', async () => {
		const rows = await run({ simplify: false });
		const card = field(rows[0], 'response', 'body', 'message', 'contactMessage', 'vcard');

		expect(card).toContain('waid=5521977776666:+5521977776666\n');
		expect(card).not.toContain('@');
	});

	it('is left out where a whole number is too short for it, and the card goes out', async () => {
		await run({ contactPhone: '+290 8999' });
		await run({ contactPhone: '+376 312 345' });

		expect(vendor.sends().map(({ body }) => body)).toMatchObject([
			{ contact: [{ fullName: 'Maria Silva', phoneNumber: '+290 899 9' }] },
			{ contact: [{ fullName: 'Maria Silva', phoneNumber: '+376312345' }] },
		]);
		expect(JSON.stringify(vendor.sends())).not.toContain('"wuid"');
	});

	it('is WhatsApp’s own number, where a vCard names it', async () => {
		const vCard =
			'BEGIN:VCARD\nVERSION:3.0\nFN:João\nTEL;waid=553198887777:+55 31 99888-7777\nEND:VCARD';
		await run({ contactSource: 'vCard', vCard });

		expect(vendor.sends()).toMatchObject([
			{ body: { contact: [{ wuid: '553198887777', phoneNumber: '+5531998887777' }] } },
		]);
	});
});

it('identical cards in one message are refused by the vendor: each goes out once', async () => {
	const [maria, joao] = [
		vCardOf('Maria', '+55 21 97777-6666'),
		vCardOf('João', '+55 31 99888-7777'),
	];
	const rows = await run({ contactSource: 'vCard', vCard: maria + joao + maria });

	expect(rows).toMatchObject([{ status: 'accepted' }]);
	expect(vendor.sends()).toMatchObject([
		{ body: { contact: [{ fullName: 'Maria' }, { fullName: 'João' }] } },
	]);
});

describe('version 1', () => {
	beforeEach(() => {
		vendor.flags.version = 'v1';
	});

	it('gets its own body, options included', async () => {
		const rows = await run(
			{ options: { replyToMessageId: '3EB0538DA65A59F6D8A251', typingTime: 1500 } },
			{ account: { apiVersion: 'v1' } },
		);

		expect(rows).toMatchObject([{ status: 'accepted', droppedFields: [] }]);
		expect(vendor.sends().map(({ body }) => body)).toEqual([
			{
				number: '5511999998888',
				options: {
					delay: 1500,
					presence: 'composing',
					quoted: { key: { id: '3EB0538DA65A59F6D8A251' } },
				},
				contactMessage: [
					{
						fullName: 'Maria Silva',
						wuid: '5521977776666',
						phoneNumber: '+5521977776666',
					},
				],
			},
		]);
	});

	it('refuses the body of version 2: the user reads where the version is set', async () => {
		const rows = await run({});

		expect(rows).toMatchObject([{ status: 'rejected' }]);
		expect(rows[0]?.description).toMatch(/API Version in the credential/);
	});
});

it('an option that version 2 ignores is reported as dropped, and not sent', async () => {
	const rows = await run({ options: { replyToMessageId: '3EB0', typingTime: 1500 } });

	expect(rows).toMatchObject([
		{ status: 'accepted', droppedFields: ['replyToMessageId', 'typingTime'] },
	]);
	expect(fieldsOf(vendor.sends()[0]?.body)).not.toHaveProperty('options');
});

it('400 Connection Closed may have been sent: unknown, and not repeated', async () => {
	vendor.refuseNext('connectionClosed');
	const rows = await run({});

	expect(rows).toMatchObject([{ status: 'unknown', attempts: 1, httpCode: '400' }]);
	expect(vendor.received).toHaveLength(1);
});

it('a database that fails after the message has left is unknown, too', async () => {
	vendor.refuseNext('brokeOff:database');

	expect(await run({})).toMatchObject([{ status: 'unknown', attempts: 1 }]);
});

it('[object Object] is an unknown group, and is not shown', async () => {
	const rows = await run({ to: locator('120363000000000000@g.us', 'id') });

	expect(rows).toMatchObject([
		{ status: 'rejected', error: 'The group was not found, or the instance is not in it' },
	]);
	expect(JSON.stringify(rows)).not.toContain('object Object');
});

it('errors nested in arrays come out as words, with the field they are about', async () => {
	vendor.refuseNext('validation');
	const rows = await run({});

	expect(rows).toMatchObject([{ status: 'rejected', parameter: 'contactName' }]);
	expect(rows[0]?.description).toContain('said: “The "fullName" cannot be empty”');
});

it('a number without WhatsApp is told as that', async () => {
	const rows = await run({ to: locator('+55 11 90440-4404', 'phone') });

	expect(rows).toMatchObject([{ status: 'rejected', error: 'The recipient has no WhatsApp' }]);
});

it('the instance’s name is encoded', async () => {
	const [, second = ''] = vendor.senders;
	const rows = await run({ sender: locator(second, 'id') });

	expect(rows).toMatchObject([{ status: 'accepted' }]);
	expect(vendor.sends()[0]?.path).toBe('/message/sendContact/Vendas%20n%C2%BA%202');
});

it.each(['..', '.', 'a/b', ' '])('“%s” is no instance: nothing is sent', async (name) => {
	const rows = await run({ sender: locator(name, 'id') });

	expect(rows).toMatchObject([{ status: 'notSent', parameter: 'sender' }]);
	expect(vendor.received).toEqual([]);
});

describe('lists', () => {
	const list = async (
		method: 'searchSenders' | 'searchRecipients',
		parameters: INodeParameters = { sender: locator(instance, 'list') },
		filter?: string,
	) =>
		await searchList(
			{ packaged, credentials: { evolutionServerApi: vendor.credentials } },
			method,
			{
				credentialType: 'evolutionServerApi',
				parameters: { provider: 'evolutionApi', ...parameters },
			},
			filter,
		);

	it.each(['v1', 'v2'] as const)(
		'the instances of %s with their state, those that cannot send last',
		async (version) => {
			vendor.flags.version = version;
			const { results } = await list('searchSenders', {});

			expect(results.map(({ name }) => name)).toEqual([
				'Atendimento (5511999990001, open)',
				'Vendas nº 2 (5511999990002, open)',
				'parada (close)',
			]);
		},
	);

	it('people and groups of an instance, whether the server pages them or not', async () => {
		for (const pagesContacts of [true, false]) {
			vendor.flags.pagesContacts = pagesContacts;
			const { results } = await list('searchRecipients', undefined, 'older');

			expect(results).toEqual([
				{
					name: 'Older group (5511999999999-1623281429@g.us)',
					value: '5511999999999-1623281429@g.us',
				},
			]);
		}
	});

	it('recipients without an instance: the user is told to choose one first', async () => {
		await expect(list('searchRecipients', {})).rejects.toThrow(/Choose the Instance above first/);
		expect(vendor.received).toEqual([]);
	});
});

it('who has WhatsApp is found by the number that was asked, whatever the order', async () => {
	const { check } = provider.messengers[0].recipient;
	const phones = ['5511999998888', '5511904404404', '5541999998888'];
	const request = check?.request(phones, { sender: instance, account: {} });
	const { status, headers, text, data } = await post(request?.path ?? '', request?.body ?? {});
	const answer: Answer = { statusCode: status, headers, text, json: data };

	expect(check?.found(answer, phones)).toEqual([
		{ exists: true, id: '5511999998888@s.whatsapp.net' },
		{ exists: false, id: null },
		{ exists: true, id: '554199998888@s.whatsapp.net' },
	]);
	expect(check?.found({ ...answer, json: { error: 'x' } }, ['1'])).toEqual([
		{ exists: null, id: null },
	]);
});
