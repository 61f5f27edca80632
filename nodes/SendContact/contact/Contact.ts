// The person on the card. Knows no vendor and no n8n.

/**
 * Every field a card can be filled with, named as the panel's parameters are (INTERFACE.md), in the
 * order in which dropped ones are listed.
 */
export const CONTACT_FIELDS = [
	'contactName',
	'contactPhone',
	'contactChatId',
	'firstName',
	'middleName',
	'lastName',
	'prefix',
	'suffix',
	'organization',
	'department',
	'title',
	'email',
	'url',
	'birthday',
	'note',
	'businessDescription',
] as const;

/** One of {@link CONTACT_FIELDS}. */
export type ContactField = (typeof CONTACT_FIELDS)[number];

/**
 * One person's card. Every value is trimmed, free of control characters and never empty: a field that
 * was not filled in is absent.
 */
export interface Contact extends Partial<Record<ContactField, string>> {
	/**
	 * The phone as digits with the country code and without `+`, such as `5511988887777`, or a short
	 * code the user allowed. The first one where the card had several.
	 */
	contactPhone?: string;
	/** What a vCard held beyond the fields above, by name (`photo`, `address`, `phones`…): see `readVCards`. */
	beyond?: readonly string[];
}

/** The fields that carry a person's name in parts. */
export const NAME_PARTS = ['firstName', 'middleName', 'lastName'] as const;

type NameParts = Pick<Contact, (typeof NAME_PARTS)[number]>;

/** The fields that say who the person is; what one of them says, another need not repeat. */
const NAME_FIELDS: ReadonlySet<ContactField> = new Set([
	'contactName',
	...NAME_PARTS,
	'prefix',
	'suffix',
]);

function wordsOf(text: string): string[] {
	return text.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether every word of `text` appears in `within`, whatever the case and the order. */
function isSaidIn(text: string, within: string): boolean {
	const words = new Set(wordsOf(within));
	return wordsOf(text).every((word) => words.has(word));
}

function joined(contact: Contact, fields: readonly ContactField[]): string {
	return fields.map((field) => contact[field] ?? '').join(' ');
}

/** The name in full out of the parts that were given; empty where none was. */
export function nameOutOfParts(contact: Contact): string {
	const { prefix, firstName, middleName, lastName, suffix } = contact;
	return [prefix, firstName, middleName, lastName, suffix]
		.filter((part) => part !== undefined)
		.join(' ');
}

/**
 * The name in parts, for vendors that take no full name. A first name that was given is kept with the
 * other parts. Where it is missing, the whole name takes its place and the parts it says are left out:
 * names are never split by guessing. With `optional`, parts that say the whole name stand alone.
 */
export function nameInParts(contact: Contact, firstName: 'demanded' | 'optional'): NameParts {
	const { contactName, middleName, lastName } = contact;
	const isWholeNameNeeded =
		contactName !== undefined &&
		(firstName === 'demanded' || !isSaidIn(contactName, joined(contact, NAME_PARTS)));
	const first = contact.firstName ?? (isWholeNameNeeded ? contactName : undefined);
	const isRepeated = (part: string) =>
		contact.firstName === undefined && first !== undefined && isSaidIn(part, first);
	return {
		...(first !== undefined && { firstName: first }),
		...(middleName !== undefined && !isRepeated(middleName) && { middleName }),
		...(lastName !== undefined && !isRepeated(lastName) && { lastName }),
	};
}

/**
 * The fields that were filled in and that `carries` leaves out, in {@link CONTACT_FIELDS} order, then
 * what a vCard held beyond them. A part of the name that the carried full name says is not lost, nor is
 * a full name whose words are all in the parts. Where a vendor carries both, the full name is what
 * {@link nameInParts} puts in the place of a missing first name, and gives way to one that is given.
 */
export function droppedFields(contact: Contact, carries: readonly ContactField[]): string[] {
	const carried = new Set<ContactField>(carries);
	const isWholeNameSent =
		carried.has('contactName') && !(carried.has('firstName') && contact.firstName !== undefined);
	const parts = CONTACT_FIELDS.filter((field) => NAME_FIELDS.has(field) && field !== 'contactName');
	const sent = joined(contact, [
		...(isWholeNameSent ? (['contactName'] as const) : []),
		...parts.filter((part) => carried.has(part)),
	]);
	const isLost = (field: ContactField) => {
		const value = contact[field];
		if (value === undefined) return false;
		if (field === 'contactName') {
			// Where some of it is sent, a word of it that is not is reported under its part's own name.
			const alsoReported = sent.trim() === '' ? '' : joined(contact, parts);
			return !isSaidIn(value, `${sent} ${alsoReported}`);
		}
		if (carried.has(field)) return false;
		return !(NAME_FIELDS.has(field) && isSaidIn(value, sent));
	};
	return [...CONTACT_FIELDS.filter(isLost), ...(contact.beyond ?? [])];
}
