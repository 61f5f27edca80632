// The pacer on a virtual clock: even spacing, no burst ever, pauses, backoff, slowing down and recovering.
import { Pacer, pacerOf } from '../../nodes/SendContact/delivery/pace';
import { VirtualTime } from './VirtualTime';

let time: VirtualTime;
let pacer: Pacer;
beforeEach(() => {
	time = new VirtualTime();
	pacer = new Pacer(time);
});

/** Takes that many turns as fast as they come; when each was taken. */
async function take(count: number, intervalMs: number, each?: (n: number) => void) {
	return await time.run(
		(async () => {
			const times: number[] = [];
			for (let n = 0; n < count; n += 1) {
				await pacer.turn(intervalMs);
				times.push(time.now());
				pacer.accepted();
				each?.(n);
			}
			return times;
		})(),
	);
}

const gaps = (times: number[]) => times.slice(1).map((at, n) => at - (times[n] ?? 0));
const longest = (values: number[]) => Math.max(...values);
const shortest = (values: number[]) => Math.min(...values);

/** The most turns in any window of that length. */
function mostWithin(times: number[], windowMs: number): number {
	return longest(
		times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
	);
}

describe('even spacing', () => {
	it.each([1, 20, 1000, 600_000])('every %s ms, from the first message on', async (interval) => {
		const times = await take(50, interval);

		expect(times[0]).toBe(0);
		expect(shortest(gaps(times))).toBeGreaterThanOrEqual(interval);
		expect(longest(gaps(times))).toBeLessThanOrEqual(interval * 1.02);
	});

	it('no waiting without a limit', async () => {
		expect(longest(await take(1000, 0))).toBe(0);
	});

	it('at most 1.03 times the ideal time', async () => {
		const times = await take(1001, 20);

		expect(longest(times)).toBeLessThanOrEqual(1000 * 20 * 1.03);
	});

	it('late timers do not add up', async () => {
		time.lateMs = () => 6;
		const times = await take(1001, 20);

		expect(longest(times)).toBeLessThanOrEqual(1000 * 20 * 1.03);
	});

	it('timers that are late now and then break no limit of any second', async () => {
		let n = 0;
		time.lateMs = () => (n++ % 7 === 0 ? 10 : 0);
		const times = await take(500, 20);

		expect(mostWithin(times, 1000)).toBeLessThanOrEqual(50);
	});

	it('nothing is caught up after a stall', async () => {
		const times = await take(100, 20, (n) => n === 50 && time.stall(10_000));

		expect(shortest(gaps(times))).toBeGreaterThanOrEqual(20);
		expect(mostWithin(times, 1000)).toBeLessThanOrEqual(50);
	});

	it('nothing is caught up after a rest', async () => {
		await take(5, 20);
		time.stall(60_000);
		const times = await take(5, 20);

		expect(shortest(gaps(times))).toBeGreaterThanOrEqual(20);
	});

	it('two executions share one pace', async () => {
		const lane = `lane ${String(Math.random())}`;
		expect(pacerOf(lane, time)).toBe(pacerOf(lane, time));
		expect(pacerOf(`${lane}!`, time)).not.toBe(pacerOf(lane, time));

		const times: number[] = [];
		const execution = async () => {
			for (let n = 0; n < 20; n += 1) {
				await pacerOf(lane, time).turn(50);
				times.push(time.now());
			}
		};
		await time.run(Promise.all([execution(), execution()]));
		expect(times).toHaveLength(40);
		expect(shortest(gaps(times))).toBeGreaterThanOrEqual(50);
	});

	it('a stop ends the wait at once, and the turn is not taken', async () => {
		await take(1, 60_000);
		const stop = new AbortController();
		const turn = pacer.turn(60_000, stop.signal);
		stop.abort();

		expect(await turn).toBe(false);
		expect(time.now()).toBe(0);
		expect(await pacer.turn(60_000, stop.signal)).toBe(false);
	});
});

