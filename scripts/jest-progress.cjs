// A Jest reporter that writes down each result as it comes, so that the counts are true also when the run
// has to be ended by force. Writes JSON lines to the file that SEND_CONTACT_PROGRESS names; without one it
// does nothing. `jest-run.ts` reads them.
const { appendFileSync } = require('node:fs');
const { relative } = require('node:path');

module.exports = class Progress {
	write(line) {
		const file = process.env.SEND_CONTACT_PROGRESS;
		if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
	}

	onTestFileStart({ path }) {
		this.write({ began: relative(process.cwd(), path) });
	}

	onTestCaseStart({ path }, { fullName }) {
		this.write({ began: relative(process.cwd(), path), test: fullName });
	}

	onTestCaseResult({ path }, { fullName, status }) {
		this.write({ ended: relative(process.cwd(), path), test: fullName, status });
	}

	onTestFileResult({ path }) {
		this.write({ ended: relative(process.cwd(), path) });
	}

	/** Jest's own sums: what failed after its tests (a hook at the end, a file without tests) is in them. */
	onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
		this.write({ passed: numPassedTests, failed: numFailedTests + numRuntimeErrorTestSuites });
	}
};
