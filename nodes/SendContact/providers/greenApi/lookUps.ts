// What GREEN-API is asked besides sending: its chats and contacts, and whether numbers have an account.
import { at, objectsOf, textOf } from '../answers';
import type { Answer, ListEntry, ListRequest, RecipientCheck } from '../Provider';
import { PERSON_AS } from '../shared/whatsAppIds';
import { foundAs } from '../shared/whatsAppLists';

/** Reads getContacts and getChats: the id stands under `id` on WhatsApp and under `chatId` elsewhere. */
function chats(answer: Answer): ListEntry[] {
	return objectsOf(answer.json).flatMap((chat) => {
		const value = textOf(chat.id) ?? textOf(chat.chatId);
		// `null@c.us` and the like are known phantoms: https://github.com/green-api/issues/issues/473
		if (value === undefined || !/\d/.test(value)) return [];
		// The number is 0 where it is hidden, and for groups.
		const phone = chat.phoneNumber === 0 ? undefined : textOf(chat.phoneNumber);
		const name = textOf(chat.contactName) ?? textOf(chat.name) ?? phone ?? value;
		const note = phone ?? value;
		return [{ name, value, ...(note !== name && { note }) }];
	});
}

/** https://green-api.com/en/docs/api/service/GetContacts/ */
export const contactList: ListRequest = {
	request: () => ({ method: 'GET', path: '/getContacts' }),
	entries: chats,
};

/** https://green-api.com/en/telegram/docs/api/service/GetChats/ */
export const chatList: ListRequest = {
	request: () => ({ method: 'GET', path: '/getChats' }),
	entries: chats,
};

const warning =
	'Accounts that look up many numbers are restricted, and plans limit look-ups a month';

/** checkWhatsapp: 10 a second an instance, https://green-api.com/en/docs/api/ratelimiter */
const CHECKS_PER_MINUTE = 600;

/** https://green-api.com/en/docs/api/service/CheckWhatsapp/ : the answer does not repeat the number. */
export const checkWhatsapp: RecipientCheck = {
	atOnce: 1,
	request: ([phone]) => ({
		method: 'POST',
		path: '/checkWhatsapp',
		body: { phoneNumber: Number(phone) },
	}),
	found({ json }, phones) {
		const exists = at(json, 'existsWhatsapp');
		return phones.map((phone) => foundAs(exists, PERSON_AS['@c.us'](phone)));
	},
	warning,
	checksPerMinute: CHECKS_PER_MINUTE,
};

/** https://green-api.com/en/telegram/docs/api/service/CheckAccount/ , and the same for MAX */
export const checkAccount: RecipientCheck = {
	atOnce: 1,
	request: ([phone]) => ({
		method: 'POST',
		path: '/checkAccount',
		body: { phoneNumber: Number(phone) },
	}),
	found({ json }, phones) {
		return phones.map(() => foundAs(at(json, 'exist'), at(json, 'chatId')));
	},
	warning,
	// Only the number of WhatsApp's is published.
	checksPerMinute: CHECKS_PER_MINUTE,
};
