// `npm run new:provider -- x`: lays what a new provider needs, with everything that is to be filled in marked
// FILL IN: its own file, its credential with icons, its simulator with a test of its traps, its line in the
// registry, an example and what that must come to. They compile and fit each other, so that `npm test -- x`
// names what is left to be done and nothing else. The templates are in `scripts/new-provider/`, checked like
// all other code.
//
// A credential's type is called `xApi` unless a second name is given, such as `xServerApi`: the name is global
// in n8n, and saved workflows hold it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** The names that follow from a provider's: `myVendor`. */
export interface Names {
	/** `myVendor` */
	provider: string;
	/** `MyVendorApi` */
	credentialClass: string;
	/** `myVendorApi` */
	credential: string;
	/** `My Vendor API`, as n8n wants credentials called. */
	credentialLabel: string;
	/** `my-vendor` */
	kebab: string;
}

const wordsIn = (name: string) => name.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(' ');
const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * @param credential the credential's type; the provider's name and `Api` unless given
 * @throws Error when one of them is no name
 */
export function namesOf(
	provider: string,
	credential = `${provider.replace(/Api$/, '')}Api`,
): Names {
	if (!/^[a-z][a-zA-Z\d]*$/.test(provider)) {
		throw new Error(`"${provider}" is no name for a provider: write it like myVendor.`);
	}
	if (!/^[a-z][a-zA-Z\d]*Api$/.test(credential)) {
		throw new Error(`"${credential}" is no name for a credential: write it like myVendorApi.`);
	}
	const ofCredential = wordsIn(credential.replace(/Api$/, '')).map(capitalised);
	return {
		provider,
		credential,
		credentialClass: `${ofCredential.join('')}Api`,
		credentialLabel: `${ofCredential.join(' ')} API`,
		kebab: wordsIn(provider).join('-').toLowerCase(),
	};
}

/** Puts the names in the place of the template's, and its imports where the file will be. */
function made(template: string, names: Names, imports: ReadonlyArray<[string, string]>): string {
	const named = template
		.replaceAll('New Vendor API', names.credentialLabel)
		.replaceAll('NewVendorApi', names.credentialClass)
		.replaceAll('newVendorApi', names.credential)
		.replaceAll('newVendor', names.provider);
	return imports.reduce((text, [from, to]) => text.replaceAll(`'${from}`, `'${to}`), named);
}

const template = (file: string) =>
	readFileSync(join(root, 'scripts', 'new-provider', file), 'utf8');

/** The new files, by path from the root. */
export function newFiles(names: Names): Record<string, string> {
	const { provider, credential, credentialClass, kebab } = names;
	const icon = template('icon.svg');
	return {
		[`nodes/SendContact/providers/${provider}.ts`]: made(template('provider.ts'), names, [
			['./credential', `../../../credentials/${credentialClass}.credentials`],
			['../../nodes/SendContact/providers/', './'],
			['../../nodes/SendContact/', '../'],
		]),
		[`credentials/${credentialClass}.credentials.ts`]: made(template('credential.ts'), names, [
			['../../credentials/', './'],
		]),
		[`credentials/${credential}.svg`]: icon,
		[`credentials/${credential}.dark.svg`]: icon.replace('#3b6ea5', '#8fbbe8'),
		[`test/vendors/${provider}.ts`]: made(template('vendor.ts'), names, [
			['../../test/vendors/', './'],
		]),
		[`test/vendors/${provider}.test.ts`]: made(template('traps.ts'), names, [
			['./provider', `../../nodes/SendContact/providers/${provider}`],
			['./vendor', `./${provider}`],
			['../../test/vendors/', './'],
			['../../test/', '../'],
		]),
		[`examples/${kebab}-first-cards.json`]: made(template('example.json'), names, []),
	};
}

/** The files that get a line, with their new text. */
export function changedFiles({ provider, kebab }: Names): Record<string, string> {
	const registry = 'nodes/SendContact/providers/index.ts';
	const expected = 'test/engine/expectations.ts';
	const read = (file: string) => readFileSync(join(root, file), 'utf8');
	return {
		[registry]: withImport(read(registry), provider).replace(
			/(export const providers[^=]*= \[[\s\S]*?),?(\s*\];)/,
			`$1, ${provider}$2`,
		),
		[expected]: read(expected).replace(
			/\n\};\s*$/,
			`\n\t'${kebab}-first-cards.json': { 'Send Contact': ['accepted', 'accepted'] },\n};\n`,
		),
	};
}

/** The registry with one more import, in alphabetical order. */
function withImport(registry: string, provider: string): string {
	const pathOf = (line: string) => /'\.\/(\w+)'/.exec(line)?.[1]?.toLowerCase() ?? '';
	const added = `import { ${provider} } from './${provider}';`;
	const imports = registry.match(/^import .*;$/gm) ?? [];
	const next = imports.find((line) => pathOf(line) > pathOf(added));
	const last = imports.at(-1) ?? '';
	return next === undefined
		? registry.replace(last, `${last}\n${added}`)
		: registry.replace(next, `${added}\n${next}`);
}

/** Runs a program of a package in the project's folder. */
function run(program: string, ...args: string[]): void {
	const { status } = spawnSync(process.execPath, [join(root, 'node_modules', program), ...args], {
		cwd: root,
		stdio: 'inherit',
	});
	if (status !== 0) throw new Error(`${program} ended with ${String(status)}.`);
}

function main(): void {
	const [provider = '', credential] = process.argv.slice(2);
	const names = namesOf(provider, credential);
	const laid = newFiles(names);
	const taken = Object.keys(laid).filter((file) => existsSync(join(root, file)));
	if (taken.length > 0) throw new Error(`There is already ${taken.join(', ')}.`);
	const written = { ...laid, ...changedFiles(names) };
	for (const [file, text] of Object.entries(written)) {
		writeFileSync(join(root, file), text);
		console.log(`${file in laid ? 'laid   ' : 'changed'}  ${file}`);
	}
	const texts = Object.keys(written).filter((file) => !file.endsWith('.svg'));
	run('prettier/bin/prettier.cjs', '--write', '--log-level', 'warn', ...texts);
	run('tsx/dist/cli.mjs', 'scripts/generate.ts');
	console.log(
		`\nNow fill in what is marked FILL IN; \`npm test -- ${names.provider}\` lists what is left.` +
			'\nIs the vendor unlike that? CONTRIBUTING.md, "Your vendor differs", says where each difference goes.' +
			'\nGive the example a name of its own, and CHANGELOG.md a line.',
	);
}

if (require.main === module) {
	try {
		main();
	} catch (problem) {
		console.error(problem instanceof Error ? problem.message : problem);
		process.exitCode = 1;
	}
}
