// Taking secrets out of whatever leaves the node. Knows no vendor and no n8n.
import { EscapedText, isLead } from './escapes';

/** What stands in a secret's place. */
export const REDACTED = '[hidden]';

/** A shorter value would be found in ordinary words and numbers by chance. */
const SHORTEST_SECRET = 4;

/** How much of a vendor's answer is looked at and passed on. */
const LONGEST_TEXT = 100_000;

/** The longest way to write one character, roughly: escaped three times. */
const LONGEST_ESCAPE = 24;

/** Deeper parts of a JSON value are not looked at and not passed on: n8n itself fails on thousands of levels. */
const MOST_LEVELS = 100;
const TOO_DEEP = '…';

/** Replaces every secret it was made for, however it is escaped, in texts and in JSON values. */
export interface Redactor {
	text(text: string): string;
	/** A copy with every string redacted, names of fields included; `…` for what is nested too deep. */
	json(value: unknown): unknown;
}

/** A secret in one of its forms: as it is, or as base64. */
interface Form {
	/** Its characters, folded. */
	chars: string;
	/** Makes equal what is to be taken as equal; keeps the length. */
	fold: (char: string) => string;
	/** Whether the characters before and after it in base64 hold bits of it. */
	shares: { before: boolean; after: boolean };
}

const BASE64 = /^[\w+/-]$/;

/** A part of a text, from its first place to the one behind its last. */
interface Range {
	from: number;
	to: number;
}

function inAnyCase(char: string): string {
	const lower = char.toLowerCase();
	return lower.length === char.length ? lower : char;
}

/** The two characters of base64 that its URL form writes differently. */
function inAnyAlphabet(char: string): string {
	return char === '-' ? '+' : char === '_' ? '/' : char;
}

const plain = (secret: string): Form => ({
	chars: Array.from({ length: secret.length }, (_, at) => inAnyCase(secret.charAt(at))).join(''),
	fold: inAnyCase,
	shares: { before: false, after: false },
});

/** The same bytes in base64 wherever they begin in a longer text: each of the three alignments. */
function inBase64(secret: string): Form[] {
	const bytes = Buffer.from(secret);
	return [0, 1, 2].map((before) => {
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		const [from, to] = [(before * 8) / 6, ((before + bytes.length) * 8) / 6];
		return {
			chars: encoded.slice(Math.ceil(from), Math.floor(to)),
			fold: inAnyAlphabet,
			shares: { before: !Number.isInteger(from), after: !Number.isInteger(to) },
		};
	});
}

/** What is put into base64 may have been escaped before. */
function formsOf(secret: string): Form[] {
	const inJson = JSON.stringify(secret).slice(1, -1);
	const encoded = new Set([
		secret,
		inJson,
		inJson.replaceAll('/', '\\/'),
		encodeURIComponent(secret),
		new URLSearchParams({ '': secret }).toString().slice(1),
	]);
	return [plain(secret), ...[...encoded].flatMap(inBase64)];
}

/** Where the form that begins at a place ends in its longest reading; `undefined` where none begins. */
function endOf({ chars, fold }: Form, escaped: EscapedText, from: number): number | undefined {
	const { text } = escaped;
	let read = 0;
	// Up to the first escape there is one reading only.
	for (; !isLead(text.charAt(from + read)); read += 1) {
		if (read === chars.length) return from + read;
		if (fold(text.charAt(from + read)) !== chars[read]) return undefined;
	}
	/** By how much of the form has been read: where the text may go on. */
	const reached = new Map([[read, new Set([from + read])]]);
	for (; read < chars.length; read += 1) {
		for (const place of reached.get(read) ?? []) {
			for (const { char, end } of escaped.readingsAt(place)) {
				if (!chars.startsWith(char.length === 1 ? fold(char) : char, read)) continue;
				const places = reached.get(read + char.length) ?? new Set();
				reached.set(read + char.length, places.add(end));
			}
		}
		reached.delete(read);
		if (reached.size === 0) return undefined;
	}
	const ends = reached.get(chars.length);
	return ends && Math.max(...ends);
}

