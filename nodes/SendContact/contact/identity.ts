// What makes two cards the same card, for Skip Duplicates. Knows no vendor and no n8n.
import { textsIn, type Contact } from './Contact';

/**
 * The contact as the first version of this package wrote it down, so that what it remembers as sent is still
 * recognised: first entries under their field's name, in the order in which the contact was filled, then
 * the names of what came beside. Later entries of lists come last, where there are any. How the contact
 * was pasted does not count.
 */
export function identityOf(contact: Contact): Record<string, unknown> {
	const identity: Record<string, unknown> = {};
	const { pasted: _pasted, addresses, extras = [], nickname, ...fields } = contact;
	for (const [name, value] of Object.entries(fields)) {
		if (name === 'phones') [identity.contactPhone] = textsIn(contact, 'contactPhone');
		else if (name === 'emails') [identity.email] = textsIn(contact, 'email');
		else if (name === 'urls') [identity.url] = textsIn(contact, 'url');
		else identity[name] = value;
	}
	const names = [...new Set(extras.map(({ name }) => name))];
	if (names.length > 0) identity.beyond = names;
	const isToldBeside = extras.some(({ heldIn }) => heldIn === 'nickname');
	const more = {
		nickname: nickname === undefined || isToldBeside ? [] : [nickname],
		phones: textsIn(contact, 'morePhones'),
		emails: textsIn(contact, 'moreEmails'),
		urls: textsIn(contact, 'moreUrls'),
		addresses: addresses ?? [],
	};
	if (Object.values(more).some((list) => list.length > 0)) identity.more = more;
	return identity;
}
