// How far apart the messages of one sender must be: the documented distance, and what the vendor's
// refusals teach. Knows no vendor, and waits for nothing.
import { Margin, MARGIN, WIDEST_MARGIN } from './Margin';

/** The pace is not right when this share of the last messages, ten or so, was refused. */
const TOO_MANY_REFUSED = 0.3;
const REMEMBERED_MESSAGES = 10;

/** The first messages arrive at uneven distances: the pace is not judged by them. */
const FIRST_OUTCOMES = 20;

/** How much slower it gets then: more where a refusal costs much time; and how much where no margin is enough. */
const SLOWER = { cheap: 1.25, dear: 1.5, most: 2, aLittle: 1.1 };
const DEAR_SPACINGS = 10;

/** A faster pace that was tried must hold for so many messages, or one refusal ends it. */
const TRIED_MESSAGES = 50;

/** A step back to the documented pace; each one that holds makes the next one longer, up to the longest. */
const FIRST_STEP = 1.1;
const LONGEST_STEP = 2;

/** A lowered pace must hold so long, and for so many messages or longer, before a faster one is tried. */
const HOLD = { messages: 5, ms: 1000, longMs: 10_000 };

/** How long before a pace is tried that was refused before: doubled each time it is refused again. */
const PROBE_MS = { first: 2000, longest: 60_000 };

/** A refusal at a slower pace than this is about something else than the pace. */
const LONGEST_INTERVAL_MS = 30_000;

/** A vendor without a limit that asks for fewer messages gets ten to fifty a second at first. */
const FIRST_INTERVAL_MS = { shortest: 20, longest: 100 };

/** What was learned is forgotten after so long a rest. */
const FORGET_MS = 600_000;

/** The distance between one sender's messages, as the vendor teaches it. */
export class Spacing {
	/** The distance the vendor taught; 0 while the documented one does. */
	private learnedMs = 0;
	/** The last learned distance that held. */
	private provenMs = 0;
	/** The last distance that was too short; 0 while none was. */
	private tooShortMs = 0;
	private probeMs = PROBE_MS.first;
	private step = FIRST_STEP;
	private margin = new Margin();
	private outcomes = 0;
	/** The share of refusals among the last messages. */
	private refusedShare = 0;
	private acceptedSinceChange = 0;
	private acceptedSinceRefusal = 0;
	/** Since when the distance is what it is; `undefined` before the first message. */
	private changedAt: number | undefined;
	/** Since when the distance is no shorter. */
	private slowedAt = Number.NEGATIVE_INFINITY;
	private refusedAt = Number.NEGATIVE_INFINITY;
	private lastAt = Number.NEGATIVE_INFINITY;

	/** Whether the vendor takes nothing that comes early. */
	get isStrict(): boolean {
		return this.margin.isStrict || this.learnedMs > 0;
	}

	/** Whether nothing is known that would be missed. */
	isFresh(now: number): boolean {
		return !this.isStrict || now - this.lastAt > FORGET_MS;
	}

	/** How far apart messages must be that have this documented distance; 0 for none. */
	between(documentedMs: number): number {
		if (this.learnedMs > documentedMs) return this.learnedMs * MARGIN;
		return documentedMs * this.margin.factor;
	}

	/** A message leaves: what has held long enough is shortened by a step. */
	leaves(now: number, documentedMs: number): void {
		if (now - this.lastAt > FORGET_MS) this.forget();
		this.lastAt = now;
		this.changedAt ??= now;
		this.margin.leaves(now);
		if (this.learnedMs > 0) this.speedUp(now, documentedMs, this.changedAt);
	}

	private forget(): void {
		this.learnedMs = 0;
		this.tooShortMs = 0;
		this.margin = new Margin();
		this.refusedShare = 0;
		this.changedAt = undefined;
	}