/** The range with the base64 around it that belongs to it. */
function wholeOf({ shares }: Form, escaped: EscapedText, { from, to }: Range): Range {
	const before = shares.before && BASE64.test(escaped.text.charAt(from - 1)) ? 1 : 0;
	const behind = (place: number, kind: RegExp) =>
		Math.max(
			place,
			...escaped.readingsAt(place).flatMap(({ char, end }) => (kind.test(char) ? [end] : [])),
		);
	const end = shares.after ? behind(behind(behind(to, BASE64), /=/), /=/) : to;
	return { from: from - before, to: end };
}

/** The forms, found by what they may begin with. */
interface Beginnings {
	forms: ReadonlyMap<string, Form[]>;
	/** Finds where one may begin. */
	pattern: RegExp;
}

function beginningsOf(forms: readonly Form[]): Beginnings {
	const found = new Map<string, Form[]>();
	for (const form of forms) {
		const first = form.chars.charAt(0);
		for (const char of new Set([first, first.toUpperCase(), '-', '_'])) {
			if (form.fold(char) === first) found.set(char, [...(found.get(char) ?? []), form]);
		}
	}
	const codes = [...found.keys()].map((char) => char.charCodeAt(0).toString(16).padStart(4, '0'));
	const pattern = new RegExp(`[%\\\\&+${codes.map((code) => `\\u${code}`).join('')}]`, 'g');
	return { forms: found, pattern };
}

/** Where secrets stand, in order; those that overlap as one. */
function rangesOf({ forms, pattern }: Beginnings, text: string): Range[] {
	const escaped = new EscapedText(text);
	const ranges: Range[] = [];
	for (const { index: from } of text.matchAll(pattern)) {
		const firsts = escaped.readingsAt(from).map(({ char }) => char.charAt(0));
		for (const form of [...new Set(firsts)].flatMap((char) => forms.get(char) ?? [])) {
			const to = endOf(form, escaped, from);
			if (to === undefined) continue;
			const range = wholeOf(form, escaped, { from, to });
			const last = ranges.at(-1);
			if (last && range.from < last.to) last.to = Math.max(last.to, range.to);
			else ranges.push(range);
		}
	}
	return ranges;
}

/** A redactor for these secrets. Values shorter than four characters are left out. */
export function redactorFor(secrets: readonly string[]): Redactor {
	const forms = [...new Set(secrets.filter((s) => s.length >= SHORTEST_SECRET))].flatMap(formsOf);
	const longest = Math.max(0, ...forms.map(({ chars }) => chars.length)) * LONGEST_ESCAPE;
	const beginnings = beginningsOf(forms);

	const text = (value: string) => {
		const isCut = value.length > LONGEST_TEXT;
		// A little more is looked at than is passed on: a secret may begin before the cut and end after it.
		const seen = isCut ? value.slice(0, LONGEST_TEXT + longest) : value;
		const kept: string[] = [];
		let at = 0;
		for (const { from, to } of forms.length === 0 ? [] : rangesOf(beginnings, seen)) {
			if (from >= LONGEST_TEXT) break;
			kept.push(seen.slice(at, from), REDACTED);
			at = to;
		}
		kept.push(seen.slice(at, Math.max(at, LONGEST_TEXT)));
		if (isCut) kept.push(`… (cut: ${value.length} characters)`);
		return kept.join('');
	};
	const json = (value: unknown, level = 0): unknown => {
		if (typeof value === 'string') return text(value);
		if (typeof value === 'number') {
			const redacted = text(String(value));
			return redacted === String(value) ? value : redacted;
		}
		if (typeof value !== 'object' || value === null) return value;
		if (level === MOST_LEVELS) return TOO_DEEP;
		if (Array.isArray(value)) return value.map((entry) => json(entry, level + 1));
		return Object.fromEntries(
			Object.entries(value).map(([key, entry]) => [text(key), json(entry, level + 1)]),
		);
	};
	return { text, json: (value) => json(value) };
}
