// Packs the package as `npm publish` would and unpacks it: `node scripts/pack.mjs <folder>`. Prints JSON:
// `{ tarball, folder, size, files }`. Expects a built `dist`.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const target = resolve(process.argv[2] ?? fail('Say which folder to pack into.'));
const folder = join(target, 'package');
mkdirSync(folder, { recursive: true });

// A shell only where `npm` is a .cmd file; the folder is not part of what the shell reads.
const [packed] = JSON.parse(
	run('npm', ['pack', root, '--json', '--ignore-scripts', '--loglevel=error'], {
		cwd: target,
		shell: process.platform === 'win32',
	}),
);
const tarball = join(target, packed.filename);
run('tar', ['-xzf', packed.filename, '-C', 'package', '--strip-components=1'], { cwd: target });
const files = packed.files.map(({ path }) => path).sort();
console.log(JSON.stringify({ tarball, folder, size: packed.size, files }));

function run(command, args, options) {
	const { status, stdout, stderr, error } = spawnSync(command, args, {
		...options,
		encoding: 'utf8',
	});
	if (status !== 0) fail(`${command} ${args[0]}: ${error?.message ?? stderr}`);
	return stdout;
}

function fail(message) {
	console.error(message);
	process.exit(1);
}
