// What a user is told about numbers whose country was found in their digits alone. Knows no n8n.
import type { PhoneReading } from './phone';
import type { CountryCode } from './phoneTables';

interface Group {
	country: CountryCode | undefined;
	isByDigits: boolean;
	ambiguousWith: readonly CountryCode[];
	count: number;
	example: string;
}

/** A list is said to be of one country when so many of its numbers are, and more than half. */
const FEWEST_FOR_MOST = 3;

/** So many countries are named; how many more there are is said. */
const MOST_NAMED = 5;

/** `Brazil (BR)`. */
function named(country: CountryCode): string {
	const name = new Intl.DisplayNames(['en'], { type: 'region' }).of(country);
	return `${name ?? country} (${country})`;
}

/** Adds up how the numbers of a list were read, in a few lines however long the list is. */
export class PhoneTally {
	private readonly groups = new Map<string, Group>();

	/** Takes one number into account. */
	add({ digits, country, by, ambiguousWith }: PhoneReading): void {
		const isByDigits = by === 'digits';
		const key = [country, isByDigits, ...ambiguousWith].join(' ');
		const group = this.groups.get(key);
		if (group !== undefined) group.count += 1;
		else {
			const first = { country, isByDigits, ambiguousWith, count: 1, example: digits };
			this.groups.set(key, first);
		}
	}

	/** The country of most numbers that have no other reading. */
	private usual(): CountryCode | undefined {
		const counts = new Map<CountryCode, number>();
		let total = 0;
		for (const { country, ambiguousWith, count } of this.groups.values()) {
			if (country === undefined || ambiguousWith.length > 0) continue;
			counts.set(country, (counts.get(country) ?? 0) + count);
			total += count;
		}
		return [...counts].find(([, count]) => count >= FEWEST_FOR_MOST && count > total / 2)?.[0];
	}

	/**
	 * What is to be said of the list: the countries that unbroken digits were read as, where they could be
	 * another country's or are not of the country of most of the list. `undefined` where all is clear.
	 */
	hint(): string | undefined {
		const usual = this.usual();
		const told = new Map<CountryCode, Group>();
		for (const group of this.groups.values()) {
			const { country, isByDigits, ambiguousWith } = group;
			if (!isByDigits || country === undefined || country === usual) continue;
			if (ambiguousWith.length === 0 && usual === undefined) continue;
			const before = told.get(country);
			told.set(country, {
				...(before ?? group),
				count: (before?.count ?? 0) + group.count,
				ambiguousWith: [...new Set([...(before?.ambiguousWith ?? []), ...ambiguousWith])],
			});
		}
		if (told.size === 0) return undefined;
		const sorted = [...told.values()].sort((one, other) => other.count - one.count);
		const parts = sorted.slice(0, MOST_NAMED).map(sentence);
		const more = sorted.length - parts.length;
		return [
			'Some phone numbers were written as digits alone, and their first digits were taken for the country code.',
			...parts,
			...(more > 0 ? [`Others were read as numbers of ${more} more countries.`] : []),
			...(usual === undefined ? [] : [`Most numbers of the list are of ${named(usual)}.`]),
			'If they are numbers inside one country, set Default Country; if not, write them with + in front.',
		].join(' ');
	}
}

function sentence({ country, count, example, ambiguousWith }: Group): string {
	const others = ambiguousWith.slice(0, MOST_NAMED).map(named);
	const readAs = `${count} ${count === 1 ? 'was' : 'were'} read as ${country ? named(country) : ''}`;
	const also = others.length > 0 ? `, and could be of ${others.join(' or ')} as well` : '';
	return `${readAs} (such as ${example})${also}.`;
}

/** The hint for a list of numbers, in one go. See {@link PhoneTally}. */
export function phoneHint(readings: Iterable<PhoneReading>): string | undefined {
	const tally = new PhoneTally();
	for (const reading of readings) tally.add(reading);
	return tally.hint();
}
