// Text as bytes of old character sets, which Node itself can only read.

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Every letter that the character set has, with its bytes: one or two. */
function tableOf(label: string): ReadonlyMap<string, readonly number[]> {
	const known = tables.get(label);
	if (known !== undefined) return known;
	const table = new Map<string, readonly number[]>();
	const add = (bytes: number[]) => {
		const letter = new TextDecoder(label).decode(Uint8Array.from(bytes));
		if (Array.from(letter).length === 1 && letter !== '\ufffd' && !table.has(letter)) {
			table.set(letter, bytes);
		}
	};
	for (let first = 0; first < 256; first += 1) add([first]);
	if (['gbk', 'shift_jis'].includes(new TextDecoder(label).encoding)) {
		// Of GBK, the rows of the common letters.
		const lowest = label === 'gbk' ? 0xa1 : 0x40;
		for (let first = 0x81; first < 0xff; first += 1) {
			for (let second = lowest; second < 0xff; second += 1) add([first, second]);
		}
	}
	tables.set(label, table);
	return table;
}

/** The letters of a character set that are written with letters of one script. */
export function lettersOf(label: string, script: RegExp): string[] {
	return [...tableOf(label).keys()].filter((letter) => script.test(letter));
}

/** The bytes of a text. @throws RangeError where the character set has no such letter */
export function encode(text: string, label: string): Buffer {
	const table = tableOf(label);
	return Buffer.from(
		Array.from(text).flatMap((letter) => {
			const bytes = table.get(letter);
			if (bytes === undefined) throw new RangeError(`${label} has no ${letter}`);
			return [...bytes];
		}),
	);
}
