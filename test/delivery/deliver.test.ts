// Delivery on a virtual clock, with a vendor that does as it is told: order, limits, repeats, giving up,
// stopping, claims; and for any vendor whatever, that no card is sent twice and none is lost.
import fc from 'fast-check';

import { Claims } from '../../nodes/SendContact/delivery/claims';
import type { NoAnswer } from '../../nodes/SendContact/delivery/judge';
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { Store } from './Store';
import { answerOf, stub } from './stub';
import {
	ACCEPTED,
	cards,
	perMinute,
	REFUSED,
	short,
	TestHost,
	TOO_MANY,
	type Numbered,
} from './TestHost';

function grouped<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const value of values) {
		const key = keyOf(value);
		groups.set(key, [...(groups.get(key) ?? []), value]);
	}
	return groups;
}

describe('order', () => {
	it('cards leave in the order of the items', async () => {
		const host = new TestHost();
		const outcomes = await host.deliver(cards(50, () => ({ ...perMinute(20) })));

		expect(host.order).toEqual([...host.order].sort((a, b) => a - b));
		expect(short(outcomes)).toEqual(cards(50).map(() => 'accepted 1'));
	});

	it('outcomes come in the order of the items, whoever answers first', async () => {
		const host = new TestHost(
			({ index }) => answerOf(200, { id: `m${index}` }),
			({ index }) => 100 - index,
		);
		const outcomes = await host.deliver(cards(10));

		expect(outcomes).toEqual(
			cards(10).map(({ index }) => ({ status: 'accepted', messageId: `m${index}`, attempts: 1 })),
		);
		expect(host.told).toEqual([...cards(10).keys()].reverse());
	});

	it('messages to one recipient never overtake each other, repeats included', async () => {
		const host = new TestHost((_, nth) => (nth === 1 ? TOO_MANY : ACCEPTED));
		await host.deliver(cards(9, (index) => ({ to: `recipient ${index % 2}` })));

		for (const parity of [0, 1]) {
			const mine = host.attempts.filter(({ index }) => index % 2 === parity);
			expect(mine.map(({ index }) => index)).toEqual(
				mine.map(({ index }) => index).sort((a, b) => a - b),
			);
			mine.slice(1).forEach(({ at }, n) => expect(at).toBeGreaterThanOrEqual(mine[n]?.end ?? 0));
		}
	});
});

describe('limits', () => {
	it.each([1, 3, 10])('never more than %i under way', async (maxConcurrent) => {
		const host = new TestHost();
		await host.deliver(cards(40, () => ({ maxConcurrent })));

		expect(host.peak).toBe(maxConcurrent);
	});

	it.each([
		[20, 20],
		[150, 20],
		[1000, 20],
	])('latency %i ms at 50 a second: at most 1.03 times the ideal', async (latency, intervalMs) => {
		const host = new TestHost(undefined, () => latency);
		await host.deliver(cards(1000, () => ({ ...perMinute(intervalMs), maxConcurrent: 100 })));

		expect(host.attempts).toHaveLength(1000);
		expect(host.clock.now() - latency).toBeLessThanOrEqual(1000 * intervalMs * 1.03);
	});

	it('a vendor that takes half of what it documents: none lost, at most 1.15 times its ideal', async () => {
		let due = 0;
		const host = new TestHost(
			({ index }) => {
				// 25 a second, and a second's worth at once.
				const from = Math.max(due, host.clock.now());
				if (from - host.clock.now() > 24 * 40) return TOO_MANY;
				due = from + 40;
				return answerOf(200, { id: `m${index}` });
			},
			() => 150,
		);
		const outcomes = await host.deliver(
			cards(1000, () => ({ ...perMinute(20), maxConcurrent: 100, maxAttempts: 5 })),
		);

		expect(outcomes.filter(({ status }) => status === 'accepted')).toHaveLength(1000);
		expect(host.clock.now()).toBeLessThanOrEqual(1000 * 40 * 1.15);
		expect(host.slowed.length).toBeGreaterThan(0);
	});
});

