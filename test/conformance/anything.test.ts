// Any JSON in any parameter, over every provider: each item is either sent in a form the vendor takes, or
// reported as not sent with the parameter's name. Hundreds of items run in one execution each.
import fc from 'fast-check';
import type { INodeParameters, INodeProperties } from 'n8n-workflow';

import { oneLine } from '../../nodes/SendContact/contact/text';
import { ADDITIONAL_FIELDS } from '../../nodes/SendContact/parameters/contactFields';
import { DELIVERY_OPTIONS } from '../../nodes/SendContact/parameters/deliveryOptions';
import type { EngineRun } from '../engine/engine';
import { locator, RICH_VCARD } from '../vendors';
import {
	factsOf,
	FAST,
	NODE,
	openStages,
	rowsOf,
	type Stage,
	type TestedService,
	services,
	servicesByName,
} from './stage';

/** Printed with every failure; change it to look elsewhere. */
const SEED = 20261122;

/** Items in all, for each source of the contact. */
const TOTAL = 1000;

let stages: Awaited<ReturnType<typeof openStages>>;
const labels = new Map<string, Set<string>>();
beforeAll(async () => {
	stages = await openStages();
	/** What the panel calls each parameter. */
	const collect = (properties: readonly unknown[]) => {
		for (const property of properties as INodeProperties[]) {
			if (!('displayName' in property)) continue;
			labels.set(
				property.name,
				new Set([...(labels.get(property.name) ?? []), property.displayName]),
			);
			collect(property.options ?? []);
		}
	};
	collect(stages.packagedFor(services.at(-1)!).node('sendContact').description.properties);
});
afterAll(() => stages.stop());

/** What people, sheets, agents and other nodes put where it does not belong. */
const ODD: readonly unknown[] = [
	'',
	' ',
	'\u200b',
	'0',
	'-1',
	'null',
	'undefined',
	'NaN',
	'[object Object]',
	'__proto__',
	'constructor',
	'true',
	'x'.repeat(5000),
	'\u0000\u0001\ud800',
	'a\r\nEND:VCARD\r\nBEGIN:VCARD',
	'={{ $json.to }}',
	'{{ 1 + 1 }}',
	"'; DROP TABLE contacts; --",
	'../../etc/passwd?x=1#y',
	'5,51199E+12',
	'+55 11 98888-7777 / 98888-6666',
	'11 98888-7777',
	'120363019502650977-group',
	'120363043968066561@g.us',
	'5511988887777@c.us',
	'-10000000000000',
	'123@lid',
	'status@broadcast',
	'maria@clinica.example',
	'maria@clinica',
	'https://acme.example/?a=b&c=d',
	'BR',
	'text',
	'record_video',
	0,
	-0,
	1,
	3,
	15.5,
	1500,
	-1e21,
	2 ** 53 + 2,
	5511988887777,
	10000000,
	true,
	false,
	null,
	[],
	{},
	[[]],
	['+55 11 98888-7777'],
	{ value: '+55 11 98888-7777' },
	{ __rl: true, mode: 'phone', value: '+55 11 98888-7777' },
	{ __rl: true, mode: 'id', value: '' },
	{ __rl: true, mode: 'id', value: { a: 1 } },
	{ __rl: true, mode: 'list', value: null },
	{ __rl: true, mode: 7, value: 5511988887777 },
	{ mode: 'phone' },
	{ toString: 'no function', length: 3 },
	JSON.parse('{"__proto__": 1}'),
];

