import { TestHost, cards, ACCEPTED, TOO_MANY } from './TestHost';
import { answerOf, stub } from './stub';
import { VirtualTime } from './VirtualTime';
const rng = (seed: number) => () => {
	seed |= 0;
	seed = (seed + 0x6d2b79f5) | 0;
	let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
	t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
	return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
type V = {
	name: string;
	interval: number;
	documented: number;
	burst: number;
	ra?: string;
	n?: number;
	latency?: number;
	outliers?: number;
	sigma?: number;
	window?: [number, number];
	attempts?: number;
};
async function sim(v: V, seed = 1) {
	const r = rng(seed);
	const normal = () => Math.sqrt(-2 * Math.log(r() || 1e-9)) * Math.cos(2 * Math.PI * r());
	const clock = new VirtualTime();
	let due = -1e9;
	let start = -1e9,
		used = 0;
	let refused = 0;
	const no = v.ra === undefined ? TOO_MANY : answerOf(429, {}, { 'retry-after': v.ra });
	const host: TestHost = new TestHost(
		({ index }) => {
			const now = clock.now();
			if (v.window) {
				const w = Math.floor(now / v.window[1]);
				if (w !== start) {
					start = w;
					used = 0;
				}
				if (used >= v.window[0]) {
					refused++;
					return no;
				}
				used++;
				return answerOf(200, { id: `m${index}` });
			}
			const from = Math.max(due, now);
			if (from - now > (v.burst - 1) * v.interval + 1e-6) {
				refused++;
				return no;
			}
			due = from + v.interval;
			return answerOf(200, { id: `m${index}` });
		},
		() => v.latency ?? 150,
		clock,
	);
	clock.lateMs = () => r();
	clock.chance = r;
	const lefts: number[] = [];
	(host as any).lefts = lefts;
	const orig = host.attempt;
	host.attempt = async (s, t) => {
		lefts.push(clock.now());
		if (process.env.GAP && clock.now() < 800)
			console.log(
				'leave',
				s.index,
				clock.now().toFixed(2),
				'gap',
				(clock.now() - (lefts.at(-2) ?? 0)).toFixed(2),
			);
		return await orig(s, t);
	};
	let k = 0;
	const warm = [38, 12, 2, 1.5, 1, 6, 1, 1, 2, 1, 3];
	host.wayMs = () =>
		(warm[k++] ?? 0) +
		Math.max(0.5, 2 + normal() * (v.sigma ?? 0.2) + (r() < (v.outliers ?? 0) ? 3 + 6 * r() : 0));
	const n = v.n ?? 1000;
	const outs = await host.deliver(
		cards(n, () => ({
			messagesPerMinute: v.documented ? 60000 / v.documented : undefined,
			maxConcurrent: 100,
			maxAttempts: v.attempts ?? 5,
		})),
	);
	const first = host.attempts[0]!.at,
		last = host.attempts.at(-1)!.at;
	const lost = outs.filter((o) => o.status !== 'accepted').length;
	return {
		ratio: (last - first + v.interval) / (v.interval * n),
		refused,
		lost,
		worst: Math.max(...outs.map((o) => o.attempts)),
	};
}
const V: V[] = [
	{ name: 'bucket 50/50', interval: 20, documented: 20, burst: 50 },
	{ name: 'bucket 50/50 outliers', interval: 20, documented: 20, burst: 50, outliers: 0.01 },
	{ name: 'strict, no RA', interval: 20, documented: 20, burst: 1 },
	{ name: 'strict quiet, RA 1', interval: 20, documented: 20, burst: 1, ra: '1', sigma: 0.1 },
	{ name: 'strict quiet, no RA', interval: 20, documented: 20, burst: 1, sigma: 0.1 },
	{ name: 'strict, RA 1', interval: 20, documented: 20, burst: 1, ra: '1' },
	{ name: 'strict, no RA, 1% outliers', interval: 20, documented: 20, burst: 1, outliers: 0.01 },
	{
		name: 'strict, RA 1, .3% outliers',
		interval: 20,
		documented: 20,
		burst: 1,
		ra: '1',
		outliers: 0.003,
	},
	{
		name: 'strict, no RA, noisy',
		interval: 20,
		documented: 20,
		burst: 1,
		outliers: 0.05,
		sigma: 1.5,
	},
	{
		name: 'strict 10/s no RA, net noise 5',
		interval: 100,
		documented: 100,
		burst: 1,
		sigma: 5,
		n: 300,
	},
	{
		name: 'strict 10/s RA, net noise 5',
		interval: 100,
		documented: 100,
		burst: 1,
		sigma: 5,
		ra: '1',
		n: 300,
	},
	{
		name: 'strict 1/s RA, noise 20',
		interval: 1000,
		documented: 1000,
		burst: 1,
		sigma: 20,
		ra: '1',
		n: 300,
	},
	{ name: 'strict latency 20 no RA', interval: 20, documented: 20, burst: 1, latency: 20 },
	{ name: 'strict latency 1000 no RA', interval: 20, documented: 20, burst: 1, latency: 1000 },
	{ name: 'burst 3, no RA', interval: 20, documented: 20, burst: 3 },
	{ name: 'half no RA', interval: 40, documented: 20, burst: 25 },
	{ name: 'half RA', interval: 40, documented: 20, burst: 25, ra: '1' },
	{ name: 'half, strict', interval: 40, documented: 20, burst: 1 },
	{ name: 'half, strict RA', interval: 40, documented: 20, burst: 1, ra: '1' },
	{ name: 'half, lat 1000', interval: 40, documented: 20, burst: 25, latency: 1000 },
	{ name: 'tenth', interval: 200, documented: 20, burst: 5, n: 300 },
	{ name: 'unlimited doc, 10/s burst 10', interval: 100, documented: 0, burst: 10, n: 300 },
	{ name: 'unlimited doc, 1/s burst 1', interval: 1000, documented: 0, burst: 1, n: 100 },
	{
		name: 'window 60/min no RA',
		interval: 1000,
		documented: 100,
		burst: 1,
		window: [60, 60000],
		n: 180,
	},
	{
		name: 'window 60/min doc 1s',
		interval: 1000,
		documented: 1000,
		burst: 1,
		window: [60, 60000],
		n: 180,
	},
	{
		name: 'window 10/min doc 20ms',
		interval: 6000,
		documented: 20,
		burst: 1,
		window: [10, 60000],
		n: 60,
	},
	{ name: 'window 50/s', interval: 20, documented: 20, burst: 1, window: [50, 1000] },
];
(async () => {
	const only = process.argv[2];
	for (const v of V) {
		if (only && !v.name.includes(only)) continue;
		const rs = [];
		for (let seed = 1; seed <= Number(process.env.SEEDS ?? 6); seed++)
			rs.push(await sim(v, seed * 7919));
		console.log(
			v.name.padEnd(34),
			rs.map((r) => `${r.ratio.toFixed(3)}/${r.refused}/${r.lost}/${r.worst}`).join('  '),
		);
	}
})();
