// Writes what follows from the registry into the files that n8n's linters or people read as they stand: the
// node file's literals, its search words, the package's list of credentials, the tables in the docs, the pages of
// the providers in every language, and `.env.example`. Run it after a provider was added or changed:
// `npm run generate`. `--check` only says whether all is current.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import prettier from 'prettier';

import { makeDocs, PAGE_FOLDERS } from './docs';
import { generatedParts } from './generated';

const root = join(__dirname, '..');
const isCheck = process.argv.includes('--check');
const stale: string[] = [];

async function main(): Promise<void> {
	const docs = makeDocs();
	for (const [file, write] of Object.entries(generatedParts(docs))) {
		const path = join(root, file);
		if (existsSync(path)) await bring(file, write(readFileSync(path, 'utf8')));
	}
	for (const [file, text] of Object.entries(docs.pages)) await bring(file, text);
	for (const file of leftOver(docs.pages)) {
		stale.push(file);
		if (!isCheck) rmSync(join(root, file));
	}
	for (const { tag, missing } of docs.accounts) {
		if (missing.length > 0) console.log(`${tag}: ${missing.length} sentences are in English.`);
	}
	if (stale.length === 0) console.log('Everything generated is current.');
	else console.log(`${isCheck ? 'Not current' : 'Written'}: ${stale.join(', ')}`);
	if (isCheck && stale.length > 0) process.exitCode = 1;
}

/** Brings a file to this text, laid out, or says that it is another one. */
async function bring(file: string, text: string): Promise<void> {
	const path = join(root, file);
	const after = await laidOut(path, text);
	if (existsSync(path) && readFileSync(path, 'utf8') === after) return;
	stale.push(file);
	if (isCheck) return;
	mkdirSync(dirname(path), { recursive: true });
	writeFileSync(path, after);
}

/** The pages of providers that are no more. */
function leftOver(pages: Readonly<Record<string, string>>): string[] {
	return PAGE_FOLDERS.filter((folder) => existsSync(join(root, folder)))
		.flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`))
		.filter((file) => pages[file] === undefined);
}

/** The text as Prettier lays it out, where it knows the kind of file. */
async function laidOut(path: string, text: string): Promise<string> {
	const { inferredParser } = await prettier.getFileInfo(path);
	if (inferredParser === null) return text;
	const config = (await prettier.resolveConfig(path)) ?? {};
	return await prettier.format(text, { ...config, filepath: path });
}

void main();
