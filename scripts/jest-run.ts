// Runs Jest so that the run always ends and its counts are always true: in a process group of its own,
// with a limit to its time, and with nothing left of what the tests started. Knows no test.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants } from 'node:os';

import {
	GUARDIANS,
	guardiansGone,
	removeFolder,
	startProgram,
	temporaryFolder,
	waitFor,
	type Running,
} from '../test/e2e/processes';

const JEST = join(__dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');

export interface Counts {
	passed: number;
	failed: number;
}

/** Tells why something has to be ended before it has ended by itself; `undefined` as long as it may go on. */
export type MustEnd = () => string | undefined;

export interface JestRun {
	/** Jest's arguments; its configuration must name `jest-progress.cjs` among the reporters. */
	args: readonly string[];
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Why the run has to be ended by force, once that is so. */
	mustEnd: MustEnd;
	/** How long Jest may take to end once all tests are done, milliseconds. */
	lastMs?: number;
	/** Gets what Jest prints, and why the run was ended where it was. */
	print: (text: string) => void;
}

interface Line {
	began?: string;
	ended?: string;
	test?: string;
	status?: string;
	passed?: number;
	failed?: number;
}

/** What the reporter wrote so far. */
function readProgress(file: string): { counts: Counts; isDone: boolean; underWay: string[] } {
	const counts: Counts = { passed: 0, failed: 0 };
	const names = new Set<string>();
	// The last line may be half written.
	const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
	for (const text of lines) {
		const { began, ended, test, status, passed, failed } = JSON.parse(text) as Line;
		if (passed !== undefined && failed !== undefined) {
			return { counts: { passed, failed }, isDone: true, underWay: [] };
		}
		const nameOf = (path: string) => (test === undefined ? path : `${path}: ${test}`);
		if (began !== undefined) names.add(nameOf(began));
		if (ended !== undefined) names.delete(nameOf(ended));
		if (status === 'passed') counts.passed += 1;
		if (status === 'failed') counts.failed += 1;
	}
	// A file is worth naming where none of its tests is: in its hooks.
	const underWay = [...names].filter(
		(name) => ![...names].some((other) => other.startsWith(`${name}: `)),
	);
	return { counts, isDone: false, underWay };
}

/**
 * Runs the tests to their end, or as far as they come: an end by force, by a signal or in a crash is one
 * failure more. Afterwards neither Jest nor anything its tests started runs any more.
 */
export async function runJest({
	args,
	cwd,
	env = process.env,
	mustEnd,
	lastMs = 60_000,
	print,
}: JestRun): Promise<Counts> {
	const folder = temporaryFolder('send-contact-jest-');
	const progress = join(folder, 'progress');
	const guardians = join(folder, 'guardians');
	mkdirSync(guardians);
	const isForPeople = process.stderr.isTTY && !('NO_COLOR' in process.env);
	const jest = startProgram({
		name: 'Jest',
		command: process.execPath,
		args: [JEST, ...args],
		cwd,
		env: {
			...env,
			SEND_CONTACT_PROGRESS: progress,
			[GUARDIANS]: guardians,
			...(isForPeople && { FORCE_COLOR: '1' }),
		},
		onOutput: print,
	});
	try {
		const reason = await endOf(jest, progress, mustEnd, lastMs);
		await jest.kill();
		await guardiansGone(guardians);
		const { counts, isDone, underWay } = readProgress(progress);
		const { passed, failed } = counts;
		if (reason !== undefined) {
			const at = underWay.length > 0 ? ` It was at:\n  ${underWay.join('\n  ')}` : '';
			print(`\n✖ ${reason}${at}\n`);
		}
		if (reason !== undefined || !isDone) return { passed, failed: failed + 1 };
		return { passed, failed: jest.ended() === 'code 0' ? failed : Math.max(failed, 1) };
	} finally {
		removeFolder(folder);
	}
}

/** Waits until Jest has ended. @returns why it has to be ended by force, where that is so */
async function endOf(
	jest: Running,
	progress: string,
	mustEnd: MustEnd,
	lastMs: number,
): Promise<string | undefined> {
	let doneSince: number | undefined;
	return await waitFor(
		'the tests to end',
		() => {
			const forced = mustEnd();
			if (forced !== undefined) return { reason: forced };
			const end = jest.ended();
			if (end !== undefined) return { reason: crashOf(end) };
			if (readProgress(progress).isDone) doneSince ??= Date.now();
			if (doneSince !== undefined && Date.now() >= doneSince + lastMs)
				return {
					reason:
						'All tests are done, but something that one of them opened and did not close keeps Jest ' +
						'from ending. It was ended by force, which counts as a failure.',
				};
			return undefined;
		},
		{ seconds: Infinity, everyMs: 200 },
	).then(({ reason }) => reason);
}

/** Jest's own exit codes say nothing more than its counts do. */
function crashOf(end: string): string | undefined {
	return /^code [01]$/.test(end) ? undefined : `Jest ended with ${end}.`;
}

/**
 * Gives a run a limit to its time, and lets it end what it started first when a signal asks this process to
 * end. The process has to end itself then, with the exit code that is set.
 */
export function watchEnd(minutes: number): MustEnd {
	const deadline = Date.now() + minutes * 60_000;
	let by: NodeJS.Signals | undefined;
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			by ??= signal;
			process.exitCode = 128 + constants.signals[signal];
		});
	}
	return () => {
		if (by) return `The run was interrupted (${by}).`;
		const late = `The run took longer than ${minutes} minutes and was ended by force.`;
		return Date.now() > deadline ? late : undefined;
	};
}
