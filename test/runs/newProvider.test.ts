// What `npm run new:provider -- x` lays: it compiles where it is laid, it is on the list of providers, and each of
// its gaps is told with its place. Nothing is written: the compiler reads the files as if they were there.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import ts from 'typescript';

import { changedFiles, namesOf, newFiles } from '../../scripts/new-provider';
import { gapsIn } from '../gaps';

const root = join(__dirname, '..', '..');

describe('the names', () => {
	it.each([
		['myVendor', undefined, 'myVendorApi', 'MyVendorApi', 'My Vendor API', 'my-vendor'],
		['acmeApi', undefined, 'acmeApi', 'AcmeApi', 'Acme API', 'acme-api'],
		['acme', 'acmeServerApi', 'acmeServerApi', 'AcmeServerApi', 'Acme Server API', 'acme'],
	])(
		'of %s with the credential %s',
		(provider, given, credential, credentialClass, label, kebab) => {
			expect(namesOf(provider, given)).toEqual({
				provider,
				credential,
				credentialClass,
				credentialLabel: label,
				kebab,
			});
		},
	);

	it.each([
		['My vendor', undefined],
		['my-vendor', undefined],
		['', undefined],
		['acme', 'AcmeApi'],
		['acme', 'acme'],
	])('refuses %j with the credential %j', (provider, credential) => {
		expect(() => namesOf(provider, credential)).toThrow(/is no name for a .*: write it like my/);
	});
});

describe.each([
	['acmeChat', undefined],
	['zebra', 'zebraServerApi'],
	['aardvark', undefined],
])('a provider %s with the credential %s', (provider, credential) => {
	const names = namesOf(provider, credential);
	const laid = newFiles(names);
	const changed = changedFiles(names);
	const registry = changed['nodes/SendContact/providers/index.ts'] ?? '';

	it('is laid in the four places, with an example and a test of its traps', () => {
		expect(Object.keys(laid)).toEqual([
			`nodes/SendContact/providers/${provider}.ts`,
			`credentials/${names.credentialClass}.credentials.ts`,
			`credentials/${names.credential}.svg`,
			`credentials/${names.credential}.dark.svg`,
			`test/vendors/${provider}.ts`,
			`test/vendors/${provider}.test.ts`,
			`examples/${names.kebab}-first-cards.json`,
		]);
		for (const text of Object.values(laid)) expect(text).not.toMatch(/new-?vendor/i);
	});

	it('is the last on the list of providers, its import among the others by the alphabet', () => {
		expect(registry).toMatch(new RegExp(`providers: [^=]*= \\[[^\\]]*, ${provider}\\s*\\];`));
		const paths = [...registry.matchAll(/from '\.\/(\w+)';/g)].map(([, path = '']) =>
			path.toLowerCase(),
		);
		expect(paths).toContain(provider.toLowerCase());
		expect(paths).toEqual([...paths].sort());
	});

	it('has an example that the engine can read, and what it must come to', () => {
		const [name = '', example = ''] = Object.entries(laid).at(-1) ?? [];
		const workflow: unknown = JSON.parse(example);

		expect(workflow).toMatchObject({ nodes: expect.any(Array) as unknown });
		expect(changed['test/engine/expectations.ts']).toContain(`'${relative('examples', name)}': {`);
	});

	it('tells each of its gaps by file and line', () => {
		for (const [file, text] of Object.entries(laid)) {
			const marks = text.match(/FILL[ -]IN/g) ?? [];
			const gaps = gapsIn(file, text);

			expect(gaps.length).toBeGreaterThan(0);
			expect(gaps.join('\n').match(/FILL[ -]IN/g)).toHaveLength(marks.length);
			for (const gap of gaps) expect(gap).toMatch(new RegExp(`^${file}:\\d+ .`));
			expect(gapsIn(file, text.replaceAll(/FILL[ -]IN/g, 'done'))).toEqual([]);
		}
	});
});

/** The contract, in its parts. */
const CONTRACT = ['Provider.ts', 'CardKind.ts', 'RecipientKind.ts'];

