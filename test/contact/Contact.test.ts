import {
	droppedFields,
	fitted,
	shownName,
	type Carrying,
} from '../../nodes/SendContact/contact/carried';
import {
	CONTACT_FIELDS,
	entriesIn,
	firstEmail,
	firstPhone,
	firstUrl,
	textsIn,
	type Contact,
	type ContactField,
} from '../../nodes/SendContact/contact/Contact';
import { identityOf } from '../../nodes/SendContact/contact/identity';
import { InputError } from '../../nodes/SendContact/contact/InputError';
import { fullName, nameInParts, nameOutOfParts } from '../../nodes/SendContact/contact/names';

/** A contact with something in every field there is. */
const FULL: Contact = {
	contactName: 'Dra. Ana Maria Souza Filha',
	contactChatId: '10000000',
	firstName: 'Ana',
	middleName: 'Maria',
	lastName: 'Souza',
	prefix: 'Dra.',
	suffix: 'Filha',
	nickname: 'Aninha',
	organization: 'Acme',
	department: 'Vendas',
	title: 'Chefe',
	birthday: '1990-05-21',
	note: 'Nota',
	businessDescription: 'Tudo',
	phones: [{ number: '5511988887777' }, { number: '551133334444', type: 'work' }],
	emails: [{ address: 'a@b.example' }, { address: 'c@d.example', type: 'home' }],
	urls: [{ url: 'https://a.example' }, { url: 'https://b.example' }],
	addresses: [{ street: 'Rua A, 5', city: 'São Paulo', countryCode: 'BR' }],
};

describe('lists', () => {
	test('first entries and the others', () => {
		expect([firstPhone(FULL), firstEmail(FULL), firstUrl(FULL)]).toEqual([
			'5511988887777',
			'a@b.example',
			'https://a.example',
		]);
		expect([firstPhone({}), firstEmail({}), firstUrl({})]).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});

	test('every field says its texts, and nothing where it is empty', () => {
		const texts = CONTACT_FIELDS.map((field) => textsIn(FULL, field));
		expect(texts.map((list) => list.length)).toEqual(
			CONTACT_FIELDS.map((field) => (field === 'addresses' ? 3 : 1)),
		);
		expect(CONTACT_FIELDS.flatMap((field) => textsIn({}, field))).toEqual([]);
		expect(textsIn(FULL, 'morePhones')).toEqual(['551133334444']);
		expect(textsIn(FULL, 'addresses')).toEqual(['Rua A, 5', 'São Paulo', 'BR']);
		expect(entriesIn(FULL, 'addresses')).toBe(1);
		expect(entriesIn(FULL, 'moreEmails')).toBe(1);
		expect(entriesIn({}, 'addresses')).toBe(0);
	});
});

describe('nameInParts', () => {
	const maria = { contactName: 'Maria Luísa Silva' };
	test.each<[string, Contact, Contact, Contact]>([
		['nothing', {}, {}, {}],
		[
			'the whole name alone',
			maria,
			{ firstName: 'Maria Luísa Silva' },
			{ firstName: 'Maria Luísa Silva' },
		],
		[
			'all parts',
			{ ...maria, firstName: 'Maria', middleName: 'Luísa', lastName: 'Silva' },
			{ firstName: 'Maria', middleName: 'Luísa', lastName: 'Silva' },
			{ firstName: 'Maria', middleName: 'Luísa', lastName: 'Silva' },
		],
		[
			'a first name that the user chose to differ',
			{ ...maria, firstName: 'Malu' },
			{ firstName: 'Malu' },
			{ firstName: 'Malu' },
		],
		[
			'a last name the whole name says',
			{ ...maria, lastName: 'SILVA' },
			{ firstName: 'Maria Luísa Silva' },
			{ firstName: 'Maria Luísa Silva' },
		],
		[
			'a last name the whole name does not say',
			{ contactName: 'Мария', lastName: 'Иванова' },
			{ firstName: 'Мария', lastName: 'Иванова' },
			{ firstName: 'Мария', lastName: 'Иванова' },
		],
		[
			'a last name that is the whole name',
			{ contactName: 'Silva', lastName: 'Silva' },
			{ firstName: 'Silva' },
			{ lastName: 'Silva' },
		],
		['a last name alone', { lastName: 'Silva' }, { lastName: 'Silva' }, { lastName: 'Silva' }],
	])('with %s', (_, contact, demanded, optional) => {
		expect(nameInParts(contact, 'demanded')).toEqual(demanded);
		expect(nameInParts(contact, 'optional')).toEqual(optional);
	});

	test('gives no field but the three', () => {
		const contact = { ...maria, prefix: 'Dra.', note: 'x' };
		expect(Object.keys(nameInParts(contact, 'demanded'))).toEqual(['firstName']);
	});
});

