// What is remembered across executions, over a memory that counts and fails.
import { Claims, nothingUnwritten } from '../../nodes/SendContact/delivery/claims';
import { deliver } from '../../nodes/SendContact/delivery/deliver';
import { Store } from './Store';
import { ACCEPTED, cards, REFUSED, short, TestHost, type Numbered } from './TestHost';
import { VirtualTime } from './VirtualTime';

describe('claims', () => {
	const claiming = (count: number, key = (index: number) => `key ${index}`) =>
		cards(count, (index) => ({ claim: key(index) }));
	const run = async (store: Store, sends: Numbered[], host = new TestHost()) => {
		host.claims = new Claims(store, host.clock);
		return await host.deliver(sends);
	};

	it.each([100, 1000])(
		'%i cards: in groups of at most 10, as many calls as groups',
		async (count) => {
			const store = new Store();
			const outcomes = await run(store, claiming(count));

			expect(outcomes.every(({ status }) => status === 'accepted')).toBe(true);
			expect(Math.max(...store.fresh)).toBeLessThanOrEqual(10);
			expect(store.sizes.length).toBeLessThanOrEqual(2 * (count / 10) + 2);
		},
	);

	it('no more than one group is claimed ahead of what has left', async () => {
		const store = new Store();
		const host = new TestHost();
		let ahead = 0;
		const attempt = host.attempt;
		host.attempt = async (send, to) => {
			const claimed = [...store.keys].filter((key) => key.startsWith('claimed')).length;
			ahead = Math.max(ahead, claimed - host.attempts.length);
			return await attempt(send, to);
		};
		await run(store, claiming(300), host);

		expect(ahead).toBeLessThanOrEqual(10);
	});

	it('the second run finds everything sent, with as few calls', async () => {
		const store = new Store();
		await run(store, claiming(200));
		store.sizes.length = 0;
		const host = new TestHost();

		expect(new Set(short(await run(store, claiming(200), host)))).toEqual(new Set(['duplicate 0']));
		expect(host.attempts).toEqual([]);
		expect(store.sizes.length).toBeLessThanOrEqual(3 * (200 / 10) + 2);
	});

	it.each([
		['rejected', REFUSED, 'accepted'],
		['notSent', 'untrusted', 'accepted'],
		['unknown', 'timeout', 'unknown'],
		['accepted', ACCEPTED, 'duplicate'],
	] as const)('%s: what a later run makes of it', async (first, came, second) => {
		const store = new Store();

		expect((await run(store, claiming(1), new TestHost(() => came)))[0]?.status).toBe(first);
		expect((await run(store, claiming(1)))[0]?.status).toBe(second);
	});

	it('what was claimed and never left is given back', async () => {
		const store = new Store();
		const host = new TestHost(({ index }) => (index === 0 ? REFUSED : ACCEPTED));
		host.stopOnFailure = true;
		await run(store, claiming(40), host);

		expect(store.keys.size).toBeLessThan(40);
		const outcomes = await run(store, claiming(40));
		const sent = new Set(host.order.filter((index) => index !== 0));
		expect(outcomes.map(({ status }) => status)).toEqual(
			outcomes.map((_, index) => (sent.has(index) ? 'duplicate' : 'accepted')),
		);
	});

	it('a run that died after its claims leaves at most one group in doubt', async () => {
		const store = new Store();
		const dead = new Claims(store, new VirtualTime());
		const keys = Array.from({ length: 200 }, (_, n) => `key ${n}`);
		await dead.claim('key 0', () => keys.slice(1));
		expect(dead.known('key 0')).toBe('free');

		const outcomes = await run(store, claiming(200));
		expect(outcomes.filter(({ status }) => status === 'unknown')).toHaveLength(10);
		expect(outcomes.filter(({ status }) => status === 'accepted')).toHaveLength(190);
	});

	it('one key several times in a list: the first that is taken counts', async () => {
		const host = new TestHost(({ index }) => (index === 0 ? REFUSED : ACCEPTED));
		const outcomes = await run(
			new Store(),
			claiming(4, () => 'one'),
			host,
		);

		expect(outcomes.map(({ status }) => status)).toEqual([
			'rejected',
			'accepted',
			'duplicate',
			'duplicate',
		]);
		expect(host.order).toEqual([0, 1]);
	});

	it('one key in two lanes leaves once', async () => {
		const host = new TestHost();
		const sends = cards(2, (index) => ({ claim: 'one', credential: `lane ${index}` }));
		const outcomes = await run(new Store(), sends, host);

		expect(outcomes.map(({ status }) => status).sort()).toEqual(['accepted', 'duplicate']);
		expect(host.attempts).toHaveLength(1);
	});

	it('a store that fails: nothing is sent', async () => {
		const store = new Store();
		store.isBroken = true;
		const host = new TestHost();

		expect(new Set(short(await run(store, claiming(3), host)))).toEqual(new Set(['notSent 0']));
		expect(host.attempts).toEqual([]);
	});

	it('a store that fails at the end is told of', async () => {
		const store = new Store();
		const host = new TestHost(() => {
			store.isBroken = true;
			return ACCEPTED;
		});
		host.claims = new Claims(store, host.clock);
		const { outcomes, isMemoryKept } = await host.clock.run(deliver(claiming(2), host));

		expect(short(outcomes)).toEqual(['accepted 1', 'accepted 1']);
		expect(isMemoryKept).toBe(false);
	});

	describe('a moment’s trouble of the memory costs no contact', () => {
		/** Every third card is refused. */
		const respond = ({ index }: Numbered) => (index % 3 === 0 ? REFUSED : ACCEPTED);
		/** Sends the list twice in one process; gives what became of it, and how often each card was taken. */
		const twice = async (store: Store) => {
			const left = nothingUnwritten();
			const host = new TestHost(respond);
			host.claims = new Claims(store, host.clock, left);
			const first = await host.deliver(claiming(25));
			store.failing.clear();
			const later = host.another(() => ACCEPTED);
			later.claims = new Claims(store, host.clock, left);
			const second = await later.deliver(claiming(25));
			const taken = [...host.attempts, ...later.attempts].filter(({ came }) => came === ACCEPTED);
			return { first, second, taken: taken.map(({ index }) => index).sort((a, b) => a - b) };
		};
		const everyCall = Array.from({ length: 9 }, (_, n) => n);

		it.each(everyCall)('whichever call fails once: call %i', async (call) => {
			const store = new Store();
			store.failing = new Set([call]);
			const { first, second, taken } = await twice(store);

			expect(first.map(({ status }) => status)).toEqual(
				first.map((_, index) => (index % 3 === 0 ? 'rejected' : 'accepted')),
			);
			expect(second.map(({ status }) => status)).toEqual(
				first.map((_, index) => (index % 3 === 0 ? 'accepted' : 'duplicate')),
			);
			expect(taken).toEqual([...first.keys()]);
		});

		it.each(everyCall)('whichever call it fails from, for a while: call %i', async (call) => {
			const store = new Store();
			store.failing = new Set(Array.from({ length: 100 }, (_, n) => call + n));
			const { first, second, taken } = await twice(store);

			expect(first.map(({ status }) => status)).not.toContain('unknown');
			expect(second.map(({ status }) => status)).not.toContain('unknown');
			expect(taken).toEqual([...first.keys()]);
		});

		it.each(everyCall)(
			'among cards of earlier runs, whichever call it fails from, for a while: call %i',
			async (call) => {
				// Those are asked for in calls of their own, behind the one that claims the others with them.
				const [sentBefore, inDoubt] = [3, 5];
				const store = new Store();
				const earlier = ({ index }: Numbered) => (index % inDoubt === 0 ? 'timeout' : ACCEPTED);
				const old = claiming(25).filter((_, index) => index % sentBefore === 0);
				await run(store, old, new TestHost(earlier));
				store.calls = 0;
				store.failing = new Set(Array.from({ length: 100 }, (_, n) => call + n));
				const { second } = await twice(store);

				expect(second.map(({ status }) => status)).toEqual(
					second.map((_, index) =>
						index % sentBefore === 0 && index % inDoubt === 0
							? 'unknown'
							: (expect.stringMatching(/^(accepted|duplicate)$/) as string),
					),
				);
				const again = await run(store, claiming(25));
				expect(again.map(({ status }) => status)).toEqual(
					second.map(({ status }) => (status === 'accepted' ? 'duplicate' : status)),
				);
			},
		);

		it('a memory that is down is not waited for once for each card', async () => {
			const store = new Store();
			store.isBroken = true;
			const host = new TestHost();
			await run(store, claiming(1000), host);

			expect(host.clock.now()).toBeLessThan(5000);
		});
	});
});
