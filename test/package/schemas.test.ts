// The output schemas, from which the editor shows fields before the first run: n8n finds one for each operation
// of each node, in the form that it takes. That every row fits them is held by all runs of `test/conformance`
// and by `test/engine/vCard.test.ts`.
import { dirname } from 'node:path';

import { loadOutputSchema } from 'n8n-core';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { loadPackage } from '../engine/engine';
import { misfits, schemaFor } from '../engine/schemas';
import { root } from './tools';

describe('output schemas', () => {
	it('n8n finds one for every operation of every node', async () => {
		const { loader, node } = await loadPackage(root);
		const names = Object.keys(loader.known.nodes);
		expect(names.sort()).toEqual(['sendContact', 'vCard']);
		for (const name of names) {
			const { properties } = node(name).description;
			const operations = properties
				.filter((property: INodeProperties) => property.name === 'operation')
				.flatMap(({ options = [] }) => options as INodePropertyOptions[])
				.map(({ value }) => String(value));
			expect(operations.length).toBeGreaterThan(1);
			for (const operation of operations) {
				const nodeDir = dirname(`${root}/${loader.known.nodes[name]?.sourcePath ?? ''}`);
				const schema = loadOutputSchema({ nodeDir, version: '1', operation });
				// Without any of these the editor shows nothing.
				expect(schema).toMatchObject({ type: 'object', properties: expect.anything() as unknown });
				expect(schema).toEqual(schemaFor(name === 'vCard' ? 'VCard' : 'SendContact', operation));
			}
		}
	});

	it.each([
		['a field that it does not name', { extra: 1 }, 'extra: no such field'],
		['a value of another type', { to: 5 }, 'to: number where string or null is meant'],
		['a field inside another', { contact: { age: '4' } }, 'contact.age: no such field'],
		['an entry of a list', { droppedFields: [1] }, 'droppedFields[0]: number where string'],
	])('a row does not fit with %s', (_what, change, said) => {
		const row = { provider: 'x', status: 'accepted', to: '1', contact: {}, attempts: 1 };
		const send = schemaFor('SendContact', 'send');

		expect(misfits(send, row)).toEqual([]);
		expect(misfits(send, { ...row, ...change })).toEqual([expect.stringContaining(said)]);
		expect(misfits(send, { ...row, attempts: undefined })).toEqual(['attempts: missing']);
	});
});
