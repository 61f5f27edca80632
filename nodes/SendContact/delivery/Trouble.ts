// What one card's trouble means for the others: how long who waits, and when it is enough. Knows
// providers by their interface only; time is handed in.
import type { Repeat } from './judge';
import { laneOf } from './limits';
import type { Recipients } from './Recipients';
import type { Host, Send } from './Send';
import { pausedTooLong, takesNothing, type Failure } from './unsent';

/** Why a card may leave again where it was sent to. */
export type Waiting = Exclude<Repeat, { because: 'elsewhere' }>;

/** Nothing but trouble for too long. */
interface Enough {
	/** When it began. */
	since: number;
	/** What the last card met. */
	last: Failure;
}

/** The trouble of one delivery. Names are those of lanes and recipients. */
export class Trouble {
	/** Since when who has taken nothing. */
	private readonly since = new Map<string, number>();
	private readonly enough = new Map<string, Enough>();

	constructor(
		private readonly host: Pick<Host<Send>, 'clock' | 'timeOfDay' | 'pacerOf'>,
		private readonly recipients: Recipients,
	) {}

	/** The vendor took a card. */
	accepted(lane: string, send: Send): void {
		this.host.pacerOf(lane).accepted();
		this.recipients.accepted(send);
		this.since.delete(lane);
		this.since.delete(this.recipients.nameOf(send));
	}

	/** The vendor refused a card for what is in it: there is no trouble otherwise. */
	refused(lane: string): void {
		this.host.pacerOf(lane).answered();
		this.since.delete(lane);
	}

	/** Whose limit or absence it is: the lane's, or the recipient's alone. */
	private whose(lane: string, send: Send, repeat: Waiting): string {
		return isOfRecipient(repeat) ? this.recipients.nameOf(send) : lane;
	}

	/**
	 * Makes all whom it concerns wait.
	 * @param left when the card left, and how often it has
	 * @returns whether the vendor lowered the pace
	 */
	slowDown(
		lane: string,
		send: Send,
		repeat: Waiting,
		left: { leftAt: number; attempts: number },
	): boolean {
		const pacer = this.host.pacerOf(lane);
		const { afterMs } = repeat;
		const { longestWaitMs } = send;
		if (repeat.because === 'later') {
			pacer.unready(left.leftAt, afterMs, longestWaitMs);
			return false;
		}
		if (repeat.of !== 'all') {
			this.recipients.refused(send, repeat.of, left.leftAt, afterMs, longestWaitMs);
			return false;
		}
		const { intervalMs } = laneOf(send);
		return pacer.refused({ intervalMs, ...left }, afterMs, longestWaitMs);
	}

	/** A card met trouble that may pass. @param isLast whether it does not leave again */
	meets(lane: string, send: Send, repeat: Waiting, failure: Failure, isLast: boolean): void {
		const whose = this.whose(lane, send, repeat);
		const now = this.host.clock.now();
		const since = this.since.get(whose) ?? now;
		this.since.set(whose, since);
		if (isLast && now - since > send.longestWaitMs)
			this.enough.set(whose, { since, last: failure });
	}

	/**
	 * Why a card is not sent although it could be; `undefined` where it is.
	 * @param met what it met when it left before
	 */
	whyUnsent(lane: string, send: Send, met: Failure | undefined): Failure | undefined {
		const pausedMs = Math.max(
			this.host.pacerOf(lane).askedForMs(),
			this.recipients.askedForMs(send),
		);
		if (pausedMs > send.longestWaitMs) return this.tooLong(send, pausedMs, met);
		const enough = this.enough.get(lane) ?? this.enough.get(this.recipients.nameOf(send));
		if (enough === undefined) return undefined;
		const sinceTimeOfDay = this.host.timeOfDay() + enough.since - this.host.clock.now();
		return met ?? takesNothing(send.provider.displayName, sinceTimeOfDay, enough.last);
	}

	/** The pause that the vendor asked for is longer than the card waits. */
	tooLong(send: Send, pauseMs: number, met: Failure | undefined): Failure {
		return pausedTooLong(send.provider.displayName, this.host.timeOfDay() + pauseMs, met);
	}
}

/** Whether it is only about messages to the card's recipient. */
function isOfRecipient(repeat: Waiting): boolean {
	return repeat.because === 'slower' && repeat.of !== 'all';
}
