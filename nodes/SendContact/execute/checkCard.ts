// Holding a card against what its messenger demands, before anything is sent.
import { CONTACT_FIELDS, type Contact } from '../contact/Contact';
import { InputError } from '../contact/InputError';
import type { Messenger, Provider } from '../providers/Provider';
import { label } from './label';

/** ASCII mailboxes, as the vendors' own validators take them. */
const EMAIL =
	/^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@([a-z\d]([a-z\d-]*[a-z\d])?\.)+[a-z]([a-z\d-]*[a-z\d])?$/i;

/** @throws InputError naming the field that is missing or does not fit */
export function checkCard(
	contact: Contact,
	provider: Provider,
	{ card, displayName }: Messenger,
	allowUnusual: boolean,
): void {
	const refuse = (parameter: string, message: string, description: string): never => {
		throw new InputError({ parameter, message, description });
	};
	for (const required of card.requires) {
		const anyOf = typeof required === 'string' ? [required] : required;
		if (anyOf.some((field) => contact[field] !== undefined)) continue;
		const [first = ''] = anyOf;
		const names = anyOf.map((field) => label(field, provider)).join(', ');
		refuse(
			first,
			anyOf.length === 1 ? `${names} is empty` : `One of these must be filled in: ${names}`,
			`${provider.displayName}${provider.messengers.length > 1 ? ` (${displayName})` : ''} does not take a contact without it. If it comes from an expression, the item has no value there.`,
		);
	}
	const { contactPhone, contactChatId, email } = contact;
	if (card.phone && contactPhone !== undefined) {
		const { min, max } = card.phone;
		if (
			contactPhone.length > max ||
			contactPhone.startsWith('0') ||
			(contactPhone.length < min && !allowUnusual)
		) {
			refuse(
				'contactPhone',
				`${label('contactPhone')} “${contactPhone}” does not have the ${min} to ${max} digits that ${provider.displayName} takes`,
				'Write the number with its country code. A shorter one can be sent with Allow Unusual Numbers in the options.',
			);
		}
	}
	if (card.chatId && contactChatId !== undefined && !card.chatId.test(contactChatId)) {
		refuse(
			'contactChatId',
			`${label('contactChatId')} “${contactChatId}” is not a chat ID of a person`,
			`It is a number such as 10000000. ${displayName} shares people by chat ID, not by phone.`,
		);
	}
	if (email !== undefined && card.carries.includes('email') && !EMAIL.test(email)) {
		refuse('email', `Email “${email}” is not an email address`, 'Correct it, or leave it empty.');
	}
	for (const [name, longest] of Object.entries(card.longest ?? {})) {
		const field = CONTACT_FIELDS.find((known) => known === name);
		const length = field === undefined ? 0 : (contact[field]?.length ?? 0);
		if (length > longest) {
			refuse(
				name,
				`${label(name)} has ${length} characters; ${provider.displayName} takes up to ${longest}`,
				'Shorten it.',
			);
		}
	}
}
