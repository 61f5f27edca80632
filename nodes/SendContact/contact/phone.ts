// Phone numbers as people write them, turned into digits with the country code. Knows no vendor and no n8n.
import { InputError, type InputProblem } from './InputError';
import {
	callingCodeIn,
	countryOf,
	hasAreas,
	internationalPrefix,
	isDialledInArgentina,
	isWhole,
	longestMobile,
	mobileIn,
	nationalIn,
	validNumber,
	withoutTrunk,
} from './numberingPlan';
import { callingCodeOf, isCountry, type CountryCode } from './phoneTables';
import { refusePhone, type Doubt } from './phoneRefusal';
import { shown } from './text';
import { asWritten, takeApart, type Written } from './writtenPhone';

/** How {@link readPhone} reads. */
export interface PhoneOptions {
	/** The parameter's name, for messages. */
	parameter: string;
	/** ISO 3166 alpha-2, any case; read for numbers that are written without a country code. */
	defaultCountry?: string | undefined;
	/** Takes what no numbering plan knows, such as short codes, as it is written. */
	allowDoubtful?: boolean | undefined;
	/** Is told of every number that {@link readPhone} gives back. */
	onRead?: ((reading: PhoneReading) => void) | undefined;
}

/** What a phone number was read as. */
export interface PhoneReading {
	/** With the country code and without `+`: 7 to 15, or 2 to 20 as written with `allowDoubtful`. */
	digits: string;
	/** Whose number it is; absent for numbers of no country. */
	country?: CountryCode;
	/**
	 * What told the country: the `writing` (+, 00, a link or an id), the `default` country, or the `digits`
	 * alone; `nothing` where `allowDoubtful` let it through.
	 */
	by: 'writing' | 'default' | 'digits' | 'nothing';
	/** Where the same digits are a national mobile, too: another reading of a number read by its `digits`. */
	ambiguousWith: readonly CountryCode[];
}

/** What is passed on as it is written: from two-digit emergency numbers to long internal ones. */
const DOUBTFUL_DIGITS = { min: 2, max: 20 };

/** Under a default country, shorter digits lack their area code rather than bring a country's. */
const FEWEST_WITH_CODE = 10;

/** Nobody's national number is written with so many digits. */
const FEWEST_WITH_CODE_APART = 12;

/** With + a trunk prefix may stand behind the country code, as in +44 (0)20. */
function international(digits: string): string | undefined {
	if (isWhole(digits)) return digits;
	const country = countryOf(digits);
	const callingCode = callingCodeIn(digits);
	if (country === undefined || callingCode === undefined) return undefined;
	return withoutTrunk(country, digits.slice(callingCode.length))
		.map((national) => callingCode + national)
		.find(isWhole);
}

/**
 * Whether what was taken for 00 and a country code is the default country's own way of calling abroad:
 * 001 65 8234 5678, as it is dialled in Korea, is Singapore's and not Jamaica's 00 1 658 234 5678.
 */
function isDialledAbroad({ digits, head }: Written, country: CountryCode | undefined): boolean {
	if (country === undefined || head.length <= 2) return false;
	const dialled = `00${digits}`;
	const isPrefix = internationalPrefix(country, dialled) === head;
	return isPrefix && validNumber(dialled.slice(head.length)) !== undefined;
}

function reading(
	digits: string,
	by: PhoneReading['by'],
	ambiguousWith: readonly CountryCode[] = [],
): PhoneReading {
	const country = countryOf(digits);
	return { digits, ...(country !== undefined && { country }), by, ambiguousWith };
}

/** Digits with a country code that nothing but themselves speaks for. */
function byDigits(digits: string): PhoneReading {
	if (isDialledInArgentina(digits)) return reading(digits, 'digits', ['AR']);
	return reading(digits, 'digits', digits.length < FEWEST_WITH_CODE_APART ? mobileIn(digits) : []);
}

/**
 * Digits read by a default country: as a national number there, or as one that begins with a country code
 * all the same. Where both fit and nothing tells them apart, neither is taken.
 */
function byDefault(
	{ digits, writing, head }: Written,
	country: CountryCode,
): PhoneReading | Doubt | undefined {
	// Its 15 is not ours to take out, and what it looks like is not what was meant.
	if (country === 'AR' && isDialledInArgentina(digits)) return undefined;
	const callingCode = callingCodeOf(country);
	const isOwnCode = digits.startsWith(callingCode);
	const mayHaveCode = writing === 'unbroken' || head === callingCode;
	const coded = mayHaveCode ? validNumber(digits) : undefined;
	const isLong = digits.length >= FEWEST_WITH_CODE || (isOwnCode && !hasAreas(country));
	const asCoded = () => (isOwnCode ? reading(digits, 'default') : byDigits(digits));
	const national = nationalIn(country, digits);
	if (national === undefined) return coded && isLong ? asCoded() : undefined;
	const asNational = reading(callingCode + national.national, 'default');
	if (national.hadTrunk) return asNational;
	if (coded === undefined) return national.isComplete ? asNational : 'incomplete';
	// The tables of some countries take nearly any digits for a landline without its zero. A spreadsheet
	// drops that zero, but nobody who writes separators, and nobody's landline is that long.
	const { kind, isComplete } = national;
	const isCoded =
		isLong &&
		kind !== 'mobile' &&
		(writing === 'broken' ||
			digits.length >= FEWEST_WITH_CODE_APART ||
			(!isComplete && digits.length > longestMobile(country)));
	if (isCoded) return asCoded();
	return isComplete && !(isOwnCode && coded.kind !== 'service') ? asNational : 'twofold';
}

