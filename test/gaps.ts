// What `npm run new:provider` left to be filled in. Knows no provider.

/** Every line that is still to be filled in, with its place. */
export function gapsIn(file: string, text: string): string[] {
	return text
		.split('\n')
		.flatMap((line, n) => (/FILL[ -]IN/.test(line) ? [`${file}:${n + 1} ${line.trim()}`] : []));
}
