// Saying much in few words, for errors. Knows nothing of the node.

/** So many runs of numbers are named. */
const MOST_RUNS = 40;

/** The text, and `…` for what is more than so many characters. */
export function cut(text: string, most: number): string {
	return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** `0–2, 4` for 0, 1, 2, 4; where it would be long, the first ones and how many more there are. */
export function ranges(indices: number[]): string {
	const runs: Array<[number, number]> = [];
	for (const index of [...new Set(indices)].sort((a, b) => a - b)) {
		const last = runs.at(-1);
		if (last && last[1] === index - 1) last[1] = index;
		else runs.push([index, index]);
	}
	const shown = runs
		.slice(0, MOST_RUNS)
		.map(([from, to]) => (from === to ? from : `${from}–${to}`));
	const more = runs.slice(MOST_RUNS).reduce((sum, [from, to]) => sum + to - from + 1, 0);
	return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
