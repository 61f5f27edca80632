// What delivery is given: cards that are ready to leave, and what it needs from outside. Knows no n8n.
import type { Answer, Provider } from '../providers/Provider';
import type { Claims } from './claims';
import type { NoAnswer } from './judge';
import type { Outcome } from './Outcome';
import type { Clock } from './Clock';
import type { Pacer } from './pace';
import type { Addressed } from './Recipients';
import type { Redactor } from './redact';

/** One card that is ready to leave. */
export interface Send extends Addressed {
	provider: Provider;
	/** Takes the secrets of the card's credential out of what the vendor says. */
	redactor: Redactor;
	maxConcurrent: number;
	/** How often the card may leave at most, the first time included. */
	maxAttempts: number;
	/** The longest pause that the vendor may ask for; for a longer one the card is given up. */
	longestWaitMs: number;
	/** Whether a card of which nobody knows if it arrived is sent again. */
	retryUnknown: boolean;
	/** Whether the vendor's answer is wanted with the outcome; a long list of them takes much memory. */
	keepAnswer: boolean;
	/** Given where a card that was sent before is not sent again. */
	claim?: string;
}

/** What delivery needs from outside. */
export interface Host<S extends Send> {
	/** Makes one attempt to send the card to that recipient; a missing answer is a {@link NoAnswer}. */
	attempt(send: S, to: string): Promise<Answer | NoAnswer>;
	clock: Clock;
	/** Milliseconds since 1970, for times that a user reads. */
	timeOfDay(): number;
	/** The pacer that everything in the process shares under this name. */
	pacerOf(name: string): Pacer;
	/** Fires when the execution is stopped. */
	cancelled: AbortSignal | undefined;
	/** Whether the first failure keeps everything that has not left from leaving. */
	stopOnFailure: boolean;
	/** Whether there was a failure already, in an earlier try at the same list. */
	hasFailed: boolean;
	claims: Claims | undefined;
	/** Told of a pace that the vendor lowered. */
	onSlowerPace(send: S): void;
	/** Told of each outcome as soon as it is certain. */
	onOutcome(index: number, outcome: Outcome): void;
}
