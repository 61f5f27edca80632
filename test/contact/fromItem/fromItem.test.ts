// Auto-Map: items in the shapes in which services give them, and what must come of each; and what must hold for any
// JSON there is.
import fc from 'fast-check';

import type { Contact, ContactField } from '../../../nodes/SendContact/contact/Contact';
import { readPeople } from '../../../nodes/SendContact/contact/fromItem';
import { leadsToSomebodyElse } from '../../../nodes/SendContact/contact/fromItem/bySource';
import { isOfSomebodyElse } from '../../../nodes/SendContact/contact/fromItem/keys';
import { looksLike } from '../../../nodes/SendContact/contact/fromItem/path';
import { levelsOf } from '../../../nodes/SendContact/contact/fromItem/places';
import { NO_PERSON, SOURCES } from '../../../nodes/SendContact/contact/fromItem/sources';
import { acceptedOf, refusalOf } from '../refusal';
import { FIXTURES, type Fixture } from './fixtures';

function read(item: unknown, country?: string, filled: ContactField[] = []) {
	const options = { filled: new Set(filled), ...(country && { defaultCountry: country }) };
	return readPeople(item, options, true);
}

/** The contact alone, without how it was pasted and what came beside. */
function bare(card: ReturnType<typeof read>[number]): Contact {
	if ('problem' in card) throw card.problem;
	const { pasted: _pasted, extras: _extras, ...contact } = card.contact;
	// A vCard's N line repeats the name in parts.
	if (contact.firstName === contact.contactName && card.contact.pasted) delete contact.firstName;
	return contact;
}

const comesTo = FIXTURES.filter(({ contacts }) => contacts !== undefined);
const isRefused = FIXTURES.filter(({ refused }) => refused !== undefined);

