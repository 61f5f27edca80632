// A person's name: in full, in parts, and as a messenger shows it. Knows no vendor and no n8n.
import { firstEmail, firstPhone, type Contact, type ContactField } from './Contact';

/** The fields that carry a person's name in parts. */
export const NAME_PARTS = ['firstName', 'middleName', 'lastName'] as const;

type NameParts = Pick<Contact, (typeof NAME_PARTS)[number]>;

/** The fields that say a part of the name; what one of them says, another need not repeat. */
export const NAME_FIELDS = ['firstName', 'middleName', 'lastName', 'prefix', 'suffix'] as const;

/**
 * How a messenger that shows no full name takes it: with a first name always (`demanded`), or with any
 * part (`optional`).
 */
export type FirstName = 'demanded' | 'optional';

function wordsOf(text: string): string[] {
	return text.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean);
}

/** Whether every word of `text` appears in `within`, whatever the case and the order. */
export function isSaidIn(text: string, within: string): boolean {
	const words = new Set(wordsOf(within));
	return wordsOf(text).every((word) => words.has(word));
}

/** The name in full out of the parts that were given; empty where none was. */
export function nameOutOfParts(contact: Contact): string {
	const { prefix, firstName, middleName, lastName, suffix } = contact;
	return [prefix, firstName, middleName, lastName, suffix]
		.filter((part) => part !== undefined)
		.join(' ');
}

/** The name a card goes by: in full, else out of its parts, else what else it says of whose card it is. */
export function fullName(contact: Contact): string {
	return (
		contact.contactName ??
		(nameOutOfParts(contact) ||
			(contact.organization ?? firstEmail(contact) ?? firstPhone(contact) ?? ''))
	);
}

/**
 * The name in parts, for vendors that take no full name. A first name that was given is kept with the
 * other parts. Where it is missing, the whole name takes its place and the parts it says are left out:
 * names are never split by guessing. With `optional`, parts that say the whole name stand alone.
 */
export function nameInParts(contact: Contact, demand: FirstName): NameParts {
	const { contactName, firstName, middleName, lastName } = contact;
	const given = NAME_PARTS.map((part) => contact[part] ?? '').join(' ');
	const isWholeNameNeeded =
		contactName !== undefined && (demand === 'demanded' || !isSaidIn(contactName, given));
	const first = firstName ?? (isWholeNameNeeded ? contactName : undefined);
	const isRepeated = (part: string) =>
		firstName === undefined && first !== undefined && isSaidIn(part, first);
	return {
		...(first !== undefined && { firstName: first }),
		...(middleName !== undefined && !isRepeated(middleName) && { middleName }),
		...(lastName !== undefined && !isRepeated(lastName) && { lastName }),
	};
}

/** The parts of the name that a messenger shows which takes no full name, in its own demand. */
export function shownNameParts(
	contact: Contact,
	{ carries, nameInParts: demand }: { carries: readonly ContactField[]; nameInParts?: FirstName },
): NameParts {
	const { firstName, middleName, lastName, ...others } = contact;
	const carried: Contact = {
		...others,
		...(firstName !== undefined && carries.includes('firstName') && { firstName }),
		...(middleName !== undefined && carries.includes('middleName') && { middleName }),
		...(lastName !== undefined && carries.includes('lastName') && { lastName }),
	};
	return nameInParts(carried, demand ?? 'optional');
}
