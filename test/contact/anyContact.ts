// Contacts of every kind, for property tests: awkward texts in every field, and lists of every length.
import fc from 'fast-check';

import type { Contact, Phone, TextField } from '../../nodes/SendContact/contact/Contact';
import { NAME_PARTS } from '../../nodes/SendContact/contact/names';
import { oneLine, readText } from '../../nodes/SendContact/contact/text';

/** The fields with one text that a vCard holds. */
export const TEXT_FIELDS = [
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

const text = fc
	.string({
		unit: fc.oneof(
			fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
			fc.constantFrom(
				...[';', ',', '\\', ':', '\\n', '\n', '\r\n', '"', '=', '+', ' '],
				...['BEGIN:VCARD', 'END:VCARD', 'TEL:', 'item1.'],
			),
			fc.constantFrom('é', 'Ж', '😀', '👨‍👩‍👧', '\u00a0', '\u2028', '\ud83d', 'tel:', 'http://'),
		),
		minLength: 1,
		maxLength: 12,
	})
	// Separators alone are as good as nothing, and a lost letter is doubted.
	.filter((value) => /[^;,\s]/u.test(readText(value, 'note') ?? '') && !value.includes('\ufffd'));
const place = fc.constantFrom('work' as const, 'home' as const, 'other' as const);
const phones = fc.uniqueArray(
	fc.record(
		{
			number: fc.constantFrom('5511988887777', '554498398733', '79876543210', '4520123456', '190'),
			type: fc.constantFrom('mobile' as const, 'work' as const, 'home' as const, 'other' as const),
		},
		{ requiredKeys: ['number'] },
	),
	{ selector: ({ number }) => number, maxLength: 4 },
);
const addresses = fc.array(
	fc.record(
		{
			street: text,
			city: text,
			state: text,
			postalCode: text,
			country: text,
			countryCode: fc.constantFrom('BR', 'PT', 'DE'),
			type: place,
		},
		{ requiredKeys: ['city'] },
	),
	{ maxLength: 3 },
);
const texts = fc.record(
	{
		...Object.fromEntries(TEXT_FIELDS.map((field) => [field, text])),
		// A date that is written in another way does not come back letter by letter.
		birthday: fc.constantFrom('1990-02-03', '2000-12-31', '--02-03', 'circa 1800'),
	},
	{ requiredKeys: [] },
);
const listed = <T extends object>(field: string, arbitrary: fc.Arbitrary<T[]>) =>
	arbitrary.map((list): Contact => (list.length === 0 ? {} : { [field]: list }));
const distinct = (entry: 'address' | 'url') =>
	fc.uniqueArray(fc.record({ [entry]: text, type: place }, { requiredKeys: [entry] }), {
		selector: (one) => oneLine(one[entry]),
		maxLength: 3,
	});
/** Any contact that a vCard holds, its texts as nobody has cleaned them. */
export const anyContact: fc.Arbitrary<Contact> = fc
	.tuple(
		texts,
		listed('phones', phones),
		listed('emails', distinct('address')),
		listed('urls', distinct('url')),
		listed('addresses', addresses),
	)
	.map(([fields, numbers, emails, urls, places]): Contact => ({
		...fields,
		...numbers,
		...emails,
		...urls,
		...places,
	}));

/** Every text on one line. */
export const clean = (dirty: Contact): Contact =>
	JSON.parse(JSON.stringify(dirty), (_, value: unknown) =>
		typeof value === 'string' ? oneLine(value) : value,
	) as Contact;
/** With the phones as they read back: one whose type is not said is a mobile. */
export const withTypes = ({ phones: list, ...rest }: Contact): Contact => ({
	...rest,
	...(list && { phones: list.map((phone): Phone => ({ type: 'mobile', ...phone })) }),
});
/** With the name that the card goes by, as it reads back. */
export const named = (dirty: Contact): Contact => {
	const written: Contact = { contactName: 'Zé', ...clean(dirty) };
	const [only, ...more] = NAME_PARTS.filter((part) => written[part] !== undefined);
	// One part that is the whole name says nothing more: programs fill N so for want of parts.
	if (only !== undefined && more.length === 0 && written[only] === written.contactName) {
		const { [only]: _repeated, ...others } = written;
		return others;
	}
	return written;
};
