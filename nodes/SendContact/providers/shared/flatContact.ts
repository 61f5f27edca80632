// What the vendors have in common that take a person as a few flat fields. Knows no vendor.
import { firstEmail, firstPhone, firstUrl, textsIn, type Contact } from '../../contact/Contact';
import { fullName } from '../../contact/names';

/** A person in the values that flat bodies are made of; absent ones were not filled in. */
export interface FlatContact {
	/** Never empty, unless the contact is. */
	fullName: string;
	/** The first phone, as digits with country code. */
	phone: string | undefined;
	/** The digits of the WhatsApp account of the first phone. */
	waId: string | undefined;
	/** Every phone, as digits with country code. */
	phones: string[];
	organization: string | undefined;
	email: string | undefined;
	url: string | undefined;
}

/** The values of a contact for a flat body. */
export function flatContact(contact: Contact): FlatContact {
	const phone = firstPhone(contact);
	return {
		fullName: fullName(contact),
		phone,
		waId: contact.phones?.[0]?.waId ?? phone,
		phones: [...textsIn(contact, 'contactPhone'), ...textsIn(contact, 'morePhones')],
		organization: contact.organization,
		email: firstEmail(contact),
		url: firstUrl(contact),
	};
}
