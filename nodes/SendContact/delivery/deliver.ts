// Sending a list of cards: in order, within every limit, each at most once. Knows providers by their
// interface only and n8n not at all; I/O, time and claims are handed in.
import type { Answer, Receipt } from '../providers/Provider';
import { Bell } from './Bell';
import { CardClaims } from './CardClaims';
import { attempt, repeatOf } from './attempt';
import { grouped } from './grouped';
import type { Refused } from './judge';
import { Lane } from './Lane';
import { Ledger, type Result } from './Ledger';
import { laneOf, limitsRecipients } from './limits';
import { isFailed, type Outcome } from './Outcome';
import { Recipients } from './Recipients';
import type { Host, Send } from './Send';
import { Trouble, type Waiting } from './Trouble';
import { turnsOf } from './turns';
import { CANCELED, STOPPED, type Failure } from './unsent';

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

/** A lane at work. */
interface Open {
	name: string;
	cards: Lane;
	/** Ends its wait for a turn when nothing new may leave. */
	waiting: AbortController;
	/** Whether the vendor has been reached in this run. */
	isReached: boolean;
	/** Whether a card used up its attempts without reaching it: each one that follows has one attempt. */
	triesOnce: boolean;
}

class Delivery<S extends Send> {
	private readonly lanes: Open[];
	private readonly ledger: Ledger;
	private readonly recipients: Recipients;
	private readonly trouble: Trouble;
	private readonly bell: Bell;
	private readonly claims: CardClaims;
	/** Cards that have followed their recipient to its new id. */
	private readonly followed = new Set<number>();
	private underWay = 0;
	/** Whether nothing new may leave. */
	private isStopped = false;

	constructor(
		private readonly sends: readonly S[],
		private readonly host: Host<S>,
	) {
		this.ledger = new Ledger(sends.length, (card, outcome) => {
			host.onOutcome(card, outcome);
			if (isFailed(outcome) && host.stopOnFailure) this.stop();
		});
		this.claims = new CardClaims(host.claims, this.ledger);
		this.recipients = new Recipients((name) => host.pacerOf(name));
		this.trouble = new Trouble(host, this.recipients);
		this.bell = new Bell(host.clock);
		this.lanes = this.openLanes();
	}

	private openLanes(): Open[] {
		const queues = grouped(this.sends.keys(), (card) => laneOf(this.at(card)).name);
		return [...queues].map(([name, queue]) => ({
			name,
			cards: new Lane(queue, {
				recipientOf: (card) => this.recipients.nameOf(this.at(card)),
				isLimited: (card) => limitsRecipients(this.at(card).provider),
				readyAt: (card) => this.readyAt(card, this.at(card)),
				isHeld: (card) => this.isHeld(card, this.at(card)),
			}),
			waiting: new AbortController(),
			isReached: false,
			triesOnce: false,
		}));
	}

	async run(): Promise<Delivered> {
		const { cancelled, stopOnFailure, hasFailed } = this.host;
		const stop = () => {
			this.stop();
		};
		cancelled?.addEventListener('abort', stop);
		if (cancelled?.aborted === true || (stopOnFailure && hasFailed)) stop();
		await Promise.all(this.lanes.map(async (lane) => await this.runLane(lane)));
		cancelled?.removeEventListener('abort', stop);
		const isMemoryKept = (await this.host.claims?.finish()) ?? true;
		return { outcomes: this.ledger.outcomes, isMemoryKept };
	}

	private stop(): void {
		this.isStopped = true;
		for (const { waiting } of this.lanes) waiting.abort();
		this.bell.ring();
	}

	private at(card: number): S {
		const send = this.sends[card];
		if (send === undefined) throw new RangeError(`No card ${card}`);
		return send;
	}

	/** When the limit of its recipient lets the card leave; at once where it is not waited for, or does not leave. */
	private readyAt(card: number, send: S): number {
		if (this.claims.isTaken(card, send.claim)) return Number.NEGATIVE_INFINITY;
		const isAwaited = this.recipients.askedForMs(send) <= send.longestWaitMs;
		return isAwaited ? this.recipients.readyAt(send) : Number.NEGATIVE_INFINITY;
	}

	private isHeld(card: number, send: S): boolean {
		const isRecipientHeld = this.recipients.isHeld(this.recipients.nameOf(send), card);
		return isRecipientHeld || this.claims.isHeld(card, send.claim);
	}

	private async runLane(lane: Open): Promise<void> {
		while (!this.isStopped) {
			const next = lane.cards.next(this.host.clock.now());
			if (next.is === 'done') return;
			if (next.is === 'wait') {
				await this.bell.next(next.until);
				continue;
			}
			const { card } = next;
			const send = this.at(card);
			const unsent = this.trouble.whyUnsent(lane.name, send, this.ledger.metBy(card));
			if (unsent !== undefined) {
				lane.cards.leaves(card);
				this.release(card, send, unsent);
				// Cards of other lanes may have waited for it.
				this.bell.ring();
			} else if (this.mustWait(lane, send)) {
				await this.bell.next();
			} else if (send.claim !== undefined && !this.claims.isClaimed(card, send.claim)) {
				const behind = () => this.claimsBehind(lane, card);
				if (await this.claims.claim(card, send.claim, behind)) lane.cards.leaves(card);
			} else {
				await this.startInTurn(lane, card, send);
			}
		}
		await this.giveUp(lane);
	}

