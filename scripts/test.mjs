// `npm test`: set-up, types, lint, build, Jest, one after the other; stops at the first that fails. The
// last line is `N passed, N failed`: Jest's tests, plus one for each of the other steps. Arguments go to Jest.
// Runs on a fresh clone, so it may use Node's own modules only.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (...path) => join(root, 'node_modules', ...path);
const temporary = mkdtempSync(join(tmpdir(), 'send-contact-test-'));
const report = join(temporary, 'jest.json');

const steps = [
	{ name: 'Packages', run: [join(root, 'scripts', 'setup.mjs')] },
	{ name: 'Types (tsc)', run: [bin('typescript', 'bin', 'tsc'), '--noEmit', '--pretty'] },
	{
		name: 'Lint (eslint)',
		run: [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'],
	},
	{
		name: 'Layout (prettier)',
		run: [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
	},
	{ name: 'Build (esbuild, gulp)', run: [join(root, 'scripts', 'build.mjs'), '--fast'] },
	{
		name: 'Tests (jest)',
		run: [
			bin('jest', 'bin', 'jest.js'),
			...['--json', '--outputFile', report, ...process.argv.slice(2)],
		],
		count: jestCount,
	},
];

const total = { passed: 0, failed: 0 };
for (const { name, run, count = stepCount } of steps) {
	console.log(`\n▸ ${name}`);
	const { status } = spawnSync(process.execPath, run, {
		cwd: root,
		// Jest's own JSON goes to a file; what it prints is for people and goes to standard error.
		stdio: ['inherit', count === jestCount ? 'ignore' : 'inherit', 'inherit'],
		env: { ...process.env, SEND_CONTACT_BUILT: '1' },
	});
	const { passed, failed } = count(status === 0);
	total.passed += passed;
	total.failed += failed;
	if (failed > 0) break;
}
rmSync(temporary, { recursive: true, force: true });
process.exitCode = total.failed > 0 ? 1 : 0;
console.log(`\n${total.passed} passed, ${total.failed} failed`);

function stepCount(ok) {
	return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function jestCount(ok) {
	try {
		const result = JSON.parse(readFileSync(report, 'utf8'));
		// A file that could not even be read has no tests of its own to count.
		const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
		return { passed: result.numPassedTests, failed: ok ? failed : Math.max(failed, 1) };
	} catch {
		return stepCount(false);
	}
}
