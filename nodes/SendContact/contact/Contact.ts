// The person on the card: the fields, and how to get at them. Knows no vendor and no n8n.

/** The fields that hold one text. */
export type TextField =
	| 'contactName'
	| 'contactChatId'
	| 'firstName'
	| 'middleName'
	| 'lastName'
	| 'prefix'
	| 'suffix'
	| 'nickname'
	| 'organization'
	| 'department'
	| 'title'
	| 'birthday'
	| 'note'
	| 'businessDescription';

/** The panel's fields for the first entry of a list. */
export type FirstField = 'contactPhone' | 'email' | 'url';

/** The panel's fields for the entries after the first; of `addresses`, for all. */
export type ListField = 'morePhones' | 'moreEmails' | 'moreUrls' | 'addresses';

/**
 * Every field a card can be filled with, named as the panel's parameters are, in the order in which
 * dropped ones are listed.
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
	'nickname',
	'organization',
	'department',
	'title',
	'email',
	'url',
	'birthday',
	'note',
	'businessDescription',
	'morePhones',
	'moreEmails',
	'moreUrls',
	'addresses',
] as const satisfies ReadonlyArray<TextField | FirstField | ListField>;

/** One of {@link CONTACT_FIELDS}. */
export type ContactField = (typeof CONTACT_FIELDS)[number];

/** What a phone, an email address, a link or an address is used for. Only a phone is `mobile`. */
export const ENTRY_TYPES = ['mobile', 'work', 'home', 'other'] as const;
export type EntryType = (typeof ENTRY_TYPES)[number];
export type PlaceType = Exclude<EntryType, 'mobile'>;

export interface Phone {
	/**
	 * Digits with the country code and without `+`, such as `5511988887777`, or a short code the user
	 * allowed.
	 */
	number: string;
	/** Absent: not said, which messengers take for a mobile. */
	type?: EntryType;
	/** The digits of the WhatsApp account, where they are known to differ from `number`. */
	waId?: string;
}

export interface Email {
	address: string;
	type?: PlaceType;
}

export interface Link {
	url: string;
	type?: PlaceType;
}

/** At least one of the texts is there. */
export interface Address {
	street?: string;
	city?: string;
	state?: string;
	postalCode?: string;
	country?: string;
	/** ISO 3166 alpha-2, upper case. */
	countryCode?: string;
	type?: PlaceType;
}

/** The texts of an {@link Address}, in the order in which they are written. */
export const ADDRESS_PARTS = [
	'street',
	'city',
	'state',
	'postalCode',
	'country',
	'countryCode',
] as const;

export type VCardVersion = '2.1' | '3.0' | '4.0';

/**
 * One person's card. Every text is trimmed, on one line, free of control characters and never empty, and
 * no list is empty: what was not filled in is absent.
 */
export interface Contact extends Partial<Record<TextField, string>> {
	/** The first one is the panel's `contactPhone`. */
	phones?: readonly Phone[];
	/** The first one is the panel's `email`. */
	emails?: readonly Email[];
	/** The first one is the panel's `url`. */
	urls?: readonly Link[];
	addresses?: readonly Address[];
	/** The card as it was pasted or read from a file, from BEGIN to END, where it came as a vCard. */
	pasted?: { text: string; version: VCardVersion };
	/** What was given and has no field, or is told by another name than its field's. See {@link Extra}. */
	extras?: readonly Extra[];
}

/**
 * Something that came with a contact beside its single fields, by the name under which it is reported when
 * it does not reach the recipient: `photo`, `related`, or for what a list of the contact holds the word
 * for its lines in a vCard, such as `phones`.
 */
export interface Extra {
	name: string;
	/** The field that holds it whole; absent where none does. */
	heldIn?: ContactField;
}

/** The number of the first phone. */
export function firstPhone({ phones }: Contact): string | undefined {
	return phones?.[0]?.number;
}

/** The address of the first email. */
export function firstEmail({ emails }: Contact): string | undefined {
	return emails?.[0]?.address;
}

/** The first link. */
export function firstUrl({ urls }: Contact): string | undefined {
	return urls?.[0]?.url;
}

/** The texts a field holds: none, one, or of a list one an entry, and of addresses one a part. */
export function textsIn(contact: Contact, field: ContactField): string[] {
	switch (field) {
		case 'contactPhone':
			return (contact.phones ?? []).slice(0, 1).map(({ number }) => number);
		case 'morePhones':
			return (contact.phones ?? []).slice(1).map(({ number }) => number);
		case 'email':
			return (contact.emails ?? []).slice(0, 1).map(({ address }) => address);
		case 'moreEmails':
			return (contact.emails ?? []).slice(1).map(({ address }) => address);
		case 'url':
			return (contact.urls ?? []).slice(0, 1).map(({ url }) => url);
		case 'moreUrls':
			return (contact.urls ?? []).slice(1).map(({ url }) => url);
		case 'addresses':
			return (contact.addresses ?? []).flatMap((address) =>
				ADDRESS_PARTS.flatMap((part) => address[part] ?? []),
			);
		default: {
			const text = contact[field];
			return text === undefined ? [] : [text];
		}
	}
}

/** How many entries a list field holds. */
export function entriesIn(contact: Contact, field: ListField): number {
	if (field === 'addresses') return contact.addresses?.length ?? 0;
	return textsIn(contact, field).length;
}
