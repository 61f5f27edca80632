// What a user is told of a phone number that was not read, and the way out. Decides nothing.
import { callingCodeIn, E164_DIGITS, internationalPrefix, validNumber } from './numberingPlan';
import type { CountryCode } from './phoneTables';
import { oneLine, shown } from './text';
import { EXAMPLE, type Refusal, type Written } from './writtenPhone';

/** Why a number was not read, where more can be said than that it is none. */
export type Doubt = 'twofold' | 'incomplete';

const WAY_AROUND = 'If it is right as it is, turn on Allow Unusual Numbers in the options.';

const ADD_COUNTRY = `Write it with + and its country code, ${EXAMPLE}`;

/** What people dial inside a country and no messenger knows. */
const HABITS: Partial<Record<CountryCode, string>> = {
	AR: 'A mobile of Argentina is +54 9, area code and number, without 15.',
	BR: 'A number of Brazil is area code and number, without the two digits of a carrier.',
	MX: 'A number of Mexico is ten digits, without 01, 044 or 045.',
};

/** What is said of a number that a default country did not help to read. */
function notThere(said: string, digits: string, country: CountryCode): Refusal {
	const message = `"${said}" is not a phone number of ${country}, the Default Country`;
	const prefix = internationalPrefix(country, digits);
	if (prefix !== undefined) {
		return { message, description: `Write + in place of ${prefix}, ${EXAMPLE}. ${WAY_AROUND}` };
	}
	const habit = HABITS[country] === undefined ? '' : ` ${HABITS[country]}`;
	return {
		message,
		description: `Check the digits, or write the number with + and its country code, ${EXAMPLE}.${habit} ${WAY_AROUND}`,
	};
}

/** Words the refusal of `text`, by how it was written and, where there is one, the default country. */
export function refusePhone(
	text: string,
	{ digits, writing, head }: Written,
	country: CountryCode | undefined,
	doubt: Doubt | undefined,
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
	if (doubt === 'twofold') {
		return {
			message:
				writing === 'international'
					? `"${said}" can be read as numbers of two countries`
					: `"${said}" can be read with and without a country code in it`,
			description: `${ADD_COUNTRY}.`,
		};
	}
	if (writing === 'international') {
		return {
			message: `"${said}" is not a phone number of any country`,
			description: `Check the country code and the number of digits, ${EXAMPLE}. ${WAY_AROUND}`,
		};
	}
	if (doubt === 'incomplete' && country !== undefined) {
		return {
			message: `"${said}" may lack its area code, or the zero before it, in ${country}, the Default Country`,
			description: `Write it as it is dialled from another city, or with + and its country code, ${EXAMPLE}. ${WAY_AROUND}`,
		};
	}
	if (country !== undefined) return notThere(said, digits, country);
	const looksCoded = writing === 'broken' && callingCodeIn(head) === head && validNumber(digits);
	return {
		message: looksCoded
			? `"${said}" may begin with a country code or be a number inside a country`
			: `"${said}" has no country code`,
		description: `${ADD_COUNTRY}, or set Default Country. ${WAY_AROUND}`,
	};
}