describe('shapes', () => {
	test.each(comesTo.map((fixture) => [fixture.shape, fixture] as const))(
		'%s',
		(_shape, { item, country, contacts, foundAt }: Fixture) => {
			const cards = read(item, country);

			expect(cards.map(bare)).toEqual(contacts);
			if (foundAt !== undefined) expect(cards[0]).toMatchObject({ foundAt });
			if (foundAt !== undefined && cards[0] && 'foundAt' in cards[0]) {
				expect(Object.keys(cards[0].foundAt ?? {}).sort()).toEqual(Object.keys(foundAt).sort());
			}
		},
	);

	test.each(isRefused.map((fixture) => [fixture.shape, fixture] as const))(
		'%s is refused',
		(_shape, { item, country, refused }: Fixture) => {
			const problem = refusalOf(() => read(item, country));

			expect(problem.parameter).toBe(refused?.parameter);
			expect(problem.message).toMatch(refused?.says ?? /^$/);
			expect(problem.description).toMatch(refused?.wayOut ?? /^$/);
		},
	);

	test('every path that is told leads to what was taken', () => {
		const follow = (item: unknown, path: string) =>
			path
				.split(/\.|(?=\[\d)/)
				.reduce<unknown>(
					(value, key) => (value as Record<string, unknown>)[key.replace(/^\[(\d+)\]$/, '$1')],
					item,
				);
		for (const { item, country } of comesTo) {
			for (const card of read(item, country)) {
				if ('problem' in card) continue;
				const paths = Object.values(card.foundAt ?? {}).flatMap((found) => found.split(/, | \+ /));
				expect(paths.filter((path) => follow(item, path) === undefined)).toEqual([]);
			}
		}
	});

	test('every source that is known has a shape here', () => {
		const places = FIXTURES.flatMap(({ item }) => levelsOf(item).flat());
		const unseen = [...SOURCES, ...NO_PERSON]
			.filter(({ when }) => !places.some((place) => when.some((form) => looksLike(place, form))))
			.map(({ service, what }) => `${service}: ${what}`);
		expect(unseen).toEqual([]);
	});

	test('two people are no question where the fields are filled in', () => {
		const filled: ContactField[] = ['contactPhone', 'contactName', 'email'];
		const doubts = isRefused.filter(({ refused }) => refused?.wayOut.source.includes('guess'));
		expect(doubts.length).toBeGreaterThan(0);
		for (const { item, country } of doubts) expect(() => read(item, country, filled)).not.toThrow();
	});
});

describe('what is never taken', () => {
	test('no path of a source leads there', () => {
		const all = SOURCES.flatMap(({ at = '', vCard = [], paths, addresses }) => [
			at,
			...vCard,
			...Object.values(paths).flat(),
			addresses?.at ?? '',
			...Object.values(addresses?.parts ?? {}).flat(),
		]);
		expect(all.filter(leadsToSomebodyElse)).toEqual([]);
	});

	test.each([
		'Owner',
		'OwnerId',
		'owner_name',
		'hubspot_owner_id',
		'hs_updated_by_user_id',
		'merge-audits',
		'creator_user_id',
		'user_id',
		'CreatedById',
		'Created_By',
		'Modified_By',
		'ASSIGNED_BY_ID',
		'CREATED_BY_ID',
		'responsible_user_id',
		'assignedTo',
		'user',
		'cc_email',
		'customer_ip_address',
		'headers',
		'Fax',
		'homeFax',
		'Asst_Phone',
		'AssistantPhone',
		'senderData',
		'senderName',
		'Telefone do vendedor',
		'Ответственный',
	])('%s', (key) => {
		expect(isOfSomebodyElse(key)).toBe(true);
	});

	test.each(['phone', 'usage', 'by', 'contact', 'fields', 'customer', 'Agenda', 'mobile', 'name'])(
		'%s is no such key',
		(key) => {
			expect(isOfSomebodyElse(key)).toBe(false);
		},
	);
});

describe('any JSON', () => {
	const KEYS = [
		...['name', 'phone', 'phones', 'email', 'whatsapp', 'contato', 'Имя', 'Doctor phone', 'id'],
		...['body', 'data', 'result', 'contact', 'properties', 'fields', 'attributes', 'customer'],
		...['custom_fields_values', 'PHONE', 'resourceName', 'names', 'phoneNumbers', 'vid', 'billing'],
		...[
			'messages',
			'contacts',
			'message',
			'vcard',
			'vCards',
			'payload',
			'form_response',
			'answers',
		],
		...['value', 'type', 'field', 'dnd', '__proto__', 'constructor', 'toString', 'length', ''],
	];
	const NEVER = [
		'Owner',
		'user',
		'created_by',
		'headers',
		'Fax',
		'vendedor',
		'senderData',
		'assignedTo',
	];
	const OWNER = { name: 'Olga Owner', phone: '+55 11 90000-0000', email: 'olga@vendor.example' };
	const VALUES: fc.Arbitrary<unknown> = fc.oneof(
		fc.constantFrom<unknown>(
			...['Maria', 'Ana Lima', '+55 11 98888-7777', '11 98888-7777', 988887777, 'a@b.example'],
			...[true, false, null, 0, -1, 1e21, '', ' ', 'people/c1', 'Contact', [], {}, [[]], [null]],
			...['BEGIN:VCARD\nVERSION:3.0\nFN:X\nTEL:+5511988887777\nEND:VCARD', 'BEGIN:VCARD', '\ud800'],
			{ toString: 'no function', valueOf: 1 },
			{ value: '+5511988887777' },
			{ year: 1984, month: 7, day: 9 },
		),
		fc.string({ unit: 'binary', maxLength: 20 }),
		fc.jsonValue({ maxDepth: 2 }),
	);
	const { item } = fc.letrec<{ item: unknown; node: unknown }>((tie) => ({
		item: tie('node'),
		node: fc.oneof(
			{ maxDepth: 5, withCrossShrink: true },
			VALUES,
			fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 8 })), tie('node'), {
				maxKeys: 7,
			}),
			fc.array(tie('node'), { maxLength: 3 }),
		),
	}));
	/** A shape with something in it changed. */
	const changed = fc
		.tuple(fc.constantFrom(...FIXTURES), fc.nat(), VALUES)
		.map(([{ item: whole }, at, value]) => {
			const text = JSON.stringify(whole);
			const count = [...text.matchAll(/[,:]/g)].length;
			let passed = 0;
			return JSON.parse(text, (_key, old: unknown) => {
				passed += 1;
				return passed === at % (count + 1) ? value : old;
			}) as unknown;
		});

	it('gives cards or says in words of ours why not', () => {
		fc.assert(
			fc.property(fc.oneof(item, changed), (json) => {
				for (const card of acceptedOf(() => read(json, 'BR')) ?? []) {
					if ('problem' in card) continue;
					const { contactName = 'x', phones = [] } = card.contact;
					expect(contactName.trim()).toBe(contactName);
					for (const { number } of phones) expect(number).toMatch(/^\d{7,15}$/);
				}
			}),
			{ numRuns: 4000 },
		);
	});

	it('never takes what is somebody else’s', () => {
		const withOwner = fc
			.tuple(
				fc.oneof(changed, item),
				fc.constantFrom(...NEVER),
				fc.constantFrom('', 'body', 'data'),
			)
			.map(([json, key, wrapper]) => {
				const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
				const beside = key === 'user' ? {} : { [`${key} phone`]: OWNER.phone };
				const whole = { ...(isObject && json), [key]: OWNER, ...beside };
				return wrapper === '' ? whole : { [wrapper]: whole };
			});
		fc.assert(
			fc.property(withOwner, (json) => {
				const cards = acceptedOf(() => read(json, 'BR'));
				expect(JSON.stringify(cards ?? [])).not.toMatch(/Olga|5511900000000|olga@/);
			}),
			{ numRuns: 3000 },
		);
	});
});
