// How long a list takes with vendors that count in different ways, on a virtual clock: strictly, to the
// millisecond; with a burst; in windows; less than they document.
import { bestOfIdeal, bucket, fixedWindow, randomFrom, send } from './vendorsOfTime';

const seeds = [1, 2, 3, 4].map((seed) => [seed * 7919] as const);

describe.each(seeds)('chance %i', (seed) => {
	describe('a vendor that counts strictly: at most 1.10 of the ideal', () => {
		it.each([
			['without Retry-After', {}],
			['with Retry-After', { retryAfter: '1' }],
			['that answers after 20 ms', { latencyMs: 20 }],
			['that answers after a second', { latencyMs: 1000 }],
			['that messages reach unevenly', { unevenMs: 0.3 }],
		])('%s', async (_, more) => {
			const { ofIdeal, lost } = await send({ count: bucket(20, 1), idealMs: 20, seed, ...more });

			expect(lost).toBe(0);
			expect(ofIdeal).toBeLessThanOrEqual(1.1);
		});

		it('refuses only while it is not known to be strict', async () => {
			const { refused } = await send({ count: bucket(20, 1), idealMs: 20, seed });

			expect(refused).toBeGreaterThan(0);
			expect(refused).toBeLessThanOrEqual(6);
		});

		it.each([
			{ share: 0.2, byMs: 3 },
			{ share: 0.05, byMs: 10 },
			{ share: 0.01, byMs: 100 },
		])('the same from a process that is busy when it sends: $share by $byMs ms', async (stalls) => {
			const trial = { count: bucket(20, 1), idealMs: 20, retryAfter: '1', seed, stalls };
			const { refused } = await send(trial);

			expect(refused).toBeGreaterThan(0);
			expect(refused).toBeLessThanOrEqual(6);
		});
	});

	it.each([3, 50])('a vendor that lets %i through at once: 1.02, and no refusal', async (burst) => {
		const { ofIdeal, refused } = await send({ count: bucket(20, burst), idealMs: 20, seed });

		expect(refused).toBe(0);
		expect(ofIdeal).toBeLessThanOrEqual(1.02);
	});

	it('a vendor that counts by the second: 1.02, and no refusal', async () => {
		const result = await send({ count: fixedWindow(50, 1000), idealMs: 20, seed });

		expect(result.refused).toBe(0);
		expect(result.ofIdeal).toBeLessThanOrEqual(1.02);
	});

	it.each([
		['without Retry-After', {}],
		['with Retry-After', { retryAfter: '1' }],
		['that answers after a second', { latencyMs: 1000 }],
	])('a vendor that takes half of what it documents, %s: none lost, 1.15', async (_, more) => {
		const trial = { count: bucket(40, 25), idealMs: 40, documentedMs: 20, seed, ...more };
		const { ofIdeal, lost } = await send(trial);

		expect(lost).toBe(0);
		expect(ofIdeal).toBeLessThanOrEqual(1.15);
	});

	it('a vendor that documents no limit and has one: none lost, 1.25', async () => {
		const trial = { count: bucket(100, 10), idealMs: 100, documentedMs: 0, items: 300, seed };
		const { ofIdeal, lost } = await send(trial);

		expect(lost).toBe(0);
		expect(ofIdeal).toBeLessThanOrEqual(1.25);
	});

	it('after one card has used up its attempts those behind it are taken in the next minute', async () => {
		const trial = { count: fixedWindow(60, 60_000), idealMs: 1000, documentedMs: 50, seed };
		const { lost } = await send({ ...trial, items: 180 });

		// At most those that were under way when a minute's messages were used up, twice.
		expect(lost).toBeLessThanOrEqual(4);
	});
});

describe('a vendor that counts strictly, reached from a busy machine: a fifth more than the best there is', () => {
	const busy = [
		{ share: 0.1, byMs: 2 },
		{ share: 0.2, byMs: 2 },
		{ share: 0.15, byMs: 3 },
	].flatMap((late) => [
		{ late, retryAfter: undefined, pauseMs: 0 },
		{ late, retryAfter: '1', pauseMs: 1000 },
	]);

	it.each(busy)('$late, Retry-After $retryAfter', async ({ late, retryAfter, pauseMs }) => {
		const trial = { idealMs: 20, unevenMs: 0.35, late, ...(retryAfter && { retryAfter }) };
		const runs = await Promise.all(
			seeds.map(async ([seed]) => await send({ count: bucket(20, 1), ...trial, seed })),
		);

		const mean = runs.reduce((sum, { ofIdeal }) => sum + ofIdeal, 0) / runs.length;
		expect(mean).toBeLessThanOrEqual(1.2 * bestOfIdeal(trial, pauseMs));
		expect(runs.map(({ lost }) => lost)).toEqual(runs.map(() => 0));
	});
});

it('a vendor that refuses one message in a hundred at any pace, with Retry-After: a tenth more than the refusals cost', async () => {
	const runs = await Promise.all(
		seeds.map(async ([seed]) => {
			const random = randomFrom(seed + 1);
			const inTime = bucket(20, 50);
			const count = (now: number) => random() >= 0.01 && inTime(now);
			return await send({ count, idealMs: 20, retryAfter: '1', items: 1500, seed });
		}),
	);

	const mean = runs.reduce((sum, { ofIdeal }) => sum + ofIdeal, 0) / runs.length;
	expect(mean).toBeLessThanOrEqual(1.1 * (1.012 + 0.01 * (1000 / 20)));
	expect(runs.map(({ lost }) => lost)).toEqual(runs.map(() => 0));
});
