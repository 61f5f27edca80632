// Reading a character in whatever escape it is written: of URLs, forms, JSON and HTML, also several of
// them one inside the other. Knows no secret and no vendor.

/** One way to read a text at some place. */
export interface Reading {
	/** One character: one UTF-16 code unit, or the two of a pair. */
	char: string;
	/** Where the rest of the text begins. */
	end: number;
}

/** So many escapes inside each other are read: JSON in JSON in a URL has three. */
const DEPTH = 3;

const HEX = /^[\da-f]$/i;

/** The longest entity, with zeros in front of its number. */
const LONGEST_NAME = 16;

/** Several characters read one after the other. */
interface Spelling {
	text: string;
	end: number;
}

/** Whether an escape may begin with this character. */
export function isLead(char: string): boolean {
	return char === '%' || char === '\\' || char === '&' || char === '+';
}

/** HTML's names of what keys and their escapes are made of: https://html.spec.whatwg.org/#named-character-references */
const ENTITIES: Readonly<Record<string, string>> = {
	Tab: '\t',
	NewLine: '\n',
	excl: '!',
	quot: '"',
	QUOT: '"',
	num: '#',
	dollar: '$',
	percnt: '%',
	amp: '&',
	AMP: '&',
	apos: "'",
	lpar: '(',
	rpar: ')',
	ast: '*',
	midast: '*',
	plus: '+',
	comma: ',',
	period: '.',
	sol: '/',
	colon: ':',
	semi: ';',
	lt: '<',
	LT: '<',
	equals: '=',
	gt: '>',
	GT: '>',
	quest: '?',
	commat: '@',
	lsqb: '[',
	lbrack: '[',
	bsol: '\\',
	rsqb: ']',
	rbrack: ']',
	Hat: '^',
	lowbar: '_',
	UnderBar: '_',
	grave: '`',
	DiacriticalGrave: '`',
	lcub: '{',
	lbrace: '{',
	verbar: '|',
	vert: '|',
	VerticalLine: '|',
	rcub: '}',
	rbrace: '}',
	nbsp: '\u00a0',
};

const AFTER_BACKSLASH: Readonly<Record<string, string>> = {
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	v: '\v',
	'0': '\0',
};

/** A text in which characters may be escaped. */
export class EscapedText {
	/** What was read at a place with so many escapes inside each other: what is asked for again and again. */
	private readonly known = Array.from({ length: DEPTH + 1 }, () => new Map<number, Reading[]>());

	constructor(readonly text: string) {}

	/** Every way to read the text at a place: as it stands, and as what an escape stands for. */
	readingsAt(place: number, depth = DEPTH): Reading[] {
		const char = this.text.charAt(place);
		if (char === '') return [];
		const literal = { char, end: place + 1 };
		if (depth === 0 || !isLead(char)) return [literal];
		if (char === '+') return [literal, { char: ' ', end: place + 1 }];
		const known = this.known[depth]?.get(place);
		if (known) return known;
		const readings: Reading[] = [];
		const add = (reading: Reading) => {
			const isNew = !readings.some(
				(other) => other.end === reading.end && other.char === reading.char,
			);
			if (isNew) readings.push(reading);
		};
		// What an escape begins with may be escaped itself.
		for (const lead of this.readingsAt(place, depth - 1)) {
			add(lead);
			this.escapesAfter(lead, depth - 1).forEach(add);
		}
		this.known[depth]?.set(place, readings);
		return readings;
	}

	private escapesAfter(lead: Reading, depth: number): Reading[] {
		switch (lead.char) {
			case '%':
				return this.afterPercent(lead.end, depth);
			case '\\':
				return this.readingsAt(lead.end, depth).flatMap((next) => this.afterBackslash(next, depth));
			case '&':
				return this.afterAmpersand(lead.end, depth);
			case '+':
				return [{ char: ' ', end: lead.end }];
			default:
				return [];
		}
	}

	/** Every way to read so many characters of a kind. */
	private spelledAt(place: number, depth: number, length: number, kind: RegExp): Spelling[] {
		let spellings = [{ text: '', end: place }];
		for (let n = 0; n < length; n += 1) {
			spellings = spellings.flatMap(({ text, end }) =>
				this.readingsAt(end, depth).flatMap((next) =>
					kind.test(next.char) ? [{ text: text + next.char, end: next.end }] : [],
				),
			);
		}
		return spellings;
	}

	/** The bytes of one character in UTF-8, each behind a percent sign. */
	private afterPercent(place: number, depth: number): Reading[] {
		return this.spelledAt(place, depth, 2, HEX).flatMap((first) => {
			const byte = Number.parseInt(first.text, 16);
			const following = byte < 0xc0 ? 0 : byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
			let bytes = [first];
			for (let n = 0; n < following; n += 1) {
				bytes = bytes.flatMap(({ text, end }) =>
					this.spelledAt(end, depth, 1, /%/).flatMap((percent) =>
						this.spelledAt(percent.end, depth, 2, HEX).map((next) => ({
							text: text + next.text,
							end: next.end,
						})),
					),
				);
			}
			return bytes.map(({ text, end }) => ({ char: Buffer.from(text, 'hex').toString(), end }));
		});
	}

	private afterBackslash({ char, end }: Reading, depth: number): Reading[] {
		const digits = char === 'u' ? 4 : char === 'x' ? 2 : 0;
		if (digits > 0) {
			return this.spelledAt(end, depth, digits, HEX).map((code) => ({
				char: String.fromCharCode(Number.parseInt(code.text, 16)),
				end: code.end,
			}));
		}
		const control = AFTER_BACKSLASH[char];
		if (control !== undefined) return [{ char: control, end }];
		return /^[a-z\d]$/i.test(char) ? [] : [{ char, end }];
	}

	private afterAmpersand(place: number, depth: number): Reading[] {
		const found: Reading[] = [];
		let names: Spelling[] = [{ text: '', end: place }];
		while (names.length > 0) {
			names = names.flatMap(({ text, end }) =>
				this.readingsAt(end, depth).flatMap((next) => {
					const char = next.char === ';' ? namedBy(text) : undefined;
					if (char !== undefined) found.push({ char, end: next.end });
					const goesOn = text.length < LONGEST_NAME && /^[a-z\d#]$/i.test(next.char);
					return goesOn ? [{ text: text + next.char, end: next.end }] : [];
				}),
			);
		}
		return found;
	}
}

/** What an HTML entity stands for, by what is between `&` and `;`. */
function namedBy(name: string): string | undefined {
	const [, hex, decimal] = /^#(?:x([\da-f]+)|(\d+))$/i.exec(name) ?? [];
	if (hex === undefined && decimal === undefined) return ENTITIES[name];
	const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
	return code > 0x10ffff ? undefined : String.fromCodePoint(code);
}
