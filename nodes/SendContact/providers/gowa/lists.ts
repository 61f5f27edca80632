// What a GOWA server lists and looks up: devices, chats, groups, and who has WhatsApp.
import { at, objectsOf, textOf } from '../answers';
import type { ListRequest, RecipientCheck } from '../Provider';
import { PERSON_AS } from '../shared/whatsAppIds';
import { chatEntry, foundAs, NEEDLESS_LOOK_UPS, thenGroups } from '../shared/whatsAppLists';

/**
 * The header that says which device sends. The server takes it for URL-encoded: a plus would be a space to
 * it. What stands in an id of WhatsApp is left as it is, for servers that do not decode it.
 */
export function deviceHeader(device: string): { headers: Record<string, string> } {
	const value = encodeURIComponent(device).replace(/%40/g, '@').replace(/%3A/gi, ':');
	return { headers: { 'X-Device-Id': value } };
}

/** Only a device that is logged in can send. */
export const devices: ListRequest = {
	request: () => ({ method: 'GET', path: '/devices' }),
	entries: ({ json }) =>
		objectsOf(at(json, 'results')).flatMap((device) => {
			const value = textOf(device.id);
			if (value === undefined) return [];
			const number = textOf(device.phone_number) ?? textOf(device.jid)?.replace(/[:@].*$/, '');
			const state = textOf(device.state);
			const name = textOf(device.display_name) ?? value;
			const note = [name === value ? undefined : value, number, state?.replace(/_/g, ' ')]
				.filter((part) => part !== undefined)
				.join(', ');
			return [
				{
					name,
					value,
					...(note !== '' && { note }),
					...(state !== 'logged_in' && { isOff: true as const }),
				},
			];
		}),
};

/** The most that the server gives at once. */
const PAGE_SIZE = 100;

/** Chats by the last message, page by page; then the groups, all at once (WhatsApp gives 500). */
export const chats: ListRequest = {
	needsSender: true,
	request: ({ sender, cursor = '0' }) => ({
		method: 'GET',
		path: cursor === 'groups' ? '/user/my/groups' : `/chats?limit=${PAGE_SIZE}&offset=${cursor}`,
		...deviceHeader(sender),
	}),
	entries({ json }, { cursor }) {
		const isLast = cursor === 'groups';
		const entries = objectsOf(at(json, 'results', 'data')).flatMap((chat) => {
			const value = textOf(isLast ? chat.JID : chat.jid);
			if (value === undefined) return [];
			const entry = chatEntry(value, isLast ? chat.Name : chat.name);
			// A chat without a name comes with its number for one.
			return [entry.note === entry.name ? { name: entry.name, value } : entry];
		});
		// Groups with a chat come again at the end, among all others.
		return isLast ? entries : entries.filter(({ value }) => !value.endsWith('@g.us'));
	},
	next: ({ json }, { cursor }) =>
		thenGroups(cursor, objectsOf(at(json, 'results', 'data')).length, PAGE_SIZE),
};

export const check: RecipientCheck = {
	atOnce: 1,
	request: ([phone = ''], { sender }) => ({
		method: 'GET',
		path: `/user/check?phone=${encodeURIComponent(phone)}`,
		...deviceHeader(sender),
	}),
	found: ({ json }, phones) =>
		phones.map((phone) =>
			foundAs(at(json, 'results', 'is_on_whatsapp'), PERSON_AS['@s.whatsapp.net'](phone)),
		),
	warning: NEEDLESS_LOOK_UPS,
};
