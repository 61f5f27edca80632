// Which files of `dist` the code becomes, and what stands in them. Knows package.json's entries, nothing of what
// is in them.
//
// n8n makes every node at its start, so a node's own file is its table of contents alone:
//
//   nodes/X/X.node.js    what n8n reads at its start
//   nodes/X/panel.json   what the node's `panel.ts` exports and JSON holds, worked out here
//   nodes/X/run.js       all else that the node imports, read when it first runs
//   nodes/shared.js      what several nodes run, once
//   credentials/all.js   the credentials: they are small and n8n makes them all, so one file is read, not sixteen
//   credentials/X.js     a credential's own name for its part of that
//   vendor/*.js          a library, minified, with the exports that are used, read on first use
//
// Our own code stays readable.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { join, posix, relative, sep } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { build } from 'esbuild';

const SHARED = 'dist/nodes/shared.js';
const CREDENTIALS = 'dist/credentials/all.js';

/** What every n8n brings: these stay as they are, and the scan says which of them a node may use. */
const isHosts = (path) => path === 'n8n-workflow' || isBuiltin(path);
const nameOf = (path) => path.replace(/\.ts$/, '').replace(/\W+/g, '_');

/** Whether it comes back whole: no function is in it, and no undefined. */
const isJson = (value) => isDeepStrictEqual(value, JSON.parse(JSON.stringify(value) ?? 'null'));

/** The way from one file to another, as `require` takes it. */
function pathFrom(output, file) {
	const path = posix.relative(posix.dirname(output), file);
	return path.startsWith('.') ? path : `./${path}`;
}

const vendorFile = (path) =>
	`dist/vendor/${path.replace(/\.js$/, '').replace(/[^\w.-]+/g, '-')}.js`;

/** A module whose exports are read from a file, or from a part of one, when they are first used. */
function readOnFirstUse(names, file, part = '') {
	const getters = [...names].sort().map((name) => `\tget ${name}() { return load().${name}; },`);
	return [
		'let loaded;',
		`const load = () => (loaded ??= require(${JSON.stringify(file)})${part});`,
		`module.exports = {\n\t__esModule: true,\n${getters.join('\n')}\n};`,
	].join('\n');
}

/**
 * Every file that the entries become, by its path in the package.
 * @param root the package's folder
 * @param entries `{ output, source }` of each node and credential
 * @throws what esbuild found wrong, or an Error that says what a source may not do
 */
