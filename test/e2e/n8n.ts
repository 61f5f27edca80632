// A real n8n with the packed node in it: started on free ports with an empty user folder, driven
// through its own API, and ended with everything it started.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

import axios from 'axios';

import { n8nInstallation, type N8nVersion } from './cache';
import { N8nApi } from './n8nApi';
import { freePorts, removeFolder, startProgram, temporaryFolder, type Running } from './processes';

export interface StartOptions {
	version: N8nVersion;
	/** The package as `npm pack` made it. */
	tarball: string;
	/** Kept when given; otherwise an empty one that goes with the n8n. */
	userFolder?: string;
	env?: NodeJS.ProcessEnv;
	/** `start` unless this process is a worker of a queue. */
	command?: 'start' | 'worker';
	/** How many executions a worker takes at once. */
	concurrency?: number;
	/** False: leave the first-visit page in place. */
	owner?: boolean;
	name?: string;
}

export interface N8n {
	url: string;
	version: N8nVersion;
	api: N8nApi;
	userFolder: string;
	process: Running;
	log(): string;
	/** Ends the n8n and everything it started; removes its user folder when it made one. */
	stop(): Promise<void>;
	/** SIGKILL, as the machine's out-of-memory killer would. */
	kill(): Promise<void>;
	/** Milliseconds until it was ready. */
	startedIn: number;
}

/** No traffic to n8n's makers, no first-run questions, quick shutdown, the plain log. */
const QUIET: NodeJS.ProcessEnv = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_SECURE_COOKIE: 'false',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
	N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '5',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_HOST: '127.0.0.1',
	NO_COLOR: '1',
	NODE_ENV: 'production',
	GENERIC_TIMEZONE: 'UTC',
};

/** The name and version that a tarball says it has. */
export function readTarball(tarball: string): { name: string; version: string } {
	const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	return JSON.parse(text) as { name: string; version: string };
}

/** Puts the package where n8n keeps the community packages it installs, the way n8n does it. */
export function installCommunityPackage(tarball: string, userFolder: string): string {
	const { name, version } = readTarball(tarball);
	const nodes = join(userFolder, '.n8n', 'nodes');
	const modules = join(nodes, 'node_modules');
	mkdirSync(modules, { recursive: true });
	execFileSync('tar', ['-xzf', tarball, '-C', modules]);
	const place = join(modules, name);
	rmSync(place, { recursive: true, force: true });
	mkdirSync(dirname(place), { recursive: true });
	renameSync(join(modules, 'package'), place);

	const manifest = join(place, 'package.json');
	const content = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>;
	for (const key of ['devDependencies', 'peerDependencies', 'optionalDependencies'])
		delete content[key];
	writeFileSync(manifest, JSON.stringify(content, null, 2));
	writeFileSync(
		join(nodes, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: { [name]: version } }),
	);
	return place;
}

/** The environment without what a script run by npm or a developer's own n8n would hand down. */
function cleanEnvironment(): NodeJS.ProcessEnv {
	return Object.fromEntries(
		Object.entries(process.env).filter(
			([name]) =>
				!/^(npm_|N8N_|DB_|QUEUE_|EXECUTIONS_|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$|JEST_|.*_proxy$)/i.test(
					name,
				),
		),
	);
}

/** Starts n8n and waits until it answers. */
export async function startN8n(options: StartOptions): Promise<N8n> {
	const { version, tarball, command = 'start', concurrency = 5, owner = true } = options;
	const installation = await n8nInstallation(version);
	const isOurs = options.userFolder === undefined;
	const userFolder = options.userFolder ?? temporaryFolder('send-contact-n8n-');
	if (!existsSync(join(userFolder, '.n8n', 'nodes'))) installCommunityPackage(tarball, userFolder);

	const [port, brokerPort, healthPort] = (await freePorts(3)) as [number, number, number];
	const name = options.name ?? `n8n ${version} ${command}`;
	const began = Date.now();
	const running = startProgram({
		name,
		command: installation.node,
		args: [
			installation.bin,
			command,
			...(command === 'worker' ? [`--concurrency=${concurrency}`] : []),
		],
		cwd: userFolder,
		env: {
			...cleanEnvironment(),
			...QUIET,
			PATH: `${dirname(installation.node)}${delimiter}${process.env.PATH ?? ''}`,
			N8N_USER_FOLDER: userFolder,
			N8N_PORT: String(port),
			N8N_EDITOR_BASE_URL: `http://127.0.0.1:${port}`,
			WEBHOOK_URL: `http://127.0.0.1:${port}`,
			N8N_RUNNERS_BROKER_PORT: String(brokerPort),
			...(command === 'worker' && {
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(healthPort),
			}),
			...options.env,
		},
	});
	const url = `http://127.0.0.1:${command === 'worker' ? healthPort : port}`;
	const api = new N8nApi(url);

	const clean = () => {
		if (isOurs) removeFolder(userFolder);
	};
	const instance: N8n = {
		url,
		version,
		api,
		userFolder,
		process: running,
		log: running.log,
		startedIn: 0,
		stop: () => running.stop().finally(clean),
		kill: () => running.kill().finally(clean),
	};
	try {
		await running.ready(async () => {
			// n8n 1.x says it is ready before its own tables are there; its last line tells better.
			if (command === 'start' && !running.log().includes('Editor is now accessible')) return false;
			return await answers(`${url}/healthz/readiness`);
		});
		instance.startedIn = Date.now() - began;
		if (command === 'start' && owner) await api.setUpOwner();
	} catch (error) {
		await instance.stop().catch(() => undefined);
		throw error;
	}
	return instance;
}

async function answers(url: string): Promise<boolean> {
	try {
		const { status } = await axios.get(url, {
			proxy: false,
			timeout: 60_000,
			validateStatus: () => true,
		});
		return status === 200;
	} catch {
		return false;
	}
}
