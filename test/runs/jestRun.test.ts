// A run of tests always ends by itself, says the true count and leaves nothing running, whatever its tests
// do: shown on small projects of its own, in Jest processes of their own.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runJest, type Counts, type MustEnd } from '../../scripts/jest-run';
import { waitFor } from '../e2e/processes';

const root = join(__dirname, '..', '..');
let folder: string;
let printed: string;

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'send-contact-runs-'));
	printed = '';
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** How a test starts a program, as the end-to-end suites do; its process id goes into a file. */
const PROGRAM = `
	const { startProgram } = require(${JSON.stringify(join(root, 'test', 'e2e', 'processes.ts'))});
	const { pid } = startProgram({ name: 'program', command: process.execPath, args: ['-e', 'setInterval(() => {}, 1000)'], env: {} });
	require('node:fs').writeFileSync('pid', String(pid));
`;

/** Runs a project that has this one file of tests. */
async function run(
	tests: string,
	{ lastMs = 600_000, mustEnd = () => undefined }: { lastMs?: number; mustEnd?: MustEnd } = {},
): Promise<Counts> {
	mkdirSync(join(folder, 'test'));
	writeFileSync(join(folder, 'test', 'small.test.js'), tests);
	const swc = join(root, 'node_modules', '@swc', 'jest');
	const config = {
		rootDir: folder,
		maxWorkers: 1,
		testTimeout: 600_000,
		transform: { '\\.ts$': [swc, { jsc: { parser: { syntax: 'typescript' } } }] },
		reporters: ['default', join(root, 'scripts', 'jest-progress.cjs')],
	};
	return await runJest({
		args: ['--config', JSON.stringify(config)],
		cwd: folder,
		mustEnd,
		lastMs,
		print: (text) => {
			printed += text;
		},
	});
}

const isRunning = (pid: number) => {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
};

/** Its parent is gone: for a moment it may still wait to be taken note of by the system. */
const programGone = () => waitFor('the program to be gone', () => !isRunning(programOf()));

const programOf = () => Number(readFileSync(join(folder, 'pid'), 'utf8'));

test('the counts are those of the tests', async () => {
	const counts = await run(`
		test('one', () => {});
		test.each([1, 2])('%i', () => {});
		test('wrong', () => { throw new Error('wrong'); });
		test.skip('not now', () => {});
	`);

	expect(counts).toEqual({ passed: 3, failed: 1 });
	expect(printed).toContain('wrong');
});

test('a file that cannot be read is a failure', async () => {
	expect(await run(`require('./nowhere');`)).toEqual({ passed: 0, failed: 1 });
});

test('a run without any test is a failure', async () => {
	expect(await run(`/* empty */`)).toEqual({ passed: 0, failed: 1 });
});

test('what fails in the last hook is counted', async () => {
	const counts = await run(`
		test('one', () => {});
		afterAll(() => { throw new Error('could not be closed'); });
	`);

	expect(counts).toEqual({ passed: 1, failed: 1 });
});

test('a test that leaves a program running: the run ends, and so does the program', async () => {
	const counts = await run(`test('one', () => {${PROGRAM}});`, { lastMs: 0 });

	expect(counts).toEqual({ passed: 1, failed: 1 });
	expect(printed).toMatch(/All tests are done, but/);
	await programGone();
});

test('a test that leaves something open: the run ends, and it is told', async () => {
	const counts = await run(
		`
			test('one', () => {});
			test('two', () => { require('node:net').createServer().listen(0); });
		`,
		{ lastMs: 0 },
	);

	expect(counts).toEqual({ passed: 2, failed: 1 });
	expect(printed).toMatch(/All tests are done, but/);
});

test('a test that hangs: the run ends at its deadline with what is known until then', async () => {
	const counts = await run(
		`
			test('one', () => {});
			test('wrong', () => { throw new Error('wrong'); });
			test('hangs', async () => {${PROGRAM} await new Promise(() => {}); });
			test('never reached', () => {});
		`,
		{ mustEnd: () => (hasStarted() ? 'Too late.' : undefined) },
	);

	expect(counts).toEqual({ passed: 1, failed: 2 });
	expect(printed).toMatch(/Too late\..*\n.*small\.test\.js: hangs/);
	await programGone();
});

test('a Jest that is killed: what it started goes with it', async () => {
	const counts = await run(
		`
			test('one', () => {});
			test('killed', () => {${PROGRAM} process.kill(process.pid, 'SIGKILL'); });
		`,
	);

	expect(counts).toEqual({ passed: 1, failed: 1 });
	expect(printed).toMatch(/Jest ended with SIGKILL/);
	await programGone();
});

/** That the hanging test has come to its program. */
function hasStarted(): boolean {
	try {
		return programOf() > 0;
	} catch {
		return false;
	}
}
