// Time that passes only when everyone waits for it: tests of pace and delivery take no time and give the
// same every run.
import { setImmediate } from 'node:timers/promises';

import type { Clock } from '../../nodes/SendContact/delivery/Clock';

interface Timer {
	at: number;
	ring(): void;
}

export class VirtualTime implements Clock {
	private time = 0;
	private readonly timers = new Set<Timer>();
	/** How much later than asked a sleep ends, as the timers of a busy process do. */
	lateMs: () => number = () => 0;
	/** What {@link random} gives. */
	chance: () => number = () => 0.5;

	now(): number {
		return this.time;
	}

	random(): number {
		return this.chance();
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted === true) return;
		await new Promise<void>((resolve) => {
			const timer: Timer = {
				at: this.time + ms + this.lateMs(),
				ring: () => {
					this.timers.delete(timer);
					signal?.removeEventListener('abort', timer.ring);
					resolve();
				},
			};
			this.timers.add(timer);
			signal?.addEventListener('abort', timer.ring);
		});
	}

	async sleepExactly(ms: number): Promise<void> {
		const { lateMs } = this;
		this.lateMs = () => 0;
		const done = this.sleep(ms);
		this.lateMs = lateMs;
		await done;
	}

	async round(): Promise<void> {
		await Promise.resolve();
	}

	/** Lets that much time pass in which nobody is woken: a stall of the process. */
	stall(ms: number): void {
		this.time += ms;
	}

	/** Lets time pass until `work` is done. */
	async run<T>(work: Promise<T>): Promise<T> {
		const state = { isDone: false };
		const settled = work.finally(() => {
			state.isDone = true;
		});
		settled.catch(() => undefined);
		for (;;) {
			await setImmediate();
			if (state.isDone) return await settled;
			const [next] = [...this.timers].sort((one, other) => one.at - other.at);
			if (!next) throw new Error('Everyone waits, and for nothing that time brings');
			this.time = Math.max(this.time, next.at);
			next.ring();
		}
	}
}
