// Several limits at once, each with whom it counts for: nobody is sent to too soon, and nobody waits for
// another's limit. And recipients that have moved.
import fc from 'fast-check';

import type { Outcome } from '../../nodes/SendContact/delivery/Outcome';
import type { Send } from '../../nodes/SendContact/delivery/Send';
import type { Limit, Provider, RefusalRule } from '../../nodes/SendContact/providers/Provider';
import { answerOf, stub } from './stub';
import { ACCEPTED, cards, MIDNIGHT, perMinute, short, TestHost, type Attempt } from './TestHost';

const withLimits = (limits: Limit[], more: Partial<Provider> = {}): Provider => ({
	...stub,
	pace: { ...stub.pace, limits, per: 'credential' },
	...more,
});

const gaps = (attempts: Attempt[]) => {
	const times = attempts.map(({ at }) => at);
	return times.slice(1).map((at, n) => at - (times[n] ?? 0));
};
/** The shortest time between two attempts. */
const closest = (attempts: Attempt[]) => Math.min(Infinity, ...gaps(attempts));
const by = (host: TestHost, sends: Send[], keyOf: (send: Send) => string) => {
	const groups = new Map<string, Attempt[]>();
	for (const attempt of host.attempts) {
		const send = sends[attempt.index];
		if (send) groups.set(keyOf(send), [...(groups.get(keyOf(send)) ?? []), attempt]);
	}
	return [...groups.values()];
};
const inOrder = (attempts: Attempt[]) =>
	attempts.every(({ index }, n) => n === 0 || index > (attempts[n - 1]?.index ?? -1));

/** Telegram's: 30 a second, one a second to one chat, 20 a minute to one group. */
const TELEGRAM: Limit[] = [
	{ messages: 30, perSeconds: 1, per: 'credential' },
	{ messages: 1, perSeconds: 1, per: 'recipient' },
	{ messages: 20, perSeconds: 60, per: 'recipient', recipients: 'group' },
];

