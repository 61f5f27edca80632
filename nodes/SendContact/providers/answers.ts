// Reading what a vendor answered without trusting its shape. Knows no vendor.
import type { IDataObject } from 'n8n-workflow';

/** Whether `value` is a plain JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Where the text holds none of these, JavaScript's numbers hold all of its digits. */
const LONG_NUMBER = /[\d.]{16}|\d[eE]/;

/** A string of a JSON text, or a number. */
const JSON_TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

/**
 * The text's JSON; `undefined` where it is none. A number that JavaScript cannot hold digit for digit,
 * such as an id above 2^53, is given as text.
 */
export function parseJson(text: string): unknown {
	try {
		const json: unknown = JSON.parse(text);
		return LONG_NUMBER.test(text) ? JSON.parse(text.replace(JSON_TOKEN, exactly)) : json;
	} catch {
		return undefined;
	}
}

function exactly(token: string): string {
	return token.startsWith('"') || isExact(token) ? token : JSON.stringify(token);
}

/** Whether a JSON number is the same, digit for digit, once JavaScript has read it. */
function isExact(token: string): boolean {
	const value = Number(token);
	const isTooLarge = Number.isInteger(value) && !Number.isSafeInteger(value);
	return !isTooLarge && digitsOf(token) === digitsOf(String(value));
}

/** The digits of a number that mean something. */
function digitsOf(number: string): string {
	return number
		.replace(/e.*$/i, '')
		.replace(/\D/g, '')
		.replace(/^0+|0+$/g, '');
}

/** The value at a path of keys in parsed JSON; `undefined` where the path leads nowhere. */
export function at(json: unknown, ...path: string[]): unknown {
	return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), json);
}

/** A copy of parsed JSON without what the path of keys leads to. */
export function without(json: unknown, [key, ...rest]: readonly string[]): unknown {
	if (key === undefined || !isObject(json) || !(key in json)) return json;
	const { [key]: found, ...others } = json;
	return rest.length === 0 ? others : { ...others, [key]: without(found, rest) };
}

/** Text or a number as text, trimmed; `undefined` for anything else and for nothing. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === 'number') return String(value);
	if (typeof value !== 'string') return undefined;
	return value.trim() || undefined;
}

/** A finite number, or a text that is one; `undefined` for anything else. */
export function numberOf(value: unknown): number | undefined {
	const text = textOf(value);
	const number = Number(text);
	return text !== undefined && Number.isFinite(number) ? number : undefined;
}

/** Yes or no, or a text that says so; `undefined` for anything else. */
export function booleanOf(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	const text = textOf(value)?.toLowerCase();
	return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

/** The objects of a JSON list; empty where `json` is none. */
export function objectsOf(json: unknown): Array<Record<string, unknown>> {
	return Array.isArray(json) ? json.filter(isObject) : [];
}

/** What a page or a plain-text answer says to a reader: without markup, on one line. */
export function plainText(text: string): string {
	return text
		.replace(/<(script|style)\b[^<>]*>[\s\S]*?(<\/\1>|$)/gi, ' ')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** A request body with only what is filled in: vendors refuse or misread `""`, `null` and unknown fields. */
export function filled(body: Record<string, string | number | boolean | undefined>): IDataObject {
	return Object.fromEntries(
		Object.entries(body).filter(([, value]) => value !== undefined && value !== ''),
	);
}

/** A form with only what is filled in, each value as the text that a form holds. */
export function filledForm(
	fields: Record<string, string | number | boolean | undefined>,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(fields).flatMap(([name, value]) =>
			value === undefined || value === '' ? [] : [[name, String(value)]],
		),
	);
}
