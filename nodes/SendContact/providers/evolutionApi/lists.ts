// What a server of Evolution API lists and looks up: instances, people, groups, and who has WhatsApp.
import { isObject, objectsOf, textOf } from '../answers';
import type { ListEntry, ListRequest, RecipientCheck } from '../Provider';
import { chatEntry, foundAs, NEEDLESS_LOOK_UPS } from '../shared/whatsAppLists';

/** https://doc.evolution-api.com/v2/api-reference/instance-controller/fetch-instances ; version 1 nests each. */
export const instances: ListRequest = {
	request: () => ({ method: 'GET', path: '/instance/fetchInstances' }),
	entries: ({ json }) =>
		objectsOf(json).flatMap((entry) => {
			const instance = isObject(entry.instance) ? entry.instance : entry;
			const value = textOf(instance.name) ?? textOf(instance.instanceName);
			if (value === undefined) return [];
			const state = textOf(instance.connectionStatus) ?? textOf(instance.status);
			const owner = textOf(instance.ownerJid) ?? textOf(instance.owner);
			const number = owner?.replace(/[:@].*$/, '');
			const note = [number, state].filter((part) => part !== undefined).join(', ');
			return [
				{
					name: value,
					value,
					...(note !== '' && { note }),
					...(state !== 'open' && { isOff: true as const }),
				},
			];
		}),
};

/** Contacts a page; `offset` is the server's word for that. Older servers give all at once. */
const PAGE_SIZE = 200;

function contactIn(entry: Record<string, unknown>): ListEntry[] {
	const value = textOf(entry.remoteJid) ?? textOf(entry.id);
	if (value === undefined || !value.includes('@')) return [];
	return [chatEntry(value, entry.pushName, entry.subject)];
}

/** People first, page by page; then all groups at once, for which the server asks WhatsApp. */
export const chats: ListRequest = {
	needsSender: true,
	request({ sender, cursor = '1' }) {
		const instance = encodeURIComponent(sender);
		if (cursor === 'groups') {
			return { method: 'GET', path: `/group/fetchAllGroups/${instance}?getParticipants=false` };
		}
		return {
			method: 'POST',
			path: `/chat/findContacts/${instance}`,
			body: { where: {}, offset: PAGE_SIZE, page: Number(cursor) },
		};
	},
	entries: ({ json }, { cursor }) => {
		const entries = objectsOf(json).flatMap(contactIn);
		// The groups that an instance has contacts of come again, all of them and by their names.
		return cursor === 'groups' ? entries : entries.filter(({ value }) => !value.endsWith('@g.us'));
	},
	next({ json }, { cursor = '1' }) {
		if (cursor === 'groups') return undefined;
		return objectsOf(json).length === PAGE_SIZE ? String(Number(cursor) + 1) : 'groups';
	},
};

/** https://doc.evolution-api.com/v2/api-reference/chat-controller/check-is-whatsapp */
export const check: RecipientCheck = {
	// No bound is documented.
	atOnce: 50,
	request: (phones, { sender }) => ({
		method: 'POST',
		path: `/chat/whatsappNumbers/${encodeURIComponent(sender)}`,
		body: { numbers: [...new Set(phones)] },
	}),
	found: ({ json }, phones) =>
		phones.map((phone) => {
			const found = objectsOf(json).find(({ number }) => textOf(number) === phone);
			return foundAs(found?.exists, found?.jid);
		}),
	warning: NEEDLESS_LOOK_UPS,
};
