// Sending a list of cards: in order, at each sender's pace, each at most once. Knows providers by their
// interface only and n8n not at all; I/O, time and claims are handed in.
import type { Answer, Provider } from '../providers/Provider';
import type { Claims } from './claims';
import { judgeAnswer, judgeNoAnswer, type NoAnswer, type Verdict } from './judge';
import { NEVER_LEFT, NOT_FREE } from './neverLeft';
import { isFailed, type Failed, type Outcome } from './Outcome';
import type { Clock, Pacer } from './pace';
import type { Redactor } from './redact';

/** One card that is ready to leave. */
export interface Send {
	provider: Provider;
	/** Takes the secrets of the card's credential out of what the vendor says. */
	redactor: Redactor;
	/** Whoever shares this name shares a pace, in all executions of the process. */
	lane: string;
	/** Messages of one lane to one recipient never overtake each other. */
	to: string;
	/** The spacing of the lane's messages; 0 for none. */
	intervalMs: number;
	maxConcurrent: number;
	/** How often the card may leave at most, the first time included. */
	maxAttempts: number;
	/** Whether a card of which nobody knows if it arrived is sent again. */
	retryUnknown: boolean;
	/** Whether the vendor's answer is wanted with the outcome; a long list of them takes much memory. */
	keepAnswer: boolean;
	/** Given where a card that was sent before is not sent again. */
	claim?: string;
}

/** What delivery needs from outside. */
export interface Host<S extends Send> {
	/** Makes one attempt; a missing answer is a {@link NoAnswer}. */
	attempt(send: S): Promise<Answer | NoAnswer>;
	clock: Clock;
	pacerOf(lane: string): Pacer;
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

/** What became of a list. */
export interface Delivered {
	/** In the cards' order. */
	outcomes: Outcome[];
	/** Whether what was sent could be written down for later executions. */
	isMemoryKept: boolean;
}

/**
 * Sends every card and gives the outcomes in the cards' order. Never throws for what a vendor does.
 * Ends early, with everything accounted for, when the execution is stopped.
 */
export async function deliver<S extends Send>(
	sends: readonly S[],
	host: Host<S>,
): Promise<Delivered> {
	return await new Delivery(sends, host).run();
}

/** The cards of one sender that have not been settled. */
interface Lane {
	pacer: Pacer;
	/** In order; `next` is the first that has not left. */
	queue: number[];
	next: number;
	/** Cards that leave again, by index; they go before those that have not left. */
	again: number[];
	/** Ends its wait for a turn when nothing new may leave. */
	waiting: AbortController;
	underWay: number;
	/** Whether the last card used up its attempts: the ones after it get one each until one is taken. */
	isGivingUp: boolean;
}

class Delivery<S extends Send> {
	private readonly outcomes: Outcome[];
	private readonly attempts: Uint8Array;
	private readonly lanes = new Map<string, Lane>();
	/** Which card a recipient or a claim is waiting for. */
	private readonly busy = new Map<string, number>();
	/** Why a card that is to leave again did not make it the last time. */
	private readonly lastFailure = new Map<number, Omit<Failed, 'attempts'>>();
	/** Cards of which some attempt may have reached the recipient: no later refusal makes that undone. */
	private readonly maybeSent = new Set<number>();
	private underWay = 0;
	/** Whether nothing new may leave. */
	private isStopped = false;
	private wakeUps: Array<() => void> = [];

	constructor(
		private readonly sends: readonly S[],
		private readonly host: Host<S>,
	) {
		this.outcomes = new Array<Outcome>(sends.length);
		this.attempts = new Uint8Array(sends.length);
		sends.forEach((send, index) => this.laneOf(send).queue.push(index));
	}

	async run(): Promise<Delivered> {
		const { cancelled, stopOnFailure, hasFailed } = this.host;
		const stop = () => {
			this.stop();
		};
		cancelled?.addEventListener('abort', stop);
		if (cancelled?.aborted === true || (stopOnFailure && hasFailed)) stop();
		await Promise.all([...this.lanes.values()].map(async (lane) => await this.runLane(lane)));
		cancelled?.removeEventListener('abort', stop);
		const isMemoryKept = (await this.host.claims?.finish()) ?? true;
		return { outcomes: this.outcomes, isMemoryKept };
	}

