// The cards of one item, checked and put into messages. Knows no n8n, and no vendor by name.
import { droppedFields, fitted, passesWhole } from '../contact/carried';
import { cleaned } from '../contact/cleaned';
import type { Contact } from '../contact/Contact';
import { InputError } from '../contact/InputError';
import { firstPhone } from '../contact/Contact';
import type { FoundAt } from '../contact/fromItem';
import type { UnusableCard } from '../contact/readVCard';
import type { CardKind, Message } from '../providers/Provider';
import type { Service } from '../providers/services';
import { builtTooLong, checkCard } from './checkCard';
import type { SourcedCard } from './readContacts';

/** The cards that go out in one message. */
export interface CardMessage extends Pick<Message, 'contact' | 'contacts'> {
	/** What is dropped of any of them. */
	dropped: string[];
	/** Which card of the item the first of them is, from 0. */
	position: number;
	/** Given where something that the vendor would have obeyed was taken out of any of them. */
	isCleaned?: true;
	/** Where in the item the fields of the first of them were found, if they were looked for. */
	foundAt?: FoundAt;
}

/** A pasted vCard that is longer than the vendor takes, such as one with a photo, gives way to its fields. */
function withoutLongVCard(contact: Contact, card: CardKind): Contact {
	if (!passesWhole(contact, card) || !builtTooLong(fitted(contact, card), card)) return contact;
	const { pasted: _tooLong, ...fields } = contact;
	return fields;
}

/**
 * The messages that an item's cards make, each with as many cards as the messenger takes at once. Cards
 * that cannot be sent stay in their place: they do not keep their neighbours from being sent.
 *
 * @param allowUnusual takes phones that are shorter than the vendor says
 */
export function messagesOf(
	cards: readonly SourcedCard[],
	service: Service,
	allowUnusual: boolean,
): Array<CardMessage | UnusableCard> {
	const { card } = service.messenger;
	const made: Array<CardMessage | UnusableCard> = [];
	let open: { message: CardMessage; others: Contact[] } | undefined;
	for (const [position, read] of cards.entries()) {
		if ('problem' in read) {
			made.push(read);
			continue;
		}
		const given = withoutLongVCard(read.contact, card);
		const fit = fitted(given, card);
		const { orders } = card;
		const contact = orders ? cleaned(fit, (text) => orders.clean(text)) : fit;
		const isCleaned = contact !== fit;
		const problem = checkCard(contact, service, allowUnusual);
		if (problem !== undefined) {
			made.push(unusable(contact, new InputError(problem)));
			continue;
		}
		const dropped = droppedFields(given, card);
		if (open !== undefined && open.message.contacts.length < (card.perMessage ?? 1)) {
			open.others.push(contact);
			open.message.contacts = [open.message.contact, ...open.others];
			open.message.dropped = [...new Set([...open.message.dropped, ...dropped])];
			if (isCleaned) open.message.isCleaned = true;
			continue;
		}
		const message: CardMessage = { contact, contacts: [contact], dropped, position };
		if (isCleaned) message.isCleaned = true;
		if (read.foundAt !== undefined) message.foundAt = read.foundAt;
		open = { message, others: [] };
		made.push(message);
	}
	return made;
}

function unusable(contact: Contact, problem: InputError): UnusableCard {
	const [name, phone] = [contact.contactName, firstPhone(contact)];
	return {
		problem,
		...(name !== undefined && { name }),
		...(phone !== undefined && { phone }),
	};
}
