// Loads a built package with n8n-core's own loader, as n8n does at start: `node scripts/load-package.cjs
// <folder>`. Prints JSON: what was loaded, how long it took with n8n-core and n8n-workflow in memory, and
// which files of the package were read for it.
// A folder outside the project finds n8n-workflow as in n8n: start this with NODE_PATH set to node_modules.
const { realpathSync } = require('node:fs');
const { posix, relative, resolve, sep } = require('node:path');

const { PackageDirectoryLoader } = require('n8n-core');
require('n8n-workflow');

async function main() {
	const loader = new PackageDirectoryLoader(resolve(process.argv[2] ?? '.'));
	const started = performance.now();
	await loader.loadAll();
	const milliseconds = performance.now() - started;

	const nodes = loader.types.nodes.map(
		({ name, displayName, version, iconUrl, codex, credentials = [] }) => ({
			name,
			displayName,
			version,
			iconUrl,
			codex,
			credentials: credentials.map((credential) => credential.name),
		}),
	);
	const credentials = loader.types.credentials.map(({ name, displayName, iconUrl }) => ({
		name,
		displayName,
		iconUrl,
		supportedNodes: loader.known.credentials[name].supportedNodes ?? [],
	}));
	const folder = realpathSync(resolve(process.argv[2] ?? '.', 'dist'));
	const read = Object.keys(require.cache)
		.filter((file) => file.startsWith(folder))
		.map((file) => relative(folder, file).split(sep).join(posix.sep));
	console.log(JSON.stringify({ milliseconds, nodes, credentials, read }));
}

void main();
