// Auto-Map: the person found in the item, with what is filled in on the node put over it. Knows the panel, and no
// vendor by name.
import {
	CONTACT_FIELDS,
	textsIn,
	type Contact,
	type ContactField,
	type TextField,
} from '../contact/Contact';
import { readPeople, type FoundAt } from '../contact/fromItem';
import { InputError } from '../contact/InputError';
import { NAME_FIELDS, nameOutOfParts } from '../contact/names';
import type { ReadCard } from '../contact/readVCard';
import { readText } from '../contact/text';
import { isObject } from '../providers/answers';
import type { Messenger } from '../providers/Provider';
import { readFields, type Read } from './readFields';
import type { PhoneSettings } from './readOptions';

/** What is filled in on the node: the contact that it makes, and which fields they are. */
interface Given {
	contact: Contact;
	fields: ReadonlySet<ContactField>;
}

function readGiven(read: Read, carries: readonly ContactField[], phones: PhoneSettings): Given {
	const contact = readFields(read, carries, phones);
	const additional = read('additionalFields');
	const isFilled = (value: unknown) => readText(value, '') !== undefined;
	const firsts = [
		['contactPhone', read('contactPhone')],
		['email', isObject(additional) ? additional.email : undefined],
		['url', isObject(additional) ? additional.url : undefined],
	] as const;
	const filled = new Set<ContactField>(
		CONTACT_FIELDS.filter((field) => carries.includes(field) && textsIn(contact, field).length > 0),
	);
	// The first entry of a list may be the first of the others, where only those are filled in.
	for (const [first, value] of firsts) {
		const more = { contactPhone: 'morePhones', email: 'moreEmails', url: 'moreUrls' } as const;
		if (!filled.has(first) || isFilled(value)) continue;
		filled.delete(first);
		filled.add(more[first]);
	}
	// Any other part is put to the name that is found.
	return { contact, fields: filled.has('firstName') ? filled.add('contactName') : filled };
}

/** The entries of a list: those filled in, and of those found what is not filled in. */
function merged<T>(
	given: readonly T[] | undefined,
	found: readonly T[] | undefined,
	isFirstGiven: boolean,
	valueOf: (entry: T) => string,
): readonly T[] | undefined {
	if (isFirstGiven) return given;
	const [first, ...others] = found ?? [];
	const all = [...(first === undefined ? [] : [first]), ...(given ?? others)];
	const values = all.map(valueOf);
	const distinct = all.filter((entry, index) => values.indexOf(valueOf(entry)) === index);
	return distinct.length > 0 ? distinct : undefined;
}

/** What is filled in, over what was found. A name that is filled in stands in for all that was found of it. */
function over(found: Contact, { contact: given, fields }: Given): Contact {
	const { phones, emails, urls, addresses, extras, pasted, ...texts } = found;
	const { phones: _phones, emails: _emails, urls: _urls, extras: more = [], ...others } = given;
	const kept = new Map<string, string>(Object.entries(texts));
	const isPartGiven = NAME_FIELDS.some((part) => fields.has(part));
	/** Whether the whole name can be made anew out of its parts. */
	const isInParts = given.firstName !== undefined || kept.has('firstName');
	const isNameGiven = given.contactName !== undefined;
	if (isPartGiven && isInParts) kept.delete('contactName');
	else if (isNameGiven && !isPartGiven) for (const part of NAME_FIELDS) kept.delete(part);
	const contact: Contact = { ...Object.fromEntries(kept), ...others };
	if (contact.contactName === undefined) {
		const name = nameOutOfParts(contact);
		if (name !== '') contact.contactName = name;
	}
	const lists = {
		phones: merged(given.phones, phones, fields.has('contactPhone'), ({ number }) => number),
		emails: merged(given.emails, emails, fields.has('email'), ({ address }) => address),
		urls: merged(given.urls, urls, fields.has('url'), ({ url }) => url),
		addresses: given.addresses ?? addresses,
	};
	const told = [...(extras ?? []), ...more];
	return {
		...contact,
		...(lists.phones && { phones: lists.phones }),
		...(lists.emails && { emails: lists.emails }),
		...(lists.urls && { urls: lists.urls }),
		...(lists.addresses && { addresses: lists.addresses }),
		...(told.length > 0 && { extras: told }),
		// A vCard that is passed on whole would lose what is filled in.
		...(pasted && fields.size === 0 && { pasted }),
	};
}

/** Of the paths, those whose fields are on the card as they were found. */
function stillFound(foundAt: FoundAt, contact: Contact, { fields }: Given): FoundAt {
	const fieldOf = (key: string) =>
		key === 'name' ? 'contactName' : key === 'phone' ? 'contactPhone' : key;
	const isHeld = (field: string) =>
		CONTACT_FIELDS.some((known) => known === field && textsIn(contact, known).length > 0);
	const isGiven = (field: string) =>
		CONTACT_FIELDS.some((known) => known === field && fields.has(known));
	return Object.fromEntries(
		Object.entries(foundAt).filter(([key]) => isHeld(fieldOf(key)) && !isGiven(fieldOf(key))),
	);
}

const NAMES: readonly TextField[] = ['contactName', 'firstName', 'middleName', 'lastName'];

/** A name that the messenger wants and that neither the item nor the node gives. */
function refuseMissingName(contact: Contact, { card }: Messenger): void {
	const isMissing = card.requires.some((required) => {
		const anyOf = typeof required === 'string' ? [required] : required;
		return (
			anyOf.some((field) => NAMES.some((name) => name === field)) &&
			anyOf.every((field) => textsIn(contact, field).length === 0)
		);
	});
	if (!isMissing) return;
	throw new InputError({
		parameter: 'contactName',
		message: 'No name was found in the item',
		description:
			'Fill in Contact Name: type it, or drag the field that holds it. What is filled in there wins over what is found.',
	});
}

/**
 * The cards of the person that the item is about, each with where its fields were found.
 * @param json the item's JSON
 * @throws InputError naming the field that is neither found nor filled in, or that may be of two people
 */
export function readAutoMap(
	json: unknown,
	read: Read,
	messenger: Messenger,
	phones: PhoneSettings,
): Array<ReadCard & { foundAt?: FoundAt }> {
	const { carries, requires } = messenger.card;
	const given = readGiven(read, carries, phones);
	const reading = { ...phones, filled: given.fields };
	return readPeople(json, reading, requires.includes('contactPhone')).map((card) => {
		if ('problem' in card) return card;
		const contact = over(card.contact, given);
		refuseMissingName(contact, messenger);
		return { contact, foundAt: stillFound(card.foundAt ?? {}, contact, given) };
	});
}
