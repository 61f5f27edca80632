// A walk of the registry that names whatever was forgotten when a provider was added. What a provider
// declares is held against what its simulator says by hand of the same vendor, the odd vendors included;
// what ships has its credential, its icons, its place in the node and the package, and its example.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { getCountries, getExampleNumber } from 'libphonenumber-js/max';
import phones from 'libphonenumber-js/mobile/examples';
import { NodeHelpers, type ICredentialType, type INodeTypeDescription } from 'n8n-workflow';

import { connection } from '../../credentials/reach';
import { providers } from '../../nodes/SendContact/providers';
import { parseJson } from '../../nodes/SendContact/providers/answers';
import type { Answer, Bound } from '../../nodes/SendContact/providers/Provider';
import { SendContact } from '../../nodes/SendContact/SendContact.node';
import { readExamples } from '../engine/exampleFiles';
import { providers as allProviders } from '../odd/providers';
import {
	type Refusal,
	type RequestFacts,
	type VendorDescription,
	vendorOf,
	vendors,
} from '../vendors';
import { jsonText } from '../vendors/bodies';
import { gapsIn } from '../gaps';
import { onlyProviders } from '../only';
import { chosenServices, factsOf } from './stage';

const root = join(__dirname, '..', '..');
const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'));
const description: INodeTypeDescription = new SendContact().description;
const packageJson = read('package.json') as { n8n: { credentials: string[]; nodes: string[] } };
const codex = read('nodes', 'SendContact', 'SendContact.node.json') as { alias: string[] };
const examples = readExamples();

/** The file a credential class is in. */
const classFile = ({ constructor }: ICredentialType) => `${constructor.name}.credentials`;

/** The files of a provider: one, or a folder of them. */
function filesOf(name: string): string[] {
	const path = join('nodes', 'SendContact', 'providers', name);
	if (!existsSync(join(root, path))) return [`${path}.ts`];
	return readdirSync(join(root, path)).map((file) => join(path, file));
}

/** A verb by which somebody is told what to do, or that the vendor's own words say it. One may be added. */
const TELLS_WHAT_TO_DO = new RegExp(
	[
		...[
			'add',
			'ask',
			'change',
			'check',
			'choose',
			'connect',
			'copy',
			'correct',
			'create',
			'extend',
		],
		...[
			'fill in',
			'give',
			'install',
			'leave',
			'let',
			'link',
			'look',
			'lower',
			'make',
			'must',
			'open',
		],
		...['pay', 'pick', 'put', 'raise', 'register', 'renew', 'restart', 'run again', 'scan', 'see'],
		...[
			'send',
			'set',
			'shorten',
			'start',
			'subscribe',
			'take',
			'turn',
			'update',
			'use',
			'wait',
			'wake',
		],
		'words below',
	]
		.map((words) => `\\b${words}\\b`)
		.join('|'),
	'i',
);

/** For refusals that say the same whatever was asked. */
const NO_REQUEST: RequestFacts = {
	method: 'POST',
	path: '/',
	params: {},
	query: {},
	headers: {},
	body: {},
	text: '',
};

/** A rate in words, the same for a whole number however it was divided. */
const aMinute = (perSecond: number) => `${Math.round(perSecond * 60_000) / 1000} a minute`;

/** Whose ids all fit: `group`, or several with `and` between them; `all` where no pattern is asked for. */
function sortsIn({ messengers }: VendorDescription, pattern: RegExp | undefined): string {
	if (pattern === undefined) return 'all';
	const tables = Object.values(messengers).map(({ ids: { none: _none, ...sorts } }) => sorts);
	const fits = (table: Readonly<Record<string, string>>) =>
		Object.values(table).every((to) => pattern.test(to));
	const sorts = tables.flatMap((table) =>
		Object.entries(table).flatMap(([sort, ids]) => (fits(ids) ? [sort] : [])),
	);
	return [...new Set(sorts)].join(' and ');
}

