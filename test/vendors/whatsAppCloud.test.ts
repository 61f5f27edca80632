// What the simulated Cloud API takes and refuses, and how the provider meets its traps.
import type { INodeParameters } from 'n8n-workflow';

import { whatsAppCloud as provider } from '../../nodes/SendContact/providers/whatsAppCloud';
import { numbers } from '../../nodes/SendContact/providers/whatsAppCloud/numbers';
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { loadPackage, runWorkflow, searchList, sendContactWorkflow } from '../engine/engine';
import { locator } from './cards';
import { ask, field } from './client';
import { fieldsOf, type RunningVendor } from './Vendor';
import { whatsAppCloud } from './whatsAppCloud';

let packaged: Awaited<ReturnType<typeof loadPackage>>;
let vendor: RunningVendor;
const [number = ''] = whatsAppCloud.senders ?? [];

beforeAll(async () => {
	packaged = await loadPackage();
	vendor = await whatsAppCloud.start();
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

let recipients = 0;

/** Somebody else each time: to one person the node keeps 6 seconds between two messages. */
function somebody() {
	recipients += 1;
	return locator(`+55 11 96666-${String(recipients).padStart(4, '0')}`, 'phone');
}

/** What comes out of the node, and what the panel shows above it. */
async function run(
	parameters: INodeParameters,
	{ account = {}, items = [{}] }: { account?: object; items?: Array<Record<string, unknown>> } = {},
) {
	const { run: whole, output } = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow(items, {
			credentialType: 'whatsAppCloudApi',
			parameters: {
				provider: 'whatsAppCloud',
				operation: 'send',
				sender: locator(number, 'id'),
				to: somebody(),
				contactName: 'Maria Silva',
				contactPhone: '+55 21 97777-6666',
				...parameters,
			},
			onError: 'continueRegularOutput',
		}),
		credentials: { whatsAppCloudApi: { ...vendor.credentials, ...account } },
		workflowId: expect.getState().currentTestName ?? '',
	});
	const hints = whole.data.resultData.runData['Send Contact']?.[0]?.hints ?? [];
	return {
		rows: output('Send Contact').map(({ json }) => json),
		hints: hints.map(({ message }) => message),
	};
}

const vCardOf = (name: string, ...lines: string[]) =>
	['BEGIN:VCARD', 'VERSION:3.0', `FN:${name}`, ...lines, 'END:VCARD', ''].join('\n');

describe('the sandbox', () => {
	const person = {
		name: { formatted_name: 'Maria', first_name: 'Maria' },
		phones: [{ phone: '+5521977776666', type: 'CELL', wa_id: '5521977776666' }],
	};
	const message = {
		messaging_product: 'whatsapp',
		recipient_type: 'individual',
		to: '5511999998888',
		type: 'contacts',
		contacts: [person],
	};
	const send = (body: object) =>
		ask('POST', `${vendor.url}/v23.0/${number}/messages`, body, {
			authorization: `Bearer ${String(vendor.credentials.accessToken)}`,
		});

	it('takes one that is as it should be', async () => {
		expect((await send(message)).status).toBe(200);
	});

	it.each([
		{ contacts: [] },
		{ contacts: Array.from({ length: 6 }, () => person) },
		{ contacts: [{ ...person, note: 'x' }] },
		{ contacts: [{ ...person, birthday: null }] },
		{ contacts: [{ ...person, org: {} }] },
		{ contacts: [{ ...person, emails: [] }] },
		{ contacts: [{ ...person, emails: [{ email: '' }] }] },
		{ contacts: [{ ...person, emails: [{ email: 'a@b.example', type: 'OTHER' }] }] },
		{ contacts: [{ ...person, phones: [{ phone: '1', type: 'MOBILE' }] }] },
		{ contacts: [{ ...person, name: { formatted_name: 'Maria' } }] },
		{ contacts: [{ ...person, birthday: '--05-21' }] },
		{ to: 'US.13491208655302741918' },
		{ to: '5511999998888@c.us' },
		{ to: undefined },
		{ recipient: 'US.13491208655302741918' },
		{ recipient_type: 'group' },
		{ text: { body: 'x' } },
	])('refuses %j with a code', async (change) => {
		const { status, data } = await send({ ...message, ...change });

		expect(status).toBe(400);
		expect([100, 131008, 131009]).toContain(field(data, 'error', 'code'));
		expect(vendor.sends()).toEqual([]);
	});
});

it('nothing in the object is unknown, null or empty, whatever of it is filled in', async () => {
	const { rows } = await run({
		additionalFields: {
			firstName: '',
			organization: '  ',
			email: '',
			birthday: '21.05.',
			note: 'none',
			morePhones: { phone: [{ number: '', type: 'work' }] },
			addresses: { address: [{ street: '', city: '', type: 'home' }] },
		},
	});

	expect(rows).toMatchObject([{ status: 'accepted', droppedFields: ['birthday', 'note'] }]);
	expect(field(vendor.sends()[0]?.body, 'contacts')).toEqual([
		{
			name: { formatted_name: 'Maria Silva', first_name: 'Maria Silva' },
			phones: [{ phone: '+5521977776666', wa_id: '5521977776666' }],
		},
	]);
});

