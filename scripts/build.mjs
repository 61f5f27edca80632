// Builds `dist`: checks the types of what ships, bundles each file that package.json names under
// `n8n`, and copies codex files, output schemas and icons. `--fast` leaves the type check out.
// Knows package.json and the folders, nothing of what is in them.
//
// A library that the node imports becomes a file of its own in `dist/vendor`, minified, and is read on
// first use: n8n loads every node at start, and a start must not pay for parsing phone number tables.
// What several nodes import of our own is in `dist/shared.js`, once. Our own code stays readable. Files are written only when they change, and stale ones removed at the
// end, so that a build never pulls files from under an n8n or a test that is running.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const started = performance.now();
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const { n8n } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
/** What every n8n brings: these stay as they are, and the scan says which of them a node may use. */
const isHosts = (path) => path === 'n8n-workflow' || isBuiltin(path);

/** The files of `dist`, by their path in the package. */
const files = new Map();
/** The libraries that our code imports, each with the exports it uses. */
const libraries = new Map();
/** The modules of our own that more than one node imports, each with its name in the shared file. */
const modules = new Map();
const SHARED = 'dist/shared.js';
const shared = {
	absWorkingDir: root,
	bundle: true,
	platform: 'node',
	target: 'node20',
	write: false,
	logLevel: 'warning',
};

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
	await readImports();
	await Promise.all([...entries.map(bundleEntry), bundleShared()]);
	await Promise.all([...libraries].map(bundleLibrary));
} catch (error) {
	// What is wrong in the code esbuild has already printed, with file and line.
	if (!error.errors) throw error;
	fail('The bundle was not made.');
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
	`Built dist: ${entries.length} entries, ${libraries.size} libraries, ${Math.round(size / 1000)} kB ` +
		`in ${((performance.now() - started) / 1000).toFixed(1)} s`,
);

async function bundleEntry({ output, source }) {
	const { outputFiles } = await build({
		...shared,
		entryPoints: [source],
		outfile: output,
		format: 'cjs',
		external: ['n8n-workflow'],
		plugins: [sharedModules(output), lazyLibraries(output)],
	});
	files.set(output, outputFiles[0].text);
}

async function bundleShared() {
	if (modules.size === 0) return;
	const { outputFiles } = await build({
		...shared,
		stdin: sharedModulesAsOne(),
		outfile: SHARED,
		format: 'cjs',
		external: ['n8n-workflow'],
		plugins: [lazyLibraries(SHARED)],
	});
	files.set(SHARED, outputFiles[0].text);
}

function sharedModulesAsOne() {
	const contents = [...modules].map(([path, name]) => `export * as ${name} from './${path}';`);
	return { contents: contents.join('\n'), resolveDir: root };
}

/** Puts in place of a shared module its part of the shared file. */
function sharedModules(output) {
	return {
		name: 'shared-modules',
		setup({ onResolve, onLoad }) {
			onResolve({ filter: /\/shared\.js$/ }, ({ path }) => ({ path, external: true }));
			onLoad({ filter: /\.ts$/ }, ({ path }) => {
				const name = modules.get(relative(root, path).split(sep).join(posix.sep));
				if (!name || !isNode(output)) return undefined;
				const file = pathFrom(output, SHARED);
				return { contents: `module.exports = require('${file}').${name};`, loader: 'js' };
			});
		},
	};
}

/** Puts in place of a library a module whose exports read the real one on first use. */
function lazyLibraries(output) {
	return {
		name: 'lazy-libraries',
		setup({ onResolve, onLoad }) {
			onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
				kind === 'entry-point' || isHosts(path) ? undefined : { path, namespace: 'library' },
			);
			onLoad({ filter: /.*/, namespace: 'library' }, ({ path }) => {
				const used = libraries.get(path);
				if (!used) fail(`Import ${path} with an import statement: the build sees no other way.`);
				const file = pathFrom(output, vendorFile(path));
				const getters = [...used]
					.sort()
					.map((name) => `\tget ${name}() { return load().${name}; },`);
				return {
					contents: [
						'let library;',
						`const load = () => (library ??= require(${JSON.stringify(file)}));`,
						`module.exports = {\n\t__esModule: true,\n${getters.join('\n')}\n};`,
					].join('\n'),
					loader: 'js',
				};
			});
			onResolve({ filter: /.*/, namespace: 'library' }, ({ path }) => ({ path, external: true }));
		},
	};
}