const trapsOf = (name: string) => join('test', 'vendors', `${name}.test.ts`);

/** Entries of a record, in no order. */
const entriesOf = <T>(record: Readonly<Record<string, T>> = {}) => Object.entries(record).sort();

describe.each(onlyProviders(allProviders).map((provider) => [provider.name, provider] as const))(
	'%s declares what its simulator says by hand',
	(name, provider) => {
		const { credential } = provider;
		const simulator = vendorOf(name);

		it('has a credential that hides its secrets and shows the rest', () => {
			const hidden = credential.properties.filter(({ typeOptions }) => typeOptions?.password);
			const shown = credential.properties.filter(({ typeOptions }) => !typeOptions?.password);

			expect(hidden.length).toBeGreaterThan(0);
			for (const property of shown) {
				expect(property.name).not.toMatch(/token|secret|key|password/i);
			}
		});

		it('has a credential that signs requests itself', () => {
			expect(typeof credential.authenticate).toBe('function');
		});

		it('the same messengers, and for each secret what another value gets', () => {
			const secrets = credential.properties.filter(({ typeOptions }) => typeOptions?.password);

			expect(Object.keys(simulator.messengers)).toEqual(
				provider.messengers.map((messenger) => messenger.name),
			);
			expect(Object.keys(simulator.wrongSecrets).sort()).toEqual(
				secrets.map((secret) => secret.name).sort(),
			);
			expect(simulator.credentialCases.map(({ says }) => says)).toContain('passes');
		});

		it('a refusal for each rule, and a rule for each refusal', () => {
			const refused = Object.keys(simulator.refusals).map((id) => id.replace(/:.*/, ''));
			const ids = provider.refusals.map(({ id }) => id);

			expect([...new Set(refused)].sort()).toEqual([...ids].sort());
			expect(new Set(ids).size).toBe(ids.length);
		});

		it('explains each refusal: what happened, and the way out', () => {
			for (const { message, description: wayOut, when } of provider.refusals) {
				expect(message).toMatch(/^[A-Z].*[^.!]$/);
				expect(wayOut).toMatch(/^[A-Z].*\.$/);
				expect(wayOut).not.toBe(message);
				expect(wayOut).toMatch(TELLS_WHAT_TO_DO);
				expect(`${message} ${wayOut}`).not.toMatch(/\b(error|problem|failure|mistake)s?\b/i);
				expect(Object.keys(when).length).toBeGreaterThan(0);
			}
		});

		it('what becomes of a message after each refusal', () => {
			const declared = provider.refusals.flatMap(({ id, means = 'rejected' }) =>
				means === 'rejected' ? [] : [[id, means] as const],
			);

			expect(Object.fromEntries(declared)).toEqual(simulator.means);
		});

		it('which refusals are about the account, and which about one recipient or pair', () => {
			const { recipient, pair } = simulator.overload;
			const idOf = (wanted: Refusal | undefined) =>
				Object.entries(simulator.refusals).flatMap(([id, refusal]) =>
					refusal === wanted ? [id] : [],
				);
			const limited = provider.refusals.flatMap(({ id, limit }) => (limit ? [[id, limit]] : []));
			const ofAccount = provider.refusals.filter(({ about }) => about === 'account');

			expect(ofAccount.map(({ id }) => id).sort()).toEqual([...simulator.ofAccount].sort());
			expect(limited).toEqual([
				...idOf(recipient).map((id) => [id, 'recipient']),
				...idOf(pair).map((id) => [id, 'pair']),
			]);
		});

		it('whether its answers hold data of other people', () => {
			expect(provider.othersData !== undefined).toBe(simulator.strangers !== undefined);
		});

		it('a wrong secret is about the account', () => {
			const refused = Object.values(simulator.wrongSecrets).map((id) => id.replace(/:.*/, ''));

			expect(simulator.ofAccount).toEqual(expect.arrayContaining(refused));
		});

		/** What it refuses with, as if it came with a 200. */
		const refused = Object.values(simulator.refusals).map(({ answer }): Answer => {
			const { body } = answer(NO_REQUEST);
			const text = typeof body === 'string' ? body : jsonText(body ?? '');
			return { statusCode: 200, headers: {}, text, json: parseJson(text) };
		});

		it('an error is known by the body alone: a list with one in a 200 is not an empty list', () => {
			expect(refused.filter(provider.carriesError).length).toBeGreaterThan(0);
		});

		it('what the vendor objects to is a parameter of the panel', () => {
			const known = Object.values(simulator.messengers).flatMap(({ panel }) => [
				...panel.fields,
				...panel.additional,
				...panel.options,
			]);
			const objected = refused.flatMap((answer) => provider.vendorWords(answer).fields ?? []);

			expect(['to', 'sender', ...known]).toEqual(
				expect.arrayContaining(objected.map(({ parameter }) => parameter)),
			);
		});

		it('who is left alone when there are too many messages', () => {
			expect(provider.pace.per).toBe(simulator.slowsDown ?? 'credential');
		});

		it('the limits, each for whom it counts', () => {
			const { limits } = provider.pace;
			const declared = limits.map(
				({ messages, perSeconds, per, recipients = 'all' }) =>
					`${aMinute(messages / perSeconds)} per ${per}, ${recipients}`,
			);
			const held = (simulator.limits ?? []).map(
				({ per = 'credential', perSecond, recipients }) =>
					`${aMinute(perSecond)} per ${per}, ${sortsIn(simulator, recipients)}`,
			);

			expect(new Set(declared)).toEqual(new Set(held));
		});

		it('whether a message may be repeated', () => {
			const { sends } = simulator.routes(simulator.flags);
			const takesHandles = sends.every(({ handle }) => handle !== undefined);

			expect(provider.isRepeatSafe === true).toBe(takesHandles);
		});

		it('the senders and whether they are listed', () => {
			expect(provider.sender !== undefined).toBe((simulator.senders ?? []).length > 0);
			expect(provider.sender?.list !== undefined).toBe(simulator.senderList !== undefined);
			expect(provider.sender?.list?.lacks !== undefined).toBe(
				simulator.senderList?.lacking !== undefined,
			);
		});

		it('a published request, and what to fill in for it', () => {
			const shown = simulator.samples.filter(
				({ parameters, differs }) => parameters !== undefined || differs !== undefined,
			);

			expect(simulator.samples.length).toBeGreaterThan(0);
			expect(shown.length).toBeGreaterThan(0);
		});

		it('points to the vendor’s own pages', () => {
			for (const { documentationUrl } of [provider, ...provider.messengers]) {
				expect(documentationUrl).toMatch(/^https:\/\/\S+$/);
			}
		});

		it('declares patterns that fit its own placeholders', () => {
			const kinds = [
				...provider.messengers.map(({ recipient: { ids, placeholder, hint } }) => ({
					patterns: ids.map(({ pattern }) => pattern),
					placeholder,
					hint,
				})),
				...(provider.sender ? [{ ...provider.sender, patterns: [provider.sender.pattern] }] : []),
			];
			for (const { patterns, placeholder, hint } of kinds) {
				const example = placeholder.replace('e.g. ', '');
				expect(placeholder).toMatch(/^e\.g\. /);
				expect(patterns.some((pattern) => pattern.test(example))).toBe(true);
				expect(hint).not.toMatch(/\.$/);
			}
		});

		it('calls its messengers by names that workflows can hold', () => {
			for (const messenger of provider.messengers) {
				expect(messenger.name).toMatch(/^[a-z][a-z\d]*$/);
			}
		});

		it('requires nothing that it does not carry', () => {
			for (const { card } of provider.messengers) {
				expect(card.carries).toEqual(expect.arrayContaining(card.requires.flat()));
				const bounded = [card.bounds ?? {}, card.atMost ?? {}].flatMap((of) => Object.keys(of));
				expect(card.carries).toEqual(expect.arrayContaining(bounded));
			}
		});
	},
);

