// Lists taken apart. Knows nothing of what is in them.

/** The entries by key: the keys as they first come, and each one's entries in their order. */
export function grouped<T>(list: Iterable<T>, keyOf: (entry: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const entry of list) {
		const key = keyOf(entry);
		const group = groups.get(key);
		if (group) group.push(entry);
		else groups.set(key, [entry]);
	}
	return groups;
}