export async function bundle(root, entries) {
	const require = createRequire(join(root, 'package.json'));
	const files = new Map();
	const common = {
		absWorkingDir: root,
		bundle: true,
		platform: 'node',
		target: 'node20',
		write: false,
		logLevel: 'warning',
	};
	const fromRoot = (path) => relative(root, path).split(sep).join(posix.sep);
	const isNode = ({ output }) => output.endsWith('.node.js');
	const folderOf = (output) => posix.dirname(output);

	/** What the code is made of, as esbuild sees it: the modules that each one imports. */
	const { inputs, libraries } = await readImports();
	const isPanel = (path) => posix.basename(path) === 'panel.ts';
	const importsOf = (path) =>
		inputs[path].imports.filter(({ external }) => !external).map(({ path: of }) => of);
	/** The modules that a node imports itself and runs, by its file: each with what it exports. */
	const rooms = new Map();
	const nodes = entries.filter(isNode);
	const credentials = entries.filter((entry) => !isNode(entry));
	for (const node of nodes) rooms.set(node.output, await roomsOf(node));
	/** The modules that more than one node runs. */
	const shared = modulesOfSeveral([...rooms.values()].map((some) => [...some.keys()]));

	credentials.forEach(addCredential);
	await Promise.all([
		...nodes.flatMap((node) => [addNodeAndPanel(node), addRun(node)]),
		...(shared.size > 0 ? [addModules(SHARED, shared)] : []),
		addModules(
			CREDENTIALS,
			credentials.map(({ source }) => source),
		),
		...[...libraries].map(addLibrary),
	]);
	return files;

	/** The code as modules, and what esbuild tells of them. */
	async function asModules(entryPoints) {
		const asSeen = { format: 'esm', packages: 'external', metafile: true };
		return await build({ ...common, ...asSeen, entryPoints, outdir: 'modules' });
	}

	async function readImports() {
		const { outputFiles, metafile } = await asModules(entries.map(({ source }) => source));
		const used = new Map();
		outputFiles.forEach(({ text }) => readLibraries(text, used));
		return { inputs: metafile.inputs, libraries: used };
	}

	/** Adds which exports of libraries a file uses: a library ships with those alone. */
	function readLibraries(text, used) {
		// esbuild writes one import a line, in one shape.
		for (const [, names, path] of text.matchAll(/^import (?:([^"]*) from )?"([^"]+)";$/gms)) {
			if (isHosts(path)) continue;
			if (!names || names.startsWith('*')) {
				throw new Error(`Import what you use of ${path}, by name.`);
			}
			const exports = used.get(path) ?? new Set();
			used.set(path, exports);
			const [, defaultName, named = ''] = /^([\w$]+)?(?:, )?(?:\{(.*)\})?$/s.exec(names);
			if (defaultName) exports.add('default');
			for (const name of named.split(',')) exports.add(name.trim().split(' as ')[0]);
			exports.delete('');
		}
	}

	async function roomsOf({ source }) {
		const paths = [...new Set(importsOf(source))].filter((path) => !isPanel(path));
		const { metafile } = await asModules(paths);
		const outputs = Object.values(metafile.outputs);
		return new Map(
			paths.map((path) => [path, outputs.find(({ entryPoint }) => entryPoint === path).exports]),
		);
	}

	function modulesFrom(path, found = new Set()) {
		if (found.has(path)) return found;
		found.add(path);
		importsOf(path).forEach((imported) => modulesFrom(imported, found));
		return found;
	}

	function modulesOfSeveral(all) {
		const reached = all.map((some) => {
			const found = new Set();
			some.forEach((path) => modulesFrom(path, found));
			return found;
		});
		const times = (path) => reached.filter((paths) => paths.has(path)).length;
		return new Set(reached.flatMap((paths) => [...paths]).filter((path) => times(path) > 1));
	}

	function addCredential({ output, source }) {
		const { base: file } = posix.parse(CREDENTIALS);
		const contents = `// Part of ${file}, which is read once.\nmodule.exports = require('./${file}').${nameOf(source)};\n`;
		files.set(output, contents);
	}

	async function addNodeAndPanel(node) {
		await addNode(node, await addPanel(node));
	}

	async function addNode({ output, source }, panel) {
		const { outputFiles } = await build({
			...common,
			entryPoints: [source],
			outfile: output,
			format: 'cjs',
			external: ['n8n-workflow'],
			plugins: [tableOfContents(output, source, panel), lazyLibraries(output)],
		});
		files.set(output, outputFiles[0].text);
	}

	/** Puts in place of what a node imports where it is: its panel, and what it runs. */
	function tableOfContents(output, source, panel) {
		return {
			name: 'table-of-contents',
			setup({ onResolve, onLoad }) {
				onResolve({ filter: /\/(panel\.json|run\.js)$/ }, ({ path }) => ({ path, external: true }));
				onLoad({ filter: /\.ts$/ }, ({ path }) => {
					const module = fromRoot(path);
					if (module === source) return undefined;
					const contents = isPanel(module)
						? `export const { ${panel.join(', ')} } = require('./panel.json');`
						: readOnFirstUse(rooms.get(output).get(module), './run.js', `.${nameOf(module)}`);
					return { contents, loader: 'js' };
				});
			},
		};
	}

	/** @returns the names of what it exports and JSON holds: a node gets nothing else of it */
	async function addPanel({ output, source }) {
		const [path, ...others] = new Set(importsOf(source).filter(isPanel));
		if (!path) throw new Error(`${source} has no panel.ts beside it.`);
		if (others.length > 0) throw new Error(`${source} imports more than one panel.ts.`);
		const { outputFiles } = await build({
			...common,
			entryPoints: [path],
			outfile: 'panel.js',
			format: 'cjs',
			external: ['n8n-workflow'],
			packages: 'external',
		});
		const module = { exports: {} };
		new Function('module', 'exports', 'require', outputFiles[0].text)(
			module,
			module.exports,
			require,
		);
		const held = Object.entries(module.exports).filter(([, value]) => isJson(value));
		if (held.length === 0) {
			throw new Error(`${path} exports nothing that JSON holds whole: no function, no undefined.`);
		}
		files.set(`${folderOf(output)}/panel.json`, JSON.stringify(Object.fromEntries(held)));
		return held.map(([name]) => name);
	}

	async function addRun({ output }) {
		const file = `${folderOf(output)}/run.js`;
		await addModules(file, rooms.get(output).keys(), [sharedModules(file)]);
	}

	/** Modules of our own as one file, each under its name. */
	async function addModules(output, paths, plugins = []) {
		const exports = [...paths].map((path) => `export * as ${nameOf(path)} from './${path}';`);
		const { outputFiles } = await build({
			...common,
			stdin: { contents: exports.join('\n'), resolveDir: root },
			outfile: output,
			format: 'cjs',
			external: ['n8n-workflow'],
			plugins: [...plugins, lazyLibraries(output)],
		});
		files.set(output, outputFiles[0].text);
	}

	/** Puts in place of a shared module its part of the shared file. */
	function sharedModules(output) {
		return {
			name: 'shared-modules',
			setup({ onResolve, onLoad }) {
				onResolve({ filter: /\/shared\.js$/ }, ({ path }) => ({ path, external: true }));
				onLoad({ filter: /\.ts$/ }, ({ path }) => {
					const module = fromRoot(path);
					if (!shared.has(module)) return undefined;
					const file = pathFrom(output, SHARED);
					// Without the mark a default export is taken for one of its fields.
					const contents = [
						`const shared = require('${file}').${nameOf(module)};`,
						'const fields = Object.getOwnPropertyDescriptors(shared);',
						'module.exports = Object.defineProperties({ __esModule: true }, fields);',
					].join('\n');
					return { contents, loader: 'js' };
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
					if (!used) {
						throw new Error(
							`Import ${path} with an import statement: the build sees no other way.`,
						);
					}
					const file = pathFrom(output, vendorFile(path));
					return { contents: readOnFirstUse(used, file), loader: 'js' };
				});
				onResolve({ filter: /.*/, namespace: 'library' }, ({ path }) => ({ path, external: true }));
			},
		};
	}

	async function addLibrary([path, used]) {
		const { manifest, licence } = aboutLibrary(path);
		const { outputFiles } = await build({
			...common,
			stdin: {
				contents: `export { ${[...used].sort().join(', ')} } from ${JSON.stringify(path)};`,
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
}
