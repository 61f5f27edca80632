// How vendors, gateways and programs write a text that holds more than letters and digits.

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

/** Each way by its name. */
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
