// How a typed or mapped value becomes one clean line of text. Knows no vendor and no n8n.
import { InputError } from './InputError';

/** Line breaks, tabs, every other control character and every kind of space. */
const SPACE = /[\s\p{Cc}]+/gu;

/** With the `u` flag this matches lone halves only, which no JSON body can carry faithfully. */
const LONE_SURROGATE = /\p{Surrogate}/gu;

/** Byte order marks: nothing but residue of a file, wherever they stand. */
const BYTE_ORDER_MARK = /\ufeff/g;

/**
 * Characters that show nothing. They are taken off the ends only: inside a text the joiners hold
 * emoji and Persian or Indian letters together.
 */
const UNSEEN = /[\s\u180e\u200b-\u200f\u2060]/;

/** What nothing but invisible characters is made of. */
const SEEN = /[^\s\p{Cc}\p{Cf}]/u;

/** What a value is called in a message: text as it is, anything else as JSON where that can be had. */
function asText(value: unknown): string {
	if (typeof value === 'string') return value;
	if (typeof value !== 'object' || value === null) return String(value);
	try {
		const json: unknown = JSON.stringify(value);
		if (typeof json === 'string') return json;
	} catch {
		// A loop or a bigint inside: the kind of thing has to do.
	}
	return Array.isArray(value) ? 'a list' : 'an object';
}

/** By hand: as a pattern, a long run of such characters inside a text takes quadratic time. */
function trimUnseen(text: string): string {
	let start = 0;
	let end = text.length;
	while (start < end && UNSEEN.test(text.charAt(start))) start += 1;
	while (end > start && UNSEEN.test(text.charAt(end - 1))) end -= 1;
	return text.slice(start, end);
}

/** Text as one line: no control characters, no lone surrogates, single spaces, NFC, trimmed. May be empty. */
export function oneLine(text: string): string {
	const line = text
		.replace(BYTE_ORDER_MARK, '')
		.replace(LONE_SURROGATE, '')
		.normalize('NFC')
		.replace(SPACE, ' ');
	return trimUnseen(line);
}

/** A value as a message shows it: one line, at most 60 characters, without quotation marks around it. */
export function shown(value: unknown): string {
	// Cut twice: a pasted file is not to be cleaned whole for sixty characters of it.
	const characters = Array.from(oneLine(asText(value).slice(0, 1000)));
	return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : characters.join('');
}

/**
 * Reads a field that is one line of text.
 *
 * @param parameter the parameter's name, for the message
 * @returns the text as {@link oneLine} has it; `undefined` where nothing visible was filled in
 * @throws {InputError} for lists, objects and whatever else is no text, number or boolean
 */
export function readText(value: unknown, parameter: string): string | undefined {
	if (value === undefined || value === null) return undefined;
	const isText =
		typeof value === 'string' ||
		typeof value === 'bigint' ||
		typeof value === 'boolean' ||
		(typeof value === 'number' && Number.isFinite(value));
	if (!isText) {
		const kind = Array.isArray(value)
			? 'a list'
			: typeof value === 'object'
				? 'an object'
				: 'no text';
		throw new InputError({
			parameter,
			message: `The field ${parameter} holds ${kind} instead of a text: ${shown(value)}`,
			description:
				'Drag the single value you mean into the field, for example {{ $json.contact.name }} instead of {{ $json.contact }}.',
		});
	}
	const text = oneLine(String(value));
	return SEEN.test(text) ? text : undefined;
}

/** A full date, with or without a time behind it, as YYYY-MM-DD; anything else as it was written. */
export function isoDate(text: string): string {
	const [, year = '', month = '', day = ''] =
		/^(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?$/.exec(text) ?? [];
	const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
	const isReal = !Number.isNaN(date.getTime()) && date.getUTCDate() === Number(day);
	return isReal ? `${year}-${month}-${day}` : text;
}
