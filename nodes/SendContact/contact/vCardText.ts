// From the text of vCards to their lines, taken apart: line ends, folds, encodings and escapes of every
// version. Does not know what a line means.
import { oneLine, shown } from './text';

/** One line of a card after unfolding: `item1.TEL;TYPE=CELL:+55…`. */
export interface Property {
	/** Upper case, without its group. */
	name: string;
	/** Upper-case names; a parameter without a name counts as a TYPE, as vCard 2.1 has it. */
	parameters: ReadonlyMap<string, readonly string[]>;
	/** Decoded from quoted-printable or Base64, but with its backslashes still in. */
	value: string;
}

/** Says what is wrong with the text; does not come back. */
export type Refuse = (message: string, description: string) => never;

const ENCODINGS = /^(?:QUOTED-PRINTABLE|BASE64|B|7BIT|8BIT)$/i;
const PROPERTY_HEAD = /^(?:[\w-]+\.)*([A-Za-z][\w-]*)\s*(?=[;:])/;
const NEXT_PARAMETER = /;([^;:="]*)(?:=((?:"[^"]*"|[^";:])*))?/y;
const QUOTED_PRINTABLE_HEAD = /^[^:]*[;=]\s*QUOTED-PRINTABLE\s*[;:]/i;
const BASE64_HEAD = /^[^:]*[;=]\s*(?:BASE64|B)\s*[;:]/i;
const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;
const BEGIN = /^BEGIN\s*:\s*VCARD$/i;
const END = /^END\s*:\s*VCARD$/i;

/** Bytes as text: the charset that is named, else UTF-8, else the old Western one that takes any byte. */
function decoded(bytes: Uint8Array, charset: string | undefined): string {
	for (const label of [charset, 'utf-8', 'windows-1252']) {
		if (label === undefined) continue;
		try {
			return new TextDecoder(label, { fatal: true }).decode(bytes);
		} catch {
			// An unknown charset, or bytes that are not in it: the next one may fit.
		}
	}
	return '';
}

function fromQuotedPrintable(value: string, charset: string | undefined): string {
	// Characters beyond ASCII that were left as they are become bytes of the charset most likely meant.
	const bytes = Array.from(value.matchAll(/=([0-9A-F]{2})|([^=]+|=)/gi)).flatMap(
		([, hex, plain]) =>
			hex === undefined ? [...Buffer.from(plain ?? '', 'utf8')] : [Number.parseInt(hex, 16)],
	);
	return decoded(Uint8Array.from(bytes), charset);
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

/** The text's lines, with what mail, JSON and templates did to their ends and indents undone. */
function physicalLines(text: string): string[] {
	let plain = text.replace(/^[\s\ufeff]+|\ufeff/g, (start) => start.replace(/[^ \t]/g, ''));
	plain = plain.trimEnd();
	if (/^\s*"[\s\S]*"$/.test(plain) && /^\s*"\s*BEGIN/i.test(plain)) {
		plain = plain.trim().slice(1, -1);
	}
	if (!/[\r\n]/.test(plain) && /^\s*BEGIN\s*:\s*VCARD\\[rn]/i.test(plain)) {
		const meanings: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
		plain = plain.replace(/\\(?:u([0-9a-f]{4})|([nrt"\\/]))/gi, (_, hex?: string, letter = '') =>
			hex === undefined
				? (meanings[String(letter)] ?? String(letter))
				: String.fromCharCode(Number.parseInt(hex, 16)),
		);
	}
	const lines = plain.split(/\r\n|\r|\n/);
	const indent = lines.map((line) => /^([ \t]+)BEGIN\s*:/i.exec(line)?.[1]).find(Boolean) ?? '';
	return indent === ''
		? lines
		: lines.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line));
}

/** Lines as they were before they were folded, broken softly or wrapped. */
function unfolded(lines: readonly string[]): string[] {
	const whole: string[] = [];
	let pieces: string[] = [];
	let form: 'text' | 'quotedPrintable' | 'base64' = 'text';
	const finish = () => {
		if (pieces.length > 0) whole.push(pieces.join(''));
		pieces = [];
	};
	for (const line of lines) {
		const last = pieces.at(-1) ?? '';
		if (form === 'quotedPrintable' && last.endsWith('=')) {
			pieces[pieces.length - 1] = last.slice(0, -1);
			pieces.push(line);
		} else if (pieces.length > 0 && /^[ \t]/.test(line)) {
			pieces.push(form === 'base64' ? line.trim() : line.slice(1));
		} else if (form === 'base64' && BASE64_LINE.test(line.trim())) {
			pieces.push(line.trim());
		} else {
			finish();
			if (line.trim() === '') {
				form = 'text';
				continue;
			}
			pieces = [line];
			form = QUOTED_PRINTABLE_HEAD.test(line)
				? 'quotedPrintable'
				: BASE64_HEAD.test(line)
					? 'base64'
					: 'text';
		}
	}
	finish();
	return whole;
}

/**
 * Takes one unfolded line apart; `undefined` where it is no property. `isText` tells which properties
 * are texts: a photo in Base64 is left as it is.
 */
export function readProperty(
	line: string,
	isText: (name: string) => boolean,
): Property | undefined {
	const head = PROPERTY_HEAD.exec(line);
	if (head?.[1] === undefined) return undefined;
	const parameters = new Map<string, string[]>();
	let at = head[0].length;
	while (line[at] === ';') {
		NEXT_PARAMETER.lastIndex = at;
		const found = NEXT_PARAMETER.exec(line);
		if (found === null) return undefined;
		at += found[0].length;
		const [, written = '', values] = found;
		const bare = ENCODINGS.test(written.trim()) ? 'ENCODING' : 'TYPE';
		const name = values === undefined ? bare : written.trim().toUpperCase();
		const list = (values ?? written).split(',').map((value) => value.replace(/"/g, '').trim());
		parameters.set(name, [...(parameters.get(name) ?? []), ...list]);
	}
	if (line[at] !== ':') return undefined;
	const encoding = parameters.get('ENCODING')?.[0]?.toUpperCase();
	const charset = parameters.get('CHARSET')?.[0];
	const raw = line.slice(at + 1);
	const name = head[1].toUpperCase();
	const value =
		encoding === 'QUOTED-PRINTABLE'
			? fromQuotedPrintable(raw, charset)
			: isText(name) && (encoding === 'BASE64' || encoding === 'B')
				? decoded(Buffer.from(raw, 'base64'), charset)
				: raw;
	return { name, parameters, value };
}

/** The lines of every card in the text, each card without its BEGIN and END. */
export function cardsIn(text: string, refuse: Refuse): string[][] {
	const cards: string[][] = [];
	let card: string[] | undefined;
	let depth = 0;
	for (const line of unfolded(physicalLines(text))) {
		const word = line.trim();
		if (BEGIN.test(word)) {
			const isNested = card !== undefined && /^(?:[\w-]+\.)?AGENT\b/i.test(card.at(-1) ?? '');
			if (card === undefined) card = [];
			else if (isNested) depth += 1;
			else return refuse(...withoutEnd(cards.length + 1));
		} else if (card === undefined) {
			continue;
		} else if (!END.test(word)) {
			// A card inside a card is another person: an assistant.
			if (depth === 0) card.push(line);
		} else if (depth > 0) {
			depth -= 1;
		} else {
			cards.push(card);
			card = undefined;
		}
	}
	if (card !== undefined) return refuse(...withoutEnd(cards.length + 1));
	if (cards.length > 0) return cards;
	return /BEGIN\s*:\s*VCARD/i.test(text)
		? refuse(
				'The vCard has lost its line breaks',
				'Each of its properties needs a line of its own. Paste it in expression mode, or read it from a file with Contact Source set to Binary File.',
			)
		: refuse(
				`There is no vCard in "${shown(text)}"`,
				'A vCard begins with the line BEGIN:VCARD and ends with the line END:VCARD.',
			);
}

function withoutEnd(position: number): [string, string] {
	return [
		`The vCard is cut off: card ${position} has no END:VCARD line`,
		'Check that the whole card arrives, from BEGIN:VCARD to END:VCARD, each on a line of its own.',
	];
}
