// Looking for secrets where nobody looks: in everything an execution left behind, hidden properties of
// error objects included, and in every form a secret may have taken on the way.

/** Every piece of text that can be reached from `root`: names and values, hidden ones too. */
export function everythingIn(root: unknown): string {
	const texts: string[] = [];
	const seen = new Set<object>();
	const look = (value: unknown): void => {
		switch (typeof value) {
			case 'string':
			case 'number':
			case 'bigint':
			case 'boolean':
			case 'symbol':
				texts.push(value.toString());
				break;
			case 'object':
			case 'function':
				if (value !== null && !seen.has(value)) lookInto(value);
		}
	};
	const lookInto = (value: object): void => {
		seen.add(value);
		if (ArrayBuffer.isView(value)) {
			texts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString());
			return;
		}
		if (value instanceof Map || value instanceof Set) for (const entry of value) look(entry);
		for (const key of Reflect.ownKeys(value)) {
			look(key);
			look(Object.getOwnPropertyDescriptor(value, key)?.value);
		}
	};
	look(root);
	try {
		// As n8n stores it: `toJSON` may bring out what the object itself does not show.
		texts.push(JSON.stringify(root));
	} catch {
		// A loop: all of it has been looked at above.
	}
	return texts.join('\n');
}

const percent = (byte: number) => `%${byte.toString(16).padStart(2, '0')}`;
const units = (text: string) => text.split('');
const unicode = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
const hasLetter = (char: string) => /[a-z\d]/i.test(char);
const json = (text: string) => JSON.stringify(text).slice(1, -1);
const NAMED = new Map(
	Object.entries({
		'&': 'amp',
		'<': 'lt',
		'>': 'gt',
		'"': 'quot',
		"'": 'apos',
		'/': 'sol',
		'+': 'plus',
		'=': 'equals',
		'\\': 'bsol',
		'?': 'quest',
		'.': 'period',
		_: 'lowbar',
	}),
);

/** The ways in which vendors, gateways and programs write a text that holds more than letters and digits. */
export const ESCAPES: Readonly<Record<string, (text: string) => string>> = {
	'as it is': (text) => text,
	'percent codes': encodeURIComponent,
	'percent codes in lower case': (text) =>
		encodeURIComponent(text).replace(/%../g, (code) => code.toLowerCase()),
	'percent codes of every byte': (text) => [...Buffer.from(text)].map(percent).join(''),
	form: (text) => new URLSearchParams({ '': text }).toString().slice(1),
	JSON: json,
	'JSON with \\/': (text) => json(text).replaceAll('/', '\\/'),
	'JSON with \\u002f': (text) =>
		units(text)
			.map((unit) => (hasLetter(unit) ? unit : unicode(unit)))
			.join(''),
	'JSON with \\u002F': (text) =>
		units(text)
			.map((unit) => (hasLetter(unit) ? unit : unicode(unit).toUpperCase().replace('U', 'u')))
			.join(''),
	'HTML with &sol;': (text) =>
		units(text)
			.map((unit) => (NAMED.has(unit) ? `&${NAMED.get(unit)};` : unit))
			.join(''),
	'HTML with &#47;': (text) =>
		[...text].map((char) => (hasLetter(char) ? char : `&#${char.codePointAt(0)};`)).join(''),
	'HTML with &#x2F;': (text) =>
		[...text]
			.map((char) =>
				hasLetter(char) ? char : `&#x${char.codePointAt(0)?.toString(16).toUpperCase()};`,
			)
			.join(''),
};

/** Base64 in both alphabets, with and without padding. */
export const BASE64: Readonly<Record<string, (text: string) => string>> = {
	base64: (text) => Buffer.from(text).toString('base64'),
	'base64 without padding': (text) => Buffer.from(text).toString('base64').replace(/=+$/, ''),
	base64url: (text) => Buffer.from(text).toString('base64url'),
};

/** A secret as it may show up: in every escape, in two that are usual, and in base64. */
export function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	// Its last letter depends on what follows the secret, unless the secret ends with a letter.
	const base64 = bytes.toString('base64').slice(0, Math.floor((bytes.length * 8) / 6));
	return [
		...new Set([
			...Object.values(ESCAPES).map((escape) => escape(secret)),
			encodeURIComponent(encodeURIComponent(secret)),
			json(json(secret)),
			base64,
			base64.replace(/\+/g, '-').replace(/\//g, '_'),
		]),
	];
}
