// `npm start`: the example workflows on n8n's own engine, against the sandbox vendors or, with
// credentials in `.env`, the real ones. Shows what each vendor received and answered.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { styleText } from 'node:util';

import Table from 'cli-table3';
import { config } from 'dotenv';

import { at, textOf } from '../nodes/SendContact/providers/answers';
import { openAccounts, pointedAt, type Account } from '../test/engine/accounts';
import { loadPackage, type LoadedPackage } from '../test/engine/engine';
import {
	differences,
	readExamples,
	runExample,
	type Example,
	type ExampleRow,
} from '../test/engine/examples';
import { expectations } from '../test/engine/expectations';

const root = join(__dirname, '..');
type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'bold' | 'dim';
const isColourful = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const paint = (colour: Colour, text: string) => (isColourful ? styleText(colour, text) : text);

const COLOURS: Record<string, Colour> = { accepted: 'green', notSent: 'yellow' };
const SAYINGS: Record<string, string> = {
	accepted: '✔ accepted',
	notSent: '✋ not sent',
	rejected: '✖ refused',
	unknown: '? unknown',
	duplicate: '= duplicate',
};

async function main(): Promise<void> {
	config({ path: join(root, '.env'), quiet: true });
	const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--fast'], {
		stdio: 'inherit',
	});
	if (built.status !== 0) process.exit(built.status ?? 1);
	const packaged = await loadPackage();
	const { accounts, stop } = await openAccounts(process.env);
	try {
		introduce(accounts);
		const wrong: string[] = [];
		for (const example of readExamples()) wrong.push(...(await show(example, packaged, accounts)));
		conclude(wrong);
	} finally {
		await stop();
	}
}

function introduce(accounts: Account[]): void {
	console.log(`\n${paint('bold', 'Send Contact')} – example workflows on n8n’s own engine\n`);
	const places = accounts.map(({ id, provider, sandbox, real }) => [
		provider.displayName,
		id,
		sandbox
			? `sandbox at ${sandbox.url}`
			: paint('red', `the REAL vendor, all to ${real?.to ?? ''}`),
	]);
	console.log(table(['Provider', 'Credential', 'Goes to'], places, [14, 22, 46]));
	if (accounts.some(({ real }) => real)) {
		console.log(
			paint('red', 'Real messages are being sent. Their outcome is shown, not checked.\n'),
		);
	}
}

/** Runs one example and prints it; what is not as it must be, in words. */
async function show(
	example: Example,
	packaged: LoadedPackage,
	accounts: Account[],
): Promise<string[]> {
	const accountOf = new Map(accounts.map((account) => [account.id, account]));
	const nameOf = (node: Example['sendNodes'][number]) =>
		Object.values(node.credentials ?? {})[0]?.id ?? '';
	const nodes = example.workflow.nodes.map((node) => {
		const account = accountOf.get(nameOf(node));
		return account ? pointedAt(account, node) : node;
	});
	const before = new Map(accounts.map(({ id, sandbox }) => [id, sandbox?.received.length ?? 0]));
	const credentials = Object.fromEntries(accounts.map(({ id, data }) => [id, data]));
	const workflow = { ...example.workflow, nodes };
	const { run, rows } = await runExample({ ...example, workflow }, packaged, credentials);

	console.log(
		`\n${paint('bold', example.workflow.name)}  ${paint('dim', `examples/${example.file}`)}`,
	);
	const printed = rows.map((row) => printedRow(row, accountOf.get(nameOf(row.node)), before));
	const head = ['Item', 'Through', 'To', 'What the vendor received', 'What came of it'];
	console.log(table(head, printed, [6, 12, 28, 44, 44]));
	const failed = run.run.data.resultData.error;
	const isReal = example.sendNodes.some((node) => accountOf.get(nameOf(node))?.real);
	return [
		...(failed ? [`${example.file}: ${failed.message}`] : []),
		...(isReal
			? []
			: differences(rows, expectations[example.file]).map((text) => `${example.file}: ${text}`)),
		...(isReal ? [] : notArrived(rows, (row) => accountOf.get(nameOf(row.node)), before)),
	];
}

