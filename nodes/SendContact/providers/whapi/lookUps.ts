// What Whapi.Cloud lists and looks up: chats, groups, channels, and who has WhatsApp.
import { at, objectsOf, textOf } from '../answers';
import type { ListEntry, ListRequest, RecipientCheck } from '../Provider';
import { chatEntry } from '../shared/whatsAppLists';

/** Entries a page: a group has all its members along. */
const PAGE_SIZE = 100;

/** The lists, one after the other, each under its own name in its answer. */
const LISTS = ['chats', 'groups', 'newsletters'] as const;

/** Where a cursor such as `1:100` leads: to which list, and to which of its entries. */
function place(cursor = '0:0') {
	const [list = 0, offset = 0] = cursor.split(':').map(Number);
	return { list, name: LISTS[list] ?? 'newsletters', offset };
}

/** Among chats there are groups and channels too, which their own lists hold completely. */
const COMES_AGAIN = new Set(['group', 'newsletter']);

function entriesIn(chat: Record<string, unknown>): ListEntry[] {
	const value = textOf(chat.id);
	// Whoever follows a channel can only read it.
	if (value === undefined || chat.role === 'subscriber' || chat.role === 'guest') return [];
	return [chatEntry(value, chat.name)];
}

/** https://whapi.readme.io/reference/getchats , /getgroups and /getnewsletters */
export const chats: ListRequest = {
	request({ cursor }) {
		const { name, offset } = place(cursor);
		return { method: 'GET', path: `/${name}?count=${PAGE_SIZE}&offset=${offset}` };
	},
	entries({ json }, { cursor }) {
		const { name } = place(cursor);
		return objectsOf(at(json, name))
			.filter(({ type }) => name !== 'chats' || !COMES_AGAIN.has(textOf(type) ?? ''))
			.flatMap(entriesIn);
	},
	// `total` is documented as the number that came back: a page that is not full is the last one.
	next({ json }, { cursor }) {
		const { list, name, offset } = place(cursor);
		if (objectsOf(at(json, name)).length >= PAGE_SIZE) return `${list}:${offset + PAGE_SIZE}`;
		return list + 1 < LISTS.length ? `${list + 1}:0` : undefined;
	},
};

/** https://whapi.readme.io/reference/checkphones : in batches of any size; `blocking` is in its example alone. */
export const check: RecipientCheck = {
	atOnce: 50,
	request: (phones) => ({
		method: 'POST',
		path: '/contacts',
		body: { blocking: 'wait', contacts: [...new Set(phones)] },
	}),
	found({ json }, phones) {
		const contacts = objectsOf(at(json, 'contacts'));
		return phones.map((phone) => {
			const contact = contacts.find(({ input }) => textOf(input) === phone);
			const status = textOf(contact?.status);
			if (status === 'valid') return { exists: true, id: textOf(contact?.wa_id) ?? null };
			return { exists: status === 'invalid' ? false : null, id: null };
		});
	},
	warning: 'Whapi.Cloud warns that checking many numbers draws the attention of WhatsApp',
};
