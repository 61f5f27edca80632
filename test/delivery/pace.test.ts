// The pacer on a virtual clock: even spacing, no burst ever, turns in order, pauses, backoff, slowing down
// and recovering.
import { Pacer } from '../../nodes/SendContact/delivery/pace';
import { pacerOf } from '../../nodes/SendContact/delivery/pacers';
import { VirtualTime } from './VirtualTime';

/** Pauses up to this are waited for. */
const LONGEST_MS = 300_000;

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
				await pacer.turn(intervalMs, LONGEST_MS);
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
	it.each([1, 20, 1000, 600_000])('every %s ms', async (interval) => {
		const times = await take(50, interval);

		expect(times[0]).toBe(0);
		expect(shortest(gaps(times))).toBeGreaterThanOrEqual(interval);
		expect(longest(gaps(times).slice(3))).toBeLessThanOrEqual(interval * 1.02);
	});

	it('the first requests, which take longer on their way, are given a little time', async () => {
		expect(longest(await take(4, 20))).toBeLessThanOrEqual(3 * 20 * 1.02 + 60);
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
				await pacerOf(lane, time).turn(50, LONGEST_MS);
				times.push(time.now());
			}
		};
		await time.run(Promise.all([execution(), execution()]));
		expect(times).toHaveLength(40);
		expect(shortest(gaps(times))).toBeGreaterThanOrEqual(50);
	});

	it('who has waited longest goes first: nobody is held up until another list is through', async () => {
		const turns: string[] = [];
		const execution = async (name: string) => {
			for (let n = 0; n < 10; n += 1) {
				await pacer.turn(20, LONGEST_MS);
				turns.push(name);
			}
		};
		await time.run(Promise.all([execution('one'), execution('other')]));

		expect(turns.slice(0, 10).filter((name) => name === 'one')).toHaveLength(5);
	});

	it('a list with a slow pace holds up no other one, while it runs or after it', async () => {
		const slow: number[] = [];
		const fast: number[] = [];
		const run = async (count: number, intervalMs: number, times: number[]) => {
			for (let n = 0; n < count; n += 1) {
				await pacer.turn(intervalMs, LONGEST_MS);
				times.push(time.now());
			}
		};
		await time.run(Promise.all([run(3, 600_000, slow), run(100, 20, fast)]));

		expect(longest(fast)).toBeLessThan(100 * 20 * 1.03 + 100);
		expect(shortest(gaps(slow))).toBeGreaterThanOrEqual(600_000);
		const endedAt = time.now();
		expect((await take(2, 20)).map((at) => at - endedAt)).toEqual([
			expect.closeTo(20 * 1.012, 1),
			expect.closeTo(2 * 20 * 1.012, 1),
		]);
	});

	it('two lists with one slow pace keep it together', async () => {
		const times: number[] = [];
		const run = async () => {
			for (let n = 0; n < 3; n += 1) {
				await pacer.turn(10_000, LONGEST_MS);
				times.push(time.now());
			}
		};
		await time.run(Promise.all([run(), run()]));

		expect(shortest(gaps(times))).toBeGreaterThanOrEqual(10_000);
	});

	it('a turn that is given back is there for the next one', async () => {
		await take(3, 600_000);
		const turn = await time.run(pacer.turn(600_000, LONGEST_MS));
		if (typeof turn === 'string') throw new Error(turn);
		turn.giveBack();
		const now = time.now();

		expect(await take(1, 600_000)).toEqual([now]);
	});

	it('a stop ends the wait at once, and the turn is not taken', async () => {
		await take(1, 60_000);
		const stop = new AbortController();
		const turn = pacer.turn(60_000, LONGEST_MS, stop.signal);
		stop.abort();

		expect(await turn).toBe('ended');
		expect(time.now()).toBe(0);
		expect(await pacer.turn(60_000, LONGEST_MS, stop.signal)).toBe('ended');
	});
});

/** The vendor refuses the message that left then. */
function refuse(leftAt: number, askedMs?: number, attempts = 1, intervalMs = 20): boolean {
	return pacer.refused({ intervalMs, leftAt, attempts }, askedMs, LONGEST_MS);
}

