// A contact as a vCard 3.0, the way messengers take it. Knows no vendor and no n8n.
import type { Address, Contact, EntryType, Phone } from './Contact';
import { fullName, NAME_PARTS } from './names';
import { oneLine } from './text';

/** A number with a country code has more digits than this; what has fewer is a short code, dialled as it is. */
const SHORT_CODE_DIGITS = 6;

/** `TYPE` of the lines. What is not said of a phone is taken for a mobile, as messengers do. */
const TYPES: Readonly<Record<EntryType, string>> = {
	mobile: 'CELL',
	work: 'WORK',
	home: 'HOME',
	other: 'OTHER',
};

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

/** A link has no components: its commas and semicolons stand for themselves. */
function linkLine(name: string, url: string): string[] {
	const value = oneLine(url).replace(/\\/g, '\\\\');
	return value === '' ? [] : [`${name}:${value}`];
}

function typed(name: string, type: EntryType | undefined): string {
	return type === undefined ? name : `${name};type=${TYPES[type]}`;
}

/** A phone with its country code as it is dialled; a short code as it is. */
export function dialled(number: string): string {
	return number.length > SHORT_CODE_DIGITS ? `+${number}` : number;
}

/** The phones. Readers take a mobile first unless another one is marked as preferred. */
function phoneLines(phones: readonly Phone[], isForWhatsApp: boolean): string[] {
	const isMarked = phones.length > 1 && (phones[0]?.type ?? 'mobile') !== 'mobile';
	return phones.map(({ number, type = 'mobile', waId = number }, index) => {
		const name = typed('TEL', type) + (isMarked && index === 0 ? ';type=pref' : '');
		// Without `waid` WhatsApp shows the card without its Message button.
		const hasWaId = isForWhatsApp && number.length > SHORT_CODE_DIGITS;
		return `${name}${hasWaId ? `;waid=${waId}` : ''}:${dialled(number)}`;
	});
}

/** An address; the code of its country stands in a line beside it, as Apple has it. */
function addressLines(address: Address, position: number): string[] {
	const { street, city, state, postalCode, countryCode, type } = address;
	const group = countryCode === undefined ? '' : `item${position + 1}.`;
	const country = address.country ?? countryCode;
	const values = ['', '', street, city, state, postalCode, country].map(escaped);
	if (values.every((value) => value === '')) return [];
	return [
		`${typed(`${group}ADR`, type)}:${values.join(';')}`,
		...(countryCode === undefined ? [] : line(`${group}X-ABADR`, countryCode.toLowerCase())),
	];
}

/**
 * Writes a vCard 3.0 with all that it holds of a contact: `\n` line ends, not folded (messengers do not
 * unfold reliably), always with N and FN, because iPhones drop cards without either. A field that is absent
 * has no line. `contactChatId` and `extras` have no place in a vCard.
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
	const { emails = [], urls = [], addresses = [], businessDescription } = contact;
	// WhatsApp shows a business by its name and its description.
	const businessLines =
		isForWhatsApp && businessDescription !== undefined
			? [
					...line('X-WA-BIZ-NAME', contact.organization ?? name),
					...line('X-WA-BIZ-DESCRIPTION', businessDescription),
				]
			: [];
	return [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`N:${n}`,
		`FN:${escaped(name)}`,
		...line('NICKNAME', contact.nickname),
		...phoneLines(contact.phones ?? [], isForWhatsApp),
		...line('ORG', contact.organization, contact.department),
		...line('TITLE', contact.title),
		...emails.flatMap(({ address, type }) => line(typed('EMAIL', type), address)),
		...urls.flatMap(({ url, type }) => linkLine(typed('URL', type), url)),
		...addresses.flatMap(addressLines),
		...line('BDAY', contact.birthday),
		...line('NOTE', contact.note),
		...businessLines,
		'END:VCARD',
	].join('\n');
}