function printedRow(
	{ node, itemIndex, json }: ExampleRow,
	account: Account | undefined,
	before: Map<string, number>,
): string[] {
	const status = textOf(json.status) ?? '';
	const arrived = account?.sandbox?.received
		.slice(before.get(account.id))
		.find(({ body, answer }) => mentions(body, json) && 'statusCode' in answer);
	const answer = arrived && 'statusCode' in arrived.answer ? arrived.answer : undefined;
	const received = account?.real ? '(at the real vendor)' : arrived ? brief(arrived.body) : '–';
	const dropped =
		Array.isArray(json.droppedFields) && json.droppedFields.length > 0
			? `\ndropped: ${json.droppedFields.map(textOf).join(', ')}`
			: '';
	const outcome =
		status === 'accepted'
			? `${answer ? `${answer.statusCode} ${brief(answer.body)}` : `id ${textOf(json.messageId) ?? 'none'}`}${dropped}`
			: `${textOf(json.error) ?? ''}\n${textOf(json.description) ?? ''}`;
	return [
		String(itemIndex),
		node.name === 'Send Contact' ? (account?.provider.displayName ?? '') : node.name,
		typeof json.to === 'string' ? json.to : '–',
		received,
		`${paint(COLOURS[status] ?? 'red', SAYINGS[status] ?? status)}\n${outcome}`,
	];
}

/** Whether a received body is about this outcome: the same recipient and the same person. */
function mentions(body: unknown, json: ExampleRow['json']): boolean {
	const text = JSON.stringify(body ?? '');
	const person = textOf(at(json.contact, 'phone')) ?? textOf(at(json.contact, 'chatId'));
	const recipient = textOf(json.to);
	if (json.status !== 'accepted' || person === undefined || recipient === undefined) return false;
	return text.includes(recipient) && text.includes(person);
}

/** Accepted items of which the vendor has not exactly one message. */
function notArrived(
	rows: ExampleRow[],
	accountOf: (row: ExampleRow) => Account | undefined,
	before: Map<string, number>,
): string[] {
	return rows.flatMap((row) => {
		const account = accountOf(row);
		if (row.json.status !== 'accepted' || !account?.sandbox) return [];
		const sends = account.sandbox.received
			.slice(before.get(account.id))
			.filter(({ accepted, body }) => accepted && mentions(body, row.json));
		return sends.length === 1
			? []
			: [`${row.node.name}, item ${row.itemIndex}: the vendor took it ${sends.length} times`];
	});
}

function brief(value: unknown): string {
	if (typeof value !== 'object' || value === null)
		return textOf(value) ?? JSON.stringify(value ?? '');
	return Object.entries(value)
		.map(([key, entry]) =>
			typeof entry === 'object' && entry !== null
				? `${key}:\n${brief(entry).replace(/^/gm, '  ')}`
				: `${key}: ${String(entry)}`,
		)
		.join('\n');
}

function table(head: string[], rows: string[][], colWidths: number[]): string {
	const printed = new Table({
		head: head.map((text) => paint('cyan', text)),
		colWidths,
		wordWrap: true,
		style: { head: [], border: [] },
	});
	printed.push(...rows);
	return printed.toString();
}

function conclude(wrong: string[]): void {
	if (wrong.length === 0) {
		console.log(
			`\n${paint('green', '✔ Everything arrived as expected, and each bad row was told.')}`,
		);
		console.log(
			'Next: `npm run n8n` opens a real n8n with all this in it. `npm test` checks everything.\n',
		);
		return;
	}
	console.log(`\n${paint('red', `✖ ${wrong.length} things are not as expected:`)}`);
	for (const text of wrong) console.log(`  - ${text}`);
	process.exitCode = 1;
}

main().catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
