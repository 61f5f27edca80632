// What stands at a path, taken out of the boxes that services put values in. Knows no service by name.
import { readText } from '../text';
import { isRecord } from './path';

/** The keys under which a box holds its value, the one that says the most first. */
const BOXES = [
	'canonicalForm',
	'plain_text',
	'value',
	'VALUE',
	'number',
	'phone',
	'phone_number',
	'email',
	'address',
	'url',
	'full',
	'FreeFormNumber',
	'Address',
	'URI',
	'name',
	'title',
	'rich_text',
	'select',
	'string_value',
	'start',
	'date',
];

/** A text or a number that was found, with what leads into its box: `.value`. */
export interface Unboxed {
	value: string | number;
	inside: string;
}

/** `PhoneCountryCode` and the like, where a phone comes in parts. */
function phoneInParts(box: Record<string, unknown>): string | undefined {
	const keys =
		'PhoneNumber' in box
			? ['PhoneCountryCode', 'PhoneAreaCode', 'PhoneNumber']
			: 'area' in box && 'phone' in box
				? ['area', 'phone']
				: [];
	const [first, ...rest] = keys.map((key) => {
		const part = box[key];
		return typeof part === 'string' || typeof part === 'number' ? String(part).trim() : '';
	});
	if (first === undefined || rest.at(-1) === '') return undefined;
	const text = [first !== '' && rest.length > 1 ? `+${first.replace(/^\+/, '')}` : first, ...rest];
	return text.filter(Boolean).join(' ');
}

/**
 * A text or a number out of its box; `undefined` where there is none. Switches are none: some services
 * write `false` for nothing.
 */
export function unboxed(value: unknown, depth = 0): Unboxed | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? { value, inside: '' } : undefined;
	if (typeof value === 'string') {
		return readText(value, '') === undefined ? undefined : { value, inside: '' };
	}
	if (depth > 3) return undefined;
	if (Array.isArray(value)) {
		const found = value.length === 1 ? unboxed(value[0], depth + 1) : undefined;
		return found && { ...found, inside: `[0]${found.inside}` };
	}
	if (!isRecord(value)) return undefined;
	const parts = phoneInParts(value);
	if (parts !== undefined) return { value: parts, inside: '' };
	for (const key of BOXES) {
		const found = Object.hasOwn(value, key) ? unboxed(value[key], depth + 1) : undefined;
		if (found !== undefined) return { ...found, inside: `.${key}${found.inside}` };
	}
	return undefined;
}

/** Everything at a path: of a list each entry, else the value itself. */
export function allUnboxed(value: unknown): Unboxed[] {
	if (!Array.isArray(value)) return [unboxed(value)].filter((found) => found !== undefined);
	return value.slice(0, 100).flatMap((entry: unknown, index) => {
		const found = unboxed(entry);
		return found === undefined ? [] : [{ ...found, inside: `[${index}]${found.inside}` }];
	});
}

/** One line of text; `undefined` where there is none. */
export function textAt(value: unknown): string | undefined {
	const found = unboxed(value);
	return found && readText(found.value, '');
}

const two = (part: string) => part.padStart(2, '0');

/** `year` may be missing: then it is the birthday of every year. */
function iso(year: string, month: string, day: string): string {
	return `${/^\d{4}$/.test(year) ? year : '-'}-${two(month)}-${two(day)}`;
}

/**
 * A birthday as a text: a date in parts (`{ year, month, day }`), and one with the month first where the
 * service writes them so (`7/9/1984`, `07/09`), as YYYY-MM-DD or --MM-DD; anything else as it stands.
 */
export function birthdayAt(value: unknown, isMonthFirst: boolean): string | undefined {
	const parts = isRecord(value) && isRecord(value.date) ? value.date : value;
	if (isRecord(parts) && 'month' in parts && 'day' in parts) {
		const [month, day] = [textAt(parts.month), textAt(parts.day)];
		if (month === undefined || day === undefined) return undefined;
		return iso(textAt(parts.year) ?? '', month, day);
	}
	const text = textAt(value);
	if (text === undefined || !isMonthFirst) return text;
	const [, month, day, year = ''] = /^(\d{1,2})\/(\d{1,2})(?:\/(\w+))?$/.exec(text) ?? [];
	return month === undefined || day === undefined ? text : iso(year, month, day);
}