	private laneOf(send: S): Lane {
		const known = this.lanes.get(send.lane);
		if (known) return known;
		const lane: Lane = {
			pacer: this.host.pacerOf(send.lane),
			queue: [],
			next: 0,
			again: [],
			waiting: new AbortController(),
			underWay: 0,
			isGivingUp: false,
		};
		this.lanes.set(send.lane, lane);
		return lane;
	}

	private stop(): void {
		this.isStopped = true;
		for (const { waiting } of this.lanes.values()) waiting.abort();
		this.wake();
	}

	/** The card that leaves next; `undefined` where none is left for now. */
	private head(lane: Lane): number | undefined {
		return lane.again[0] ?? lane.queue[lane.next];
	}

	private async runLane(lane: Lane): Promise<void> {
		let hasTurn = false;
		for (;;) {
			if (this.isStopped) {
				await this.giveUp(lane);
				return;
			}
			const index = this.head(lane);
			if (index === undefined && lane.underWay === 0) return;
			if (index === undefined || this.mustWait(index)) {
				hasTurn = false;
				await this.change();
				continue;
			}
			const send = this.at(index);
			// After each wait all is looked at anew: an earlier card may have come back, another lane may have
			// sent, or everything may have been stopped.
			if (send.claim !== undefined && this.attempts[index] === 0) {
				const state = this.host.claims?.known(send.claim) ?? (await this.claim(lane, send.claim));
				if (state === 'claimed') continue;
				if (state !== 'free') {
					lane.next += 1;
					this.settle(index, NOT_FREE[state]);
					continue;
				}
			}
			if (!hasTurn) {
				hasTurn = await lane.pacer.turn(send.intervalMs, lane.waiting.signal);
				continue;
			}
			hasTurn = false;
			this.start(lane, index, send);
		}
	}

	private at(index: number): S {
		const send = this.sends[index];
		if (send === undefined) throw new RangeError(`No card ${index}`);
		return send;
	}

	private mustWait(index: number): boolean {
		const send = this.at(index);
		if (this.underWay >= send.maxConcurrent) return true;
		return this.keysOf(send).some((key) => (this.busy.get(key) ?? index) !== index);
	}

	private keysOf(send: S): string[] {
		const recipient = `to ${send.lane} ${send.to}`;
		return send.claim === undefined ? [recipient] : [recipient, `claim ${send.claim}`];
	}

	/** Claims a card, and the ones after it in the same group. */
	private async claim(lane: Lane, key: string): Promise<'claimed' | 'free' | 'noMemory'> {
		const { claims } = this.host;
		if (claims === undefined) return 'free';
		const isDone = await claims.claim(key, () => this.claimsAfter(lane));
		return isDone ? 'claimed' : 'noMemory';
	}

	private *claimsAfter(lane: Lane): Generator<string> {
		for (let place = lane.next + 1; place < lane.queue.length; place += 1) {
			const claim = this.at(lane.queue[place] ?? -1).claim;
			if (claim !== undefined) yield claim;
		}
	}

	private start(lane: Lane, index: number, send: S): void {
		if (lane.again[0] === index) lane.again.shift();
		else lane.next += 1;
		for (const key of this.keysOf(send)) this.busy.set(key, index);
		this.attempts[index] = (this.attempts[index] ?? 0) + 1;
		this.underWay += 1;
		lane.underWay += 1;
		const leftAt = this.host.clock.now();
		void this.judged(send).then(({ verdict, answer }) => {
			this.underWay -= 1;
			lane.underWay -= 1;
			this.conclude(lane, index, send, verdict, leftAt, answer);
			this.wake();
		});
	}

