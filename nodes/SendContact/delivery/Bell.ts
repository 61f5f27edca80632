// Waiting until something changes. Knows nothing of what.
import type { Clock } from './Clock';

/** Why a wait is called off. Given as an error: n8n's sleep would make one with a stack each time. */
const RUNG = new Error('Something has changed');

/** Rung at each change; whoever listens looks again. */
export class Bell {
	private listeners: Array<() => void> = [];

	constructor(private readonly clock: Clock) {}

	ring(): void {
		const { listeners } = this;
		this.listeners = [];
		for (const listener of listeners) listener();
	}

	/** Resolves at the next ring, or at that time of the clock. */
	async next(until = Infinity): Promise<void> {
		if (until === Infinity) {
			await new Promise<void>((resolve) => this.listeners.push(resolve));
			return;
		}
		const timer = new AbortController();
		const call = () => {
			timer.abort(RUNG);
		};
		this.listeners.push(call);
		await this.clock.sleep(until - this.clock.now(), timer.signal);
		this.listeners = this.listeners.filter((other) => other !== call);
	}
}
