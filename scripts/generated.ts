// What follows from the registry, as text: each file's new content from its old one. Pure.
import { FLAGS } from '../nodes/SendContact/contact/fromItem/optOut';
import { NAMED_BY_PEOPLE, NO_PERSON, SOURCES } from '../nodes/SendContact/contact/fromItem/sources';
import {
	CHECK_COLUMNS,
	schemaOf,
	SEND_COLUMNS,
	type Columns,
} from '../nodes/SendContact/execute/columns';
import manifest from '../package.json';
import { providers } from '../nodes/SendContact/providers';
import { CREATE_COLUMNS, READ_COLUMNS } from '../nodes/VCard/columns';
import { measure, phoneTables } from '../test/contact/phoneTable';
import { makeDocs, type Docs } from './docs';
import { commonTable, refusalOverview } from './docs/failures';
import { exampleTable } from './exampleTable';
import { credentialTable, sendContactTable, vCardTable } from './reference';
import { table } from './table';
import { variablesOf } from '../test/engine/variables';

/** Replaces what stands between `begin` and `end` by `content`; both lines stay. */
export function between(text: string, begin: string, end: string, content: string): string {
	const from = text.indexOf(begin);
	const to = text.indexOf(end, from);
	if (from === -1 || to === -1) throw new Error(`No lines "${begin}" … "${end}"`);
	const lineStart = text.lastIndexOf('\n', to) + 1;
	return `${text.slice(0, from + begin.length)}\n${content}\n${text.slice(lineStart)}`;
}

function nodeFile(text: string): string {
	const credentials = providers.map(
		({ name, credential }) =>
			`{ name: '${credential.name}', required: true, displayOptions: { show: { '/provider': ['${name}'] } } },`,
	);
	// Alphabetical, as n8n wants its lists.
	const options = [...providers]
		.sort((one, other) => one.displayName.localeCompare(other.displayName))
		.map(({ name, displayName }) => `{ name: '${displayName}', value: '${name}' },`);
	const nameOf = (list: ReadonlyArray<{ name: string; displayName: string }>, parameter: string) =>
		`({ ${list.map(({ name, displayName }) => `${name}: "${displayName}"`).join(', ')} })[$parameter["${parameter}"]]`;
	const messengers = providers
		.filter((provider) => provider.messengers.length > 1)
		.map(
			({ name, messengers: own }) =>
				` + ($parameter["provider"] === "${name}" ? ": " + ${nameOf(own, 'messenger')} : "")`,
		);
	const subtitle = `={{ ${nameOf(providers, 'provider')}${messengers.join('')} }}`;
	return [
		['// generated:subtitle', `'${subtitle}',`] as const,
		['// generated:credentials', credentials.join('\n')] as const,
		['// generated:providers', options.join('\n')] as const,
	].reduce((written, [begin, content]) => between(written, begin, '// end', content), text);
}

/** Under which npm lists the package, besides the providers. */
const KEYWORDS = ['n8n-community-node-package', 'n8n', 'whatsapp', 'telegram', 'vcard', 'contact'];

/** What people type into n8n's search, in the languages of those who use it most. */
const SEARCH_WORDS = [
	'WhatsApp Contact',
	'WhatsApp vCard',
	'Telegram Contact',
	'Send WhatsApp',
	'Send Card',
	'Share Contact',
	'Contact Card',
	'Business Card',
	'vCard',
	'vcf',
	'Phone',
	'Lead',
	'Check WhatsApp Number',
	'Contato',
	'Enviar Contato',
	'Cartão de Contato',
	'Contacto',
	'Enviar Contacto',
	'Tarjeta de Contacto',
	'Контакт',
	'Отправить контакт',
	'PlugMessage',
];

/** A name as it is written, and as those write it who leave out what joins it. */
function spellings(name: string): string[] {
	return [name, name.replace(/[-.]/g, ' '), name.replace(/[-.\s]/g, '')];
}

function packageFile(text: string): string {
	const manifest = JSON.parse(text) as {
		description: string;
		keywords: string[];
		n8n: { credentials: string[] };
	};
	const names = providers.map(({ displayName, messengers }) =>
		messengers.length === 1
			? displayName
			: `${displayName} (${messengers.map((messenger) => messenger.displayName).join(', ')})`,
	);
	const through = new Intl.ListFormat('en-GB').format(names);
	manifest.description = `n8n node that sends contact cards through ${through}: every item, once, at the vendor's pace`;
	const words = providers.map(({ displayName }) =>
		displayName.toLowerCase().replace(/[^a-z\d]+/g, '-'),
	);
	manifest.keywords = [...new Set([...KEYWORDS, ...words])];
	manifest.n8n.credentials = providers
		.map(({ credential }) => `dist/credentials/${credential.constructor.name}.credentials.js`)
		.sort();
	return JSON.stringify(manifest, null, '\t');
}

/** What n8n's editor knows of a node beside its description. */
interface Codex {
	resources: Record<'primaryDocumentation' | 'credentialDocumentation', Array<{ url: string }>>;
	alias: string[];
}

/** A file of the docs as the web shows it. The editor adds a query to it, so that it may have no anchor. */
const page = (file: string) => ({ url: `${manifest.homepage}/blob/main/${file}` });

/**
 * Where the *Docs* button leads and where each credential is explained, and the search words: what people type
 * who have a card to send, and every provider and messenger.
 */
