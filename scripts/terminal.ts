// Text laid out for a terminal. Pure.

/** How many columns a terminal has at least. */
export const WIDTH = 100;

/** Text cut or filled up to a width. */
export function column(text: string, width: number): string {
	const characters = Array.from(text);
	const kept = characters.length > width ? [...characters.slice(0, width - 1), '…'] : characters;
	return kept.join('') + ' '.repeat(width - kept.length);
}

/** Text with an indent, wrapped between words, and inside a word that is longer than a line. */
export function wrapped(text: string, indent = 0): string {
	const room = WIDTH - indent;
	return text
		.split('\n')
		.flatMap((line) => {
			const lines: string[][] = [[]];
			for (const word of line.split(/(?<= )/).map((part) => Array.from(part))) {
				if ((lines.at(-1)?.length ?? 0) + word.length > room && lines.at(-1)?.length)
					lines.push([]);
				for (const character of word) {
					if (lines.at(-1)?.length === room) lines.push([]);
					lines.at(-1)?.push(character);
				}
			}
			return lines;
		})
		.map((characters) => ' '.repeat(indent) + characters.join('').trimEnd())
		.join('\n');
}
