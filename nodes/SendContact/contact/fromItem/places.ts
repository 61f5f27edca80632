// Where in an item a record may lie: in the item itself, or in one of the wrappers that services and nodes put
// around it. Knows no service by name and no n8n.
import { follow, isRecord, type Match } from './path';

/** The wrappers, by their keys, and the lists of records among them. */
const WRAPPERS = [
	'body',
	'query',
	'payload',
	'data',
	'data[]',
	'result',
	'result[]',
	'item',
	'current',
	'contact',
	'person',
	'customer',
	'client',
	'lead',
	'cliente',
	'contato',
	'contacto',
	'клиент',
	'контакт',
	'properties',
	'fields',
	'attributes',
	'_embedded.contacts[]',
];

/** How deep a record may be wrapped: `body.data.contact.properties`. */
const DEEPEST = 4;

/** More are a list, and not the wrapper of one. */
const MOST_IN_A_LIST = 50;

/** The records of an item by how deep they lie, the item itself first. */
export function levelsOf(json: unknown): Match[][] {
	const levels: Match[][] = [[{ path: '', value: json }]];
	while (levels.length <= DEEPEST) {
		const inside = (levels.at(-1) ?? []).flatMap((place) =>
			WRAPPERS.flatMap((wrapper) =>
				follow(place, wrapper)
					.filter(({ value }) => isRecord(value))
					.slice(0, MOST_IN_A_LIST)
					.map(({ path, value }) => ({ path, value })),
			),
		);
		if (inside.length === 0 || inside.length > 1000) break;
		levels.push(inside);
	}
	return levels;
}
