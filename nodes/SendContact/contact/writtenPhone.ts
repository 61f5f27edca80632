// How people write a phone number, taken apart: scripts, separators, links, and what is clearly something
// else. Knows no numbering plan.
import type { InputProblem } from './InputError';
import { shown } from './text';

/** A number as it was written, taken apart. */
export interface Written {
	/** Digits only, without `+` and without the international prefix `00`. */
	digits: string;
	/**
	 * `international`: with + or 00, in a messenger's link or as its id. `unbroken`: digits with nothing
	 * between them. `broken`: with separators or brackets.
	 */
	writing: 'international' | 'unbroken' | 'broken';
	/**
	 * The digits before the first separator of a broken number, or of one that begins with `00`; empty where
	 * it begins with a bracket or has no separator.
	 */
	head: string;
}

/** How an example is worded in texts for the user. */
export const EXAMPLE = 'such as +55 11 98888-7777';

/** A phone number with its country code has at least so many digits. */
const FEWEST_DIGITS = 7;

/** Long enough for a wa.me link with a message in it; what is longer is a file that was mapped by chance. */
const LONGEST_TEXT = 2000;

/** Line ends and tabs, which stand between digits as a space does. */
const LINE_ENDS = /[\n-\r\u0085\u2028\u2029]+/g;
const TABS = /\t/g;

/** Marks that show nothing but come along when a number is copied: bidi marks, joiners, keycaps. */
const UNSEEN = /(?!\n)[\p{Cf}\p{Cc}\u034f\ufe0e\ufe0f\u20e3]/gu;