describe('several limits at once', () => {
	it('of the credential, of one recipient, of one group: all hold, and order to each is kept', async () => {
		const provider = withLimits(TELEGRAM);
		const sends = cards(120, (index) => ({
			provider,
			to: index % 4 === 0 ? 'group' : `person ${index % 20}`,
			recipientSort: index % 4 === 0 ? 'group' : 'person',
			maxConcurrent: 50,
		}));
		const host = new TestHost();
		await host.deliver(sends);

		expect(closest(host.attempts)).toBeGreaterThanOrEqual(1000 / 30);
		for (const attempts of by(host, sends, ({ to }) => to)) {
			const isGroup = sends[attempts[0]?.index ?? 0]?.recipientSort === 'group';
			expect(closest(attempts)).toBeGreaterThanOrEqual(isGroup ? 3000 : 1000);
			expect(inOrder(attempts)).toBe(true);
		}
	});

	it('a recipient’s limit keeps nobody else waiting', async () => {
		const sends = cards(60, (index) => ({
			provider: withLimits(TELEGRAM),
			to: index < 20 ? 'group' : `person ${index}`,
			recipientSort: index < 20 ? 'group' : 'person',
		}));
		const host = new TestHost();
		await host.deliver(sends);
		const last = Math.max(...host.attempts.filter(({ index }) => index >= 20).map(({ at }) => at));

		expect(last).toBeLessThan(2000);
		expect(host.clock.now()).toBeLessThan(19 * 3000 * 1.05);
	});

	it('without a limit to one recipient everything leaves in order', async () => {
		const host = new TestHost(undefined, () => 200);
		await host.deliver(cards(12, (index) => ({ to: `recipient ${index >> 1}`, ...perMinute(10) })));

		expect(host.order).toEqual([...host.order].sort((a, b) => a - b));
	});

	it('of each sender and of the credential behind them', async () => {
		const limits: Limit[] = [
			{ messages: 10, perSeconds: 1, per: 'sender' },
			{ messages: 15, perSeconds: 1, per: 'credential' },
		];
		for (const per of ['sender', 'credential'] as const) {
			const provider = { ...withLimits(limits), pace: { ...stub.pace, limits, per } };
			const sends = cards(60, (index) => ({ provider, sender: `sender ${index % 2}` }));
			const host = new TestHost();
			await host.deliver(sends);

			expect(closest(host.attempts)).toBeGreaterThanOrEqual(1000 / 15);
			for (const attempts of by(host, sends, ({ sender }) => sender)) {
				expect(closest(attempts)).toBeGreaterThanOrEqual(100);
			}
			expect(host.clock.now()).toBeLessThan(60 * 100 * 1.1);
		}
	});

	it('of one sender and one recipient', async () => {
		const provider = withLimits([{ messages: 1, perSeconds: 6, per: 'pair' }]);
		const sends = cards(12, (index) => ({
			provider,
			sender: `sender ${index % 2}`,
			to: `recipient ${index % 3}`,
		}));
		const host = new TestHost();
		await host.deliver(sends);

		for (const attempts of by(host, sends, ({ sender, to }) => `${sender} ${to}`)) {
			expect(closest(attempts)).toBeGreaterThanOrEqual(6000);
		}
		expect(host.clock.now()).toBeLessThan(6500);
	});

	it('Messages per Minute replaces those of credential and sender, and no other', async () => {
		const provider = withLimits(TELEGRAM);
		const fast = cards(40, () => ({ provider, ...perMinute(5) }));
		const host = new TestHost();
		await host.deliver(fast);
		expect(closest(host.attempts)).toBeLessThan(6);

		const toOne = cards(4, () => ({ provider, to: 'one', ...perMinute(5) }));
		const other = new TestHost();
		await other.deliver(toOne);
		expect(closest(other.attempts)).toBeGreaterThanOrEqual(1000);
	});

	it('two executions share the limit of a recipient', async () => {
		const sends = cards(3, () => ({ provider: withLimits(TELEGRAM), to: 'one' }));
		const host = new TestHost();
		const other = host.another();
		await Promise.all([host.deliver(sends), other.deliver(sends)]);
		const times = [...host.attempts, ...other.attempts].sort((one, two) => one.at - two.at);

		expect(times).toHaveLength(6);
		expect(closest(times)).toBeGreaterThanOrEqual(1000);
	});

	it('executions after and beside each other, to the same few: each card arrives, and never too soon', async () => {
		const provider = withLimits(TELEGRAM);
		const execution = fc.record({
			startsAfterMs: fc.nat({ max: 4000 }),
			to: fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }),
			maxConcurrent: fc.integer({ min: 1, max: 4 }),
			isUnreached: fc.boolean(),
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(execution, { minLength: 1, maxLength: 4 }),
				fc.boolean(),
				async (executions, isInTurn) => {
					const host = new TestHost();
					const attempts: Attempt[] = [];
					const runs: Array<Promise<Outcome[]>> = [];
					for (const { startsAfterMs, to, maxConcurrent, isUnreached } of executions) {
						const own = host.another((_, nth) => (isUnreached && nth === 1 ? 'refused' : ACCEPTED));
						const sends = cards(to.length, (index) => ({
							provider,
							to: `${to[index]}`,
							recipientSort: to[index] === 0 ? ('group' as const) : ('person' as const),
							maxConcurrent,
						}));
						await host.clock.run(host.clock.sleep(startsAfterMs));
						const run = own.deliver(sends).then((outcomes) => {
							attempts.push(...own.attempts.filter(({ came }) => came === ACCEPTED));
							return outcomes;
						});
						runs.push(run);
						if (isInTurn) await run;
					}
					const outcomes = (await Promise.all(runs)).flat();

					expect(outcomes.map(({ status }) => status)).toEqual(outcomes.map(() => 'accepted'));
					for (const to of new Set(attempts.map((one) => one.to))) {
						const own = attempts.filter((one) => one.to === to).sort((a, b) => a.at - b.at);
						expect(closest(own)).toBeGreaterThanOrEqual(to === '0' ? 3000 : 1000);
					}
				},
			),
		);
	});

	it('a long list to many recipients: each card is looked at a few times only', async () => {
		let looks = 0;
		const provider = withLimits(TELEGRAM);
		const sends = cards(2000, (index) => ({
			provider,
			...perMinute(2),
			get to() {
				looks += 1;
				return `person ${index >> 1}`;
			},
		}));
		looks = 0;
		const outcomes = await new TestHost(undefined, () => 1).deliver(sends);

		expect(outcomes.every(({ status }) => status === 'accepted')).toBe(true);
		expect(looks).toBeLessThan(2000 * 100);
	});
});

