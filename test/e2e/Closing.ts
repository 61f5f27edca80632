// Ends what was begun, last things first, whatever fails on the way and whenever it fails. Knows nothing
// of what it ends.

/** The list of what has to be done at the end. */
export class Closing {
	private steps: Array<() => unknown> = [];
	private isOver = false;

	/**
	 * Call it as soon as there is something to end. When the end has come already, because a hook took
	 * longer than Jest let it, the step is done at once.
	 */
	add(step: () => unknown): void {
		this.steps.unshift(step);
		if (this.isOver) this.run().catch(() => undefined);
	}

	/**
	 * Does every step once, the last added first.
	 * @throws AggregateError of what failed, after all have been tried
	 */
	async run(): Promise<void> {
		this.isOver = true;
		const failures: unknown[] = [];
		for (let step = this.steps.shift(); step; step = this.steps.shift()) {
			try {
				await step();
			} catch (error) {
				failures.push(error);
			}
		}
		if (failures.length > 0) throw new AggregateError(failures, saying(failures));
	}
}

function saying(failures: readonly unknown[]): string {
	const words = failures.map((failure) =>
		failure instanceof Error ? failure.message : String(failure),
	);
	return `Not everything could be ended: ${words.join('; ')}`;
}

interface Stoppable {
	stop(): Promise<unknown>;
}

/** Starts all of them side by side; when one cannot be started, those that were are stopped again. */
export async function startAll<T extends Stoppable>(starting: Array<Promise<T>>): Promise<T[]> {
	const results = await Promise.allSettled(starting);
	const started = results.flatMap((result) =>
		result.status === 'fulfilled' ? [result.value] : [],
	);
	if (started.length < results.length) await stopAll(started).catch(() => undefined);
	return await Promise.all(starting);
}

/**
 * Stops all of them side by side.
 * @throws AggregateError of what failed, after all have been tried
 */
export async function stopAll(running: readonly Stoppable[]): Promise<void> {
	const results = await Promise.allSettled(running.map((one) => one.stop()));
	const failures = results.flatMap((result): unknown[] =>
		result.status === 'rejected' ? [result.reason] : [],
	);
	if (failures.length > 0) throw new AggregateError(failures, saying(failures));
}
