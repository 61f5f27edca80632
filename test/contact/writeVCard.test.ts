import fc from 'fast-check';
import ICAL from 'ical.js';

import { fitted } from '../../nodes/SendContact/contact/carried';
import type { Address, Contact } from '../../nodes/SendContact/contact/Contact';
import { readVCards } from '../../nodes/SendContact/contact/readVCard';
import { oneLine } from '../../nodes/SendContact/contact/text';
import { writeVCard } from '../../nodes/SendContact/contact/writeVCard';
import { anyContact as contact, clean, named, TEXT_FIELDS, withTypes } from './anyContact';

/** The contact on the one card, without how it came. */
function readBack(text: string): Contact {
	const cards = readVCards(text, { allowDoubtful: true });
	const [card] = cards;
	if (card === undefined || cards.length > 1) throw new Error(`${cards.length} cards`);
	if ('problem' in card) throw card.problem;
	const { extras: _extras, pasted: _pasted, ...contact } = card.contact;
	return contact;
}

test('a card with everything', () => {
	const contact: Contact = {
		contactName: 'Dra. Ana Luísa Souza',
		contactChatId: '10000000',
		firstName: 'Ana',
		middleName: 'Luísa',
		lastName: 'Souza',
		prefix: 'Dra.',
		suffix: 'Filha',
		nickname: 'Aninha, Lu',
		organization: 'Clínica Vida; Saúde',
		department: 'Pediatria, 2º andar',
		title: 'Médica',
		birthday: '1985-02-03',
		note: 'Café às 3 \\ 😀',
		businessDescription: 'Consultas, exames',
		phones: [
			{ number: '5511988887777' },
			{ number: '551133334444', type: 'work' },
			{ number: '5544998398733', type: 'home', waId: '554498398733' },
			{ number: '190', type: 'other' },
		],
		emails: [{ address: 'ana@example.com' }, { address: 'ana@vida.example', type: 'work' }],
		urls: [{ url: 'https://clinica.example/?a=1;b=2,3' }, { url: 'ana.example', type: 'home' }],
		addresses: [
			{
				street: 'Rua A, 5; fundos',
				city: 'São Paulo',
				state: 'SP',
				postalCode: '01310-100',
				country: 'Brasil',
				countryCode: 'BR',
				type: 'work',
			},
			{ city: 'Santos' },
			{ city: 'Lisboa', countryCode: 'PT', type: 'other' },
		],
		extras: [{ name: 'photo' }],
	};
	expect(writeVCard(contact)).toBe(
		[
			'BEGIN:VCARD',
			'VERSION:3.0',
			'N:Souza;Ana;Luísa;Dra.;Filha',
			'FN:Dra. Ana Luísa Souza',
			'NICKNAME:Aninha\\, Lu',
			'TEL;type=CELL;waid=5511988887777:+5511988887777',
			'TEL;type=WORK;waid=551133334444:+551133334444',
			'TEL;type=HOME;waid=554498398733:+5544998398733',
			'TEL;type=OTHER:190',
			'ORG:Clínica Vida\\; Saúde;Pediatria\\, 2º andar',
			'TITLE:Médica',
			'EMAIL:ana@example.com',
			'EMAIL;type=WORK:ana@vida.example',
			'URL:https://clinica.example/?a=1;b=2,3',
			'URL;type=HOME:ana.example',
			'item1.ADR;type=WORK:;;Rua A\\, 5\\; fundos;São Paulo;SP;01310-100;Brasil',
			'item1.X-ABADR:br',
			'ADR:;;;Santos;;;',
			'item3.ADR;type=OTHER:;;;Lisboa;;;PT',
			'item3.X-ABADR:pt',
			'BDAY:1985-02-03',
			'NOTE:Café às 3 \\\\ 😀',
			'X-WA-BIZ-NAME:Clínica Vida\\; Saúde',
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
	[
		'a phone on a desk that is to be the first',
		{ contactName: 'A', phones: [{ number: '551133334444', type: 'work' }, { number: '190' }] },
		[
			'N:;A;;;',
			'FN:A',
			'TEL;type=WORK;type=pref;waid=551133334444:+551133334444',
			'TEL;type=CELL:190',
		],
	],
	[
		'a business without an organization',
		{ contactName: 'A', businessDescription: 'B' },
		['N:;A;;;', 'FN:A', 'X-WA-BIZ-NAME:A', 'X-WA-BIZ-DESCRIPTION:B'],
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
		const parts = ['street', 'city', 'state', 'postalCode', 'country'] as const;
		const contact: Contact = {
			...Object.fromEntries(TEXT_FIELDS.map((field) => [field, injected])),
			phones: [{ number: '666' }],
			emails: [{ address: injected, type: 'work' }],
			urls: [{ url: injected, type: 'home' }],
			addresses: [Object.fromEntries(parts.map((part) => [part, injected]))],
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
	test('has a line for everything and no other, clean or not', () => {
		fc.assert(
			fc.property(contact, (dirty: Contact) => {
				const lines = writeVCard(dirty).split(/[\r\n\u2028\u2029\u0085]/);
				expect(lines.slice(0, 2)).toEqual(['BEGIN:VCARD', 'VERSION:3.0']);
				expect(lines[2]?.replace(/\\./gu, '').split(';')).toHaveLength(5);
				expect(lines.at(-1)).toBe('END:VCARD');
				const count = (pattern: RegExp) => lines.filter((line) => pattern.test(line)).length;
				const codes = (dirty.addresses ?? []).filter(({ countryCode }) => countryCode).length;
				const expected: Array<[RegExp, number]> = [
					[/^FN:/, 1],
					[/^TEL[;:]/, dirty.phones?.length ?? 0],
					[/^EMAIL[;:]/, dirty.emails?.length ?? 0],
					[/^URL[;:]/, dirty.urls?.length ?? 0],
					[/^(?:item\d\.)?ADR[;:]/, dirty.addresses?.length ?? 0],
					[/^item\d\.X-ABADR:[a-z]{2}$/, codes],
					[/^NICKNAME:/, dirty.nickname === undefined ? 0 : 1],
					[/^ORG:/, (dirty.organization ?? dirty.department) === undefined ? 0 : 1],
					[/^TITLE:/, dirty.title === undefined ? 0 : 1],
					[/^BDAY:/, dirty.birthday === undefined ? 0 : 1],
					[/^NOTE:/, dirty.note === undefined ? 0 : 1],
					[/^X-WA-BIZ-DESCRIPTION:/, dirty.businessDescription === undefined ? 0 : 1],
				];
				for (const [pattern, times] of expected) {
					expect([pattern, count(pattern)]).toEqual([pattern, times]);
				}
				const business = count(/^X-WA-BIZ-NAME:/);
				expect(business).toBeLessThanOrEqual(dirty.businessDescription === undefined ? 0 : 1);
				const sum = expected.reduce((all, [, times]) => all + times, 0);
				expect(lines).toHaveLength(4 + sum + business);
			}),
			{ numRuns: 1000 },
		);
	});

	test('reads back as the same contact, lists and all', () => {
		fc.assert(
			fc.property(contact, (dirty: Contact) => {
				const written = named(dirty);
				expect(readBack(writeVCard(written))).toEqual(withTypes(written));
			}),
			{ numRuns: 2000 },
		);
	});

	test('is passed on as the vCard it was written as, and nothing of it is dropped', () => {
		fc.assert(
			fc.property(contact, (dirty: Contact) => {
				const text = writeVCard(named(dirty));
				const [card] = readVCards(text, { allowDoubtful: true });
				const read = card !== undefined && 'contact' in card ? card.contact : {};
				expect(fitted(read, { carries: [], vCard: { versions: ['3.0'] } }).pasted?.text).toBe(text);
			}),
			{ numRuns: 300 },
		);
	});

	test('reads in ical.js as what was written', () => {
		// It leaves \; as it is in values without components, and takes the ; after an escaped backslash for
		// an escaped one.
		const plain = (value: unknown) => String(value).replace(/\\;/g, ';');
		const isSafe = (...values: Array<string | undefined>) =>
			values.every((value) => !value?.endsWith('\\'));
		fc.assert(
			fc.property(contact, (dirty: Contact) => {
				const written = named(dirty);
				const jcard = ICAL.Component.fromString(writeVCard(written));
				const valuesOf = (name: string): unknown[] =>
					jcard.getAllProperties(name).map((property): unknown => property.getFirstValue());
				expect(valuesOf('version')).toEqual(['3.0']);
				expect(valuesOf('fn').map(plain)).toEqual([written.contactName]);
				for (const [name, field] of [
					['note', 'note'],
					['title', 'title'],
					['nickname', 'nickname'],
				] as const) {
					expect(valuesOf(name).map(plain)).toEqual([written[field] ?? []].flat());
				}
				// Of lines that it does not know, it leaves all escapes.
				expect(
					valuesOf('x-wa-biz-description').map((value) => String(value).replace(/\\(.)/gsu, '$1')),
				).toEqual([written.businessDescription ?? []].flat());
				const { organization, department, phones: numbers = [], emails = [], urls = [] } = written;
				if (organization !== undefined && department !== undefined && isSafe(organization)) {
					expect(valuesOf('org')).toEqual([[organization, department]]);
				}
				expect(valuesOf('tel')).toEqual(
					numbers.map(({ number }) => (number.length > 6 ? `+${number}` : number)),
				);
				const tels = jcard.getAllProperties('tel');
				expect(tels.map((tel): unknown => tel.getFirstParameter('waid'))).toEqual(
					numbers.map(({ number }) => (number.length > 6 ? number : undefined)),
				);
				expect(valuesOf('email').map(plain)).toEqual(emails.map(({ address }) => address));
				expect(valuesOf('url')).toEqual(urls.map(({ url }) => url.replace(/\\/g, '\\\\')));
				const places = written.addresses ?? [];
				const parts = ({ street, city, state, postalCode, country, countryCode }: Address) =>
					['', '', street, city, state, postalCode, country ?? countryCode].map(
						(part) => part ?? '',
					);
				if (places.every((address) => isSafe(...parts(address)))) {
					expect(valuesOf('adr')).toEqual(places.map(parts));
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
