// The table of the example workflows in docs/examples.md.
import { providers } from '../nodes/SendContact/providers';
import { readExamples } from '../test/engine/exampleFiles';
import { table } from './table';

/** One row an example, with its title and the providers that it sends through. */
export function exampleTable(): string {
	const rows = readExamples().map(({ file, workflow, sendNodes }) => {
		const through = providers.filter(({ name }) =>
			sendNodes.some(({ parameters }) => parameters.provider === name),
		);
		const names = through.map(({ displayName }) => displayName).join(', ');
		return [
			`[${workflow.name}](../examples/${file})`,
			through.length === providers.length ? 'all' : names || '– (vCard)',
		];
	});
	return table(['Example', 'Provider'], rows);
}
