// n8n in queue mode, as a busy company runs it: one main, several workers, PostgreSQL and Redis, all
// real and on this machine; any worker can be killed in the middle of its work.
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { createConnection } from 'node:net';
import { join } from 'node:path';

import { systemProgram, type N8nVersion } from './cache';
import { Closing, stopAll } from './Closing';
import { installCommunityPackage, startN8n, type N8n } from './n8n';
import { type N8nApi } from './n8nApi';
import { freePorts, removeFolder, startProgram, temporaryFolder, type Running } from './processes';

export interface Queue {
	url: string;
	api: N8nApi;
	main: N8n;
	workers: N8n[];
	/** What every process printed, each under its name. */
	logs(): Record<string, string>;
	/** Starts one more worker. */
	addWorker(): Promise<N8n>;
	stop(): Promise<void>;
}

export interface QueueOptions {
	version: N8nVersion;
	tarball: string;
	workers: number;
	concurrency: number;
	/** How long Bull believes a silent worker to be alive; n8n's own default is a minute. */
	lockMs?: number;
}

/** A user that may run PostgreSQL, which refuses root. */
function ordinaryUser(): { uid: number; gid: number } | undefined {
	if (process.getuid?.() !== 0) return undefined;
	const idOf = (flag: string, name: string) =>
		Number(
			execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
		);
	try {
		return { uid: idOf('-u', 'postgres'), gid: idOf('-g', 'postgres') };
	} catch {
		return { uid: idOf('-u', 'nobody'), gid: idOf('-g', 'nobody') };
	}
}

function isListening(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = createConnection({ host: '127.0.0.1', port });
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}

/** A throw-away PostgreSQL with one database called `n8n`. */
async function startPostgres(folder: string, port: number, closing: Closing): Promise<Running> {
	const programs = await systemProgram('postgresql');
	const data = join(folder, 'postgres');
	const user = ordinaryUser();
	mkdirSync(data);
	chmodSync(data, 0o700);
	if (user) chownSync(data, user.uid, user.gid);
	const env = { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
	const asUser = { cwd: data, env, ...user };
	execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8'], {
		...asUser,
		stdio: 'pipe',
		timeout: 300_000,
	});
	const running = startProgram({
		name: 'PostgreSQL',
		command: join(programs, 'postgres'),
		args: ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', '', '-F', '-N', '60'],
		cwd: data,
		env,
		...(user && { user }),
		// Fast shutdown: does not wait for its clients.
		stopSignal: 'SIGINT',
	});
	closing.add(() => running.stop());
	await running.ready(() => /ready to accept connections/.test(running.log()));
	execFileSync(
		join(programs, 'createdb'),
		['-h', '127.0.0.1', '-p', String(port), '-U', 'n8n', 'n8n'],
		{ ...asUser, stdio: 'pipe', timeout: 300_000 },
	);
	return running;
}

/** A throw-away Redis that keeps nothing on disk. */
async function startRedis(folder: string, port: number, closing: Closing): Promise<Running> {
	const data = join(folder, 'redis');
	mkdirSync(data);
	const running = startProgram({
		name: 'Redis',
		command: await systemProgram('redis'),
		args: [
			'--port',
			String(port),
			'--bind',
			'127.0.0.1',
			'--save',
			'',
			'--appendonly',
			'no',
			'--dir',
			data,
		],
		cwd: data,
		env: { PATH: process.env.PATH },
	});
	closing.add(() => running.stop());
	await running.ready(() => isListening(port));
	return running;
}

/** Starts the whole set-up and signs in. */
export async function startQueue(options: QueueOptions): Promise<Queue> {
	const { version, tarball, concurrency, lockMs } = options;
	const folder = temporaryFolder('send-contact-queue-');
	chmodSync(folder, 0o755);
	const [postgresPort, redisPort] = (await freePorts(2)) as [number, number];
	const workers: N8n[] = [];
	const closing = new Closing();
	closing.add(() => removeFolder(folder));

	const env: NodeJS.ProcessEnv = {
		N8N_ENCRYPTION_KEY: 'send-contact-end-to-end',
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgresPort),
		DB_POSTGRESDB_USER: 'n8n',
		DB_POSTGRESDB_DATABASE: 'n8n',
		...(lockMs !== undefined && {
			QUEUE_WORKER_LOCK_DURATION: String(lockMs),
			QUEUE_WORKER_LOCK_RENEW_TIME: String(Math.round(lockMs / 3)),
			QUEUE_WORKER_STALLED_INTERVAL: String(Math.round(lockMs / 2)),
		}),
	};
	const userFolder = (name: string) => {
		const place = join(folder, name);
		mkdirSync(join(place, '.n8n'), { recursive: true });
		// n8n otherwise invents a key of its own for each user folder.
		writeFileSync(
			join(place, '.n8n', 'config'),
			JSON.stringify({ encryptionKey: env.N8N_ENCRYPTION_KEY }),
		);
		installCommunityPackage(tarball, place);
		return place;
	};
	const addWorker = async () => {
		const name = `worker-${workers.length + 1}`;
		const worker = await startN8n({
			version,
			tarball,
			env,
			name,
			concurrency,
			command: 'worker',
			userFolder: userFolder(name),
		});
		workers.push(worker);
		return worker;
	};

	try {
		const servers = await Promise.all([
			startPostgres(folder, postgresPort, closing),
			startRedis(folder, redisPort, closing),
		]);
		const main = await startN8n({
			version,
			tarball,
			env,
			name: 'main',
			userFolder: userFolder('main'),
		});
		closing.add(() => main.stop());
		closing.add(() => stopAll(workers));
		// One after the other: each registers itself in the same tables.
		for (let count = 0; count < options.workers; count++) await addWorker();
		const processes = () => [main.process, ...workers.map((worker) => worker.process), ...servers];
		return {
			url: main.url,
			api: main.api,
			main,
			workers,
			logs: () => Object.fromEntries(processes().map(({ name, log }) => [name, log()])),
			addWorker,
			stop: () => closing.run(),
		};
	} catch (error) {
		await closing.run().catch(() => undefined);
		throw error;
	}
}
