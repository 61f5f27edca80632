// The vCard node on n8n's own engine: what is made, what is read, and that nothing is lost on the way.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';
import type { IDataObject, INode, INodeExecutionData, NodeOperationError } from 'n8n-workflow';

import type { Contact } from '../../nodes/SendContact/contact/Contact';
import { oneLine } from '../../nodes/SendContact/contact/text';
import { writeVCard } from '../../nodes/SendContact/contact/writeVCard';
import { textOf } from '../../nodes/SendContact/providers/answers';
import { anyContact, named, withTypes } from '../contact/anyContact';
import { chainOf, loadPackage, runWorkflow, VCARD_TYPE, type LoadedPackage } from './engine';
import { expectFit } from './schemas';

let packaged: LoadedPackage;
beforeAll(async () => {
	packaged = await loadPackage();
});

type Parameters = INode['parameters'];
const node = (name: string, parameters: Parameters, more: Partial<INode> = {}) => ({
	name,
	type: VCARD_TYPE,
	parameters,
	...more,
});
const create = (parameters: Parameters, more?: Partial<INode>) =>
	node('Create', { operation: 'create', ...parameters }, more);
const read = (parameters: Parameters, more?: Partial<INode>) =>
	node('Read', { operation: 'read', ...parameters }, more);
const json = (...items: IDataObject[]): INodeExecutionData[] => items.map((one) => ({ json: one }));
const GOES_ON = { onError: 'continueRegularOutput' } as const;

async function run(items: readonly INodeExecutionData[], ...nodes: Array<ReturnType<typeof node>>) {
	const done = await runWorkflow({ packaged, workflow: chainOf(items, nodes), credentials: {} });
	const last = nodes.at(-1)?.name ?? '';
	for (const { name, parameters } of nodes) {
		const rows = done.output(name);
		// What becomes of an operation that is none is told as a card that was not made.
		const operation = parameters.operation === 'read' ? 'read' : 'create';
		for (const row of rows) expectFit('VCard', operation, row.json);
	}
	return { ...done, items: done.output(last), failed: done.error(last), last };
}

// Typed here: what Jest gives is of no type.
const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const having = (some: object): unknown => expect.objectContaining(some);

/** The text of an item's file. */
const textIn = ({ binary }: INodeExecutionData) =>
	Buffer.from(binary?.data?.data ?? '', 'base64').toString('utf8');
const pairs = (items: readonly INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);
const card = (...lines: string[]) =>
	['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD'].join('\n');

/** A row with nothing in it but this. */
const rowWith = (some: object) => ({
	...Object.fromEntries(
		[
			...[
				'name',
				'phone',
				'email',
				'url',
				'firstName',
				'middleName',
				'lastName',
				'prefix',
				'suffix',
			],
			...[
				'nickname',
				'organization',
				'department',
				'title',
				'birthday',
				'note',
				'businessDescription',
			],
		].map((field) => [field, null]),
	),
	...{ phones: [], emails: [], urls: [], addresses: [] },
	...some,
});

test('the node asks nobody: no credential, no network, no provider in its file', () => {
	const { description, methods } = packaged.node('vCard');
	expect(description.credentials).toBeUndefined();
	expect(methods).toBeUndefined();
	expect(description).toMatchObject({ usableAsTool: true, inputs: ['main'], outputs: ['main'] });
	for (const file of ['nodes/VCard/VCard.node.js', 'nodes/VCard/run.js', 'nodes/shared.js']) {
		const built = readFileSync(join(__dirname, '..', '..', 'dist', file), 'utf8');
		expect(built).not.toMatch(/httpRequest|getCredentials|plugz|telegram/i);
	}
});

