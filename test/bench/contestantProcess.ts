// One measurement in a process of its own: its processor time and its memory are the contestant's alone.
import { setTimeout as pause } from 'node:timers/promises';

import { contestantOf, type Ran, type Run } from './contestants';
import type { ContestantJob, Measured, Round } from './jobs';

/** The most memory seen, looked at from time to time. */
function scales(collects: boolean) {
	let residentBytes = 0;
	let heapBytes = 0;
	const weigh = () => {
		// The thorough way: it gives back what is free, so that what stays is what is held.
		if (collects) globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
		const { rss, heapUsed } = process.memoryUsage();
		residentBytes = Math.max(residentBytes, rss);
		heapBytes = Math.max(heapBytes, heapUsed);
	};
	const timer = setInterval(weigh, collects ? 2000 : 100);
	return {
		weigh,
		stop() {
			clearInterval(timer);
			return { residentBytes, heapBytes };
		},
	};
}

async function oneRound(run: Run, items: number): Promise<Round & { held: unknown }> {
	globalThis.gc?.();
	const before = process.cpuUsage();
	const began = performance.now();
	const { out, error, held }: Ran = await run(items);
	const wallMs = performance.now() - began;
	const { user, system } = process.cpuUsage(before);
	return {
		wallMs,
		cpuMs: (user + system) / 1000,
		out,
		held,
		...(error !== undefined && { error }),
	};
}

/** Waits until the other side has made the vendor forget what came before. */
async function vendorForgot(): Promise<void> {
	const forgot = new Promise((resolve) => process.once('message', resolve));
	process.send?.('forget');
	await forgot;
}

async function measure(job: ContestantJob): Promise<Measured> {
	const run = await contestantOf(job);
	if (job.warmUp > 0) await run(job.warmUp);
	const rounds: Round[] = [];
	const scale = scales(job.weighs);
	let held: unknown;
	for (let round = 0; round < job.rounds; round += 1) {
		held = undefined;
		// Connections of the round before may still be closing.
		await pause(50);
		await vendorForgot();
		const { held: kept, ...measured } = await oneRound(run, job.items);
		held = kept;
		rounds.push(measured);
	}
	scale.weigh();
	// Read after the last weighing: what the engine holds of the run counts.
	if (held === undefined) throw new Error('Nothing was run');
	return { rounds, ...scale.stop() };
}

process.once('message', (job: ContestantJob) => {
	measure(job).then(
		(measured) => process.send?.(measured, () => process.exit(0)),
		(problem: unknown) => {
			console.error(problem);
			process.exit(1);
		},
	);
});
