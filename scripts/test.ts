// What `npm test` does once the packages are there: the build, then types, lint and layout beside Jest, each
// one's output in one piece. Everything runs to its end, so that one run tells all that is wrong.
//
//   npm test                        everything
//   npm test -- plugzApi [ogmma]    what concerns these providers alone: types, and their part of the suites
//   npm test -- -t "a name"         other arguments go to Jest
//
// The last line is `N passed, N failed`: Jest's tests, plus one for each of the other steps. The run ends by
// itself: after SEND_CONTACT_TEST_MINUTES (45 unless set) by force, with all it started.
import { join } from 'node:path';

import { startProgram, waitFor } from '../test/e2e/processes';
import { InTurn, type Part } from './in-turn';
import { runJest, watchEnd, type Counts } from './jest-run';
import { isProvider, suitesOf } from './suites';

const ROOT = join(__dirname, '..');
const bin = (...path: string[]) => join(ROOT, 'node_modules', ...path);
/** What tsc and prettier know of the last run; both see for themselves what has changed since. */
const memory = (name: string) => bin('.cache', `send-contact-${name}`);

const mustEnd = watchEnd(Number(process.env.SEND_CONTACT_TEST_MINUTES ?? 45));
const output = new InTurn((text) => process.stdout.write(text));
const env = { ...process.env, SEND_CONTACT_BUILT: '1' };

interface Step {
	name: string;
	/** What Node.js runs. */
	run: string[];
}

const BUILD: Step = {
	name: 'Build (esbuild, gulp)',
	run: [join(ROOT, 'scripts', 'build.mjs'), '--fast'],
};

const TYPES: Step = {
	name: 'Types (tsc)',
	run: [
		...[bin('typescript', 'bin', 'tsc'), '--noEmit', '--pretty'],
		...['--incremental', '--tsBuildInfoFile', memory('types.json')],
	],
};

/** No memory for eslint: what it says of a file depends on the types of others, and it would not see that. */
const LINT: Step = {
	name: 'Lint (eslint)',
	run: [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings', '0'],
};

const LAYOUT: Step = {
	name: 'Layout (prettier)',
	run: [
		...[bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
		...['--cache', '--cache-strategy', 'content', '--cache-location', memory('layout.json')],
	],
};

/** A suite as Jest's arguments name it. */
const patternOf = (file: string) => `/test/${file.replaceAll('.', '\\.')}$`;

/** Runs one step; its output comes in one piece. */
async function runStep(step: Step, part: Part): Promise<Counts> {
	const running = startProgram({
		name: step.name,
		command: process.execPath,
		args: step.run,
		cwd: ROOT,
		env: { ...env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
		onOutput: (text) => part.print(text),
	});
	const how = await waitFor(step.name, () => running.ended() ?? mustEnd(), {
		seconds: Infinity,
		everyMs: 100,
	});
	await running.kill();
	const isGood = how === 'code 0';
	if (!isGood && !how.startsWith('code ')) part.print(`✖ ${how}\n`);
	part.end();
	return isGood ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function runTests(
	providers: readonly string[],
	args: readonly string[],
	part: Part,
): Promise<Counts> {
	const counts = await runJest({
		args: [...(providers.length > 0 ? suitesOf(providers).map(patternOf) : []), ...args],
		cwd: ROOT,
		env: { ...env, ...(providers.length > 0 && { SEND_CONTACT_ONLY: providers.join(',') }) },
		mustEnd,
		print: (text) => part.print(text),
	});
	part.end();
	return counts;
}

async function main(): Promise<void> {
	const args = process.argv.slice(2);
	const providers = args.filter(isProvider);
	const others = args.filter((arg) => !isProvider(arg));
	const steps = providers.length > 0 ? [TYPES] : [TYPES, LINT, LAYOUT];

	const built = await runStep(BUILD, output.part(BUILD.name));
	const parts = steps.map((step) => output.part(step.name));
	const tests = output.part('Tests (jest)');
	const oneByOne = async () => {
		const counts: Counts[] = [];
		for (const [n, step] of steps.entries()) counts.push(await runStep(step, parts[n]!));
		return counts;
	};
	// Most tests load what the build makes.
	const isBuilt = built.failed === 0;
	if (!isBuilt) tests.end('Not run: the build failed.\n');
	const [checked, tested] = await Promise.all([
		oneByOne(),
		isBuilt ? runTests(providers, others, tests) : undefined,
	]);

	const all = [built, ...checked, ...(tested ? [tested] : [])];
	const sum = (key: keyof Counts) => all.reduce((total, counts) => total + counts[key], 0);
	if (sum('failed') > 0) process.exitCode ??= 1;
	console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
}

main()
	.catch((error: unknown) => {
		console.error(error);
		console.log('\n0 passed, 1 failed');
		process.exitCode = 1;
	})
	.finally(() => process.exit());
