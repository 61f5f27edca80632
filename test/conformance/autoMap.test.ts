// Auto-Map, over every provider: the person of the item reaches the vendor as if it had been filled in, with where
// each field came from; and nobody who said no is written to, whatever the contact comes from.
import { FIXTURES } from '../contact/fromItem/fixtures';
import {
	expectReadable,
	factsOf,
	NODE,
	openStages,
	rowsOf,
	type Person,
	type Stage,
	type TestedService,
	servicesByName,
} from './stage';

let stages: Awaited<ReturnType<typeof openStages>>;
beforeAll(async () => {
	stages = await openStages();
});
afterAll(() => stages.stop());

/** Nothing is filled in but what no item holds. */
const FOUND = {
	contactSource: 'item',
	contactName: '',
	contactPhone: '',
	additionalFields: {},
} as const;

describe.each(servicesByName)('%s', (_name, service: TestedService) => {
	const { carries } = service.messenger.card;
	const hasSources = carries.includes('contactPhone');
	let stage: Stage;
	beforeEach(() => {
		stage = stages.stageOf(service);
		stage.vendor.reset();
	});

	/** The person as a HubSpot contact, and as the answers of a form. */
	const asContact = ({ name, phone, ...rest }: Person) => ({
		...rest,
		vid: 1,
		properties: { firstname: { value: name }, mobilephone: { value: phone } },
	});
	const asForm = ({ name, phone, ...rest }: Person) => ({
		...rest,
		body: { 'Nome completo': name, 'WhatsApp (com DDD)': phone },
		user: { firstName: 'Olga', phone: '+5511900000000' },
	});

	it('sends what it finds as if it had been filled in', async () => {
		const persons = stage.people(3);
		const [first, second, third] = persons;
		const items = [first!, asContact(second!), asForm(third!)];
		const rows = await stage.rows(items, { parameters: FOUND, options: { maxConcurrent: 1 } });

		expect(rows.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
		const byRecipient = (one: { to: string }, other: { to: string }) =>
			one.to.localeCompare(other.to);
		expect(stage.arrived().sort(byRecipient)).toEqual(
			persons.map((person) => stage.sentOf(person)).sort(byRecipient),
		);
	});

	if (hasSources) {
		it('the preview says which path gave which field', async () => {
			const [row] = await stage.rows([asContact(stage.person(1))], {
				parameters: FOUND,
				options: { preview: true },
			});

			expect(row).toMatchObject({
				status: 'preview',
				foundAt: { name: 'properties.firstname.value', phone: 'properties.mobilephone.value' },
			});
			const keys = Object.keys(row ?? {});
			expect(keys.indexOf('foundAt')).toBeLessThan(keys.indexOf('request'));
		});

		it('what is filled in wins, and is not said to be found', async () => {
			const [person, other] = [stage.person(1), stage.person(2)];
			const parameters = { ...FOUND, contactPhone: other.phone };
			const [row] = await stage.rows([asContact(person)], {
				parameters,
				options: { preview: true },
			});
			expect(row?.contact).toMatchObject({ phone: other.phone.replace(/\D/g, '') });
			expect(row?.foundAt).not.toHaveProperty('phone');
			expect(row?.foundAt).toMatchObject({ name: 'properties.firstname.value' });

			if (!carries.includes('contactName')) return;
			const named = { ...FOUND, contactName: other.name };
			const [sent] = await stage.rows([asContact(person)], { parameters: named });
			expect(sent?.contact).toMatchObject({
				name: other.name,
				phone: person.phone.replace(/\D/g, ''),
			});
			expect(stage.arrived()).toEqual([
				{
					...stage.sentOf(person),
					cards: [{ ...stage.sentOf(person, { ...person, name: other.name }).cards[0] }],
				},
			]);
		});

		it('what cannot be taken is said with its way out, and keeps nothing else from leaving', async () => {
			const refused = FIXTURES.filter((fixture) => fixture.refused !== undefined);
			const items = [
				...refused.map(({ item }, n) => ({ ...(item as object), to: stage.person(n).to })),
				stage.person(refused.length),
			];
			const run = await stage.run(items, {
				parameters: FOUND,
				node: { onError: 'continueRegularOutput' },
			});
			const rows = rowsOf(run);

			expect(run.output(NODE)).toHaveLength(items.length);
			expect(rows.map(({ status }) => status)).toEqual([
				...refused.map(() => 'notSent'),
				'accepted',
			]);
			rows.slice(0, -1).forEach((row, n) => {
				expect([row.parameter, refused[n]?.shape]).toEqual([
					refused[n]?.refused?.parameter,
					refused[n]?.shape,
				]);
				expectReadable(row);
			});
			expect(stage.vendor.sends()).toHaveLength(1);
		});
	}

	it.each(['fields', 'item'])(
		'who said no gets nothing, and may be the card for somebody else (from %s)',
		async (contactSource) => {
			const { to } = factsOf(service).recipient(1);
			const items = [
				{ ...stage.person(1), id: to, dnd: true },
				{ ...stage.person(2), dnd: true },
				{ ...stage.person(3), dnd: false },
			];
			const rows = await stage.rows(items, { parameters: { contactSource } });

			expect(rows.map(({ status }) => status)).toEqual(['notSent', 'accepted', 'accepted']);
			expect(rows[0]).toMatchObject({ parameter: 'to', attempts: 0 });
			expect(rows[0]?.error).toMatch(/has opted out.*dnd is true/);
			expectReadable(rows[0]);
			expect(stage.timesTaken([stage.person(1), stage.person(2)])).toEqual([0, 1]);
		},
	);

	if (service.messenger.recipient.fromPhone) {
		it('knows who said no by the phone, however it is written', async () => {
			const { phone } = stage.person(1);
			const items = [
				{ ...stage.person(2), phone, to: phone, whatsappBlacklisted: true, smsBlacklisted: false },
			];
			const rows = await stage.rows(items, {
				parameters: { to: '={{ $json.to.replace(/\\D/g, "") }}' },
			});

			expect(rows).toMatchObject([{ status: 'notSent', parameter: 'to' }]);
			expect(rows[0]?.error).toMatch(/whatsappBlacklisted/);
			expect(stage.vendor.received).toEqual([]);
		});
	}
});
