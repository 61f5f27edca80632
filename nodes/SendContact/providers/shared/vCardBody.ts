// What the vendors have in common that take a person as the text of a vCard. Knows no vendor.
import {
	CONTACT_FIELDS,
	type Contact,
	type ContactField,
	type VCardVersion,
} from '../../contact/Contact';
import { writeVCard } from '../../contact/writeVCard';
import type { Bound, BuiltBound } from '../Provider';

/** What a vCard carries: all but the chat id of one messenger. */
export const VCARD_FIELDS: readonly ContactField[] = CONTACT_FIELDS.filter(
	(field) => field !== 'contactChatId',
);

/** The versions of a vCard that messengers show: none documents another one. */
export const VCARD_VERSIONS: readonly VCardVersion[] = ['3.0'];

/**
 * The contact as a vCard: as it was pasted, where that is one of the versions; else written as 3.0, with
 * everything that holds of it.
 */
export function vCardOf(
	contact: Contact,
	versions: readonly VCardVersion[] = VCARD_VERSIONS,
): string {
	const { pasted } = contact;
	return pasted !== undefined && versions.includes(pasted.version)
		? pasted.text
		: writeVCard(contact);
}

/** The bound on the vCard that is built out of a contact, for a card's `built`. */
export function vCardBound(bound: Bound, versions = VCARD_VERSIONS): BuiltBound {
	return {
		what: 'The vCard of the contact',
		text: (contact) => vCardOf(contact, versions),
		bound,
		parameter: 'note',
		wayOut: 'Shorten the note, or leave out fields that are not needed.',
	};
}
