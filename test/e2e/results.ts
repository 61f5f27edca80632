// What a suite leaves behind for whoever has to find out why it failed: n8n's log, what the vendors
// received, executions and screenshots, in one folder per suite.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where all suites write. */
export const RESULTS =
	process.env.SEND_CONTACT_RESULTS ?? join(__dirname, '..', '..', 'test-results', 'e2e');

export class Evidence {
	readonly folder: string;

	constructor(suite: string) {
		this.folder = join(RESULTS, suite);
		rmSync(this.folder, { recursive: true, force: true });
		mkdirSync(this.folder, { recursive: true });
	}

	/** Keeps text as it is and anything else as JSON. */
	keep(file: string, content: unknown): void {
		const text =
			typeof content === 'string' ? content : JSON.stringify(content ?? null, null, '\t');
		writeFileSync(join(this.folder, file), text);
	}

	path(file: string): string {
		return join(this.folder, file);
	}
}