describe('repeats', () => {
	it('what the vendor refused for overload goes before what has not left', async () => {
		const host = new TestHost(({ index }, nth) => (index === 0 && nth === 1 ? TOO_MANY : ACCEPTED));
		const outcomes = await host.deliver(cards(4, () => ({ maxConcurrent: 1 })));

		expect(host.order).toEqual([0, 0, 1, 2, 3]);
		expect(short(outcomes)[0]).toBe('accepted 2');
	});

	it('it pauses that sender as long as asked, and no other one', async () => {
		const host = new TestHost(({ index }, nth) =>
			index === 0 && nth === 1 ? answerOf(429, {}, { 'retry-after': '30' }) : ACCEPTED,
		);
		await host.deliver(
			cards(20, (index) => ({
				credential: `lane ${index % 2}`,
				...perMinute(100),
				maxConcurrent: 20,
			})),
		);

		const [first, again] = host.attempts.filter(({ index }) => index === 0);
		expect((again?.at ?? 0) - (first?.end ?? 0)).toBeGreaterThanOrEqual(30_000);
		const others = host.attempts.filter(({ index }) => index % 2 === 1);
		expect(Math.max(...others.map(({ at }) => at))).toBeLessThan(2000);
		const silent = host.attempts.filter(
			({ index, at }) => index % 2 === 0 && at > (first?.end ?? 0) && at < (again?.at ?? 0),
		);
		expect(silent).toEqual([]);
	});

	it('without an answer from the network it waits longer each time', async () => {
		const host = new TestHost(() => 'refused');
		host.clock.chance = () => 0.999;
		const [outcome] = await host.deliver(cards(1, () => ({ maxAttempts: 5 })));

		expect(outcome).toMatchObject({ status: 'notSent', attempts: 5 });
		const waits = host.attempts.slice(1).map(({ at }, n) => at - (host.attempts[n]?.end ?? 0));
		waits.slice(1).forEach((wait, n) => expect(wait).toBeGreaterThan(1.5 * (waits[n] ?? 0)));
	});

	it('a vendor that was never reached: after one card the next ones get one attempt each', async () => {
		const host = new TestHost(({ index }) => (index < 3 || index === 4 ? 'refused' : ACCEPTED));
		const outcomes = await host.deliver(cards(6, () => ({ maxConcurrent: 1 })));

		expect(short(outcomes)).toEqual([
			'notSent 3',
			'notSent 1',
			'notSent 1',
			'accepted 1',
			'notSent 3',
			'accepted 1',
		]);
	});

	it.each([
		['refuses for overload', TOO_MANY],
		['is not ready', answerOf(400, 'come back')],
		['cannot be reached any more', 'refused' as const],
	])(
		'a vendor that %s: a card that used up its attempts takes none from the others',
		async (_, no) => {
			let left = 7;
			const host = new TestHost(({ index }) => (index === 0 || left-- <= 0 ? ACCEPTED : no));
			const outcomes = await host.deliver(cards(6, () => ({ maxConcurrent: 1 })));

			expect(short(outcomes)).toEqual([
				'accepted 1',
				`${no === 'refused' ? 'notSent' : 'rejected'} 3`,
				`${no === 'refused' ? 'notSent' : 'rejected'} 3`,
				'accepted 2',
				'accepted 1',
				'accepted 1',
			]);
		},
	);

	it('while there is trouble one card at a time tries whether it has passed', async () => {
		const host = new TestHost((_, nth) => (nth < 3 ? TOO_MANY : ACCEPTED));
		host.clock.chance = () => 0.999;
		await host.deliver(cards(5, () => ({ maxConcurrent: 5 })));
		const again = host.attempts.filter(({ at }) => at > 300);

		for (const { at } of again.filter(({ came }) => came === TOO_MANY)) {
			const others = again.filter((other) => other.at <= at && other.end > at);
			expect(others).toHaveLength(1);
		}
	});

	it('a vendor that takes nothing any more: within twice Longest Wait all is told', async () => {
		const host = new TestHost(({ index }) => (index < 2 ? ACCEPTED : TOO_MANY));
		const outcomes = await host.deliver(cards(500, () => ({ maxAttempts: 5 })));

		expect(host.clock.now()).toBeLessThan(2 * 300_000 + 60_000);
		expect(host.attempts.length).toBeLessThan(100);
		const untried = outcomes.filter(({ attempts }) => attempts === 0);
		expect(untried.length).toBeGreaterThan(400);
		for (const outcome of untried) {
			expect(outcome).toMatchObject({
				status: 'notSent',
				message: expect.stringMatching(
					/Stub has taken nothing since 2026-11-25 00:0\d UTC/,
				) as unknown,
				description: expect.stringContaining('more requests than it takes') as unknown,
			});
		}
	});

	it.each(['timeout', 'broken'] as const)('%s: never, unless the user wants it', async (came) => {
		const respond = (_: Numbered, nth: number) => (nth === 1 ? came : ACCEPTED);
		expect(short(await new TestHost(respond).deliver(cards(1)))).toEqual(['unknown 1']);
		const wanted = cards(1, () => ({ retryUnknown: true }));
		expect(short(await new TestHost(respond).deliver(wanted))).toEqual(['accepted 2']);
	});

	it('what may have arrived once stays unknown, whatever a later attempt is told', async () => {
		const host = new TestHost((_, nth) => (nth === 1 ? 'timeout' : REFUSED));
		const outcomes = await host.deliver(cards(1, () => ({ retryUnknown: true })));

		expect(short(outcomes)).toEqual(['unknown 2']);
	});

	it('a refusal is final', async () => {
		const host = new TestHost(() => REFUSED);
		expect(short(await host.deliver(cards(3)))).toEqual(['rejected 1', 'rejected 1', 'rejected 1']);
	});
});

