// What is published: the files, their size, package.json as n8n asks for it, and that n8n-core's own
// loader finds everything in the unpacked tarball as it would on a user's machine.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { readPackageJson, root, runJson, temporaryFolder, type Packed } from './tools';

interface Icons {
	light: string;
	dark: string;
}

interface Loaded {
	nodes: Array<{
		name: string;
		displayName: string;
		version: number | number[];
		iconUrl: Icons;
		codex: { categories: string[]; alias: string[]; resources: Record<string, unknown> };
		credentials: string[];
	}>;
	credentials: Array<{ name: string; iconUrl: Icons; supportedNodes: string[] }>;
	read: string[];
}

const manifest = readPackageJson();
const temporary = temporaryFolder();
let packed: Packed;
let loaded: Loaded;

const capitalized = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

beforeAll(() => {
	packed = runJson('scripts/pack.mjs', [temporary]);
	loaded = runJson('scripts/load-package.cjs', [packed.folder], {
		NODE_PATH: join(root, 'node_modules'),
	});
});

afterAll(() => {
	rmSync(temporary, { recursive: true, force: true });
});

describe('the tarball', () => {
	it('holds the built files and the papers, nothing else', () => {
		const outside = packed.files.filter((file) => !file.startsWith('dist/'));
		expect(outside).toEqual(['LICENSE', 'README.md', 'index.js', 'package.json']);
		const kinds =
			/\.(node\.js|credentials\.js|node\.json|svg)$|\/__schema__\/v1\.0\.0\/\w+\.json$|^dist\/nodes\/\w+\/(panel\.json|run\.js)$|^dist\/(nodes\/shared|credentials\/all)\.js$|^dist\/vendor\/.+\.(js|LICENSE\.txt)$/;
		expect(packed.files.filter((file) => file.startsWith('dist/') && !kinds.test(file))).toEqual(
			[],
		);
	});

	it('is under 250 kB', () => {
		expect(packed.size).toBeLessThan(250_000);
	});

	it('brings the licence of each library that is in it', () => {
		const vendored = packed.files.filter((file) => /^dist\/vendor\/.+\.js$/.test(file));
		for (const file of vendored) {
			expect(packed.files).toContain(file.replace(/\.js$/, '.LICENSE.txt'));
		}
	});
});

describe('n8n-core’s loader, on the unpacked tarball', () => {
	it('finds each node, its codex and its icons', () => {
		expect(loaded.nodes.map(({ name, displayName }) => [name, displayName])).toEqual([
			['sendContact', 'Send Contact'],
			['vCard', 'vCard'],
		]);
		for (const node of loaded.nodes) {
			expect([node.version].flat()).toContain(1);
			expect(node.codex.categories).toContain('Communication');
			expectIcons(node.iconUrl);
		}
		expect(nodeNamed('sendContact').codex.alias).toEqual(
			expect.arrayContaining(['WhatsApp', 'vCard']),
		);
		expect(nodeNamed('vCard').codex.alias).toEqual(expect.arrayContaining(['vcf', 'Parse vCard']));
	});

	it('finds every credential type with its icons, and ties it to the node that sends', () => {
		const names = loaded.credentials.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining(['greenApi', 'ogmmaApi', 'plugzApi']));
		expect(names).toHaveLength(manifest.n8n.credentials.length);
		expect(nodeNamed('sendContact').credentials.toSorted()).toEqual(names.toSorted());
		expect(nodeNamed('vCard').credentials).toEqual([]);
		for (const { iconUrl, supportedNodes } of loaded.credentials) {
			expectIcons(iconUrl);
			expect(supportedNodes).toEqual(['sendContact']);
		}
	});

	it('reads for that what the panel needs, not what runs: phone tables are for the first number, not for every start', () => {
		const files = [
			...loaded.nodes.flatMap(({ name }) => {
				const file = `nodes/${capitalized(name)}`;
				const own = `${file}/${capitalized(name)}.node.js`;
				return [own, `${own}on`, `${file}/panel.json`];
			}),
			...loaded.credentials.map(({ name }) => `credentials/${capitalized(name)}.credentials.js`),
			'credentials/all.js',
		];

		expect(loaded.read.sort()).toEqual(files.sort());
	});

	function nodeNamed(wanted: string) {
		const node = loaded.nodes.find(({ name }) => name === wanted);
		if (node === undefined) throw new Error(`There is no node ${wanted}`);
		return node;
	}

	function expectIcons(icons: Icons | undefined): void {
		expect(icons?.light).not.toBe(icons?.dark);
		for (const url of [icons?.light, icons?.dark]) {
			const file = join(packed.folder, url?.replace(`icons/${manifest.name}/`, '') ?? '');
			expect(readFileSync(file, 'utf8')).toMatch(/^<svg /);
		}
	}
});

