import { CONTACT_FIELDS, type Contact } from '../../nodes/SendContact/contact/Contact';
import { InputError } from '../../nodes/SendContact/contact/InputError';
import type { ReadCard } from '../../nodes/SendContact/contact/readVCard';
import { writeVCard } from '../../nodes/SendContact/contact/writeVCard';
import { checkCard } from '../../nodes/SendContact/execute/checkCard';
import { messagesOf } from '../../nodes/SendContact/execute/messagesOf';
import { plugzApi } from '../../nodes/SendContact/providers/plugzApi';
import type { Bound, CardKind } from '../../nodes/SendContact/providers/Provider';
import type { Service } from '../../nodes/SendContact/providers/services';

/** A vendor that takes such cards. */
function vendorFor(card: Partial<CardKind>): Service {
	const messenger = {
		...plugzApi.messengers[0],
		card: { carries: CONTACT_FIELDS, requires: [], ...card },
	};
	return { provider: { ...plugzApi, displayName: 'Acme', messengers: [messenger] }, messenger };
}

const named = (contactName: string, more: Contact = {}): ReadCard => ({
	contact: { contactName, ...more },
});
const unusable = (name: string): ReadCard => ({
	problem: new InputError({ parameter: 'vCard', message: 'x', description: 'y' }),
	name,
});

/** `A+B` for a message with two cards, `(C)` for one that is left out. */
const sketch = (cards: ReadCard[], service: Service) =>
	messagesOf(cards, service, false).map((made) =>
		'problem' in made
			? `(${made.name ?? ''})`
			: made.contacts.map(({ contactName }) => contactName).join('+'),
	);

describe('several cards', () => {
	const five = ['A', 'B', 'C', 'D', 'E'].map((name) => named(name));

	test.each<[number | undefined, string[]]>([
		[undefined, ['A', 'B', 'C', 'D', 'E']],
		[1, ['A', 'B', 'C', 'D', 'E']],
		[2, ['A+B', 'C+D', 'E']],
		[5, ['A+B+C+D+E']],
		[257, ['A+B+C+D+E']],
	])('go out with %s in a message', (perMessage, messages) => {
		expect(sketch(five, vendorFor(perMessage === undefined ? {} : { perMessage }))).toEqual(
			messages,
		);
	});

	test('of which one cannot be sent: its neighbours go, and it is told in its place', () => {
		const cards = [named('A'), unusable('X'), named('B'), named('C'), unusable('Y')];
		expect(sketch(cards, vendorFor({}))).toEqual(['A', '(X)', 'B', 'C', '(Y)']);
		expect(sketch(cards, vendorFor({ perMessage: 2 }))).toEqual(['A+B', '(X)', 'C', '(Y)']);
	});

	test('of which one is not what the vendor demands: the same', () => {
		const phones = [{ number: '5511988887777' }];
		const cards = [named('A', { phones }), named('X'), named('B', { phones })];
		const made = messagesOf(cards, vendorFor({ requires: ['contactPhone'] }), false);
		expect(made).toMatchObject([
			{ contact: { contactName: 'A' }, position: 0 },
			{ problem: { parameter: 'contactPhone', message: 'Contact Phone is empty' }, name: 'X' },
			{ contact: { contactName: 'B' }, position: 2 },
		]);
	});

	test('report what is dropped of any of them, once', () => {
		const cards = [named('A', { note: 'x', title: 'y' }), named('B', { title: 'z' }), named('C')];
		const made = messagesOf(cards, vendorFor({ carries: ['contactName'], perMessage: 2 }), false);
		expect(made).toMatchObject([
			{ dropped: ['title', 'note'], position: 0 },
			{ dropped: [], position: 2 },
		]);
	});
});