describe('recipients', () => {
	it.each([
		['US.13491208655302741918', { recipient_type: 'individual' }],
		['BR.ENT.11815799212886844830', { recipient_type: 'individual' }],
	])('the business-scoped id %s goes into a field of its own, untouched', async (id, body) => {
		const { rows } = await run({ to: locator(id, 'id') });

		expect(rows).toMatchObject([{ status: 'accepted', to: id }]);
		expect(vendor.sends()).toMatchObject([{ body: { ...body, recipient: id } }]);
		expect(fieldsOf(vendor.sends()[0]?.body)).not.toHaveProperty('to');
	});

	it('an answer without wa_id is an acceptance', async () => {
		const { rows } = await run({ to: locator('DE.13491208655302741918', 'id'), simplify: false });

		const [contact] = [field(rows[0], 'response', 'body', 'contacts')].flat();
		expect(contact).not.toHaveProperty('wa_id');
		expect(rows).toMatchObject([{ messageId: expect.stringMatching(/^wamid\./) as unknown }]);
	});

	it('either spelling of a WhatsApp id is a phone number', async () => {
		for (const id of ['5511955558888@c.us', '5511955557777@s.whatsapp.net']) {
			await run({ to: locator(id, 'id') });
		}

		expect(vendor.sends().map(({ body }) => field(body, 'to'))).toEqual([
			'5511955558888',
			'5511955557777',
		]);
	});

	it.each([
		'@ana.souza',
		'65998849469@lid',
		'120363043968066561@g.us',
		'120363043968066561@newsletter',
		'us.13491208655302741918',
		'US.',
	])('“%s” is told before anything is sent', async (id) => {
		const byId = await run({ to: locator(id, 'id') });
		const byPhone = await run({ to: locator(id, 'phone') });

		for (const { rows } of [byId, byPhone]) {
			expect(rows).toMatchObject([{ status: 'notSent', parameter: 'to' }]);
		}
		expect(byId.rows[0]?.description).toMatch(/business-scoped ID/);
		expect(vendor.received).toEqual([]);
	});
});

it('24 hours: the user reads that no template can carry a card, and nothing is repeated', async () => {
	const { rows } = await run({ to: locator('+55 11 99888-2424', 'phone') });

	expect(rows).toMatchObject([
		{
			status: 'rejected',
			vendorCode: '131047',
			attempts: 1,
			error: 'The recipient has not written to this phone number in the last 24 hours',
		},
	]);
	expect(rows[0]?.description).toMatch(/no template can carry a contact card/);
});

it('a test number: the user reads where its list is', async () => {
	vendor.refuseNext('notOnTestList');
	const { rows } = await run({});

	expect(rows).toMatchObject([{ status: 'rejected', vendorCode: '131030', attempts: 1 }]);
	expect(rows[0]?.description).toMatch(/under To in WhatsApp > API Setup/);
});

describe('limits', () => {
	it.each(['throughput', 'throughput:429', 'throughput:account', 'endpointLimit', 'pairLimit'])(
		'%s is one: the contact leaves again, and arrives once',
		async (id) => {
			vendor.refuseNext(id);
			const { rows } = await run({});

			expect(rows).toMatchObject([{ status: 'accepted', attempts: 2 }]);
			expect(vendor.sends()).toHaveLength(1);
		},
	);

	it('131048 is about spam: rejected by its name, with the way out, and not repeated', async () => {
		vendor.refuseNext('spam');
		const { rows } = await run({});

		expect(rows).toMatchObject([
			{
				status: 'rejected',
				vendorCode: '131048',
				attempts: 1,
				error: expect.stringMatching(/^Spam rate limit/) as unknown,
				description: expect.stringMatching(/quality of the number/) as unknown,
			},
		]);
	});

	it('131056 holds back that pair alone', () => {
		const rule = provider.refusals.find(({ when }) => when.code?.test('131056'));

		expect(rule).toMatchObject({ means: 'slower', limit: 'pair' });
		expect(provider.pace.limits).toContainEqual({ messages: 1, perSeconds: 6, per: 'pair' });
	});
});

it('several cards are one message, up to five', async () => {
	const cards = Array.from({ length: 5 }, (_, n) => vCardOf(`P${n}`, `TEL:+55219777766${n}0`));
	const { rows } = await run({ contactSource: 'vCard', vCard: cards.join('') });

	expect(rows).toMatchObject([{ status: 'accepted', contacts: { length: 5 } }]);
	expect(vendor.sends()).toMatchObject([{ body: { contacts: { length: 5 } } }]);
});

it('the account of a phone is WhatsApp’s own number, where a vCard names it', async () => {
	const vCard = vCardOf('João', 'TEL;waid=553198887777;TYPE=WORK:+55 31 99888-7777');
	await run({ contactSource: 'vCard', vCard });

	expect(vendor.sends()).toMatchObject([
		{
			body: {
				contacts: [{ phones: [{ phone: '+5531998887777', type: 'WORK', wa_id: '553198887777' }] }],
			},
		},
	]);
});