describe('create', () => {
	const ana = { contactName: 'Ana', contactPhone: '+55 11 98888-7777' };
	const anaCard = card('N:;Ana;;;', 'FN:Ana', 'TEL;type=CELL;waid=5511988887777:+5511988887777');

	test.each<[string, Parameters, object]>([
		['as text and file', { output: 'both' }, { json: { vCard: anaCard }, binary: {} }],
		['both unless said', {}, { json: { vCard: anaCard }, binary: {} }],
		['as a file alone', { output: 'binary' }, { json: {}, binary: {} }],
	])('%s', async (_, parameters, expected) => {
		const { items } = await run(json({}), create({ ...ana, ...parameters }));
		expect(items).toHaveLength(1);
		const [{ binary, ...item }] = items as [INodeExecutionData];
		expect({ ...item, binary: {} }).toEqual({ ...expected, pairedItem: { item: 0 } });
		expect(binary?.data).toMatchObject({
			fileName: 'Ana.vcf',
			mimeType: 'text/vcard',
			fileExtension: 'vcf',
		});
		expect(textIn({ json: {}, binary: binary! })).toBe(`${anaCard}\n`.replaceAll('\n', '\r\n'));
	});

	test('as text alone there is no file', async () => {
		const { items } = await run(json({}), create({ ...ana, output: 'text' }));
		expect(items).toEqual([{ json: { vCard: anaCard }, pairedItem: { item: 0 } }]);
	});

	test('each item becomes its own card, from expressions', async () => {
		const { items } = await run(
			json({ name: 'Ana', mail: 'ana@example.com' }, { name: 'Bia', mail: '' }),
			create({
				contactName: '={{ $json.name }}',
				additionalFields: { email: '={{ $json.mail }}' },
				output: 'text',
			}),
		);
		expect(items.map((item) => item.json.vCard)).toEqual([
			card('N:;Ana;;;', 'FN:Ana', 'EMAIL:ana@example.com'),
			card('N:;Bia;;;', 'FN:Bia'),
		]);
		expect(pairs(items)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('national numbers are of Default Country', async () => {
		const { items } = await run(
			json({}),
			create({ contactName: 'Ana', contactPhone: '(11) 98888-7777', defaultCountry: 'BR' }),
		);
		expect(items[0]?.json.vCard).toBe(anaCard);
	});

	test.each<[string, Parameters]>([
		['a first name', { additionalFields: { firstName: 'Ana' } }],
		['an organization', { additionalFields: { organization: 'Ana' } }],
		['an email', { additionalFields: { email: 'Ana' } }],
		['a phone', { contactPhone: '190', options: { allowUnusualNumbers: true } }],
	])('%s stands for the name', async (_, parameters) => {
		const { items, failed } = await run(json({}), create(parameters));
		expect(failed).toBeUndefined();
		expect(items[0]?.json.vCard).toMatch(/^FN:(Ana|190)$/m);
	});

	test.each([
		['Ana/../\\Souza: "a|b"?*<>.vcf', 'Ana .. Souza a b.vcf'],
		['.vcf', 'contact.vcf'],
		['../../etc/passwd', 'etc passwd.vcf'],
		['João 😀.VCF', 'João 😀.vcf'],
		['x'.repeat(300), `${'x'.repeat(100)}.vcf`],
	])('a file called %j is called %j', async (fileName, expected) => {
		const { items } = await run(json({}), create({ ...ana, options: { fileName } }));
		expect(items[0]?.binary?.data?.fileName).toBe(expected);
	});

	describe('all in one file', () => {
		const three = json({ name: 'Ana' }, { name: '' }, { name: 'Bia' });
		const byName = { contactName: '={{ $json.name }}' };
		const both = [card('N:;Ana;;;', 'FN:Ana'), card('N:;Bia;;;', 'FN:Bia')].join('\n');

		test('holds every card, and what could not be made is told beside it', async () => {
			const { items } = await run(
				three,
				create({ ...byName, options: { combine: true } }, GOES_ON),
			);
			expect(items.map((item) => item.json)).toEqual([
				{ vCard: both },
				having({ error: matching(/^Contact Name is empty/) }),
			]);
			expect(pairs(items)).toEqual([[{ item: 0 }, { item: 2 }], { item: 1 }]);
			expect(textIn(items[0]!)).toBe(`${both}\n`.replaceAll('\n', '\r\n'));
			expect(items[0]?.binary?.data?.fileName).toBe('contacts.vcf');
		});

		test('has the name it is given', async () => {
			const options = { combine: true, fileName: 'team' };
			const { items } = await run(three, create({ ...byName, options }, GOES_ON));
			expect(items[0]?.binary?.data?.fileName).toBe('team.vcf');
		});

		test('is read back card by card', async () => {
			const { items } = await run(
				json({ name: 'Ana' }, { name: 'Bia' }, { name: 'Caio' }),
				create({ ...byName, options: { combine: true } }),
				read({ source: 'binary', binaryPropertyName: 'data' }),
			);
			expect(items.map(({ json: { contact } }) => (contact as IDataObject).name)).toEqual([
				'Ana',
				'Bia',
				'Caio',
			]);
		});
	});
});

describe('read', () => {
	const text = [
		card(
			'FN:Ana Souza',
			'N:Souza;Ana;;;',
			'TEL;TYPE=CELL:+55 11 98888-7777',
			'EMAIL:a@example.com',
		),
		'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:;Z=C3=A9\r\nEND:VCARD',
	].join('\n');

	test('one item a card, with every field and the card as it came', async () => {
		const { items } = await run(json({}), read({ source: 'text', vCard: text }));
		expect(items).toEqual([
			{
				json: {
					contact: rowWith({
						name: 'Ana Souza',
						firstName: 'Ana',
						lastName: 'Souza',
						phone: '5511988887777',
						phones: [{ number: '5511988887777', type: 'mobile' }],
						email: 'a@example.com',
						emails: [{ address: 'a@example.com' }],
					}),
					vCard: matching(/^BEGIN:VCARD\r?\nVERSION:3\.0[^]*FN:Ana[^]*END:VCARD$/),
				},
				pairedItem: { item: 0 },
			},
			{
				json: {
					contact: rowWith({ name: 'Zé' }),
					vCard: matching(/^BEGIN:VCARD\r?\nVERSION:2\.1[^]*END:VCARD$/),
				},
				pairedItem: { item: 0 },
			},
		]);
	});

	test('a file is read from its bytes', async () => {
		const bytes = readFileSync(
			join(__dirname, '..', 'contact', 'fixtures', 'nokia-windows-1251.vcf'),
		);
		const { items } = await run(
			[{ json: {}, binary: { card: { data: bytes.toString('base64'), mimeType: 'text/vcard' } } }],
			read({ source: 'binary', binaryPropertyName: 'card' }),
		);
		expect(items.length).toBeGreaterThan(0);
		for (const { json: found } of items) {
			expect((found.contact as IDataObject).name).toMatch(/^[а-яё\s.-]+$/i);
		}
	});

	test('a card without a version comes out written anew', async () => {
		const { items } = await run(
			json({}),
			read({ source: 'text', vCard: 'BEGIN:VCARD\nFN:Ana\nEND:VCARD' }),
		);
		expect(items[0]?.json.vCard).toBe(card('N:;Ana;;;', 'FN:Ana'));
	});

	test('what a row has no field for is told by name', async () => {
		const vCard = card('FN:Ana', 'PHOTO;ENCODING=b:aGk=', 'X-SKYPE:ana', 'X-SKYPE:bia');
		const { items } = await run(json({}), read({ source: 'text', vCard }));
		expect(items[0]?.json.droppedFields).toEqual(['photo', 'x-skype']);
	});

	test('a phone that cannot be read costs nobody the card, and is told with the reason', async () => {
		const vCard = card(
			...['FN:Ana', 'TEL;TYPE=CELL:(11) 98888-7777', 'TEL;TYPE=WORK:+55 11 3333-4444'],
			...['TEL;TYPE=WORK,FAX:+55 11 3333-4445', 'TEL:call me'],
		);
		const { items, failed, tasks } = await run(json({}), read({ source: 'text', vCard }));
		expect(failed).toBeUndefined();
		expect(items[0]?.json).toMatchObject({
			contact: { phone: '551133334444', phones: [{ number: '551133334444', type: 'work' }] },
			unreadPhones: [
				{ number: '(11) 98888-7777', reason: matching(/has no country code/) },
				{ number: '+55 11 3333-4445', reason: matching(/fax/) },
				{ number: 'call me', reason: matching(/call me/) },
			],
		});
		expect(
			tasks('Read')[0]
				?.hints?.map(({ message }) => message)
				.join(),
		).toMatch(/^3 phone numbers could not be read.*Default Country/);
		const country = await run(json({}), read({ source: 'text', vCard, defaultCountry: 'BR' }));
		expect(country.items[0]?.json).toMatchObject({
			contact: { phone: '5511988887777', phones: [{ type: 'mobile' }, { type: 'work' }] },
			unreadPhones: [{ number: '+55 11 3333-4445' }, { number: 'call me' }],
		});
	});
});

describe('an item that fails', () => {
	const mixed = json(
		{ card: card('FN:Ana') },
		{ card: 'no card' },
		{ card: `${card('FN:Bia')}\nBEGIN:VCARD\nFN:Cut\nTEL:+5511988887777` },
	);
	const reading = { source: 'text', vCard: '={{ $json.card }}' };

	test('Stop: nothing is handed on, and every bad row is named', async () => {
		const { items, failed } = await run(mixed, read(reading));
		expect(items).toEqual([]);
		expect(failed?.name).toBe('NodeOperationError');
		const { message, description, context } = failed as NodeOperationError;
		expect(message).toBe('There is no vCard in "no card" [item 1] and 1 more');
		expect(description).toMatch(/^Nothing was handed on\..*Item 1: .*<br>Item 2: .*cut off/);
		expect(context.itemIndex).toBe(1);
	});

	test('Continue: it is told in its place, with whose card it is, and the others come out', async () => {
		const { items } = await run(mixed, read(reading, GOES_ON));
		expect(items.map((item) => item.json)).toEqual([
			having({ contact: having({ name: 'Ana' }) }),
			{
				error: 'There is no vCard in "no card"',
				description: matching(/begins with the line BEGIN:VCARD/),
				parameter: 'vCard',
				contact: {},
			},
			having({ contact: having({ name: 'Bia' }) }),
			having({
				error: matching(/cut off: card 2/),
				contact: { name: 'Cut', phone: '+5511988887777' },
			}),
		]);
		expect(pairs(items)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }, { item: 2 }]);
	});

	test('Continue using error output: it comes out there, with its details', async () => {
		const { output } = await run(mixed, read(reading, { onError: 'continueErrorOutput' }));
		expect(output('Read', 0).map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 2 },
		]);
		const failed = output('Read', 1);
		expect(failed.map((item) => item.json.error)).toEqual([
			'There is no vCard in "no card"',
			matching(/cut off/),
		]);
		expect(pairs(failed)).toEqual([{ item: 1 }, { item: 2 }]);
	});

	test.each<[string, ReturnType<typeof node>, object]>([
		[
			'a file that is not there',
			read({ source: 'binary', binaryPropertyName: 'card' }, GOES_ON),
			{ parameter: 'binaryPropertyName', error: matching(/no file.*“card”/) },
		],
		[
			'a phone without a country',
			create({ contactName: 'Ana', contactPhone: '(11) 98888-7777' }, GOES_ON),
			{
				parameter: 'contactPhone',
				error: matching(/Contact Phone.*no country code/),
				contact: { name: 'Ana', phone: '(11) 98888-7777' },
			},
		],
		[
			'a list in place of a text',
			create({ contactName: '={{ [1] }}' }, GOES_ON),
			{ error: matching(/^Contact Name holds a list/) },
		],
		[
			'an expression that fails',
			create({ contactName: '={{ $json.a.b.c() }}' }, GOES_ON),
			{ error: matching(/./), contact: {} },
		],
		[
			'a choice that is not there',
			create({ contactName: 'Ana', output: 'pdf' }, GOES_ON),
			{ parameter: 'output', error: matching(/^Output is “pdf”/) },
		],
		[
			'a switch that is none',
			create({ contactName: 'Ana', options: { allowUnusualNumbers: 'maybe' } }, GOES_ON),
			{ error: matching(/^Allow Unusual Numbers is neither/) },
		],
	])('%s is told', async (_, made, expected) => {
		const { items } = await run(json({}), made);
		expect(items).toHaveLength(1);
		expect(items[0]?.json).toMatchObject({ description: matching(/./), ...expected });
	});
});

