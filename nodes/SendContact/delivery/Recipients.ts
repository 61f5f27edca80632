// Whom cards go to, during one delivery: messages to one recipient never overtake each other, keep the
// distance that the vendor wants between them, and follow a recipient that has moved.
import { limitsRecipients, recipientGatesOf, type Limited, type RecipientGate } from './limits';
import type { Pacer, Turn } from './pace';

/** A card, as far as its recipient matters. */
export interface Addressed extends Limited {
	/** The recipient in the vendor's form. */
	to: string;
}

/** The recipients of one delivery. */
export class Recipients {
	/** By recipient: its new id. */
	private readonly moved = new Map<string, string>();
	/** By recipient: the card that the others wait for. */
	private readonly holders = new Map<string, number>();
	private readonly gates = new Map<string, RecipientGate[]>();

	constructor(private readonly pacerOf: (name: string) => Pacer) {}

	/** The id that the card goes to: the new one where its recipient has moved. */
	addressOf(card: Addressed): string {
		if (this.moved.size === 0) return card.to;
		return this.moved.get(keyOf(card, card.to)) ?? card.to;
	}

	/** Names the recipient among those of all credentials. */
	nameOf(card: Addressed): string {
		return keyOf(card, this.addressOf(card));
	}

	/** Sends cards to the recipient's new id from now on. */
	move(card: Addressed, to: string): void {
		this.moved.set(keyOf(card, card.to), to);
	}

	/** Makes the recipient's other cards wait for this one. */
	hold(name: string, card: number): void {
		this.holders.set(name, card);
	}

	/** Lets the others go on, unless another card holds them up. */
	release(name: string, card: number): void {
		if (this.holders.get(name) === card) this.holders.delete(name);
	}

	/** Whether another card to the recipient must be done with first. */
	isHeld(name: string, card: number): boolean {
		return (this.holders.get(name) ?? card) !== card;
	}

	/** The limits of messages to the card's recipient; none for most vendors. */
	private gatesOf(card: Addressed): readonly RecipientGate[] {
		if (!limitsRecipients(card.provider)) return [];
		const to = this.addressOf(card);
		const key = `${card.sender} ${keyOf(card, to)}`;
		const known = this.gates.get(key);
		if (known) return known;
		const gates = recipientGatesOf(card, to);
		this.gates.set(key, gates);
		return gates;
	}

	/** When the limits of its recipient let the card leave; in the past where there are none. */
	readyAt(card: Addressed): number {
		return Math.max(
			Number.NEGATIVE_INFINITY,
			...this.gatesOf(card).map(({ name, intervalMs }) => this.pacerOf(name).readyAt(intervalMs)),
		);
	}

	/** How long the vendor wants no message to this recipient, as it said itself. */
	askedForMs(card: Addressed): number {
		return Math.max(0, ...this.gatesOf(card).map(({ name }) => this.pacerOf(name).askedForMs()));
	}

	/** The card leaves: the next one to its recipient keeps its distance. @returns what it took for that */
	leaves(card: Addressed): Turn[] {
		return this.gatesOf(card)
			.filter(({ intervalMs }) => intervalMs > 0)
			.map(({ name, intervalMs }) => this.pacerOf(name).take(intervalMs));
	}

	/** The vendor took the card. */
	accepted(card: Addressed): void {
		for (const { name } of this.gatesOf(card)) this.pacerOf(name).accepted();
	}

	/**
	 * The vendor wants fewer messages to the recipient, or from the card's sender to it: pauses these only.
	 * @param leftAt when the card left
	 * @param askedMs how long the vendor asked to wait
	 * @param longestMs what is waited at most where it did not ask
	 */
	refused(
		card: Addressed,
		of: RecipientGate['per'],
		leftAt: number,
		askedMs: number | undefined,
		longestMs: number,
	): void {
		for (const { per, name, intervalMs } of this.gatesOf(card)) {
			if (per === of) this.pacerOf(name).unready(leftAt, askedMs, longestMs, intervalMs);
		}
	}
}

function keyOf({ credential }: Addressed, to: string): string {
	return `${credential} ${to}`;
}