describe('stopping', () => {
	it('with On Error = Stop nothing new leaves after a failure, and all is accounted for', async () => {
		const host = new TestHost(
			({ index }) => (index === 4 ? REFUSED : ACCEPTED),
			({ index }) => (index === 4 ? 5 : 50),
		);
		host.stopOnFailure = true;
		const outcomes = await host.deliver(cards(30, () => ({ ...perMinute(2), maxConcurrent: 6 })));
		const left = new Set(host.order);

		expect(outcomes[4]?.status).toBe('rejected');
		outcomes.forEach(({ status }, index) => {
			if (index !== 4) expect(status).toBe(left.has(index) ? 'accepted' : 'notSent');
		});
		const failedAt = host.attempts.find(({ index }) => index === 4)?.end ?? 0;
		expect(host.attempts.filter(({ at }) => at > failedAt)).toEqual([]);
		expect(host.told.sort((a, b) => a - b)).toEqual([...outcomes.keys()]);
	});

	it('a failure ends the wait of everything else at once', async () => {
		const host = new TestHost(({ index }) =>
			index === 0 ? answerOf(429, {}, { 'retry-after': '3600' }) : REFUSED,
		);
		host.stopOnFailure = true;
		const outcomes = await host.deliver(cards(4, () => ({ maxConcurrent: 2 })));

		expect(outcomes.map(({ status }) => status)).toEqual([
			'rejected',
			'rejected',
			'notSent',
			'notSent',
		]);
		expect(host.clock.now()).toBeLessThan(1000);
	});

	it('after a failure in an earlier try nothing leaves at all', async () => {
		const host = new TestHost();
		host.stopOnFailure = true;
		host.hasFailed = true;

		expect(short(await host.deliver(cards(3)))).toEqual(['notSent 0', 'notSent 0', 'notSent 0']);
		expect(host.attempts).toEqual([]);
	});

	it('with On Error = Continue everything leaves', async () => {
		const host = new TestHost(({ index }) => (index % 2 ? REFUSED : ACCEPTED));
		host.hasFailed = true;
		await host.deliver(cards(10));

		expect(new Set(host.order).size).toBe(10);
	});

	it('cancelling ends waits at once and tells of each card what became of it', async () => {
		const host = new TestHost(undefined, ({ index }) => (index === 1 ? 100_000 : 10));
		const done = host.deliver(cards(5, () => ({ ...perMinute(60_000) })));
		const cancel = host.clock.sleep(60_800).then(() => host.stop.abort());
		const [outcomes] = await Promise.all([done, cancel]);

		expect(short(outcomes)).toEqual([
			'accepted 1',
			'unknown 1',
			'notSent 0',
			'notSent 0',
			'notSent 0',
		]);
		expect(host.clock.now()).toBeLessThan(61_000);
		expect(JSON.stringify(outcomes)).toContain('canceled');
	});

	it('a card that waits to leave again is told with what it met', async () => {
		const host = new TestHost(() => answerOf(429, {}, { 'retry-after': '200' }));
		const done = host.deliver(cards(2));
		const cancel = host.clock.sleep(1000).then(() => host.stop.abort());
		const [outcomes] = await Promise.all([done, cancel]);

		expect(outcomes[0]).toMatchObject({ status: 'rejected', attempts: 1, httpCode: '429' });
	});

	it('cancelled before it began: nothing leaves', async () => {
		const host = new TestHost();
		host.stop.abort();

		expect(short(await host.deliver(cards(2)))).toEqual(['notSent 0', 'notSent 0']);
		expect(host.attempts).toEqual([]);
	});
});

