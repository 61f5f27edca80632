// A person as WhatsApp's Cloud API has it, for all vendors that pass that body on: no key that it does not
// know, no null and no empty text, which it refuses. Knows no vendor.
// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages
import type { IDataObject } from 'n8n-workflow';

import type { Address, Contact, EntryType, Phone } from '../../contact/Contact';
import { fullName, isSaidIn, nameInParts } from '../../contact/names';
import { dialled } from '../../contact/writeVCard';
import type { CardKind } from '../Provider';

/** What the object carries. A birthday only as a full date: another one is refused. */
export const META_CARD = {
	carries: [
		'contactName',
		'contactPhone',
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
		'morePhones',
		'moreEmails',
		'moreUrls',
		'addresses',
	],
	forms: { birthday: /^\d{4}-\d{2}-\d{2}$/ },
} as const satisfies Pick<CardKind, 'carries' | 'forms'>;

/** Only these are documented; what is neither goes without a type. */
const TYPES: Readonly<Record<EntryType, string | undefined>> = {
	mobile: 'CELL',
	work: 'WORK',
	home: 'HOME',
	other: undefined,
};

type Values = Record<string, string | undefined>;

/** The values that are there; `undefined` where none is. */
function present(values: Values): Record<string, string> | undefined {
	const entries = Object.entries(values).flatMap(([name, value]) =>
		value === undefined || value === '' ? [] : [[name, value] as const],
	);
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function typeOf({ type }: { type?: EntryType }): string | undefined {
	return type === undefined ? undefined : TYPES[type];
}

/** The name. Documented as optional, a first name is demanded by some who take the same body. */
function nameOf(contact: Contact): Record<string, string> | undefined {
	const formatted = fullName(contact);
	const parts = nameInParts({ ...contact, contactName: formatted }, 'demanded');
	const first = parts.firstName ?? formatted;
	// A first name that stands for the whole says prefix and suffix as well.
	const unlessSaid = (part: string | undefined) =>
		part !== undefined && contact.firstName === undefined && isSaidIn(part, first)
			? undefined
			: part;
	return present({
		formatted_name: formatted,
		first_name: first,
		middle_name: parts.middleName,
		last_name: parts.lastName,
		prefix: unlessSaid(contact.prefix),
		suffix: unlessSaid(contact.suffix),
	});
}

function phoneOf(phone: Phone) {
	const { number, waId = number } = phone;
	const shown = dialled(number);
	return present({
		phone: shown,
		type: typeOf(phone),
		// Without it the card shows an invitation in place of a chat. A short code is no account.
		wa_id: shown === number ? undefined : waId,
	});
}

function addressOf(address: Address) {
	return present({
		street: address.street,
		city: address.city,
		state: address.state,
		zip: address.postalCode,
		country: address.country,
		country_code: address.countryCode,
		type: typeOf(address),
	});
}

/** The object for one person in the body's `contacts`. */
export function metaContact(contact: Contact): IDataObject {
	const { phones = [], emails = [], urls = [], addresses = [], birthday } = contact;
	const lists = {
		phones: phones.map(phoneOf),
		emails: emails.map((email) => present({ email: email.address, type: typeOf(email) })),
		addresses: addresses.map(addressOf),
		urls: urls.map((link) => present({ url: link.url, type: typeOf(link) })),
	};
	const org = present({
		company: contact.organization,
		department: contact.department,
		title: contact.title,
	});
	return {
		name: nameOf(contact) ?? {},
		...Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0)),
		...(org && { org }),
		...(birthday !== undefined && META_CARD.forms.birthday.test(birthday) && { birthday }),
	};
}