function codexFile(text: string): string {
	const codex = JSON.parse(text) as Codex;
	codex.resources.primaryDocumentation = [page('README.md')];
	codex.resources.credentialDocumentation = providers.map(({ name }) =>
		page(`docs/providers/${name}.md`),
	);
	const names = providers.flatMap(({ displayName, messengers }) => [
		...messengers.map((messenger) => messenger.displayName),
		displayName,
	]);
	codex.alias = [...new Set([...SEARCH_WORDS, ...names.flatMap(spellings)])];
	return JSON.stringify(codex, null, '\t');
}

/** The vCard node asks for no credential. */
function vCardCodexFile(text: string): string {
	const codex = JSON.parse(text) as Codex;
	codex.resources.primaryDocumentation = [page('docs/reference.md')];
	return JSON.stringify(codex, null, '\t');
}

/** The variables of each credential; those with a default need not be filled in. */
function environmentFile(text: string): string {
	const sections = providers.flatMap((provider) => {
		const { properties } = provider.credential;
		const isEmpty = (name: string) =>
			properties.some((field) => field.name === name && field.default === '');
		return variablesOf(provider).map(({ fields, to, sender }) => [
			...Object.keys(fields).flatMap((name) => (isEmpty(name) ? (fields[name] ?? []) : [])),
			...(provider.sender ? [sender] : []),
			to,
		]);
	});
	const [about = ''] = text.split('\n\n');
	const lines = sections.map((section) => section.map((name) => `${name}=`).join('\n'));
	return `${[about, ...lines].join('\n\n')}\n`;
}

/** One row a kind of item that Auto-Map understands, then those that it reads by names, and those that hold nobody. */
export function sourceTable(): string {
	const code = (paths: readonly string[] = []) => paths.map((path) => `\`${path || '(itself)'}\``);
	const inside = (at: string | undefined, paths: readonly string[] = []) =>
		paths.map((path) => [at, path].filter(Boolean).join('.'));
	const rows = SOURCES.map(({ service, what, at, vCard, paths }) => {
		const { contactName = [], firstName = [], lastName = [] } = paths;
		const parts = [firstName[0], lastName[0]].filter((path) => path !== undefined);
		const card = code(inside(at, vCard));
		return [
			service,
			what,
			[...card, ...code(inside(at, contactName.length > 0 ? contactName : parts))].join(', '),
			[...card, ...code(inside(at, paths.phones))].join(', '),
		];
	});
	const named = NAMED_BY_PEOPLE.map(({ service, where }) => [service, '', `by ${where}`, '']);
	const nobody = NO_PERSON.map(({ service, what, wayOut }) => [service, what, wayOut]);
	return [
		table(['Service', 'Item', 'Name', 'Phone, best first'], [...rows, ...named]),
		'Items that hold no person:',
		table(['Service', 'Item', 'What to do'], nobody),
	].join('\n\n');
}

/** One row a flag of a person who wants no messages. */
export function optOutTable(): string {
	return table(
		['Service', 'In the item', 'Nothing is sent where it is'],
		FLAGS.map(({ service, path, stops }) => [
			service,
			`\`${path}\``,
			stops.map((value) => `\`${value}\``).join(' or '),
		]),
	);
}

/** What n8n reads of an operation's output before its first run. */
const schemaFile = (columns: Columns) => () => JSON.stringify(schemaOf(columns), null, '\t');

/** The variables that let n8n install this version by a list. */
function installedByList(): string {
	const { name, version } = manifest;
	return [
		'```bash',
		'N8N_UNVERIFIED_PACKAGES_ENABLED=true',
		'N8N_COMMUNITY_PACKAGES_MANAGED_BY_ENV=true',
		`N8N_COMMUNITY_PACKAGES='${JSON.stringify([{ name, version }])}'`,
		'```',
	].join('\n');
}

/** The text with another part between the lines that name it. */
const withPart = (text: string, name: string, content: string, end = '<!-- end -->') =>
	between(text, `<!-- generated:${name} -->`, end, `\n${content}\n`);

/** The files with generated parts, by path from the root. */
export function generatedParts(
	{ tables }: Docs = makeDocs(),
): Record<string, (text: string) => string> {
	const readmes = [...tables].map(([file, rows]) => [
		file,
		(text: string) => withPart(withPart(text, 'capabilities', rows), 'byList', installedByList()),
	]);
	return {
		...(Object.fromEntries(readmes) as Record<string, (text: string) => string>),
		'nodes/SendContact/SendContact.node.ts': nodeFile,
		'nodes/SendContact/SendContact.node.json': codexFile,
		'nodes/VCard/VCard.node.json': vCardCodexFile,
		'nodes/SendContact/__schema__/v1.0.0/send.json': schemaFile(SEND_COLUMNS),
		'nodes/SendContact/__schema__/v1.0.0/checkRecipient.json': schemaFile(CHECK_COLUMNS),
		'nodes/VCard/__schema__/v1.0.0/create.json': schemaFile(CREATE_COLUMNS),
		'nodes/VCard/__schema__/v1.0.0/read.json': schemaFile(READ_COLUMNS),
		'package.json': packageFile,
		'.env.example': environmentFile,
		'docs/errors.md': (text) =>
			withPart(withPart(text, 'common', commonTable()), 'refusals', refusalOverview()),
		'docs/auto-map.md': (text) =>
			withPart(withPart(text, 'optOut', optOutTable()), 'sources', sourceTable()),
		'docs/reference.md': (text) =>
			[
				['sendContact', sendContactTable()],
				['vCard', vCardTable()],
				['credentials', credentialTable()],
			].reduce(
				(written, [name = '', rows = '']) => withPart(written, name, rows, `<!-- end ${name} -->`),
				text,
			),
		'docs/examples.md': (text) => withPart(text, 'examples', exampleTable()),
		'docs/phones.md': (text) => withPart(text, 'phones', phoneTables(measure())),
	};
}