describe.each(chosenServices.map((service) => [service.name, service] as const))(
	'%s takes the recipients that its simulator says by hand',
	(_name, service) => {
		const { ids } = service.messenger.recipient;
		const { none, ...bySort } = factsOf(service).ids;
		const formOf = (id: string) => ids.find(({ pattern }) => pattern.test(id));

		it('each ID belongs to whom it says: a person, a group or a channel', () => {
			for (const [sort, given] of Object.entries(bySort)) {
				for (const id of Object.keys(given)) {
					expect(`${id}: ${formOf(id)?.of ?? 'no ID of this vendor'}`).toBe(`${id}: ${sort}`);
				}
			}
		});

		it('no form fits what is none of its IDs', () => {
			expect(none.filter((id) => formOf(id) !== undefined)).toEqual([]);
			expect(none).not.toEqual([]);
		});

		it('each form of ID has an example', () => {
			const met = Object.values(bySort).flatMap((given) => Object.keys(given).map(formOf));
			const unmet = ids.filter((form) => !met.includes(form));

			expect(unmet.map(({ pattern }) => String(pattern))).toEqual([]);
		});
	},
);

describe.each(chosenServices.map((service) => [service.name, service] as const))(
	'%s is bounded as its simulator says by hand',
	(_name, service) => {
		const { card, options, recipient } = service.messenger;
		const facts = factsOf(service);
		const bound = (parameter: string, { atMost, unit }: Bound) => [parameter, atMost, unit];

		it('in its texts', () => {
			const declared = [
				...Object.entries(card.bounds ?? {}).map(([field, of]) => bound(field, of)),
				...(card.built ?? []).map((built) => bound(built.parameter, built.bound)),
			];
			const held = (facts.bounds ?? []).map((of) => bound(of.parameter, of));

			expect(declared.sort()).toEqual(held.sort());
		});

		it('in its numbers', () => {
			const declared = Object.entries(options).flatMap(([option, { value }]) =>
				value.kind === 'number' ? [[option, [value.min, value.max]]] : [],
			);
			const digits = card.phone && [card.phone.min, card.phone.max];

			expect(declared.sort()).toEqual(entriesOf(facts.optionBounds));
			expect(digits).toEqual(facts.phoneDigits);
		});

		it('in the choices and texts of its options', () => {
			const choices = Object.entries(options).flatMap(([option, { value }]) =>
				value.kind === 'choice'
					? [[option, value.choices.map((choice) => choice.value).sort()]]
					: [],
			);
			const texts = Object.entries(options).flatMap(([option, { value }]) =>
				value.kind === 'text' && (value.pattern ?? value.longest) !== undefined ? [option] : [],
			);
			const held = entriesOf(facts.optionChoices).map(([option, values]) => [
				option,
				[...values].sort(),
			]);

			expect(choices.sort()).toEqual(held);
			expect(texts.sort()).toEqual(Object.keys(facts.optionTexts ?? {}).sort());
		});

		it('by what it obeys in a text', () => {
			expect(card.orders !== undefined).toBe(facts.obeys !== undefined);
		});

		it('by what it demands of a card', () => {
			const sorted = (groups: ReadonlyArray<string | readonly string[]>) =>
				groups.map((group) => [group].flat().sort().join(' or ')).sort();

			expect(sorted(card.requires)).toEqual(sorted(facts.demands));
		});

		it('in its lists and cards', () => {
			const { list, check } = recipient;

			expect(entriesOf(card.atMost)).toEqual(entriesOf(facts.listBounds));
			expect({
				cardsPerMessage: card.perMessage ?? 1,
				hasList: list !== undefined,
				isSearched: list?.isSearchable,
				ofSender: list?.needsSender,
				isOfSomeAccounts: list?.lacks !== undefined,
				hasLookUps: check !== undefined,
			}).toEqual({
				cardsPerMessage: facts.cardsPerMessage ?? 1,
				hasList: facts.list !== undefined,
				isSearched: facts.list?.isSearched,
				ofSender: facts.list?.ofSender,
				isOfSomeAccounts: facts.list?.lacking !== undefined,
				hasLookUps: facts.lookUps !== undefined,
			});
		});

		it('in its look-ups', () => {
			const { check } = recipient;
			const { atOnce = 1, perMinute } = facts.lookUps ?? {};

			expect({ atOnce: check?.atOnce ?? 1, perMinute: check?.checksPerMinute }).toEqual({
				atOnce,
				perMinute,
			});
		});
	},
);

