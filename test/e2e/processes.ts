// Programs that suites and scripts start: each in a process group of its own that is ended as a whole,
// also when the one who started it dies, and small helpers to wait for a condition instead of for a while.
// Knows no program by name.
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A program that runs. */
export interface Running {
	readonly name: string;
	readonly pid: number;
	/** Everything it printed. */
	log(): string;
	/** `code 0`, another exit code, a signal or why it could not be started, once it has ended. */
	ended(): string | undefined;
	/** The same, waited for. */
	end(): Promise<string>;
	/**
	 * Waits until the program is ready for use.
	 * @throws with the end of its output, as soon as it has ended instead
	 */
	ready(look: () => boolean | Promise<boolean>, seconds?: number): Promise<void>;
	/** Ends the whole group: politely first, by force when that takes too long. All is in the log then. */
	stop(): Promise<void>;
	/** Ends the whole group at once, as a crash would. */
	kill(): Promise<void>;
}

/** What could not be started has no group; the numbers below 2 would mean this one's, or everything. */
const isGroup = (pid: number) => pid > 1;

function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
	if (!isGroup(pid)) return false;
	try {
		// Windows has no groups.
		process.kill(process.platform === 'win32' ? pid : -pid, signal);
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

/** Where a guardian leaves its process id for whoever has to wait for its work to be done. */
export const GUARDIANS = 'SEND_CONTACT_GUARDIANS';

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
		guardian.stdin?.on('error', () => undefined);
		const folder = process.env[GUARDIANS];
		if (folder && guardian.pid) writeFileSync(join(folder, String(guardian.pid)), '');
	}
	guardian.stdin?.write(`${line}\n`);
}

/** Waits until the guardians that signed in to a folder have done their work and are gone. */
export async function guardiansGone(folder: string): Promise<void> {
	const pids = readdirSync(folder).map(Number);
	await waitFor('what the tests started to be gone', () => !pids.some(groupRuns));
}

const guarded = new Set<number>();

/** The groups that this process started and has not ended yet. */
export function runningGroups(): number[] {
	return [...guarded].filter(groupRuns);
}

/** From now on the group of `pid` ends with this process at the latest. */
export function guardGroup(pid: number): void {
	if (!isGroup(pid)) return;
	guarded.add(pid);
	tellGuardian(`+g${pid}`);
}

/** Ends what is left of a guarded group, by force. */
export async function endGroup(pid: number, name: string): Promise<void> {
	signalGroup(pid, 'SIGKILL');
	await waitFor(`${name} to be gone`, () => !groupRuns(pid));
	guarded.delete(pid);
	tellGuardian(`-g${pid}`);
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
		windowsHide: true,
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
	const ending = new Promise<string>((resolve) => {
		const endWith = (how: string) => {
			end = how;
			resolve(how);
		};
		child.on('error', ({ message }) => endWith(message));
		child.on('exit', (code, signal) => endWith(signal ?? `code ${code}`));
	});
	/** Its last words come after its end. */
	const silent = new Promise<void>((resolve) => {
		child.on('error', () => resolve());
		child.on('close', () => resolve());
	});
	const finish = async () => {
		await endGroup(pid, name);
		await withPatience(silent);
	};
	guardGroup(pid);

	const log = () => pieces.join('');
	return {
		name,
		pid,
		log,
		ended: () => end,
		end: () => ending,
		async ready(look, seconds = START_SECONDS) {
			await waitFor(
				`${name} to be ready`,
				async () => {
					if (end !== undefined) throw new Error(`${name} ended with ${end}:\n${tail(log())}`);
					return await look();
				},
				{ seconds, everyMs: 100, context: log },
			);
		},
		async stop() {
			if (end === undefined) {
				signalGroup(pid, stopSignal ?? 'SIGTERM');
				await withPatience(ending);
			}
			await finish();
		},
		async kill() {
			signalGroup(pid, 'SIGKILL');
			await ending;
			await finish();
		},
	};
}

/** How long a program may take to be ready, on the busiest machine. */
const START_SECONDS = 300;

/** How long something may take to end when asked to, before it is ended by force. */
const POLITE_MS = 20_000;

/** Waits for something to end by itself, but not for ever: the caller goes on by force then. */
export async function withPatience(ending: Promise<unknown>): Promise<void> {
	let patience: NodeJS.Timeout | undefined;
	const over = new Promise<void>((resolve) => {
		patience = setTimeout(resolve, POLITE_MS);
	});
	await Promise.race([ending.catch(() => undefined), over]).finally(() => clearTimeout(patience));
}

const tail = (text: string) => text.slice(-3000);

/**
 * Looks at a condition until it holds. The patience is a guard against waiting for ever; no slow machine
 * should meet it.
 * @returns the first value that is neither `undefined`, `null` nor `false`
 */
export async function waitFor<T>(
	what: string,
	look: () => T | Promise<T>,
	{
		seconds = 120,
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
			const more = tail(context?.() ?? '');
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
