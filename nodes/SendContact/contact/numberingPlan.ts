// Which digits are a phone number of which country. Knows no way of writing one.
import {
	callingCodeOf,
	planIn,
	plansOf,
	type CountryCode,
	type Kind,
	type Plan,
} from './phoneTables';

/** A number that is valid by the full tables, area and kind included. */
export interface ValidNumber {
	callingCode: string;
	/** The digits behind the calling code. */
	national: string;
	/** Absent for numbers of no country, such as +800. */
	country: CountryCode | undefined;
	kind: Kind;
}

/** E.164: no number with its calling code has more digits, and none that people hold has fewer. */
export const E164_DIGITS = { min: 7, max: 15 };

/** The calling code that the digits begin with: none is the beginning of another. */
export function callingCodeIn(digits: string): string | undefined {
	return [1, 2, 3]
		.map((length) => digits.slice(0, length))
		.find((callingCode) => plansOf(callingCode).length > 0);
}

function kindIn({ any, ranges }: Plan, national: string): Kind | undefined {
	if (!any.test(national)) return undefined;
	return ranges.find(
		({ lengths, pattern }) => lengths.includes(national.length) && pattern.test(national),
	)?.kind;
}

function validToday(callingCode: string, national: string): ValidNumber | undefined {
	for (const plan of plansOf(callingCode)) {
		if (plan.leading !== undefined && !plan.leading.test(national)) continue;
		const kind = kindIn(plan, national);
		if (kind !== undefined) return { callingCode, national, country: plan.country, kind };
		// What begins as a country's numbers do is that country's or nobody's.
		if (plan.leading !== undefined) return undefined;
	}
	return undefined;
}

/**
 * The same number as the tables know it: without Mexico's 1 behind the country code (given up in 2019),
 * with Brazil's ninth digit (complete in 2016). Older WhatsApp accounts still go by the former.
 */
function asToday(callingCode: string, national: string): string {
	if (callingCode === '52' && /^1\d{10}$/.test(national)) return national.slice(1);
	return callingCode === '55' ? national.replace(/^(\d\d)([6-9]\d{7})$/, '$19$2') : national;
}

/** The national digits as a valid number behind the calling code, today's or a former one. */
export function validNational(callingCode: string, national: string): ValidNumber | undefined {
	const length = callingCode.length + national.length;
	if (length < E164_DIGITS.min || length > E164_DIGITS.max) return undefined;
	const valid = validToday(callingCode, national);
	const former = valid === undefined ? asToday(callingCode, national) : national;
	if (former === national) return valid;
	const successor = validToday(callingCode, former);
	return successor && { ...successor, national };
}

/** The digits as a calling code and a valid number behind it. */
export function validNumber(digits: string): ValidNumber | undefined {
	const callingCode = callingCodeIn(digits);
	if (callingCode === undefined) return undefined;
	return validNational(callingCode, digits.slice(callingCode.length));
}

/**
 * Whether the digits are a calling code and, loosely, a number behind it. That takes vendors' own test
 * numbers (+1 555) and areas that are newer than this package, which {@link validNumber} does not.
 */
export function isWhole(digits: string): boolean {
	if (digits.length < E164_DIGITS.min || digits.length > E164_DIGITS.max) return false;
	const callingCode = callingCodeIn(digits);
	if (callingCode === undefined) return false;
	const national = digits.slice(callingCode.length);
	const isAny = (text: string) => plansOf(callingCode).some(({ any }) => any.test(text));
	if (isAny(national) || isAny(asToday(callingCode, national))) return true;
	// Argentina's mobiles as they are dialled inside it: 11 15 2345-6789 for +54 9 11 2345-6789.
	return callingCode === '54' && /^(?=\d{12}$)\d{2,4}15/.test(national);
}

/** The country that a whole number belongs to; where its area does not tell, the main one of its calling code. */
export function countryOf(digits: string): CountryCode | undefined {
	const [main, ...others] = plansOf(callingCodeIn(digits) ?? '');
	return (others.length > 0 ? validNumber(digits)?.country : undefined) ?? main?.country;
}

/** The national digits without the trunk prefix of the country: one result for each that they begin with. */
export function withoutTrunk(country: CountryCode, national: string): string[] {
	return (planIn(country)?.trunks ?? [])
		.filter((trunk) => national.startsWith(trunk))
		.map((trunk) => national.slice(trunk.length));
}

/** The prefix for calls abroad that digits dialled inside the country begin with, such as `011` in the USA. */
export function internationalPrefix(country: CountryCode, digits: string): string | undefined {
	return planIn(country)?.abroad.exec(digits)?.[0];
}