describe('nameOutOfParts', () => {
	test('puts the parts in the order they are spoken', () => {
		const parts = {
			lastName: 'Souza',
			prefix: 'Dra.',
			suffix: 'Jr.',
			firstName: 'Ana',
			middleName: 'M.',
		};
		expect(nameOutOfParts(parts)).toBe('Dra. Ana M. Souza Jr.');
		expect(nameOutOfParts({ contactName: 'Ana' })).toBe('');
	});
});

describe('droppedFields', () => {
	const plain: Carrying = { carries: ['contactName', 'contactPhone'] };
	const inParts: Carrying = {
		carries: ['contactName', 'contactPhone', 'firstName', 'lastName'],
		nameInParts: 'optional',
	};
	test.each<[string, Contact, Carrying, string[]]>([
		['nothing filled in', {}, plain, []],
		['all carried', { contactName: 'Ana', phones: [{ number: '5511988887777' }] }, plain, []],
		[
			'fields beyond the vendor',
			{ contactName: 'Ana', note: 'x', emails: [{ address: 'a@b.c' }] },
			plain,
			['email', 'note'],
		],
		[
			'parts the whole name says',
			{ contactName: 'Ana Souza', firstName: 'ana', lastName: 'Souza' },
			plain,
			[],
		],
		['a part it does not say', { contactName: 'Ana', lastName: 'Souza' }, plain, ['lastName']],
		['a prefix it says', { contactName: 'Dra. Ana', prefix: 'Dra.' }, plain, []],
		['a prefix it does not say', { contactName: 'Ana', prefix: 'Dra.' }, plain, ['prefix']],
		['accents typed in two ways', { contactName: 'João', firstName: 'Joa\u0303o' }, plain, []],
		['half of a word', { contactName: 'Mariana', firstName: 'Maria' }, plain, ['firstName']],
		['a whole name for a missing first name', { contactName: 'Ana Souza' }, inParts, []],
		[
			'the same beside a last name',
			{ contactName: 'Dra. Ana Souza', lastName: 'Souza' },
			inParts,
			[],
		],
		[
			'a whole name the parts say',
			{ contactName: 'Ana Souza', firstName: 'Ana', lastName: 'Souza' },
			inParts,
			[],
		],
		[
			'a whole name they do not say',
			{ contactName: 'Ana Souza', firstName: 'Ana' },
			inParts,
			['contactName'],
		],
		[
			'a middle name that is left out, once',
			{ contactName: 'Ana Maria Souza', firstName: 'Ana', middleName: 'Maria', lastName: 'Souza' },
			inParts,
			['middleName'],
		],
		[
			'a vendor that carries no name',
			{ contactName: 'Ana Souza', firstName: 'Ana', contactChatId: '1' },
			{ carries: ['contactChatId'] },
			['contactName', 'firstName'],
		],
		[
			'a vendor that carries the parts only',
			{ contactName: 'Ana Souza', firstName: 'Ana', lastName: 'Souza' },
			{ carries: ['firstName', 'lastName'] },
			[],
		],
		[
			'a whole name beside parts that are shown as well',
			{ contactName: 'Ana Souza', firstName: 'Malu' },
			{ carries: ['contactName', 'firstName'] },
			[],
		],
		[
			'what a vCard held beside, last',
			{
				contactName: 'Ana',
				urls: [{ url: 'https://a.example' }],
				extras: [{ name: 'photo' }, { name: 'phones' }],
			},
			plain,
			['url', 'photo', 'phones'],
		],
		[
			'more entries than the card has room for',
			{
				phones: [{ number: '1' }, { number: '2' }, { number: '3' }, { number: '4' }],
				emails: [{ address: 'a' }, { address: 'b' }],
				urls: [{ url: 'a' }, { url: 'b' }],
				addresses: [{ city: 'a' }, { city: 'b' }],
			},
			{
				carries: ['contactPhone', 'morePhones', 'email', 'moreEmails', 'url', 'addresses'],
				atMost: { morePhones: 2, addresses: 2 },
			},
			['morePhones', 'moreUrls'],
		],
		[
			'lists of a vCard, by the names of its lines and in its order',
			{
				contactName: 'Ana',
				nickname: 'Aninha',
				phones: [{ number: '1' }, { number: '2' }],
				emails: [{ address: 'a' }, { address: 'b' }],
				addresses: [{ city: 'a' }],
				extras: [
					{ name: 'emails', heldIn: 'moreEmails' },
					{ name: 'photo' },
					{ name: 'address', heldIn: 'addresses' },
					{ name: 'nickname', heldIn: 'nickname' },
					{ name: 'phones', heldIn: 'morePhones' },
					{ name: 'phones' },
				],
			},
			{ carries: ['contactName', 'contactPhone', 'email', 'addresses'] },
			['emails', 'photo', 'nickname', 'phones'],
		],
	])('with %s', (_, contact, card, dropped) => {
		expect(droppedFields(contact, card)).toEqual(dropped);
	});

	test('nothing of a vCard that is passed on whole, in a version that is taken', () => {
		const contact: Contact = {
			contactName: 'Ana',
			note: 'x',
			extras: [{ name: 'photo' }],
			pasted: { text: 'BEGIN:VCARD…', version: '4.0' },
		};
		const card: Carrying = { carries: ['contactName'], vCard: { versions: ['3.0', '4.0'] } };
		expect(droppedFields(contact, card)).toEqual([]);
		expect(fitted(contact, card)).toEqual(contact);
		const older: Carrying = { ...card, vCard: { versions: ['3.0'] } };
		expect(droppedFields(contact, older)).toEqual(['note', 'photo']);
		expect(fitted(contact, older).pasted).toBeUndefined();
		expect(fitted(contact, { carries: ['contactName'] }).pasted).toBeUndefined();
	});

	test('nothing is dropped where all is carried, and all where nothing is', () => {
		expect(droppedFields(FULL, { carries: CONTACT_FIELDS })).toEqual([]);
		expect(droppedFields(FULL, { carries: [] })).toEqual([...CONTACT_FIELDS]);
	});

	test('each field by its own name, where it alone is not carried', () => {
		// Of a name, what the other fields say of it is not lost.
		const { contactName: _said, ...rest } = FULL;
		for (const field of CONTACT_FIELDS.filter((one) => one !== 'contactName')) {
			const carries = CONTACT_FIELDS.filter((other) => other !== field);
			expect(droppedFields(rest, { carries })).toEqual([field]);
		}
	});
});

