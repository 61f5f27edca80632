// Tables as Markdown has them. Knows nothing of what stands in them.

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** A table, one line a row. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
	return [head, head.map(() => '---'), ...rows.map((row) => row.map(cell))]
		.map((row) => `| ${row.join(' | ')} |`)
		.join('\n');
}
