import fc from 'fast-check';
import ICAL from 'ical.js';

import {
	ADDRESS_PARTS,
	CONTACT_FIELDS,
	type Address,
	type Contact,
	textsIn,
	type ContactField,
	type TextField,
} from '../../nodes/SendContact/contact/Contact';
import { NAME_PARTS } from '../../nodes/SendContact/contact/names';
import { readVCards } from '../../nodes/SendContact/contact/readVCard';
import { oneLine, readText } from '../../nodes/SendContact/contact/text';
import { writeVCard } from '../../nodes/SendContact/contact/writeVCard';

const TEXT_FIELDS = [
	'contactName',
	'firstName',
	'middleName',
	'lastName',
	'prefix',
	'suffix',
	'nickname',
	'organization',
	'department',
	'title',
	'birthday',
	'note',
	'businessDescription',
] as const satisfies readonly TextField[];

test('a card with everything', () => {
	const contact: Contact = {
		contactName: 'Dra. Ana Luísa Souza',
		phones: [{ number: '5511988887777' }],
		contactChatId: '10000000',
		firstName: 'Ana',
		middleName: 'Luísa',
		lastName: 'Souza',
		prefix: 'Dra.',
		suffix: 'Filha',
		nickname: 'Aninha',
		organization: 'Clínica Vida; Saúde',
		department: 'Pediatria, 2º andar',
		title: 'Médica',
		emails: [{ address: 'ana@example.com' }],
		urls: [{ url: 'https://clinica.example/?a=1' }],
		addresses: [
			{ street: 'Rua Augusta 100, ap. 2', city: 'São Paulo', country: 'Brasil', type: 'home' },
			{ state: 'SP', postalCode: '01304-000', countryCode: 'BR' },
		],
		birthday: '1985-02-03',
		note: 'Café às 3 \\ 😀',
		businessDescription: 'Consultas, exames',
		extras: [{ name: 'photo' }],
	};
	expect(writeVCard(contact)).toBe(
		[
			'BEGIN:VCARD',
			'VERSION:3.0',
			'N:Souza;Ana;Luísa;Dra.;Filha',
			'FN:Dra. Ana Luísa Souza',
			'NICKNAME:Aninha',
			'TEL;type=CELL;waid=5511988887777:+5511988887777',
			'ORG:Clínica Vida\\; Saúde;Pediatria\\, 2º andar',
			'TITLE:Médica',
			'EMAIL:ana@example.com',
			'URL:https://clinica.example/?a=1',
			'ADR;type=HOME:;;Rua Augusta 100\\, ap. 2;São Paulo;;;Brasil',
			'item2.ADR:;;;;SP;01304-000;BR',
			'item2.X-ABADR:br',
			'BDAY:1985-02-03',
			'NOTE:Café às 3 \\\\ 😀',
			'X-WA-BIZ-DESCRIPTION:Consultas\\, exames',
			'END:VCARD',
		].join('\n'),
	);
});

test('a card for anyone has nothing that only WhatsApp reads', () => {
	const contact: Contact = {
		contactName: 'Ana',
		phones: [{ number: '5511988887777', waId: '551188887777' }, { number: '190' }],
		businessDescription: 'Consultas',
	};
	expect(writeVCard(contact, 'anyone').split('\n').slice(2, -1)).toEqual([
		'N:;Ana;;;',
		'FN:Ana',
		'TEL;type=CELL:+5511988887777',
		'TEL;type=CELL:190',
	]);
});

