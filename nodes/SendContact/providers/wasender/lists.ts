// What WasenderAPI lists and looks up: the contacts and groups of a session, and who has WhatsApp.
import { at, numberOf, objectsOf, textOf } from '../answers';
import type { Answer, ListRequest, RecipientCheck } from '../Provider';
import { chatEntry, foundAs } from '../shared/whatsAppLists';

/** A person's number, or one of WhatsApp's ids with it, as the vendor writes numbers: E.164. */
export function withPlus(number: string): string {
	return `+${number.replace(/@.*$/, '').replace(/^\+/, '')}`;
}

/** Entries a page. The vendor's own node asks for so many; no bound is documented. */
const PAGE_SIZE = 100;

/** Which list, and which of its pages. */
function pageOf(cursor = 'contacts 1'): { list: string; page: number } {
	const [list = '', page] = cursor.split(' ');
	return { list, page: Number(page) };
}

/** The entries of a page, or of the whole list, which comes where pages are not known. */
function entriesIn({ json }: Answer): Array<Record<string, unknown>> {
	const data = at(json, 'data');
	return objectsOf(Array.isArray(data) ? data : at(data, 'items'));
}

/** All contacts, page by page; then all groups. */
export const chats: ListRequest = {
	request({ cursor }) {
		const { list, page } = pageOf(cursor);
		return {
			method: 'GET',
			path: `/api/${list}?paginated=true&page=${page}&limit=${PAGE_SIZE}`,
		};
	},
	entries: (answer) =>
		entriesIn(answer).flatMap((entry) => {
			const value = textOf(entry.jid) ?? textOf(entry.id);
			return value === undefined
				? []
				: [chatEntry(value, entry.name, entry.verifiedName, entry.notify)];
		}),
	next({ json }, { cursor }) {
		const { list, page } = pageOf(cursor);
		const pages = numberOf(at(json, 'data', 'pagination', 'totalPages')) ?? 0;
		if (page < pages) return `${list} ${page + 1}`;
		return list === 'contacts' ? 'groups 1' : undefined;
	},
};

/** https://www.wasenderapi.com/api-docs/sessions/check-if-a-number-is-on-whatsapp : yes or no, and no id. */
export const check: RecipientCheck = {
	atOnce: 1,
	request: ([phone = '']) => ({
		method: 'GET',
		path: `/api/on-whatsapp/${encodeURIComponent(withPlus(phone))}`,
	}),
	found: ({ json }, phones) =>
		phones.map((phone) => foundAs(at(json, 'data', 'exists'), withPlus(phone))),
	// Of paid plans; a trial has 10.
	checksPerMinute: 60,
	warning:
		'WasenderAPI looks up 1,000 numbers a day for a paid plan and 100 for a trial, and WhatsApp may ban accounts that look up many',
};