describe('any vendor whatever', () => {
	const CAME: Record<string, Answer | NoAnswer> = {
		accepted: ACCEPTED,
		'429': TOO_MANY,
		'429, soon': answerOf(429, {}, { 'retry-after': '1' }),
		later: answerOf(400, 'come back'),
		refused: 'refused',
		untrusted: 'untrusted',
		timeout: 'timeout',
		broken: 'broken',
		'500': answerOf(500),
		unreadable: answerOf(200, '<html>'),
		rejected: REFUSED,
	};
	const SAFE = new Set(['429', '429, soon', 'later', 'refused']);
	const card = fc.record({
		script: fc.array(fc.constantFrom(...Object.keys(CAME)), { minLength: 1, maxLength: 4 }),
		to: fc.nat(3),
		lane: fc.nat(1),
		latency: fc.nat(200),
		claim: fc.option(fc.nat(5), { nil: undefined }),
	});

	it('no card twice, every card one outcome, all promises kept', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(card, { maxLength: 25 }),
				fc.record({
					intervalMs: fc.constantFrom(0, 10, 100),
					maxConcurrent: fc.integer({ min: 1, max: 6 }),
					maxAttempts: fc.integer({ min: 1, max: 5 }),
					stopOnFailure: fc.boolean(),
					cancelAt: fc.option(fc.nat(3000), { nil: undefined }),
				}),
				async (plans, settings) => {
					const { intervalMs, maxConcurrent, maxAttempts, stopOnFailure, cancelAt } = settings;
					const nameOf = ({ index }: Numbered, nth: number) => {
						const script = plans[index]?.script ?? [];
						return script[Math.min(nth, script.length) - 1] ?? 'accepted';
					};
					const host = new TestHost(
						(send, nth) => CAME[nameOf(send, nth)] ?? ACCEPTED,
						({ index }) => plans[index]?.latency ?? 0,
					);
					host.stopOnFailure = stopOnFailure;
					host.claims = new Claims(new Store(), host.clock);
					const sends = cards(plans.length, (index) => {
						const { to, lane, claim } = plans[index] ?? { to: 0, lane: 0 };
						return {
							to: `recipient ${to}`,
							credential: `lane ${lane}`,
							...perMinute(intervalMs),
							maxConcurrent,
							maxAttempts,
							...(claim !== undefined && { claim: `claim ${claim}` }),
						};
					});
					const done = host.deliver(sends);
					if (cancelAt !== undefined) {
						void host.clock.sleep(cancelAt).then(() => host.stop.abort());
					}
					const outcomes = await done;

					// Every card has one outcome, told once.
					expect(outcomes.map((outcome) => typeof outcome)).toEqual(plans.map(() => 'object'));
					expect(host.told.sort((a, b) => a - b)).toEqual([...plans.keys()]);
					expect(host.peak).toBeLessThanOrEqual(maxConcurrent);
					for (const [index, outcome] of outcomes.entries()) {
						const mine = host.attempts.filter((attempt) => attempt.index === index);
						expect(outcome.attempts).toBe(mine.length);
						expect(mine.length).toBeLessThanOrEqual(maxAttempts);
						// Only what certainly did not arrive was followed by another attempt.
						const names = mine.map((_, n) => nameOf({ ...sends[index]!, index }, n + 1));
						for (const name of names.slice(0, -1)) expect(SAFE).toContain(name);
						const last = mine.at(-1)?.came;
						expect(outcome.status === 'accepted').toBe(last === ACCEPTED);
						const isDoubtful =
							last === 'cancelled' ||
							['timeout', 'broken', '500', 'unreadable'].includes(names.at(-1) ?? '');
						if (mine.length > 0) expect(outcome.status === 'unknown').toBe(isDoubtful);
					}
					// Of one recipient's messages none left before the one before it was done with.
					const bySender = grouped(
						host.attempts,
						({ index }) => `${sends[index]?.credential} ${sends[index]?.to}`,
					);
					for (const attempts of bySender.values()) {
						const indices = attempts.map(({ index }) => index);
						expect(indices).toEqual([...indices].sort((a, b) => a - b));
						attempts.slice(1).forEach(({ at }, n) => {
							expect(at).toBeGreaterThanOrEqual(attempts[n]?.end ?? 0);
						});
					}
					// Of one claim at most one card may have arrived.
					const claims = grouped(
						outcomes.flatMap(({ status }, index) => {
							const claim = sends[index]?.claim;
							const mayHave = status === 'accepted' || status === 'unknown';
							const hasLeft = host.attempts.some((attempt) => attempt.index === index);
							return claim !== undefined && mayHave && hasLeft ? [claim] : [];
						}),
						(claim) => claim,
					);
					for (const arrived of claims.values()) expect(arrived).toHaveLength(1);
				},
			),
			{ seed: 20261122, numRuns: 300 },
		);
	});
});

describe('a provider or transport that throws', () => {
	const slip = () => {
		throw new TypeError('a slip');
	};

	it('while it reads an answer: the card may have been sent', async () => {
		const slippery = { ...stub, receipt: slip };
		const host = new TestHost();
		const outcomes = await host.deliver(
			cards(3, (index) => (index === 1 ? { provider: slippery } : {})),
		);

		expect(short(outcomes)).toEqual(['accepted 1', 'unknown 1', 'accepted 1']);
	});

	it('while it sends: the others go on', async () => {
		const host = new TestHost(({ index }) => (index === 0 ? slip() : ACCEPTED));

		expect(short(await host.deliver(cards(2)))).toEqual(['unknown 1', 'accepted 1']);
	});
});
