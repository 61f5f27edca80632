// Reading what a vendor answered without trusting its shape. Knows no vendor.
import type { IDataObject } from 'n8n-workflow';

/** Whether `value` is a plain JSON object. */
export function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
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

/** The objects of a JSON list; empty where `json` is none. */
export function objectsOf(json: unknown): Array<Record<string, unknown>> {
	return Array.isArray(json) ? json.filter(isObject) : [];
}

/** What a page or a plain-text answer says to a reader: without markup, on one line. */
export function plainText(text: string): string {
	return text
		.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/** A request body with only what is filled in: vendors refuse or misread `""`, `null` and unknown fields. */
export function filled(body: Record<string, string | number | boolean | undefined>): IDataObject {
	return Object.fromEntries(
		Object.entries(body).filter(([, value]) => value !== undefined && value !== ''),
	);
}