describe('a vCard that was pasted', () => {
	const pasted = { text: 'BEGIN:VCARD and a long photo', version: '3.0' as const };
	const text = (contact: Contact) => contact.pasted?.text ?? contact.contactName ?? '';
	const bounded = (atMost: number): Service =>
		vendorFor({
			carries: ['contactName'],
			vCard: { versions: ['3.0'] },
			built: [
				{
					what: 'The vCard',
					text,
					bound: { atMost, unit: 'bytes' },
					parameter: 'note',
					wayOut: 'Shorten the note.',
				},
			],
		});
	const card = named('Zoë', { pasted, note: 'x', extras: [{ name: 'photo' }] });

	test('is passed on whole where it fits', () => {
		expect(messagesOf([card], bounded(28), false)).toEqual([
			expect.objectContaining({ dropped: [], contact: { ...contactOf(card) } }),
		]);
	});

	test('gives way to its fields where it is too long, and says what is lost', () => {
		const [made] = messagesOf([card], bounded(27), false);
		expect(made).toMatchObject({ dropped: ['note', 'photo'], contact: { contactName: 'Zoë' } });
		expect(made).not.toHaveProperty('contact.pasted');
	});

	test('is refused where its fields are too long as well', () => {
		expect(messagesOf([card], bounded(3), false)).toEqual([
			{
				problem: expect.objectContaining({
					parameter: 'note',
					message: 'The vCard has 4 bytes; Acme takes up to 3',
					description: 'Shorten the note.',
				}) as unknown,
				name: 'Zoë',
			},
		]);
	});
});

const contactOf = (card: ReadCard): Contact => ('contact' in card ? card.contact : {});

describe('bounds', () => {
	// One sign that is two UTF-16 units and four bytes.
	const sign = '😀';
	test.each<[Bound['unit'], number, string]>([
		['characters', 10, '11 characters'],
		['utf16Units', 20, '22 characters'],
		['bytes', 40, '44 bytes'],
	])('are counted in %s, and hold at their edge', (unit, atMost, length) => {
		const vendor = vendorFor({ bounds: { note: { atMost, unit } } });
		expect(checkCard({ note: sign.repeat(10) }, vendor, false)).toBeUndefined();
		expect(checkCard({ note: sign.repeat(11) }, vendor, false)).toEqual({
			parameter: 'note',
			message: `Note has ${length}; Acme takes up to ${atMost}`,
			description: 'Shorten it.',
		});
	});

	test('hold for each entry of a list, and name it', () => {
		const vendor = vendorFor({ bounds: { moreUrls: { atMost: 3, unit: 'characters' } } });
		const urls = ['a-first-one', 'abc', 'abcd'].map((url) => ({ url }));
		expect(checkCard({ urls: urls.slice(0, 2) }, vendor, false)).toBeUndefined();
		expect(checkCard({ urls }, vendor, false)).toMatchObject({
			parameter: 'moreUrls',
			message: 'More URLs “abcd” has 4 characters; Acme takes up to 3',
		});
	});

	test('hold for what is built out of a contact, and for no field that is not carried', () => {
		const built = [
			{
				what: 'The vCard',
				text: writeVCard,
				bound: { atMost: 60, unit: 'bytes' as const },
				parameter: 'contactName',
				wayOut: 'Shorten the name.',
			},
		];
		const vendor = vendorFor({
			carries: ['contactName'],
			bounds: { note: { atMost: 1, unit: 'bytes' } },
			built,
		});
		expect(checkCard({ contactName: 'Ana', note: 'xx' }, vendor, false)).toBeUndefined();
		expect(checkCard({ contactName: 'A'.repeat(30) }, vendor, false)?.message).toMatch(
			/^The vCard has \d+ bytes; Acme takes up to 60$/,
		);
	});
});

describe('phones that go out as numbers', () => {
	const vendor = vendorFor({ phone: { min: 7, max: 15 } });
	test.each<[string, string[], string | undefined]>([
		['a good one', ['5511988887777'], undefined],
		['a short one', ['190'], 'contactPhone'],
		['a zero in front', ['0119888877'], 'contactPhone'],
		['a long second one', ['5511988887777', '1'.repeat(16)], 'morePhones'],
	])('%s', (_, numbers, parameter) => {
		const phones = numbers.map((number) => ({ number }));
		expect(checkCard({ phones }, vendor, false)?.parameter).toBe(parameter);
	});

	test('a short one may be sent at the user’s wish', () => {
		expect(checkCard({ phones: [{ number: '190' }] }, vendor, true)).toBeUndefined();
	});
});

test('an email address is looked at where it goes out as one, and not inside a vCard', () => {
	const emails = [{ address: 'a@b.example' }, { address: 'nobody' }];
	expect(checkCard({ emails }, vendorFor({}), false)).toMatchObject({
		parameter: 'moreEmails',
		message: 'More Emails “nobody” is not an email address',
	});
	expect(checkCard({ emails }, vendorFor({ vCard: { versions: [] } }), false)).toBeUndefined();
});
