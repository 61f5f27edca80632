// What the simulated WAHA server takes and refuses, and how the provider meets its traps.
import type { INodeParameters } from 'n8n-workflow';

import { waha as provider } from '../../nodes/SendContact/providers/waha';
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { type Stage, stageBefore } from '../conformance/stage';
import { searchList, loadPackage } from '../engine/engine';
import { locator } from './cards';
import { ask, field } from './client';
import type { RunningVendor } from './Vendor';
import { waha, type WahaFlags } from './waha';

let vendor: RunningVendor<WahaFlags>;
let stage: Stage;
let packaged: Awaited<ReturnType<typeof loadPackage>>;

beforeAll(async () => {
	vendor = await waha.start();
	stage = await stageBefore(vendor);
	packaged = await loadPackage();
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

const send = async (parameters: INodeParameters = {}, credential?: Record<string, string>) =>
	await stage.rows([stage.person(1)], {
		parameters,
		...(credential && { credential: { ...stage.credential, ...credential } }),
	});

const vCardOf = (name: string, ...lines: string[]) =>
	['BEGIN:VCARD', 'VERSION:3.0', `N:;${name};;;`, `FN:${name}`, ...lines, 'END:VCARD'].join('\n');

describe('the sandbox', () => {
	const vcard = vCardOf('Maria', 'TEL;waid=5521977776666:+55 21 97777-6666');
	const message = { session: 'default', chatId: '5511999998888@c.us', contacts: [{ vcard }] };
	const post = async (body: object, headers = { 'x-api-key': String(vendor.credentials.apiKey) }) =>
		await ask('POST', `${vendor.url}/api/sendContactVcard`, body, headers);

	it.each([
		['no card', { contacts: [] }],
		['a card without a number', { contacts: [{ vcard: vCardOf('Maria') }] }],
		['two people in one text', { contacts: [{ vcard: `${vcard}\n${vcard}` }] }],
		['a vCard 4.0', { contacts: [{ vcard: vcard.replace('3.0', '4.0') }] }],
		['what it does not know', { contacts: [{ vcard, displayName: 'Maria' }] }],
		[
			'an empty organisation',
			{ contacts: [{ fullName: 'M', phoneNumber: '1', organization: '' }] },
		],
		['the other spelling of a person', { chatId: '5511999998888@s.whatsapp.net' }],
		['a bare number', { chatId: '5511999998888' }],
		['no session', { session: undefined }],
		['an empty reply', { reply_to: '' }],
	])('refuses %s', async (_, change) => {
		expect((await post({ ...message, ...change })).status).toBe(400);
		expect(vendor.sends()).toEqual([]);
	});

	it('asks for the key first, then for the session', async () => {
		expect((await post({ ...message, session: 'nobody' }, { 'x-api-key': 'x' })).status).toBe(401);
		expect((await post({ ...message, session: 'nobody' })).status).toBe(404);
	});
});

describe('the id by engine', () => {
	it.each([
		['GOWS', /^true_5511988880001@c\.us_3EB0[0-9A-F]{18}$/],
		['WPP', /^true_5511988880001@c\.us_3EB0[0-9A-F]{18}$/],
		['WEBJS', /^true_5511988880001@c\.us_3EB0[0-9A-F]{18}$/],
		['NOWEB', /^3EB0[0-9A-F]{18}$/],
	] as const)('%s has it in its own place', async (engine, id) => {
		vendor.flags.engine = engine;

		expect(await send()).toMatchObject([
			{ status: 'accepted', messageId: expect.stringMatching(id) as unknown },
		]);
	});

	it('an empty body on 201 is an acceptance without one', async () => {
		vendor.flags.engine = 'OLD';

		expect(await send()).toMatchObject([{ status: 'accepted', messageId: null, attempts: 1 }]);
		expect(vendor.sends()).toHaveLength(1);
	});

	it('an empty body on another status proves nothing', () => {
		const answer: Answer = { statusCode: 200, headers: {}, text: '', json: undefined };

		expect(provider.receipt(answer)).toBeUndefined();
		expect(provider.receipt({ ...answer, statusCode: 204 })).toBeUndefined();
		expect(provider.receipt({ ...answer, statusCode: 201, text: '<html>' })).toBeUndefined();
		expect(provider.receipt({ ...answer, json: { id: { fromMe: true } } })).toBeUndefined();
	});
});

describe('422: the states of a session', () => {
	it.each([
		['nova', 'SCAN_QR_CODE', /waits for its QR code/],
		['parada', 'STOPPED', /is stopped or has failed/],
	])(
		'%s is %s: the user reads what to do, and nothing is repeated',
		async (session, state, says) => {
			const rows = await send({ sender: locator(session, 'id') });

			expect(rows).toMatchObject([
				{
					status: 'rejected',
					vendorCode: state,
					attempts: 1,
					error: expect.stringMatching(says) as unknown,
					description: expect.stringMatching(/WAHA dashboard/) as unknown,
				},
			]);
			expect(vendor.received).toHaveLength(1);
		},
	);

	it('one that is starting took nothing: the contact leaves again', async () => {
		vendor.refuseNext('starting');

		expect(await send()).toMatchObject([{ status: 'accepted', attempts: 2 }]);
		expect(vendor.sends()).toHaveLength(1);
	});

	it.each(['sessionNotFound', 'sessionNotFound:newer'])(
		'one that does not exist is told as that: %s',
		async (id) => {
			vendor.refuseNext(id);

			expect(await send()).toMatchObject([
				{ status: 'rejected', error: expect.stringMatching(/no session of this name/) as unknown },
			]);
		},
	);

	it('an engine that sends no contacts is told with the versions that do', async () => {
		vendor.refuseNext('engineCannot');
		const [row] = await send();

		expect(row).toMatchObject({ status: 'rejected' });
		expect(row?.description).toMatch(/WEBJS since 2025\.9\.5/);
	});
});

it('500 repeats the request and shows the inside of the server: neither comes out, and nobody knows', async () => {
	vendor.refuseNext('stumbled');
	const { name, phone } = { name: 'Quem Não Aparece', phone: '+55 21 96666-5555' };
	const rows = await stage.rows([stage.person(1)], {
		parameters: { contactName: name, contactPhone: phone, simplify: false },
	});

	expect(rows).toMatchObject([{ status: 'unknown', attempts: 1, httpCode: '500' }]);
	expect(vendor.received).toHaveLength(1);
	expect(vendor.received[0]?.answer).toMatchObject({
		text: expect.stringContaining(name) as unknown,
	});
	const body = field(rows[0], 'response', 'body');
	expect(field(body, 'exception', 'message')).toBe('2 UNKNOWN: server returned error 400');
	expect(JSON.stringify([body, rows[0]?.description])).not.toMatch(
		/inside-of-the-server|Quem Não Aparece|BEGIN:VCARD/,
	);
});

it('without a key none is sent: a server may have none', async () => {
	const rows = await send({}, { apiKey: '' });

	expect(rows).toMatchObject([{ status: 'rejected', error: 'WAHA did not accept the API key' }]);
	expect(vendor.received[0]?.headers).not.toHaveProperty('x-api-key');
});

describe('cards', () => {
	it('several are one message, each a vCard of its own', async () => {
		const [maria, joao] = [
			vCardOf('Maria', 'TEL:+5521977776666'),
			vCardOf('João', 'TEL:+5531998887777'),
		];
		const rows = await send({ contactSource: 'vCard', vCard: `${maria}\n${joao}\n` });

		expect(rows).toMatchObject([
			{ status: 'accepted', contacts: [{ name: 'Maria' }, { name: 'João' }] },
		]);
		expect(vendor.sends()).toMatchObject([
			{ body: { contacts: [{ vcard: maria }, { vcard: joao }] } },
		]);
	});

	it('a pasted one passes whole, a picture and all', async () => {
		const vCard = vCardOf(
			'Maria',
			'TEL;waid=5521977776666:+55 21 97777-6666',
			'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQ',
		);
		const rows = await send({ contactSource: 'vCard', vCard });

		expect(rows).toMatchObject([{ droppedFields: [] }]);
		expect(vendor.sends()).toMatchObject([{ body: { contacts: [{ vcard: vCard }] } }]);
	});

	it('one of another version is written anew as 3.0', async () => {
		const vCard = vCardOf('Maria', 'TEL;VALUE=uri:tel:+55-21-97777-6666').replace('3.0', '4.0');
		await send({ contactSource: 'vCard', vCard });

		expect(field(vendor.sends()[0]?.body, 'contacts')).toEqual([
			{ vcard: expect.stringMatching(/VERSION:3\.0\n[^]*waid=5521977776666/) as unknown },
		]);
	});

	it('nothing typed can add a line', async () => {
		await send({ contactName: 'Maria\nTEL:+1 900 555 0199;x' });

		expect(JSON.stringify(vendor.sends()[0]?.body)).not.toMatch(/\\nTEL:\+1/);
	});

	it('one without a number is not sent: an engine would leave it out without a word', async () => {
		const rows = await send({ contactPhone: '={{ $json.nothing }}' });

		expect(rows).toMatchObject([{ status: 'notSent', parameter: 'contactPhone' }]);
		expect(vendor.received).toEqual([]);
	});
});

it('without a session it is the one called default', async () => {
	await send({ sender: locator('', 'id') });

	expect(vendor.sends()).toMatchObject([{ body: { session: 'default' } }]);
});

describe('lists', () => {
	const list = async (method: 'searchSenders' | 'searchRecipients', filter?: string) =>
		await searchList(
			{ packaged, credentials: { wahaServerApi: stage.credential } },
			method,
			{
				credentialType: 'wahaServerApi',
				parameters: { provider: 'waha', sender: locator('default', 'list') },
			},
			filter,
		);

	it('sessions stand with their number and state, those that do not work last', async () => {
		const { results } = await list('searchSenders');

		expect(results.map(({ name }) => name)).toEqual([
			'default (5511999990001, WORKING)',
			'vendas_2 (5511999990002, WORKING)',
			'nova (SCAN_QR_CODE)',
			'parada (STOPPED)',
		]);
	});

	it.each(['GOWS', 'NOWEB', 'WEBJS'] as const)(
		'groups are read from the engine %s',
		async (engine) => {
			vendor.flags.engine = engine;
			const { results } = await list('searchRecipients', 'sandbox');

			expect(results).toEqual([
				{ name: 'Sandbox group (120363043968066561@g.us)', value: '120363043968066561@g.us' },
			]);
		},
	);

	it('NOWEB without its store is told with the way out', async () => {
		vendor.flags.keepsChats = false;

		await expect(list('searchRecipients')).rejects.toThrow(/keeps no chats.*by phone or ID/);
	});
});