describe('a limit that the vendor reports for one pair', () => {
	const rule: RefusalRule = {
		id: 'pair',
		when: { status: 400, code: /^131056$/ },
		message: 'Too many to this recipient',
		description: 'Wait.',
		means: 'slower',
		limit: 'pair',
		evidence: 'assumed',
	};
	const provider = (limits: Limit[]) => withLimits(limits, { refusals: [rule, ...stub.refusals] });
	const TOO_MANY_TO_ONE = answerOf(400, { code: '131056' });

	it.each([0.001, 0.5, 0.999])(
		'slows that pair only, at least six seconds (chance %d)',
		async (chance) => {
			const limits: Limit[] = [{ messages: 1, perSeconds: 6, per: 'pair' }];
			const host = new TestHost(({ index }, nth) =>
				index === 1 && nth < 3 ? TOO_MANY_TO_ONE : ACCEPTED,
			);
			host.clock.chance = () => chance;
			const sends = cards(30, (index) => ({
				provider: provider(limits),
				to: index < 3 ? 'one' : `recipient ${index}`,
				...perMinute(20),
			}));
			const outcomes = await host.deliver(sends);
			const toOne = host.attempts.filter(({ index }) => index < 3);
			const others = host.attempts.filter(({ index }) => index >= 3);

			expect(short(outcomes).slice(0, 4)).toEqual([
				'accepted 1',
				'accepted 3',
				'accepted 1',
				'accepted 1',
			]);
			expect(toOne.map(({ index }) => index)).toEqual([0, 1, 1, 1, 2]);
			expect(closest(toOne)).toBeGreaterThanOrEqual(6000);
			expect(Math.max(...others.map(({ at }) => at))).toBeLessThan(1000);
			expect(host.slowed).toEqual([]);
		},
	);

	it('waits also where no such limit is documented', async () => {
		const host = new TestHost(({ index }, nth) =>
			index === 0 && nth === 1 ? TOO_MANY_TO_ONE : ACCEPTED,
		);
		const sends = cards(3, (index) => ({ provider: provider([]), to: index < 2 ? 'one' : 'two' }));
		await host.deliver(sends);

		expect(host.order).toEqual([0, 2, 0, 1]);
		expect(closest(host.attempts.filter(({ index }) => index === 0))).toBeGreaterThanOrEqual(500);
	});

	it('a pause that is too long gives up that pair only', async () => {
		const host = new TestHost(({ index }) =>
			index === 0 ? answerOf(400, { code: '131056', waitSeconds: 7200 }) : ACCEPTED,
		);
		const sends = cards(4, (index) => ({ provider: provider([]), to: index < 3 ? 'one' : 'two' }));
		const outcomes = await host.deliver(sends);

		expect(short(outcomes)).toEqual(['rejected 1', 'notSent 0', 'notSent 0', 'accepted 1']);
		expect(outcomes[1]).toMatchObject({
			message: expect.stringContaining('2026-11-25 02:01 UTC') as unknown,
		});
	});

	it('a pair that takes nothing any more is given up alone, and in time', async () => {
		const host = new TestHost(({ index }) => (index < 100 ? TOO_MANY_TO_ONE : ACCEPTED));
		const sends = cards(101, (index) => ({
			provider: provider([]),
			to: index < 100 ? 'one' : 'two',
			maxAttempts: 5,
		}));
		const outcomes = await host.deliver(sends);

		expect(outcomes.at(-1)?.status).toBe('accepted');
		expect(host.clock.now()).toBeLessThan(2 * 300_000 + 60_000);
		expect(outcomes[99]).toMatchObject({ status: 'notSent', attempts: 0 });
	});
});

describe('meaning is said by the provider, whatever the status is', () => {
	const ruled = (rule: Partial<RefusalRule>): Provider => ({
		...stub,
		refusals: [
			{
				id: 'x',
				when: { status: [200, 409], code: /^X$/ },
				message: 'X',
				description: 'X.',
				evidence: 'assumed',
				...rule,
			},
		],
	});

	it.each([200, 409])(
		'slower in a %i: it leaves again, and the pace is lowered',
		async (status) => {
			const host = new TestHost(({ index }, nth) =>
				index === 0 && nth === 1 ? answerOf(status, { code: 'X' }) : ACCEPTED,
			);
			const provider = ruled({ means: 'slower' });
			const outcomes = await host.deliver(cards(2, () => ({ provider, ...perMinute(20) })));

			expect(short(outcomes)).toEqual(['accepted 2', 'accepted 1']);
			expect(host.slowed).toEqual([0]);
		},
	);

	it('a 429 that a provider explains otherwise is no limit', async () => {
		const host = new TestHost(() => answerOf(429, { code: 'X' }));
		const provider = ruled({ when: { status: 429 } });

		expect(short(await host.deliver(cards(1, () => ({ provider }))))).toEqual(['rejected 1']);
	});
});

