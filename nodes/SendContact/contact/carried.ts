// What of a contact reaches the recipient, and what is lost on the way. Knows no vendor by name and no n8n.
import {
	CONTACT_FIELDS,
	entriesIn,
	textsIn,
	type Contact,
	type ContactField,
	type ListField,
	type TextField,
	type VCardVersion,
} from './Contact';
import { isSaidIn, NAME_FIELDS, nameOutOfParts, shownNameParts, type FirstName } from './names';

/** What a messenger's card can hold. */
export interface Carrying {
	/** The fields that reach the recipient. */
	carries: readonly ContactField[];
	/** How many entries of a list field reach the recipient, where that is bounded. */
	atMost?: Partial<Record<ListField, number>>;
	/** What a text must look like to reach the recipient, field by field. */
	forms?: Partial<Record<TextField, RegExp>>;
	/** Given where the name is shown in parts only, and a full name stands in for a first name. */
	nameInParts?: FirstName;
	/** The versions in which a vCard that was pasted is passed on as it is. */
	vCard?: { versions: readonly VCardVersion[] };
}

const LIST_FIELDS: readonly ListField[] = ['morePhones', 'moreEmails', 'moreUrls', 'addresses'];

/** How many entries of a list field reach the recipient. */
function roomFor(field: ListField, { carries, atMost }: Carrying): number {
	return carries.includes(field) ? (atMost?.[field] ?? Number.POSITIVE_INFINITY) : 0;
}

/** Whether the vCard that the contact came as reaches the recipient whole. */
export function passesWhole({ pasted }: Contact, { vCard }: Carrying): boolean {
	return pasted !== undefined && vCard?.versions.includes(pasted.version) === true;
}

/** Whether a field's text looks as the messenger demands. */
function hasForm(contact: Contact, field: ContactField, { forms = {} }: Carrying): boolean {
	const form = new Map<string, RegExp>(Object.entries(forms)).get(field);
	return form === undefined || textsIn(contact, field).every((text) => form.test(text));
}

/**
 * The contact as it is sent: with no more entries in its lists than the card holds, without texts that do
 * not look as the messenger demands, and without the vCard it came as where that is not passed on. Other
 * fields are left in: a provider asks for those it carries.
 */
export function fitted(contact: Contact, card: Carrying): Contact {
	const { phones, emails, urls, addresses, pasted, ...rest } = contact;
	const fit: Contact = Object.fromEntries(
		Object.entries(rest).filter(([name]) => {
			const field = CONTACT_FIELDS.find((known) => known === name);
			return field === undefined || hasForm(contact, field, card);
		}),
	);
	const most = (field: ListField) => roomFor(field, card);
	if (phones) fit.phones = phones.slice(0, 1 + most('morePhones'));
	if (emails) fit.emails = emails.slice(0, 1 + most('moreEmails'));
	if (urls) fit.urls = urls.slice(0, 1 + most('moreUrls'));
	if (addresses && most('addresses') > 0) fit.addresses = addresses.slice(0, most('addresses'));
	if (pasted && passesWhole(contact, card)) fit.pasted = pasted;
	return fit;
}

/** The name as the recipient sees it; `undefined` where none is sent. */
export function shownName(contact: Contact, card: Carrying): string | undefined {
	const shown: Contact = card.nameInParts === undefined ? contact : shownNameParts(contact, card);
	return shown.contactName ?? (nameOutOfParts(shown) || undefined);
}

/**
 * The names of what was given and does not reach the recipient: fields in {@link CONTACT_FIELDS} order,
 * then what came beside them. Nothing, where the vCard the contact came as is passed on.
 *
 * A part of the name that the shown name says is not lost, nor is a full name whose words are all in the
 * parts that are shown.
 */
export function droppedFields(contact: Contact, card: Carrying): string[] {
	if (passesWhole(contact, card)) return [];
	const carried = new Set<ContactField>(card.carries);
	const joined = (fields: readonly ContactField[]) =>
		fields.flatMap((field) => textsIn(contact, field)).join(' ');
	const isWholeNameSent =
		carried.has('contactName') &&
		!(card.nameInParts !== undefined && contact.firstName !== undefined);
	const sent = joined([
		...(isWholeNameSent ? (['contactName'] as const) : []),
		...NAME_FIELDS.filter((part) => carried.has(part)),
	]);
	const isKept = (field: ContactField) => {
		const list = LIST_FIELDS.find((known) => known === field);
		return list === undefined
			? carried.has(field) && hasForm(contact, field, card)
			: entriesIn(contact, list) <= roomFor(list, card);
	};
	const isLost = (field: ContactField) => {
		const text = joined([field]);
		if (text === '') return false;
		if (field === 'contactName') {
			// Where some of it is sent, a word of it that is not is reported under its part's own name.
			const alsoReported = sent.trim() === '' ? '' : joined(NAME_FIELDS);
			return !isSaidIn(text, `${sent} ${alsoReported}`);
		}
		if (isKept(field)) return false;
		return !(NAME_FIELDS.some((part) => part === field) && isSaidIn(text, sent));
	};
	const { extras = [] } = contact;
	const toldByName = new Set(extras.map(({ heldIn }) => heldIn));
	const lost = CONTACT_FIELDS.filter((field) => !toldByName.has(field)).filter(isLost);
	const lostExtras = extras.filter(({ heldIn }) => heldIn === undefined || isLost(heldIn));
	return [...lost, ...new Set(lostExtras.map(({ name }) => name))];
}
