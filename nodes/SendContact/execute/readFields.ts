// The contact as it is filled in, field by field. Knows the panel, and no vendor by name.
import {
	ADDRESS_PARTS,
	ENTRY_TYPES,
	type Address,
	type Contact,
	type ContactField,
	type Email,
	type EntryType,
	type Extra,
	type Link,
	type ListField,
	type Phone,
	type PlaceType,
	type TextField,
} from '../contact/Contact';
import { InputError } from '../contact/InputError';
import { readPhone } from '../contact/phone';
import { isoDate, readText, shown } from '../contact/text';
import { ADDITIONAL_FIELDS, fieldLabel as label } from '../parameters/contactFields';
import { isObject } from '../providers/answers';
import { readCollection } from './readCollection';
import type { PhoneSettings } from './readOptions';

/** Where the value of a parameter comes from. */
export type Read = (parameter: string) => unknown;

/** What Skip Duplicates has written down depends on this order: see `identityOf`. New ones go last. */
const IN_ADDITIONAL_FIELDS = [
	'birthday',
	'businessDescription',
	'department',
	'email',
	'firstName',
	'title',
	'lastName',
	'middleName',
	'prefix',
	'suffix',
	'note',
	'organization',
	'url',
	'nickname',
] as const satisfies ReadonlyArray<TextField | 'email' | 'url'>;

/** The key under which the panel's fixed collections hold their rows. */
const ROWS_OF: Readonly<Record<ListField, string>> = {
	morePhones: 'phone',
	moreEmails: 'email',
	moreUrls: 'url',
	addresses: 'address',
};

/**
 * The rows of a list that is filled in: as the panel stores it (`{ phone: [{ … }] }`), or as an expression
 * gives it: the list itself, or one row alone.
 */
function rowsIn(value: unknown, field: ListField): unknown[] {
	if (value === undefined || value === null || value === '') return [];
	const rows = isObject(value) && ROWS_OF[field] in value ? value[ROWS_OF[field]] : value;
	return Array.isArray(rows) ? rows : [rows];
}

/** The Additional Fields collection. One expression may stand for all of it; none of what it says is lost. */
function readAdditional(filled: unknown): Readonly<Record<string, unknown>> {
	return readCollection(
		filled === '' ? undefined : filled,
		'additionalFields',
		"It must give an object such as {{ { email: 'ana@example.com' } }}. Better: add each field, and use expressions in them.",
	);
}

/** Whether the panel has an additional field of that name. */
function isAdditional(name: string): boolean {
	return ADDITIONAL_FIELDS.some((field) => field.name === name);
}

/** Whether anything but a type was filled in. */
function isFilled(row: unknown): boolean {
	if (!isObject(row)) return row !== '' && row !== null && row !== undefined;
	return Object.entries(row).some(
		([name, value]) => name !== 'type' && value !== '' && value !== null && value !== undefined,
	);
}

function objectRows(value: unknown, field: ListField): Array<Record<string, unknown>> {
	return rowsIn(value, field).map((row) => {
		if (isObject(row)) return row;
		throw new InputError({
			parameter: field,
			message: `${label(field)} is no list of entries: ${shown(value)}`,
			description:
				'Add each entry with the button in the panel, and drag single values into its fields.',
		});
	});
}

function readType(value: unknown, field: ListField): EntryType | undefined {
	const text = readText(value, field)?.toLowerCase();
	if (text === undefined) return undefined;
	const type = ENTRY_TYPES.find((known) => known === text);
	if (type !== undefined && (type !== 'mobile' || field === 'morePhones')) return type;
	const known = ENTRY_TYPES.filter((one) => one !== 'mobile' || field === 'morePhones');
	throw new InputError({
		parameter: field,
		message: `${label(field)}: there is no type “${shown(value)}”`,
		description: `Choose one of: ${known.join(', ')}.`,
	});
}

function placeType(value: unknown, field: ListField): { type?: PlaceType } {
	const type = readType(value, field);
	return type === undefined || type === 'mobile' ? {} : { type };
}

function readPhones(value: unknown, settings: PhoneSettings): Phone[] {
	return objectRows(value, 'morePhones').flatMap(({ number, type }) => {
		if (readText(number, 'morePhones') === undefined) return [];
		const known = readType(type, 'morePhones');
		const digits = readPhone(number, { ...settings, parameter: 'morePhones' });
		return [{ number: digits, ...(known !== undefined && { type: known }) }];
	});
}