test('a text that does not look as the messenger demands is dropped, and not sent', () => {
	const card: Carrying = {
		carries: ['contactName', 'birthday'],
		forms: { birthday: /^\d{4}-\d{2}-\d{2}$/ },
	};
	const good: Contact = { contactName: 'Ana', birthday: '1990-05-21' };
	expect([droppedFields(good, card), fitted(good, card)]).toEqual([[], good]);
	const bad: Contact = { contactName: 'Ana', birthday: 'in May' };
	expect([droppedFields(bad, card), fitted(bad, card)]).toEqual([
		['birthday'],
		{ contactName: 'Ana' },
	]);
});

test('a contact is fitted to what the card has room for', () => {
	expect(fitted(FULL, { carries: CONTACT_FIELDS })).toEqual(FULL);
	const few: ContactField[] = ['contactPhone', 'email', 'url'];
	expect(fitted(FULL, { carries: few })).toEqual({
		...FULL,
		phones: FULL.phones?.slice(0, 1),
		emails: FULL.emails?.slice(0, 1),
		urls: FULL.urls?.slice(0, 1),
		addresses: undefined,
	});
	expect(fitted({ contactName: 'Ana' }, { carries: few })).toEqual({ contactName: 'Ana' });
});

describe('the name that is shown', () => {
	const parts = (nameInParts: Carrying['nameInParts']): Carrying => ({
		carries: ['contactName', 'firstName', 'lastName'],
		...(nameInParts && { nameInParts }),
	});
	test.each<[string, Contact, Carrying, string | undefined]>([
		['in full', { contactName: 'Dra. Ana', firstName: 'Ana' }, parts(undefined), 'Dra. Ana'],
		['in full, out of parts', { prefix: 'Dra.', firstName: 'Ana' }, parts(undefined), 'Dra. Ana'],
		['in the parts that are carried', FULL, parts('optional'), 'Ana Souza'],
		['with the whole for a first name', { contactName: 'Ana S' }, parts('optional'), 'Ana S'],
		['without a name', { organization: 'Acme' }, parts('optional'), undefined],
		['for the records alone', { contactName: 'Ana' }, { carries: ['contactChatId'] }, 'Ana'],
	])('%s', (_, contact, card, name) => {
		expect(shownName(contact, card)).toBe(name);
	});
});

