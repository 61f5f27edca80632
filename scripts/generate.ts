// Writes what follows from the registry into the files that n8n's linters or people read as they stand:
// the node file's literals, the package's list of credentials, the README's tables. Run it after a
// provider was added or changed: `npm run generate`. `--check` only says whether all is current.
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
		const config = (await prettier.resolveConfig(path)) ?? {};
		const after = await prettier.format(write(before), { ...config, filepath: path });
		if (after === before) continue;
		stale.push(file);
		if (!isCheck) writeFileSync(path, after);
	}
	if (stale.length === 0) console.log('Everything generated is current.');
	else console.log(`${isCheck ? 'Not current' : 'Written'}: ${stale.join(', ')}`);
	if (isCheck && stale.length > 0) process.exitCode = 1;
}

void main();
