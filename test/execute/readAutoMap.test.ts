// What is filled in on the node, over what Auto-Map finds: field by field, and for every messenger that takes it.
import { readAutoMap } from '../../nodes/SendContact/execute/readAutoMap';
import { providers } from '../../nodes/SendContact/providers';
import type { Messenger } from '../../nodes/SendContact/providers/Provider';
import { refusalOf } from '../contact/refusal';

const messengers = providers.flatMap((provider) => provider.messengers);
/** One that carries as much as any: what is filled in is not in its way. */
const richest = messengers.reduce((one, other) =>
	other.card.carries.length > one.card.carries.length ? other : one,
);

const ITEM = {
	name: 'Maria Silva',
	'first name': 'Maria',
	'last name': 'Silva',
	mobile: '+55 11 98888-7777',
	'work phone': '+55 11 3051-2000',
	email: 'maria@acme.example',
	company: 'ACME',
	city: 'São Paulo',
};

function read(
	filled: Record<string, unknown>,
	item: unknown = ITEM,
	messenger: Messenger = richest,
) {
	const [card, ...others] = readAutoMap(item, (name) => filled[name], messenger, {
		allowDoubtful: false,
	});
	expect(others).toEqual([]);
	if (card === undefined || 'problem' in card) throw new Error('No card');
	return card;
}

test('nothing filled in: all as it was found', () => {
	expect(read({})).toEqual({
		contact: {
			contactName: 'Maria Silva',
			firstName: 'Maria',
			lastName: 'Silva',
			organization: 'ACME',
			phones: [
				{ number: '5511988887777', type: 'mobile' },
				{ number: '551130512000', type: 'work' },
			],
			emails: [{ address: 'maria@acme.example' }],
			addresses: [{ city: 'São Paulo' }],
		},
		foundAt: {
			name: 'name',
			firstName: 'first name',
			lastName: 'last name',
			organization: 'company',
			phone: 'mobile',
			morePhones: 'work phone',
			email: 'email',
			addresses: 'city',
		},
	});
});

test('a name that is filled in stands in for every part that was found', () => {
	const { contact, foundAt } = read({ contactName: 'Reception' });
	expect(contact).toMatchObject({ contactName: 'Reception', organization: 'ACME' });
	expect(contact).not.toHaveProperty('firstName');
	expect(contact).not.toHaveProperty('lastName');
	expect(Object.keys(foundAt ?? {})).not.toEqual(
		expect.arrayContaining([expect.stringMatching(/name/i)]),
	);
});

test('a part of the name that is filled in changes the name', () => {
	const { contact, foundAt } = read({ additionalFields: { firstName: 'Ana' } });
	expect(contact).toMatchObject({ contactName: 'Ana Silva', firstName: 'Ana', lastName: 'Silva' });
	expect(foundAt).toMatchObject({ lastName: 'last name' });
	expect(foundAt).not.toHaveProperty('name');
	expect(foundAt).not.toHaveProperty('firstName');
});

test('a phone that is filled in is the only one: found ones are not given away beside it', () => {
	const { contact, foundAt } = read({ contactPhone: '+55 11 3000-0000' });
	expect(contact.phones).toEqual([{ number: '551130000000' }]);
	expect(foundAt).not.toHaveProperty('phone');
	expect(foundAt).not.toHaveProperty('morePhones');
});

test('more phones that are filled in follow the one that was found', () => {
	const morePhones = { phone: [{ number: '+55 11 3000-0000', type: 'work' }] };
	const { contact, foundAt } = read({ additionalFields: { morePhones } });
	expect(contact.phones).toEqual([
		{ number: '5511988887777', type: 'mobile' },
		{ number: '551130000000', type: 'work' },
	]);
	expect(foundAt).toMatchObject({ phone: 'mobile' });
	expect(foundAt).not.toHaveProperty('morePhones');
});

test('other fields one by one', () => {
	const { contact, foundAt } = read({
		additionalFields: { email: 'desk@acme.example', organization: 'ACME Ltda', url: '' },
	});
	expect(contact).toMatchObject({
		organization: 'ACME Ltda',
		emails: [{ address: 'desk@acme.example' }],
		contactName: 'Maria Silva',
	});
	expect(foundAt).not.toHaveProperty('email');
	expect(foundAt).not.toHaveProperty('organization');
	expect(foundAt).toHaveProperty('name');
});

test('a received card goes on whole only where nothing is filled in', () => {
	const item = {
		contact: { vCard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Maria\nTEL:+5511988887777\nEND:VCARD' },
	};
	expect(read({}, item).contact).toHaveProperty('pasted');
	const { contact } = read({ contactName: 'Ana' }, item);
	expect(contact).toEqual({ contactName: 'Ana', phones: [{ number: '5511988887777' }] });
});

test('everything filled in: the item may be anything', () => {
	const filled = { contactName: 'Ana', contactPhone: '+5511988887777' };
	for (const item of [null, [], 'text', {}, { dealId: 1 }, { name: 'x', phone: 'y' }]) {
		expect(read(filled, item).contact.phones).toEqual([{ number: '5511988887777' }]);
		expect(read(filled, item).foundAt).toEqual({});
	}
});

test.each(
	messengers
		.filter(({ card }) => card.carries.includes('contactPhone'))
		.map(
			(messenger) => [`${messenger.displayName} ${messenger.documentationUrl}`, messenger] as const,
		),
)('%s: a name that is nowhere is asked for', (_name, messenger) => {
	const problem = refusalOf(() => read({}, { phone: '+5511988887777' }, messenger));
	expect(problem.parameter).toBe('contactName');
	expect(problem.message).toMatch(/No name/);
	expect(problem.description).toMatch(/Contact Name/);
});

test('a part that is filled in is put to the name that was found, which stays', () => {
	const item = { name: 'Ana Lima', phone: '+55 11 98888-7777' };
	for (const part of ['prefix', 'suffix', 'middleName', 'lastName']) {
		const { contact } = read({ additionalFields: { [part]: 'Dr.' } }, item);
		expect(contact).toMatchObject({ contactName: 'Ana Lima', [part]: 'Dr.' });
	}
});

test('two people are not chosen between, however they stand in the item', () => {
	const phones = ['+55 11 98888-7777', '+55 11 97777-6666'];
	const items = [
		{ name: ['Ana Lima', 'Bob Reis'], phone: phones },
		{ firstName: 'Ana', first_name: 'Bob', phone: phones[0] },
		{
			data: [
				{ name: 'Ana Lima', phone: phones[0] },
				{ name: 'Bob Reis', phone: phones[0] },
			],
		},
	];
	for (const item of items) expect(refusalOf(() => read({}, item)).message).not.toBe('');
});
