import { CONTACT_FIELDS, type Contact } from '../../nodes/SendContact/contact/Contact';
import { readFields } from '../../nodes/SendContact/execute/readFields';
import { refusalOf } from './refusal';

const read = (
	filled: Record<string, unknown>,
	additionalFields: unknown = {},
	carries: Parameters<typeof readFields>[1] = CONTACT_FIELDS,
): Contact =>
	readFields((name) => ({ ...filled, additionalFields })[name], carries, { allowDoubtful: false });

test('everything the panel has', () => {
	const contact = read(
		{ contactName: ' Ana Souza ', contactPhone: '+55 11 98888-7777', contactChatId: 10000000 },
		{
			firstName: 'Ana',
			nickname: 'Aninha',
			birthday: '1990-05-21T00:00:00.000Z',
			email: 'ana@example.com',
			url: 'https://ana.example',
			morePhones: {
				phone: [
					{ number: '+55 (11) 3333-4444', type: 'work' },
					{ number: '', type: 'home' },
					{ number: '+55 11 98888 7777', type: 'mobile' },
					{ number: '+55 21 97777-6666', type: '' },
				],
			},
			moreEmails: {
				email: [{ address: 'b@example.com', type: 'Other' }, { address: 'c@example.com' }],
			},
			moreUrls: { url: [{ url: 'https://b.example', type: 'home' }] },
			addresses: {
				address: [
					{
						street: 'Rua A, 5',
						city: 'São Paulo',
						postalCode: 1000,
						countryCode: 'br',
						type: 'work',
					},
					{ street: ' ', type: 'home' },
					{ country: 'Brasil' },
				],
			},
		},
	);
	expect(contact).toEqual({
		contactName: 'Ana Souza',
		contactChatId: '10000000',
		firstName: 'Ana',
		nickname: 'Aninha',
		birthday: '1990-05-21',
		phones: [
			{ number: '5511988887777' },
			{ number: '551133334444', type: 'work' },
			{ number: '5521977776666' },
		],
		emails: [
			{ address: 'ana@example.com' },
			{ address: 'b@example.com', type: 'other' },
			{ address: 'c@example.com' },
		],
		urls: [{ url: 'https://ana.example' }, { url: 'https://b.example', type: 'home' }],
		addresses: [
			{
				street: 'Rua A, 5',
				city: 'São Paulo',
				postalCode: '1000',
				countryCode: 'BR',
				type: 'work',
			},
			{ country: 'Brasil' },
		],
	});
});

test.each<[string, unknown]>([
	['nothing', undefined],
	['an empty text', ''],
	['no rows', {}],
	['an empty list', []],
	['an empty row', { phone: [{}] }],
	['a row with a type alone', { phone: [{ number: '', type: 'work' }] }],
])('a list with %s is not there', (_, morePhones) => {
	expect(read({}, { morePhones })).toEqual({});
	expect(read({}, { morePhones }, ['contactPhone'])).toEqual({});
});

test.each<[string, unknown]>([
	['as the panel stores it', { phone: [{ number: '+5511988887777' }] }],
	['a list', [{ number: '+5511988887777' }]],
	['one row', { number: '+5511988887777' }],
	['one row under its key', { phone: { number: '+5511988887777' } }],
])('a list is read: %s', (_, morePhones) => {
	expect(read({}, { morePhones })).toEqual({ phones: [{ number: '5511988887777' }] });
});

test('a list left from another messenger is told, and cannot do harm', () => {
	const additional = {
		morePhones: { phone: [{ number: 'call me' }] },
		moreEmails: 'junk',
		moreUrls: { url: [{ url: '' }] },
		addresses: { address: [{ type: 'work', city: 'x' }] },
		email: 'a@example.com',
	};
	expect(read({ contactPhone: 'no phone' }, additional, ['contactName', 'email'])).toEqual({
		emails: [{ address: 'a@example.com' }],
		extras: [{ name: 'morePhones' }, { name: 'moreEmails' }, { name: 'addresses' }],
	});
});

test.each<[string, Record<string, unknown>, string, string]>([
	['a phone', { morePhones: { phone: [{ number: 'call me' }] } }, 'morePhones', 'holds letters'],
	['a list of texts', { morePhones: ['+5511988887777'] }, 'morePhones', 'no list of entries'],
	['an object', { moreEmails: [{ address: {} }] }, 'moreEmails', 'an object instead of a text'],
	['a type', { moreUrls: [{ url: 'x', type: 'boat' }] }, 'moreUrls', 'no type “boat”'],
	['a mobile', { addresses: [{ city: 'x', type: 'mobile' }] }, 'addresses', 'no type “mobile”'],
	['a country', { addresses: [{ countryCode: 'BRA' }] }, 'addresses', '“BRA” is not the code'],
])('%s that cannot be is refused by the name of its list', (_, additional, parameter, said) => {
	const refusal = refusalOf(() => read({}, additional));
	expect(refusal.parameter).toBe(parameter);
	expect(refusal.message).toContain(said);
	expect(refusal.description).toMatch(/\.$/);
});

describe('Additional Fields as one expression', () => {
	test.each<[string, unknown]>([
		['JSON', '{"email":"ana@example.com"}'],
		['a list', [{ email: 'ana@example.com' }]],
		['a number', 5],
		['a switch', true],
	])('that gives %s is refused: what is in it would be lost', (_, given) => {
		const refusal = refusalOf(() => read({}, given));
		expect(refusal.parameter).toBe('additionalFields');
		expect(refusal.message).toContain('gives no set of fields');
		expect(refusal.description).toMatch(/\.$/);
	});

	test.each<[string, unknown]>([
		['nothing', undefined],
		['null', null],
		['an empty text', ''],
	])('that gives %s gives no fields', (_, given) => {
		expect(read({ contactName: 'Ana' }, given)).toEqual({ contactName: 'Ana' });
	});

	test('tells what it gives that is no field, where that holds something', () => {
		const given = { email: 'a@example.com', emial: 'b@example.com', cpf: 5, x: '', y: null, z: {} };
		expect(read({}, given)).toEqual({
			emails: [{ address: 'a@example.com' }],
			extras: [{ name: 'emial' }, { name: 'cpf' }],
		});
	});
});
