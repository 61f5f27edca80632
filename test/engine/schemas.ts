// The output schemas that ship, and whether a row fits the one of its operation.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Schema } from '../../nodes/SendContact/execute/columns';

const NODES = join(__dirname, '..', '..', 'nodes');
const read = new Map<string, Schema>();

/** The schema of a node's operation, as n8n is given it. */
export function schemaFor(node: 'SendContact' | 'VCard', operation: string): Schema {
	const file = join(NODES, node, '__schema__', 'v1.0.0', `${operation}.json`);
	const schema = read.get(file) ?? (JSON.parse(readFileSync(file, 'utf8')) as Schema);
	read.set(file, schema);
	return schema;
}

/** The JSON type of a value. */
function typeOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'array' : typeof value;
}

/**
 * What of a value does not fit its schema, such as `contact.age: no such field`. What JSON Schema takes for
 * granted, that there may be more fields, has to be said here.
 */
export function misfits(schema: Schema, value: unknown, at = ''): string[] {
	const types: readonly string[] = [schema.type].flat();
	if (!types.includes(typeOf(value))) {
		return [`${at || 'the row'}: ${typeOf(value)} where ${types.join(' or ')} is meant`];
	}
	if ('items' in schema && Array.isArray(value)) {
		return value.flatMap((entry: unknown, index) =>
			misfits(schema.items, entry, `${at}[${index}]`),
		);
	}
	if (!('properties' in schema) || typeof value !== 'object' || value === null) return [];
	const { properties, required = [], additionalProperties = false } = schema;
	const place = (name: string) => (at === '' ? name : `${at}.${name}`);
	const fields = Object.entries(value).filter(([, field]) => field !== undefined);
	const names = fields.map(([name]) => name);
	return [
		...required.filter((name) => !names.includes(name)).map((name) => `${place(name)}: missing`),
		...fields.flatMap(([name, field]) => {
			const known = properties[name];
			if (known !== undefined) return misfits(known, field, place(name));
			return additionalProperties ? [] : [`${place(name)}: no such field`];
		}),
	];
}

/** @throws Error that names what does not fit */
export function expectFit(node: 'SendContact' | 'VCard', operation: string, row: unknown): void {
	const found = misfits(schemaFor(node, operation), row);
	if (found.length === 0) return;
	throw new Error(`A row does not fit ${node}/${operation}.json: ${found.join('; ')}`);
}
