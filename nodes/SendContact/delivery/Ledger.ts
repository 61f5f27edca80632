// What has become of each card so far, during one delivery. Cards are numbers here.
import type { Accepted, Outcome } from './Outcome';
import type { Failure } from './unsent';

/** What a card comes to, before it is known how often it left. */
export type Result = Omit<Accepted, 'attempts'> | Failure;

/** The account of one delivery's cards. */
export class Ledger {
	/** In the cards' order. */
	readonly outcomes: Outcome[];
	private readonly attempts: Uint8Array;
	/** What a card met that is to leave again. */
	private readonly met = new Map<number, Failure>();
	/** Cards of which some attempt may have reached the recipient: no later refusal makes that undone. */
	private readonly maybeSent = new Set<number>();

	/** @param onOutcome told of each outcome as soon as it is certain */
	constructor(
		count: number,
		private readonly onOutcome: (card: number, outcome: Outcome) => void,
	) {
		this.outcomes = new Array<Outcome>(count);
		this.attempts = new Uint8Array(count);
	}

	/** How often the card has left. */
	attemptsOf(card: number): number {
		return this.attempts[card] ?? 0;
	}

	leaves(card: number): void {
		this.attempts[card] = this.attemptsOf(card) + 1;
	}

	/** An attempt failed in that way. */
	fails(card: number, failure: Failure): void {
		if (failure.status === 'unknown') this.maybeSent.add(card);
		this.met.set(card, failure);
	}

	/** What the card met when it last left; `undefined` where it has not. */
	metBy(card: number): Failure | undefined {
		return this.met.get(card);
	}

	/** The end of it. @param movedTo where it was sent instead, if so */
	close(card: number, result: Result, movedTo?: string): void {
		const attempts = this.attemptsOf(card);
		const isDoubtful = result.status !== 'accepted' && this.maybeSent.has(card);
		const outcome: Outcome = {
			...(isDoubtful ? doubtful(result) : result),
			attempts,
			...(attempts > 0 && movedTo !== undefined && { movedTo }),
		};
		this.met.delete(card);
		this.settle(card, outcome);
	}

	/** The end of a card that did not come to leave. */
	settle(card: number, outcome: Outcome): void {
		this.outcomes[card] = outcome;
		this.onOutcome(card, outcome);
	}
}

/** A later refusal does not undo an earlier attempt that may have arrived. */
function doubtful(failed: Failure): Failure {
	if (failed.status === 'unknown') return failed;
	const warning =
		'An earlier attempt may have arrived: look into the chat before you send it again.';
	return { ...failed, status: 'unknown', description: `${warning} ${failed.description}` };
}