describe('package.json', () => {
	const built = (folder: string, ending: string) =>
		readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith(`${ending}.ts`))
			.map((file) => `dist/${folder}/${file.replaceAll('\\', '/').replace(/\.ts$/, '.js')}`)
			.sort();

	it('lists the nodes and credentials that there are', () => {
		expect(manifest.n8n.n8nNodesApiVersion).toBe(1);
		expect(manifest.n8n.nodes.toSorted()).toEqual(built('nodes', '.node'));
		expect(manifest.n8n.credentials.toSorted()).toEqual(built('credentials', '.credentials'));
	});

	it('says what n8n asks of a community package', () => {
		expect(manifest.name).toMatch(/^n8n-nodes-/);
		expect(manifest.version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
		expect(manifest.description).not.toBe('');
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.author.name).not.toBe('');
		expect(manifest.author.email).toContain('@');
		expect(() => new URL(manifest.homepage)).not.toThrow();
		expect(manifest.repository.url).not.toMatch(/n8nio|<|>/);
		expect(manifest.files).toEqual(['dist']);
	});

	it('brings nothing into an n8n but itself', () => {
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		for (const field of [
			'dependencies',
			'optionalDependencies',
			'bundledDependencies',
			'bundleDependencies',
			'overrides',
			'resolutions',
		]) {
			expect(manifest).not.toHaveProperty(field);
		}
		for (const script of [
			'prepare',
			'preinstall',
			'install',
			'postinstall',
			'prepublish',
			'preprepare',
			'postprepare',
		]) {
			expect(manifest.scripts).not.toHaveProperty(script);
		}
	});

	it('names one exact version of each tool', () => {
		for (const version of Object.values(manifest.devDependencies)) {
			expect(version).toMatch(/^\d+\.\d+\.\d+$/);
		}
	});
});

describe('package-lock.json', () => {
	interface Locked {
		dependencies?: Record<string, string>;
		optionalDependencies?: Record<string, string>;
	}
	const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
		packages: Record<string, Locked>;
	};

	/** Looks where Node.js would: beside the package that asks, then further out. */
	function holds(asking: string, name: string): boolean {
		const place = `${asking === '' ? '' : `${asking}/`}node_modules/${name}`;
		if (place in packages) return true;
		return asking !== '' && holds(asking.replace(/\/?node_modules\/(@[^/]+\/)?[^/]+$/, ''), name);
	}

	it('holds what every platform needs, so that npm ci installs it anywhere', () => {
		const missing = Object.entries(packages).flatMap(
			([path, { dependencies, optionalDependencies }]) =>
				Object.keys({ ...dependencies, ...optionalDependencies })
					.filter((name) => !holds(path, name))
					.map((name) => `${name} of ${path}`),
		);
		expect(missing).toEqual([]);
	});
});

it('no file names a package registry or a token: whoever installs uses their own', () => {
	const patterns = [
		/registry\.(npmjs|yarnpkg|npmmirror)\b/i,
		/npm\.pkg\.github/i,
		/"resolved":\s*"http/,
		/_authToken|_auth\s*=|registry-url|^registry\s*=/im,
	];
	const self = 'test/package/tarball.test.ts';
	const hits = committedFiles()
		.filter((file) => file !== self)
		.filter((file) => {
			const text = readFileSync(join(root, file), 'utf8');
			return patterns.some((pattern) => pattern.test(text));
		});
	expect(hits).toEqual([]);
});

/** What git holds or is about to; outside a git checkout every file but what is made. */
function committedFiles(): string[] {
	if (existsSync(join(root, '.git'))) {
		return execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
			cwd: root,
			encoding: 'utf8',
		})
			.split('\0')
			.filter((file) => file !== '' && existsSync(join(root, file)));
	}
	const made = new Set(['node_modules', 'dist', 'coverage', 'test-results', '.git']);
	return readdirSync(root, { withFileTypes: true })
		.filter((entry) => !made.has(entry.name))
		.flatMap((entry) =>
			entry.isDirectory()
				? readdirSync(join(root, entry.name), { recursive: true, withFileTypes: true })
						.filter((inner) => inner.isFile())
						.map((inner) => join(inner.parentPath, inner.name).slice(root.length + 1))
				: [entry.name],
		);
}
