// Taking turns: messages under one limit leave evenly spaced, whoever sends them, and pause when the
// vendor asks for it. Knows no vendor; the clock and the waiting are handed in.
import type { Clock } from './Clock';
import { Pauses } from './Pauses';
import { Spacing } from './Spacing';

/** As much of a message's delay does not push back the ones after it; more is not caught up, so nothing bursts. */
const TOLERANCE_MS = 10;

/**
 * How much longer the first requests of all are on their way than those after them: code is compiled,
 * names are looked up. Whoever follows waits for it, so as not to arrive too close behind.
 */
const WARM_UP_MS = [40, 15, 5];

/** Where a millisecond counts: messages so close to each other, and so much of a wait. */
const EXACT_BELOW_MS = 100;
const EXACT_MS = 2;

/** By which part of it the usual delay follows a single one at most. */
const USUAL_STEP = 0.1;

/** A turn that was taken. */
export interface Turn {
	/** Gives it back: it is of no use. */
	giveBack(): void;
	/** The message is being begun: where it leaves late, those after it wait as much longer. */
	begun(): void;
}

/** Why there was no turn: the wait was ended, or the vendor asked for a longer pause than is waited for. */
export type NoTurn = 'ended' | 'pausedTooLong';

/** Someone who waits for a turn. */
interface Waiter {
	intervalMs: number;
	longestPauseMs: number;
	done(turn: Turn | NoTurn): void;
}

/** A message that left, and the documented distance from it to the next one. */
interface Slot {
	/** When it would have left had nothing been late. */
	plannedAt: number;
	leftAt: number;
	intervalMs: number;
}

/** Why the clock is no longer waited for. Given as an error: n8n's sleep would make one each time. */
const CHANGED = new Error('Something else is to be waited for');

/**
 * The pace of everything under one limit: all executions of the process take their turns here. Messages
 * are evenly spaced, without an opening burst. Where two are to be unequally far apart, they keep the
 * shorter distance, so that a slow list holds up no other one. Who has waited longest goes first.
 */
export class Pacer {
	private readonly spacing = new Spacing();
	private readonly pauses: Pauses;
	/** The last messages that still hold up others: later ones have shorter distances. */
	private slots: Slot[] = [];
	/** How many have been waited for. */
	private turns = 0;
	private lastIntervalMs = 0;
	private line: Waiter[] = [];
	private isServing = false;
	private timer = new AbortController();
	/** The last message is being begun: when it leaves is not known yet. */
	private beginning: Promise<void> | undefined;
	/** How long after its turn a message usually leaves; `undefined` before that was measured. */
	private usualMs: number | undefined;

	constructor(private readonly clock: Clock) {
		this.pauses = new Pauses(clock);
	}

	/**
	 * Waits for the next turn and takes it.
	 * @param intervalMs the documented distance from the message before; 0 where there is none
	 * @param longestPauseMs a longer pause that the vendor asked for is not waited for
	 */
	async turn(
		intervalMs: number,
		longestPauseMs: number,
		signal?: AbortSignal,
	): Promise<Turn | NoTurn> {
		if (signal?.aborted === true) return 'ended';
		return await new Promise((resolve) => {
			const end = () => {
				this.leaveLine(waiter, 'ended');
				this.timer.abort(CHANGED);
			};
			const waiter: Waiter = {
				intervalMs,
				longestPauseMs,
				done: (turn) => {
					signal?.removeEventListener('abort', end);
					resolve(turn);
				},
			};
			signal?.addEventListener('abort', end);
			this.line.push(waiter);
			if (this.isServing) this.timer.abort(CHANGED);
			else void this.serve();
		});
	}

	private leaveLine(waiter: Waiter, turn: Turn | NoTurn): void {
		this.line = this.line.filter((other) => other !== waiter);
		waiter.done(turn);
	}

	/** Gives turns until nobody waits. */
	private async serve(): Promise<void> {
		this.isServing = true;
		while (this.line.length > 0) {
			if (this.beginning) await this.beginning;
			const now = this.clock.now();
			const dismissed = this.line.find((waiter) => waiter.longestPauseMs < this.askedForMs());
			const next = this.line.find((waiter) => this.readyAt(waiter.intervalMs) <= now);
			if (dismissed) this.leaveLine(dismissed, 'pausedTooLong');
			else if (next) this.leaveLine(next, this.take(next.intervalMs, this.warmUpMs()));
			else await this.waitUntil(this.soonest());
		}
		this.isServing = false;
	}

	/** When the first of those who wait may go. */
	private soonest(): number {
		return Math.min(...this.line.map((waiter) => this.readyAt(waiter.intervalMs)));
	}

