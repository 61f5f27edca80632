// A contact while the lines of its card are taken in, one by one. Knows what each line means.
import type { Address, Contact, ContactField, Extra, TextField } from '../Contact';
import { NAME_PARTS, nameOutOfParts } from '../names';
import { isoDate, readText, shown } from '../text';
import { placeType, type Groups } from './kinds';
import { components, unescaped, type Property } from './property';

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

/** Under which name a second line of the same kind is told, and what has no field at all. */
const EXTRA_OF: ReadonlyMap<string, string> = new Map([
	['FN', 'names'],
	['TITLE', 'titles'],
	['BDAY', 'birthdays'],
	['NOTE', 'notes'],
	['X-WA-BIZ-DESCRIPTION', 'businessDescriptions'],
]);

/** Under which name a line is told whose letters are lost. */
const LOST_AS: ReadonlyMap<string, string> = new Map([
	...FIELD_OF,
	['EMAIL', 'email'],
	['URL', 'url'],
	['ADR', 'address'],
]);

/** Lines that say whose card it is. */
const NAME_LINES = new Set(['FN', 'N', 'ORG', 'X-WA-BIZ-NAME']);

const TEXTS = new Set([
	...FIELD_OF.keys(),
	...NAME_LINES,
	...['ADR', 'EMAIL', 'TEL', 'URL', 'VERSION', 'X-ABADR', 'X-ABLABEL'],
]);

/** Whether a property is a text that is read; everything else is left as it stands. */
export const isText = (name: string) => TEXTS.has(name);

/** A full date as YYYY-MM-DD, without a year as --MM-DD where Apple says so; anything else as it was written. */
function readBirthday({ parameters }: Property, value: string): string {
	const date = isoDate(value);
	// Apple's address book needs a year and marks the one that is not meant.
	const omitted = parameters.get('X-APPLE-OMIT-YEAR')?.[0];
	return omitted !== undefined && date.startsWith(`${omitted}-`)
		? `-${date.slice(omitted.length)}`
		: date;
}

/** What N holds, as fields. */
function readNameParts(value: string): Contact {
	const [lastName, firstName] = components(value, ', ');
	const [, , middleName, prefix] = components(value, ' ');
	const suffix = components(value, ', ')[4];
	return {
		...(firstName && { firstName }),
		...(middleName && { middleName }),
		...(lastName && { lastName }),
		...(prefix && { prefix }),
		...(suffix && { suffix }),
	};
}

/** What ADR holds; `undefined` where it is empty. */
function readAddress(adr: Property, groups: Groups): Address | undefined {
	const [box, extended, street, city, state, postalCode, country] = components(adr.value, ', ');
	const place = [street, extended, box].filter(Boolean).join(', ');
	// RFC 8605 has the country's code in a parameter, Apple in a line beside.
	const code = adr.parameters.get('CC')?.[0]?.toUpperCase() ?? '';
	const countryCode = /^[A-Z]{2}$/.test(code) ? code : groups.get(adr.group)?.countryCode;
	// A code that stands in for the country is no name of it.
	const isNamed = country !== '' && country !== countryCode;
	const address: Address = {
		...(place && { street: place }),
		...(city && { city }),
		...(state && { state }),
		...(postalCode && { postalCode }),
		...(isNamed && country && { country }),
	};
	const isEmpty = Object.keys(address).length === 0 && !country;
	return isEmpty
		? undefined
		: { ...address, ...(countryCode && { countryCode }), ...placeType(adr, groups) };
}

/** Many programs write the whole name into one part of N, for want of its parts. */
function withoutRepeatedName(parts: Contact, name: string | undefined): Contact {
	const given = NAME_PARTS.filter((part) => parts[part] !== undefined);
	const [only] = given;
	if (only === undefined || given.length > 1 || parts[only] !== name) return parts;
	const { [only]: _repeated, ...others } = parts;
	return others;
}

/** A contact in the making. Lines are taken in the order in which they are preferred. */
export class Draft {
	readonly contact: Contact = {};
	readonly extras: Extra[] = [];
	/** The TEL lines, which are read together. */
	readonly tels: Property[] = [];
	/** A name with letters that are lost or guessed, as it can be shown. */
	doubtfulName: string | undefined;
	private parts: Contact = {};
	private business: string | undefined;

	constructor(private readonly groups: Groups) {}

	/** Notes what came beside the single fields, once by each name. */
	tell(name: string, heldIn?: ContactField): void {
		if (this.extras.some((extra) => extra.name === name && extra.heldIn === heldIn)) return;
		this.extras.push({ name, ...(heldIn !== undefined && { heldIn }) });
	}

