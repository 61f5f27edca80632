// What the pages that are written by hand promise and name: the labels are those of the panel, and the versions and
// defaults those of the code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties } from 'n8n-workflow';

import {
	DEFAULT_LONGEST_WAIT,
	DEFAULT_MAX_ATTEMPTS,
} from '../../nodes/SendContact/parameters/deliveryOptions';
import { providers } from '../../nodes/SendContact/providers';
import { SendContact } from '../../nodes/SendContact/SendContact.node';
import { VCard } from '../../nodes/VCard/VCard.node';
import { readmePath } from '../../scripts/docs';
import { LANGUAGES } from '../../scripts/docs/languages';
import { N8N_VERSIONS } from '../e2e/cache';

const root = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const readmes = LANGUAGES.map(readmePath);
const pages = [
	...readmes,
	...['ai-agents', 'auto-map', 'errors', 'lists-and-duplicates', 'phones', 'queue-mode'].map(
		(name) => `docs/${name}.md`,
	),
];

/** Labels that are n8n's own. */
const OF_N8N = [
	...['On Error', 'Stop Workflow', 'Stop', 'Continue', 'Continue (using error output)'],
	...['Retry On Fail', 'Settings', 'Tool', 'If', 'Split Out', 'Simplify', 'Send Contact Tool'],
];

/** Words in italics or bold that are no labels. */
const NO_LABELS = [
	...['Documented', 'Refused, repeated later', 'Right', 'Website'],
	...['On Docker', 'No Docker', 'En Docker', ...providers.map(({ displayName }) => displayName)],
];

type Shown = Pick<INodeProperties, 'displayName' | 'options'> | { name: string };

/** Every label that the panel shows, inside of collections and drop-downs as well. */
function labelsIn(shown: readonly Shown[]): string[] {
	return shown.flatMap((one) => {
		const inner = 'options' in one ? (one.options ?? []) : [];
		const values = inner.flatMap((option) => ('values' in option ? option.values : []));
		const own = 'displayName' in one ? one.displayName : one.name;
		return [own, ...labelsIn(inner), ...labelsIn(values)];
	});
}

const nodes = [new SendContact(), new VCard()].map(({ description }) => description);
const labels = new Set(
	[
		...nodes.flatMap(({ displayName, properties }) => [displayName, ...labelsIn(properties)]),
		...nodes.flatMap(({ properties }) =>
			properties.flatMap(({ modes = [] }) => modes.map(({ displayName }) => displayName)),
		),
		...providers.flatMap(({ credential }) => labelsIn(credential.properties)),
		...OF_N8N,
		...NO_LABELS,
		// A unit in brackets is left out in prose.
	].flatMap((label) => [label, label.replace(/ \((Sec|Ms|Insecure)\)$/, '')]),
);

/** What is written like a label: in italics with a capital, or in bold with all of its words in capitals. */
const labelled = (text: string) =>
	[
		...text.matchAll(/(?<![\w*])_([A-Z][^_\n]*(?:\n[^_\n]+)?)_(?!\w)/g),
		...text.matchAll(/\*\*([A-Z]\w*(?:\s+(?:as|of|on|per|to|[A-Z]\w*))+)\*\*/g),
	]
		.map(([, label = '']) => label.replace(/\s+/g, ' '))
		.filter((label) => /^[A-Z]/.test(label));

it.each(pages)('%s names labels as the panel has them', (page) => {
	const text = read(page).replace(/^```[^]*?^```/gm, '');
	const unknown = labelled(text).filter((label) => !labels.has(label));

	expect([...new Set(unknown)]).toEqual([]);
});

it('labels are found in the pages, and a label that is no more is told', () => {
	expect(labelled(read('docs/lists-and-duplicates.md'))).toContain('Max Concurrent');
	expect(labelled('the _Preview\nOnly_ of **Old Name**, **Not one** and snake_Case_here')).toEqual([
		'Preview Only',
		'Old Name',
	]);
	expect(labels.has('Old Name')).toBe(false);
});

it.each(readmes)('%s names the n8n and Node.js versions that are tried, and no others', (page) => {
	const rows = [...read(page).matchAll(/^\| (\d+\.\d+\.\d+) +\| (\d+) +\|/gm)];

	expect(Object.fromEntries(rows.map(([, n8n, node]) => [n8n, node]))).toEqual(
		Object.fromEntries(Object.entries(N8N_VERSIONS).map(([n8n, { node }]) => [n8n, node])),
	);
});

it('the page on lists has the defaults of the code', () => {
	const text = read('docs/lists-and-duplicates.md');

	expect(text).toContain(`**Max Attempts** (${DEFAULT_MAX_ATTEMPTS})`);
	expect(text).toContain(`**Longest Wait** (${DEFAULT_LONGEST_WAIT} seconds)`);
});
