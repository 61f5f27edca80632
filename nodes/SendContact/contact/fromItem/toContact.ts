// What was found of a person, cleaned and read: a contact with the path of each of its fields. Knows no service
// by name and no n8n.
import { firstPhone, type Contact, type ContactField, type Phone } from '../Contact';
import { InputError } from '../InputError';
import { nameOutOfParts } from '../names';
import { examineCardPhone, type PhoneOptions } from '../phone';
import { readVCards, type ReadCard } from '../readVCard';
import { isoDate, readText, shown } from '../text';
import type { Doubt, Find, Person, PhoneFind } from './Source';

/**
 * Where each field of a contact was found, as paths in the item: `name` and `phone` stand for the full name and
 * the first phone, as they do in the output. What was put together or is a list names every path.
 */
export type FoundAt = Partial<
	Record<'name' | 'phone' | Exclude<ContactField, 'contactName' | 'contactPhone'>, string>
>;

/** A contact out of an item. */
export interface FoundContact {
	contact: Contact;
	foundAt: FoundAt;
}

/** How {@link cardsOf} reads. */
export interface Reading extends Omit<PhoneOptions, 'parameter'> {
	/** Fields that are filled in otherwise: what is wrong with what was found for them does not matter. */
	filled: ReadonlySet<ContactField>;
}

const FIELD_WORD: Readonly<Record<Doubt['field'], string>> = {
	contactName: 'names',
	contactPhone: 'phone numbers',
	email: 'email addresses',
};

/** The refusal to choose between two people. */
function refuseDoubt({ field, one, other, isMixed }: Doubt): InputError {
	const what = isMixed ? 'A name and a phone number' : `Two ${FIELD_WORD[field]}`;
	return new InputError({
		parameter: field,
		message: `${what} in the item may be of different people: ${one.path} (${shown(one.value)}) and ${other.path} (${shown(other.value)})`,
		description:
			'Auto-Map does not guess. Drag the one you mean into the field of the node: what is filled in there wins.',
	});
}

/** The fewest digits of a phone that kept its zeros. */
const FEWEST_DIGITS = 10;

function refusePhone({ path, value }: Find, problem: { message: string; description: string }) {
	const isCutOff = typeof value === 'number' && String(value).length < FEWEST_DIGITS;
	return new InputError({
		parameter: 'contactPhone',
		message: `The phone found at ${path} cannot be used: ${problem.message}`,
		description: isCutOff
			? `It is a number there and not a text, so a zero or a + at its beginning is lost. Make the column or field ${path} text in the sheet or form. ${problem.description}`
			: problem.description,
	});
}

/** The phones, the first of which must be readable; others that are not are passed over. */
function readPhones(
	{ phones, country }: Person,
	{ filled, ...options }: Reading,
): { phones: Phone[]; paths: string[]; isPartial: boolean } {
	const defaultCountry =
		options.defaultCountry ?? (/^[a-z]{2}$/i.test(country ?? '') ? country : undefined);
	const reading = { ...options, defaultCountry, parameter: 'contactPhone' };
	const read: Array<Phone & { path: string }> = [];
	let isPartial = false;
	for (const find of phones) {
		const phone = examineCardPhone(find.value, find.account?.replace(/\D/g, ''), reading);
		if ('message' in phone) {
			// An unknown country is no fault of the item.
			if (phone.parameter !== 'contactPhone') throw new InputError(phone);
			if (read.length === 0 && !filled.has('contactPhone')) throw refusePhone(find, phone);
			isPartial = true;
			continue;
		}
		if (read.some(({ number }) => number === phone.digits)) continue;
		options.onRead?.(phone);
		read.push({ number: phone.digits, ...typeOf(find), path: find.path });
	}
	return {
		phones: read.map(({ path: _path, ...phone }) => phone),
		paths: read.map(({ path }) => path),
		isPartial,
	};
}

function typeOf({ type }: PhoneFind) {
	return type === undefined ? {} : { type };
}

/** Entries that say something each, with their paths. */
function distinct<T>(
	finds: ReadonlyArray<Find & { type?: T }>,
	isMeant: (text: string) => boolean = () => true,
) {
	const found = finds.flatMap(({ path, value, type }) => {
		const text = readText(value, '');
		return text === undefined || !isMeant(text)
			? []
			: [{ path, text, ...(type !== undefined && { type }) }];
	});
	return found.filter(
		({ text }, index) => found.findIndex((other) => other.text === text) === index,
	);
}

const NAME_PARTS = ['prefix', 'firstName', 'middleName', 'lastName', 'suffix'] as const;

