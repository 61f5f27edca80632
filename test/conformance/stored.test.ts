// What a saved workflow holds beside what the chosen provider's panel shows: values that were filled in for
// another provider, options as one expression, an operation that is none. Over every service, on n8n's own
// engine: n8n itself strips hidden values before a node sees them, which no test of the node's functions
// can show.
import { NodeHelpers, type INodeParameters, type INodePropertyCollection } from 'n8n-workflow';

import { hasSources } from '../../nodes/SendContact/parameters';
import { ADDITIONAL_FIELDS } from '../../nodes/SendContact/parameters/contactFields';
import {
	expectReadable,
	openStages,
	type Stage,
	type TestedService,
	services,
	servicesByName,
} from './stage';

let stages: Awaited<ReturnType<typeof openStages>>;
beforeAll(async () => {
	stages = await openStages();
});
afterAll(() => stages.stop());

const isListEntry = (option: object): option is INodePropertyCollection => 'values' in option;

/** Something in every field there is, as the panel stores it. */
const EVERYTHING: INodeParameters = Object.fromEntries(
	ADDITIONAL_FIELDS.map(({ name, type, options }): [string, INodeParameters[string]] => {
		const entry = [...(options ?? [])].find(isListEntry);
		if (type !== 'fixedCollection' || entry === undefined) return [name, valueOf(name)];
		const [first] = entry.values;
		return [name, { [entry.name]: first ? [{ [first.name]: valueOf(first.name) }] : [] }];
	}),
);

function valueOf(name: string): string {
	if (name === 'number') return '+55 31 96666-5555';
	if (name === 'email' || name === 'address') return 'zoe@acme.example';
	if (name === 'url') return 'https://acme.example/zoe';
	return name === 'birthday' ? '1990-05-21' : `Some ${name}`;
}

/** The options of a message that any service has. */
const optionsOfOthers = (service: TestedService) =>
	[
		...new Set(
			services
				.filter(({ isOdd }) => service.isOdd || !isOdd)
				.flatMap(({ messenger }) => Object.keys(messenger.options)),
		),
	].filter((name) => !(name in service.messenger.options));

describe.each(servicesByName)('%s', (_, service: TestedService) => {
	let stage: Stage;
	beforeEach(() => {
		stage = stages.stageOf(service);
		stage.vendor.reset();
	});

	const { carries } = service.messenger.card;
	const lost = ADDITIONAL_FIELDS.map(({ name }) => name).filter(
		(name) => !carries.some((field) => field === name),
	);

	it('a field that was filled in and that the provider does not carry is told', async () => {
		const [row] = await stage.rows([stage.person(1)], {
			parameters: { additionalFields: EVERYTHING },
		});

		expect(row).toMatchObject({ status: 'accepted' });
		expect(row?.droppedFields).toEqual(expect.arrayContaining(lost));
		expect(row?.droppedFields).not.toEqual(expect.arrayContaining([...carries]));
	});

	it('a value of another kind that was filled in for another provider breaks nothing', async () => {
		const odd = Object.fromEntries(lost.map((name) => [name, { some: ['thing'] }]));
		const [row] = await stage.rows([stage.person(1)], { parameters: { additionalFields: odd } });

		expect(row).toMatchObject({ status: 'accepted' });
	});

	it('an option of another provider is told and never reaches this one', async () => {
		const others = optionsOfOthers(service);
		const options = Object.fromEntries(others.map((name) => [name, 'text of another provider']));
		const [row] = await stage.rows([stage.person(1)], { options });

		expect(row).toMatchObject({ status: 'accepted' });
		expect(row?.droppedFields).toEqual(expect.arrayContaining(others));
		expect(JSON.stringify(stage.vendor.received)).not.toContain('text of another provider');
	});

	it('options given as one expression are read', async () => {
		const [row] = await stage.rows([stage.person(1)], {
			workflow: withParameter('options', '={{ { preview: true } }}'),
		});

		expect(row).toMatchObject({ status: 'preview' });
		expect(stage.vendor.received).toEqual([]);
	});

	it.each([
		['a name that is no option', '={{ { previw: true } }}', 'previw'],
		['no set of options', '={{ "preview" }}', 'Options'],
	])('options as an expression that gives %s send nothing', async (__, expression, said) => {
		const rows = await stage.rows([stage.person(1)], {
			workflow: withParameter('options', expression),
		});

		expect(rows).toMatchObject([{ status: 'notSent', parameter: 'options' }]);
		expect(String(rows[0]?.error)).toContain(said);
		rows.forEach(expectReadable);
		expect(stage.vendor.received).toEqual([]);
	});

	it('an operation that is none sends nothing', async () => {
		const rows = await stage.rows([stage.person(1)], { parameters: { operation: 'delete' } });

		expect(rows).toMatchObject([{ status: 'notSent', parameter: 'operation' }]);
		rows.forEach(expectReadable);
		expect(stage.vendor.received).toEqual([]);
	});

	it('a contact source that is none sends nothing: fields that are hidden may be left from another', async () => {
		const rows = await stage.rows([stage.person(1)], { parameters: { contactSource: 'vcard' } });

		if (!hasSources(service.messenger)) {
			expect(rows).toMatchObject([{ status: 'accepted' }]);
			return;
		}
		expect(rows).toMatchObject([{ status: 'notSent', parameter: 'contactSource' }]);
		rows.forEach(expectReadable);
		expect(stage.vendor.received).toEqual([]);
	});

	it('additional fields given as JSON, rather than as an object, send nothing', async () => {
		const json = '={{ JSON.stringify({ note: "by appointment" }) }}';
		const rows = await stage.rows([stage.person(1)], {
			parameters: { additionalFields: {} },
			workflow: withParameter('additionalFields', json),
		});

		expect(rows).toMatchObject([{ status: 'notSent', parameter: 'additionalFields' }]);
		rows.forEach(expectReadable);
		expect(stage.vendor.received).toEqual([]);
	});

	/** The fields of a name of which one is enough, each alone. */
	const alternatives = service.messenger.card.requires.flatMap((field) =>
		typeof field === 'string' ? [] : [...field],
	);
	it('what is demanded as one of several is enough alone, in the panel as for the vendor', async () => {
		const { description } = stages.packagedFor(service).node('sendContact');
		const values = {
			provider: service.provider.name,
			messenger: service.messenger.name,
			operation: 'send',
			contactSource: 'fields',
		};
		const required = description.properties
			.filter(({ required: isRequired }) => isRequired)
			.filter((property) =>
				NodeHelpers.displayParameter(values, property, { typeVersion: 1 }, description, values),
			)
			.map(({ name }) => name);

		for (const field of alternatives) {
			expect(required).not.toContain(field);
			const filled =
				field === 'contactName'
					? { contactName: 'Zoë' }
					: { contactName: '', additionalFields: { [field]: 'Zoë' } };
			const rows = await stage.rows([stage.person(1)], { parameters: filled });
			expect(rows).toMatchObject([{ status: 'accepted', droppedFields: [] }]);
		}
		expect(required).toContain('to');
	});
});

/** Sets a parameter of the node to what the panel's own types would not allow. */
const withParameter = (name: string, value: string) => (workflow: WorkflowOf) => ({
	...workflow,
	nodes: workflow.nodes.map((node) =>
		name in node.parameters ? { ...node, parameters: { ...node.parameters, [name]: value } } : node,
	),
});

type WorkflowOf = Parameters<NonNullable<NonNullable<Parameters<Stage['rows']>[1]>['workflow']>>[0];
