import {
	CONTACT_FIELDS,
	droppedFields,
	nameInParts,
	nameOutOfParts,
	type Contact,
	type ContactField,
} from '../../nodes/SendContact/contact/Contact';
import { InputError } from '../../nodes/SendContact/contact/InputError';

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
		const contact = { ...maria, prefix: 'Dra.', email: 'maria@example.com' };
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
	const plain: ContactField[] = ['contactName', 'contactPhone'];
	const inParts: ContactField[] = ['contactName', 'contactPhone', 'firstName', 'lastName'];
	test.each<[string, Contact, ContactField[], string[]]>([
		['nothing filled in', {}, plain, []],
		['all carried', { contactName: 'Ana', contactPhone: '5511988887777' }, plain, []],
		[
			'fields beyond the vendor',
			{ contactName: 'Ana', note: 'x', email: 'a@b.c' },
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
			['contactChatId'],
			['contactName', 'firstName'],
		],
		[
			'a vendor that carries the parts only',
			{ contactName: 'Ana Souza', firstName: 'Ana', lastName: 'Souza' },
			['firstName', 'lastName'],
			[],
		],
		[
			'what a vCard held beyond, last',
			{ contactName: 'Ana', url: 'https://a.example', beyond: ['photo', 'phones'] },
			plain,
			['url', 'photo', 'phones'],
		],
	])('with %s', (_, contact, carries, dropped) => {
		expect(droppedFields(contact, carries)).toEqual(dropped);
	});

	test('nothing is dropped where all is carried, and all where nothing is', () => {
		const all = Object.fromEntries(CONTACT_FIELDS.map((field) => [field, 'Ana']));
		expect(droppedFields(all, CONTACT_FIELDS)).toEqual([]);
		expect(droppedFields(all, [])).toEqual([...CONTACT_FIELDS]);
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
