// What vendors of WhatsApp have in common where they list chats and look numbers up. Knows no vendor.
import { textOf } from '../answers';
import type { ListEntry, RecipientFound } from '../Provider';

/**
 * A chat in the drop-down: by the first of the names that there is, with its number beside it; by its number
 * alone where there is none.
 */
export function chatEntry(id: string, ...names: readonly unknown[]): ListEntry {
	const name = names.map(textOf).find((text) => text !== undefined);
	const number = id.replace(/@(c\.us|s\.whatsapp\.net)$/, '');
	return { name: name ?? number, value: id, ...(name !== undefined && { note: number }) };
}

/**
 * The cursor behind a page of chats that are counted by their place; behind the last page come the groups, all
 * at once.
 * @param count how many came on the page
 */
export function thenGroups(cursor = '0', count: number, pageSize: number): string | undefined {
	if (cursor === 'groups') return undefined;
	return count >= pageSize ? String(Number(cursor) + pageSize) : 'groups';
}

/** What is said of a number where `exists` is a switch; nothing where it is none. */
export function foundAs(exists: unknown, id: unknown): RecipientFound {
	if (typeof exists !== 'boolean') return { exists: null, id: null };
	return { exists, id: exists ? (textOf(id) ?? null) : null };
}

/** What WhatsApp does to accounts that look up many numbers. */
export const MASS_LOOK_UPS = 'WhatsApp blocks accounts that look up many numbers';

/** The same, of servers that make look-ups of their own. */
export const NEEDLESS_LOOK_UPS = `${MASS_LOOK_UPS}, and the server looks every recipient up itself`;
