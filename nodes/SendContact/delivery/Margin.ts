// How much slower than the limit the messages of one sender leave. Some vendors count to the
// millisecond: they refuse a message now and then although the pace is right. Knows no vendor.

/**
 * The margin for all: with timers up to ten milliseconds late, no second holds more messages than the limit
 * allows.
 */
export const MARGIN = 1.012;

/** Beyond it the pace itself is too fast. */
export const WIDEST_MARGIN = 1.7;

/** The others are for vendors that count strictly; the wide ones are for messages that arrive unevenly. */
const MARGINS = [MARGIN, 1.037, 1.06, 1.08, 1.11, 1.15, 1.2, 1.27, 1.36, 1.5, WIDEST_MARGIN];

/** The first margin for vendors that count strictly, and the last. */
const STRICT = 1;
const WIDEST = MARGINS.length - 1;

/** With the widest margin refusals may cost so much for each message; where they cost more the pace is too fast. */
const MOST_COST = 0.5;

/** How many times as many messages are hoped at first to pass between two refusals with the next wider margin. */
const HOPE = 4;

/** How much the last number of messages between two refusals counts beside those before. */
const RECENT = 1 / 3;

/** How long without a refusal before the first margin is tried again: doubled each time it is too narrow. */
const RETRY_MS = { first: 60_000, longest: 3_600_000 };

/** The margin of one sender. */
export class Margin {
	/** Which one counts. */
	private place = 0;
	/** By margin: how many messages the vendor takes to each one it refuses, as far as is known. */
	private readonly takenToRefused = new Map<number, number>();
	private taken = 0;
	private retryMs = RETRY_MS.first;
	private refusedAt: number | undefined;

	/** What the documented distance is multiplied by. */
	get factor(): number {
		return MARGINS[this.place] ?? 1;
	}

	/** Whether the vendor takes nothing that comes early. */
	get isStrict(): boolean {
		return this.place > 0;
	}

	/** A message leaves. */
	leaves(now: number): void {
		if (this.refusedAt !== undefined && now - this.refusedAt >= this.retryMs) this.place = 0;
	}

	/** The vendor took a message. */
	accepted(): void {
		this.taken += 1;
	}

	/**
	 * The vendor refused a message.
	 * @param cost how many messages could have left in the time that it costs
	 * @returns whether a margin may do; `false` where the pace itself is too fast
	 */
	refused(now: number, cost: number): boolean {
		const known = this.takenToRefused.get(this.place) ?? this.taken;
		const taken = known + (this.taken - known) * RECENT;
		this.takenToRefused.set(this.place, taken);
		this.taken = 0;
		const isAgain = this.refusedAt !== undefined;
		this.refusedAt = now;
		if (this.place < STRICT) {
			if (isAgain) this.retryMs = Math.min(this.retryMs * 2, RETRY_MS.longest);
			// How evenly messages arrive does not show before they leave as evenly.
			this.place = STRICT;
			return true;
		}
		if (this.place === WIDEST && cost / (taken + 1) > MOST_COST) {
			this.place = STRICT;
			this.takenToRefused.clear();
			return false;
		}
		this.place = this.best(cost);
		return true;
	}

	/** The margin with which a list takes the least time. */
	private best(cost: number): number {
		const here = this.takenToRefused.get(this.place) ?? 0;
		const hope = this.hope();
		/** What a message takes, in documented distances, refusals included. */
		const times = MARGINS.map((margin, place) => {
			const hoped = (here + 1) * hope ** (place - this.place) - 1;
			const taken = this.takenToRefused.get(place) ?? hoped;
			return margin + cost / (taken + 1);
		});
		return times.indexOf(Math.min(...times.slice(STRICT)), STRICT);
	}

	/**
	 * How many times as many messages pass with the next wider margin, by the margins that are known: refusals that
	 * have nothing to do with the pace come as often with each.
	 */
	private hope(): number {
		const known = [...this.takenToRefused.keys()].filter((place) => place >= STRICT);
		const [first, last] = [Math.min(...known), Math.max(...known)];
		const takenAt = (place: number) => 1 + (this.takenToRefused.get(place) ?? 0);
		const grown = takenAt(last) / takenAt(first);
		return Math.min(HOPE, Math.max(1, (HOPE * grown) ** (1 / (1 + last - first))));
	}
}
