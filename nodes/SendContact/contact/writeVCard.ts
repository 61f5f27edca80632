// A contact as a vCard 3.0, the way messengers take it. Knows no vendor and no n8n.
import type { Address, Contact, EntryType, Phone } from './Contact';
import { fullName, NAME_PARTS } from './names';
import { oneLine } from './text';

/** A number with a country code has more digits than this; what has fewer is a short code, dialled as it is. */
const SHORT_CODE_DIGITS = 6;

/** One component of a value: whatever is in it, it can add neither a line nor a component. */
function escaped(value: string | undefined): string {
	return oneLine(value ?? '').replace(/[\\;,]/g, '\\$&');
}

/** A line for the components, or none where all of them are empty. */
function line(name: string, ...components: Array<string | undefined>): string[] {
	const values = components.map(escaped);
	while (values.length > 1 && values.at(-1) === '') values.pop();
	return values.some((value) => value !== '') ? [`${name}:${values.join(';')}`] : [];
}

/** `TYPE` of the lines of a vCard. What is not said of a phone is taken for a mobile, as messengers do. */
const TYPES: Readonly<Record<EntryType, string>> = {
	mobile: 'CELL',
	work: 'WORK',
	home: 'HOME',
	other: 'OTHER',
};

function typed(name: string, type: EntryType | undefined): string {
	return type === undefined ? name : `${name};type=${TYPES[type]}`;
}

/** A phone with its country code as it is dialled; a short code as it is. */
export function dialled(number: string): string {
	return number.length > SHORT_CODE_DIGITS ? `+${number}` : number;
}

function phoneLine({ number, type = 'mobile', waId = number }: Phone, isForWhatsApp: boolean) {
	const name = typed('TEL', type);
	// Without `waid` WhatsApp shows the card without its Message button.
	const hasWaId = isForWhatsApp && number.length > SHORT_CODE_DIGITS;
	return `${name}${hasWaId ? `;waid=${waId}` : ''}:${dialled(number)}`;
}

/** The lines of the nth address, from 1. A line beside it holds the country's code, as Apple writes it. */
function addressLines(address: Address, nth: number): string[] {
	const { street, city, state, postalCode, countryCode, type } = address;
	const country = address.country ?? countryCode;
	const group = countryCode === undefined ? '' : `item${nth}.`;
	return [
		...line(
			`${group}${typed('ADR', type)}`,
			...[undefined, undefined, street, city, state, postalCode, country],
		),
		...(countryCode === undefined ? [] : line(`${group}X-ABADR`, countryCode.toLowerCase())),
	];
}

/**
 * Writes a vCard 3.0: `\n` line ends, not folded (messengers do not unfold reliably), always with N and
 * FN, because iPhones drop cards without either. A field that is absent has no line. `contactChatId` and
 * `extras` have no place in a vCard.
 * @param reader `anyone` gets no line and no parameter that only WhatsApp reads
 */
export function writeVCard(contact: Contact, reader: 'whatsapp' | 'anyone' = 'whatsapp'): string {
	const isForWhatsApp = reader === 'whatsapp';
	const { prefix, firstName, middleName, lastName, suffix } = contact;
	const name = fullName(contact);
	const hasParts = NAME_PARTS.some((part) => contact[part] !== undefined);
	// Without parts the whole name stands in for the first name: names are never split by guessing.
	const given = hasParts ? firstName : name;
	const n = [lastName, given, middleName, prefix, suffix].map(escaped).join(';');
	return [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`N:${n}`,
		`FN:${escaped(name)}`,
		...line('NICKNAME', contact.nickname),
		...(contact.phones ?? []).map((phone) => phoneLine(phone, isForWhatsApp)),
		...line('ORG', contact.organization, contact.department),
		...line('TITLE', contact.title),
		...(contact.emails ?? []).flatMap(({ address, type }) => line(typed('EMAIL', type), address)),
		...(contact.urls ?? []).flatMap(({ url, type }) => line(typed('URL', type), url)),
		...(contact.addresses ?? []).flatMap((address, index) => addressLines(address, index + 1)),
		...line('BDAY', contact.birthday),
		...line('NOTE', contact.note),
		...(isForWhatsApp ? line('X-WA-BIZ-DESCRIPTION', contact.businessDescription) : []),
		'END:VCARD',
	].join('\n');
}
