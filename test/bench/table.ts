// The results as people read them: in a terminal, and as Markdown for the docs.
import Table from 'cli-table3';

/** A number to reach, beside what was measured. */
export interface Target {
	what: string;
	target: string;
	measured: string;
	reached: boolean;
}

/** One scenario's results. */
export interface Section {
	title: string;
	notes: string[];
	head: string[];
	rows: string[][];
	targets: Target[];
}

const mark = (reached: boolean) => (reached ? '✔' : '✖');

function targetRows(targets: readonly Target[]): string[][] {
	return targets.map(({ what, target, measured, reached }) => [
		mark(reached),
		what,
		target,
		measured,
	]);
}

const TARGET_HEAD = ['', 'to reach', 'target', 'measured'];

/** For a terminal. */
export function asText({ title, notes, head, rows, targets }: Section): string {
	const drawn = (heads: string[], lines: string[][]) => {
		const table = new Table({ head: heads, style: { head: [], border: [], compact: true } });
		table.push(...lines);
		return table.toString();
	};
	return [
		`\n${title}`,
		...notes,
		...(rows.length > 0 ? [drawn(head, rows)] : []),
		...(targets.length > 0 ? [drawn(TARGET_HEAD, targetRows(targets))] : []),
	].join('\n');
}

/** For the docs. */
export function asMarkdown({ title, notes, head, rows, targets }: Section): string {
	const line = (cells: string[]) =>
		`| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
	const drawn = (heads: string[], lines: string[][]) =>
		[line(heads), line(heads.map(() => '---')), ...lines.map(line)].join('\n');
	return [
		`## ${title}`,
		...notes,
		...(rows.length > 0 ? [drawn(head, rows)] : []),
		...(targets.length > 0 ? [drawn(TARGET_HEAD, targetRows(targets))] : []),
	].join('\n\n');
}

export const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
export const ratio = (value: number) => value.toFixed(3);
export const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
export const milliseconds = (ms: number) => `${ms.toFixed(3)} ms`;
