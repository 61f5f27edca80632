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

/** The first wait for something that cannot be reached or is not ready. */
const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 60_000;

/** The first wait after a refusal for overload, in spacings of the messages, and its bounds. */
const OVERLOAD_BACKOFF = { spacings: 10, min: 100, max: 1000 };

/** One refusal among so many acceptances is a coincidence of timing, not a pace that is too fast. */
const ACCEPTED_PER_STRAY = 20;

/** How much slower a refused pace gets: for a stray, at first, and once a refusal has been learned from. */
const SLOWER = { stray: 1.05, first: 2, again: 1.3 };

/** How much faster each step back is. */
const STEP = 1.1;

/** A lowered pace must hold so long, and for so many messages or longer, before a faster one is tried. */
const HOLD = { messages: 5, ms: 1000, longMs: 10_000 };

/** How long before a pace is tried that was refused before: doubled each time it is refused again. */
const FIRST_PROBE_MS = 10_000;
const LONGEST_PROBE_MS = 60_000;

/** A slower pace than this is no pace. */
const LONGEST_INTERVAL_MS = 30_000;

/** A vendor without a limit that asks for fewer messages gets at most fifty a second at first. */
const FIRST_INTERVAL_MS = 20;

/**
 * The pace of one sender. Everything in the process that sends through it takes its turns here.
 * Messages are evenly spaced, without an opening burst. When the vendor refuses for overload the pacer
 * pauses as long as asked (else with capped exponential backoff and full jitter). Where it was more than
 * a coincidence it goes on more slowly, steps back towards the pace that was refused while the slower
 * one holds, and tries that one itself again only now and then.
 */
export class Pacer {
	private nextAt = Number.NEGATIVE_INFINITY;
	private pausedUntil = Number.NEGATIVE_INFINITY;
	private lastIntervalMs = 0;
	/** The spacing the vendor taught us; 0 while the documented one does. */
	private learnedMs = 0;
	/** The last learned spacing that held. */
	private provenMs = 0;
	/** The last spacing that was refused; 0 while none was. */
	private refusedMs = 0;
	private probeMs = FIRST_PROBE_MS;
	/** Since when no refusal has come. */
	private heldSince = 0;
	/** Since when the pace is what it is, and what has come of it. */
	private changedAt: number | undefined;
	private acceptedSince = 0;
	private refusedSince = 0;
	private refusalsInARow = 0;
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

	private take(now: number, documentedMs: number): void {
		this.speedUp(now, documentedMs);
		const longestDelayMs = Math.max(TOLERANCE_MS, this.lastIntervalMs);
		this.lastIntervalMs = Math.max(documentedMs, this.learnedMs) * MARGIN;
		const isGoingOn = now - this.nextAt <= longestDelayMs && this.nextAt >= this.pausedUntil;
		// A vendor that has refused before may take nothing that comes early.
		const mayCatchUp = isGoingOn && this.refusedMs === 0;
		this.nextAt =
			(mayCatchUp ? Math.max(this.nextAt, now - TOLERANCE_MS) : now) + this.lastIntervalMs;
		this.changedAt ??= now;
		this.lastUsedAt = now;
	}

	/** One step back to the documented spacing, once the learned one has held. */
	private speedUp(now: number, documentedMs: number): void {
		if (this.learnedMs === 0) return;
		const next = this.learnedMs / STEP;
		const heldMs = now - this.heldSince;
		if (heldMs < (this.isProbe(next) ? this.probeMs : HOLD.ms)) return;
		if (this.acceptedSince < HOLD.messages && heldMs < HOLD.longMs) return;
		this.provenMs = this.learnedMs;
		this.learnedMs = next <= Math.max(documentedMs, 1) ? 0 : next;
		this.startAnew(now);
	}

	/** Whether a spacing is about one that was refused. */
	private isProbe(spacingMs: number): boolean {
		return spacingMs < this.refusedMs * 1.03;
	}

	private startAnew(now: number): void {
		this.heldSince = now;
		this.changedAt = now;
		this.acceptedSince = 0;
		this.refusedSince = 0;
	}

	/** The vendor took a message. */
	accepted(): void {
		this.acceptedSince += 1;
		this.refusalsInARow = 0;
	}

	/**
	 * The vendor refused a message for overload.
	 * @param leftAt when that message left: what left before the last change teaches nothing new
	 * @param afterMs how long the vendor asked to wait
	 * @returns whether the pace was lowered
	 */
	overloaded(leftAt: number, afterMs?: number): boolean {
		const isNews = this.changedAt === undefined || leftAt >= this.changedAt;
		if (afterMs !== undefined) this.pause(afterMs);
		if (!isNews) return false;
		this.refusedSince += 1;
		this.refusalsInARow += 1;
		if (afterMs === undefined) {
			const { spacings, min, max } = OVERLOAD_BACKOFF;
			const firstMs = Math.min(max, Math.max(min, spacings * this.lastIntervalMs));
			this.pause(this.backoff(this.refusalsInARow, firstMs));
		}
		const spacing = this.lastIntervalMs / MARGIN;
		const isFirst = this.refusedSince === 1 && afterMs === undefined && !this.isProbe(spacing);
		const isRare = this.acceptedSince >= ACCEPTED_PER_STRAY * this.refusedSince;
		const isStray = spacing > 0 && (isFirst || isRare);
		if (isStray) this.slowDownALittle(this.clock.now(), spacing);
		else this.slowDown(this.clock.now(), spacing);
		return true;
	}

	private slowDownALittle(now: number, spacing: number): void {
		this.heldSince = now;
		this.learnedMs = Math.max(this.learnedMs, spacing * SLOWER.stray);
	}

	private slowDown(now: number, spacing: number): void {
		const windowMs = now - (this.changedAt ?? now);
		const next =
			spacing === 0
				? Math.max(FIRST_INTERVAL_MS, (2 * windowMs) / Math.max(1, this.acceptedSince))
				: this.provenMs > spacing
					? this.provenMs
					: spacing * (this.learnedMs === 0 ? SLOWER.first : SLOWER.again);
		const isSameAgain = this.isProbe(spacing) && spacing > this.refusedMs / 1.2;
		this.probeMs = isSameAgain ? Math.min(this.probeMs * 2, LONGEST_PROBE_MS) : FIRST_PROBE_MS;
		this.refusedMs = spacing;
		this.learnedMs = Math.min(next, LONGEST_INTERVAL_MS);
		this.startAnew(now);
	}

	/** Keeps this sender silent for a while; a longer pause that is under way stays. */
	pause(ms: number): void {
		this.pausedUntil = Math.max(this.pausedUntil, this.clock.now() + ms);
	}

	/** Capped exponential backoff with full jitter, in milliseconds. `nth` counts from 1. */
	backoff(nth: number, firstMs = FIRST_BACKOFF_MS): number {
		const ceiling = Math.min(LONGEST_BACKOFF_MS, firstMs * 2 ** Math.min(nth - 1, 10));
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