describe('CONTRIBUTING, "Your vendor differs"', () => {
	const page = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');
	const [, chapter = ''] = /^## Your vendor differs$([^]*?)^## /m.exec(page) ?? [];
	const rows = chapter.split('\n').filter((line) => line.startsWith('| '));
	const columns = rows.slice(2).map((row) => row.split('|').map((cell) => cell.trim()));
	const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
	/** The words of the code in a cell. */
	const wordsIn = (cell = '') =>
		[...cell.matchAll(/`([^`]+)`/g)].flatMap(([, code = '']) => code.match(/[a-z]\w+/gi) ?? []);

	it('has a row for everything that a provider may declare or leave away', () => {
		const contract = ts.createSourceFile(
			'Provider.ts',
			CONTRACT.map((file) => read('nodes', 'SendContact', 'providers', file)).join('\n'),
			ts.ScriptTarget.Latest,
		);
		const optional = contract.statements
			.filter(ts.isInterfaceDeclaration)
			.flatMap((declared) =>
				declared.members.flatMap(({ name, questionToken }) =>
					questionToken && name && ts.isIdentifier(name) ? [name.text] : [],
				),
			);
		const told = new Set(columns.flatMap(([, , declares]) => wordsIn(declares)));
		// What a list is asked with, and an example in the panel, are no differences.
		const known = [...told, 'cursor', 'placeholder'];

		expect(optional.length).toBeGreaterThan(20);
		expect(optional.filter((name) => !known.includes(name))).toEqual([]);
	});

	it('names nothing that there is not', () => {
		const code = [
			...[...CONTRACT, 'answers.ts'].map((file) => join('nodes/SendContact/providers', file)),
			...['Vendor.ts', 'cards.ts'].map((file) => join('test/vendors', file)),
			...['nodes/SendContact/contact/Contact.ts', 'credentials/pasted.ts'],
			...['credentials/UltraMsgApi.credentials.ts'],
		]
			.map((file) => read(file))
			.join('\n');
		const shared = readdirSync(join(root, 'nodes/SendContact/providers/shared'));
		const providers = readdirSync(join(root, 'nodes/SendContact/providers'));
		const odd = readdirSync(join(root, 'test/odd/providers'));

		expect(columns.length).toBeGreaterThan(30);
		for (const [, , declares = '', says = '', asIn = ''] of columns) {
			for (const [, file = ''] of declares.matchAll(/shared\/(\w+\.ts)/g)) {
				expect(shared).toContain(file);
			}
			const words = [declares.replaceAll(/`(shared|providers)\/[^`]*`|`index.ts`/g, ''), says];
			for (const word of words.flatMap(wordsIn)) {
				expect(code).toMatch(new RegExp(`\\b${word}\\b`));
			}
			for (const name of asIn.split(', ').filter((text) => text !== '')) {
				const bare = name.replaceAll('`', '');
				const there = name.startsWith('`') ? providers : odd;
				expect(there.some((file) => file === bare || file === `${bare}.ts`)).toBe(true);
			}
		}
	});
});

it('compiles where it is laid, and fits the contract and the kit', () => {
	const names = namesOf('acmeChat');
	const files = new Map(
		Object.entries({ ...newFiles(names), ...changedFiles(names) }).map(([file, text]) => [
			join(root, file),
			text,
		]),
	);
	const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) =>
		ts.sys.readFile(file),
	) as { config: { compilerOptions: object } };
	const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
	const host = ts.createCompilerHost(options);
	const { fileExists, readFile, getSourceFile } = host;
	host.fileExists = (file) => files.has(file) || fileExists(file);
	host.readFile = (file) => files.get(file) ?? readFile(file);
	host.getSourceFile = (file, version, ...rest) => {
		const text = files.get(file);
		return text === undefined
			? getSourceFile(file, version, ...rest)
			: ts.createSourceFile(file, text, version);
	};
	const roots = [...files.keys()].filter((file) => file.endsWith('.ts'));
	const program = ts.createProgram(roots, options, host);

	expect(roots).toHaveLength(6);
	const problems = roots.flatMap((file) => {
		const source = program.getSourceFile(file);
		return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
	});
	expect(
		problems.map(({ file, messageText }) =>
			[
				relative(root, file?.fileName ?? ''),
				ts.flattenDiagnosticMessageText(messageText, ' '),
			].join(' '),
		),
	).toEqual([]);
});