test.each<[string, Contact, string[]]>([
	['a name alone', { contactName: 'Мария' }, ['N:;Мария;;;', 'FN:Мария']],
	['parts alone', { firstName: 'Ana', lastName: 'Souza' }, ['N:Souza;Ana;;;', 'FN:Ana Souza']],
	['a last name alone', { contactName: 'Ana S', lastName: 'S' }, ['N:S;;;;', 'FN:Ana S']],
	['a prefix', { contactName: 'Ana', prefix: 'Dra.' }, ['N:;Ana;;Dra.;', 'FN:Ana']],
	['an organization', { organization: 'Acme' }, ['N:;Acme;;;', 'FN:Acme', 'ORG:Acme']],
	[
		'a mail address',
		{ emails: [{ address: 'a@b.c' }] },
		['N:;a@b.c;;;', 'FN:a@b.c', 'EMAIL:a@b.c'],
	],
	['a department', { contactName: 'A', department: 'B' }, ['N:;A;;;', 'FN:A', 'ORG:;B']],
	[
		'a phone alone',
		{ phones: [{ number: '5511988887777' }] },
		['N:;5511988887777;;;', 'FN:5511988887777', 'TEL;type=CELL;waid=5511988887777:+5511988887777'],
	],
	[
		'a short code',
		{ contactName: 'A', phones: [{ number: '190' }] },
		['N:;A;;;', 'FN:A', 'TEL;type=CELL:190'],
	],
	['nothing', {}, ['N:;;;;', 'FN:']],
])('a card with %s', (_, contact, lines) => {
	expect(writeVCard(contact).split('\n')).toEqual([
		'BEGIN:VCARD',
		'VERSION:3.0',
		...lines,
		'END:VCARD',
	]);
});

test.each(['\n', '\r\n', '\r', '\u2028', '\u0085', '\v', '\0'])(
	'%j in a value adds no line',
	(lineBreak) => {
		const injected = `Maria${lineBreak}TEL:+666${lineBreak}END:VCARD`;
		const contact: Contact = {
			...Object.fromEntries(TEXT_FIELDS.map((field) => [field, injected])),
			phones: [{ number: '666' }],
			emails: [{ address: injected }],
			urls: [{ url: injected }],
			addresses: [{ street: injected, countryCode: injected }],
		};
		const lines = writeVCard(contact).split(/[\n\r\u2028\u0085\v\0]/);
		expect(lines).toHaveLength(16);
		expect(lines.filter((line) => /^(?:TEL|END)/.test(line))).toEqual([
			'TEL;type=CELL:666',
			'END:VCARD',
		]);
	},
);

