// vCards of every version, as phones, address books and templates write them, turned into contacts.
// Knows no vendor and no n8n.
import type {
	Address,
	Contact,
	ContactField,
	EntryType,
	Extra,
	Phone,
	PlaceType,
	TextField,
} from './Contact';
import { InputError, type InputProblem } from './InputError';
import { NAME_PARTS, nameOutOfParts } from './names';
import { examinePhone } from './phone';
import { readText, shown } from './text';
import {
	cardsIn,
	components,
	readProperty,
	unescaped,
	type Property,
	type Refuse,
} from './vCardText';

/** How {@link readVCards} reads. */
export interface VCardOptions {
	/** ISO 3166 alpha-2; read for phones on the card that are written without a country code. */
	defaultCountry?: string | undefined;
	/** Takes phones that no numbering plan knows as they are written. */
	allowDoubtful?: boolean | undefined;
	/** The parameter's name, for messages; `vCard` unless given. */
	parameter?: string | undefined;
}

/** Lines that say something about the card or its other lines, and nothing about the person. */
const SILENT = new Set([
	'BEGIN',
	'CLASS',
	'CLIENTPIDMAP',
	'CREATED',
	'END',
	'KIND',
	'MAILER',
	'NAME',
	'PRODID',
	'PROFILE',
	'REV',
	'SORT-STRING',
	'SOURCE',
	'UID',
	'VERSION',
	'X-ABADR',
	'X-ABLABEL',
	'X-ABSHOWAS',
	'X-ABUID',
]);

/** Lines with one value that is a field of the card. */
const FIELD_OF: ReadonlyMap<string, TextField> = new Map([
	['FN', 'contactName'],
	['NICKNAME', 'nickname'],
	['TITLE', 'title'],
	['BDAY', 'birthday'],
	['NOTE', 'note'],
	['X-WA-BIZ-DESCRIPTION', 'businessDescription'],
]);

/** What a second line of the same kind is called, and what has no field at all. */
const EXTRA_OF: ReadonlyMap<string, string> = new Map([
	['FN', 'names'],
	['N', 'names'],
	['ORG', 'organizations'],
	['TITLE', 'titles'],
	['BDAY', 'birthdays'],
	['NOTE', 'notes'],
	['X-WA-BIZ-DESCRIPTION', 'businessDescriptions'],
	['LABEL', 'address'],
]);

const isText = (name: string) =>
	FIELD_OF.has(name) || ['N', 'ORG', 'TEL', 'EMAIL', 'URL', 'ADR'].includes(name);

/** What a phone or address is used for, as its TYPE parameters say. */
function entryType({ parameters }: Property): EntryType | undefined {
	const types = (parameters.get('TYPE') ?? []).map((type) => type.toUpperCase());
	const has = (...names: string[]) => names.some((name) => types.includes(name));
	if (has('CELL', 'MOBILE', 'IPHONE')) return 'mobile';
	if (has('WORK')) return 'work';
	if (has('HOME')) return 'home';
	return has('OTHER') ? 'other' : undefined;
}

function placeType(property: Property): { type?: PlaceType } {
	const type = entryType(property);
	return type === undefined || type === 'mobile' ? {} : { type };
}

/** What ADR holds, as far as it is an address; `undefined` where it is empty. */
function readAddress(property: Property): Address | undefined {
	const [box, extended, street, city, state, postalCode, country] = components(
		property.value,
		', ',
	);
	const place = [street, extended, box].filter(Boolean).join(', ');
	const address: Address = {
		...(place && { street: place }),
		...(city && { city }),
		...(state && { state }),
		...(postalCode && { postalCode }),
		...(country && { country }),
	};
	return Object.keys(address).length === 0 ? undefined : { ...address, ...placeType(property) };
}

/** How much a line is preferred over others of its kind: lower comes first. */
function preference({ parameters }: Property): number {
	const types = parameters.get('TYPE') ?? [];
	const rank = Number(parameters.get('PREF')?.[0] ?? Number.NaN);
	if (Number.isFinite(rank) && rank > 0) return rank;
	return types.some((type) => /^pref$/i.test(type)) || parameters.has('PREF') ? 1 : 1000;
}

/** A full date as YYYY-MM-DD; anything else (a date without its year, a word) as it was written. */
function readBirthday({ parameters }: Property, value: string): string {
	const parts = /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(value);
	if (parts === null) return value;
	const [, year = '', month = '', day = ''] = parts;
	// Apple's address book needs a year and marks the one that is not meant.
	if (parameters.get('X-APPLE-OMIT-YEAR')?.[0] === year) return `--${month}-${day}`;
	const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
	const isReal = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
	return isReal ? `${year}-${month}-${day}` : value;
}

