// The plain HTTP client of the simulators' own tests: every status is an answer, nothing is followed,
// text goes out as it is.
import axios from 'axios';

import type { RunningVendor, Sample } from './index';
import { requestOf } from './index';

export interface ClientAnswer {
	status: number;
	headers: Record<string, string>;
	text: string;
	/** The body parsed where it is JSON, as text otherwise. */
	data: unknown;
}

/** Asks; an object goes out as JSON with its type unless `headers` name another. */
export async function ask(
	method: string,
	url: string,
	body?: object | string,
	headers: Record<string, string> = {},
): Promise<ClientAnswer> {
	const isText = body === undefined || typeof body === 'string';
	const answer = await axios.request<string>({
		method,
		url,
		data: isText ? body : JSON.stringify(body),
		headers: isText ? headers : { 'content-type': 'application/json', ...headers },
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
		responseType: 'text',
		transformRequest: (data: unknown) => data,
		transformResponse: (data: unknown) => data,
	});
	const known: Record<string, string> = {};
	for (const [name, value] of Object.entries(answer.headers)) known[name] = String(value);
	const text = answer.data;
	const isJson = /json/.test(known['content-type'] ?? '') && text !== '';
	const data: unknown = isJson ? JSON.parse(text) : text;
	return { status: answer.status, headers: known, text, data };
}

/** Sends a published sample as it stands. */
export function sendSample(vendor: RunningVendor, sample: Sample): Promise<ClientAnswer> {
	const { method, url, headers, body } = requestOf(sample, vendor);
	return ask(method, url, body, headers);
}

/** The value at a path of keys; `undefined` where the path leads nowhere. */
export function field(data: unknown, ...path: string[]): unknown {
	return path.reduce<unknown>((value, key) => {
		if (typeof value !== 'object' || value === null) return undefined;
		const found: unknown = Reflect.get(value, key);
		return found;
	}, data);
}

/** A list's entries; fails where it is none. */
export function listOf(data: unknown): unknown[] {
	if (!Array.isArray(data)) throw new Error('This is no list');
	const entries: unknown[] = data;
	return entries;
}
