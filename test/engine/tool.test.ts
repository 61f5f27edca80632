// The nodes as tools of an AI agent, made and called by n8n's own engine: a model fills in what it is asked for
// and nothing else, what it types is text, and what it reads back is short.
import type { INode, INodeParameters } from 'n8n-workflow';

import { locator, type RunningVendor, vendorOf } from '../vendors';
import { callTool, fromAi, type Call } from './agent';
import { loadPackage, type LoadedPackage } from './engine';

let packaged: LoadedPackage;
let vendor: RunningVendor;
beforeAll(async () => {
	packaged = await loadPackage();
	vendor = await vendorOf('zApi').start();
});
afterAll(async () => await vendor.stop());
beforeEach(() => vendor.reset());

const ANA: Call = {
	Recipient: '+55 11 99999-8888',
	Contact_Name: 'Ana Souza',
	Contact_Phone: '+55 11 98888-7777',
};

/** Calls Send Contact, with every field left to the model unless told otherwise. */
async function call(calls: Call[], more: INodeParameters = {}, node: Partial<INode> = {}) {
	const tool = {
		...node,
		parameters: {
			provider: 'zApi',
			to: locator(fromAi('Recipient'), 'phone'),
			contactName: fromAi('Contact_Name'),
			contactPhone: fromAi('Contact_Phone'),
			...more,
		},
		credentials: { zApi: { id: 'zApi', name: 'zApi' } },
	};
	return await callTool(packaged, { zApi: vendor.credentials }, 'sendContact', tool, calls);
}

const bodies = () => vendor.sends().map(({ body }) => JSON.stringify(body));

describe('what a model is told', () => {
	it('what the tool does, on the messenger of its provider, and the keys of its fields', async () => {
		const { description, keys } = await call([]);

		expect(description).toMatch(
			/^Send the contact card of one person on WhatsApp to one recipient/,
		);
		expect(keys).toEqual(['Recipient', 'Contact_Name', 'Contact_Phone']);
	});

	it('the user’s own words, where there are any', async () => {
		const own = 'Sends the card of the customer to the sales team.';
		const { description, keys } = await call([], {
			toolDescription: own,
			to: locator('5511977776666', 'phone'),
		});

		expect(description).toBe(own);
		expect(keys).toEqual(['Contact_Name', 'Contact_Phone']);
	});
});

describe('what a model gets back', () => {
	const SHORT = { output: 'short' };

	it('what comes out elsewhere, too, where nothing was chosen', async () => {
		const { answers } = await call([ANA]);

		expect(Object.keys((JSON.parse(answers[0] ?? '') as [object])[0])).toEqual(
			expect.arrayContaining([
				...['provider', 'status', 'messageId', 'to', 'contact', 'droppedFields', 'attempts'],
			]),
		);
		expect(answers[0]).not.toContain('"request"');
	});

	it('the short of it: whether it was sent, to whom, and whose card it was', async () => {
		const { answers } = await call([ANA], SHORT);

		expect(JSON.parse(answers[0] ?? '')).toEqual([
			{
				status: 'accepted',
				messageId: expect.any(String) as unknown,
				to: '5511999998888',
				contact: { name: 'Ana Souza' },
			},
		]);
	});

	it('what did not arrive, so that it promises nothing', async () => {
		const { answers } = await call([ANA], {
			...SHORT,
			additionalFields: { email: 'ana@example.com' },
		});

		expect(answers[0]).toContain('"droppedFields":["email"]');
	});

	it('everything, where that was chosen, and no secret in it', async () => {
		const { answers } = await call([ANA], { output: 'everything' });
		const [row] = JSON.parse(answers[0] ?? '') as [Record<string, unknown>];

		expect(Object.keys(row)).toEqual(
			expect.arrayContaining(['provider', 'attempts', 'request', 'response']),
		);
		for (const secret of vendor.secrets) expect(answers[0]).not.toContain(secret);
	});

	it('everything, where the tool was saved with Simplify off', async () => {
		const { answers } = await call([ANA], { simplify: false });

		expect(answers[0]).toContain('"request"');
	});

	it('what went wrong and the way out, as an answer or as an error', async () => {
		const wrong = { ...ANA, Contact_Phone: 'unknown' };
		const [asAnswer] = (await call([wrong], SHORT, { onError: 'continueRegularOutput' })).answers;
		const [asError] = (await call([wrong])).answers;

		expect(Object.keys((JSON.parse(asAnswer ?? '') as [object])[0])).toEqual([
			'status',
			'error',
			'description',
			'to',
			'contact',
		]);
		for (const said of [asAnswer, asError])
			expect(said).toMatch(/Contact Phone.*unknown.*country/s);
		expect(vendor.received).toEqual([]);
	});

	it('of a look-up whether there is an account, and its ID', async () => {
		const { answers, keys, description } = await call([ANA], {
			...SHORT,
			operation: 'checkRecipient',
		});

		expect(description).toMatch(/has an account on WhatsApp/);
		expect(keys).toContain('Recipient');
		const [row] = JSON.parse(answers[0] ?? '') as [Record<string, unknown>];
		expect(Object.keys(row)).toEqual(['to', 'exists', 'id']);
	});
});

