// A field that was dragged into the panel is read without n8n's evaluation: it must come to the same as
// the same expression written so that n8n evaluates it, whatever the item holds.
import fc from 'fast-check';
import type { IDataObject, INode } from 'n8n-workflow';

import { vendorOf } from '../vendors';
import { loadPackage, runWorkflow, sendContactWorkflow, type LoadedPackage } from './engine';

let packaged: LoadedPackage;
beforeAll(async () => {
	packaged = await loadPackage();
});

const value = fc.oneof(
	fc.constantFrom(
		'+55 11 98888-7777',
		'5511988887777',
		5511988887777,
		'Maria José',
		'=1+1',
		'={{ 1 }}',
	),
	fc.constantFrom('', ' ', null, true, 0, -1, 1.5, 1e21, '{{ $json.phone }}', '__proto__'),
	fc.jsonValue({ maxDepth: 2 }),
	fc.string({ unit: 'binary' }),
);
const item = fc.record(
	{ to: value, name: value, phone: value, about: value, reply: value, '': value },
	{ requiredKeys: [] },
);

/** The node with each field read by `expression`. */
function parameters(expression: (field: string) => string): INode['parameters'] {
	return {
		provider: 'plugzApi',
		operation: 'send',
		to: { __rl: true, mode: 'phone', value: expression('to') },
		contactSource: 'fields',
		contactName: expression('name'),
		contactPhone: expression('phone'),
		additionalFields: { businessDescription: expression('about') },
		options: { preview: true, replyToMessageId: expression('reply') },
	};
}

test.each([
	['$json.field', (field: string) => `={{ $json.${field} }}`],
	["$json['field']", (field: string) => `={{$json['${field}']}}`],
	['$json["field"]', (field: string) => `={{   $json["${field}"]   }}`],
])('%s', async (_, dragged) => {
	const vendor = await vendorOf('plugzApi').start();
	try {
		const items = fc.sample(item, { numRuns: 400, seed: 20261122 }) as IDataObject[];
		const outputs = async (expression: (field: string) => string) => {
			const run = await runWorkflow({
				packaged,
				workflow: sendContactWorkflow(items, {
					credentialType: 'plugzApi',
					parameters: parameters(expression),
					onError: 'continueRegularOutput',
				}),
				credentials: { plugzApi: vendor.credentials },
			});
			return run.output('Send Contact').map(({ json }) => json);
		};

		const read = await outputs(dragged);
		expect(read).toEqual(await outputs((field) => `={{ ($json.${field}) }}`));
		expect(read.map(({ status }) => status)).toContain('preview');
	} finally {
		await vendor.stop();
	}
});
