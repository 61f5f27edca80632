// Spacing messages evenly, and slowing down when a vendor asks for it. Knows no vendor; the clock and
// the waiting are handed in.

/** Time, as the pacer needs it. */
export interface Clock {
	/** Milliseconds that only ever grow. */
	now(): number;
	/** Waits; ends early, without throwing, when `signal` fires. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
	/** 0 (included) to 1 (excluded). */
	random(): number;
}

/**
 * A little slower than the limit: with timers up to {@link TOLERANCE_MS} late, no second holds more
 * messages than the limit allows.
 */
const MARGIN = 1.012;

/** As much of a message's delay does not push back the ones after it; more is not caught up, so nothing bursts. */
const TOLERANCE_MS = 10;

const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 60_000;
/** How long a lowered pace is kept at first before a faster one is tried. */
const FIRST_HOLD_MS = 10_000;
const LONGEST_HOLD_MS = 300_000;
/** A slower pace than this is no pace. */
const LONGEST_INTERVAL_MS = 60_000;
/** An unlimited vendor that asks for fewer messages gets at most this many at first: fifty a second. */
const FIRST_INTERVAL_MS = 20;

/**
 * The pace of one sender. Everything in the process that sends through it takes its turns here.
 * Messages are evenly spaced, without an opening burst. When the vendor refuses for overload the
 * pacer pauses as long as asked (else with capped exponential backoff and full jitter), then goes on
 * more slowly, and tries a faster pace again once the slower one has held for a while.
 */
export class Pacer {
	private nextAt = Number.NEGATIVE_INFINITY;
	private pausedUntil = Number.NEGATIVE_INFINITY;
	/** The interval the vendor taught us; 0 while it never refused. */
	private learnedMs = 0;
	/** The last learned interval that held. */
	private provenMs = 0;
	private holdMs = FIRST_HOLD_MS;
	private holdUntil = Number.POSITIVE_INFINITY;
	private changedAt: number | undefined;
	private acceptedSince = 0;
	private refusalsInARow = 0;
	private lastIntervalMs = 0;
	lastUsedAt: number;

	constructor(private readonly clock: Clock) {
		this.lastUsedAt = clock.now();
	}

	/**
	 * Waits for this sender's next turn and takes it.
	 * @param intervalMs the documented spacing; 0 where there is none
	 * @returns whether the turn was taken: `false` when `signal` fired first
	 */
	async turn(intervalMs: number, signal?: AbortSignal): Promise<boolean> {
		for (;;) {
			if (signal?.aborted === true) return false;
			const now = this.clock.now();
			const waitMs = Math.max(this.nextAt, this.pausedUntil) - now;
			if (waitMs <= 0) {
				this.take(now, intervalMs);
				return true;
			}
			await this.clock.sleep(waitMs, signal);
		}
	}

	/** What the spacing would be now: the documented one, or the slower one that the vendor taught us. */
	private interval(documentedMs: number): number {
		return Math.max(documentedMs, this.learnedMs) * MARGIN;
	}

	private take(now: number, documentedMs: number): void {
		this.speedUpAgain(now, documentedMs);
		const longestDelayMs = Math.max(TOLERANCE_MS, this.lastIntervalMs);
		this.lastIntervalMs = this.interval(documentedMs);
		const isGoingOn = now - this.nextAt <= longestDelayMs && this.nextAt >= this.pausedUntil;
		const takenAt = isGoingOn ? Math.max(this.nextAt, now - TOLERANCE_MS) : now;
		this.nextAt = takenAt + this.lastIntervalMs;
		this.changedAt ??= now;
		this.lastUsedAt = now;
	}

	private speedUpAgain(now: number, documentedMs: number): void {
		if (this.learnedMs === 0 || now < this.holdUntil) return;
		this.provenMs = this.learnedMs;
		this.learnedMs /= 1.1;
		if (this.learnedMs <= Math.max(documentedMs, 1)) {
			this.learnedMs = 0;
			this.provenMs = 0;
			this.holdMs = FIRST_HOLD_MS;
		}
		this.startWindow(now);
	}

	private startWindow(now: number): void {
		this.changedAt = now;
		this.acceptedSince = 0;
		this.holdUntil = now + Math.max(this.holdMs, 20 * this.learnedMs);
	}

	/** The vendor took a message. */
	accepted(): void {
		this.acceptedSince += 1;
		this.refusalsInARow = 0;
	}

	/**
	 * The vendor refused a message for overload.
	 * @param leftAt when that message left: several of one moment count once
	 * @param afterMs how long the vendor asked to wait
	 * @returns whether the pace was lowered
	 */
	overloaded(leftAt: number, afterMs?: number): boolean {
		const now = this.clock.now();
		const isNews = this.changedAt === undefined || leftAt >= this.changedAt;
		if (isNews) {
			this.refusalsInARow += 1;
			this.slowDown(now);
		}
		if (isNews || afterMs !== undefined) this.pause(afterMs ?? this.backoff(this.refusalsInARow));
		return isNews;
	}

	private slowDown(now: number): void {
		const spacing = this.lastIntervalMs / MARGIN;
		const windowMs = now - (this.changedAt ?? now);
		const heldWell = windowMs > 5000 && this.acceptedSince * spacing > windowMs * 0.9;
		const next =
			this.provenMs > spacing
				? this.provenMs * 1.02
				: spacing > 0
					? spacing * (heldWell ? 1.1 : 2)
					: Math.max(FIRST_INTERVAL_MS, (2 * windowMs) / Math.max(1, this.acceptedSince));
		this.learnedMs = Math.min(next, LONGEST_INTERVAL_MS);
		if (this.changedAt !== undefined && this.holdUntil !== Number.POSITIVE_INFINITY) {
			this.holdMs = Math.min(this.holdMs * 2, LONGEST_HOLD_MS);
		}
		this.startWindow(now);
	}

	/** Keeps this sender silent for a while; a longer pause that is under way stays. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
	}

	/** Capped exponential backoff with full jitter, in milliseconds. `nth` counts from 1. */
	backoff(nth: number): number {
		const ceiling = Math.min(LONGEST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(nth - 1, 10));
		return this.clock.random() * ceiling;
	}

	/** How long this sender is paused from now on. */
	pausedForMs(): number {
		return Math.max(0, this.pausedUntil - this.clock.now());
	}
}

const pacers = new Map<string, Pacer>();
const MOST_PACERS = 1000;
const IDLE_MS = 600_000;

/** The one pacer of that sender in this process. */
export function pacerOf(sender: string, clock: Clock): Pacer {
	const known = pacers.get(sender);
	if (known) return known;
	if (pacers.size >= MOST_PACERS) {
		for (const [key, pacer] of pacers) {
			if (clock.now() - pacer.lastUsedAt > IDLE_MS && pacer.pausedForMs() === 0) pacers.delete(key);
		}
	}
	const pacer = new Pacer(clock);
	pacers.set(sender, pacer);
	return pacer;
}
