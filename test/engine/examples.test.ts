// Every workflow in examples/, run on n8n's own engine against the sandbox: each item comes to what is
// expected of it, and the vendor took each accepted one exactly once.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { textOf } from '../../nodes/SendContact/providers/answers';
import { eachOf, only } from '../only';
import { openAccounts } from './accounts';
import { notArrived } from './arrived';
import { loadPackage, type LoadedPackage } from './engine';
import { differences, readExamples, runExample } from './examples';
import { expectations } from './expectations';

let packaged: LoadedPackage;
let sandbox: Awaited<ReturnType<typeof openAccounts>>;

beforeAll(async () => {
	packaged = await loadPackage();
	sandbox = await openAccounts({});
});
afterAll(async () => {
	await sandbox.stop();
});

const chosen = only(readExamples(), 'examples', ({ sendNodes }) =>
	sendNodes.map(({ parameters }) => parameters.provider),
);

test.each(chosen.map((example) => [example.file, example] as const))(
	'%s',
	async (file, example) => {
		for (const { sandbox: vendor } of sandbox.accounts) vendor?.reset();
		const credentials = Object.fromEntries(sandbox.accounts.map(({ id, data }) => [id, data]));
		const { run, rows } = await runExample(example, packaged, credentials);

		expect(run.run.data.resultData.error).toBeUndefined();
		expect(differences(rows, expectations[file])).toEqual([]);
		const vendors = new Set(sandbox.accounts.map(({ sandbox: vendor }) => vendor));
		const taken = [...vendors].reduce((sum, vendor) => sum + (vendor?.sends().length ?? 0), 0);
		expect(taken).toBe(rows.filter(({ json }) => json.status === 'accepted').length);
		const vendorOf = (credential: string) =>
			sandbox.accounts.find(({ id }) => id === credential)?.sandbox;
		expect(notArrived(rows, vendorOf, new Map())).toEqual([]);
	},
);

const skipping = chosen.filter(({ sendNodes }) =>
	sendNodes.some(({ parameters }) => JSON.stringify(parameters).includes('"skipDuplicates":true')),
);

eachOf(skipping.map((example) => [example.file, example] as const))('%s', (_file, example) => {
	it('run again: nobody gets a card twice', async () => {
		for (const { sandbox: vendor } of sandbox.accounts) vendor?.reset();
		const credentials = Object.fromEntries(sandbox.accounts.map(({ id, data }) => [id, data]));
		const { rows } = await runExample(example, packaged, credentials);

		expect(rows.map(({ json }) => json.status)).toContain('duplicate');
		expect(sandbox.accounts.flatMap(({ sandbox: vendor }) => vendor?.sends() ?? [])).toEqual([]);
	});
});

test.each(chosen.map((example) => [example.file, example] as const))(
	'%s says in a note where to look after a run, and what to change',
	(_file, { workflow, sendNodes, cardNodes }) => {
		const [note, ...others] = workflow.nodes.filter(({ type }) => type.endsWith('.stickyNote'));
		const text = textOf(note?.parameters.content) ?? '';
		const [, after = '', change = ''] =
			/\*\*After a run\*\*([^]+)\*\*To make it yours\*\*([^]+)/.exec(text) ?? [];
		const named = [...sendNodes, ...cardNodes].filter(({ name }) => after.includes(`*${name}*`));

		expect(others).toEqual([]);
		expect(text).toMatch(/^## \S/);
		expect(named.length).toBeGreaterThan(0);
		expect(change).not.toBe('');
		// Whoever opens the example must find the nodes by the names that the note uses.
		const names = workflow.nodes.map(({ name }) => name);
		for (const { name } of workflow.nodes.filter(({ type }) => /trigger$/i.test(type))) {
			if (!/^When clicking/.test(name)) expect(change).toContain(`*${name}*`);
		}
		expect(names.length).toBe(new Set(names).size);
	},
);

test('docs/examples.md shows its examples, each with a small picture', () => {
	const docs = join(__dirname, '..', '..', 'docs');
	const text = readFileSync(join(docs, 'examples.md'), 'utf8');
	const pictures = [...text.matchAll(/!\[[^\]]{10,}\]\((images\/example-(\S+)\.png)\)/g)];

	expect(pictures.length).toBeGreaterThanOrEqual(5);
	for (const [, picture = '', example = ''] of pictures) {
		expect(text).toContain(`](../examples/${example}.json)`);
		expect(readExamples().map(({ file }) => file)).toContain(`${example}.json`);
		expect(statSync(join(docs, picture)).size).toBeLessThan(80_000);
	}
});

test('every expectation belongs to an example', () => {
	const files = readExamples().map(({ file }) => file);
	expect(Object.keys(expectations).sort()).toEqual(files);
});
