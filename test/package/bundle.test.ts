// What the build makes of nodes that are written otherwise than the ones there are: it does as the sources do, or
// says what it cannot do.
import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root, temporaryFolder } from './tools';

const BUNDLE = JSON.stringify(pathToFileURL(join(root, 'scripts', 'bundle.mjs')).href);

let folder: string;
beforeEach(() => {
	folder = realpathSync(temporaryFolder());
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What the expression gives, with the nodes A and B of these sources built. */
function builtFrom(sources: Record<string, string>, expression: string): unknown {
	for (const [file, text] of Object.entries({ 'package.json': '{}', ...sources })) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text);
	}
	const nodes = Object.keys(sources).filter((file) => file.endsWith('.node.ts'));
	const entries = nodes.map((source) => ({
		source,
		output: `dist/${source.replace(/\.ts$/, '.js')}`,
	}));
	const script = `
		import { mkdirSync, writeFileSync } from 'node:fs';
		import { createRequire } from 'node:module';
		import { dirname } from 'node:path';
		import { bundle } from ${BUNDLE};
		const said = await bundle(process.cwd(), ${JSON.stringify(entries)}).then((files) => {
			for (const [file, text] of files) {
				mkdirSync(dirname(file), { recursive: true });
				writeFileSync(file, text);
			}
			const require = createRequire(process.cwd() + '/package.json');
			const [A, B] = ['A', 'B'].map((name) => () => require(\`./dist/nodes/\${name}/\${name}.node.js\`));
			return ${expression};
		}, ({ message }) => message);
		console.log(JSON.stringify(said));`;
	const options = { cwd: folder, encoding: 'utf8' } as const;
	const printed = execFileSync(
		process.execPath,
		['--input-type=module', '--eval', script],
		options,
	);
	return JSON.parse(printed);
}

const PANEL = "export const PARAMETERS = [{ name: 'a' }];";

it('everything that a panel exports reaches the node', () => {
	const sources = {
		'nodes/A/panel.ts': `${PANEL}\nexport const NAME = 'a name';`,
		'nodes/A/A.node.ts':
			"import { NAME, PARAMETERS } from './panel';\nexport const seen = [NAME, PARAMETERS];",
	};

	expect(builtFrom(sources, 'A().seen')).toEqual(['a name', [{ name: 'a' }]]);
});

it('two panels for one node, of which one would be lost, are refused', () => {
	const sources = {
		'nodes/A/panel.ts': PANEL,
		'nodes/B/panel.ts': PANEL.replace('PARAMETERS', 'OTHERS'),
		'nodes/A/A.node.ts':
			"import { PARAMETERS } from './panel';\nimport { OTHERS } from '../B/panel';\nexport const seen = [PARAMETERS, OTHERS];",
	};

	expect(builtFrom(sources, 'A().seen')).toBe('nodes/A/A.node.ts imports more than one panel.ts.');
});

it('what a panel exports and JSON cannot hold is for what runs: the node is refused it', () => {
	const sources = {
		'nodes/A/panel.ts': `${PANEL}\nexport const show = () => 'shown';`,
		'nodes/A/run.ts': "import { show } from './panel';\nexport const run = () => show();",
	};
	const node = (from: string, used: string) => ({
		...sources,
		'nodes/A/A.node.ts': `import { PARAMETERS } from './panel';\nimport { ${used} } from './${from}';\nexport const seen = () => [PARAMETERS, ${used}()];`,
	});

	expect(builtFrom(node('run', 'run'), 'A().seen()')).toEqual([[{ name: 'a' }], 'shown']);
	expect(builtFrom(node('panel', 'show'), 'A().seen()')).toMatch(
		/No matching export in "nodes\/A\/panel\.ts" for import "show"/,
	);
});

it('what modules hold is held once, whichever node asks and on whichever way', () => {
	const sources = {
		'nodes/A/panel.ts': PANEL,
		'nodes/B/panel.ts': PANEL,
		'nodes/A/state.ts':
			'let calls = 0;\nexport const call = () => (calls += 1);\nexport let last = 0;\nexport const keep = () => { last = call(); };',
		'nodes/A/deep.ts': "import { call } from './state';\nexport const viaDeep = () => call();",
		'nodes/A/A.node.ts':
			"import { PARAMETERS } from './panel';\nimport { call, keep, last } from './state';\nimport { viaDeep } from './deep';\nexport { PARAMETERS };\nexport const calls = () => [call(), viaDeep()];\nexport const kept = () => { keep(); return last; };",
		'nodes/B/B.node.ts':
			"import { PARAMETERS } from './panel';\nimport { run } from './run';\nexport { PARAMETERS };\nexport const calls = () => run();",
		'nodes/B/run.ts':
			"import { viaDeep } from '../A/deep';\nimport * as state from '../A/state';\nexport const run = () => [viaDeep(), state.call()];",
	};

	expect(builtFrom(sources, '[A().calls(), B().calls(), A().kept()]')).toEqual([[1, 2], [3, 4], 5]);
});

it('a default export of what several nodes run is what it is in the sources', () => {
	const sources = {
		'nodes/A/panel.ts': PANEL,
		'nodes/B/panel.ts': PANEL,
		'nodes/A/greet.ts':
			"export default function greet() { return 'hello'; }\nexport const name = 'Maria';",
		...Object.fromEntries(
			['A', 'B'].flatMap((node) => [
				[
					`nodes/${node}/deep.ts`,
					"import greet, { name } from '../A/greet';\nexport const deep = () => greet() + name;",
				],
				[
					`nodes/${node}/${node}.node.ts`,
					"import { PARAMETERS } from './panel';\nimport { deep } from './deep';\nimport greet, { name } from '../A/greet';\nexport { PARAMETERS };\nexport const seen = () => [greet(), name, deep()];",
				],
			]),
		),
	};

	const seen = ['hello', 'Maria', 'helloMaria'];
	expect(builtFrom(sources, '[A().seen(), B().seen()]')).toEqual([seen, seen]);
});
