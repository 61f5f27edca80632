// `npm start`: the example workflows on n8n's own engine, against the sandbox vendors or, with
// credentials in `.env`, the real ones. Shows what each vendor received and answered.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { styleText } from 'node:util';

import { config } from 'dotenv';

import { providerNamed, providers } from '../nodes/SendContact/providers';
import { at, textOf } from '../nodes/SendContact/providers/answers';
import { openAccounts, pointedAt, type Account } from '../test/engine/accounts';
import { credentialOf, isOf, notArrived } from '../test/engine/arrived';
import { loadPackage, VCARD_TYPE, type LoadedPackage } from '../test/engine/engine';
import {
	differences,
	readExamples,
	runExample,
	type Example,
	type ExampleRow,
} from '../test/engine/examples';
import { expectations } from '../test/engine/expectations';
import { column, wrapped } from './terminal';

const root = join(__dirname, '..');
type Colour = 'green' | 'red' | 'yellow' | 'cyan' | 'bold' | 'dim';
const isColourful = process.stdout.isTTY && process.env.NO_COLOR === undefined;
const paint = (colour: Colour, text: string) => (isColourful ? styleText(colour, text) : text);

const COLOURS: Record<string, Colour> = {
	accepted: 'green',
	preview: 'cyan',
	duplicate: 'dim',
	notSent: 'yellow',
	made: 'green',
	read: 'green',
	unusable: 'yellow',
};
const SAYINGS: Record<string, string> = {
	accepted: '✔ accepted',
	preview: '○ preview',
	notSent: '! not sent',
	rejected: '✖ refused',
	unknown: '? unknown',
	duplicate: '= duplicate',
	made: '✔ made',
	read: '✔ read',
	unusable: '! unusable',
};

/** The providers named on the command line: only they are run, and shown in full. */
const named = process.argv.slice(2);

/** How many cards came out with each status. */
const counts = new Map<string, number>();

async function main(): Promise<void> {
	const unknown = named.find((name) => providerNamed(name) === undefined);
	if (unknown !== undefined) {
		const names = providers.map(({ name }) => name).join(', ');
		throw new Error(`There is no provider "${unknown}". There are: ${names}`);
	}
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
		for (const example of readExamples()) {
			if (isWanted(example)) wrong.push(...(await show(example, packaged, accounts)));
		}
		conclude(wrong);
	} finally {
		await stop();
	}
}

function isWanted({ sendNodes }: Example): boolean {
	if (named.length === 0) return true;
	return sendNodes.some(({ parameters }) => named.includes(textOf(parameters.provider) ?? ''));
}

