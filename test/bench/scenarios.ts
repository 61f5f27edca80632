// What is measured: the scenarios of the brief, each with its numbers to reach.
import { answerFrom, measure, type Ground, type Measurement } from './ground';
import type { Contestant, Result, VendorJob } from './jobs';
import { megabytes, milliseconds, ratio, seconds, type Section, type Target } from './table';

export interface Scenario {
	name: string;
	run(ground: Ground, isFull: boolean): Promise<Section>;
}

const NAMES: Record<Contestant, string> = {
	sendContact: 'Send Contact',
	httpRequest: 'HTTP Request, default',
	httpRequestTuned: 'HTTP Request, 50 per 1000 ms',
	bareHelper: 'bare helper in a loop',
	axiosLoop: 'axios, keep-alive, outside n8n',
	metronome: 'bare metronome, outside n8n',
	evolution: 'n8n-nodes-evolution-api 1.0.4',
	noOp: 'engine alone',
};

const NO_HTTP_REQUEST =
	'HTTP Request was not measured: this machine has no n8n 2.41.1 in the cache folder (npm run test:e2e puts it there).';

/** The contestants that this machine has. */
function present(ground: Ground, contestants: readonly Contestant[]): Contestant[] {
	return contestants.filter((name) => ground.hasHttpRequest || !name.startsWith('httpRequest'));
}

function absences(ground: Ground): string[] {
	return ground.hasHttpRequest ? [] : [NO_HTTP_REQUEST];
}

