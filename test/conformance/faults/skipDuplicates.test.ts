// Skip Duplicates, over every provider: nothing is sent twice, in one list or in the next execution.
import type { INodeParameters } from 'n8n-workflow';

import { PASTED, pastedOddly } from '../../credentials/odd';
import {
	chosenServices,
	expectReadable,
	openStages,
	type Person,
	processedKeys,
	type Row,
	type Stage,
} from '../stage';
import { overEveryService } from './ground';

describe('Skip Duplicates, with a memory that fails', () => {
	let stages: Awaited<ReturnType<typeof openStages>>;
	beforeAll(async () => {
		stages = await openStages();
	});
	afterAll(() => stages.stop());
	afterEach(() => jest.restoreAllMocks());

	/** Every service side by side, each before its own vendor: the node waits for the memory for seconds. */
	const inEach = async (test: (stage: Stage) => Promise<unknown>) =>
		await Promise.all(
			chosenServices.map(
				async (service) =>
					await stages.beforeOwnVendor(service, async (own) => [service.name, await test(own)]),
			),
		);
	const each = (came: unknown) => chosenServices.map(({ name }) => [name, came]);
	const memoryOf = ({ service }: Stage) => `failing memory ${service.name}`;
	const statusesOf = async (stage: Stage, persons: Person[]) => {
		const rows = await stage.rows(persons, {
			workflowId: memoryOf(stage),
			options: { skipDuplicates: true, maxConcurrent: 1 },
		});
		rows.filter(({ error }) => error !== undefined).forEach(expectReadable);
		return rows.map(({ status }) => status);
	};

	it('until a run has ended: the next run writes down what was sent', async () => {
		const add = processedKeys.checkProcessedAndRecord.bind(processedKeys);
		/** Whose memory fails: from the second call on, when what was claimed has been sent. */
		const failing = new Set<string>();
		const whole = new Set<string>();
		jest
			.spyOn(processedKeys, 'checkProcessedAndRecord')
			.mockImplementation(async (keys, scope, context) => {
				const { id } = context.workflow;
				if (failing.has(id) && !whole.has(id)) throw new Error('no database');
				failing.add(id);
				return await add(keys, scope, context);
			});

		const came = await inEach(async (stage) => {
			const persons = stage.people(2);
			const first = await statusesOf(stage, persons);
			whole.add(memoryOf(stage));
			return { first, again: await statusesOf(stage, persons), taken: stage.timesTaken(persons) };
		});

		expect(came).toEqual(
			each({
				first: ['accepted', 'accepted'],
				again: ['duplicate', 'duplicate'],
				taken: [1, 1],
			}),
		);
	});

	it('and does not answer at all: nothing is sent, rather than twice', async () => {
		jest
			.spyOn(processedKeys, 'checkProcessedAndRecord')
			.mockRejectedValue(new Error('no database'));

		const came = await inEach(async (stage) => ({
			statuses: await statusesOf(stage, stage.people(2)),
			received: stage.vendor.received.length,
		}));

		expect(came).toEqual(each({ statuses: ['notSent', 'notSent'], received: 0 }));
	});
});

