// `npm run new:provider -- x`: lays what a new provider needs, with everything that is to be filled in marked
// FILL IN: its own file, its credential with icons, its simulator, its line in the registry, an example and
// what that must come to. They compile and fit each other, so that `npm test -- x` names what is left to be
// done and nothing else. The templates are in `scripts/new-provider/`, checked like all other code.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import prettier from 'prettier';

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

/** @throws Error when it is no name for a provider */
export function namesOf(provider: string): Names {
	if (!/^[a-z][a-zA-Z\d]*$/.test(provider)) {
		throw new Error(`"${provider}" is no name for a provider: write it like myVendor.`);
	}
	const bare = provider.replace(/Api$/, '');
	const words = bare.replace(/([a-z\d])([A-Z])/g, '$1 $2').split(' ');
	const titled = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
	return {
		provider,
		credential: `${bare}Api`,
		credentialClass: `${titled.join('')}Api`,
		credentialLabel: `${titled.join(' ')} API`,
		kebab: words.join('-').toLowerCase(),
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
		[`examples/${kebab}-first-cards.json`]: made(template('example.json'), names, []),
	};
}

/** The files that get a line, with their new text. */
function changedFiles({ provider, kebab }: Names): Record<string, string> {
	const registry = 'nodes/SendContact/providers/index.ts';
	const expected = 'test/engine/expectations.ts';
	const read = (file: string) => readFileSync(join(root, file), 'utf8');
	return {
		[registry]: read(registry)
			.replace(
				/^import type \{ Provider \}/m,
				`import { ${provider} } from './${provider}';\nimport type { Provider }`,
			)
			.replace(/(export const providers[^[]*\[[\s\S]*?),?(\s*\];)/, `$1, ${provider}$2`),
		[expected]: read(expected).replace(
			/\n\};\s*$/,
			`\n\t'${kebab}-first-cards.json': { 'Send Contact': ['accepted', 'accepted'] },\n};\n`,
		),
	};
}

async function main(): Promise<void> {
	const names = namesOf(process.argv[2] ?? '');
	const laid = newFiles(names);
	const taken = Object.keys(laid).filter((file) => existsSync(join(root, file)));
	if (taken.length > 0) throw new Error(`There is already ${taken.join(', ')}.`);
	for (const [file, text] of Object.entries({ ...laid, ...changedFiles(names) })) {
		const path = join(root, file);
		const options = await prettier.resolveConfig(path);
		const isFormatted = !file.endsWith('.svg');
		writeFileSync(
			path,
			isFormatted ? await prettier.format(text, { ...options, filepath: path }) : text,
		);
		console.log(`${file in laid ? 'laid   ' : 'changed'}  ${file}`);
	}
	const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
	spawnSync(process.execPath, [tsx, join(root, 'scripts', 'generate.ts')], {
		cwd: root,
		stdio: 'inherit',
	});
	console.log(
		`\nNow fill in what is marked FILL IN; \`npm test -- ${names.provider}\` lists what is left.` +
			'\nThe vendor is unlike that? CONTRIBUTING.md, "Your vendor differs", says where each difference goes.',
	);
}

if (require.main === module) {
	main().catch((problem: unknown) => {
		console.error(problem instanceof Error ? problem.message : problem);
		process.exitCode = 1;
	});
}