const anything = fc.oneof(
	{ weight: 4, arbitrary: fc.constantFrom(...ODD) },
	{ weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
	{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 300 }) },
	{ weight: 2, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** Mostly what is right, so that one odd value at a time gets as far as it can. */
const mostly = (right: unknown, times = 6) =>
	fc.oneof({ weight: times, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: anything });

/** What would be obeyed and hold up the test: a message an hour, the default pace for nothing filled in. */
const isSlow = (value: unknown) => {
	if (typeof value === 'string' && !/[\p{L}\p{N}\p{P}\p{S}]/u.test(value)) return true;
	if (typeof value === 'object') return false;
	const number = Number(typeof value === 'string' ? value.trim() : value);
	return number >= 0.1 && number < 20_000;
};

const additional = ADDITIONAL_FIELDS.map(({ name }) => name);
const options = [
	...new Set(services.flatMap(({ messenger }) => Object.keys(messenger.options))),
	...DELIVERY_OPTIONS.map(({ name }) => name),
];
const pacing = ['messagesPerMinute', 'timeout'];

/** Stand for a recipient and a sender that the vendor knows. */
const KNOWN_RECIPIENT = 'known recipient';
const KNOWN_SENDER = 'known sender';

const ITEMS = fc.sample(
	fc.record({
		to: mostly(KNOWN_RECIPIENT),
		sender: mostly(KNOWN_SENDER, 20),
		contactName: mostly('Maria Silva'),
		contactPhone: mostly('+55 21 97777-6666'),
		contactChatId: mostly('10000000'),
		simplify: mostly(true),
		...Object.fromEntries(additional.map((name) => [name, mostly('', 15)])),
		...Object.fromEntries(
			options.map((name) => [
				name,
				pacing.includes(name)
					? mostly('', 15).map((value) => (isSlow(value) ? '' : value))
					: mostly('', 20),
			]),
		),
		vCard: fc.oneof(
			mostly(RICH_VCARD, 2),
			fc
				.tuple(fc.nat(RICH_VCARD.length), fc.string({ unit: 'binary', maxLength: 20 }))
				.map(([at, text]) => RICH_VCARD.slice(0, at) + text + RICH_VCARD.slice(at)),
			fc
				.tuple(fc.nat(RICH_VCARD.length), fc.nat(60))
				.map(([at, length]) => RICH_VCARD.slice(0, at) + RICH_VCARD.slice(at + length)),
			fc.constant(RICH_VCARD + RICH_VCARD),
		),
		bytes: fc.oneof(
			fc.base64String({ maxLength: 400 }),
			fc.constant(Buffer.from(RICH_VCARD, 'latin1').toString('base64')),
			fc.constant(Buffer.from(`\ufeff${RICH_VCARD}`, 'utf16le').toString('base64')),
		),
	}),
	{ seed: SEED, numRuns: TOTAL },
);

/** Enough for each service to meet what is odd, and for all of them together to meet it in every place. */
const ITEMS_A_SERVICE = Math.max(40, Math.ceil(TOTAL / services.length));

/**
 * The items as they are for this service, each one's its own: with a recipient and a sender that its vendor
 * knows. A sender that only looks right is replaced, too, since the vendor alone can tell.
 */
function itemsFor(stage: Stage): Array<Record<string, unknown> & { bytes: string }> {
	const { provider } = stage.service;
	const at = services.indexOf(stage.service) * ITEMS_A_SERVICE;
	const [known = ''] = stage.vendor.senders;
	return Array.from({ length: ITEMS_A_SERVICE }, (_, n) => {
		const item: Record<string, unknown> & { bytes: string } = ITEMS[(at + n) % ITEMS.length]!;
		const sender = valueOf(item.sender);
		const text = ['string', 'number', 'boolean'].includes(typeof sender)
			? oneLine(String(sender))
			: '';
		const isLikely = provider.sender?.pattern.test(text);
		// Each its own: a vendor may take one message in three seconds to the same chat.
		const isKnown = item.to === KNOWN_RECIPIENT;
		return {
			...item,
			to: isKnown ? stage.facts.recipient(7000 + n).value : item.to,
			id: isKnown ? idOf(stage, 7000 + n) : item.to,
			messagesPerMinute: item.messagesPerMinute || FAST.messagesPerMinute,
			sender: item.sender === KNOWN_SENDER || isLikely ? known : item.sender,
		};
	});
}

/** An id that the vendor knows: the n-th, where its recipients have one. */
function idOf({ facts, service }: Stage, n: number): string {
	const { to } = facts.recipient(n);
	const isId = service.messenger.recipient.ids.some(({ pattern }) => pattern.test(to));
	return isId ? to : facts.cards.full.to;
}

/** What a resource locator holds; any other value is its own. */
function valueOf(located: unknown): unknown {
	const isObject = typeof located === 'object' && located !== null;
	return isObject && 'value' in located ? located.value : located;
}

const fromItem = (names: readonly string[]): INodeParameters =>
	Object.fromEntries(names.map((name) => [name, `={{ $json.${name} }}`]));

const everyParameter: INodeParameters = {
	...fromItem(['to', 'contactName', 'contactPhone', 'contactChatId', 'vCard', 'simplify']),
	additionalFields: fromItem(additional),
};

/** What is wrong with the output, item by item, with the item. */
function complaints(run: EngineRun, items: Array<Record<string, unknown>>): string[] {
	const rows = rowsOf(run);
	const seen = new Set(run.output(NODE).map(({ pairedItem }) => JSON.stringify(pairedItem)));
	const lost = items.flatMap((item, n) =>
		seen.has(JSON.stringify({ item: n })) ? [] : [`Lost: ${JSON.stringify(item)}`],
	);
	const wrong = rows.flatMap((row, n) => {
		if (['accepted', 'preview', 'duplicate'].includes(row.status)) return [];
		const said = `${String(row.error)} ${String(row.description)}`;
		const names = labels.get(String(row.parameter)) ?? [];
		const isNamed = [...names].some((label) => said.includes(label));
		if (row.status === 'notSent' && isNamed) return [];
		const { pairedItem } = run.output(NODE)[n] ?? {};
		const { item = -1 } = typeof pairedItem === 'object' && 'item' in pairedItem ? pairedItem : {};
		// A number sent just as it is written, at the user's own wish, is for the vendor to judge.
		if (items[item]?.allowUnusualNumbers === true && row.status === 'rejected') return [];
		return [`${JSON.stringify(row)}\n   of ${JSON.stringify(items[item])}`];
	});
	const all = [...lost, ...wrong];
	return all.slice(0, 3).map((text) => `One of ${all.length}: ${text.slice(0, 1500)}`);
}

describe.each(servicesByName)('%s', (_name, service: TestedService) => {
	const { cards } = factsOf(service);
	const sources: Array<[string, INodeParameters, boolean]> = [
		['fields', everyParameter, false],
		[
			'fields, with whole collections and ids from the item',
			{
				...everyParameter,
				to: locator('={{ $json.id }}', 'id'),
				// Mostly a set of fields, as `simplify` is mostly true.
				additionalFields:
					'={{ $json.simplify === true ? { note: $json.note, none: $json.note } : $json.simplify }}',
			},
			false,
		],
		['vCard', { ...everyParameter, contactSource: 'vCard' }, false],
		['binary', { ...everyParameter, contactSource: 'binary' }, true],
		['item, with fields filled in', { ...everyParameter, contactSource: 'item' }, false],
		[
			'item, with nothing filled in',
			{
				...everyParameter,
				contactSource: 'item',
				contactName: '',
				contactPhone: '',
				additionalFields: {},
			},
			false,
		],
	];

	it.each(sources)(`%s (seed ${SEED})`, async (_name, parameters, isBinary) => {
		const stage = stages.stageOf(service);
		stage.vendor.reset();
		const all = itemsFor(stage);
		const items = isBinary ? all.slice(0, 40) : all;
		const run = await stage.run(items, {
			parameters: {
				...parameters,
				...(service.provider.sender && { sender: '={{ $json.sender }}' }),
			},
			// None is computed: n8n takes a hundred times as long for those, and reads them all the same.
			options: fromItem(options),
			node: { onError: 'continueRegularOutput' },
			workflow: (workflow) => ({
				...workflow,
				pinData: {
					Start: (workflow.pinData?.Start ?? []).map((item, n) => ({
						...item,
						...(isBinary && {
							binary: { data: { data: items[n]?.bytes ?? '', mimeType: 'text/vcard' } },
						}),
					})),
				},
			}),
			workflowId: `anything ${String(Math.random())}`,
		});
		const statuses = new Set(rowsOf(run).map(({ status }) => status));

		expect(run.run.status).toBe('success');
		expect(complaints(run, items)).toEqual([]);
		// That the generator still gives both.
		expect(statuses).toContain('notSent');
		if (parameters.contactSource === undefined || cards.rich)
			expect(statuses).toContain('accepted');
		expect(stage.vendor.sends().length).toBe(
			rowsOf(run).filter(({ status }) => status === 'accepted').length,
		);
	});
});
