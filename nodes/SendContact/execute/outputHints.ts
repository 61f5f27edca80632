// Hints as the panel shows them above the output. Knows no vendor.
import type { NodeExecutionHint } from 'n8n-workflow';

/** Those of the texts that there are. */
export function outputHints(texts: ReadonlyArray<string | false | undefined>): NodeExecutionHint[] {
	return texts.flatMap((message) =>
		typeof message === 'string' ? [{ message, location: 'outputPane' as const }] : [],
	);
}