function introduce(accounts: Account[]): void {
	console.log(`\n${paint('bold', 'Send Contact')} – example workflows on n8n’s own engine`);
	const real = accounts.filter((account) => account.real);
	const sandboxes = new Set(accounts.flatMap(({ sandbox }) => sandbox?.url ?? []));
	console.log(
		`${sandboxes.size} sandbox vendors are running on this machine. Nothing leaves it${real.length > 0 ? ', but for:' : '.'}`,
	);
	for (const { provider, real: chosen } of real) {
		console.log(
			paint(
				'red',
				`  ${provider.displayName}: the REAL vendor. All goes to ${chosen?.to ?? ''}; it is shown, not checked.`,
			),
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
	const nodes = example.workflow.nodes.map((node) => {
		const account = accountOf.get(credentialOf(node));
		return account ? pointedAt(account, node) : node;
	});
	const before = new Map(accounts.map(({ id, sandbox }) => [id, sandbox?.received.length ?? 0]));
	const credentials = Object.fromEntries(accounts.map(({ id, data }) => [id, data]));
	const workflow = { ...example.workflow, nodes };
	const { run, rows } = await runExample({ ...example, workflow }, packaged, credentials);

	console.log(
		`\n${paint('bold', example.workflow.name)}  ${paint('dim', `examples/${example.file}`)}`,
	);
	for (const row of rows) {
		const status = statusOf(row);
		counts.set(status, (counts.get(status) ?? 0) + 1);
		const isNamed = named.length === 0 || named.includes(textOf(row.json.provider) ?? '');
		if (isNamed) console.log(printed(row, accountOf.get(credentialOf(row.node)), before));
	}
	const failed = run.run.data.resultData.error;
	const isReal = example.sendNodes.some((node) => accountOf.get(credentialOf(node))?.real);
	return [
		...(failed ? [`${example.file}: ${failed.message}`] : []),
		...(isReal
			? []
			: differences(rows, expectations[example.file]).map((text) => `${example.file}: ${text}`)),
		...(isReal ? [] : notArrived(rows, (id) => accountOf.get(id)?.sandbox, before)).map(
			(text) => `${example.file}: ${text}`,
		),
	];
}

/** What became of a row; the vCard node says nothing of that, for want of more than one good end. */
function statusOf({ node, json }: ExampleRow): string {
	if (node.type !== VCARD_TYPE) return textOf(json.status) ?? '';
	if (json.error !== undefined) return 'unusable';
	return node.parameters.operation === 'read' ? 'read' : 'made';
}

/** Whose card it is. */
function personOn({ json, files }: ExampleRow): string {
	const onCard = /^FN:(.*)$/m.exec(textOf(json.vCard) ?? '')?.[1];
	return (
		textOf(at(json.contact, 'name')) ??
		textOf(at(json.contact, 'chatId')) ??
		onCard?.replace(/\\(.)/g, '$1') ??
		files[0] ??
		'–'
	);
}

/** Text under its line. */
const indented = (text: string) =>
	wrapped(text, 13)
		.split('\n')
		.map((line) => paint('dim', line))
		.join('\n');

/** A line a card; what was not accepted is said in full, and so is everything about a named provider. */
function printed(
	row: ExampleRow,
	account: Account | undefined,
	before: Map<string, number>,
): string {
	const { node, json, files } = row;
	const status = statusOf(row);
	const person = personOn(row);
	const goesTo = textOf(json.to) ?? files[0] ?? textOf(at(json.contact, 'phone')) ?? '–';
	const through = account?.provider.displayName ?? node.name;
	const dropped =
		Array.isArray(json.droppedFields) && json.droppedFields.length > 0
			? [`without ${json.droppedFields.map(textOf).join(', ')}`]
			: [];
	const line = [
		paint(COLOURS[status] ?? 'red', column(SAYINGS[status] ?? status, 12)),
		column(through, 20),
		column(person, 24),
		`→ ${column(goesTo, 38).trimEnd()}`,
	].join(' ');
	const told = json.error === undefined ? [] : [textOf(json.error), textOf(json.description)];
	const lines = [
		line,
		...[...told, ...dropped].flatMap((text) => (text === undefined ? [] : [indented(text)])),
	];
	if (named.length === 0) return lines.join('\n');
	const arrived = account?.sandbox?.received
		.slice(before.get(account.id))
		.find((request) => account.sandbox !== undefined && isOf(account.sandbox, request, json));
	if (arrived === undefined || !('statusCode' in arrived.answer)) return lines.join('\n');
	const { statusCode, body } = arrived.answer;
	return [
		...lines,
		indented(`received  ${arrived.method} ${arrived.path}\n${brief(arrived.body)}`),
		indented(`answered  ${statusCode}\n${brief(body)}`),
	].join('\n');
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

function conclude(wrong: string[]): void {
	if (wrong.length > 0) {
		console.log(`\n${paint('red', `✖ ${wrong.length} things are not as expected:`)}`);
		for (const text of wrong) console.log(wrapped(text, 4).replace(/^ {4}/, '  - '));
		process.exitCode = 1;
	} else {
		if (named.length === 0) {
			console.log('\n`npm start -- ogmma` shows all that one vendor received and answered.');
		}
		console.log(
			'Next: `npm run n8n` opens a real n8n with all this in it. `npm test` checks everything.',
		);
	}
	const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
	const sums = [...counts].map(
		([status, count]) => `${count} ${(SAYINGS[status] ?? status).replace(/^. /, '')}`,
	);
	const end = wrong.length === 0 ? paint('green', ' ✔ All as expected.') : '';
	console.log(`\n${wrapped(`${total} cards: ${sums.join(', ')}.`)}${end}`);
}

main().catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
