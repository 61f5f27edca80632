import fc from 'fast-check';

import { droppedFields, fitted } from '../../nodes/SendContact/contact/carried';
import {
	CONTACT_FIELDS,
	textsIn,
	type Contact,
	type ContactField,
} from '../../nodes/SendContact/contact/Contact';
import { readVCards } from '../../nodes/SendContact/contact/readVCard';
import { flatContact } from '../../nodes/SendContact/providers/shared/flatContact';
import { META_CARD, metaContact } from '../../nodes/SendContact/providers/shared/metaContact';
import {
	vCardBound,
	VCARD_FIELDS,
	vCardOf,
} from '../../nodes/SendContact/providers/shared/vCardBody';

const FULL: Contact = {
	contactName: 'Dra. Ana Maria Souza Filha',
	firstName: 'Ana',
	middleName: 'Maria',
	lastName: 'Souza',
	prefix: 'Dra.',
	suffix: 'Filha',
	nickname: 'Aninha',
	organization: 'Clínica Vida',
	department: 'Pediatria',
	title: 'Médica',
	birthday: '1990-05-21',
	note: 'Nota',
	businessDescription: 'Consultas',
	phones: [
		{ number: '5511988887777', type: 'mobile' },
		{ number: '5544998398733', type: 'work', waId: '554498398733' },
		{ number: '551133334444', type: 'home' },
		{ number: '551133334445', type: 'other' },
		{ number: '190' },
	],
	emails: [
		{ address: 'ana@vida.example', type: 'work' },
		{ address: 'a@b.example', type: 'other' },
	],
	urls: [{ url: 'https://vida.example', type: 'work' }, { url: 'https://ana.example' }],
	addresses: [
		{
			street: 'Rua A, 5',
			city: 'São Paulo',
			state: 'SP',
			postalCode: '01310-100',
			country: 'Brasil',
			countryCode: 'BR',
			type: 'home',
		},
		{ city: 'Santos', type: 'other' },
	],
};

describe('the Cloud API’s contact', () => {
	test('holds everything it can, in the vendor’s words', () => {
		expect(metaContact(FULL)).toEqual({
			name: {
				formatted_name: 'Dra. Ana Maria Souza Filha',
				first_name: 'Ana',
				middle_name: 'Maria',
				last_name: 'Souza',
				prefix: 'Dra.',
				suffix: 'Filha',
			},
			phones: [
				{ phone: '+5511988887777', type: 'CELL', wa_id: '5511988887777' },
				{ phone: '+5544998398733', type: 'WORK', wa_id: '554498398733' },
				{ phone: '+551133334444', type: 'HOME', wa_id: '551133334444' },
				{ phone: '+551133334445', wa_id: '551133334445' },
				{ phone: '190' },
			],
			emails: [{ email: 'ana@vida.example', type: 'WORK' }, { email: 'a@b.example' }],
			addresses: [
				{
					street: 'Rua A, 5',
					city: 'São Paulo',
					state: 'SP',
					zip: '01310-100',
					country: 'Brasil',
					country_code: 'BR',
					type: 'HOME',
				},
				{ city: 'Santos' },
			],
			urls: [{ url: 'https://vida.example', type: 'WORK' }, { url: 'https://ana.example' }],
			org: { company: 'Clínica Vida', department: 'Pediatria', title: 'Médica' },
			birthday: '1990-05-21',
		});
	});

	test.each<[string, Contact, object]>([
		[
			'a full name',
			{ contactName: 'Ana Souza' },
			{ formatted_name: 'Ana Souza', first_name: 'Ana Souza' },
		],
		[
			'a full name with a title that is given besides',
			{ contactName: 'Dra. Ana Souza', prefix: 'Dra.', lastName: 'Souza', suffix: 'Jr.' },
			{ formatted_name: 'Dra. Ana Souza', first_name: 'Dra. Ana Souza', suffix: 'Jr.' },
		],
		[
			'parts alone',
			{ firstName: 'Ana', lastName: 'Souza', prefix: 'Dra.' },
			{ formatted_name: 'Dra. Ana Souza', first_name: 'Ana', last_name: 'Souza', prefix: 'Dra.' },
		],
		['a last name alone', { lastName: 'Souza' }, { formatted_name: 'Souza', first_name: 'Souza' }],
		[
			'an organization alone',
			{ organization: 'Acme' },
			{ formatted_name: 'Acme', first_name: 'Acme' },
		],
	])('names %s, always with a first name', (_, contact, name) => {
		expect(metaContact(contact)).toMatchObject({ name });
		expect(metaContact(contact).name).toEqual(name);
	});

	const KEYS = new Set([
		...['name', 'formatted_name', 'first_name', 'middle_name', 'last_name', 'prefix', 'suffix'],
		...[
			'phones',
			'phone',
			'wa_id',
			'type',
			'emails',
			'email',
			'addresses',
			'street',
			'city',
			'state',
		],
		...['zip', 'country', 'country_code', 'urls', 'url', 'org', 'company', 'department', 'title'],
		'birthday',
	]);
	/** What the vendor refuses: keys it does not know, null, and nothing in the place of something. */
	function complaints(value: unknown, path = ''): string[] {
		if (value === null || value === undefined || value === '') return [path];
		if (typeof value !== 'object') return [];
		if (Object.keys(value).length === 0) return [path];
		return Object.entries(value).flatMap(([key, part]) => [
			...(Array.isArray(value) || KEYS.has(key) ? [] : [`${path}/${key}`]),
			...complaints(part, `${path}/${key}`),
		]);
	}

	test('has no unknown key, no null and no empty text, whatever is filled in, and loses nothing', () => {
		const some = fc.subarray(Object.keys(FULL));
		fc.assert(
			fc.property(some, fc.boolean(), (names, isFullDate) => {
				const contact: Contact = {
					contactName: 'Ana',
					...Object.fromEntries(Object.entries(FULL).filter(([name]) => names.includes(name))),
					...(!isFullDate && { birthday: '21 May' }),
				};
				const fit = fitted(contact, META_CARD);
				const body = metaContact(fit);
				expect(complaints(body)).toEqual([]);
				const dropped = droppedFields(contact, META_CARD);
				if (!isFullDate) expect(dropped).toContain('birthday');
				const sent = JSON.stringify(body);
				const told = META_CARD.carries.filter((field) => !dropped.includes(field));
				for (const text of told.flatMap((field) => textsIn(contact, field))) {
					expect(sent).toContain(text);
				}
			}),
			{ numRuns: 300 },
		);
	});
});