describe('create and then read', () => {
	/** Each field of the panel from a field of the item. */
	const FIELDS = [
		...['firstName', 'middleName', 'lastName', 'prefix', 'suffix', 'nickname', 'organization'],
		...['department', 'title', 'birthday', 'note', 'businessDescription'],
		...['morePhones', 'moreEmails', 'moreUrls', 'addresses'],
	];
	const fromItem = (name: string) => `={{ $json.${name} }}`;
	const filledIn = {
		contactName: fromItem('contactName'),
		additionalFields: Object.fromEntries(FIELDS.map((name) => [name, fromItem(name)])),
		options: { allowUnusualNumbers: true },
	};
	const itemOf = ({ phones, emails, urls, ...fields }: Contact): IDataObject => ({
		...(fields as IDataObject),
		...(phones && { morePhones: phones.map((one) => ({ ...one, number: dialledBy(one.number) })) }),
		...(emails && { moreEmails: [...emails] }),
		...(urls && { moreUrls: [...urls] }),
	});
	const dialledBy = (number: string) => (number.length > 6 ? `+${number}` : number);
	const rowFor = ({ contactName: name, phones, emails, urls, ...fields }: Contact) =>
		rowWith({
			...fields,
			...{ name, phone: phones?.[0]?.number ?? null, phones: phones ?? [] },
			...{ email: emails?.[0]?.address ?? null, emails: emails ?? [] },
			...{ url: urls?.[0]?.url ?? null, urls: urls ?? [] },
		});
	const contacts = fc.array(anyContact.map(named), { minLength: 1, maxLength: 25 });

	test.each([
		['text', read({ source: 'text', vCard: '={{ $json.vCard }}' })],
		['a file', read({ source: 'binary', binaryPropertyName: 'data' })],
	])('gives the same contact through %s', async (_, reading) => {
		const last = {
			...reading,
			parameters: { ...reading.parameters, options: { allowUnusualNumbers: true } },
		};
		await fc.assert(
			fc.asyncProperty(contacts, async (list) => {
				const { items, failed } = await run(json(...list.map(itemOf)), create(filledIn), last);
				expect(failed).toBeUndefined();
				expect(items.map((item) => item.json.contact)).toEqual(
					list.map((contact) => rowFor(withTypes(contact))),
				);
				expect(items.some((item) => 'droppedFields' in item.json)).toBe(false);
			}),
			{ numRuns: 20 },
		);
	});

	test('what was made comes back letter by letter', async () => {
		await fc.assert(
			fc.asyncProperty(contacts, async (list) => {
				const { items, output } = await run(
					json(...list.map(itemOf)),
					create(filledIn),
					read({ source: 'text', vCard: '={{ $json.vCard }}' }),
				);
				const made = output('Create').map((item) => item.json.vCard);
				expect(made).toEqual(list.map((contact) => writeVCard(contact)));
				expect(items.map((item) => item.json.vCard)).toEqual(made);
			}),
			{ numRuns: 10 },
		);
	});

	test('nothing typed adds a line to a card', async () => {
		const typed = fc.string({
			unit: fc.constantFrom('A', '\n', '\r', '\u2028', 'TEL:+1', 'END:VCARD'),
		});
		await fc.assert(
			fc.asyncProperty(typed, async (name) => {
				const { items } = await run(
					json({ name }),
					create({ contactName: '={{ "A" + $json.name }}', output: 'both' }),
				);
				expect(textOf(items[0]?.json.vCard)?.split(/[\r\n\u2028]/)).toHaveLength(5);
				expect(items[0]?.binary?.data?.fileName).toBe(
					`${oneLine(`A${name}`)}.vcf`.replace(/:/g, ' '),
				);
			}),
			{ numRuns: 30 },
		);
	});
});

test('a collection that is one whole expression is taken whole', async () => {
	const { items } = await run(
		json({ more: { email: 'ana@example.com', morePhones: [{ number: '+5511988887777' }] } }),
		create({
			contactName: 'Ana',
			additionalFields: '={{ $json.more }}',
			options: '={{ { fileName: "x" } }}',
		}),
	);
	expect(items[0]?.json.vCard).toMatch(/TEL.*\+5511988887777\nEMAIL:ana@example\.com/);
	expect(items[0]?.binary?.data?.fileName).toBe('x.vcf');
});
