// Programs that the suites start: each in a process group of its own that is ended as a whole, also
// when the suite dies, and small helpers to wait for a condition instead of for a while.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program that runs. */
export interface Running {
	readonly name: string;
	readonly pid: number;
	/** Everything it printed. */
	log(): string;
	/** The exit code or signal once it has ended. */
	ended(): string | undefined;
	/** Ends the whole group: politely first, by force when that takes too long. */
	stop(): Promise<void>;
	/** Ends the whole group at once, as a crash would. */
	kill(): Promise<void>;
}

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
	try {
		process.kill(-pid, signal);
		return true;
	} catch {
		return false;
	}
}

/** Whether anything of the group still runs; what only waits to be reaped does not count. */
function groupRuns(pid: number): boolean {
	if (!signalGroup(pid, 0)) return false;
	if (!existsSync('/proc/self/stat')) return true;
	return readdirSync('/proc').some((entry) => {
		if (!/^\d+$/.test(entry)) return false;
		try {
			// pid (name) state parent group …; the name may hold spaces and brackets
			const [state, , group] = readFileSync(`/proc/${entry}/stat`, 'utf8')
				.replace(/^.*\) /s, '')
				.split(' ');
			return Number(group) === pid && state !== 'Z' && state !== 'X';
		} catch {
			return false;
		}
	});
}

/**
 * A process that outlives this one by a moment: when its input ends, which it does however this one
 * ends, it kills every group and removes every folder that is still on its list.
 */
const GUARDIAN = `
const groups = new Set(), folders = new Set();
const lists = { '+g': (x) => groups.add(x), '-g': (x) => groups.delete(x), '+f': (x) => folders.add(x), '-f': (x) => folders.delete(x) };
require('node:readline').createInterface({ input: process.stdin })
	.on('line', (line) => lists[line.slice(0, 2)](line.slice(2)))
	.on('close', () => {
		for (const group of groups) { try { process.kill(-group, 'SIGKILL'); } catch {} }
		const options = { recursive: true, force: true, maxRetries: 20, retryDelay: 100 };
		for (const folder of folders) { try { require('node:fs').rmSync(folder, options); } catch {} }
	});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
`;

let guardian: ChildProcess | undefined;

function tellGuardian(line: string): void {
	if (!guardian) {
		guardian = spawn(process.execPath, ['-e', GUARDIAN], {
			detached: true,
			stdio: ['pipe', 'ignore', 'ignore'],
		});
		guardian.unref();
		// A pipe in fact, which can be told not to keep this process alive.
		(guardian.stdin as Socket | null)?.unref();
	}
	guardian.stdin?.write(`${line}\n`);
}

/** An empty folder that goes with this process at the latest. */
export function temporaryFolder(prefix: string): string {
	const folder = mkdtempSync(join(tmpdir(), prefix));
	tellGuardian(`+f${folder}`);
	return folder;
}

export function removeFolder(folder: string): void {
	rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
	tellGuardian(`-f${folder}`);
}

export interface Program {
	name: string;
	command: string;
	args: readonly string[];
	cwd?: string;
	env: NodeJS.ProcessEnv;
	/** Who runs it, where that is not this process's user. */
	user?: { uid: number; gid: number };
	/** What asks this program to end; `SIGTERM` unless given. */
	stopSignal?: NodeJS.Signals;
	/** Called with each piece of output. */
	onOutput?: (text: string) => void;
}

/** Starts a program; it is ended with this process at the latest. */
export function startProgram({
	name,
	command,
	args,
	cwd,
	env,
	user,
	stopSignal,
	onOutput,
}: Program): Running {
	const child: ChildProcess = spawn(command, args, {
		...(cwd !== undefined && { cwd }),
		...user,
		env,
		detached: true,
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const pid = child.pid ?? -1;
	const pieces: string[] = [];
	let end: string | undefined;
	const keep = (chunk: Buffer) => {
		pieces.push(chunk.toString());
		onOutput?.(chunk.toString());
	};
	child.stdout?.on('data', keep);
	child.stderr?.on('data', keep);
	const closed = new Promise<void>((resolve) => {
		child.on('error', (error) => {
			end = error.message;
			resolve();
		});
		child.on('exit', (code, signal) => {
			end = signal ?? `code ${code}`;
			resolve();
		});
	});
	if (pid > 0) tellGuardian(`+g${pid}`);

	const finish = async () => {
		if (pid < 0) return;
		signalGroup(pid, 'SIGKILL');
		await waitFor(`${name} to be gone`, () => !groupRuns(pid), { seconds: 20 });
		tellGuardian(`-g${pid}`);
	};
	return {
		name,
		pid,
		log: () => pieces.join(''),
		ended: () => end,
		async stop() {
			if (end === undefined) {
				signalGroup(pid, stopSignal ?? 'SIGTERM');
				await Promise.race([closed, timer(20_000)]);
			}
			await finish();
		},
		async kill() {
			signalGroup(pid, 'SIGKILL');
			await closed;
			await finish();
		},
	};
}

/** Resolves after `ms`; only between two looks at a condition. */
function timer(ms: number): Promise<void> {
	return new Promise((resolve) => {
		setTimeout(resolve, ms).unref();
	});
}

/**
 * Looks at a condition until it holds.
 * @returns the first value that is neither `undefined`, `null` nor `false`
 */
export async function waitFor<T>(
	what: string,
	look: () => T | Promise<T>,
	{
		seconds = 60,
		everyMs = 50,
		context,
	}: { seconds?: number; everyMs?: number; context?: () => string } = {},
): Promise<Exclude<T, false | null | undefined>> {
	const deadline = Date.now() + seconds * 1000;
	for (;;) {
		const value = await look();
		if (value !== undefined && value !== null && value !== false) {
			return value as Exclude<T, false | null | undefined>;
		}
		if (Date.now() > deadline) {
			const more = context?.().slice(-3000);
			throw new Error(
				`Waited ${seconds} s for ${what}${more ? `; the last of its output:\n${more}` : ''}`,
			);
		}
		await new Promise((resolve) => setTimeout(resolve, everyMs));
	}
}

/** TCP ports that nobody uses at the moment, all different. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(
		Array.from(
			{ length: count },
			() =>
				new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
					const server = createServer();
					server.on('error', reject);
					server.listen(0, '127.0.0.1', () => resolve(server));
				}),
		),
	);
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
	return ports;
}