	private speedUp(now: number, documentedMs: number, changedAt: number): void {
		const next = this.learnedMs / this.step;
		const heldMs = now - Math.max(changedAt, this.refusedAt);
		if (heldMs < (this.isProbe(next) ? this.probeMs : HOLD.ms)) return;
		if (this.acceptedSinceChange < HOLD.messages && heldMs < HOLD.longMs) return;
		this.provenMs = this.learnedMs;
		// What has held was not too short.
		if (this.learnedMs * 1.03 < this.tooShortMs) this.tooShortMs = 0;
		this.step = this.isProbe(next) ? FIRST_STEP : Math.min(this.step * FIRST_STEP, LONGEST_STEP);
		this.change(now, next <= Math.max(documentedMs, 1) ? 0 : next);
	}

	/** Whether a distance is about one that was too short. */
	private isProbe(spacingMs: number): boolean {
		return spacingMs < this.tooShortMs * 1.03;
	}

	private change(now: number, learnedMs: number): void {
		if (learnedMs > this.learnedMs) {
			this.slowedAt = now;
			this.refusedShare = 0;
		}
		this.learnedMs = learnedMs;
		this.changedAt = now;
		this.acceptedSinceChange = 0;
	}

	/** The vendor took a message. */
	accepted(): void {
		this.outcomes += 1;
		this.acceptedSinceChange += 1;
		this.acceptedSinceRefusal += 1;
		this.margin.accepted();
		this.refusedShare -= this.refusedShare / REMEMBERED_MESSAGES;
	}

	/**
	 * The vendor refused a message since there were too many.
	 * @param documentedMs the documented distance of that message
	 * @param leftAt when it left: what left before the last change teaches nothing new
	 * @param costMs how long the refusal keeps everything waiting
	 * @returns whether something was learned
	 */
	refused(now: number, documentedMs: number, leftAt: number, costMs: number): boolean {
		this.outcomes += 1;
		if (leftAt >= this.slowedAt) {
			this.refusedShare += (1 - this.refusedShare) / REMEMBERED_MESSAGES;
		}
		if (this.changedAt !== undefined && leftAt < this.changedAt) return false;
		const spacing = Math.max(documentedMs, this.learnedMs);
		if (spacing === 0) this.setFirstLimit(now);
		else if (spacing < LONGEST_INTERVAL_MS) {
			const next = this.slower(now, spacing, costMs);
			if (next > spacing) this.slowDown(now, spacing, next);
			else this.changedAt = now;
		}
		this.refusedAt = now;
		this.acceptedSinceRefusal = 0;
		return true;
	}

	/** The distance that is right after a refusal: the same one where only the margin was too small. */
	private slower(now: number, spacing: number, costMs: number): number {
		const isTried = this.provenMs > spacing && this.acceptedSinceChange < TRIED_MESSAGES;
		if (isTried) return this.provenMs;
		if (this.refusedShare >= TOO_MANY_REFUSED && this.outcomes >= FIRST_OUTCOMES) {
			const least = costMs > DEAR_SPACINGS * spacing ? SLOWER.dear : SLOWER.cheap;
			return spacing * Math.min(SLOWER.most, Math.max(least, 1 / (1 - this.refusedShare)));
		}
		const cost = 1 + costMs / spacing;
		// A slower pace takes its time from every message, a refusal once.
		if (spacing === this.learnedMs) {
			const isRightPace = this.acceptedSinceRefusal * (SLOWER.aLittle - 1) > cost;
			return isRightPace ? spacing : spacing * SLOWER.aLittle;
		}
		return this.margin.refused(now, cost) ? spacing : spacing * WIDEST_MARGIN;
	}

	/** For a vendor without a documented limit: what it took until now. */
	private setFirstLimit(now: number): void {
		const tookMs = now - (this.changedAt ?? now);
		const taken = tookMs / Math.max(1, this.acceptedSinceChange);
		const { shortest, longest } = FIRST_INTERVAL_MS;
		this.change(now, Math.min(longest, Math.max(shortest, taken)));
	}

	private slowDown(now: number, spacing: number, next: number): void {
		const isSameAgain = this.isProbe(spacing) && spacing > this.tooShortMs / 1.2;
		this.probeMs = isSameAgain ? Math.min(this.probeMs * 2, PROBE_MS.longest) : PROBE_MS.first;
		this.tooShortMs = spacing;
		this.step = FIRST_STEP;
		this.change(now, Math.min(next, LONGEST_INTERVAL_MS));
	}
}
