// What the address of an account's requests says of it. Holds ids and addresses, and no secret; knows no vendor.

/** What a field is filled with to see what depends on it: no ID begins so. */
const OTHER = '~';

/** The version of an API in an address: another one is no other account. */
const VERSION = /\/v\d+\.\d+(?=\/|$)/;

/** What stands in an address. */
export interface Addressed {
	/** The fields that it is made of: each may be spelt in several ways, and it in one. */
	fields: ReadonlySet<string>;
	/** The IDs in it, in the fields' order. */
	ids: readonly string[];
	/** Whether its host is filled in, too. */
	isOwn: boolean;
}

/** The address as it would be with every version of its API. */
export function withoutVersion(address: string): string {
	return address.replace(VERSION, '');
}

/**
 * Finds what an address is made of.
 * @param names the fields that it may be made of
 * @param addressWith the address with another value in that field; `undefined` where that makes none
 */
export async function takeAddressApart(
	address: string,
	names: readonly string[],
	addressWith: (name: string, value: string) => Promise<string | undefined>,
): Promise<Addressed> {
	const fields = new Set<string>();
	const ids: string[] = [];
	let isOwn = false;
	for (const name of names) {
		const other = await addressWith(name, OTHER);
		if (other === address) continue;
		fields.add(name);
		const id = other === undefined ? undefined : idIn(address, other);
		if (id === undefined) isOwn = true;
		else if (!VERSION.test(`/${id}`)) ids.push(id);
	}
	return { fields, ids, isOwn };
}

/** The ID in an address, seen by the same address with another one; `undefined` where its host is another, too. */
function idIn(address: string, withOther: string): string | undefined {
	const [own, other] = [new URL(address), new URL(withOther)];
	if (own.origin !== other.origin) return undefined;
	const [path, otherPath] = [own, other].map(({ pathname }) => pathname.split('/'));
	const at = path?.findIndex((part, place) => part !== otherPath?.[place]) ?? 0;
	const [part = '', otherPart = ''] = [path?.[at], otherPath?.[at]];
	return decodeURIComponent(part.slice(otherPart.indexOf(OTHER)));
}