/** A message takes its turn, and nobody knows yet what comes of it; when that was. */
async function leave(intervalMs: number): Promise<number> {
	await time.run(pacer.turn(intervalMs, LONGEST_MS));
	return time.now();
}

/** The next message finds its turn only after so long. */
async function pauseMs(): Promise<number> {
	const from = time.now();
	return (await leave(0)) - from;
}

describe('pauses', () => {
	it('waits as long as the vendor asked, from then on', async () => {
		await take(1, 20);
		expect(refuse(time.now(), 7000)).toBe(true);

		expect(pacer.askedForMs()).toBe(7000);
		expect(await take(1, 20)).toEqual([7000]);
		expect(pacer.askedForMs()).toBe(0);
	});

	it('a shorter one does not end a longer one', async () => {
		await take(1, 0);
		refuse(time.now(), 5000);
		refuse(time.now(), 10);

		expect(await pauseMs()).toBe(5000);
	});

	it.each([
		[300_000, 'taken'],
		[300_001, 'pausedTooLong'],
		[7_200_000, 'pausedTooLong'],
	])('of %i ms, where five minutes are waited for: %s', async (askedMs, expected) => {
		await take(1, 20);
		refuse(time.now(), askedMs);
		const turn = await time.run(pacer.turn(20, LONGEST_MS));

		expect(typeof turn === 'string' ? turn : 'taken').toBe(expected);
	});

	it('that turns out too long sends away who waits already, also those of another list', async () => {
		await take(1, 20);
		refuse(time.now(), 200_000);
		const waiting = [pacer.turn(20, LONGEST_MS), pacer.turn(20, LONGEST_MS)];
		refuse(time.now(), 400_000);

		expect(await time.run(Promise.all(waiting))).toEqual(['pausedTooLong', 'pausedTooLong']);
		expect(time.now()).toBe(0);
	});

	it.each([10 ** 15, Date.parse('2099-01-01') - Date.parse('2026-11-25')])(
		'of %i ms are no plan: the vendor is asked again after a minute',
		async (askedMs) => {
			await take(1, 20);
			refuse(time.now(), askedMs);
			expect(await time.run(pacer.turn(20, LONGEST_MS))).toBe('pausedTooLong');
			expect(pacer.askedForMs()).toBe(askedMs);
			time.stall(60_000);

			expect(pacer.askedForMs()).toBe(0);
			expect(await pauseMs()).toBe(0);
		},
	);

	it('who does not wait for any is not kept by them, and hammers nobody', async () => {
		time.chance = () => 0.999;
		await take(1, 0);
		for (let n = 0; n < 8; n += 1) pacer.unready(time.now(), undefined, 0);

		expect(await pauseMs()).toBe(1000);
	});

	it('without an answer back off exponentially up to a minute, with full jitter', async () => {
		const waits: number[] = [];
		for (let n = 0; n < 9; n += 1) {
			time.chance = () => 0.5;
			pacer.unready(time.now(), undefined, LONGEST_MS);
			waits.push(await pauseMs());
		}

		expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
		time.chance = () => 0;
		pacer.unready(time.now(), undefined, LONGEST_MS);
		expect(await pauseMs()).toBe(0);
	});

	it('after refusals in a row grow from a spacing to a minute, across messages', async () => {
		time.chance = () => 0.999;
		const waits: number[] = [];
		for (let n = 0; n < 6; n += 1) {
			const leftAt = await leave(0);
			refuse(leftAt, undefined, 1, 0);
			waits.push(await pauseMs());
		}

		expect(waits[0]).toBe(0);
		expect(waits.slice(1).every((wait, n) => wait >= (waits[n] ?? 0))).toBe(true);
		expect(longest(waits)).toBeGreaterThan(59_000);
	});

	it('a vendor that asks for no wait and refuses again is not hammered', async () => {
		time.chance = () => 0.999;
		for (let n = 0; n < 5; n += 1) {
			refuse(await leave(20), 0);
		}

		expect(await pauseMs()).toBeGreaterThan(1000);
	});

	it('the refusals of one moment count once', async () => {
		time.chance = () => 0.999;
		const times = await take(30, 20);
		time.stall(150);
		for (const leftAt of times.slice(20)) refuse(leftAt);

		expect(await pauseMs()).toBeLessThanOrEqual(21);
	});

	it('a message that has been refused often is given time', async () => {
		time.chance = () => 0;
		const [leftAt = 0] = await take(1, 20);
		refuse(leftAt, undefined, 4);

		expect(await pauseMs()).toBeGreaterThan(1000);
	});
});