	private async waitUntil(time: number): Promise<void> {
		const waitMs = Math.max(0, time - this.clock.now());
		// Timers are up to a millisecond late. A vendor that counts strictly gives none of it back.
		const isExact = this.spacing.isStrict && this.lastIntervalMs < EXACT_BELOW_MS;
		if (isExact && waitMs <= EXACT_MS) {
			await this.clock.sleepExactly(waitMs);
			return;
		}
		this.timer = new AbortController();
		await this.clock.sleep(isExact ? waitMs - EXACT_MS : waitMs, this.timer.signal);
	}

	/** When the next message with that documented distance may leave. */
	readyAt(intervalMs: number): number {
		return this.slots.reduce(
			(soonest, slot) => Math.max(soonest, this.endOf(slot, intervalMs)),
			this.pauses.until,
		);
	}

	/** Until when the message that left holds up one with that documented distance. */
	private endOf({ plannedAt, leftAt, intervalMs }: Slot, otherMs: number): number {
		const from = this.spacing.isStrict ? leftAt : plannedAt;
		return from + this.spacing.between(Math.min(intervalMs, otherMs));
	}

	private warmUpMs(): number {
		this.turns += 1;
		return WARM_UP_MS[this.turns - 1] ?? 0;
	}

	/** Takes a turn now, whoever waits. @param lateMs how much later than usual the message arrives */
	take(intervalMs: number, lateMs = 0): Turn {
		const now = this.clock.now();
		const readyAt = this.readyAt(intervalMs);
		const longestDelayMs = Math.max(TOLERANCE_MS, this.lastIntervalMs);
		const isGoingOn = now - readyAt <= longestDelayMs && readyAt > this.pauses.until;
		this.spacing.leaves(now, intervalMs);
		this.lastIntervalMs = this.spacing.between(intervalMs);
		const plannedAt = (isGoingOn ? Math.max(readyAt, now - TOLERANCE_MS) : now) + lateMs;
		const slot = { plannedAt, leftAt: now + lateMs, intervalMs };
		this.slots = this.slots.filter(
			(other) => other.intervalMs > intervalMs && this.endOf(other, Infinity) > now,
		);
		if (this.lastIntervalMs > 0) this.slots.push(slot);
		return {
			giveBack: () => {
				this.slots = this.slots.filter((other) => other !== slot);
				this.timer.abort(CHANGED);
			},
			begun: () => {
				if (this.spacing.isStrict) this.beginning = this.notesDelay(slot, now);
			},
		};
	}

	/** The process may be busy while a message is begun: it leaves later than usual then. */
	private async notesDelay(slot: Slot, takenAt: number): Promise<void> {
		await this.clock.round();
		this.beginning = undefined;
		const delayMs = this.clock.now() - takenAt;
		const usualMs = this.usualMs ?? delayMs;
		slot.leftAt += Math.max(0, delayMs - usualMs);
		// A step towards the middle of all, however late single ones are.
		const step = usualMs * USUAL_STEP;
		this.usualMs = usualMs + Math.max(-step, Math.min(step, delayMs - usualMs));
	}

	/** The vendor took a message. */
	accepted(): void {
		this.answered();
		this.spacing.accepted();
	}

	/** The vendor judged a message: whatever trouble there was has passed. */
	answered(): void {
		this.pauses.answered();
	}

	/** Whether several messages in a row met trouble: one at a time tries what happens. */
	get isTroubled(): boolean {
		return this.pauses.isTroubled;
	}

	/**
	 * The vendor refused a message since there were too many: goes on more slowly, after a pause.
	 * @param message its documented distance, when it left, and how often it has
	 * @param askedMs how long the vendor asked to wait
	 * @param longestMs what is waited at most where it did not ask
	 * @returns whether the pace was lowered
	 */
	refused(
		{ intervalMs, leftAt, attempts }: { intervalMs: number; leftAt: number; attempts: number },
		askedMs: number | undefined,
		longestMs: number,
	): boolean {
		const troubled = { leftAt, askedMs, longestMs };
		const pauseMs = this.pauses.refused(troubled, attempts, this.lastIntervalMs);
		this.timer.abort(CHANGED);
		return this.spacing.refused(this.clock.now(), intervalMs, leftAt, pauseMs);
	}

	/**
	 * The vendor is not ready or cannot be reached: pauses, longer each time.
	 * @param leastMs what is waited at least where it did not ask; the others as above
	 */
	unready(leftAt: number, askedMs: number | undefined, longestMs: number, leastMs = 0): void {
		this.pauses.unready({ leftAt, askedMs, longestMs }, leastMs);
		this.timer.abort(CHANGED);
	}

	/** How long from now on the vendor wants to be left alone, as it said itself; 0 where it does not. */
	askedForMs(): number {
		return this.pauses.askedForMs();
	}

	/** Whether nothing would be lost without it. */
	isForgettable(): boolean {
		const now = this.clock.now();
		const isOpen = this.slots.every((slot) => this.endOf(slot, Infinity) <= now);
		return (
			this.line.length === 0 && isOpen && now >= this.pauses.until && this.spacing.isFresh(now)
		);
	}
}
