// The recipient's field and what is read from it: what turns red in the editor keeps the whole workflow from
// running, so it may hold for nothing that would have been sent.
import fc from 'fast-check';
import { NodeHelpers, type INode, type INodeParameters } from 'n8n-workflow';

import { InputError } from '../../nodes/SendContact/contact/InputError';
import { readRecipient } from '../../nodes/SendContact/execute/readRecipient';
import { recipientLocator } from '../../nodes/SendContact/parameters/locators';
import { eachOf } from '../only';
import { factsOf, chosenServices } from '../conformance/stage';

const takingPhones = chosenServices.filter(
	({ messenger }) => messenger.recipient.fromPhone !== undefined,
);
type Chosen = (typeof takingPhones)[number];

/** What n8n says of a recipient that somebody typed into Phone. */
function issuesOf(service: Chosen, value: string): string[] {
	const property = recipientLocator(service);
	const parameters: INodeParameters = { to: { __rl: true, mode: 'phone', value } };
	const node: INode = {
		id: 'n',
		name: 'n',
		type: 't',
		typeVersion: 1,
		position: [0, 0],
		parameters,
	};
	const issues = NodeHelpers.getParameterIssues(property, parameters, '', node, null);
	return issues.parameters?.to ?? [];
}

function isTaken(service: Chosen, value: string): boolean {
	const phones = { defaultCountry: 'BR', allowUnusualNumbers: true, allowDoubtful: true } as const;
	try {
		readRecipient({ mode: 'phone', value }, service, phones, false);
		return true;
	} catch (problem) {
		if (problem instanceof InputError) return false;
		throw problem;
	}
}

eachOf(takingPhones.map((service) => [service.name, service] as const))('%s', (_, service) => {
	it('shows no red for an ID that it takes, nor for an expression', () => {
		const { none: _, ...bySort } = factsOf(service).ids;
		const given = Object.values(bySort).flatMap((ids) => Object.keys(ids));

		expect(given).not.toEqual([]);
		for (const id of [...given, '={{ $json.phone }}']) {
			expect([id, issuesOf(service, id)]).toEqual([id, []]);
		}
	});

	it('shows no red for whatever it takes', () => {
		const written = fc.string({
			unit: fc.constantFrom(...'0123456789+-() .@/:aZ٣é\n'.split('')),
			maxLength: 20,
		});
		let taken = 0;
		fc.assert(
			fc.property(written, (value) => {
				if (!isTaken(service, value)) return;
				taken += 1;
				expect(issuesOf(service, value)).toEqual([]);
			}),
			{ numRuns: 300 },
		);
		expect(taken).toBeGreaterThan(0);
	});

	it.each(['Maria', 'the customer', 'phone'])(
		'shows red for %s, which it does not take',
		(value) => {
			expect(isTaken(service, value)).toBe(false);
			expect(issuesOf(service, value)).toEqual(['Not a phone number']);
		},
	);
});
