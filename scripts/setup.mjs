// Set-up: `npm ci`, when node_modules is not what package-lock.json says for this platform. Says why and what
// it does, and nothing when there is nothing to do. Every npm script that people type runs this first,
// because `.npmrc` switches npm's own install and pre/post scripts off.
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
const oldestNode = [20, 19];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
	stop(
		`This project needs Node.js ${oldestNode.join('.')} or newer, and this is ${process.versions.node}. ` +
			'Install a newer one (https://nodejs.org) and run the same command again.',
	);
}

const lock = readFileSync(lockFile, 'utf8').replaceAll('\r\n', '\n');
// esbuild, swc and others install one binary, for this platform.
const platform = `${process.platform}-${process.arch}`;
const stamp = `${platform} ${createHash('sha256').update(lock).digest('hex')}`;

const reason = whyInstall();
if (reason) install(reason);
else if (readStamp() !== stamp) writeFileSync(stampFile, stamp);

/** Why the packages have to be installed; nothing when all are there. */
function whyInstall() {
	if (!existsSync(installedFile)) return 'no packages are installed here yet';
	const known = readStamp();
	if (known === stamp) return undefined;
	if (known?.includes(' ') && !known.startsWith(`${platform} `)) {
		return 'the installed packages are for another kind of computer';
	}
	// Installed by hand, or for another lock: good if every package has this lock's version.
	const wanted = JSON.parse(lock).packages;
	const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
	const missing = Object.entries(wanted).find(
		([path, { version, optional, devOptional, peer }]) =>
			path !== '' &&
			installed[path]?.version !== version &&
			(installed[path] || !(optional || devOptional || peer)),
	);
	return missing && `${missing[0]} is not the one in package-lock.json`;
}

function readStamp() {
	return existsSync(stampFile) ? readFileSync(stampFile, 'utf8').trim() : undefined;
}

function install(why) {
	console.log(
		`Set-up: ${why}. Installing exactly what package-lock.json names, into node_modules (npm ci); ` +
			'the first time this takes a minute or two …',
	);
	const began = performance.now();
	const status = npm([
		'ci',
		// What was downloaded before is not asked for again; the lock's checksums say that it is the same.
		'--prefer-offline',
		// Also where the user's own settings leave them out.
		...['--include=dev', '--include=optional'],
		...['--no-audit', '--no-fund', '--loglevel=error'],
	]);
	if (status !== 0) {
		stop(
			'npm could not install the packages; its own message is above. Most often the registry cannot be ' +
				'reached: check the network or proxy (`npm ping`), then run the same command again. If it says that ' +
				'package.json and package-lock.json do not fit, `npm install --package-lock-only` makes them.',
		);
	}
	writeFileSync(stampFile, stamp);
	console.log(`Set-up: done in ${Math.round((performance.now() - began) / 1000)} s.`);
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