describe('a recipient that has moved', () => {
	const provider: Provider = {
		...stub,
		refusals: [
			{
				id: 'moved',
				when: { code: /^MOVED$/ },
				message: 'The group has moved',
				description: 'Use its new ID.',
				means: 'elsewhere',
				evidence: 'assumed',
			},
		],
		vendorWords: (answer) => ({ ...stub.vendorWords(answer), movedTo: 'new' }),
	};
	const MOVED = answerOf(400, { code: 'MOVED' });
	const toOld = (count: number) =>
		cards(count, (index) => ({ provider, to: index === 1 ? 'other' : 'old', maxAttempts: 1 }));

	it('the card is sent once more to the new id, the ones after it directly', async () => {
		const host = new TestHost((_, __, to) => (to === 'old' ? MOVED : ACCEPTED));
		const outcomes = await host.deliver(toOld(4));

		expect(host.attempts.map(({ index, to }) => `${index} ${to}`)).toEqual([
			'0 old',
			'1 other',
			'0 new',
			'2 new',
			'3 new',
		]);
		expect(outcomes).toEqual([
			{ status: 'accepted', messageId: 'm', attempts: 2, movedTo: 'new' },
			{ status: 'accepted', messageId: 'm', attempts: 1 },
			{ status: 'accepted', messageId: 'm', attempts: 1, movedTo: 'new' },
			{ status: 'accepted', messageId: 'm', attempts: 1, movedTo: 'new' },
		]);
	});

	it('also where messages to it are limited: each once, in order, and not too soon', async () => {
		const limits: Limit[] = [{ messages: 1, perSeconds: 3, per: 'recipient' }];
		const limited = { ...provider, pace: { ...stub.pace, limits } };
		const host = new TestHost((_, __, to) => (to === 'old' ? MOVED : ACCEPTED));
		const sends = cards(8, (index) => ({
			provider: limited,
			to: index === 4 ? 'new' : 'old',
		}));
		const outcomes = await host.deliver(sends);
		const toNew = host.attempts.filter(({ to }) => to === 'new');

		expect(outcomes.every(({ status }) => status === 'accepted')).toBe(true);
		expect(toNew.map(({ index }) => index).sort()).toEqual([...sends.keys()]);
		expect(closest(toNew)).toBeGreaterThanOrEqual(3000);
		expect(inOrder(toNew.filter(({ index }) => index !== 4))).toBe(true);
	});

	it('one that moves on and on is followed once', async () => {
		const host = new TestHost(() => MOVED);
		const outcomes = await host.deliver(cards(1, () => ({ provider, to: 'old' })));

		expect(short(outcomes)).toEqual(['rejected 2']);
		expect(outcomes[0]).toMatchObject({ movedTo: 'new', message: 'The group has moved' });
	});

	it('where the answer does not say where to, it is refused', async () => {
		const silent: Provider = { ...provider, vendorWords: (answer) => stub.vendorWords(answer) };
		const host = new TestHost(() => MOVED);

		expect(short(await host.deliver(cards(1, () => ({ provider: silent }))))).toEqual([
			'rejected 1',
		]);
	});
});

