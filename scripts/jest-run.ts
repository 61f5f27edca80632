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

export interface JestRun {
	/** Jest's arguments; its configuration must name `jest-progress.cjs` among the reporters. */
	args: readonly string[];
	cwd: string;
	env?: NodeJS.ProcessEnv;
	/** Whether the time is up: the run is then ended by force. */
	isLate: () => boolean;
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
	isLate,
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
	const interrupted = interruption();
	try {
		const reason = await endOf(jest, progress, { isLate, lastMs, interrupted: interrupted.by });
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
		interrupted.forget();
		removeFolder(folder);
	}
}

/** Waits until Jest has ended. @returns why it has to be ended by force, where that is so */
async function endOf(
	jest: Running,
	progress: string,
	limits: { isLate: () => boolean; lastMs: number; interrupted: () => string | undefined },
): Promise<string | undefined> {
	let doneSince: number | undefined;
	return await waitFor(
		'the tests to end',
		() => {
			const signal = limits.interrupted();
			if (signal) return { reason: `The run was interrupted (${signal}).` };
			const end = jest.ended();
			if (end !== undefined) return { reason: crashOf(end) };
			if (readProgress(progress).isDone) doneSince ??= Date.now();
			if (doneSince !== undefined && Date.now() >= doneSince + limits.lastMs)
				return {
					reason:
						'All tests are done, but something that one of them opened and did not close keeps Jest ' +
						'from ending. It was ended by force, which counts as a failure.',
				};
			if (limits.isLate()) return { reason: 'The tests took too long and were ended by force.' };
			return undefined;
		},
		{ seconds: Infinity, everyMs: 200 },
	).then(({ reason }) => reason);
}

/** Jest's own exit codes say nothing more than its counts do. */
function crashOf(end: string): string | undefined {
	return /^code [01]$/.test(end) ? undefined : `Jest ended with ${end}.`;
}

/** Watches for the signals that ask this process to end, so that it can end what it started first. */
function interruption(): { by: () => string | undefined; forget: () => void } {
	let by: string | undefined;
	const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
	const note = (signal: NodeJS.Signals) => {
		by ??= signal;
		process.exitCode = 128 + constants.signals[signal];
	};
	for (const signal of signals) process.on(signal, note);
	return {
		by: () => by,
		forget: () => signals.forEach((signal) => process.off(signal, note)),
	};
}
