// What `npm test -- <provider>` leaves of the suites that walk the registry. Knows no provider.

/** The providers that were asked for, by name; none means all. */
const names = (process.env.SEND_CONTACT_ONLY ?? '').split(',').filter((name) => name !== '');

/**
 * What belongs to the providers that were asked for; everything where none was.
 * @param what the list holds, for the message
 * @throws Error when nothing is left of a list that was not empty, since a suite without tests proves nothing
 */
export function only<T>(
	list: readonly T[],
	what: string,
	providersOf: (entry: T) => readonly unknown[],
): T[] {
	if (names.length === 0) return [...list];
	const left = list.filter((entry) => names.some((name) => providersOf(entry).includes(name)));
	if (left.length === 0 && list.length > 0) {
		throw new Error(
			`Nothing of ${names.join(', ')} is among the ${what}: it has to be added there.`,
		);
	}
	return left;
}

/** The same of a list of providers. */
export function onlyProviders<T extends { name: string }>(list: readonly T[]): T[] {
	return only(list, 'providers of the registry', ({ name }) => [name]);
}

/**
 * `describe.each` of a list of which a single provider may have nothing: Jest takes none that is empty. In
 * the name, `%s` is the first of an entry.
 */
export function eachOf<T extends readonly [string, ...unknown[]]>(list: readonly T[]) {
	return (name: string, suite: (...entry: T) => void): void => {
		for (const entry of list) {
			describe(name.replace('%s', entry[0]), () => {
				suite(...entry);
			});
		}
	};
}