	take(property: Property): void {
		const { name, value, isDoubtful } = property;
		if (SILENT.has(name)) return;
		if (name === 'TEL') {
			if (readText(unescaped(value), name) !== undefined) this.tels.push(property);
			return;
		}
		if (value.trim() === '' || /^[;,\s]*$/.test(value)) return;
		if (isDoubtful && NAME_LINES.has(name)) this.doubtfulName ??= shown(unescaped(value));
		if (isDoubtful && !NAME_LINES.has(name)) this.tell(LOST_AS.get(name) ?? name.toLowerCase());
		else this.fill(property);
	}

	private fill(property: Property): void {
		const { name, value } = property;
		const text = isText(name) ? readText(unescaped(value), name) : undefined;
		const field = FIELD_OF.get(name);
		if (name === 'N') this.fillParts(value);
		else if (name === 'ORG') this.fillOrganization(value);
		else if (name === 'ADR') this.addAddress(property);
		else if (name === 'LABEL') this.tell('address', 'addresses');
		else if (field === undefined && !isText(name)) this.tell(name.toLowerCase());
		else if (text === undefined) return;
		else if (name === 'EMAIL') this.addEmail(text, property);
		else if (name === 'URL') this.addUrl(text, property);
		else if (name === 'X-WA-BIZ-NAME') this.business ??= text;
		else if (field !== undefined) {
			if (field === 'nickname') this.tell('nickname', 'nickname');
			this.fillField(field, field === 'birthday' ? readBirthday(property, text) : text, name);
		}
	}

	private fillField(field: TextField, text: string, name: string): void {
		if (this.contact[field] === undefined) this.contact[field] = text;
		else if (this.contact[field] !== text) this.tell(EXTRA_OF.get(name) ?? name.toLowerCase());
	}

	private fillParts(value: string): void {
		const found = readNameParts(value);
		if (Object.keys(this.parts).length === 0) this.parts = found;
		else if (nameOutOfParts(found) !== nameOutOfParts(this.parts)) this.tell('names');
	}

	private fillOrganization(value: string): void {
		const [organization, ...units] = components(value, ', ').map((unit) => readText(unit, 'ORG'));
		const department = units.filter((unit) => unit !== undefined).join(', ');
		const { contact } = this;
		if (contact.organization !== undefined || contact.department !== undefined) {
			this.tell('organizations');
			return;
		}
		if (organization !== undefined) contact.organization = organization;
		if (department !== '') contact.department = department;
	}

	private addEmail(address: string, property: Property): void {
		const known = this.contact.emails ?? [];
		if (known.some((email) => email.address === address)) return;
		if (known.length > 0) this.tell('emails', 'moreEmails');
		this.contact.emails = [...known, { address, ...placeType(property, this.groups) }];
	}

	private addUrl(url: string, property: Property): void {
		const known = this.contact.urls ?? [];
		if (known.some((link) => link.url === url)) return;
		if (known.length > 0) this.tell('urls', 'moreUrls');
		this.contact.urls = [...known, { url, ...placeType(property, this.groups) }];
	}

	private addAddress(property: Property): void {
		const address = readAddress(property, this.groups);
		if (address === undefined) return;
		this.tell('address', 'addresses');
		this.contact.addresses = [...(this.contact.addresses ?? []), address];
	}

	/**
	 * Settles the name when all lines are in: FN, else the parts of N, else the name of the business, else
	 * the organization. @returns it; `undefined` where the card has none
	 */
	settleName(): string | undefined {
		const { contact, parts, business } = this;
		const name = contact.contactName ?? readText(nameOutOfParts(parts), 'N') ?? business;
		const called = name ?? contact.organization;
		if (called !== undefined) contact.contactName = called;
		const isSaid = business === called || business === contact.organization;
		if (business !== undefined && !isSaid) this.tell('x-wa-biz-name');
		Object.assign(contact, withoutRepeatedName(parts, called));
		return called;
	}

	/** A label is the text of an address that is there beside it, or else has no field. */
	private settleLabels(): void {
		if (this.contact.addresses !== undefined) return;
		for (const extra of this.extras) if (extra.heldIn === 'addresses') delete extra.heldIn;
	}

	/** The finished contact. */
	finish(): Contact {
		this.settleLabels();
		return this.extras.length > 0 ? { ...this.contact, extras: this.extras } : this.contact;
	}
}