describe('a pace that is too fast', () => {
	/** The gap between two messages from now on. */
	const gapNow = async (intervalMs = 20) => gaps(await take(3, intervalMs)).at(-1) ?? 0;

	/** Half of what leaves is refused, for that many messages. */
	async function refuseHalf(count: number): Promise<void> {
		for (let n = 0; n < count; n += 1) {
			await time.run(pacer.turn(20, LONGEST_MS));
			if (n % 2 === 1) refuse(time.now());
			else pacer.accepted();
		}
	}

	it('is lowered, and the refusals of one moment lower it once', async () => {
		await refuseHalf(30);
		const slower = await gapNow();
		const leftAt = time.now();
		time.stall(100);
		refuse(leftAt);
		const once = await gapNow();
		refuse(leftAt);

		expect(slower).toBeGreaterThan(20 * 1.2);
		expect(await gapNow()).toBeCloseTo(once, 5);
	});

	it('never stops altogether', async () => {
		for (let n = 0; n < 200; n += 1) {
			const [leftAt = 0] = await take(1, 20);
			refuse(leftAt, 0);
			time.stall(60_000);
		}

		expect(await gapNow()).toBeLessThanOrEqual(31_000);
	});

	it('comes back when the vendor is content again', async () => {
		await refuseHalf(60);
		const slower = await gapNow();
		await take(20_000, 20);

		expect(slower).toBeGreaterThan(25);
		expect(await gapNow()).toBeLessThanOrEqual(20 * 1.02);
	});

	it('retreats to the pace that held when a faster one is refused', async () => {
		await refuseHalf(60);
		const held = await gapNow();
		let gap = held;
		while (gap > held * 0.99) {
			await take(6, 20);
			gap = await gapNow();
		}
		refuse(time.now());

		expect(await gapNow()).toBeCloseTo(held, 0);
	});

	it('is forgotten after a long rest', async () => {
		await refuseHalf(60);
		expect(await gapNow()).toBeGreaterThan(25);
		time.stall(3_600_000);

		await take(1, 20);
		expect(await gapNow()).toBeLessThanOrEqual(20 * 1.02);
	});

	it('of a slow list does not stay with a fast one', async () => {
		for (let n = 0; n < 20; n += 1) {
			const [leftAt = 0] = await take(1, 10_000);
			pacer.refused({ intervalMs: 10_000, leftAt, attempts: 1 }, 0, LONGEST_MS);
		}
		for (let n = 0; n < 3; n += 1) pacer.accepted();
		const from = time.now();
		await take(1000, 20);

		expect(time.now() - from).toBeLessThan(240_000);
	});

	it('one refusal among many acceptances hardly lowers it', async () => {
		await take(100, 20);
		refuse(time.now());

		expect(await gapNow()).toBeLessThanOrEqual(20 * 1.05);
	});

	it('an unlimited vendor gets a pace, and loses it again', async () => {
		const times = await take(100, 0);
		time.stall(50);
		for (const leftAt of times.slice(50)) {
			pacer.refused({ intervalMs: 0, leftAt, attempts: 1 }, undefined, LONGEST_MS);
		}
		const first = await gapNow(0);
		for (let n = 0; n < 1000; n += 1) {
			time.stall(5000);
			await take(1, 0);
		}

		expect(first).toBeGreaterThanOrEqual(20);
		expect(await gapNow(0)).toBe(0);
	});
});