/**
 * The contact a person comes to. A full name is never split; where there are only parts it is put together.
 * @throws InputError where it may be of two people, or its phone cannot be read
 */
function contactOf(person: Person, reading: Reading): FoundContact {
	const { filled } = reading;
	const doubt = person.doubts.find(
		({ field, isMixed }) => !filled.has(field) && !(isMixed && filled.has('contactName')),
	);
	if (doubt !== undefined) throw refuseDoubt(doubt);
	const contact: Contact = {};
	const foundAt: FoundAt = {};
	for (const [field, find] of Object.entries(person.texts) as Array<
		[keyof Person['texts'], Find]
	>) {
		const text = readText(find.value, field);
		if (text === undefined) continue;
		contact[field] = field === 'birthday' ? isoDate(text) : text;
		foundAt[field === 'contactName' ? 'name' : field] = find.path;
	}
	const whole = nameOutOfParts(contact);
	const hasOwnName = contact.firstName !== undefined || contact.lastName !== undefined;
	if (contact.contactName === undefined && whole !== '' && hasOwnName) {
		contact.contactName = whole;
		foundAt.name = NAME_PARTS.flatMap((part) => foundAt[part] ?? []).join(' + ');
	}
	const { phones, paths, isPartial } = readPhones(person, reading);
	if (phones.length > 0) contact.phones = phones;
	put(foundAt, ['phone', 'morePhones'], paths);
	const emails = distinct(person.emails, (text) => text.includes('@'));
	if (emails.length > 0) {
		contact.emails = emails.map(({ path: _path, text, ...more }) => ({ address: text, ...more }));
	}
	put(
		foundAt,
		['email', 'moreEmails'],
		emails.map(({ path }) => path),
	);
	const urls = distinct(person.urls);
	if (urls.length > 0) {
		contact.urls = urls.map(({ path: _path, text, ...more }) => ({ url: text, ...more }));
	}
	put(
		foundAt,
		['url', 'moreUrls'],
		urls.map(({ path }) => path),
	);
	const { addresses } = person;
	if (addresses.length > 0) {
		contact.addresses = addresses.map(({ address }) => address);
		foundAt.addresses = addresses.map(({ path }) => path).join(', ');
	}
	if (isPartial) contact.extras = [{ name: 'phones' }];
	return { contact, foundAt };
}

function put(
	foundAt: FoundAt,
	[first, more]: readonly [keyof FoundAt, keyof FoundAt],
	[path, ...others]: readonly string[],
): void {
	if (path !== undefined) foundAt[first] = path;
	if (others.length > 0) foundAt[more] = others.join(', ');
}

/** The fields of a contact that came as a vCard, all at the one path. */
function allAt(contact: Contact, path: string): FoundAt {
	const {
		contactName,
		phones,
		emails,
		urls,
		addresses,
		extras: _extras,
		pasted: _pasted,
		...texts
	} = contact;
	const foundAt: FoundAt = {};
	if (contactName !== undefined) foundAt.name = path;
	for (const field of Object.keys(texts) as Array<keyof typeof texts>) foundAt[field] = path;
	const lists = [
		['phone', 'morePhones', phones],
		['email', 'moreEmails', emails],
		['url', 'moreUrls', urls],
		['addresses', 'addresses', addresses],
	] as const;
	for (const [first, more, list = []] of lists) {
		if (list.length > 0) foundAt[first] = path;
		if (list.length > 1) foundAt[more] = path;
	}
	return foundAt;
}

/**
 * The cards a person comes to: one, or as many as the vCard that stands in the item holds.
 * @throws InputError naming the field that cannot be filled, and where in the item the reason stands
 */
export function cardsOf(person: Person, reading: Reading): Array<ReadCard & { foundAt?: FoundAt }> {
	const { vCard } = person;
	if (vCard === undefined) return [contactOf(person, reading)];
	const { filled: _filled, ...options } = reading;
	return readVCards(String(vCard.value), { ...options, parameter: 'contactSource' }).map((card) => {
		if ('problem' in card) return card;
		// A card that names nobody but its number goes by the name that the message gives it.
		const { contactName: _name, ...rest } = card.contact;
		const isNameless =
			card.contact.contactName === undefined ||
			card.contact.contactName === firstPhone(card.contact);
		const beside = person.texts.contactName;
		const name = isNameless ? readText(beside?.value, 'contactName') : undefined;
		if (name === undefined || beside === undefined) {
			return { ...card, foundAt: allAt(card.contact, vCard.path) };
		}
		const contact = { contactName: name, ...rest };
		return { contact, foundAt: { ...allAt(contact, vCard.path), name: beside.path } };
	});
}
