// A contact as a vCard 3.0, the way messengers take it. Knows no vendor and no n8n.
import { NAME_PARTS, nameOutOfParts, type Contact } from './Contact';
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

function phoneLine(phone: string | undefined): string[] {
	const digits = phone?.replace(/\D/g, '') ?? '';
	if (digits === '') return [];
	// Without `waid` WhatsApp shows the card without its Message button.
	return digits.length > SHORT_CODE_DIGITS
		? [`TEL;type=CELL;waid=${digits}:+${digits}`]
		: [`TEL;type=CELL:${digits}`];
}

/**
 * Writes a vCard 3.0: `\n` line ends, not folded (messengers do not unfold reliably), always with N and
 * FN, because iPhones drop cards without either. A field that is absent has no line. `contactChatId` and
 * `beyond` have no place in a vCard.
 */
export function writeVCard(contact: Contact): string {
	const { prefix, firstName, middleName, lastName, suffix } = contact;
	const fullName =
		contact.contactName ??
		(nameOutOfParts(contact) || (contact.organization ?? contact.email ?? contact.contactPhone));
	const hasParts = NAME_PARTS.some((part) => contact[part] !== undefined);
	// Without parts the whole name stands in for the first name: names are never split by guessing.
	const given = hasParts ? firstName : fullName;
	const n = [lastName, given, middleName, prefix, suffix].map(escaped).join(';');
	return [
		'BEGIN:VCARD',
		'VERSION:3.0',
		`N:${n}`,
		`FN:${escaped(fullName)}`,
		...phoneLine(contact.contactPhone),
		...line('ORG', contact.organization, contact.department),
		...line('TITLE', contact.title),
		...line('EMAIL', contact.email),
		...line('URL', contact.url),
		...line('BDAY', contact.birthday),
		...line('NOTE', contact.note),
		...line('X-WA-BIZ-DESCRIPTION', contact.businessDescription),
		'END:VCARD',
	].join('\n');
}