/** Finds out what is shared, and which libraries our code imports. */
async function readImports() {
	const seen = { ...shared, outdir: 'imports', format: 'esm', packages: 'external' };
	const { outputFiles, metafile } = await build({
		...seen,
		entryPoints: entries.map(({ source }) => source),
		metafile: true,
	});
	readLibraries(outputFiles);
	const nodes = entries.filter(({ output }) => isNode(output));
	const reached = nodes.map(({ source }) => modulesFrom(source, metafile));
	const times = (path) => reached.filter((paths) => paths.has(path)).length;
	for (const path of new Set(reached.flatMap((paths) => [...paths]))) {
		if (times(path) > 1) modules.set(path, path.replace(/\.ts$/, '').replace(/\W+/g, '_'));
	}
	if (modules.size > 0) {
		readLibraries((await build({ ...seen, stdin: sharedModulesAsOne() })).outputFiles);
	}
}

function isNode(output) {
	return n8n.nodes.includes(output);
}

/** The modules of our own that an entry imports, and those that they import. */
function modulesFrom(source, { inputs }, found = new Set()) {
	for (const { path, external } of inputs[source].imports) {
		if (external || found.has(path)) continue;
		found.add(path);
		modulesFrom(path, { inputs }, found);
	}
	return found;
}

/** Which exports of libraries these files use: a library ships with those alone. */
function readLibraries(outputFiles) {
	// esbuild writes one import a line, in one shape.
	for (const { text } of outputFiles) {
		for (const [, names, path] of text.matchAll(/^import (?:([^"]*) from )?"([^"]+)";$/gms)) {
			if (isHosts(path)) continue;
			if (!names || names.startsWith('*')) fail(`Import what you use of ${path}, by name.`);
			const used = libraries.get(path) ?? new Set();
			libraries.set(path, used);
			const [, defaultName, named = ''] = /^([\w$]+)?(?:, )?(?:\{(.*)\})?$/s.exec(names);
			if (defaultName) used.add('default');
			for (const name of named.split(',')) used.add(name.trim().split(' as ')[0]);
			used.delete('');
		}
	}
}

async function bundleLibrary([path, used]) {
	const names = [...used].sort();
	const { manifest, licence } = aboutLibrary(path);
	const { outputFiles } = await build({
		...shared,
		stdin: {
			contents: `export { ${names.join(', ')} } from ${JSON.stringify(path)};`,
			resolveDir: root,
		},
		outfile: vendorFile(path),
		format: 'cjs',
		minify: true,
		legalComments: 'none',
		// n8n's scan refuses console in what ships, and a library's warnings would reach nobody.
		drop: ['console'],
		banner: {
			js: `/*! ${manifest.name} ${manifest.version}, ${manifest.license}, ${manifest.homepage} */`,
		},
	});
	files.set(vendorFile(path), outputFiles[0].text);
	if (licence) files.set(vendorFile(path).replace(/\.js$/, '.LICENSE.txt'), licence);
}

/** The way from one file to another, as `require` takes it. */
function pathFrom(output, file) {
	const path = posix.relative(posix.dirname(output), file);
	return path.startsWith('.') ? path : `./${path}`;
}

function vendorFile(path) {
	return `dist/vendor/${path.replace(/\.js$/, '').replace(/[^\w.-]+/g, '-')}.js`;
}

function aboutLibrary(path) {
	const name = path
		.split('/')
		.slice(0, path.startsWith('@') ? 2 : 1)
		.join('/');
	const folder = join(root, 'node_modules', name);
	const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
	return {
		manifest: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
		licence: file && readFileSync(join(folder, file)),
	};
}

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
