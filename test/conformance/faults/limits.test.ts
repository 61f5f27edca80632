// A vendor that wants fewer messages, over every provider: it is left alone, and every item arrives once.
import { RETRY_AFTER, vendorOf } from '../../vendors';
import { expectNoSecret, expectReadable, rowsOf, type Stage } from '../stage';
import { CONTINUE, overEveryService } from './ground';

overEveryService((ground) => {
	const { service, seen } = ground;

	describe('over a limit', () => {
		const simulator = vendorOf(service.provider.name);
		/** A vendor that takes one message, then so many a second. */
		const limited = async (perSecond: number, test: (stage: Stage) => Promise<void>) => {
			await ground.beforeOwnVendor(test, { limits: [{ perSecond, burst: 1 }] });
		};

		it('the items leave again and arrive once', async () => {
			const persons = ground.stage.people(4);
			// Many may be under way, so several meet the limit at once.
			ground.stage.vendor.limitNext(2);
			const rows = await ground.stage.rows(persons, { options: { maxAttempts: 20 } });

			expect(rows.map(({ status }) => status)).toEqual(persons.map(() => 'accepted'));
			expect(ground.stage.timesTaken(persons)).toEqual(persons.map(() => 1));
			expect(seen()).toBe(persons.length + 2);
			expect(rows.reduce((sum, row) => sum + row.attempts, 0)).toBe(seen());
		});

		const forms = (simulator.comeBack ?? RETRY_AFTER).map(({ name }) => name);
		it(`the vendor is left alone as long as it asks: ${forms.join('; ')}`, async () => {
			const leftAlone = async (form: string) => {
				await ground.beforeOwnVendor(async (own) => {
					own.vendor.comeBackIn(1, form);
					own.vendor.limitNext();
					const rows = await own.rows(own.people(1));

					expect([form, rows]).toMatchObject([form, [{ status: 'accepted', attempts: 2 }]]);
					const [refused, taken] = own.vendor.received;
					expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThan(990);
				});
			};
			// Side by side, since each waits for a second.
			await Promise.all(forms.map(leftAlone));
		});

		it('a pause longer than Longest Wait: told with its end, and nobody waits, now or in the next run', async () => {
			ground.stage.vendor.comeBackIn(7200);
			ground.stage.vendor.limitNext();
			const { credential } = ground.stage;
			const settings = { options: { maxConcurrent: 1 }, node: CONTINUE, credential };
			const rows = rowsOf(await ground.stage.run(ground.stage.people(3), settings));
			const later = rowsOf(await ground.stage.run(ground.stage.people(1), settings));

			expect([...rows, ...later].map(({ status, attempts }) => [status, attempts])).toEqual([
				['rejected', 1],
				['notSent', 0],
				['notSent', 0],
				['notSent', 0],
			]);
			for (const row of [...rows, ...later]) {
				expectReadable(row);
				expect(row.error).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
				expect(row.description).toMatch(/Longest Wait/);
			}
			expect(seen()).toBe(1);
		});

		it('all attempts used up: rejected, and the next ones have theirs', async () => {
			await limited(0.001, async (own) => {
				own.vendor.comeBackIn(0);
				const run = await own.run(own.people(3), {
					options: { maxAttempts: 2, maxConcurrent: 1 },
					node: CONTINUE,
				});
				const rows = rowsOf(run);

				expect(rows.map(({ status, attempts }) => [status, attempts])).toEqual([
					['accepted', 1],
					['rejected', 2],
					['rejected', 2],
				]);
				const { answer } = own.vendor.received[1]!;
				expect(rows[1]?.httpCode).toBe('statusCode' in answer && String(answer.statusCode));
				expectReadable(rows[1]);
				expect(own.vendor.received).toHaveLength(5);
				expectNoSecret(run, own.vendor.secrets);
			});
		});
	});
});
