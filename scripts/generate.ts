// Writes what follows from the registry into the files that n8n's linters or people read as they stand: the
// node file's literals, its search words, the package's list of credentials, the tables in the docs, and
// `.env.example`. Run it after a provider was added or changed: `npm run generate`. `--check` only says
// whether all is current.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import prettier from 'prettier';

import { generated } from './generated';

const root = join(__dirname, '..');

async function main(): Promise<void> {
	const isCheck = process.argv.includes('--check');
	const stale: string[] = [];
	for (const [file, write] of Object.entries(generated)) {
		const path = join(root, file);
		if (!existsSync(path)) continue;
		const before = readFileSync(path, 'utf8');
		const after = await laidOut(path, write(before));
		if (after === before) continue;
		stale.push(file);
		if (!isCheck) writeFileSync(path, after);
	}
	if (stale.length === 0) console.log('Everything generated is current.');
	else console.log(`${isCheck ? 'Not current' : 'Written'}: ${stale.join(', ')}`);
	if (isCheck && stale.length > 0) process.exitCode = 1;
}

/** The text as Prettier lays it out, where it knows the kind of file. */
async function laidOut(path: string, text: string): Promise<string> {
	const { inferredParser } = await prettier.getFileInfo(path);
	if (inferredParser === null) return text;
	const config = (await prettier.resolveConfig(path)) ?? {};
	return await prettier.format(text, { ...config, filepath: path });
}

void main();