function read(
	written: Written,
	country: CountryCode | undefined,
): PhoneReading | Doubt | undefined {
	const { digits, writing, head } = written;
	if (writing === 'international') {
		const found = international(digits);
		if (found === undefined) return undefined;
		return isDialledAbroad(written, country) ? 'twofold' : reading(found, 'writing');
	}
	const isApart = digits.length >= FEWEST_WITH_CODE_APART && callingCodeIn(head) === head;
	if (isApart && validNumber(digits) && !isDialledInArgentina(digits)) return byDigits(digits);
	if (country !== undefined) return byDefault(written, country);
	return writing === 'unbroken' && validNumber(digits) ? byDigits(digits) : undefined;
}

/**
 * Reads as {@link readPhone} does, but says what it was read as, and gives what is wrong instead of throwing
 * it: for those who have something else to try.
 */
export function examinePhone(value: unknown, options: PhoneOptions): PhoneReading | InputProblem {
	const { parameter, defaultCountry, allowDoubtful } = options;
	const wanted = defaultCountry?.trim() ?? '';
	const capitals = wanted.toUpperCase();
	const country = isCountry(capitals) ? capitals : undefined;
	if (wanted !== '' && country === undefined) {
		return {
			parameter: 'defaultCountry',
			message: `Default Country "${shown(wanted)}" is not a country code`,
			description:
				'Give its two letters, such as BR for Brazil, DE for Germany or KZ for Kazakhstan.',
		};
	}
	const text = asWritten(value);
	if (typeof text !== 'string') return { parameter, ...text };
	const written = takeApart(text);
	if ('message' in written) return { parameter, ...written };
	const found = read(written, country);
	if (typeof found === 'object') return found;
	const { digits } = written;
	const { min, max } = DOUBTFUL_DIGITS;
	const isUnusual = found !== 'twofold' && digits.length >= min && digits.length <= max;
	return allowDoubtful === true && isUnusual
		? { digits, by: 'nothing', ambiguousWith: [] }
		: { parameter, ...refusePhone(text, written, country, found) };
}

/**
 * The phone of a vCard's TEL line. What people see on the card counts where its writing says the country;
 * else `waid`, WhatsApp's own id of the account, goes before any reading of it, by a default country or not.
 *
 * @param account the parameter `waid`, where the line has one
 */
export function examineCardPhone(
	value: unknown,
	account: string | undefined,
	options: PhoneOptions,
): PhoneReading | InputProblem {
	const seen = examinePhone(value, options);
	if (account === undefined || ('by' in seen && seen.by === 'writing')) return seen;
	const { parameter, defaultCountry } = options;
	const known = examinePhone(`+${account}`, { parameter, defaultCountry });
	return 'by' in known ? known : seen;
}

/**
 * Reads one phone number in any form people write it: with +, 00 or neither, with separators, in other
 * scripts' digits, as a JSON number, as a tel: or wa.me link, or as a WhatsApp id of a person.
 *
 * - A number with + or 00, in a wa.me link or as an id carries its country; the default is not looked at,
 *   unless 00 and what follows may be its own prefix for calls abroad.
 * - Unbroken digits are a country code and a number where they are a valid number by the full tables. With
 *   a default country they are a national number there first, unless that is too long for one.
 * - Anything with separators or brackets is national: it must be a valid number of `defaultCountry`, whole
 *   and as it stands. The exception is a country code that stands apart, in twelve digits or more, or that
 *   is the default country's own.
 *
 * Digits are never cut but for the trunk prefix of a national number, and never added but for the country
 * code: Brazil's ninth digit, Mexico's 1 and Argentina's 9 and 15 stay as they were written. What comes out
 * reads as itself with + always, and without one where it was valid by the full tables.
 *
 * @returns digits with the country code and without `+`: 7 to 15, or 2 to 20 as written with `allowDoubtful`
 * @throws {InputError} for `options.parameter`, or for `defaultCountry` where that is unknown
 */
export function readPhone(value: unknown, options: PhoneOptions): string {
	const phone = examinePhone(value, options);
	if ('message' in phone) throw new InputError(phone);
	options.onRead?.(phone);
	return phone.digits;
}
