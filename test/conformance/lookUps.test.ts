// Whether numbers have an account, over every provider that can be asked: as an operation of its own, and
// before something is sent. What vendors know of which number is said by their simulators, by hand.
import {
	expectNoSecret,
	expectReadable,
	NODE,
	openStages,
	factsOf,
	type Row,
	rowsOf,
	type RunOptions,
	type Stage,
	type TestedService,
	servicesByName,
} from './stage';
import { eachOf } from '../only';
import { type LookUpFacts, locator, vendorOf } from '../vendors';

let stages: Awaited<ReturnType<typeof openStages>>;
beforeAll(async () => {
	stages = await openStages();
});
afterAll(() => stages.stop());

const asked = servicesByName.flatMap(([name, service]) => {
	const { lookUps } = factsOf(service);
	return lookUps === undefined ? [] : [[name, service, lookUps] as const];
});

/** As many whole Brazilian mobiles, unlike all others. */
const morePhones = (count: number) =>
	Array.from({ length: count }, (_, n) => `5521${String(966660000 + n)}`);

const CONTINUE = { onError: 'continueRegularOutput' } as const;

it('there are vendors to be asked, or none was chosen', () => {
	const declared = servicesByName.filter(
		([, { messenger }]) => messenger.recipient.check !== undefined,
	);
	expect(asked.map(([name]) => name)).toEqual(declared.map(([name]) => name));
});

