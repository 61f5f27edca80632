// A contact as a vCard 3.0, the way messengers take it. Knows no vendor and no n8n.
import type { Contact, EntryType, Phone } from './Contact';
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

function phoneLine({ number, type = 'mobile', waId = number }: Phone): string {
	// Without `waid` WhatsApp shows the card without its Message button.
	return number.length > SHORT_CODE_DIGITS
		? `${typed('TEL', type)};waid=${waId}:+${number}`
		: `${typed('TEL', type)}:${number}`;
}

/**
 * Writes a vCard 3.0: `\n` line ends, not folded (messengers do not unfold reliably), always with N and
 * FN, because iPhones drop cards without either. A field that is absent has no line. `contactChatId` and
 * `extras` have no place in a vCard.
 */
export function writeVCard(contact: Contact): string {
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
		...(contact.phones ?? []).map(phoneLine),
		...line('ORG', contact.organization, contact.department),
		...line('TITLE', contact.title),
		...(contact.emails ?? []).flatMap(({ address, type }) => line(typed('EMAIL', type), address)),
		...(contact.urls ?? []).flatMap(({ url, type }) => line(typed('URL', type), url)),
		...line('BDAY', contact.birthday),
		...line('NOTE', contact.note),
		...line('X-WA-BIZ-DESCRIPTION', contact.businessDescription),
		'END:VCARD',
	].join('\n');
}
