// The panel, whose fields are generated and therefore unseen by n8n's linters: held to n8n's rules of
// wording and order, to the names in docs/reference.md, and to what each provider declares.
import { basename } from 'node:path';

import {
	NodeHelpers,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { CONTACT_FIELDS } from '../../nodes/SendContact/contact/Contact';
import { DELIVERY_OPTIONS } from '../../nodes/SendContact/parameters/deliveryOptions';
import { parametersFor } from '../../nodes/SendContact/parameters';
import { providers } from '../../nodes/SendContact/providers';
import type { Provider } from '../../nodes/SendContact/providers/Provider';
import { textOf } from '../../nodes/SendContact/providers/answers';
import { SendContact } from '../../nodes/SendContact/SendContact.node';
import { VCard } from '../../nodes/VCard/VCard.node';
import manifest from '../../package.json';
import { oddDescription } from '../odd';
import { chosenServices, factsOf, type TestedService, services } from './stage';

/** What ships, and the same with the odd vendors, which make other conditions and other lists. */
const builds: Array<
	[string, { description: INodeTypeDescription; services: readonly TestedService[] }]
> = [
	[
		'as it ships',
		{
			description: new SendContact().description,
			services: chosenServices.filter(({ isOdd }) => !isOdd),
		},
	],
	['with the odd vendors', { description: oddDescription(), services: chosenServices }],
];

/** Every node of the package, with how much there is at least to look at, and what decides on other fields. */
const nodes: Array<
	[string, { description: INodeTypeDescription; fewest: number; deciders: string[] }]
> = [
	...builds.map(([name, { description }]): (typeof nodes)[number] => [
		`Send Contact ${name}`,
		{ description, fewest: 50, deciders: ['contactSource', 'messenger', 'operation', 'provider'] },
	]),
	[
		'vCard',
		{ description: new VCard().description, fewest: 40, deciders: ['operation', 'source'] },
	],
];

/** A property and where it stands, such as `options {"provider":["ogmma"]} > timeout {}`. */
interface Place {
	where: string;
	property: INodeProperties;
	/** Inside a collection. */
	isInner: boolean;
}

const isProperty = (value: object): value is INodeProperties =>
	'displayName' in value && 'type' in value;
const isGroup = (value: object): value is INodePropertyCollection => 'values' in value;
const isOption = (value: object): value is INodePropertyOptions =>
	'value' in value && 'name' in value;

function placesIn(list: readonly INodeProperties[], outer = ''): Place[] {
	return list.flatMap((property) => {
		const shown = JSON.stringify(property.displayOptions ?? {});
		const where = `${outer}${property.name} ${shown}`;
		const options = property.options ?? [];
		const grouped = options.filter(isGroup).flatMap(({ values }) => values);
		const inner = [...options.filter(isProperty), ...grouped];
		return [{ where, property, isInner: outer !== '' }, ...placesIn(inner, `${where} > `)];
	});
}

const SMALL_WORDS = /^(a|an|and|as|at|by|for|from|in|of|on|or|per|the|to|with)$/;

function isTitleCase(text: string): boolean {
	if (text === 'vCard') return true;
	const words = text.replace(/[()]/g, '').split(/\s+/);
	const isRight = (word: string, index: number) =>
		/^[A-Z0-9]/.test(word) || (index > 0 && SMALL_WORDS.test(word));
	return words.every(isRight) && !/\b(Id|Url|Api|Json|Ids|Urls)\b/.test(text);
}

/** Sentences in a text; abbreviations such as `e.g.` end none. */
function sentencesIn(text: string): number {
	return text
		.replace(/\be\.g\.|\bi\.e\./g, '')
		.split(/[.!?](?=\s|$)/)
		.filter((part) => part.trim()).length;
}

/** What saved workflows depend on, by hand. */
const ORDER = [
	'provider',
	'credential',
	'operation',
	'messenger',
	'toolDescription',
	'sender',
	'to',
	'defaultCountry',
	'contactSource',
	'contactName',
	'contactPhone',
	'contactChatId',
	'vCard',
	'binaryPropertyName',
	'additionalFields',
	'simplify',
	'output',
	'options',
];
const DELIVERY = [
	'messagesPerMinute',
	'maxConcurrent',
	'maxAttempts',
	'timeout',
	'retryUnknown',
	'skipDuplicates',
	'preview',
];

const names = (list: readonly object[] = []) => list.filter(isProperty).map(({ name }) => name);

it('every node of the package is held to the rules', () => {
	const held = new Set(nodes.map(([, { description }]) => description.name));
	const shipped = manifest.n8n.nodes.map((file) => basename(file, '.node.js'));
	const named = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
	expect([...held].map(named).sort()).toEqual(shipped.sort());
});

describe.each(nodes)('%s', (_node, { description, fewest, deciders }) => {
	const { properties } = description;

	it('what n8n’s assistants are told names parameters that there are', () => {
		const { searchHint = '' } = description.builderHint ?? {};
		// n8n's own words, and names that are written as parameters are.
		const spoken = searchHint.match(/\b[a-z]+[A-Z]\w*|(?<=options\.)\w+/g) ?? [];
		const all = [...properties, ...properties.flatMap(({ options = [] }) => options)];

		expect(spoken.length).toBeGreaterThan(2);
		expect(names(all)).toEqual(expect.arrayContaining(spoken.filter((name) => name !== 'vCard')));
		expect(searchHint.length).toBeLessThan(700);
	});

	/** What n8n keeps and does not show has no wording to look at. */
	const places = placesIn(properties).filter(({ property }) => property.type !== 'hidden');

	/** The places where something is not as it should be, so that a failure names them. */
	const wrong = (test: (place: Place) => boolean) => places.filter(test).map(({ where }) => where);

	describe('wording', () => {
		it('there is something to look at', () => {
			expect(places.length).toBeGreaterThan(fewest);
		});

		it('the label comes first and is in title case', () => {
			expect(wrong(({ property }) => Object.keys(property)[0] !== 'displayName')).toEqual([]);
			expect(wrong(({ property }) => !isTitleCase(property.displayName))).toEqual([]);
			expect(wrong(({ property }) => property.displayName !== property.displayName.trim())).toEqual(
				[],
			);
		});

		it('names are in camel case', () => {
			expect(wrong(({ property }) => !/^[a-z][A-Za-z]*$/.test(property.name))).toEqual([]);
		});

		const texts = places.flatMap(({ where, property }) => [
			...(property.description === undefined ? [] : [{ where, text: property.description }]),
			...(property.options ?? []).flatMap((option) =>
				isOption(option) && option.description !== undefined
					? [{ where: `${where} = ${option.name}`, text: option.description }]
					: [],
			),
		]);

		it('descriptions begin with a capital', () => {
			expect(texts.filter(({ text }) => !/^[A-Z]/.test(text))).toEqual([]);
		});

		it('one sentence has no period, several end with one', () => {
			const isWrong = (text: string) => sentencesIn(text) > 1 !== text.endsWith('.');
			expect(texts.filter(({ text }) => isWrong(text))).toEqual([]);
		});

		it('descriptions say something', () => {
			expect(
				wrong(({ property }) => property.description?.trim() === property.displayName),
			).toEqual([]);
			expect(texts.filter(({ text }) => text !== text.trim() || text === '')).toEqual([]);
			expect(texts.filter(({ text }) => / {2}|\n/.test(text))).toEqual([]);
		});

		it('switches say “Whether”', () => {
			expect(
				wrong(
					({ property: { type, description: text = '' } }) =>
						type === 'boolean' && !text.startsWith('Whether '),
				),
			).toEqual([]);
		});

		it('placeholders are examples', () => {
			const isExample = ({ displayName, type, placeholder }: INodeProperties) =>
				placeholder === undefined ||
				/[cC]ollection$/.test(type) ||
				(displayName === 'Email'
					? placeholder === 'name@email.com'
					: /^(e\.g\. |BEGIN:)/.test(placeholder));
			expect(wrong(({ property }) => !isExample(property))).toEqual([]);
			expect(
				wrong(({ property }) => /email/i.test(property.name) && property.placeholder === undefined),
			).toEqual([]);
		});

		it('choices are in title case, actions in sentence case', () => {
			const choices = places.flatMap(({ where, property }) =>
				(property.options ?? []).filter(isOption).map((option) => ({ where, ...option })),
			);
			const names = choices.filter(
				// Vendors and countries are called what they are called.
				({ where, name }) => !/^(provider|defaultCountry) /.test(where) && !isTitleCase(name),
			);
			expect(names).toEqual([]);
			const actions = choices.flatMap(({ action }) => action ?? []);
			expect(actions.filter((action) => !/^[A-Z][^A-Z]*$/.test(action))).toEqual([]);
			const operations = places.filter(({ property }) => property.name === 'operation');
			expect(actions).toHaveLength(
				operations.flatMap(({ property }) => property.options ?? []).length,
			);
		});
	});

	describe('order and defaults', () => {
		it('lists of five and more are alphabetical', () => {
			const isSorted = ({ options = [] }: INodeProperties) => {
				// The choice of none stands before all others.
				const names = options
					.map((option) => (isProperty(option) ? option.displayName : option.name))
					.filter((name) => name !== 'None');
				const sorted = [...names].sort((one, other) => one.localeCompare(other));
				return names.length < 5 || names.join('\n') === sorted.join('\n');
			};
			expect(wrong(({ property }) => !isSorted(property))).toEqual([]);
		});

		it('every default is there and of its kind', () => {
			// A sender may have one that its vendor takes when none is filled in.
			const known: unknown[] = ['', ...services.map(({ provider }) => provider.sender?.default)];
			const isRight = (property: INodeProperties) => {
				const { type, default: value, options = [], modes = [] } = property;
				switch (type) {
					case 'string':
					case 'credentials':
						return typeof value === 'string';
					case 'number':
						return typeof value === 'number';
					case 'boolean':
						return typeof value === 'boolean';
					case 'options':
						if (property.typeOptions?.loadOptionsMethod !== undefined) return value === '';
						return options.some((option) => isOption(option) && option.value === value);
					case 'json':
						return value === '{}';
					case 'collection':
					case 'fixedCollection':
						return JSON.stringify(value) === '{}';
					case 'resourceLocator':
						return (
							typeof value === 'object' &&
							value !== null &&
							'mode' in value &&
							modes.some(({ name }) => name === value.mode) &&
							'value' in value &&
							known.includes(value.value)
						);
					default:
						return false;
				}
			};
			expect(wrong(({ property }) => !isRight(property))).toEqual([]);
		});

		it('numbers have their default within their bounds', () => {
			const isRight = ({ type, default: value, typeOptions = {} }: INodeProperties) =>
				type !== 'number' ||
				(Number(value) >= (typeOptions.minValue ?? -Infinity) &&
					Number(value) <= (typeOptions.maxValue ?? Infinity));
			expect(wrong(({ property }) => !isRight(property))).toEqual([]);
		});

		it('required is never false, and never inside a collection', () => {
			expect(wrong(({ property }) => property.required === false)).toEqual([]);
			expect(wrong(({ property, isInner }) => isInner && 'required' in property)).toEqual([]);
		});

		it('what decides on other fields takes no expression', () => {
			const deciding = new Set(
				places.flatMap(({ property }) =>
					[property.displayOptions?.show, property.displayOptions?.hide]
						.flatMap((condition) => Object.keys(condition ?? {}))
						.map((name) => name.replace(/^\//, '')),
				),
			);
			// That the node is a tool is n8n's to say.
			deciding.delete('@tool');
			expect([...deciding].sort()).toEqual(deciders);
			expect(
				wrong(({ property }) => deciding.has(property.name) && property.noDataExpression !== true),
			).toEqual([]);
		});

		it('a name has one label, and one kind, wherever it shows', () => {
			const kinds = new Map<string, Set<string>>();
			for (const { property } of places) {
				const { name, type, displayName } = property;
				// A sender is called by the vendor's own word.
				const label = name === 'sender' ? name : displayName;
				kinds.set(name, new Set([...(kinds.get(name) ?? []), `${label}: ${type}`]));
			}
			expect([...kinds].filter(([, found]) => found.size > 1)).toEqual([]);
		});
	});
});

test('what n8n loads for the panel is under 60 kB for thirteen providers and 70 kB for fifteen, and grows by less than 4 kB for each', () => {
	const { description } = new SendContact();
	const sizeWith = (chosen: readonly Provider[]) => {
		const names = new Set(chosen.map(({ name }) => name));
		const isChosen = (show: string) => [...names].some((name) => show.includes(`"${name}"`));
		const literals = description.properties.slice(0, 2).map((property) => ({
			...property,
			...(property.options && {
				options: property.options.filter((option) => isChosen(JSON.stringify(option))),
			}),
		}));
		const credentials = description.credentials?.filter(({ displayOptions }) =>
			isChosen(JSON.stringify(displayOptions)),
		);
		const properties = [...literals, ...parametersFor(chosen)];
		return JSON.stringify({ ...description, credentials, properties }).length;
	};

	expect(sizeWith(providers)).toBe(JSON.stringify(description).length);
	expect(sizeWith(providers.slice(0, 13))).toBeLessThan(60_000);
	expect(sizeWith(providers)).toBeLessThan(11_000 + 3_930 * providers.length);
});

describe.each(builds)('%s', (_build, { description, services }) => {
	const { properties } = description;

	it('modes and standard fields carry n8n’s own words', () => {
		const simplify = properties.find(({ name }) => name === 'simplify');
		expect(simplify).toMatchObject({
			displayName: 'Simplify',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		});
		const modes = placesIn(properties).flatMap(({ property }) => property.modes ?? []);
		expect(modes.length).toBeGreaterThan(0);
		expect(modes.filter(({ displayName }) => !isTitleCase(displayName))).toEqual([]);
		expect(modes.filter(({ hint }) => hint !== undefined && !/^[A-Z]/.test(hint))).toEqual([]);
	});

	/** The properties that n8n shows where these values are chosen. */
	function shownFor(
		{ provider, messenger }: TestedService,
		contactSource: string,
	): INodeProperties[] {
		const values = {
			provider: provider.name,
			operation: 'send',
			...(provider.messengers.length > 1 && { messenger: messenger.name }),
			contactSource,
		};
		const isShown = (property: INodeProperties) =>
			property.type !== 'hidden' &&
			NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, description, values);
		return properties
			.filter(isShown)
			.map((property) =>
				property.type === 'collection'
					? { ...property, options: (property.options ?? []).filter(isProperty).filter(isShown) }
					: property,
			);
	}

	describe('the names that saved workflows depend on', () => {
		it('the parameters stand in its order', () => {
			const order = [...new Set(properties.map(({ name }) => name))];
			expect(order).toEqual(ORDER);
		});

		describe.each(services.map((service) => [service.name, service] as const))(
			'%s',
			(_name, chosen) => {
				const shown = shownFor(chosen, 'fields');
				const named = (name: string) => shown.find((property) => property.name === name);
				const promised = () => factsOf(chosen).panel;

				it('shows what it promises, each once', () => {
					const { fields, additional } = promised();
					const always = ['provider', 'credential', 'operation', 'to', 'simplify', 'options'];
					const expected = [
						...always,
						...fields,
						...(additional.length ? ['additionalFields'] : []),
					];
					expect(names(shown)).toEqual(ORDER.filter((name) => expected.includes(name)));
				});

				it('shows what the provider declares', () => {
					const { carries } = chosen.messenger.card;
					const own = ['contactName', 'contactPhone', 'contactChatId'];
					for (const field of own) {
						expect(named(field) !== undefined).toBe(carries.some((carried) => carried === field));
					}
					expect(names(named('additionalFields')?.options).sort()).toEqual(
						carries.filter((field) => !own.includes(field)).sort(),
					);
					expect(names(named('options')?.options)).toEqual(
						expect.arrayContaining(Object.keys(chosen.messenger.options)),
					);
				});

				it('demands what the provider demands, and of several fields none', () => {
					const { requires } = chosen.messenger.card;
					for (const field of ['contactName', 'contactPhone', 'contactChatId'] as const) {
						const property = named(field);
						if (property) expect(property.required === true).toBe(requires.includes(field));
					}
				});

				it('has the collections it promises', () => {
					const { additional, options } = promised();
					expect(names(named('additionalFields')?.options).sort()).toEqual([...additional].sort());
					const found = names(named('options')?.options);
					expect(found).toEqual(expect.arrayContaining([...options, ...DELIVERY]));
					const ofAny = services.flatMap(({ messenger }) => Object.keys(messenger.options));
					const others = ofAny.filter((name) => !options.includes(name));
					for (const name of others) expect(found).not.toContain(name);
				});

				it('takes recipients and senders in the ways it promises', () => {
					expect(named('to')?.modes?.map(({ name }) => name)).toEqual(promised().modes);
					const sender = named('sender');
					expect(sender?.displayName).toBe(chosen.provider.sender?.displayName);
					expect(sender?.modes?.map(({ name }) => name)).toEqual(promised().senderModes);
				});

				it.each([
					['vCard', 'vCard'],
					['binary', 'binaryPropertyName'],
				])('shows one field for a card from %s', (source, field) => {
					const card = names(shownFor(chosen, source)).filter(
						(name) => ORDER.indexOf(name) > ORDER.indexOf('contactSource'),
					);
					// A vCard has no chat id: where the card is one, the fields stay whatever was chosen before.
					const own = chosen.messenger.card.carries.some((carried) => carried === 'contactPhone')
						? [field]
						: ['contactChatId'];
					expect(card).toEqual([...own, 'simplify', 'options']);
				});

				it('shows for Auto-Map the fields that a person can be filled in with, and demands none', () => {
					const { carries } = chosen.messenger.card;
					if (!carries.includes('contactPhone')) return;
					const found = shownFor(chosen, 'item');
					expect(names(found)).toEqual(names(shown));
					expect(found.filter(({ name }) => /^contact(Name|Phone)$/.test(name))).toEqual(
						(['contactName', 'contactPhone'] as const)
							.filter((field) => carries.includes(field))
							.map((name): unknown => expect.objectContaining({ name })),
					);
					const demanded = found.filter(({ required }) => required === true);
					expect(names(demanded)).not.toContain('contactName');
					expect(names(demanded)).not.toContain('contactPhone');
				});

				describe('as a tool', () => {
					const tool = { ...description, name: `${description.name}Tool` };
					const { provider, messenger } = chosen;
					/** What the editor keeps of a tool that has just been set to this provider. */
					const parametersOf = (operation: string): INodeParameters =>
						NodeHelpers.getNodeParameters(
							properties,
							{
								provider: provider.name,
								operation,
								...(provider.messengers.length > 1 && { messenger: messenger.name }),
							},
							true,
							false,
							{ typeVersion: 1 },
							tool,
						) ?? {};
					const shownIn = (operation: string) => {
						const values = parametersOf(operation);
						const isShown = (property: INodeProperties) =>
							property.type !== 'hidden' &&
							NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, tool, values);
						const inner = ({ options = [] }: INodeProperties) =>
							options.filter(isProperty).filter(isShown);
						return properties
							.filter(isShown)
							.map((property) => ({ ...property, inner: inner(property) }));
					};

					it('it is one card to be filled in, with no list, and nothing about many items', () => {
						const found = shownIn('send');
						const others = ['contactSource', 'simplify'];
						const expected = [
							...names(shown).filter((name) => !others.includes(name)),
							'toolDescription',
							'output',
						];
						expect(names(found)).toEqual(ORDER.filter((name) => expected.includes(name)));
						const inner = found.flatMap((property) => property.inner);
						expect(inner.filter(({ type }) => type === 'fixedCollection')).toEqual([]);
						const ofLists = DELIVERY_OPTIONS.map(({ name }) => name);
						expect(names(inner).filter((name) => ofLists.includes(name))).toEqual([]);
					});

					it('the keys of what a model fills in differ, and are as n8n takes them', () => {
						const found = shownIn('send');
						const labels = [...found, ...found.flatMap((property) => property.inner)].map(
							({ displayName }) => displayName.replace(/[^a-zA-Z0-9-]/g, '_'),
						);
						expect(labels).toContain('Recipient');
						expect(new Set(labels).size).toBe(labels.length);
						expect(labels.filter((label) => !/^[a-zA-Z0-9_-]{1,64}$/.test(label))).toEqual([]);
					});

					const operations = messenger.recipient.check ? ['send', 'checkRecipient'] : ['send'];
					it.each(operations)('to %s it promises its messenger, and no other', (operation) => {
						const said = textOf(parametersOf(operation).toolDescription) ?? '';
						const all = services.map((service) => service.messenger.displayName);
						const spoken = [...new Set(all)].filter((name) => said.includes(name));
						expect(spoken).toEqual([messenger.displayName]);
					});
				});

				it('shows its own credential only', () => {
					const credentials = description.credentials?.filter((credential) =>
						NodeHelpers.displayParameter(
							{ provider: chosen.provider.name },
							credential,
							{ typeVersion: 1 },
							description,
						),
					);
					expect(credentials?.map(({ name }) => name)).toEqual([chosen.provider.credential.name]);
				});
			},
		);
	});
});

describe('vCard', () => {
	const { description } = new VCard();
	const contact = ['contactName', 'contactPhone', 'defaultCountry', 'additionalFields', 'output'];
	const always = ['allowUnusualNumbers'];

	it.each([
		['create', {}, ['operation', ...contact, 'options'], [...always, 'combine', 'fileName']],
		[
			'read',
			{ source: 'text' },
			['operation', 'source', 'vCard', 'defaultCountry', 'options'],
			always,
		],
		[
			'read',
			{ source: 'binary' },
			['operation', 'source', 'binaryPropertyName', 'defaultCountry', 'options'],
			always,
		],
	])('shows for %s %j what it takes, in order', (operation, more, expected, options) => {
		const values = { operation, ...more };
		const isShown = (property: INodeProperties) =>
			property.type !== 'hidden' &&
			NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, description, values);
		const shown = description.properties.filter(isShown);
		expect(shown.map(({ name }) => name)).toEqual(expected);
		const inner = (shown.at(-1)?.options ?? []).filter(isProperty).filter(isShown);
		expect(names(inner)).toEqual(options);
	});

	it('takes everything that a contact holds but a chat id', () => {
		const additional = description.properties.find(({ name }) => name === 'additionalFields');
		const own = ['contactName', 'contactPhone', 'contactChatId'];
		expect(names(additional?.options).sort()).toEqual(
			CONTACT_FIELDS.filter((field) => !own.includes(field)).sort(),
		);
	});
});