describe('the vCard as a body', () => {
	test('says everything it carries', () => {
		const text = vCardOf(FULL);
		const [card] = readVCards(text, { allowDoubtful: true });
		const read = card !== undefined && 'contact' in card ? card.contact : {};
		for (const field of VCARD_FIELDS) {
			expect([field, textsIn(read, field)]).toEqual([field, textsIn(FULL, field)]);
		}
		expect(CONTACT_FIELDS.filter((field) => !VCARD_FIELDS.includes(field))).toEqual([
			'contactChatId',
		] satisfies ContactField[]);
	});

	test('is what was pasted, in a version that is taken', () => {
		const contact: Contact = {
			contactName: 'Ana',
			pasted: { text: 'BEGIN:VCARD\nVERSION:4.0\nFN:Ana\nEND:VCARD', version: '4.0' },
		};
		expect(vCardOf(contact)).toContain('VERSION:3.0');
		expect(vCardOf(contact, ['3.0', '4.0'])).toBe(contact.pasted?.text);
	});

	test('has a bound that counts what is sent', () => {
		const { text, bound, what } = vCardBound({ atMost: 2048, unit: 'bytes' });
		expect(text(FULL)).toBe(vCardOf(FULL));
		expect(bound).toEqual({ atMost: 2048, unit: 'bytes' });
		expect(what).toMatch(/^The vCard/);
	});
});

describe('flat values', () => {
	test('of a full contact', () => {
		expect(flatContact({ ...FULL, phones: FULL.phones?.slice(1, 3) ?? [] })).toEqual({
			fullName: 'Dra. Ana Maria Souza Filha',
			phone: '5544998398733',
			waId: '554498398733',
			phones: ['5544998398733', '551133334444'],
			organization: 'Clínica Vida',
			email: 'ana@vida.example',
			url: 'https://vida.example',
		});
	});

	test('of a person with a name and a phone', () => {
		const phones = [{ number: '5511988887777' }];
		expect(flatContact({ firstName: 'Ana', lastName: 'Souza', phones })).toEqual({
			fullName: 'Ana Souza',
			phone: '5511988887777',
			waId: '5511988887777',
			phones: ['5511988887777'],
			organization: undefined,
			email: undefined,
			url: undefined,
		});
	});
});
