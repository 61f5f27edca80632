// A host for delivery on a virtual clock, in front of a vendor that does as it is told.
import { setMaxListeners } from 'node:events';

import type { Claims } from '../../nodes/SendContact/delivery/claims';
import { deliver } from '../../nodes/SendContact/delivery/deliver';
import type { NoAnswer } from '../../nodes/SendContact/delivery/judge';
import type { Outcome } from '../../nodes/SendContact/delivery/Outcome';
import { Pacer } from '../../nodes/SendContact/delivery/pace';
import { redactorFor } from '../../nodes/SendContact/delivery/redact';
import type { Host, Send } from '../../nodes/SendContact/delivery/Send';
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { answerOf, stub } from './stub';
import { VirtualTime } from './VirtualTime';

/** A card with its number. */
export interface Numbered extends Send {
	index: number;
}

const redactor = redactorFor([]);

/** That many cards, each to a recipient of its own unless told otherwise. */
export const cards = (
	count: number,
	more: (index: number) => Partial<Send> = () => ({}),
): Numbered[] =>
	Array.from({ length: count }, (_, index) => ({
		index,
		provider: stub,
		redactor,
		credential: 'credential',
		sender: '',
		to: `recipient ${index}`,
		recipientSort: 'person',
		messagesPerMinute: undefined,
		maxConcurrent: 10,
		maxAttempts: 3,
		longestWaitMs: 300_000,
		retryUnknown: false,
		keepAnswer: false,
		...more(index),
	}));

/** Messages per Minute, so that they are that many milliseconds apart; none for 0. */
export const perMinute = (intervalMs: number) => ({
	messagesPerMinute: intervalMs === 0 ? undefined : 60_000 / intervalMs,
});

export const ACCEPTED = answerOf(200, { id: 'm' });
export const TOO_MANY = answerOf(429);
export const REFUSED = answerOf(400);

/** One attempt as the vendor saw it. */
export interface Attempt {
	index: number;
	to: string;
	at: number;
	end: number;
	came: Answer | NoAnswer;
}

/** A vendor: its answer to a card that leaves for the nth time. */
export type Respond = (send: Numbered, nth: number, to: string) => Answer | NoAnswer;

/** The time of day at the beginning of virtual time. */
export const MIDNIGHT = Date.parse('2026-11-25T00:00:00Z');

/** A host whose vendor answers as `respond` says, after its latency. */
export class TestHost implements Host<Numbered> {
	readonly attempts: Attempt[] = [];
	readonly told: number[] = [];
	readonly slowed: number[] = [];
	readonly stop = new AbortController();
	cancelled = this.stop.signal;
	stopOnFailure = false;
	hasFailed = false;
	claims: Claims | undefined;
	underWay = 0;
	peak = 0;
	/** How long nothing else happens until a request leaves: the process is busy. */
	stallMs: () => number = () => 0;
	/** How long a request takes to the vendor. */
	wayMs: () => number = () => 0;

	constructor(
		private readonly respond: Respond = () => ACCEPTED,
		private readonly latencyMs: (send: Numbered) => number = () => 10,
		/** Hosts that share these are executions of one process. */
		readonly clock = new VirtualTime(),
		private readonly pacers = new Map<string, Pacer>(),
	) {
		setMaxListeners(0, this.stop.signal);
	}

	/** Another execution in the same process. */
	another(respond = this.respond): TestHost {
		return new TestHost(respond, this.latencyMs, this.clock, this.pacers);
	}

	timeOfDay = () => MIDNIGHT + this.clock.now();

	pacerOf = (name: string) => {
		const pacer = this.pacers.get(name) ?? new Pacer(this.clock);
		this.pacers.set(name, pacer);
		return pacer;
	};

	attempt = async (send: Numbered, to: string) => {
		this.underWay += 1;
		this.peak = Math.max(this.peak, this.underWay);
		this.clock.stall(this.stallMs());
		const wayMs = this.wayMs();
		if (wayMs > 0) await this.clock.sleepExactly(wayMs);
		const at = this.clock.now();
		const nth = this.attempts.filter(({ index }) => index === send.index).length + 1;
		const came = this.respond(send, nth, to);
		const attempt: Attempt = { index: send.index, to, at, end: Infinity, came };
		this.attempts.push(attempt);
		await this.clock.sleep(this.latencyMs(send), this.stop.signal);
		this.underWay -= 1;
		attempt.end = this.clock.now();
		if (this.stop.signal.aborted) attempt.came = 'cancelled';
		return attempt.came;
	};

	onSlowerPace = ({ index }: Numbered) => void this.slowed.push(index);
	onOutcome = (index: number) => void this.told.push(index);

	/** Delivers, and gives the outcomes. */
	async deliver(sends: Numbered[]): Promise<Outcome[]> {
		return (await this.clock.run(deliver(sends, this))).outcomes;
	}

	/** The cards in the order in which they left. */
	get order(): number[] {
		return this.attempts.map(({ index }) => index);
	}
}

/** In short: what became of each card, and how often it left. */
export const short = (outcomes: Outcome[]) =>
	outcomes.map(({ status, attempts }) => `${status} ${attempts}`);
