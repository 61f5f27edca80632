// Holding a card against what its messenger demands, before anything is sent.
import { CONTACT_FIELDS, textsIn, type Contact, type ContactField } from '../contact/Contact';
import { InputError } from '../contact/InputError';
import { shown } from '../contact/text';
import type { Bound, BuiltBound, CardKind, Messenger, Provider } from '../providers/Provider';
import { label } from './label';

/** ASCII mailboxes, as the vendors' own validators take them. */
const EMAIL =
	/^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z]([a-z\d-]*[a-z\d])?$/i;

const UNITS: Readonly<Record<Bound['unit'], { name: string; count: (text: string) => number }>> = {
	characters: { name: 'characters', count: (text) => Array.from(text).length },
	utf16Units: { name: 'characters', count: (text) => text.length },
	bytes: { name: 'bytes', count: (text) => Buffer.byteLength(text, 'utf8') },
};

/** `201 characters`, where that is more than the bound allows; `undefined` where it fits. */
function excess(text: string, { atMost, unit }: Bound): string | undefined {
	const { name, count } = UNITS[unit];
	const length = count(text);
	return length > atMost ? `${length} ${name}` : undefined;
}

/** What is built out of the contact and is too long, with its length; `undefined` where all of it fits. */
export function builtTooLong(
	contact: Contact,
	{ built = [] }: CardKind,
): { built: BuiltBound; length: string } | undefined {
	for (const bounded of built) {
		const length = excess(bounded.text(contact), bounded.bound);
		if (length !== undefined) return { built: bounded, length };
	}
	return undefined;
}

function refuse(parameter: string, message: string, description: string): never {
	throw new InputError({ parameter, message, description });
}

/**
 * Of what is sent, holds every field against what the messenger demands.
 * @param contact with no more in it than the messenger's card carries: see `fitted`
 * @throws InputError naming the field that is missing or does not fit
 */
export function checkCard(
	contact: Contact,
	provider: Provider,
	messenger: Messenger,
	allowUnusual: boolean,
): void {
	const { card, displayName } = messenger;
	const vendor = provider.displayName;
	for (const required of card.requires) {
		const anyOf = typeof required === 'string' ? [required] : required;
		if (anyOf.some((field) => textsIn(contact, field).length > 0)) continue;
		const [first = ''] = anyOf;
		const names = anyOf.map((field) => label(field, provider)).join(', ');
		refuse(
			first,
			anyOf.length === 1 ? `${names} is empty` : `One of these must be filled in: ${names}`,
			`${vendor}${provider.messengers.length > 1 ? ` (${displayName})` : ''} does not take a contact without it. If it comes from an expression, the item has no value there.`,
		);
	}
	checkPhones(contact, vendor, card, allowUnusual);
	const { contactChatId } = contact;
	if (card.chatId && contactChatId !== undefined && !card.chatId.test(contactChatId)) {
		refuse(
			'contactChatId',
			`${label('contactChatId')} “${contactChatId}” is not a chat ID of a person`,
			`It is a number such as 10000000. ${displayName} shares people by chat ID, not by phone.`,
		);
	}
	checkEmails(contact, card);
	checkLengths(contact, vendor, card);
}

/** The fields among these that the card carries. */
function carried({ carries }: CardKind, ...fields: ContactField[]): ContactField[] {
	return fields.filter((field) => carries.includes(field));
}

function checkPhones(contact: Contact, vendor: string, card: CardKind, allowUnusual: boolean) {
	if (card.phone === undefined) return;
	const { min, max } = card.phone;
	for (const field of carried(card, 'contactPhone', 'morePhones')) {
		for (const number of textsIn(contact, field)) {
			const isLong = number.length >= min || allowUnusual;
			if (isLong && number.length <= max && !number.startsWith('0')) continue;
			refuse(
				field,
				`${label(field)} “${number}” does not have the ${min} to ${max} digits that ${vendor} takes`,
				'Write the number with its country code. A shorter one can be sent with Allow Unusual Numbers in the options.',
			);
		}
	}
}

function checkEmails(contact: Contact, card: CardKind) {
	// Inside a vCard an address is a text like any other, and vendors let it pass.
	if (card.vCard) return;
	for (const field of carried(card, 'email', 'moreEmails')) {
		for (const address of textsIn(contact, field)) {
			if (EMAIL.test(address)) continue;
			refuse(
				field,
				`${label(field)} “${address}” is not an email address`,
				'Correct it, or leave it empty.',
			);
		}
	}
}

function checkLengths(contact: Contact, vendor: string, card: CardKind) {
	for (const field of carried(card, ...CONTACT_FIELDS)) {
		const bound = card.bounds?.[field];
		if (bound === undefined) continue;
		const texts = textsIn(contact, field);
		for (const text of texts) {
			const length = excess(text, bound);
			if (length === undefined) continue;
			const which = texts.length > 1 ? ` “${shown(text)}”` : '';
			refuse(
				field,
				`${label(field)}${which} has ${length}; ${vendor} takes up to ${bound.atMost}`,
				'Shorten it.',
			);
		}
	}
	const tooLong = builtTooLong(contact, card);
	if (tooLong === undefined) return;
	const { built, length } = tooLong;
	refuse(
		built.parameter,
		`${built.what} has ${length}; ${vendor} takes up to ${built.bound.atMost}`,
		built.wayOut,
	);
}
