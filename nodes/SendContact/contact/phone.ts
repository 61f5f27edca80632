// Phone numbers as people write them, turned into digits with the country code. Knows no vendor and no n8n.
import parsePhoneNumber, {
	getCountries,
	getCountryCallingCode,
	type CountryCode,
} from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/min/metadata';

import { InputError, type InputProblem } from './InputError';
import { oneLine, shown } from './text';
import { asWritten, EXAMPLE, takeApart, type Refusal, type Written } from './writtenPhone';

/** How {@link readPhone} reads. */
export interface PhoneOptions {
	/** The parameter's name, for messages. */
	parameter: string;
	/** ISO 3166 alpha-2, any case; read for numbers that are written without a country code. */
	defaultCountry?: string | undefined;
	/** Takes what no numbering plan knows, such as short codes, as it is written. */
	allowDoubtful?: boolean | undefined;
}

const WAY_AROUND = 'If it is right as it is, turn on Allow Unusual Numbers in the options.';

/** E.164: no number with its country code has more digits, and none that people hold has fewer. */
const E164_DIGITS = { min: 7, max: 15 };

/** What is passed on as it is written: from two-digit emergency numbers to long internal ones. */
const DOUBTFUL_DIGITS = { min: 2, max: 20 };

/** Longer national numbers of people begin with other digits than their country code. */
const LONGEST_NATIONAL = 11;

/** The patterns of all countries that share a calling code, compiled once each. */
const plans = new Map<string, RegExp | undefined>();

function planOf(callingCode: string): RegExp | undefined {
	if (plans.has(callingCode)) return plans.get(callingCode);
	const countries: Readonly<Record<string, readonly unknown[] | undefined>> = metadata.countries;
	const codes: Readonly<Record<string, readonly string[] | undefined>> =
		metadata.country_calling_codes;
	const shared: Readonly<Record<string, readonly unknown[] | undefined>> = metadata.nonGeographic;
	const rows = codes[callingCode]?.map((country) => countries[country]) ?? [shared[callingCode]];
	// The third column is the pattern of all national numbers; a test holds this to the library's own answers.
	const patterns = rows.flatMap((row) => (typeof row?.[2] === 'string' ? [row[2]] : []));
	const plan = patterns.length > 0 ? new RegExp(`^(?:${patterns.join('|')})$`) : undefined;
	plans.set(callingCode, plan);
	return plan;
}

function callingCodeOf(digits: string): string | undefined {
	return [1, 2, 3]
		.map((length) => digits.slice(0, length))
		.find((callingCode) => planOf(callingCode) !== undefined);
}

/**
 * Whether the digits are a calling code and, untouched, a number of a country behind it.
 *
 * The bar is the plan's overall pattern. The library's `isValid` also wants a known area code, and so
 * refuses +1 555 (vendors' own test numbers) and area codes newer than this package; its `isPossible`
 * looks at the length only, and would take the Brazilian mobile 11 98888-7777, written without its
 * country, for the American +1 198 888-7777.
 */
function isWhole(digits: string): boolean {
	if (digits.length < E164_DIGITS.min || digits.length > E164_DIGITS.max) return false;
	const callingCode = callingCodeOf(digits);
	if (callingCode === undefined) return false;
	if (planOf(callingCode)?.test(digits.slice(callingCode.length)) === true) return true;
	// Mexico gave up the 1 after the country code in 2019; older WhatsApp accounts still carry it.
	return /^521\d{10}$/.test(digits) && isWhole(`52${digits.slice(3)}`);
}

/** What the library makes of a number, as digits. */
function parsed(number: string, country?: CountryCode): string | undefined {
	const phone = parsePhoneNumber(
		number,
		{ extract: false, ...(country !== undefined && { defaultCountry: country }) },
		metadata,
	);
	const digits = phone?.number.slice(1);
	return digits !== undefined && isWhole(digits) ? digits : undefined;
}

/**
 * Digits that begin with a country code: as they are, or without a trunk prefix such as the zero of
 * +44 (0)20. The library also rewrites: +54 11 15 2345-6789 becomes +54 9 11 2345-6789. What the user
 * wrote with a country is kept then; only the messenger knows which form an account goes by.
 */
function withCountry(digits: string): string | undefined {
	if (isWhole(digits)) return digits;
	if (digits.length > E164_DIGITS.max + 5) return undefined;
	const rewritten = parsed(`+${digits}`);
	if (rewritten === undefined) return undefined;
	const callingCode = callingCodeOf(digits) ?? '';
	const isCut =
		rewritten.startsWith(callingCode) && digits.endsWith(rewritten.slice(callingCode.length));
	if (isCut) return rewritten;
	return digits.length <= E164_DIGITS.max ? digits : undefined;
}

/**
 * Digits read as a number of the country, with its country code in front. Those that begin with its own
 * country code can be both: 55 99999-1234 is a mobile of the Brazilian area 55, while the German plan is
 * so loose that 4915112345678 passes for a national number. The length tells them apart.
 */
