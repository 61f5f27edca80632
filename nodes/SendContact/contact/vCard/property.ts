// One line of a card, taken apart: parameters, encodings and escapes of every version. Does not know what
// a line means.
import { oneLine } from '../text';
import { decodeBytes, hasEscapes, hasLostLetters, type Decoded } from './charset';

/** One line of a card: `item1.TEL;TYPE=CELL:+55…`. */
export interface Property {
	/** Upper case, without its group. */
	name: string;
	/** `item1`: what lines that belong together have in common. Upper case; empty where there is none. */
	group: string;
	/** Upper-case names; a parameter without a name counts as a TYPE, as vCard 2.1 has it. */
	parameters: ReadonlyMap<string, readonly string[]>;
	/** Decoded from quoted-printable or Base64, but with its backslashes still in. */
	value: string;
	/** Letters of the value are lost or guessed. */
	isDoubtful: boolean;
}

const ENCODINGS = /^(?:QUOTED-PRINTABLE|BASE64|B|7BIT|8BIT)$/i;
/** KDE writes names with a slash in them. */
const PROPERTY_HEAD = /^((?:[\w-]+\.)*)([A-Za-z][\w/-]*)\s*(?=[;:])/;
const NEXT_PARAMETER = /;([^;:="]*)(?:=((?:"[^"]*"|[^";:])*))?/y;
const CHARSET = /;\s*CHARSET\s*=\s*(?:"[^"]*"|[^";:]*)/i;

const ASCII = /^\p{ASCII}*$/u;

/** Text whose characters stand for one byte each. */
function decodeBinary(binary: string, charset: string | undefined): Decoded {
	if (charset === undefined && ASCII.test(binary)) {
		return { text: binary, isDoubtful: hasLostLetters(binary) };
	}
	return decodeBytes(Buffer.from(binary, 'latin1'), charset);
}

/** The bytes that a quoted-printable text says, one in each character. */
function unquoted(value: string): string {
	return value.replace(/=([0-9A-F]{2})/gi, (_, hex: string) =>
		String.fromCharCode(Number.parseInt(hex, 16)),
	);
}

/** Letters that were left as they are in a quoted-printable text stand for themselves. */
function fromQuotedText(value: string, charset: string | undefined): Decoded {
	const parts = Array.from(value.matchAll(/\p{ASCII}+|\P{ASCII}+/gu), ([part]): Decoded =>
		ASCII.test(part)
			? decodeBinary(unquoted(part), charset)
			: { text: part, isDoubtful: hasLostLetters(part) },
	);
	return {
		text: parts.map(({ text }) => text).join(''),
		isDoubtful: parts.some(({ isDoubtful }) => isDoubtful),
	};
}

/** `\n` `\,` `\;` `\:` and `\\` as what they stand for; any other backslash is the user's own. */
export function unescaped(value: string): string {
	return value.replace(/\\([nN\\,;:])/g, (_, character: string) =>
		character === 'n' || character === 'N' ? '\n' : character,
	);
}

/** Splits at a separator that has no backslash before it. */
function split(value: string, separator: ';' | ','): string[] {
	const parts = [''];
	for (const [token] of value.matchAll(/\\?[\s\S]/g)) {
		if (token === separator) parts.push('');
		else parts.push(`${parts.pop() ?? ''}${token}`);
	}
	return parts;
}

/** The components of a structured value, each as clean text; empty where it has none. */
export function components(value: string, glue: string): string[] {
	return split(value, ';').map((component) =>
		split(component, ',')
			.map((item) => oneLine(unescaped(item)))
			.filter((item) => item !== '')
			.join(glue),
	);
}

/**
 * Takes one unfolded line apart; `undefined` where it is no property. `isText` tells which properties are
 * texts: a photo in Base64 is left as it is. `areBytes`: each character of the line stands for a byte.
 */
export function readProperty(
	line: string,
	isText: (name: string) => boolean,
	areBytes: boolean,
): Property | undefined {
	const head = PROPERTY_HEAD.exec(line);
	if (head === null) return undefined;
	const [whole, groups = '', written = ''] = head;
	const parameters = new Map<string, string[]>();
	let at = whole.length;
	while (line[at] === ';') {
		NEXT_PARAMETER.lastIndex = at;
		const found = NEXT_PARAMETER.exec(line);
		if (found === null) return undefined;
		at += found[0].length;
		const [, key = '', values] = found;
		const bare = ENCODINGS.test(key.trim()) ? 'ENCODING' : 'TYPE';
		const name = values === undefined ? bare : key.trim().toUpperCase();
		const list = (values ?? key).split(',').map((value) => value.replace(/"/g, '').trim());
		parameters.set(name, [...(parameters.get(name) ?? []), ...list]);
	}
	if (line[at] !== ':') return undefined;
	const name = written.toUpperCase();
	const raw = line.slice(at + 1);
	const { text, isDoubtful } = isText(name)
		? decodedValue(raw, parameters, areBytes)
		: { text: raw, isDoubtful: false };
	return { name, group: groups.toUpperCase(), parameters, value: text, isDoubtful };
}

function decodedValue(raw: string, parameters: Property['parameters'], areBytes: boolean): Decoded {
	const encoding = parameters.get('ENCODING')?.[0]?.toUpperCase();
	const charset = parameters.get('CHARSET')?.[0];
	if (encoding === 'QUOTED-PRINTABLE') {
		return areBytes ? decodeBinary(unquoted(raw), charset) : fromQuotedText(raw, charset);
	}
	if (encoding === 'BASE64' || encoding === 'B') {
		return decodeBytes(Buffer.from(raw, 'base64'), charset);
	}
	// ASCII is the same in a text as in a file.
	return areBytes || ASCII.test(raw)
		? decodeBinary(raw, charset)
		: { text: raw, isDoubtful: hasLostLetters(raw) };
}

/** A line that is not decoded yet as it would stand in UTF-8: without its character set. */
export function inUtf8(line: string): Decoded {
	if (ASCII.test(line) && !hasEscapes(line)) return { text: line, isDoubtful: false };
	const charset = CHARSET.exec(line)?.[0].split('=')[1];
	return decodeBinary(line.replace(CHARSET, ''), charset?.replace(/"/g, ''));
}
