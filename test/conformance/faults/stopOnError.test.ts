// On Error = Stop, over every provider: what leaves after a failure, and that all items are accounted for.
import { expectNoSecret, NODE } from '../stage';
import { detailsOf, overEveryService, SHORT_FOR_THE_FIRST, until } from './ground';

overEveryService((ground) => {
	const { ONCE, seen } = ground;

	describe('On Error = Stop', () => {
		it('a bad row: nothing is sent, and every bad row is told, ten of them in full', async () => {
			const persons = ground.stage
				.people(20)
				.map((one, n) => (n % 3 === 1 || n > 12 ? { ...one, to: '' } : one));
			const bad = [1, 4, 7, 10, 13, 14, 15, 16, 17, 18, 19];
			const run = await ground.stage.run(persons);
			const error = run.error(NODE);
			const { description, context } = detailsOf(error);

			expect(run.run.status).toBe('error');
			expect(seen()).toBe(0);
			expect(error?.message).toMatch(/ is empty .*\[item 1\] and 10 more/);
			expect(context.itemIndex).toBe(1);
			expect(description).toMatch(/Nothing was sent/);
			for (const index of bad.slice(0, 10)) {
				expect(description).toMatch(new RegExp(`Item ${index}: .* is empty`));
			}
			expect(description).toMatch(/And items 19\./);
			expect(run.output(NODE)).toEqual([]);
		});

		it('a failure in the middle: nothing new leaves, and all items are accounted for', async () => {
			const persons = ground.stage.people(6);
			const run = await ground.stage.run(persons, {
				options: { maxConcurrent: 1 },
				onStart: () =>
					void until(() => ground.stage.vendor.sends().length === 2).then(() =>
						ground.stage.vendor.faultNext('redirect302'),
					),
			});
			const error = run.error(NODE);
			const { description, context } = detailsOf(error);

			expect(error?.message).toMatch(/another address.*\[item 2\]/);
			expect(context.itemIndex).toBe(2);
			expect(description).toContain('Accepted: 0–1. Refused: 2. Not sent: 3–5.');
			expect(seen()).toBe(3);
			expect(ground.stage.timesTaken(persons)).toEqual([1, 1, 0, 0, 0, 0]);
			expectNoSecret(run, ground.stage.vendor.secrets);
		});

		it('a failure among several under way: they are waited for and accounted for', async () => {
			const persons = ground.stage.people(8);
			// The first one hangs until its time is up; the others under way are accepted meanwhile.
			ground.stage.vendor.faultNext('timeoutAfterRead');
			const run = await ground.stage.run(persons, {
				options: { maxConcurrent: 3, timeout: SHORT_FOR_THE_FIRST, ...ONCE },
			});
			const { description } = detailsOf(run.error(NODE));
			const taken = ground.stage.timesTaken(persons);

			expect(run.error(NODE)?.message).toMatch(/in time.*\[item 0\]/);
			expect(Math.max(...taken)).toBe(1);
			expect(description).toContain('Not known whether sent: 0');
			expect(description).toContain('Accepted: 1–');
		});
	});
});
