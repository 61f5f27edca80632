// Time, handed in: delivery reads no clock itself.

/** Time, as delivery needs it. */
export interface Clock {
	/** Milliseconds that only ever grow. */
	now(): number;
	/** Waits; ends early, without throwing, when `signal` fires. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** Waits a few milliseconds, to a fraction of one. Costs processor time: not for long. */
	sleepExactly(ms: number): Promise<void>;
	/** Waits until a request that was begun before has been written. */
	round(): Promise<void>;
	/** 0 (included) to 1 (excluded). */
	random(): number;
}
