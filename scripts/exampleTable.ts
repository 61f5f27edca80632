// The table of the example workflows in docs/examples.md.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { providers } from '../nodes/SendContact/providers';
import { table } from './table';

const EXAMPLES = join(__dirname, '..', 'examples');

/** One row an example, with its title and the providers that it sends through. */
export function exampleTable(): string {
	const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json'));
	const rows = files.sort().map((file) => {
		const text = readFileSync(join(EXAMPLES, file), 'utf8');
		const { name } = JSON.parse(text) as { name: string };
		const through = providers.filter((provider) => text.includes(`"provider": "${provider.name}"`));
		const names = through.map(({ displayName }) => displayName).join(', ');
		return [
			`[${name}](../examples/${file})`,
			through.length === providers.length ? 'all' : names || '– (vCard)',
		];
	});
	return table(['Example', 'Provider'], rows);
}
