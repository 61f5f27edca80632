// Giving up on what takes too long. Knows no vendor; the clock is handed in.
import type { Clock } from './Clock';

/** Why a timer is called off. Given as an error, since n8n's sleep would make one with a stack each time. */
const NOTHING_TO_WAIT_FOR = new Error('Nothing to wait for');

/** Waits of one length: they end in the order in which they began. */
class Waits {
	private readonly waits = new Set<{ endsAt: number; expire(): void }>();
	private timer = new AbortController();

	constructor(
		private readonly ms: number,
		private readonly clock: Clock,
	) {}

	add(expire: () => void): () => void {
		const wait = { endsAt: this.clock.now() + this.ms, expire };
		this.waits.add(wait);
		if (this.waits.size === 1) void this.watch();
		return () => {
			// A timer that nothing waits for would keep the process from ending.
			if (this.waits.delete(wait) && this.waits.size === 0) this.timer.abort(NOTHING_TO_WAIT_FOR);
		};
	}

	private async watch(): Promise<void> {
		const timer = new AbortController();
		this.timer = timer;
		for (const wait of this.waits) {
			await this.clock.sleep(wait.endsAt - this.clock.now(), timer.signal);
			if (timer.signal.aborted) return;
			if (this.waits.delete(wait)) wait.expire();
		}
	}
}

/** Lengths may come from an expression: no more of them are kept. */
const MOST_LENGTHS = 100;

/** Times out many requests with one timer for each length: a timer for each request costs too much. */
export class Timeouts {
	private readonly byLength = new Map<number, Waits>();

	constructor(private readonly clock: Clock) {}

	/**
	 * Calls `expire` in so many milliseconds.
	 * @returns what calls it off
	 */
	add(ms: number, expire: () => void): () => void {
		const known = this.byLength.get(ms);
		if (known) return known.add(expire);
		if (this.byLength.size >= MOST_LENGTHS) this.byLength.clear();
		const waits = new Waits(ms, this.clock);
		this.byLength.set(ms, waits);
		return waits.add(expire);
	}
}