/** What stands before and after a number that was pasted out of a sheet, a mail or a message. */
const WRAPPING = /^[\s'"`´‘’“”<\p{Extended_Pictographic}]+|[\s'"`´‘’“”>.]+$/gu;

/** All that may stand between digits. `\p{Pd}` holds every dash; the last ones are minus and dots. */
const SEPARATORS = /[\s\p{Pd}().[\]/_~\u2212\u00b7\u2022\u2043]+/gu;

const LINK = /^(?:tel|callto|sms|whatsapp):(?:\/\/)?/i;
const WEB_LINK =
	/^(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/|(?:api|web)\.whatsapp\.com\/send\/?\?(?:[^#]*&)?phone=)/i;
const APP_LINK = /^(?:send\/?)?\?(?:[^#]*&)?phone=/i;
const PERSON_ID = /^(\d+)(?::\d+)?@(?:c\.us|s\.whatsapp\.net)$/i;
const OTHER_ID = /@(?:g\.us|lid|newsletter|broadcast)$/i;
const EXTENSION =
	/(?:(?:\b(?:extension|extn?|ramal|anexo|interno|int)|(?<!\p{L})доб(?:авочный)?|(?<![\p{L}\d])x|\d\s*x)\s*[.:=]?\s*\d+|(?:#|,,?)\s*\d{1,6})\s*#?$/iu;

/** What is wrong with a number, before it is said of which parameter. */
export type Refusal = Omit<InputProblem, 'parameter'>;

/** The last bit of every digit there is: full-width, Arabic-Indic, Devanagari… */
function latinDigit(digit: string): string {
	const isDigit = (code: number) => /^\p{Nd}$/u.test(String.fromCodePoint(code));
	const code = digit.codePointAt(0) ?? 0;
	let zero = code;
	// Unicode keeps each script's ten digits in one row.
	while (code - zero < 9 && isDigit(zero - 1)) zero -= 1;
	return String(code - zero);
}

/** The digits of `number`, without what stood between them; `text` is what was filled in. */
function digitsIn(number: string, text: string): string | Refusal {
	const digits = number.replace(SEPARATORS, '');
	const strange = /\D/u.exec(digits)?.[0];
	if (strange === undefined) return digits;
	return /\p{L}/u.test(digits)
		? {
				message: `"${shown(text)}" holds letters and is no phone number`,
				description: `Give digits only, with the country code, ${EXAMPLE}.`,
			}
		: {
				message: `"${shown(text)}" is no phone number: "${strange}" does not belong in one`,
				description: `Give one number only, with its country code, ${EXAMPLE}.`,
			};
}

/** Takes a link's address part off; what is left is a number, with + where the link demands one. */
function unlinked(text: string): string | Refusal {
	const web = WEB_LINK.exec(text);
	const scheme = LINK.exec(text);
	if (web === null && scheme === null) return text;
	const rest = text.slice((web ?? scheme)?.[0].length ?? 0);
	const app = APP_LINK.exec(rest);
	const number = rest.slice(app?.[0].length ?? 0);
	const [bare = ''] = number.split(/[?&#/]|;(?!\s*ext)/i);
	const plain = bare.replace(/%20/g, ' ').replace(/%2b/gi, '+').trim();
	if (web !== null || app !== null) return plain.startsWith('+') ? plain : `+${plain}`;
	if (/;\s*phone-context=/i.test(number) && !plain.startsWith('+')) {
		return {
			message: `"${shown(text)}" is a number that works only inside one network`,
			description: `Give the whole number with its country code, ${EXAMPLE}.`,
		};
	}
	return plain;
}

/** What a text clearly is instead of one phone number. */
function notOneNumber(text: string): Refusal | undefined {
	if (OTHER_ID.test(text)) {
		return {
			message: `"${shown(text)}" is the id of a chat and no phone number`,
			description: 'Give a phone number here, or choose By ID where the field has that choice.',
		};
	}
	if (/^[+-]?\d(?:[.,]\d+)?e\+?\d+$/i.test(text)) {
		return {
			message: `"${shown(text)}" is a phone number that a spreadsheet has shortened`,
			description:
				'Its last digits are lost. Format the column as text in the sheet and fill in the number again.',
		};
	}
	if (/^\+?\d{7,}[.,](?!0$)\d{1,2}$/.test(text)) {
		return {
			message: `"${shown(text)}" is a number with decimals and no phone number`,
			description: `Give the phone number as text, ${EXAMPLE}.`,
		};
	}
	if (EXTENSION.test(text)) {
		return {
			message: `"${shown(text)}" has an extension, which a messenger cannot reach`,
			description: `Give the number alone, without the extension, ${EXAMPLE}.`,
		};
	}
	const several = text.split(/[;,|/\\\n]|\s(?:e|и|and|or|ou|или)\s/iu);
	if (several.filter((part) => part.replace(/\D/g, '').length >= FEWEST_DIGITS).length > 1) {
		return {
			message: `"${shown(text)}" holds several phone numbers`,
			description: 'Give one number per item: add a Split Out node before this one.',
		};
	}
	return undefined;
}

/** Most numbers are written plainly, and a workflow may hold hundreds of thousands of them. */
const PLAIN = /^(\+?)([1-9]\d{6,14})$/;

/** Takes a written number apart. */
export function takeApart(text: string): Written | Refusal {
	const plain = PLAIN.exec(text);
	if (plain?.[2] !== undefined) {
		const writing = plain[1] === '+' ? 'international' : 'unbroken';
		return { digits: plain[2], writing, head: '' };
	}
	const bare = text
		.normalize('NFKC')
		.replace(LINE_ENDS, '\n')
		.replace(TABS, ' ')
		.replace(UNSEEN, '')
		.replace(/(?![0-9])\p{Nd}/gu, latinDigit)
		.replace(WRAPPING, '');
	const person = PERSON_ID.exec(bare);
	if (person?.[1] !== undefined) {
		return { digits: person[1], writing: 'international', head: '' };
	}
	const number = unlinked(bare);
	if (typeof number !== 'string') return number;
	const refusal = notOneNumber(number);
	if (refusal !== undefined) return refusal;
	const plus = /^[\s([]*\++/.exec(number);
	// A number column that became text keeps the decimal point of its numbers.
	const rest = number.slice(plus?.[0].length ?? 0).replace(/^(\d{7,})[.,]0$/, '$1');
	const digits = digitsIn(rest, bare);
	if (typeof digits !== 'string') return digits;
	const prefix = /^00(?=[1-9])/.exec(digits);
	const head = rest === digits ? '' : (/^\d*/.exec(rest)?.[0] ?? '');
	if (plus !== null || prefix !== null) {
		return {
			digits: digits.slice(prefix?.[0].length ?? 0),
			writing: 'international',
			head: plus === null ? head : '',
		};
	}
	return { digits, writing: rest === digits ? 'unbroken' : 'broken', head };
}

/** The value as text; numbers must be whole and exact. */
export function asWritten(value: unknown): string | Refusal {
	if (value === undefined || value === null) return '';
	if (typeof value === 'string') {
		if (value.length <= LONGEST_TEXT) return value;
		return {
			message: `"${shown(value)}" is too long for a phone number`,
			description: `Give one phone number with its country code, ${EXAMPLE}.`,
		};
	}
	if (typeof value === 'bigint' && value >= 0n) return String(value);
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
	if (typeof value === 'number' || typeof value === 'bigint') {
		return {
			message: `${String(value)} is no phone number: only whole numbers of up to 15 digits can be read exactly`,
			description: `Give the phone number as text, ${EXAMPLE}.`,
		};
	}
	return {
		message: `The phone number is not a text: ${shown(value)}`,
		description:
			'Drag the single value you mean into the field, for example {{ $json.phone }} instead of {{ $json }}.',
	};
}
