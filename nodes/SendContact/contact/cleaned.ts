// A contact without what a vendor would take for an order of its own. Knows no vendor and no n8n.
import { ADDRESS_PARTS, type Contact, type TextField } from './Contact';

const TEXT_FIELDS: Readonly<Record<TextField, true>> = {
	contactName: true,
	contactChatId: true,
	firstName: true,
	middleName: true,
	lastName: true,
	prefix: true,
	suffix: true,
	nickname: true,
	organization: true,
	department: true,
	title: true,
	birthday: true,
	note: true,
	businessDescription: true,
};

const isTextField = (name: string): name is TextField => name in TEXT_FIELDS;

/** The contact with `clean` applied to every text on it; the same object where that changes nothing. */
export function cleaned(contact: Contact, clean: (text: string) => string): Contact {
	const changed: string[] = [];
	const made = (text: string) => {
		const result = clean(text);
		if (result !== text) changed.push(text);
		return result;
	};
	const { emails, urls, addresses, pasted } = contact;
	const copy: Contact = { ...contact };
	for (const field of Object.keys(contact).filter(isTextField)) {
		const text = contact[field];
		if (text !== undefined) copy[field] = made(text);
	}
	if (emails) copy.emails = emails.map((one) => ({ ...one, address: made(one.address) }));
	if (urls) copy.urls = urls.map((one) => ({ ...one, url: made(one.url) }));
	if (addresses) {
		copy.addresses = addresses.map((one) => {
			const address = { ...one };
			for (const part of ADDRESS_PARTS) {
				const text = one[part];
				if (text !== undefined) address[part] = made(text);
			}
			return address;
		});
	}
	if (pasted) copy.pasted = { ...pasted, text: made(pasted.text) };
	return changed.length > 0 ? copy : contact;
}