describe.each(onlyProviders(providers).map((provider) => [provider.name, provider] as const))(
	'%s',
	(name, provider) => {
		const { credential } = provider;

		it('takes the phone of every country on its card', () => {
			const numbers = getCountries().flatMap(
				(country) => getExampleNumber(country, phones)?.number.slice(1) ?? [],
			);
			for (const { name: messenger, card } of provider.messengers) {
				const { min, max } = card.phone ?? { min: 1, max: 15 };
				const shortest = vendorOf(name).messengers[messenger]?.shortestPhone ?? 1;
				const taken = numbers.filter(({ length }) => length >= shortest);
				expect(taken.filter(({ length }) => length < min || length > max)).toEqual([]);
				expect(taken.length).toBeGreaterThan(200);
			}
		});

		it('has a credential of its own, in the package', () => {
			expect(existsSync(join(root, 'credentials', `${classFile(credential)}.ts`))).toBe(true);
			expect(packageJson.n8n.credentials).toContain(`dist/credentials/${classFile(credential)}.js`);
			const users = providers.filter((other) => other.credential.name === credential.name);
			expect(users).toEqual([provider]);
		});

		it('has a credential that n8n can test, explain and show', () => {
			const { icon, test, documentationUrl, displayName, properties } = credential;
			expect(credential.preAuthentication).toBeDefined();
			expect(properties).toEqual(expect.arrayContaining(connection));
			expect(test?.request.url).toMatch(/^\//);
			expect(test?.rules?.length).toBeGreaterThan(0);
			expect(documentationUrl).toMatch(/^https:\/\//);
			expect(displayName).toMatch(/ API$/);
			expect(properties.length).toBeGreaterThan(0);
			if (typeof icon !== 'object') throw new Error('The icon has no light and dark form');
			for (const file of [icon.light, icon.dark]) {
				const path = join(root, 'credentials', file.replace('file:', ''));
				expect(readFileSync(path, 'utf8')).toMatch(/<svg[\s>]/);
			}
			expect(icon.light).not.toBe(icon.dark);
		});

		it('has a test of its vendor’s traps', () => {
			expect(existsSync(join(root, trapsOf(name)))).toBe(true);
		});

		it('has nothing left to be filled in', () => {
			const file = classFile(credential);
			const icons = Object.values(typeof credential.icon === 'object' ? credential.icon : {});
			const own = examples.filter(({ sendNodes }) =>
				sendNodes.some(({ parameters }) => parameters.provider === name),
			);
			const gaps = [
				...filesOf(name),
				join('credentials', `${file}.ts`),
				...icons.map((icon) => join('credentials', icon.replace('file:', ''))),
				join('test', 'vendors', `${name}.ts`),
				trapsOf(name),
				...own.map((example) => join('examples', example.file)),
			].flatMap((path) => gapsIn(path, readFileSync(join(root, path), 'utf8')));

			expect(gaps).toEqual([]);
		});

		it('has a credential that shows the form of each value, without showing one', () => {
			const { properties } = credential;
			const empty = properties.filter(({ type, default: value }) => type === 'string' && !value);

			for (const { name: field, placeholder = '', typeOptions } of empty) {
				expect(`${field}: ${placeholder}`).toMatch(/: e\.g\. \S+$/);
				// Long enough to be known again, too short for a secret.
				if (typeOptions?.password === true) expect(placeholder).toMatch(/^.{3,20}…$/);
			}
		});

		it('has a credential that asks for the address first where each account has its own, else last', () => {
			const shown = credential.properties.filter(({ type }) => type !== 'hidden');
			const names = shown.map((field) => field.name);
			const isAddress = /url$/i;
			const [needed] = credential.properties.filter((field) => field.required);
			const usual = credential.properties.find(
				({ name: field, default: value }) => isAddress.test(field) && value !== '',
			);
			const own = credential.properties.find(
				({ name: field, required }) => isAddress.test(field) && required,
			);

			expect(names.at(-1)).toBe('allowUnauthorizedCerts');
			if (usual) expect(names.at(-2)).toBe(usual.name);
			if (own) expect(needed).toBe(own);
		});

		it('can be chosen in the node, with that credential and no other', () => {
			const shown = description.credentials?.filter((candidate) =>
				NodeHelpers.displayParameter(
					{ provider: name },
					candidate,
					{ typeVersion: 1 },
					description,
				),
			);
			expect(shown?.map((found) => [found.name, found.required])).toEqual([
				[credential.name, true],
			]);
		});

		it('is found by its name in the node panel', () => {
			expect(codex.alias).toContain(provider.displayName);
			for (const { displayName } of provider.messengers) {
				expect(codex.alias).toContain(displayName);
			}
		});

		it('has an example workflow for each of its messengers', () => {
			const shown = examples.flatMap(({ sendNodes }) =>
				sendNodes
					.filter(({ parameters }) => parameters.provider === name)
					.map(({ parameters }) => parameters.messenger ?? provider.messengers[0].name),
			);
			for (const messenger of provider.messengers) expect(shown).toContain(messenger.name);
		});
	},
);

describe('the whole', () => {
	it('the node lists the providers of the registry, alphabetically', () => {
		const [first] = description.properties;

		expect(first).toMatchObject({
			name: 'provider',
			options: providers
				.map(({ name, displayName }) => ({ name: displayName, value: name }))
				.sort((one, other) => one.name.localeCompare(other.name)),
		});
		expect(description.credentials?.map(({ name }) => name)).toEqual(
			providers.map(({ credential }) => credential.name),
		);
	});

	it('nothing is left of a provider that is no more', () => {
		const files = readdirSync(join(root, 'credentials')).filter((file) => /credentials/.test(file));
		expect(files.sort()).toEqual(
			providers.map(({ credential }) => `${classFile(credential)}.ts`).sort(),
		);
		expect(vendors.map(({ provider }) => provider).sort()).toEqual(
			providers.map(({ name }) => name).sort(),
		);
		const names = providers.map(({ name }) => name);
		for (const { sendNodes } of examples) {
			for (const { parameters } of sendNodes) expect(names).toContain(parameters.provider);
		}
	});

	it('every credential links to the vendor’s own page about it, and so does the page of its provider', () => {
		const manifest = read('package.json') as { homepage: string };
		for (const { name, credential } of providers) {
			const link = credential.documentationUrl ?? '';

			expect(link).toMatch(/^https:\/\/\S+$/);
			expect(link).not.toContain(manifest.homepage);
			expect(readFileSync(join(root, 'docs', 'providers', `${name}.md`), 'utf8')).toContain(link);
		}
	});

	it('what is generated from the registry is current, the docs in every language included', () => {
		const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
		const said = execFileSync(
			process.execPath,
			[tsx, join(root, 'scripts', 'generate.ts'), '--check'],
			{ encoding: 'utf8', cwd: root },
		);

		expect(said).toMatch(/^Everything generated is current\.$/m);
	});
});