/** What N holds, as fields. */
function readNameParts(value: string): Contact {
	const [lastName, firstName] = components(value, ', ');
	const [, , middleName, prefix] = components(value, ' ');
	const suffix = components(value, ', ')[4];
	return {
		...(firstName !== undefined && firstName !== '' && { firstName }),
		...(middleName !== undefined && middleName !== '' && { middleName }),
		...(lastName !== undefined && lastName !== '' && { lastName }),
		...(prefix !== undefined && prefix !== '' && { prefix }),
		...(suffix !== undefined && suffix !== '' && { suffix }),
	};
}

/** Many programs write the whole name into one part of N, for want of its parts. */
function withoutRepeatedName(parts: Contact, name: string | undefined): Contact {
	const given = NAME_PARTS.filter((part) => parts[part] !== undefined);
	const [only] = given;
	if (only === undefined || given.length > 1 || parts[only] !== name) return parts;
	const { [only]: _repeated, ...others } = parts;
	return others;
}

/**
 * The phone of a TEL line. The number people see on the card counts; `waid`, WhatsApp's own id of the
 * account, where that number does not say its country or cannot be read.
 */
function readTel(tel: Property, options: VCardOptions): Phone | InputProblem {
	const { defaultCountry, allowDoubtful } = options;
	const parameter = options.parameter ?? 'vCard';
	const value = unescaped(tel.value);
	const type = entryType(tel);
	const asPhone = (number: string, waId = number): Phone => ({
		number,
		...(type !== undefined && { type }),
		...(waId !== number && { waId }),
	});
	const account = tel.parameters.get('WAID')?.[0];
	const waId = account === undefined ? '' : examinePhone(`+${account}`, { parameter });
	if (account !== undefined) {
		const known = typeof waId === 'string' ? waId : undefined;
		const withItsCountry = examinePhone(value, { parameter });
		if (typeof withItsCountry === 'string') return asPhone(withItsCountry, known);
		if (known !== undefined) return asPhone(known);
	}
	const phone = examinePhone(value, { parameter, defaultCountry, allowDoubtful });
	return typeof phone === 'string' ? asPhone(phone) : phone;
}