/**
 * Whether the digits are a mobile of Argentina as it is dialled inside it: area code, 15 and the rest, for
 * +54 9 381 2345678. Some of the area codes are a country's calling code as well: 381 is Serbia's.
 */
export function isDialledInArgentina(digits: string): boolean {
	if (digits.length !== 12) return false;
	return [2, 3, 4].some(
		(area) =>
			digits.startsWith('15', area) &&
			validNational('54', `9${digits.slice(0, area)}${digits.slice(area + 2)}`) !== undefined,
	);
}

/** Digits read as a national number of a country. */
export interface NationalNumber extends ValidNumber {
	/** They began with the trunk prefix. */
	hadTrunk: boolean;
	/**
	 * They hold the area code for certain. In many countries landlines are of many lengths, and 234 5678,
	 * which leaves Berlin's area code out, is Bochum's 0234 5678 without its zero.
	 */
	isComplete: boolean;
}

/** Without their area code, numbers have nine digits at most, in any country. */
const LONGEST_LOCAL = 9;

/** Whether people of the country may leave a part of a number out: the area code, inside that area. */
export function hasAreas(country: CountryCode): boolean {
	const callingCode = callingCodeOf(country);
	// Italy and Poland have area codes and no trunk prefix: they are dialled with every call.
	const isAreaDialled = callingCode === '39' || callingCode === '48';
	return isAreaDialled || (planIn(country)?.trunks.length ?? 0) > 0;
}

/** The digits as a national number of the country, as they stand or without its trunk prefix. */
export function nationalIn(country: CountryCode, digits: string): NationalNumber | undefined {
	const callingCode = callingCodeOf(country);
	const plan = planIn(country);
	const asItStands = validNational(callingCode, digits);
	if (plan === undefined) return undefined;
	if (asItStands !== undefined) {
		const { kind } = asItStands;
		const enough = {
			mobile: hasAreas(country) ? Math.min(LONGEST_LOCAL + 1, plan.longest.mobile) : 0,
			// Italy's landlines begin with a zero of their own, whatever their length.
			line: hasAreas(country) && callingCode !== '39' ? plan.longest.line : 0,
			service: plan.longest.line,
		};
		const isComplete = digits.length >= enough[kind];
		return { ...asItStands, hadTrunk: false, isComplete };
	}
	const [cut] = withoutTrunk(country, digits).flatMap(
		(national) => validNational(callingCode, national) ?? [],
	);
	return cut && { ...cut, hadTrunk: true, isComplete: true };
}

/** How many digits the longest mobile of the country has, without its calling code. */
export function longestMobile(country: CountryCode): number {
	return planIn(country)?.longest.mobile ?? 0;
}

/**
 * The thirty most populous countries (UN, 2024), in that order, and Spain and Argentina, whose numbers are
 * often written without a country: the ones whose national numbers are looked for in digits that say none.
 */
export const LARGEST_COUNTRIES = [
	...(['IN', 'CN', 'US', 'ID', 'PK', 'NG', 'BR', 'BD', 'RU', 'ET'] as const),
	...(['MX', 'JP', 'EG', 'PH', 'CD', 'VN', 'IR', 'TR', 'DE', 'TH'] as const),
	...(['GB', 'TZ', 'FR', 'ZA', 'IT', 'KE', 'MM', 'CO', 'KR', 'SD'] as const),
	...(['ES', 'AR'] as const),
] satisfies readonly CountryCode[];

/** Which of {@link LARGEST_COUNTRIES} have mobiles of so many digits, with their patterns; made on first use. */
const mobilesOfLength = new Map<number, ReadonlyArray<readonly [CountryCode, RegExp]>>();

/**
 * In which of {@link LARGEST_COUNTRIES} the digits, as they stand, are a national mobile. Landlines are
 * left out: some countries' tables are so loose that nearly any digits pass for one.
 */
export function mobileIn(digits: string): CountryCode[] {
	const { length } = digits;
	const known =
		mobilesOfLength.get(length) ??
		LARGEST_COUNTRIES.flatMap((country) =>
			(planIn(country)?.ranges ?? []).flatMap(({ kind, lengths, pattern }) =>
				kind === 'mobile' && lengths.includes(length) ? [[country, pattern] as const] : [],
			),
		);
	mobilesOfLength.set(length, known);
	return known.flatMap(([country, pattern]) => (pattern.test(digits) ? [country] : []));
}
