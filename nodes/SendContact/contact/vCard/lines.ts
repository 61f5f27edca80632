// From a text or a file to its lines as they were before they were folded, wrapped or sent through JSON.
// Does not know what a line means.
import { asUtf16, asUtf8, hasEscapes } from './charset';

/** The lines of a text or a file. */
export interface Lines {
	lines: string[];
	/**
	 * The lines are not decoded yet: each of their characters stands for one byte. A fold may stand between
	 * the bytes of one letter, and each line may be in a character set of its own.
	 */
	areBytes: boolean;
	/** What stood between the lines. */
	lineEnd: '\n' | '\r\n';
}

const BEGIN_INDENT = /^([ \t]*)BEGIN[ \t]*:[ \t]*VCARD/im;
const QUOTED_PRINTABLE_HEAD = /^[^:]*[;=]\s*QUOTED-PRINTABLE\s*[;:]/i;
const BASE64_HEAD = /^[^:]*[;=]\s*(?:BASE64|B)\s*[;:]/i;
const BASE64_LINE = /^[A-Za-z0-9+/]+={0,2}$/;

/** Spaces and line ends, but no other one: in a file that is not decoded those are parts of letters. */
const trimmed = (text: string) => text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');

/** Undoes what JSON did to a text that went through it twice, or was copied out of it. */
function withoutJson(text: string): string {
	const bare = /^\s*"\s*BEGIN[\s\S]*"\s*$/i.test(text) ? text.trim().slice(1, -1) : text;
	if (/[\r\n]/.test(trimmed(bare)) || !/^\s*BEGIN\s*:\s*VCARD\\[rn]/i.test(bare)) return bare;
	const meanings: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
	return bare.replace(/\\(?:u([0-9a-f]{4})|([nrt"\\/]))/gi, (_, hex?: string, letter = '') =>
		hex === undefined
			? (meanings[String(letter)] ?? String(letter))
			: String.fromCharCode(Number.parseInt(hex, 16)),
	);
}

function physicalLines(text: string): string[] {
	// Old programs on Windows write a carriage return too many.
	const lines = text.split(/\r*\n|\r/);
	// Only a card that begins with an indent is indented: a later one is a fold in front of a text.
	const indent = BEGIN_INDENT.exec(text)?.[1] ?? '';
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
			pieces.push(form === 'base64' ? trimmed(line) : line.slice(1));
		} else if (form === 'base64' && BASE64_LINE.test(trimmed(line))) {
			pieces.push(trimmed(line));
		} else {
			finish();
			if (trimmed(line) === '') {
				form = 'text';
				continue;
			}
			pieces = [line];
			if (QUOTED_PRINTABLE_HEAD.test(line)) form = 'quotedPrintable';
			else form = BASE64_HEAD.test(line) ? 'base64' : 'text';
		}
	}
	finish();
	return whole;
}

function linesOf(text: string, areBytes: boolean): Lines {
	return {
		lines: unfolded(physicalLines(text)),
		areBytes,
		lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
	};
}

/** The bytes as text, where all of them are one in UTF-16 or UTF-8 and nothing in them says otherwise. */
function asText(bytes: Uint8Array): string | undefined {
	const utf16 = asUtf16(bytes);
	if (utf16 !== undefined) return utf16;
	const text = asUtf8(bytes);
	const isDeclared = text !== undefined && /[;\s]CHARSET\s*=\s*(?!"?utf-?8)/i.test(text);
	return isDeclared && (/\P{ASCII}/u.test(text) || hasEscapes(text)) ? undefined : text;
}

/** The lines of a pasted text or of the bytes of a file. */
export function readLines(source: string | Uint8Array): Lines {
	const text = typeof source === 'string' ? source : asText(source);
	if (text !== undefined) return linesOf(withoutJson(text.replace(/\ufeff/g, '')), false);
	const bytes = Buffer.from(source).toString('latin1');
	return linesOf(bytes.replace(/\xef\xbb\xbf/g, ''), true);
}
