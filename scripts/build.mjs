// Builds `dist`: checks the types of what ships, bundles each file that package.json names under
// `n8n` (bundle.mjs), and copies codex files, output schemas and icons. `--fast` leaves the type check out.
// Knows package.json and the folders, nothing of what is in them.
//
// Files are written only when they change, and stale ones removed at the end, so that a build never pulls files
// from under an n8n or a test that is running.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundle } from './bundle.mjs';

const started = performance.now();
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The files of `dist`, by their path in the package. */
const files = new Map();

const entries = [...n8n.nodes, ...n8n.credentials].map((output) => ({
	output,
	source: output.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
}));
const missing = entries.filter(({ source }) => !existsSync(join(root, source)));
if (missing.length > 0) {
	fail(`package.json names files without a source: ${missing.map((e) => e.source).join(', ')}`);
}

if (!process.argv.includes('--fast')) checkTypes();
try {
	for (const [file, content] of await bundle(root, entries)) files.set(file, content);
} catch (error) {
	// What is wrong in the code esbuild has already printed, with file and line.
	fail(error.errors ? 'The bundle was not made.' : error.message);
}
for (const file of filesUnder('nodes', 'credentials')) {
	if (/\.node\.json$|\/__schema__\/.+\.json$/.test(file))
		files.set(`dist/${file}`, readFileSync(join(root, file)));
}
for (const [file, content] of files) writeChanged(join(root, file), content);
copyIcons();
removeStale();
const size = filesUnder('dist').reduce(
	(sum, file) => sum + readFileSync(join(root, file)).length,
	0,
);
console.log(
	`Built dist: ${entries.length} entries, ${Math.round(size / 1000)} kB ` +
		`in ${((performance.now() - started) / 1000).toFixed(1)} s`,
);

function checkTypes() {
	const ts = require('typescript');
	const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (d) => fail(d.messageText) };
	const config = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), {}, host);
	const sources = entries.map(({ source }) => join(root, source));
	const program = ts.createProgram(sources, { ...config.options, types: ['node'] });
	const diagnostics = ts.getPreEmitDiagnostics(program);
	if (diagnostics.length === 0) return;
	console.error(
		ts.formatDiagnosticsWithColorAndContext(diagnostics, {
			getCanonicalFileName: (file) => file,
			getCurrentDirectory: () => root,
			getNewLine: () => '\n',
		}),
	);
	fail('The types do not fit.');
}

function copyIcons() {
	const gulp = join(root, 'node_modules', 'gulp', 'bin', 'gulp.js');
	const { status } = spawnSync(process.execPath, [gulp, '--silent', 'build:icons'], {
		cwd: root,
		stdio: 'inherit',
	});
	if (status !== 0) fail('The icons were not copied.');
	for (const file of filesUnder('nodes', 'credentials')) {
		if (file.endsWith('.svg')) files.set(`dist/${file}`, undefined);
	}
}

function removeStale() {
	for (const file of filesUnder('dist')) {
		if (!files.has(file)) rmSync(join(root, file), { force: true });
	}
}

function writeChanged(file, content) {
	if (existsSync(file) && readFileSync(file).equals(Buffer.from(content))) return;
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, content);
}

/** Paths from the root, with forward slashes on every platform. */
function filesUnder(...folders) {
	return folders
		.filter((folder) => existsSync(join(root, folder)))
		.flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
		.filter((entry) => entry.isFile())
		.map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join(posix.sep));
}

function fail(message) {
	console.error(message);
	process.exit(1);
}