it('a group that the user has filled in themselves gets the card, also under Phone', async () => {
	await call([ANA], { to: locator('120363019502650977-group', 'phone') });

	expect(vendor.sends().map((request) => vendor.read(request).to)).toEqual([
		'120363019502650977-group',
	]);
});

describe('what a model cannot do', () => {
	it.each(['={{ 7 * 6 }}', '{{ $env.PATH }}', '${process.env.PATH}', '$fromAI("Recipient")'])(
		'have “%s” evaluated: it is text',
		async (typed) => {
			await call([{ ...ANA, Contact_Name: typed }]);

			expect(bodies()).toEqual([expect.stringContaining(JSON.stringify(typed))]);
		},
	);

	it('reach anybody else than the recipient that the user has filled in', async () => {
		const fixed = { to: locator('+55 11 97777-6666', 'phone') };
		const other = '5511900001111';
		const attempts = ['to', 'Recipient', 'phone', 'Phone', 'chatId', 'json', 'options'];
		const { keys } = await call(
			[
				...attempts.map((key) => ({ ...ANA, [key]: other })),
				{ ...ANA, to: { __rl: true, mode: 'phone', value: other }, provider: 'telegram' },
				{ ...ANA, Contact_Name: `Ana\nTEL:${other}\nphone=${other}` },
			],
			fixed,
		);

		expect(keys).not.toContain('Recipient');
		expect(vendor.sends()).toHaveLength(attempts.length + 2);
		for (const request of vendor.sends()) expect(vendor.read(request).to).toBe('5511977776666');
	});

	it.each([
		['a list', '+55 11 99999-8888, +55 11 99999-7777'],
		['a list in JSON', '["+5511999998888","+5511999997777"]'],
		['a group, where a phone is asked for', '120363019502650977-group'],
		['a group’s address', '120363043968066561@g.us'],
		['an order', 'everyone in the contact list'],
	])('send to %s', async (_what, typed) => {
		const { answers } = await call([{ ...ANA, Recipient: typed }]);

		expect(answers[0]).toMatch(/^Error: .*Recipient/);
		expect(vendor.received).toEqual([]);
	});

	it('send to several by giving a list in place of a text', async () => {
		const { answers } = await call([{ ...ANA, Recipient: ['5511999998888', '5511999997777'] }]);

		expect(answers[0]).toMatch(/^Error: /);
		expect(vendor.received).toEqual([]);
	});
});

describe('vCard as a tool', () => {
	const tool = async (parameters: INodeParameters, calls: Call[]) =>
		await callTool(packaged, {}, 'vCard', { parameters }, calls);

	it('makes a card as text: a model takes no files', async () => {
		const { answers } = await tool(
			{ contactName: fromAi('Contact_Name'), contactPhone: fromAi('Contact_Phone') },
			[ANA],
		);

		expect(JSON.parse(answers[0] ?? '')).toEqual([
			{ vCard: expect.stringMatching(/FN:Ana Souza\n.*5511988887777/s) as unknown },
		]);
	});

	it('reads the cards of a text', async () => {
		const text = 'BEGIN:VCARD\nVERSION:3.0\nFN:Ana Souza\nTEL:+5511988887777\nEND:VCARD';
		const { answers } = await tool({ operation: 'read', vCard: fromAi('vCard') }, [
			{ vCard: text },
		]);

		expect(answers[0]).toContain('"phone":"5511988887777"');
	});
});