describe('the phone number that sends', () => {
	it('is in the path, and demanded where the account has several', async () => {
		const { rows } = await run({ sender: locator('', 'id') });

		expect(rows).toMatchObject([
			{ status: 'notSent', parameter: 'sender', error: 'Phone Number is empty' },
		]);
		expect(vendor.received).toEqual([]);
	});

	it('that Meta does not know is told as that', async () => {
		const { rows } = await run({ sender: locator('5511999990001', 'id') });

		expect(rows).toMatchObject([{ status: 'rejected' }]);
		expect(rows[0]?.description).toMatch(/it is not the phone number itself/);
	});

	it('is in the address of a custom host, where that goes up to /messages', async () => {
		const baseUrl = `${vendor.url}/v23.0/${number}`;
		for (const spelt of [baseUrl, `${baseUrl}/messages`, ` ${baseUrl}/ `]) {
			const { rows } = await run({ sender: locator('', 'id') }, { account: { baseUrl: spelt } });
			expect(rows).toMatchObject([{ status: 'accepted', droppedFields: [] }]);
		}
		const other = await run({ sender: locator('999999', 'id') }, { account: { baseUrl } });

		expect(other.rows).toMatchObject([{ status: 'accepted', droppedFields: ['sender'] }]);
		expect(other.hints).toEqual([expect.stringContaining('Phone Number (1)')]);
		expect(vendor.sends().map(({ path }) => path)).toEqual(
			Array.from({ length: 4 }, () => `/v23.0/${number}/messages`),
		);
	});

	it('belongs to a key of 360dialog: the path has none, whatever was chosen', async () => {
		const account = { host: '360dialog' };
		const options = { preview: true };
		const { rows } = await run({ options }, { account });
		const none = await run({ options, sender: locator('', 'id') }, { account });

		for (const row of [...rows, ...none.rows]) {
			expect(field(row, 'request', 'url')).toBe('https://waba-v2.360dialog.io/messages');
		}
		expect(rows).toMatchObject([{ droppedFields: ['sender'] }]);
		expect(none.rows).toMatchObject([{ droppedFields: [] }]);
	});

	const list = async (account: object, filter?: string) =>
		await searchList(
			{ packaged, credentials: { whatsAppCloudApi: { ...vendor.credentials, ...account } } },
			'searchSenders',
			{ credentialType: 'whatsAppCloudApi', parameters: { provider: 'whatsAppCloud' } },
			filter,
		);

	it('is listed with its number and state, those that cannot send last', async () => {
		const { results } = await list({}, 'Abby');

		expect(results).toEqual([
			{ name: "Abby's Ice Cream (+1 631-555-5556, PENDING)", value: '106540352242924' },
		]);
	});

	it.each([
		[{ businessAccountId: '' }, /Fill in WhatsApp Business Account ID/],
		[{ host: '360dialog' }, /leave Phone Number empty/],
		[{ host: 'custom', baseUrl: 'https://graph.example/v1' }, /leave Phone Number empty/],
	])('is not listed for %j: the user reads why', async (account, why) => {
		await expect(list(account)).rejects.toThrow(why);
		expect(vendor.received).toEqual([]);
	});

	it('is listed by Kapso at an address and in a form of its own', async () => {
		const account = { host: 'kapso', apiVersion: 'v24.0' };
		const query = { account, sender: '', search: '' };
		const { credential } = provider;
		const { path } = numbers.request({ ...query, cursor: '2' });
		if (typeof credential.authenticate !== 'function') throw new Error('It signs nothing');
		const signed = await credential.authenticate.call(
			credential,
			{ ...account, accessToken: 'k' },
			{ url: path },
		);
		const answer: Answer = {
			statusCode: 200,
			headers: {},
			text: '',
			json: {
				data: [
					{
						id: '1',
						phone_number_id: '1234567890',
						name: 'Support Line',
						display_phone_number: '+1 555-123-4567',
						status: 'CONNECTED',
					},
				],
				meta: { page: 1, total_pages: 2 },
			},
		};

		expect(signed.url).toBe(
			'https://api.kapso.ai/platform/v1/whatsapp/phone_numbers?per_page=100&page=2',
		);
		expect(numbers.entries(answer, query)).toEqual([
			{ name: 'Support Line', value: '1234567890', note: '+1 555-123-4567, CONNECTED' },
		]);
		expect(numbers.next?.(answer, query)).toBe('2');
		expect(numbers.next?.({ ...answer, json: { data: [] } }, query)).toBeUndefined();
	});
});

it('after a 5xx nobody knows: not repeated', async () => {
	vendor.refuseNext('temporary');

	expect((await run({})).rows).toMatchObject([{ status: 'unknown', attempts: 1 }]);
});

it('maintenance took nothing: the contact leaves again', async () => {
	vendor.refuseNext('maintenance');

	expect((await run({})).rows).toMatchObject([{ status: 'accepted', attempts: 2 }]);
});

it('a refused value names its field', async () => {
	vendor.refuseNext('value');
	const { rows } = await run({});

	expect(rows).toMatchObject([
		{ status: 'rejected', parameter: 'contactName', vendorCode: '131009' },
	]);
});
