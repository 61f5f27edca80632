// Where the real n8n, its Node.js and the system's programs are kept, and how they get there on a
// fresh machine. Everything lives outside the project, in one cache folder that is reused.
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

import { startProgram } from './processes';

/** The n8n versions the package is proved on, each with the Node.js it needs. */
export const N8N_VERSIONS = {
	'2.41.1': { node: '24', overrides: {} },
	// One of its dependencies points outside the registry; the override brings the registry's own copy.
	'1.123.80': { node: '22', overrides: { xlsx: '0.18.5' } },
} as const;

export type N8nVersion = keyof typeof N8N_VERSIONS;
type NodeMajor = (typeof N8N_VERSIONS)[N8nVersion]['node'];

/** What a script exits with when something it needs can't be had on this machine. */
export const EXIT_CANNOT_HAVE = 3;

/** Something the suites need can't be had here; the message says what and the way out. */
export class CannotHave extends Error {
	override name = 'CannotHave';
}

export interface N8nInstallation {
	version: N8nVersion;
	/** The Node.js program to run it with. */
	node: string;
	/** n8n's own start file. */
	bin: string;
	/** The folder with n8n's packages. */
	modules: string;
}

/** `$SEND_CONTACT_CACHE`, or a folder of our own among the user's caches. */
export function cacheFolder(): string {
	const given = process.env.SEND_CONTACT_CACHE;
	if (given) return given;
	return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'n8n-nodes-send-contact');
}

/** Written last: a folder without it is unfinished and is not used. */
const MARKER = '.complete';

function say(text: string): void {
	process.stderr.write(`[e2e] ${text}\n`);
}

/** Runs one command to its end; it ends with this process at the latest. */
async function run(command: string, args: string[], cwd: string, path?: string): Promise<void> {
	const env: NodeJS.ProcessEnv = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	// A script run by npm hands its own settings down; these would stop the one build we need.
	for (const name of Object.keys(env)) {
		if (/^npm_config_(ignore_scripts|dry_run|global|prefix|omit|production)$/i.test(name))
			delete env[name];
	}
	delete env.NODE_ENV;
	if (path) env.PATH = `${path}${delimiter}${env.PATH ?? ''}`;
	const name = `\`${command} ${args.join(' ')}\``;
	const running = startProgram({ name, command, args, cwd, env });
	const end = await running.end();
	await running.stop();
	if (end !== 'code 0')
		throw new Error(`${name} ended with ${end}:\n${running.log().slice(-4000).trim()}`);
}

/**
 * Fills `<cache>/<name>` once. It is made beside its place and moved there when it is whole, so that
 * an interrupted or a second, simultaneous install does no harm.
 */
async function once(
	name: string,
	what: string,
	fill: (folder: string) => Promise<void>,
): Promise<string> {
	const place = join(cacheFolder(), name);
	if (existsSync(join(place, MARKER))) return place;
	mkdirSync(cacheFolder(), { recursive: true });
	const folder = mkdtempSync(`${place}.`);
	const began = Date.now();
	say(`${what}: not in ${cacheFolder()} yet, installing…`);
	try {
		await fill(folder);
		writeFileSync(join(folder, MARKER), `${new Date().toISOString()}\n`);
		if (!existsSync(join(place, MARKER))) {
			rmSync(place, { recursive: true, force: true });
			renameSync(folder, place);
		}
	} catch (error) {
		throw new CannotHave(
			`${what} can't be had on this machine: ${(error as Error).message}\n` +
				`Give the machine access to an npm registry, or point SEND_CONTACT_CACHE at a folder that holds it.`,
		);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	say(`${what}: installed in ${Math.round((Date.now() - began) / 1000)} s`);
	return place;
}

const NPM_INSTALL = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--save-exact'];

function writePackageJson(folder: string, content: object): void {
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, ...content }));
}

/** A Node.js of the given major version: the npm package ships the program. */
export async function nodeProgram(major: NodeMajor): Promise<string> {
	const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
	const name = `node-${platform}`;
	const folder = await once(`node-${major}`, `Node.js ${major}`, async (target) => {
		writePackageJson(target, {});
		await run('npm', [...NPM_INSTALL, `${name}@${major}`], target);
	});
	const program = join(folder, 'node_modules', name, 'bin', 'node');
	if (!existsSync(program))
		throw new CannotHave(`${program} is missing: delete ${folder} and run again.`);
	return program;
}

/** The real n8n of exactly this version, with the Node.js it is run with. */
export async function n8nInstallation(version: N8nVersion): Promise<N8nInstallation> {
	const { node: major, overrides } = N8N_VERSIONS[version];
	const node = await nodeProgram(major);
	const folder = await once(`n8n-${version}`, `n8n ${version} (1.7 to 2.9 GB)`, async (target) => {
		writePackageJson(target, { overrides });
		await run('npm', [...NPM_INSTALL, `n8n@${version}`], target, dirname(node));
		await run('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], target, dirname(node));
		const { version: got } = JSON.parse(
			readFileSync(join(target, 'node_modules', 'n8n', 'package.json'), 'utf8'),
		) as { version: string };
		if (got !== version) throw new Error(`the registry gave n8n ${got}`);
	});
	const modules = join(folder, 'node_modules');
	return { version, node, modules, bin: join(modules, 'n8n', 'bin', 'n8n') };
}

/** Programs that come from the system: how each is recognised and the Debian package that has it. */
const SYSTEM_PROGRAMS = {
	chromium: { debian: ['chromium'], find: () => which('chromium') ?? which('chromium-browser') },
	redis: { debian: ['redis-server'], find: () => which('redis-server') },
	postgresql: { debian: ['postgresql'], find: postgresPrograms },
} as const;

export type SystemProgram = keyof typeof SYSTEM_PROGRAMS;

function which(program: string): string | undefined {
	return (process.env.PATH ?? '')
		.split(delimiter)
		.concat('/usr/bin', '/usr/sbin', '/usr/local/bin')
		.map((folder) => join(folder, program))
		.find((path) => existsSync(path));
}

/** The folder that has both `initdb` and `postgres`: they must be of one version. */
function postgresPrograms(): string | undefined {
	const debian = '/usr/lib/postgresql';
	const versions = existsSync(debian)
		? execFileSync('ls', [debian], { encoding: 'utf8' }).split('\n').filter(Boolean)
		: [];
	return versions
		.sort((a, b) => Number(b) - Number(a))
		.map((version) => join(debian, version, 'bin'))
		.concat('/usr/local/bin', '/usr/bin')
		.find((folder) =>
			['initdb', 'pg_ctl', 'postgres'].every((name) => existsSync(join(folder, name))),
		);
}

let refreshed: Promise<void> | undefined;

/** The path of a system program, installed from Debian's packages where that is possible. */
export async function systemProgram(name: SystemProgram): Promise<string> {
	const { debian, find } = SYSTEM_PROGRAMS[name];
	const present = find();
	if (present) return present;
	const byHand = `Install it (Debian: apt-get install ${debian.join(' ')}) and run again.`;
	if (process.getuid?.() !== 0 || !which('apt-get')) {
		throw new CannotHave(`${name} is not on this machine and only root can install it. ${byHand}`);
	}
	say(`${name}: not on this machine yet, installing from Debian's packages…`);
	try {
		await (refreshed ??= run('apt-get', ['update', '-qq'], '/'));
		await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...debian], '/');
	} catch (error) {
		throw new CannotHave(`${name} can't be had: ${(error as Error).message}\n${byHand}`);
	}
	const installed = find();
	if (!installed) throw new CannotHave(`${name} is still missing after its install. ${byHand}`);
	return installed;
}
