// Builds the node once more for the tests, from the same sources, with the odd vendors of `test/odd` in its
// registry: into `node_modules/.cache`, where nothing ships from. Knows no vendor.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'node_modules', '.cache', 'send-contact-odd');
const shipped = join(root, 'nodes', 'SendContact', 'providers', 'index.ts');
const wider = join(root, 'test', 'odd', 'providers', 'index.ts');

/** Whoever asks for the shipped registry gets the wider one, which alone still gets the shipped one. */
const widerRegistry = {
	name: 'wider-registry',
	setup({ onResolve }) {
		onResolve({ filter: /providers(\/index)?$/ }, ({ path, resolveDir, importer }) => {
			const wanted = resolve(resolveDir, path).replace(/(\/|\\)index$/, '');
			const isRegistry = wanted === dirname(shipped) && importer !== wider;
			return isRegistry ? { path: wider } : undefined;
		});
	},
};

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const node = 'dist/nodes/SendContact/SendContact.node.js';
const sources = {
	[node]: 'test/odd/SendContact.node.ts',
	...Object.fromEntries(
		['credentials', 'test/odd/credentials'].flatMap((path) =>
			readdirSync(join(root, path))
				.filter((file) => file.endsWith('.credentials.ts'))
				.map((file) => [`dist/credentials/${file.replace(/\.ts$/, '.js')}`, `${path}/${file}`]),
		),
	),
};

await build({
	absWorkingDir: root,
	entryPoints: Object.entries(sources).map(([output, source]) => ({
		in: source,
		out: output.replace(/\.js$/, ''),
	})),
	outdir: folder,
	bundle: true,
	format: 'cjs',
	platform: 'node',
	target: 'node20',
	external: ['n8n-workflow'],
	logLevel: 'warning',
	plugins: [widerRegistry],
});
mkdirSync(folder, { recursive: true });
writeFileSync(
	join(folder, 'package.json'),
	JSON.stringify({
		name: manifest.name,
		version: manifest.version,
		n8n: {
			...manifest.n8n,
			nodes: [node],
			credentials: Object.keys(sources).filter((output) => output !== node),
		},
	}),
);