eachOf(asked)('%s', (_name, service: TestedService, facts: LookUpFacts) => {
	const { known, unknown, atOnce = 1, otherBuilds = [] } = facts;
	let stage: Stage;
	beforeEach(() => {
		stage = stages.stageOf(service);
		stage.vendor.reset();
	});
	/** What went to the vendor that was no message. */
	const lookedUp = () => stage.vendor.received.filter(({ kind }) => kind === 'other');
	const to = (phone: string, n = 0) => ({ ...stage.person(n), to: `+${phone}` });
	const byPhone = { to: locator('={{ $json.to }}', 'phone') };

	describe('Check Recipient', () => {
		const run = async (phones: string[], more: RunOptions = {}) =>
			await stage.run(
				phones.map((phone) => to(phone)),
				{
					...more,
					node: { ...CONTINUE, ...more.node },
					parameters: { ...byPhone, ...more.parameters, operation: 'checkRecipient' },
				},
			);

		it('says who has an account and what the vendor calls it, in order, and sends nothing', async () => {
			const found = await run([unknown, ...known.map(({ phone }) => phone)]);

			expect(found.output(NODE).map(({ json }) => [json.exists, json.id])).toEqual([
				[false, null],
				...known.map(({ id }) => [true, id]),
			]);
			expect(found.output(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
				[unknown, ...known].map((_, item) => ({ item })),
			);
			expect(Object.keys(found.output(NODE)[1]?.json ?? {})).toEqual([
				'provider',
				'to',
				'exists',
				'id',
			]);
			expect(stage.vendor.sends()).toEqual([]);
			expectNoSecret(found, stage.vendor.secrets);
		});

		for (const build of otherBuilds) {
			it(`says the same of a build with ${JSON.stringify(build)}`, async () => {
				Object.assign(stage.vendor.flags, build);
				const found = await run([unknown, ...known.map(({ phone }) => phone)]);

				expect(found.output(NODE).map(({ json }) => [json.exists, json.id])).toEqual([
					[false, null],
					...known.map(({ id }) => [true, id]),
				]);
			});
		}

		it('each number is asked for once, and many at once where the vendor takes them', async () => {
			const phones = known.map(({ phone }) => phone);
			const found = await run([...phones, ...phones, unknown, unknown]);

			expect(rowsOf(found).map(({ exists }) => exists)).toEqual([
				...phones.map(() => true),
				...phones.map(() => true),
				false,
				false,
			]);
			const numbers = new Set([...phones, unknown]).size;
			expect(lookedUp()).toHaveLength(Math.ceil(numbers / atOnce));
		});

		it('without Simplify it shows what was asked and answered', async () => {
			const found = await run([unknown], { parameters: { simplify: false } });
			const [row] = rowsOf(found);

			expect(row).toMatchObject({ request: { method: expect.any(String) as string } });
			expect(row).toMatchObject({ response: { statusCode: 200 } });
			expectNoSecret(found, stage.vendor.secrets);
		});

		it('an id is not looked up: it is said why, and nobody is asked', async () => {
			const found = await stage.run([{}], {
				node: CONTINUE,
				parameters: {
					operation: 'checkRecipient',
					to: locator(factsOf(service).cards.full.to, 'id'),
				},
			});
			const [row] = rowsOf(found);

			expect(row).toMatchObject({ exists: null, id: null, parameter: 'to' });
			expectReadable(row);
			expect(stage.vendor.received).toEqual([]);
		});

		it('an answer that says nothing: asked again, then it is not known, and it is said', async () => {
			stage.vendor.answerNextOther({ statusCode: 502, body: '<html>Bad Gateway</html>' }, 2);
			const found = await run([unknown], { options: { maxAttempts: 2 } });
			const [row] = rowsOf(found);

			expect(row).toMatchObject({ exists: null, id: null, httpCode: '502' });
			expectReadable(row);
			expect(lookedUp()).toHaveLength(2);
		});

		it.each(Object.keys(vendorOf(service.provider.name).wrongSecrets))(
			'a wrong %s: the vendor is asked once, however many numbers there are',
			async (field) => {
				const phones = [unknown, ...known.map(({ phone }) => phone), ...morePhones(atOnce)];
				const credential = { ...stage.credential, [field]: 'a-wrong-one' };
				const rows = rowsOf(await run(phones, { credential }));

				expect(lookedUp()).toHaveLength(1);
				expect(rows.map(({ exists }) => exists)).toEqual(phones.map(() => null));
				for (const row of rows) expectReadable(row);
			},
		);

		// The plainest refusal of an account, where the vendor has one: a status.
		const refusal = service.provider.refusals.find(
			({ about, means, when }) =>
				about === 'account' && means === undefined && Object.keys(when).join() === 'status',
		);
		const status = [refusal?.when.status].flat()[0];
		if (status !== undefined) {
			it('an account that is refused in between: those behind it are asked for all the same', async () => {
				const [first] = known;
				stage.vendor.answerNextOther({ statusCode: 200, body: {} });
				stage.vendor.answerNextOther({ statusCode: status, body: {} });
				const phones = [...morePhones(2 * atOnce), first?.phone ?? ''];
				const rows = rowsOf(await run(phones, { options: { messagesPerMinute: 600_000 } }));

				expect(lookedUp()).toHaveLength(3);
				expect(rows[2 * atOnce - 1]).toMatchObject({ exists: null, httpCode: String(status) });
				expect(rows.at(-1)).toMatchObject({ exists: true, id: first?.id });
			});
		}

		it('On Error = Stop: the error names the item', async () => {
			stage.vendor.answerNextOther({ statusCode: 403, body: {} });
			const found = await run([unknown], { node: { onError: 'stopWorkflow' } });

			expect(found.run.status).toBe('error');
			expect(found.error(NODE)?.message).toMatch(/\[item 0\]/);
		});

		it('a bad number: nobody is asked', async () => {
			const found = await run(['12'], { node: { onError: 'stopWorkflow' } });

			expect(found.error(NODE)?.message).toMatch(/\[item 0\]/);
			expect(stage.vendor.received).toEqual([]);
		});
	});

	describe('Check First', () => {
		const options = { checkFirst: true, maxConcurrent: 1 };
		const run = async (items: Array<Record<string, unknown>>, more: RunOptions = {}) =>
			await stage.run(items, {
				...more,
				node: { ...CONTINUE, ...more.node },
				options: { ...options, ...more.options },
				parameters: { ...byPhone, ...more.parameters },
			});
		const arrivedAt = () => stage.vendor.sends().map((request) => stage.vendor.read(request).to);

		it('whoever has an account gets the card as the vendor calls them, whoever has none gets nothing', async () => {
			const rows = rowsOf(
				await run([to(unknown), ...known.map(({ phone }, n) => to(phone, n + 1))]),
			);

			expect(rows.map(({ status }) => status)).toEqual(['notSent', ...known.map(() => 'accepted')]);
			expect(arrivedAt()).toEqual(known.map((one) => one.to));
			expect(rows.slice(1).map((row) => row.to)).toEqual(known.map((one) => one.to));
			expectReadable(rows[0]);
			expect(rows[0]).toMatchObject({ attempts: 0, parameter: 'to' });
		});

		it('On Error = Stop: nothing is sent where one recipient has no account', async () => {
			const found = await run([to(known[0]?.phone ?? ''), to(unknown)], {
				node: { onError: 'stopWorkflow' },
			});

			expect(found.error(NODE)?.message).toMatch(/\[item 1\]/);
			expect(stage.vendor.sends()).toEqual([]);
		});

		it('On Error = Stop: a bad row is told before anybody is asked', async () => {
			const found = await run([to(known[0]?.phone ?? ''), { ...to('12'), to: 'nobody' }], {
				node: { onError: 'stopWorkflow' },
			});

			expect(found.error(NODE)?.message).toMatch(/\[item 1\]/);
			expect(stage.vendor.received).toEqual([]);
		});

		it('whoever is picked from the list is looked up, too', async () => {
			const first = known[0]?.phone ?? '';
			const spelt = ['@c.us', '@s.whatsapp.net'].map((end) => `${first}${end}`);
			const ids = spelt.filter((id) =>
				service.messenger.recipient.ids.some(({ pattern }) => pattern.test(id)),
			);
			const rows = rowsOf(
				await run(
					ids.map((id) => ({ ...to(first), to: id })),
					{ parameters: { to: locator('={{ $json.to }}', 'id') } },
				),
			);

			expect(rows.map(({ status }) => status)).toEqual(ids.map(() => 'accepted'));
			expect(lookedUp().length > 0).toBe(ids.length > 0);
		});

		it('says whether the card can be answered to', async () => {
			const carries = service.messenger.card.carries.includes('contactPhone');
			const recipient = known[0]?.phone ?? '';
			const items = [known[1]?.phone ?? '', unknown].map((phone) => ({
				...to(recipient),
				phone: `+${phone}`,
			}));
			const rows = rowsOf(await run(items));

			expect(rows.map(({ status, cardReachable }) => [status, cardReachable])).toEqual([
				['accepted', carries ? true : null],
				['accepted', carries ? false : null],
			]);
		});

		it('a vendor that does not answer the look-up gets the number as it was given, and that is told', async () => {
			stage.vendor.answerNextOther({ statusCode: 403, body: {} }, 2);
			const found = await run([to(known[0]?.phone ?? '')]);
			const [row]: Row[] = rowsOf(found);

			expect(row).toMatchObject({ status: 'accepted' });
			expect(stage.vendor.sends()).toHaveLength(1);
			expect(
				found
					.tasks(NODE)[0]
					?.hints?.map(({ message }) => message)
					.join('\n'),
			).toMatch(/Check First got no answer/);
		});

		it('off, or only a preview: nobody is asked', async () => {
			await run([to(unknown)], { options: { checkFirst: false } });
			await run([to(unknown)], { options: { preview: true } });

			expect(lookedUp()).toEqual([]);
		});
	});
});