/** Does all of it, so many at once, and keeps the order. */
async function inParallel<T, R>(
	all: readonly T[],
	atOnce: number,
	work: (one: T) => Promise<R>,
): Promise<R[]> {
	const results = new Array<R>(all.length);
	const queue = [...all.entries()];
	const worker = async () => {
		for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
			const [index, one] = next;
			results[index] = await work(one);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}

/** A list sent at a vendor's pace. */
interface Paced extends Measurement {
	label: string;
	/** Items by the vendor's real limit. */
	idealMs: number;
	target?: number;
}

interface PacedResult extends Result {
	paced: Paced;
	/** From the first request to the last, and one spacing: items by the limit, where nothing is lost. */
	sendingMs: number;
}

const PACED_HEAD = [
	'vendor',
	'sent with',
	'accepted',
	'lost',
	'twice',
	'requests',
	'sending',
	'of ideal',
	'until the last answer',
	'of ideal',
	'sockets',
];

const PACED_NOTE =
	'Sending: from the arrival of the first request to that of the last, and one spacing; by it a list is compared with the ideal (items by limit). The last answer comes a latency later.';

async function runPaced(
	ground: Ground,
	list: readonly Paced[],
	// Waiting is most of it, so several fit on the machine at once.
	atOnce = 3,
): Promise<PacedResult[]> {
	return await inParallel(list, atOnce, async (paced) => {
		const result = await measure(ground, paced);
		const spacingMs = paced.idealMs / paced.items;
		return { ...result, paced, sendingMs: result.count.arrivalsMs + spacingMs };
	});
}

const wallOf = ({ rounds }: Result) => rounds.at(-1)?.wallMs ?? 0;

function pacedRow(result: PacedResult): string[] {
	const { paced, count, items, sendingMs } = result;
	const isWhole = count.distinct === items;
	return [
		paced.label,
		NAMES[paced.contestant],
		String(count.distinct),
		String(items - count.distinct),
		String(count.accepted - count.distinct),
		String(count.requests),
		seconds(sendingMs),
		// The time of a list that was not sent is no time.
		isWhole ? ratio(sendingMs / paced.idealMs) : '–',
		seconds(wallOf(result)),
		isWhole ? ratio(wallOf(result) / paced.idealMs) : '–',
		String(count.peakConnections),
	];
}

function pacedTarget(result: PacedResult): Target[] {
	const { paced, count, items, sendingMs } = result;
	if (paced.target === undefined) return [];
	const [lost, twice] = [items - count.distinct, count.accepted - count.distinct];
	const share = sendingMs / paced.idealMs;
	return [
		{
			what: `${paced.label}: ${items} items`,
			target: `0 lost, 0 twice, ≤ ${paced.target} of ideal`,
			measured: `${lost} lost, ${twice} twice, ${ratio(share)}`,
			reached: lost === 0 && twice === 0 && share <= paced.target,
		},
	];
}

function pacedSection(title: string, notes: string[], results: PacedResult[]): Section {
	return {
		title,
		notes: [...notes, PACED_NOTE],
		head: PACED_HEAD,
		rows: results.map(pacedRow),
		targets: results.flatMap(pacedTarget),
	};
}

const fifty = (latencyMs: number, burst = 50): VendorJob => ({
	vendor: 'greenApi',
	limit: { perSecond: 50, burst },
	latencyMs,
});

const noBurst = ({ retryAfter }: VendorJob) =>
	`no burst at all${retryAfter === undefined ? '' : `, Retry-After: ${retryAfter}`}`;

/** The best of these is about what the machine allows with a vendor that takes a message each 20 ms. */
const METRONOMES = [21, 22, 24, 28];

const atLimit: Scenario = {
	name: '1000 items at 50 a second',
	async run(ground) {
		const of = (vendor: VendorJob, label: string, contestant: Contestant, target?: number) => ({
			vendor,
			label,
			contestant,
			items: 1000,
			idealMs: 20_000,
			concurrency: 100,
			...(target !== undefined && { target }),
		});
		const list: Paced[] = [
			of(fifty(150), '150 ms', 'sendContact', 1.03),
			of(fifty(20), '20 ms', 'sendContact', 1.03),
			of(fifty(1000), '1 s', 'sendContact', 1.03),
		];
		// To these vendors each millisecond counts that another contestant takes from the processor.
		const strict: VendorJob[] = [fifty(150, 1), { ...fifty(150, 1), retryAfter: 1 }];
		// Where a tenth of the distance is longer than what this machine is late.
		const slower = strict.map((vendor): Paced => ({
			vendor: { ...vendor, limit: { perSecond: 10, burst: 1 } },
			label: `10 a second, ${noBurst(vendor)}`,
			contestant: 'sendContact',
			items: 400,
			idealMs: 40_000,
			options: { messagesPerMinute: 600 },
			target: 1.1,
		}));
		const byStrict = strict.flatMap((vendor) => {
			const label = `150 ms, ${noBurst(vendor)}`;
			return [
				of(vendor, label, 'sendContact', 1.1),
				...METRONOMES.map((everyMs) => ({
					...of(vendor, `${label}, each ${everyMs} ms`, 'metronome'),
					options: { everyMs },
				})),
			];
		});
		const others = present(ground, [
			'httpRequest',
			'httpRequestTuned',
			'bareHelper',
			'axiosLoop',
		]).map((contestant) => of(fifty(150), '150 ms', contestant));
		return pacedSection(
			'1. 1000 items, vendor limit 50 a second (ideal 20.0 s)',
			[
				'GREEN-API simulator, token bucket of 50; “no burst at all” is a bucket of 1, which refuses a request that comes a fraction of a millisecond early; with Retry-After each refusal alone costs a twentieth of the ideal. The bare loop ends at its first refusal. The metronomes show how evenly requests arrive on this machine: who always leaves as late as that needs no learning.',
				'“10 a second” is 400 items (ideal 40.0 s) to a vendor whose distance is longer than machines are late: there the pacing shows, and not the machine.',
				...absences(ground),
			],
			[
				...(await runPaced(ground, list)),
				...(await runPaced(ground, [...byStrict, ...slower], 1)),
				...(await runPaced(ground, others)),
			],
		);
	},
};

const halfLimit: Scenario = {
	name: '1000 items, the real limit is half of the documented one',
	async run(ground) {
		const vendor: VendorJob = {
			vendor: 'greenApi',
			limit: { perSecond: 25, burst: 25 },
			latencyMs: 150,
		};
		const list: Paced[] = [
			{ vendor: { ...vendor, retryAfter: 1 }, label: 'Retry-After: 1' },
			{ vendor, label: 'no Retry-After' },
		].map((one) => ({
			...one,
			contestant: 'sendContact',
			items: 1000,
			idealMs: 40_000,
			target: 1.15,
		}));
		return pacedSection(
			'2. 1000 items, vendor takes 25 a second and documents 50 (ideal 40.0 s)',
			['GREEN-API simulator, token bucket of 25, latency 150 ms.'],
			await runPaced(ground, list),
		);
	},
};

const perMinute: Scenario = {
	name: '60 a minute, scaled down',
	async run(ground) {
		const list: Paced[] = [
			{
				vendor: { vendor: 'ogmma', limit: { perSecond: 10, burst: 10 }, latencyMs: 150 },
				label: '10 a second',
				contestant: 'sendContact',
				items: 100,
				idealMs: 10_000,
				options: { messagesPerMinute: 600 },
				target: 1.03,
			},
		];
		return pacedSection(
			'3. 100 items at 60 a minute, scaled down ten times (ideal 10.0 s)',
			['OGMMA simulator with a limit of 10 a second, Messages per Minute set to 600.'],
			await runPaced(ground, list),
		);
	},
};

const best = (results: readonly Result[], of: 'wallMs' | 'cpuMs') =>
	Math.min(...results.flatMap(({ rounds }) => rounds.map((round) => round[of])));

const noLimit: Scenario = {
	name: '10 000 items, no limit',
	async run(ground, isFull) {
		const items = 10_000;
		const contestants = present(ground, ['sendContact', 'bareHelper', 'httpRequest', 'axiosLoop']);
		const results = new Map<Contestant, Result[]>();
		// In turns, so that what else the machine does falls on all alike.
		for (let turn = 0; turn < (isFull ? 3 : 1); turn += 1) {
			for (const contestant of contestants) {
				const result = await measure(ground, {
					vendor: { vendor: 'plugzApi' },
					contestant,
					items,
					warmUp: 1000,
					rounds: 2,
				});
				results.set(contestant, [...(results.get(contestant) ?? []), result]);
			}
		}
		const wall = (name: Contestant) => best(results.get(name) ?? [], 'wallMs');
		const cpu = (name: Contestant) => best(results.get(name) ?? [], 'cpuMs');
		const perSecond = (name: Contestant) => items / (wall(name) / 1000);
		const cpuRatio = cpu('sendContact') / cpu('bareHelper');
		return {
			title: '4. 10 000 items, no limit, no latency',
			notes: [
				'PlugzAPI simulator in a process of its own; 10 requests at once, HTTP Request all at once as it does. Best of the rounds, after 1000 items of warm-up.',
				...absences(ground),
			],
			head: [
				'sent with',
				'accepted',
				'items a second',
				'CPU an item',
				'CPU / bare helper',
				'sockets',
			],
			rows: contestants.map((name) => [
				NAMES[name],
				String(results.get(name)?.at(-1)?.count.distinct ?? 0),
				perSecond(name).toFixed(0),
				milliseconds(cpu(name) / items),
				ratio(cpu(name) / cpu('bareHelper')),
				String(results.get(name)?.at(-1)?.count.peakConnections ?? 0),
			]),
			targets: [
				{
					what: 'processor time beside the bare helper',
					target: '≤ 1.10',
					measured: ratio(cpuRatio),
					reached: cpuRatio <= 1.1,
				},
				...(ground.hasHttpRequest
					? [
							{
								what: 'items a second beside HTTP Request',
								target: '≥ 1.00',
								measured: ratio(perSecond('sendContact') / perSecond('httpRequest')),
								reached: perSecond('sendContact') >= perSecond('httpRequest'),
							},
						]
					: []),
			],
		};
	},
};

/** The middle one of all rounds. */
function medianCpu({ rounds, items }: Result): number {
	const sorted = rounds.map(({ cpuMs }) => cpuMs / items).sort((a, b) => a - b);
	return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

const growth: Scenario = {
	name: 'growth',
	async run(ground, isFull) {
		const sizes = [100, 1000, 10_000, ...(isFull ? [100_000] : [])];
		const maxConcurrent = 10;
		const rows: string[][] = [];
		const costs = new Map<number, number>();
		let peakSockets = 0;
		let above = 0;
		for (const items of sizes) {
			const vendor: VendorJob = { vendor: 'plugzApi' };
			// Short lists often, so that what is left of the warm-up and of chance evens out.
			const rounds = Math.min(30, Math.max(2, Math.ceil(10_000 / items)));
			const shared = { vendor, items, warmUp: 2000 };
			const timed = await measure(ground, {
				...shared,
				contestant: 'sendContact',
				rounds: items > 10_000 ? 1 : rounds,
			});
			const weigh = async (contestant: Contestant) =>
				await measure(ground, { ...shared, contestant, weighs: true });
			const weighed = await weigh('sendContact');
			const engine = await weigh('noOp');
			const cost = medianCpu(timed);
			costs.set(items, cost);
			peakSockets = Math.max(peakSockets, timed.count.peakConnections);
			above = weighed.residentBytes - engine.residentBytes;
			rows.push([
				String(items),
				milliseconds(cost),
				costs.has(1000) ? ratio(cost / (costs.get(1000) ?? cost)) : '–',
				String(timed.count.peakConnections),
				megabytes(engine.residentBytes),
				megabytes(weighed.residentBytes),
				megabytes(above),
				megabytes(weighed.heapBytes - engine.heapBytes),
				megabytes(timed.residentBytes),
			]);
		}
		const largest = sizes.at(-1) ?? 0;
		const share = (costs.get(largest) ?? 0) / (costs.get(1000) ?? 1);
		return {
			title: `5. Growth from 100 to ${largest} items`,
			notes: [
				'CPU: median of the rounds after 2000 items of warm-up. Memory: the most that was held when all garbage was collected every other second; “engine” is a process in which n8n’s HTTP helper has sent 2000 requests and the same items then went through a node that hands them on; “untidied” is the peak with nobody collecting. Memory above the engine includes the items that Send Contact puts out.',
				...(isFull ? [] : ['100 000 items: npm run bench -- --full']),
			],
			head: [
				'items',
				'CPU an item',
				'of that at 1000',
				'sockets',
				'engine',
				'Send Contact',
				'above the engine',
				'heap above',
				'untidied',
			],
			rows,
			targets: [
				{
					what: `CPU an item at ${largest} beside 1000`,
					target: '≤ 1.10',
					measured: ratio(share),
					reached: share <= 1.1,
				},
				{
					what: 'sockets at once',
					target: `≤ ${maxConcurrent} (Max Concurrent)`,
					measured: String(peakSockets),
					reached: peakSockets <= maxConcurrent,
				},
				{
					what: `memory above the engine at ${largest}`,
					target: '< 100 MB',
					measured: megabytes(above),
					reached: above < 100e6,
				},
			],
		};
	},
};

const loading: Scenario = {
	name: 'size and load time',
	async run(ground) {
		const times: number[] = [];
		for (let turn = 0; turn < 7; turn += 1) {
			const { ms } = await answerFrom<{ ms: number }>(ground, 'loadProcess', {
				packageFolder: ground.packageFolder,
			});
			times.push(ms);
		}
		times.sort((a, b) => a - b);
		const median = times[Math.floor(times.length / 2)] ?? 0;
		const size = ground.tarballBytes;
		return {
			title: '6. Size and load time',
			notes: [
				`n8n's loader reads the package in a process that has n8n's libraries in memory: ${times.map((ms) => ms.toFixed(1)).join(', ')} ms.`,
			],
			head: [],
			rows: [],
			targets: [
				{
					what: 'tarball',
					target: '< 250 kB',
					measured: `${(size / 1000).toFixed(1)} kB`,
					reached: size < 250_000,
				},
				{
					what: 'load time, median of 7',
					target: '< 20 ms',
					measured: `${median.toFixed(1)} ms`,
					reached: median < 20,
				},
			],
		};
	},
};

const rival: Scenario = {
	name: 'n8n-nodes-evolution-api',
	async run(ground) {
		const title = '7. n8n-nodes-evolution-api, 1000 items';
		if ('missing' in ground.rival) {
			return { title, notes: [ground.rival.missing], head: [], rows: [], targets: [] };
		}
		const { count, items, rounds } = await measure(ground, {
			vendor: { vendor: 'evolution' },
			contestant: 'evolution',
			items: 1000,
		});
		return {
			title,
			notes: ['Against a small endpoint that takes anything, without a limit.'],
			head: ['sent with', 'accepted', 'never sent', 'items out of the node', 'error'],
			rows: [
				[
					NAMES.evolution,
					String(count.distinct),
					String(items - count.requests),
					String(rounds.at(-1)?.out ?? 0),
					rounds.at(-1)?.error ?? 'none',
				],
			],
			targets: [],
		};
	},
};

/** In the order of their numbers, which `--only` takes. */
export const scenarios: readonly Scenario[] = [
	atLimit,
	halfLimit,
	perMinute,
	noLimit,
	growth,
	loading,
	rival,
];