describe('Longest Wait', () => {
	const asking = (retryAfter: string) => answerOf(429, {}, { 'retry-after': retryAfter });
	const later = (seconds: number) =>
		new Date(MIDNIGHT + seconds * 1000).toISOString().slice(0, 16).replace('T', ' ');

	it.each([
		['7200', later(7260)],
		['301', later(360)],
		['1000000000000', '9999-12-31 23:59'],
		['Fri, 01 Jan 2099 00:00:00 GMT', '20'],
	])(
		'Retry-After %s: refused, and those behind it not sent, both say until when',
		async (header, time) => {
			const host = new TestHost(({ index }) => (index === 2 ? asking(header) : ACCEPTED));
			const outcomes = await host.deliver(
				cards(6, (index) => ({
					maxConcurrent: 1,
					...(index === 5 && { credential: 'another credential' }),
				})),
			);

			expect(short(outcomes)).toEqual([
				'accepted 1',
				'accepted 1',
				'rejected 1',
				'notSent 0',
				'notSent 0',
				'accepted 1',
			]);
			for (const outcome of outcomes.slice(2, 5)) {
				expect(outcome).toMatchObject({
					message: expect.stringContaining(`until ${time}`) as unknown,
					description: expect.stringMatching(
						/left alone until \d{4}-\d\d-\d\d \d\d:\d\d UTC\./,
					) as unknown,
				});
			}
			expect(host.clock.now()).toBeLessThan(1000);
		},
	);

	it.each(['-5', 'soon', '1e3', 'tomorrow 5', '', '0'])(
		'Retry-After “%s” keeps nobody waiting',
		async (header) => {
			const host = new TestHost((_, nth) => (nth === 1 ? asking(header) : ACCEPTED));
			const outcomes = await host.deliver(cards(3));

			expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['accepted']));
			expect(host.clock.now()).toBeLessThan(5000);
		},
	);

	it('a pause that is not too long is waited for', async () => {
		const host = new TestHost((_, nth) => (nth === 1 ? asking('300') : ACCEPTED));

		expect(short(await host.deliver(cards(1)))).toEqual(['accepted 2']);
		expect(host.clock.now()).toBeGreaterThanOrEqual(300_000);
	});

	it('is each execution’s own', async () => {
		const host = new TestHost((_, nth) => (nth === 1 ? asking('600') : ACCEPTED));
		const patient = host.deliver(cards(2, () => ({ longestWaitMs: 1_000_000 })));
		const other = host.another();
		const impatient = host.clock.sleep(1000).then(async () => await other.deliver(cards(2)));
		const [first, second] = await Promise.all([patient, impatient]);

		expect(short(first)).toEqual(['accepted 2', 'accepted 2']);
		expect(short(second)).toEqual(['notSent 0', 'notSent 0']);
	});

	it('the next execution does not wait either, and says until when', async () => {
		const host = new TestHost(() => asking('7200'));
		await host.deliver(cards(1));
		const next = host.another(() => ACCEPTED);
		const outcomes = await next.deliver(cards(2));

		expect(short(outcomes)).toEqual(['notSent 0', 'notSent 0']);
		expect(outcomes[0]).toMatchObject({
			message: `Not sent: Stub wants to be left alone until ${later(7260)} UTC`,
		});
		expect(host.clock.now()).toBeLessThan(1000);

		host.clock.stall(7_200_000);
		expect(short(await next.another().deliver(cards(1)))).toEqual(['accepted 1']);
	});

	it('a pause that no plan can mean lasts a minute', async () => {
		const host = new TestHost(() => asking('1000000000000'));
		await host.deliver(cards(1));
		host.clock.stall(60_000);

		expect(short(await host.another(() => ACCEPTED).deliver(cards(1)))).toEqual(['accepted 1']);
	});

	it('after a cancelled execution nothing lingers', async () => {
		const host = new TestHost(() => asking('200'));
		const done = host.deliver(cards(5));
		const cancel = host.clock.sleep(1000).then(() => host.stop.abort());
		await Promise.all([done, cancel]);
		const next = host.another(() => ACCEPTED);
		const outcomes = await next.deliver(cards(5, () => ({ longestWaitMs: 60_000 })));

		expect(new Set(short(outcomes))).toEqual(new Set(['notSent 0']));
		expect(host.clock.now()).toBeLessThan(2000);
		host.clock.stall(200_000);
		expect(short(await next.another().deliver(cards(1)))).toEqual(['accepted 1']);
	});
});

describe('a vendor that drops a repeat', () => {
	const provider: Provider = { ...stub, isRepeatSafe: true };

	it.each(['timeout' as const, 'broken' as const, answerOf(500), answerOf(200, '<html>')])(
		'what nobody knows is sent again by itself: %j',
		async (came) => {
			const host = new TestHost((_, nth) => (nth < 3 ? came : ACCEPTED));

			expect(short(await host.deliver(cards(1, () => ({ provider }))))).toEqual(['accepted 3']);
		},
	);

	it('what stays unknown is told so', async () => {
		const host = new TestHost(() => 'timeout');

		expect(short(await host.deliver(cards(1, () => ({ provider }))))).toEqual(['unknown 3']);
	});
});

it('a card that is given up lets those of other senders go that wait for it', async () => {
	const provider = withLimits([], {
		pace: { ...stub.pace, limits: [], per: 'sender' },
	});
	const host = new TestHost((send, nth) => {
		if (send.index === 0 && nth === 1) return answerOf(429, {}, { 'retry-after': '2' });
		return send.index === 1 ? answerOf(429, {}, { 'retry-after': '3600' }) : ACCEPTED;
	});
	const outcomes = await host.deliver(
		cards(3, (index) => ({
			provider,
			sender: index === 2 ? 'second' : 'first',
			to: index === 1 ? 'other' : 'one',
		})),
	);

	expect(outcomes[2]).toMatchObject({ status: 'accepted' });
});