overEveryService((ground) => {
	const { service, ONCE } = ground;

	describe('Skip Duplicates', () => {
		let workflowId: string;
		beforeEach(() => {
			workflowId = `duplicates ${service.name} ${expect.getState().currentTestName ?? ''}`;
		});
		const skipping = async (persons: Person[], options: INodeParameters = {}) =>
			await ground.stage.rows(persons, {
				workflowId,
				options: { skipDuplicates: true, maxConcurrent: 1, ...options },
			});
		const statuses = (rows: Row[]) => rows.map(({ status }) => status);

		it('a second run sends nothing that was accepted', async () => {
			const persons = ground.stage.people(3);

			expect(statuses(await skipping(persons))).toEqual(['accepted', 'accepted', 'accepted']);
			const again = await skipping([...persons, ground.stage.person(7)]);
			expect(statuses(again)).toEqual(['duplicate', 'duplicate', 'duplicate', 'accepted']);
			expect(again[0]).toMatchObject({ messageId: null, attempts: 0 });
			expect(ground.stage.timesTaken([...persons, ground.stage.person(7)])).toEqual([1, 1, 1, 1]);
		});

		it('a credential spelt otherwise is the same sender: nothing is sent twice', async () => {
			const { vendor, credential } = ground.stage;
			const { authenticate, test: check } = service.provider.credential;
			if (typeof authenticate !== 'function') throw new Error('signs with a function');
			const copied = await authenticate.call(service.provider.credential, credential, {
				url: check?.request.url ?? '',
			});
			const persons = ground.stage.people(2);
			expect(statuses(await skipping(persons))).toEqual(['accepted', 'accepted']);

			const spelt = [`${vendor.url}/`, ` HTTP${vendor.url.slice(4)}//`, copied.url].map((url) =>
				ground.stage.credentialAt(url),
			);
			const pasted = Object.values(PASTED).map((paste) =>
				pastedOddly(service.provider.credential, credential, paste),
			);
			for (const other of [...spelt, ...pasted]) {
				const again = await ground.stage.rows(persons, {
					workflowId,
					options: { skipDuplicates: true },
					credential: other,
				});
				expect(statuses(again)).toEqual(['duplicate', 'duplicate']);
			}
			expect(ground.stage.timesTaken(persons)).toEqual([1, 1]);
		});

		it('the same card twice in one list is sent once', async () => {
			const rows = await skipping([
				ground.stage.person(1),
				ground.stage.person(2),
				ground.stage.person(1),
			]);

			expect(statuses(rows)).toEqual(['accepted', 'accepted', 'duplicate']);
			expect(ground.stage.timesTaken([ground.stage.person(1), ground.stage.person(2)])).toEqual([
				1, 1,
			]);
		});

		it('the same card twice in one list, the first refused: the second is sent', async () => {
			ground.stage.vendor.faultNext('redirect302');
			const rows = await skipping([ground.stage.person(1), ground.stage.person(1)]);

			expect(statuses(rows)).toEqual(['rejected', 'accepted']);
			expect(ground.stage.timesTaken([ground.stage.person(1)])).toEqual([1]);
		});

		it('what was refused is sent again by the next run', async () => {
			const persons = ground.stage.people(2);
			ground.stage.vendor.faultNext('redirect308');

			expect(statuses(await skipping(persons))).toEqual(['rejected', 'accepted']);
			expect(statuses(await skipping(persons))).toEqual(['accepted', 'duplicate']);
			expect(ground.stage.timesTaken(persons)).toEqual([1, 1]);
		});

		it('what is unknown stays so and is not repeated', async () => {
			const persons = ground.stage.people(2);
			ground.stage.vendor.faultNext('resetBeforeAnswer');

			expect(statuses(await skipping(persons, ONCE))).toEqual(['unknown', 'accepted']);
			const again = await skipping(persons);
			expect(statuses(again)).toEqual(['unknown', 'duplicate']);
			expectReadable(again[0]);
			expect(again[0]?.attempts).toBe(0);
			expect(ground.stage.timesTaken(persons)).toEqual([1, 1]);
		});

		it('the key may be the user’s own: read for each item', async () => {
			const options = { duplicateKey: '={{ $json.lead }}' };
			const leads = [
				{ ...ground.stage.person(1), lead: 'lead 1' },
				{ ...ground.stage.person(2), lead: 'lead 1' },
				{ ...ground.stage.person(1), lead: 'lead 2' },
			];

			expect(statuses(await skipping(leads, options))).toEqual([
				'accepted',
				'duplicate',
				'accepted',
			]);
			expect(ground.stage.timesTaken([ground.stage.person(1), ground.stage.person(2)])).toEqual([
				2, 0,
			]);
		});

		it('off: the same list is sent as often as it is run', async () => {
			await skipping([ground.stage.person(3)], { skipDuplicates: false });
			await skipping([ground.stage.person(3)], { skipDuplicates: false });

			expect(ground.stage.timesTaken([ground.stage.person(3)])).toEqual([2]);
		});
	});
});
