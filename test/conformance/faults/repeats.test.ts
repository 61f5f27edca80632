// What leaves again and what does not, over every provider: unknown outcomes, n8n's Retry On Fail, and a
// cancelled execution.
import { expectNoSecret, NODE, rowsOf } from '../stage';
import { CONTINUE, overEveryService, until } from './ground';

overEveryService((ground) => {
	const { isRepeatSafe, ONCE, seen } = ground;

	describe('Retry Unknown Outcomes', () => {
		it('off: an unknown item is never repeated, however many attempts are allowed', async () => {
			ground.stage.vendor.faultNext('html502');
			const rows = await ground.stage.rows(ground.stage.people(1), { options: { maxAttempts: 5 } });

			// Unless the vendor drops a repeat: then it is asked again, and the outcome is known.
			expect(rows).toMatchObject([
				isRepeatSafe ? { status: 'accepted', attempts: 2 } : { status: 'unknown', attempts: 1 },
			]);
			expect(seen()).toBe(isRepeatSafe ? 2 : 1);
		});

		it('on: it is repeated until it is accepted', async () => {
			ground.stage.vendor.faultNext('resetBeforeAnswer', 2);
			const rows = await ground.stage.rows(ground.stage.people(1), {
				options: { retryUnknown: true },
			});

			expect(rows).toMatchObject([{ status: 'accepted', attempts: 3 }]);
			expect(seen()).toBe(3);
		});

		it('on, then refused: it stays unknown, since an earlier attempt may have arrived', async () => {
			ground.stage.vendor.faultNext('resetBeforeAnswer');
			ground.stage.vendor.faultNext('redirect302');
			const rows = await ground.stage.rows(ground.stage.people(1), {
				options: { retryUnknown: true },
			});

			expect(rows).toMatchObject([{ status: 'unknown', attempts: 2 }]);
		});
	});

	it('cancelling ends at once and starts nothing new', async () => {
		ground.stage.vendor.faultNext('timeoutAfterRead');
		const run = await ground.stage.run(ground.stage.people(20), {
			options: { maxConcurrent: 1, timeout: 600_000 },
			node: CONTINUE,
			onStart: ({ cancel }) => void until(() => seen() > 0).then(cancel),
		});

		expect(run.run.status).toBe('canceled');
		expect(seen()).toBe(1);
		expectNoSecret(run, ground.stage.vendor.secrets);
	});

	it('cancelling ends a wait at once', async () => {
		const options = { messagesPerMinute: 0.1, maxConcurrent: 5 };
		const run = await ground.stage.run(ground.stage.people(3), {
			options,
			onStart: ({ cancel }) =>
				void until(() => ground.stage.vendor.sends().length > 0).then(cancel),
		});

		expect(run.run.status).toBe('canceled');
		expect(seen()).toBe(1);
	});

	describe("n8n's Retry On Fail", () => {
		const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

		it('Continue: nothing accepted or unknown is sent again, what was refused is', async () => {
			const persons = ground.stage.people(4);
			ground.stage.vendor.faultNext('resetBeforeAnswer');
			ground.stage.vendor.faultNext('redirect302');
			const rows = await ground.stage.rows(persons, {
				options: { maxConcurrent: 1, ...ONCE },
				node: retrying,
			});

			expect(rows.map(({ status }) => status)).toEqual([
				isRepeatSafe ? 'accepted' : 'unknown',
				'accepted',
				'accepted',
				'accepted',
			]);
			expect(ground.stage.timesTaken(persons)).toEqual([1, 1, 1, 1]);
			expect(seen()).toBe(isRepeatSafe ? 6 : 5);
		});

		it('Stop: what was accepted is not sent again, and the rest is', async () => {
			const persons = ground.stage.people(4);
			const run = await (async () => {
				// The third one is refused in the first try and taken in the second.
				const started = ground.stage.run(persons, {
					options: { maxConcurrent: 1 },
					node: retrying,
					onStart: () =>
						void until(() => ground.stage.vendor.sends().length === 2).then(() =>
							ground.stage.vendor.faultNext('redirect302'),
						),
				});
				return await started;
			})();

			expect(rowsOf(run).map(({ status }) => status)).toEqual(persons.map(() => 'accepted'));
			expect(ground.stage.timesTaken(persons)).toEqual([1, 1, 1, 1]);
		});

		it('Stop: what is unknown is not sent again, nor does anything leave after it', async () => {
			const persons = ground.stage.people(3);
			ground.stage.vendor.faultNext('resetBeforeAnswer');
			const options = { maxConcurrent: 1, ...ONCE };
			const run = await ground.stage.run(persons, { options, node: retrying });

			if (isRepeatSafe) {
				expect(ground.stage.timesTaken(persons)).toEqual([1, 1, 1]);
				return;
			}
			expect(run.error(NODE)?.message).toMatch(/broke off/);
			expect(ground.stage.timesTaken(persons)).toEqual([1, 0, 0]);
			expect(seen()).toBe(1);
		});

		it('is not mistaken for a second execution with equal items, which sends again', async () => {
			const persons = ground.stage.people(2);
			await ground.stage.rows(persons, { node: retrying });
			await ground.stage.rows(persons, { node: retrying });

			expect(ground.stage.timesTaken(persons)).toEqual([2, 2]);
		});
	});
});
