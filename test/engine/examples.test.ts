// Every workflow in examples/, run on n8n's own engine against the sandbox: each item comes to what is
// expected of it, and the vendor took each accepted one exactly once.
import { only } from '../only';
import { openAccounts } from './accounts';
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
	},
);

test('every expectation belongs to an example', () => {
	const files = readExamples().map(({ file }) => file);
	expect(Object.keys(expectations).sort()).toEqual(files);
});