describe('any contact', () => {
	const text = fc
		.string({
			unit: fc.oneof(
				fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
				fc.constantFrom(
					';',
					',',
					'\\',
					':',
					'\\n',
					'\n',
					'\r\n',
					'"',
					'=',
					'+',
					' ',
					'BEGIN:VCARD',
					'END:VCARD',
				),
				fc.constantFrom('é', 'Ж', '😀', '👨‍👩‍👧', '\u00a0', '\u2028', '\ud83d', 'tel:', 'http://'),
			),
			minLength: 1,
			maxLength: 12,
		})
		.filter((value) => readText(value, 'note') !== undefined);
	const texts = fc.record(
		{
			...Object.fromEntries(TEXT_FIELDS.map((field) => [field, text])),
			// A date that is written in another way does not come back letter by letter.
			birthday: fc.constantFrom('1990-02-03', '2000-12-31', '--02-03', 'circa 1800'),
		},
		{ requiredKeys: [] },
	);
	const phone = fc.constantFrom('5511988887777', '554498398733', '79876543210');
	const place: fc.Arbitrary<Address> = fc.record({
		street: text,
		city: text,
		state: text,
		postalCode: text,
		country: text,
		type: fc.constantFrom('work', 'home'),
	});
	const contact: fc.Arbitrary<Contact> = fc
		.tuple(texts, fc.option(phone), fc.option(text), fc.option(text), fc.option(place))
		.map(([fields, number, address, url, home]) => ({
			...fields,
			...(number !== null && { phones: [{ number, type: 'mobile' as const }] }),
			...(address !== null && { emails: [{ address }] }),
			...(url !== null && { urls: [{ url }] }),
			...(home !== null && { addresses: [home] }),
		}));
	const clean = (dirty: Contact): Contact => ({
		...Object.fromEntries(
			TEXT_FIELDS.flatMap((field) => {
				const value = readText(dirty[field], field);
				return value === undefined ? [] : [[field, value]];
			}),
		),
		...(dirty.phones && { phones: dirty.phones }),
		...(dirty.emails && {
			emails: dirty.emails.map(({ address }) => ({ address: oneLine(address) })),
		}),
		...(dirty.urls && { urls: dirty.urls.map(({ url }) => ({ url: oneLine(url) })) }),
		...(dirty.addresses && {
			addresses: dirty.addresses.map((home) => ({
				...home,
				...cleanParts(home),
			})),
		}),
	});
	const cleanParts = (home: Address): Address =>
		Object.fromEntries(
			ADDRESS_PARTS.flatMap((part) => {
				const dirty = home[part];
				return dirty === undefined ? [] : [[part, oneLine(dirty)]];
			}),
		);

	test('has a line for every field and no other, clean or not', () => {
		const lineOf: Partial<Record<ContactField, RegExp>> = {
			nickname: /^NICKNAME:/,
			contactPhone: /^TEL;/,
			title: /^TITLE:/,
			email: /^EMAIL:/,
			url: /^URL:/,
			birthday: /^BDAY:/,
			note: /^NOTE:/,
			businessDescription: /^X-WA-BIZ-DESCRIPTION:/,
			addresses: /^ADR;/,
		};
		fc.assert(
			fc.property(contact, (dirty: Contact) => {
				const lines = writeVCard(dirty).split(/[\r\n\u2028\u2029\u0085]/);
				expect(lines.slice(0, 2)).toEqual(['BEGIN:VCARD', 'VERSION:3.0']);
				expect(lines[2]?.replace(/\\./gu, '').split(';')).toHaveLength(5);
				expect(lines[3]).toMatch(/^FN:/);
				expect(lines.at(-1)).toBe('END:VCARD');
				const expected = CONTACT_FIELDS.flatMap((field) =>
					textsIn(dirty, field).length > 0 ? (lineOf[field] ?? []) : [],
				);
				const hasOrg = dirty.organization !== undefined || dirty.department !== undefined;
				expect(lines).toHaveLength(5 + expected.length + (hasOrg ? 1 : 0));
				for (const pattern of expected) {
					expect(lines.filter((line) => pattern.test(line))).toHaveLength(1);
				}
			}),
			{ numRuns: 1000 },
		);
	});

	test('reads back as the same contact', () => {
		fc.assert(
			fc.property(contact, (dirty: Contact) => {
				const written: Contact = { contactName: 'Zé', ...clean(dirty) };
				const parts = NAME_PARTS.filter((part) => written[part] !== undefined);
				const [only] = parts;
				// One part that is the whole name says nothing more: programs fill N so for want of parts.
				if (only !== undefined && parts.length === 1 && written[only] === written.contactName) {
					delete written[only];
				}
				// What is told by another name than its field's is told so, too.
				const read = readVCards(writeVCard(written), {}).map((card) => {
					if (!('contact' in card)) return card;
					const { extras: _, pasted: __, ...fields } = card.contact;
					return fields;
				});
				expect(read).toEqual([written]);
			}),
			{ numRuns: 1000 },
		);
	});

	test('reads in ical.js as what was written', () => {
		fc.assert(
			fc.property(contact, (dirty: Contact) => {
				const written: Contact = { contactName: 'Zé', ...clean(dirty) };
				const jcard = ICAL.Component.fromString(writeVCard(written));
				const valueOf = (name: string): unknown => jcard.getFirstPropertyValue(name);
				expect(valueOf('version')).toBe('3.0');
				// ical.js leaves \; as it is in values without components.
				const note = valueOf('note') ?? undefined;
				expect(note).toBe(written.note?.replace(/;/g, '\\;'));
				// It also takes the ; after an escaped backslash for an escaped one.
				const { organization, department } = written;
				if (
					organization !== undefined &&
					department !== undefined &&
					!organization.endsWith('\\')
				) {
					expect(valueOf('org')).toEqual([organization, department]);
				}
				const [number] = textsIn(written, 'contactPhone');
				if (number !== undefined) {
					expect(valueOf('tel')).toBe(`+${number}`);
					expect(jcard.getFirstProperty('tel')?.getFirstParameter('waid')).toBe(number);
				}
			}),
			{ numRuns: 500 },
		);
	});

	test('is the same card whether its values were cleaned before or not', () => {
		fc.assert(
			fc.property(contact, (dirty: Contact) => {
				expect(oneLine(writeVCard(dirty))).toBe(oneLine(writeVCard(clean(dirty))));
			}),
		);
	});
});