describe('when the vendor refuses', () => {
	it('waits as long as it asked', async () => {
		await take(1, 20);
		expect(pacer.overloaded(time.now(), 7000)).toBe(true);

		expect(pacer.pausedForMs()).toBe(7000);
		expect(await take(1, 20)).toEqual([7000]);
	});

	it('a shorter wait does not end a longer one', () => {
		pacer.pause(5000);
		pacer.pause(10);

		expect(pacer.pausedForMs()).toBe(5000);
	});

	it('without a time backs off exponentially up to a minute, with full jitter', () => {
		time.chance = () => 0;
		expect(pacer.backoff(1)).toBe(0);
		time.chance = () => 0.5;
		expect([1, 2, 3, 4].map((nth) => pacer.backoff(nth))).toEqual([500, 1000, 2000, 4000]);
		time.chance = () => 1 - Number.EPSILON;
		for (const nth of [7, 20, 2000]) {
			expect(pacer.backoff(nth)).toBeLessThanOrEqual(60_000);
			expect(pacer.backoff(nth)).toBeGreaterThan(59_000);
		}
	});

	it('the refusals of one moment slow it down once', async () => {
		const times = await take(5, 20);
		time.stall(150);
		const slowed = times.map((leftAt) => pacer.overloaded(leftAt, 0));

		expect(slowed.filter(Boolean)).toHaveLength(1);
		const after = gaps(await take(5, 20));
		expect(shortest(after)).toBeGreaterThanOrEqual(20 * 1.1);
		expect(longest(after)).toBeLessThanOrEqual(20 * 2.1);
	});

	it('a refusal after the new pace slows it down further', async () => {
		await take(1, 20);
		pacer.overloaded(time.now(), 0);
		const [before = 0] = gaps(await take(2, 20));
		pacer.overloaded(time.now(), 0);
		const [after = 0] = gaps(await take(2, 20));

		expect(after).toBeGreaterThan(before);
	});

	it('never stops altogether', async () => {
		await take(1, 20);
		for (let n = 0; n < 50; n += 1) {
			await take(1, 20);
			pacer.overloaded(time.now(), 0);
		}

		expect(longest(gaps(await take(3, 20)))).toBeLessThanOrEqual(62_000);
	});

	it('goes back to the documented pace when the vendor is content again', async () => {
		await take(1, 20);
		pacer.overloaded(time.now(), 0);
		const times = await take(20_000, 20);

		expect(gaps(times)[0]).toBeGreaterThan(25);
		expect(gaps(times).at(-1)).toBeLessThanOrEqual(20 * 1.02);
	});

	it('one refusal among many acceptances hardly slows it down', async () => {
		await take(100, 20);
		for (let n = 0; n < 100; n += 1) pacer.accepted();
		pacer.overloaded(time.now(), 0);

		expect(longest(gaps(await take(5, 20)).slice(1))).toBeLessThanOrEqual(20 * 1.1);
	});

	it('retreats to the pace that held when a faster one is refused', async () => {
		await take(2, 20);
		for (const _ of [1, 2]) pacer.overloaded(time.now(), 0);
		const [held = 0] = gaps(await take(2, 20)).slice(-1);
		let gap = held;
		while (gap >= held * 0.99) {
			for (let n = 0; n < 5; n += 1) pacer.accepted();
			time.stall(1000);
			[gap = 0] = gaps(await take(2, 20)).slice(-1);
		}
		for (const _ of [1, 2]) pacer.overloaded(time.now(), 0);

		expect(gaps(await take(3, 20)).at(-1)).toBeCloseTo(held, 0);
	});

	it('an unlimited vendor gets a pace, and loses it again', async () => {
		const times = await take(100, 0);
		time.stall(50);
		// More than a coincidence: half of what left was refused.
		for (const leftAt of times.slice(50)) pacer.overloaded(leftAt, 0);
		const [first = 0] = gaps(await take(2, 0));
		for (let n = 0; n < 1000; n += 1) {
			time.stall(5000);
			await take(1, 0);
		}

		expect(first).toBeGreaterThanOrEqual(20);
		expect(gaps(await take(2, 0))).toEqual([0]);
	});
});
