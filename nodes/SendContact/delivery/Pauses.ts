// When nothing leaves: after a refusal or with a vendor that is not ready, for as long as it asks, or longer each
// time. Knows no vendor and no pace, and waits for nothing.
import type { Clock } from './Clock';

/** The waits for something that cannot be reached or is not ready: each is twice the one before. */
const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 60_000;

/** The longest own wait may be cut down to this: who wants to wait for nothing still hammers nobody. */
const SHORTEST_CAP_MS = 1000;

/**
 * The waits after refusals in a row, where the vendor does not say how long: the first is one spacing;
 * the next this many, within bounds, and then eight times as long each: a few of them outlast a minute.
 */
const OVERLOAD_BACKOFF = { spacings: 10, min: 100, max: 1000, growth: { inARow: 8, ofOne: 4 } };

/**
 * A pause that is longer than a day is no plan: it is remembered for a minute only, then the vendor is
 * asked again.
 */
const LONGEST_PLAN_MS = 86_400_000;
const NO_PLAN_MS = 60_000;

/** A message that met trouble. */
export interface Troubled {
	/** When it left. */
	leftAt: number;
	/** How long the vendor asked to wait; `undefined` where it did not. */
	askedMs: number | undefined;
	/** What is waited at most where it did not ask. */
	longestMs: number;
}

/** The pauses of everything under one limit. */
export class Pauses {
	/** When the last one ends. */
	until = Number.NEGATIVE_INFINITY;
	/** The end of the pause that the vendor asked for. */
	private askedUntil = Number.NEGATIVE_INFINITY;
	/** Refusals, or missing answers, in a row. */
	private troubles = 0;
	private troubledAt = Number.NEGATIVE_INFINITY;

	constructor(private readonly clock: Clock) {}

	/** The vendor judged a message: whatever trouble there was has passed. */
	answered(): void {
		this.troubles = 0;
	}

	/** Whether several messages in a row met trouble. */
	get isTroubled(): boolean {
		return this.troubles > 1;
	}

	/**
	 * The vendor refused a message since there were too many.
	 * @param attempts how often it has left
	 * @param spacingMs how far apart messages are
	 * @returns how long the pause is
	 */
	refused({ leftAt, askedMs, longestMs }: Troubled, attempts: number, spacingMs: number): number {
		const { spacings, min, max, growth } = OVERLOAD_BACKOFF;
		const secondMs = Math.min(max, Math.max(min, spacings * spacingMs));
		const isNews = this.countTrouble(leftAt);
		const ownMs = Math.max(
			isNews ? this.backoff(secondMs, growth.inARow, this.troubles - 2) : 0,
			this.backoff(secondMs, growth.ofOne, attempts - 2),
			// A message that has been refused so often is not left to chance.
			attempts > 2 ? (secondMs * growth.ofOne ** (attempts - 2)) / 2 : 0,
		);
		return this.pause(Math.max(askedMs ?? 0, capped(ownMs, longestMs)), askedMs);
	}

	/** The vendor is not ready or cannot be reached. @param leastMs what is waited at least where it did not ask */
	unready({ leftAt, askedMs, longestMs }: Troubled, leastMs: number): void {
		const isNews = this.countTrouble(leftAt);
		// What it asks for is believed once.
		const nth = this.troubles - (askedMs === undefined ? 1 : 2);
		const ownMs = isNews ? this.backoff(FIRST_BACKOFF_MS, 2, nth) : 0;
		this.pause(Math.max(askedMs ?? leastMs, capped(ownMs, longestMs)), askedMs);
	}

	/** What left before the last trouble was known is of the same moment. */
	private countTrouble(leftAt: number): boolean {
		if (leftAt < this.troubledAt) return false;
		this.troubles += 1;
		this.troubledAt = this.clock.now();
		return true;
	}

	/** Capped exponential backoff with full jitter. */
	private backoff(firstMs: number, growth: number, nth: number): number {
		if (nth < 0) return 0;
		const ceiling = Math.min(LONGEST_BACKOFF_MS, firstMs * growth ** Math.min(nth, 10));
		return this.clock.random() * ceiling;
	}

	private pause(ms: number, askedMs: number | undefined): number {
		const now = this.clock.now();
		const plannedMs = ms > LONGEST_PLAN_MS ? NO_PLAN_MS : ms;
		this.until = Math.max(this.until, now + plannedMs);
		if (askedMs !== undefined) this.askedUntil = Math.max(this.askedUntil, now + askedMs);
		return ms;
	}

	/** How long from now on the vendor wants to be left alone, as it said itself; 0 where it does not. */
	askedForMs(): number {
		const now = this.clock.now();
		if (now >= this.until) this.askedUntil = now;
		return Math.max(0, this.askedUntil - now);
	}
}

/** An own wait, cut down to what the user waits for. */
function capped(ownMs: number, longestMs: number): number {
	return Math.min(ownMs, Math.max(longestMs, SHORTEST_CAP_MS));
}