/** One card as a contact. `position` counts from 1. */
function readCard(
	lines: readonly string[],
	position: number,
	options: VCardOptions,
	refuse: Refuse,
) {
	const contact: Contact = {};
	const extras: Extra[] = [];
	const tels: Property[] = [];
	let business: string | undefined;
	let parts: Contact = {};
	const extra = (name: string, heldIn?: ContactField) => {
		if (extras.some((known) => known.name === name && known.heldIn === heldIn)) return;
		extras.push({ name, ...(heldIn !== undefined && { heldIn }) });
	};
	const fill = (field: TextField, value: string, name: string) => {
		if (contact[field] === undefined) contact[field] = value;
		else if (contact[field] !== value) extra(EXTRA_OF.get(name) ?? name.toLowerCase());
	};
	const properties = lines.map((line) => {
		const property = readProperty(line, isText);
		if (property !== undefined) return property;
		return refuse(
			`Card ${position} of the vCard has a line that is no property: "${shown(line)}"`,
			'Every line needs a name and a colon, such as NOTE:text. A line break inside a text is written as \\n.',
		);
	});
	// A stable sort: what is not marked as preferred keeps its order.
	for (const property of properties.sort((a, b) => preference(a) - preference(b))) {
		const { name, value } = property;
		const field = FIELD_OF.get(name);
		if (SILENT.has(name)) continue;
		const text = () => readText(unescaped(value), 'vCard');
		if (name === 'TEL') {
			if (text() !== undefined) tels.push(property);
		} else if (name === 'N') {
			const found = readNameParts(value);
			if (Object.keys(parts).length === 0) parts = found;
			else if (nameOutOfParts(found) !== nameOutOfParts(parts)) extra('names');
		} else if (name === 'ORG') {
			const [organization, ...units] = components(value, ', ').map((unit) =>
				readText(unit, 'vCard'),
			);
			const department = units.filter((unit) => unit !== undefined).join(', ');
			const isFirst = contact.organization === undefined && contact.department === undefined;
			if (!isFirst) extra('organizations');
			if (isFirst && organization !== undefined) contact.organization = organization;
			if (isFirst && department !== '') contact.department = department;
		} else if (name === 'EMAIL') {
			const address = text();
			const known = contact.emails ?? [];
			if (address === undefined || known.some((one) => one.address === address)) continue;
			if (known.length > 0) extra('emails', 'moreEmails');
			contact.emails = [...known, { address, ...placeType(property) }];
		} else if (name === 'URL') {
			const url = text();
			const known = contact.urls ?? [];
			if (url === undefined || known.some((one) => one.url === url)) continue;
			if (known.length > 0) extra('urls', 'moreUrls');
			contact.urls = [...known, { url, ...placeType(property) }];
		} else if (name === 'ADR') {
			const address = readAddress(property);
			if (address === undefined) continue;
			contact.addresses = [...(contact.addresses ?? []), address];
			extra('address', 'addresses');
		} else if (value.trim() !== '' && !/^[;,\s]*$/.test(value)) {
			const read = field === undefined && name !== 'X-WA-BIZ-NAME' ? undefined : text();
			if (name === 'X-WA-BIZ-NAME') business ??= read;
			else if (field === undefined) extra(EXTRA_OF.get(name) ?? name.toLowerCase());
			else if (read !== undefined) {
				if (field === 'nickname') extra('nickname', 'nickname');
				fill(field, field === 'birthday' ? readBirthday(property, read) : read, name);
			}
		}
	}
	const name = contact.contactName ?? readText(nameOutOfParts(parts), 'vCard') ?? business;
	const called = name ?? contact.organization;
	if (called !== undefined) contact.contactName = called;
	if (business !== undefined && business !== called) extra('x-wa-biz-name');
	Object.assign(contact, withoutRepeatedName(parts, called));
	const [tel, ...others] = tels;
	if (tel === undefined && called === undefined) {
		return refuse(
			`Card ${position} of the vCard has neither a name nor a phone`,
			'Add an FN line with the name and a TEL line with the phone number.',
		);
	}
	if (tel !== undefined) {
		const phone = readTel(tel, options);
		if ('message' in phone) {
			if (phone.parameter !== (options.parameter ?? 'vCard')) throw new InputError(phone);
			const card = called === undefined ? `card ${position}` : `"${shown(called)}"`;
			return refuse(`The phone of ${card} cannot be used: ${phone.message}`, phone.description);
		}
		const phones = [phone];
		for (const other of others) {
			if (other.value.trim() === tel.value.trim()) continue;
			const read = readTel(other, options);
			if ('message' in read) extra('phones');
			else if (phones.every(({ number }) => number !== read.number)) {
				extra('phones', 'morePhones');
				phones.push(read);
			}
		}
		contact.phones = phones;
	}
	return extras.length > 0 ? { ...contact, extras } : contact;
}

/**
 * Reads one vCard or several in one text, version 2.1, 3.0 or 4.0: folded or not, any line ends, with
 * quoted-printable or Base64 texts, and text that went through JSON twice (`\n` in place of line ends).
 *
 * - The preferred of several lines of one kind comes first; what a {@link Contact} has no field for is
 *   named in `extras`, and so are the entries after the first (`phones`, `emails`, `urls`…).
 * - FN is the name; without it the parts of N, then X-WA-BIZ-NAME, then ORG. Names are never split.
 * - A phone is what TEL shows; its `waid` counts where that says no country or cannot be read.
 * - Text before, between and after cards is passed over.
 *
 * @returns at least one contact
 * @throws {InputError} for `options.parameter`: no card, a card cut off, without name and phone, with a
 *   line that is no property, or with a phone that cannot be used; for `defaultCountry` where unknown
 */
export function readVCards(text: unknown, options: VCardOptions): Contact[] {
	const parameter = options.parameter ?? 'vCard';
	const refuse: Refuse = (message, description) => {
		throw new InputError({ parameter, message, description });
	};
	if (text !== undefined && text !== null && typeof text !== 'string') {
		return refuse(
			`The vCard is not a text: ${shown(text)}`,
			'Drag the single value that holds the vCard into the field.',
		);
	}
	if (text === undefined || text === null || text.trim() === '') {
		return refuse('The vCard is empty', 'Give the text of a vCard, from BEGIN:VCARD to END:VCARD.');
	}
	return cardsIn(text, refuse).map((lines, index) => readCard(lines, index + 1, options, refuse));
}
