// Installs what package-lock.json names, when it is not installed yet. Every npm script that people
// type runs this first, because `.npmrc` switches npm's own install and pre/post scripts off.
// Runs on a fresh clone, so it may use Node's own modules only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const lockFile = join(root, 'package-lock.json');
const installedFile = join(root, 'node_modules', '.package-lock.json');
const stampFile = join(root, 'node_modules', '.send-contact-setup');
const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
const oldestNode = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
	stop(
		`This project needs Node.js ${oldestNode.join('.')} or newer, and this is ${process.versions.node}. ` +
			'Install a newer one (https://nodejs.org) and run the same command again.',
	);
}

const lock = readFileSync(lockFile, 'utf8');
// The platform belongs to it: esbuild and swc install one binary for it.
const stamp = createHash('sha256')
	.update(`${process.platform}-${process.arch}\n${lock.replaceAll('\r\n', '\n')}`)
	.digest('hex');

if (!isInstalled()) {
	console.log('Installing what the project needs; the first time this takes a minute or two …');
	// Not `npm ci`: it refuses a lock that lacks another platform's optional binaries, as a lock has that
	// was written from a registry without them. This installs the lock's versions just the same and,
	// told not to save, leaves the lock alone.
	const status = npm(['install', '--no-save', '--include=dev', '--include=optional', ...quiet]);
	if (status !== 0) {
		stop(
			'npm could not install the packages; its own message is above. Most often the registry cannot be ' +
				'reached: check the network or proxy (`npm ping`), then run the same command again.',
		);
	}
	writeFileSync(stampFile, stamp);
}

function isInstalled() {
	if (!existsSync(installedFile)) return false;
	if (existsSync(stampFile)) return readFileSync(stampFile, 'utf8').trim() === stamp;
	// Installed by hand: good if every package has the lock's version, and then remembered.
	const wanted = JSON.parse(lock).packages;
	const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
	const same = Object.entries(wanted).every(
		([path, { version, optional, devOptional, peer }]) =>
			path === '' ||
			installed[path]?.version === version ||
			(!installed[path] && (optional || devOptional || peer)),
	);
	if (same) writeFileSync(stampFile, stamp);
	return same;
}

function npm(args) {
	const options = { cwd: root, stdio: 'inherit' };
	// Under `npm run` npm says where it is: no shell, and the same npm that the user started.
	const cli = process.env.npm_execpath;
	if (cli && /npm-cli\.c?js$/.test(cli)) {
		return spawnSync(process.execPath, [cli, ...args], options).status;
	}
	return process.platform === 'win32'
		? spawnSync(`npm ${args.join(' ')}`, { ...options, shell: true }).status
		: spawnSync('npm', args, options).status;
}

function stop(message) {
	console.error(`\n${message}`);
	process.exit(1);
}