function inCountry(digits: string, country: CountryCode): string | undefined {
	if (digits.length > DOUBTFUL_DIGITS.max) return undefined;
	const callingCode = getCountryCallingCode(country, metadata);
	const hasOwnCode = digits.startsWith(callingCode);
	if (hasOwnCode && digits.length > LONGEST_NATIONAL && isWhole(digits)) return digits;
	const national = parsed(digits, country);
	return hasOwnCode && national !== undefined && national === parsed(`+${digits}`)
		? withCountry(digits)
		: national;
}

const countryCodes = new Map<string, CountryCode>(
	getCountries(metadata).map((country) => [country, country]),
);

/** What is said of a number that no plan knows, by how it was written. */
function unknownNumber(
	text: string,
	{ digits, hasCountry }: Written,
	country: CountryCode | undefined,
): Refusal {
	const said = shown(text);
	const { min, max } = E164_DIGITS;
	if (digits === '') {
		return {
			message: oneLine(said) === '' ? 'The phone number is empty' : `"${said}" holds no digits`,
			description: `Give a phone number with its country code, ${EXAMPLE}.`,
		};
	}
	if (digits.length < min || digits.length > max) {
		const count = digits.length === 1 ? 'one digit' : `${digits.length} digits`;
		return {
			message: `"${said}" has ${count}; a phone number with its country code has ${min} to ${max}`,
			description: `Give the whole number with its country code, ${EXAMPLE}. ${WAY_AROUND}`,
		};
	}
	if (hasCountry === 'always') {
		return {
			message: `"${said}" is not a phone number of any country`,
			description: `Check the country code and the number of digits, ${EXAMPLE}. ${WAY_AROUND}`,
		};
	}
	return country === undefined
		? {
				message: `"${said}" has no country code`,
				description: `Add it, ${EXAMPLE}, or set Default Country in the options. ${WAY_AROUND}`,
			}
		: {
				message: `"${said}" is not a phone number of ${country}, the Default Country`,
				description: `Check the digits, or write the number with its country code, ${EXAMPLE}. ${WAY_AROUND}`,
			};
}

/**
 * Reads as {@link readPhone} does, but gives what is wrong instead of throwing it: for those who have
 * something else to try.
 *
 * @returns the digits, or what the user would be told
 */
export function examinePhone(value: unknown, options: PhoneOptions): string | InputProblem {
	const { parameter, defaultCountry, allowDoubtful } = options;
	const wanted = defaultCountry?.trim() ?? '';
	const country = countryCodes.get(wanted.toUpperCase());
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
	// Most numbers are written plainly, and a workflow may hold hundreds of thousands of them.
	if ((country === undefined || text.startsWith('+')) && /^\+?[1-9]\d{6,14}$/.test(text)) {
		const digits = text.startsWith('+') ? text.slice(1) : text;
		if (isWhole(digits)) return digits;
	}
	const written = takeApart(text);
	if ('message' in written) return { parameter, ...written };
	const { digits, hasCountry } = written;
	const national =
		hasCountry !== 'always' && country !== undefined ? inCountry(digits, country) : undefined;
	const found = national ?? (hasCountry === 'never' ? undefined : withCountry(digits));
	if (found !== undefined) return found;
	const { min, max } = DOUBTFUL_DIGITS;
	const isLetThrough = allowDoubtful === true && digits.length >= min && digits.length <= max;
	// As the same digits without brackets read, so that they read as themselves the next time.
	return isLetThrough
		? (withCountry(digits) ?? digits)
		: { parameter, ...unknownNumber(text, written, country) };
}

/**
 * Reads one phone number in any form people write it: with +, 00 or neither, with separators, in other
 * scripts' digits, as a JSON number, as a tel: or wa.me link, or as a WhatsApp id of a person.
 *
 * - A number with + or 00, in a wa.me link or as an id carries its country; the default is not looked at.
 * - A number that begins with a bracket is national: (31) 98888-7777 is never taken for the Dutch +31.
 * - Any other one is read as a number of `defaultCountry` first, and as digits with a country code where
 *   that country has no such number. Without a default the digits must begin with a country code.
 *
 * Digits are not added, removed or guessed beyond country code and trunk prefix: Brazil's ninth digit,
 * Mexico's 1 and Argentina's 9 stay as they were written. What comes out reads as itself without a
 * default country. With one it does too, unless it happens to be a national number there: the default is
 * what the user said of numbers without +.
 *
 * @returns digits with the country code and without `+`: 7 to 15, or 2 to 20 as written with `allowDoubtful`
 * @throws {InputError} for `options.parameter`, or for `defaultCountry` where that is unknown
 */
export function readPhone(value: unknown, options: PhoneOptions): string {
	const phone = examinePhone(value, options);
	if (typeof phone !== 'string') throw new InputError(phone);
	return phone;
}