test.each<[string, Contact, string]>([
	['the whole name', FULL, 'Dra. Ana Maria Souza Filha'],
	['the parts', { lastName: 'Souza', organization: 'Acme' }, 'Souza'],
	['the organization', { organization: 'Acme', emails: [{ address: 'a@b.c' }] }, 'Acme'],
	['a mail address', { emails: [{ address: 'a@b.c' }], phones: [{ number: '1' }] }, 'a@b.c'],
	['a phone', { phones: [{ number: '190' }] }, '190'],
	['nothing', {}, ''],
])('a card goes by %s', (_, contact, name) => {
	expect(fullName(contact)).toBe(name);
});

describe('what Skip Duplicates has written down is recognised', () => {
	test('fields, as the first version had them', () => {
		const contact: Contact = {
			contactName: 'Ana',
			phones: [{ number: '5511988887777' }],
			department: 'Vendas',
			emails: [{ address: 'a@b.example' }],
			lastName: 'Souza',
			urls: [{ url: 'https://a.example' }],
		};
		expect(JSON.stringify(identityOf(contact))).toBe(
			'{"contactName":"Ana","contactPhone":"5511988887777","department":"Vendas","email":"a@b.example","lastName":"Souza","url":"https://a.example"}',
		);
	});

	test('a vCard, as the first version had it', () => {
		const contact: Contact = {
			emails: [{ address: 'a@b.example', type: 'work' }],
			contactName: 'Ana',
			nickname: 'Aninha',
			phones: [{ number: '5511988887777', type: 'mobile', waId: '551188887777' }],
			extras: [{ name: 'photo' }, { name: 'nickname', heldIn: 'nickname' }, { name: 'photo' }],
			pasted: { text: 'BEGIN:VCARD', version: '3.0' },
		};
		expect(JSON.stringify(identityOf(contact))).toBe(
			'{"email":"a@b.example","contactName":"Ana","contactPhone":"5511988887777","beyond":["photo","nickname"]}',
		);
	});

	test.each<[string, Contact]>([
		['a second phone', { phones: [{ number: '1' }, { number: '3' }] }],
		['an address', { phones: [{ number: '1' }], addresses: [{ city: 'x' }] }],
		['a nickname', { phones: [{ number: '1' }], nickname: 'x' }],
	])('%s makes another card', (_, contact) => {
		expect(identityOf(contact)).not.toEqual(identityOf({ phones: [{ number: '1' }] }));
	});
});

test('an InputError carries where, what and the way out', () => {
	const refusal = new InputError({ parameter: 'to', message: 'what', description: 'way out' });
	expect(refusal).toBeInstanceOf(Error);
	expect(refusal).toMatchObject({
		name: 'InputError',
		parameter: 'to',
		message: 'what',
		description: 'way out',
	});
});