function readEmails(value: unknown): Email[] {
	return objectRows(value, 'moreEmails').flatMap((row) => {
		const address = readText(row.address, 'moreEmails');
		return address === undefined ? [] : [{ address, ...placeType(row.type, 'moreEmails') }];
	});
}

function readLinks(value: unknown): Link[] {
	return objectRows(value, 'moreUrls').flatMap((row) => {
		const url = readText(row.url, 'moreUrls');
		return url === undefined ? [] : [{ url, ...placeType(row.type, 'moreUrls') }];
	});
}

function readAddresses(value: unknown): Address[] {
	return objectRows(value, 'addresses').flatMap((row) => {
		const address: Address = {};
		for (const part of ADDRESS_PARTS) {
			const text = readText(row[part], 'addresses');
			if (text !== undefined) address[part] = text;
		}
		const { countryCode } = address;
		if (countryCode !== undefined && !/^[a-z]{2}$/i.test(countryCode)) {
			throw new InputError({
				parameter: 'addresses',
				message: `${label('addresses')}: “${shown(countryCode)}” is not the code of a country`,
				description: 'Give its two letters, such as BR for Brazil, or leave it empty.',
			});
		}
		if (countryCode !== undefined) address.countryCode = countryCode.toUpperCase();
		const isEmpty = Object.keys(address).length === 0;
		return isEmpty ? [] : [{ ...address, ...placeType(row.type, 'addresses') }];
	});
}

/** The entries without those that say the same again. */
function distinct<T>(entries: readonly T[], valueOf: (entry: T) => string): T[] {
	const values = entries.map(valueOf);
	return entries.filter((entry, index) => values.indexOf(valueOf(entry)) === index);
}

/**
 * The contact as the panel's fields hold it. A list that the messenger does not carry may be left from
 * another one: it is told, and not read. So is what an expression gives that is no field.
 * @throws InputError naming the field that holds what it cannot
 */
export function readFields(
	read: Read,
	carries: readonly ContactField[],
	phoneSettings: PhoneSettings,
): Contact {
	const contact: Contact = {};
	const additional = readAdditional(read('additionalFields'));
	const extras: Extra[] = [];
	/** The rows of a list, where it is carried. */
	const list = <T>(field: ListField, readRows: (value: unknown) => T[]): T[] => {
		if (carries.includes(field)) return readRows(additional[field]);
		if (rowsIn(additional[field], field).some(isFilled)) extras.push({ name: field });
		return [];
	};
	const put = (field: TextField, value: string | undefined) => {
		if (value !== undefined) contact[field] = value;
	};
	put('contactName', readText(read('contactName'), 'contactName'));
	const phones = list('morePhones', (value) => readPhones(value, phoneSettings));
	if (carries.includes('contactPhone')) {
		const phone = read('contactPhone');
		if (readText(phone, 'contactPhone') !== undefined) {
			phones.unshift({ number: readPhone(phone, { ...phoneSettings, parameter: 'contactPhone' }) });
		}
	}
	if (phones.length > 0) contact.phones = distinct(phones, ({ number }) => number);
	put('contactChatId', readText(read('contactChatId'), 'contactChatId'));
	for (const field of IN_ADDITIONAL_FIELDS) {
		const value = additional[field];
		// What was filled in for another provider breaks nothing: it is only named as dropped.
		const isOdd = typeof value === 'object' && value !== null && !carries.includes(field);
		const text = readText(isOdd ? shown(value) : value, field);
		if (field === 'email') {
			const emails = list('moreEmails', readEmails);
			if (text !== undefined) emails.unshift({ address: text });
			if (emails.length > 0) contact.emails = distinct(emails, ({ address }) => address);
		} else if (field === 'url') {
			const urls = list('moreUrls', readLinks);
			if (text !== undefined) urls.unshift({ url: text });
			if (urls.length > 0) contact.urls = distinct(urls, ({ url }) => url);
		} else put(field, field === 'birthday' && text !== undefined ? isoDate(text) : text);
	}
	const addresses = list('addresses', readAddresses);
	if (addresses.length > 0) contact.addresses = addresses;
	const unknown = Object.keys(additional).filter((name) => !isAdditional(name));
	extras.push(...unknown.filter((name) => isFilled(additional[name])).map((name) => ({ name })));
	if (extras.length > 0) contact.extras = extras;
	return contact;
}
