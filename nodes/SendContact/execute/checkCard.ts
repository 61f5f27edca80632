// Holding a card against what its messenger demands, before anything is sent.
import { CONTACT_FIELDS, textsIn, type Contact, type ContactField } from '../contact/Contact';
import type { InputProblem } from '../contact/InputError';
import { shown } from '../contact/text';
import type { Bound, BuiltBound, CardKind } from '../providers/Provider';
import type { Service } from '../providers/services';
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

/** A card with where it is to go: what all checks look at. */
interface Checked extends Service {
	contact: Contact;
	allowUnusual: boolean;
}

/**
 * Holds every field of a card against what its messenger demands.
 *
 * @param contact with no more in it than the messenger's card carries: see `fitted`
 * @param allowUnusual takes phones that are shorter than the vendor says
 * @returns what is missing or does not fit; `undefined` where the card can be sent
 */
export function checkCard(
	contact: Contact,
	service: Service,
	allowUnusual: boolean,
): InputProblem | undefined {
	const checked = { ...service, contact, allowUnusual };
	for (const check of [findMissing, findBadPhone, findBadChatId, findBadEmail, findTooLong]) {
		const problem = check(checked);
		if (problem !== undefined) return problem;
	}
	return undefined;
}

/** The fields among these that the card carries. */
function carried({ messenger }: Service, ...fields: ContactField[]): ContactField[] {
	return fields.filter((field) => messenger.card.carries.includes(field));
}

function findMissing({ contact, provider, messenger }: Checked): InputProblem | undefined {
	const groups = messenger.card.requires.map((required) =>
		typeof required === 'string' ? [required] : required,
	);
	const missing = groups.find((anyOf) =>
		anyOf.every((field) => textsIn(contact, field).length === 0),
	);
	if (missing === undefined) return undefined;
	const names = missing.map((field) => label(field, provider)).join(', ');
	const vendor =
		provider.messengers.length > 1
			? `${provider.displayName} (${messenger.displayName})`
			: provider.displayName;
	return {
		parameter: missing[0] ?? '',
		message:
			missing.length === 1 ? `${names} is empty` : `One of these must be filled in: ${names}`,
		description: `${vendor} does not take a contact without it. If it comes from an expression, the item has no value there.`,
	};
}

function findBadPhone(checked: Checked): InputProblem | undefined {
	const { contact, provider, messenger, allowUnusual } = checked;
	if (messenger.card.phone === undefined) return undefined;
	const { min, max } = messenger.card.phone;
	for (const field of carried(checked, 'contactPhone', 'morePhones')) {
		for (const number of textsIn(contact, field)) {
			const isLong = number.length >= min || allowUnusual;
			if (isLong && number.length <= max && !number.startsWith('0')) continue;
			return {
				parameter: field,
				message: `${label(field, provider)} “${number}” does not have the ${min} to ${max} digits that ${provider.displayName} takes`,
				description:
					'Write the number with its country code. A shorter one can be sent with Allow Unusual Numbers in the options.',
			};
		}
	}
	return undefined;
}

function findBadChatId({ contact, provider, messenger }: Checked): InputProblem | undefined {
	const { contactChatId } = contact;
	const { card, displayName } = messenger;
	if (!card.chatId || contactChatId === undefined || card.chatId.test(contactChatId)) {
		return undefined;
	}
	return {
		parameter: 'contactChatId',
		message: `${label('contactChatId', provider)} “${contactChatId}” is not a chat ID of a person`,
		description: `It is a number such as 10000000. ${displayName} shares people by chat ID, not by phone.`,
	};
}

function findBadEmail(checked: Checked): InputProblem | undefined {
	// Inside a vCard an address is a text like any other, and vendors let it pass.
	if (checked.messenger.card.vCard) return undefined;
	for (const field of carried(checked, 'email', 'moreEmails')) {
		const bad = textsIn(checked.contact, field).find((address) => !EMAIL.test(address));
		if (bad === undefined) continue;
		return {
			parameter: field,
			message: `${label(field, checked.provider)} “${bad}” is not an email address`,
			description: 'Correct it, or leave it empty.',
		};
	}
	return undefined;
}

function findTooLong(checked: Checked): InputProblem | undefined {
	const { contact, provider, messenger } = checked;
	const vendor = provider.displayName;
	for (const field of carried(checked, ...CONTACT_FIELDS)) {
		const bound = messenger.card.bounds?.[field];
		const texts = bound === undefined ? [] : textsIn(contact, field);
		for (const text of texts) {
			const length = bound === undefined ? undefined : excess(text, bound);
			if (bound === undefined || length === undefined) continue;
			const which = texts.length > 1 ? ` “${shown(text)}”` : '';
			return {
				parameter: field,
				message: `${label(field, provider)}${which} has ${length}; ${vendor} takes up to ${bound.atMost}`,
				description: 'Shorten it.',
			};
		}
	}
	const tooLong = builtTooLong(contact, messenger.card);
	if (tooLong === undefined) return undefined;
	const { built, length } = tooLong;
	return {
		parameter: built.parameter,
		message: `${built.what} has ${length}; ${vendor} takes up to ${built.bound.atMost}`,
		description: built.wayOut,
	};
}