	private mustWait({ name, cards, triesOnce }: Open, send: S): boolean {
		if (this.underWay >= send.maxConcurrent) return true;
		// One at a time finds out whether the trouble has passed: each attempt counts.
		return cards.underWay > 0 && !triesOnce && this.host.pacerOf(name).isTroubled;
	}

	private *claimsBehind(lane: Open, card: number): Generator<string> {
		for (const other of lane.cards.behind(card)) {
			const { claim } = this.at(other);
			if (claim !== undefined) yield claim;
		}
	}

	/** Waits for the card's turn and sends it, unless something has changed meanwhile. */
	private async startInTurn(lane: Open, card: number, send: S): Promise<void> {
		const { signal } = lane.waiting;
		const turns = await turnsOf(send, (name) => this.host.pacerOf(name), signal);
		const next = lane.cards.next(this.host.clock.now());
		const isNext = next.is === 'card' && next.card === card;
		const mayLeave =
			isNext && !this.mustWait(lane, send) && this.claims.isClaimed(card, send.claim);
		if (this.isStopped || !mayLeave || !turns) {
			turns?.giveBack();
			return;
		}
		turns.leaves();
		this.start(lane, card, send);
		turns.begun();
	}

	private start(lane: Open, card: number, send: S): void {
		lane.cards.leaves(card);
		const recipient = this.recipients.nameOf(send);
		this.recipients.hold(recipient, card);
		const turns = this.recipients.leaves(send);
		this.claims.leaves(card, send.claim);
		this.ledger.leaves(card);
		this.underWay += 1;
		lane.cards.underWay += 1;
		const leftAt = this.host.clock.now();
		const to = this.recipients.addressOf(send);
		void attempt(this.host, send, to).then(({ verdict, answer }) => {
			this.underWay -= 1;
			lane.cards.underWay -= 1;
			if (verdict.kind === 'accepted') this.accept(lane, card, send, verdict.receipt, answer);
			else {
				// The vendor has not seen it.
				if (verdict.failure.status === 'notSent') turns.forEach((turn) => turn.giveBack());
				this.fail(lane, card, send, verdict, leftAt);
			}
			this.bell.ring();
		});
	}

	private accept(lane: Open, card: number, send: S, receipt: Receipt, answer?: Answer): void {
		lane.isReached = true;
		lane.triesOnce = false;
		this.trouble.accepted(lane.name, send);
		const shown = send.keepAnswer && answer !== undefined && { answer };
		this.release(card, send, { status: 'accepted', ...receipt, ...shown });
	}

	private fail(lane: Open, card: number, send: S, verdict: Refused, leftAt: number): void {
		const { answer, ...told } = verdict.failure;
		const failure = { ...told, ...(send.keepAnswer && answer !== undefined && { answer }) };
		this.ledger.fails(card, failure);
		// What could not be sent tells nothing of the vendor.
		if (failure.status !== 'notSent') lane.isReached = true;
		const repeat = repeatOf(send, verdict);
		if (repeat === undefined) {
			if (failure.status === 'rejected') this.trouble.refused(lane.name);
			this.release(card, send, failure);
		} else if (repeat.because === 'elsewhere') this.follow(lane, card, send, failure, repeat.to);
		else this.repeatOrGiveUp(lane, card, send, failure, repeat, leftAt);
	}

	/** Sends the card once more to where its recipient has moved; the ones after it go there directly. */
	private follow(lane: Open, card: number, send: S, failure: Failure, to: string): void {
		if (this.isStopped || this.followed.has(card)) {
			this.release(card, send, failure);
			return;
		}
		this.followed.add(card);
		this.recipients.release(this.recipients.nameOf(send), card);
		this.recipients.move(send, to);
		lane.cards.repeats(card);
	}

	private repeatOrGiveUp(
		lane: Open,
		card: number,
		send: S,
		failure: Failure,
		repeat: Waiting,
		leftAt: number,
	): void {
		const attempts = this.ledger.attemptsOf(card);
		const isLast = lane.triesOnce || attempts >= send.maxAttempts;
		// Nobody waits for a vendor that was never reached once the attempts are used up.
		const isWaitedFor = lane.isReached || !isLast;
		if (isWaitedFor && this.trouble.slowDown(lane.name, send, repeat, { leftAt, attempts })) {
			this.host.onSlowerPace(send);
		}
		this.trouble.meets(lane.name, send, repeat, failure, isLast);
		const askedMs = repeat.afterMs ?? 0;
		if (askedMs > send.longestWaitMs) {
			this.release(card, send, this.trouble.tooLong(send, askedMs, failure));
		} else if (isLast || this.isStopped) {
			lane.triesOnce ||= !lane.isReached;
			this.release(card, send, failure);
		} else {
			lane.cards.repeats(card);
		}
	}

	/** The card is done with: those that waited for it go on. */
	private release(card: number, send: S, result: Result): void {
		const to = this.recipients.addressOf(send);
		this.recipients.release(this.recipients.nameOf(send), card);
		this.ledger.close(card, result, to === send.to ? undefined : to);
		this.claims.release(card, send.claim);
	}

	/** Accounts for everything of a lane that will not leave any more, once all under way is settled. */
	private async giveUp({ cards }: Open): Promise<void> {
		while (cards.underWay > 0) await this.bell.next();
		const reason = this.host.cancelled?.aborted === true ? CANCELED : STOPPED;
		for (const card of cards.clear()) {
			this.release(card, this.at(card), { ...reason, ...this.ledger.metBy(card) });
		}
	}
}