	/** Makes an attempt and judges it. Whatever goes wrong on the way: the card may have been sent. */
	private async judged(send: S): Promise<{ verdict: Verdict; answer?: Answer }> {
		try {
			const answer = await this.host.attempt(send);
			if (typeof answer === 'string') return { verdict: judgeNoAnswer(send.provider, answer) };
			return { verdict: judgeAnswer(send.provider, answer, send.redactor), answer };
		} catch {
			return { verdict: judgeNoAnswer(send.provider, 'broken') };
		}
	}

	private conclude(
		lane: Lane,
		index: number,
		send: S,
		verdict: Verdict,
		leftAt: number,
		answer: Answer | undefined,
	): void {
		const attempts = this.attempts[index] ?? 1;
		if (verdict.kind === 'accepted') {
			lane.pacer.accepted();
			lane.isGivingUp = false;
			this.release(index, send, {
				status: 'accepted',
				...verdict.receipt,
				attempts,
				...(send.keepAnswer && answer !== undefined && { answer }),
			});
			return;
		}
		const { repeat } = verdict;
		const { answer: said, ...told } = verdict.failure;
		const failure = { ...told, ...(send.keepAnswer && said !== undefined && { answer: said }) };
		if (failure.status === 'unknown') this.maybeSent.add(index);
		const isOverload = repeat?.because === 'slower';
		if (isOverload && lane.pacer.overloaded(leftAt, repeat.afterMs)) this.host.onSlowerPace(send);
		const mayRepeat = repeat !== undefined || (send.retryUnknown && failure.status === 'unknown');
		if (mayRepeat && !this.isStopped && !lane.isGivingUp && attempts < send.maxAttempts) {
			if (!isOverload)
				lane.pacer.pause(
					repeat?.because === 'later' && repeat.afterMs !== undefined
						? repeat.afterMs
						: lane.pacer.backoff(attempts),
				);
			insertInOrder(lane.again, index);
			this.lastFailure.set(index, failure);
			return;
		}
		if (mayRepeat && attempts >= send.maxAttempts) lane.isGivingUp = true;
		this.release(index, send, { ...failure, attempts });
	}

	private release(index: number, send: S, found: Outcome): void {
		const isDoubtful = isFailed(found) && this.maybeSent.has(index);
		const outcome: Outcome = isDoubtful ? doubtful(found) : found;
		this.lastFailure.delete(index);
		for (const key of this.keysOf(send)) {
			if (this.busy.get(key) === index) this.busy.delete(key);
		}
		if (send.claim !== undefined) this.host.claims?.settle(send.claim, outcome.status);
		this.settle(index, outcome);
	}

	private settle(index: number, outcome: Outcome): void {
		this.outcomes[index] = outcome;
		this.host.onOutcome(index, outcome);
		if (isFailed(outcome) && this.host.stopOnFailure) this.stop();
	}

	/** Accounts for everything of a lane that will not leave any more, once all under way is settled. */
	private async giveUp(lane: Lane): Promise<void> {
		while (lane.underWay > 0) await this.change();
		const isCancelled = this.host.cancelled?.aborted === true;
		const rest = [...lane.again, ...lane.queue.slice(lane.next)];
		lane.again = [];
		lane.next = lane.queue.length;
		for (const index of rest) {
			this.release(index, this.at(index), {
				...NEVER_LEFT[isCancelled ? 'canceled' : 'failed'],
				...this.lastFailure.get(index),
				attempts: this.attempts[index] ?? 0,
			});
		}
	}

	/** Resolves at the next change of anything. */
	private async change(): Promise<void> {
		await new Promise<void>((resolve) => this.wakeUps.push(resolve));
	}

	private wake(): void {
		const wakeUps = this.wakeUps;
		this.wakeUps = [];
		for (const resolve of wakeUps) resolve();
	}
}

/** A later refusal does not undo an earlier attempt that may have arrived. */
function doubtful(failed: Failed): Failed {
	if (failed.status === 'unknown') return failed;
	const warning =
		'An earlier attempt may have arrived: look into the chat before you send it again.';
	return { ...failed, status: 'unknown', description: `${warning} ${failed.description}` };
}

function insertInOrder(indices: number[], index: number): void {
	const place = indices.findIndex((other) => other > index);
	indices.splice(place === -1 ? indices.length : place, 0, index);
}
