// What a WAHA server lists and looks up: sessions, chats, groups, and who has WhatsApp.
import { at, isObject, objectsOf, textOf } from '../answers';
import type { Answer, ListEntry, ListRequest, RecipientCheck } from '../Provider';
import { chatEntry, foundAs, MASS_LOOK_UPS, thenGroups } from '../shared/whatsAppLists';

/** https://waha.devlike.pro/docs/how-to/sessions/#list-sessions ; without `all` those that are stopped are missing. */
export const sessions: ListRequest = {
	request: () => ({ method: 'GET', path: '/api/sessions?all=true' }),
	entries: ({ json }) =>
		objectsOf(json).flatMap((session) => {
			const value = textOf(session.name);
			if (value === undefined) return [];
			const state = textOf(session.status);
			const number = textOf(at(session.me, 'id'))?.replace(/[:@].*$/, '');
			const note = [number, state].filter((part) => part !== undefined).join(', ');
			return [
				{
					name: value,
					value,
					...(note !== '' && { note }),
					...(state !== 'WORKING' && { isOff: true as const }),
				},
			];
		}),
};

/** Chats a page of the drop-down. */
const PAGE_SIZE = 100;

/** An id as text, or as the object that the engine WEBJS makes of it. */
function idIn(value: unknown): string | undefined {
	return isObject(value) ? textOf(value._serialized) : textOf(value);
}

function chatIn(entry: Record<string, unknown>): ListEntry[] {
	// The engine GOWS writes names with capitals.
	const value = idIn(entry.id) ?? textOf(entry.JID);
	if (value === undefined) return [];
	return [chatEntry(value, entry.name, entry.subject, entry.Name)];
}

/** Groups: a list, or with the engine NOWEB an object by their ids. */
function groupsIn({ json }: Answer): Array<Record<string, unknown>> {
	return isObject(json) ? objectsOf(Object.values(json)) : objectsOf(json);
}

/** Chats by the last message, page by page; then all groups at once, without who is in them. */
export const chats: ListRequest = {
	needsSender: true,
	request({ sender, cursor = '0' }) {
		const session = encodeURIComponent(sender);
		return {
			method: 'GET',
			path:
				cursor === 'groups'
					? `/api/${session}/groups?exclude=participants`
					: `/api/${session}/chats/overview?limit=${PAGE_SIZE}&offset=${cursor}`,
		};
	},
	entries(answer, { cursor }) {
		if (cursor === 'groups') return groupsIn(answer).flatMap(chatIn);
		// Groups with a chat come again at the end, among all others.
		const entries = objectsOf(answer.json).flatMap(chatIn);
		return entries.filter(({ value }) => !value.endsWith('@g.us'));
	},
	next: ({ json }, { cursor }) => thenGroups(cursor, objectsOf(json).length, PAGE_SIZE),
};

/** https://waha.devlike.pro/docs/how-to/contacts/#check-phone-number-exists */
export const check: RecipientCheck = {
	atOnce: 1,
	request([phone = ''], { sender }) {
		const query = new URLSearchParams({ phone, session: sender });
		return { method: 'GET', path: `/api/contacts/check-exists?${query.toString()}` };
	},
	found: ({ json }, phones) =>
		phones.map(() => foundAs(at(json, 'numberExists'), idIn(at(json, 'chatId')))),
	warning: MASS_LOOK_UPS,
};
