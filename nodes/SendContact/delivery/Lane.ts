// The cards that leave one after the other, and which of them is next. Cards are numbers here; what they
// are, and why one cannot leave yet, is asked.

/** What a lane asks of its cards. */
export interface Cards {
	recipientOf(card: number): string;
	/** Whether messages to its recipient are limited: others do not wait behind it then. */
	isLimited(card: number): boolean;
	/** When the limit of its recipient lets it leave; in the past where there is none. */
	readyAt(card: number): number;
	/** Whether another card to its recipient, or with its claim, must be done with first. */
	isHeld(card: number): boolean;
}

/** What is next: a card, nothing before some time or a change, or nothing any more. */
export type Next = { is: 'card'; card: number } | { is: 'wait'; until: number } | { is: 'done' };

/** The cards to one recipient that wait for its limit, in order. */
interface Aside {
	cards: number[];
	/** The first of them cannot leave before; when it can is asked only then. */
	notBefore: number;
}

/** The cards of one lane that have not been settled, in order. */
export class Lane {
	/** The first of the queue that has not left or stepped aside. */
	private first = 0;
	/** Cards that leave again; they go before those that have not left. */
	private readonly again: number[] = [];
	/** By recipient: cards that wait for its limit. Those behind them in the queue pass. */
	private readonly aside = new Map<string, Aside>();
	/** How many are on their way. */
	underWay = 0;

	constructor(
		private readonly queue: readonly number[],
		private readonly cards: Cards,
	) {}

	/** Which card leaves next. It stays where it is until it {@link Lane.leaves}. */
	next(now: number): Next {
		const [repeated] = this.again;
		// Asked before those aside, since who steps aside now is one of them.
		const queued = repeated ?? this.nextInQueue(now);
		const aside = repeated === undefined ? this.nextAside(now) : undefined;
		const card = aside?.card ?? queued;
		if (card === undefined) {
			const isDone = this.underWay === 0 && this.aside.size === 0;
			return isDone ? { is: 'done' } : { is: 'wait', until: aside?.until ?? Infinity };
		}
		if (this.cards.isHeld(card)) return { is: 'wait', until: aside?.until ?? Infinity };
		return { is: 'card', card };
	}

	/** The first card that waited for its recipient's limit and need not any more, or when there will be one. */
	private nextAside(now: number): { card: number | undefined; until: number } {
		let card: number | undefined;
		let until = Infinity;
		for (const waiting of this.aside.values()) {
			const [head] = waiting.cards;
			if (head === undefined) continue;
			if (waiting.notBefore <= now) {
				if (this.cards.isHeld(head)) continue;
				waiting.notBefore = this.cards.readyAt(head);
			}
			if (waiting.notBefore > now) until = Math.min(until, waiting.notBefore);
			else if (card === undefined || head < card) card = head;
		}
		return { card, until };
	}

	private nextInQueue(now: number): number | undefined {
		let head = this.queue[this.first];
		while (head !== undefined && this.stepsAside(head, now)) {
			this.first += 1;
			head = this.queue[this.first];
		}
		return head;
	}

	/** Lets the others pass where only the limit of the card's recipient keeps it. */
	private stepsAside(card: number, now: number): boolean {
		const recipient = this.cards.recipientOf(card);
		const waiting = this.aside.get(recipient);
		if (waiting) {
			waiting.cards.push(card);
			return true;
		}
		if (!this.cards.isLimited(card)) return false;
		const notBefore = this.cards.readyAt(card);
		const waits = notBefore > now || this.cards.isHeld(card);
		if (waits) this.aside.set(recipient, { cards: [card], notBefore });
		return waits;
	}

	/** Takes out the card that is next. */
	leaves(card: number): void {
		if (this.again[0] === card) {
			this.again.shift();
			return;
		}
		if (this.queue[this.first] === card) {
			this.first += 1;
			return;
		}
		// Looked for, since a recipient may have got another name meanwhile.
		for (const [recipient, { cards }] of this.aside) {
			if (cards[0] !== card) continue;
			cards.shift();
			if (cards.length === 0) this.aside.delete(recipient);
			return;
		}
	}

	/** The card leaves again, before all that have not left; where its recipient is limited, others pass. */
	repeats(card: number): void {
		if (this.cards.isLimited(card)) {
			const recipient = this.cards.recipientOf(card);
			const behind = this.aside.get(recipient)?.cards ?? [];
			this.aside.set(recipient, { cards: [card, ...behind], notBefore: this.cards.readyAt(card) });
			return;
		}
		const place = this.again.findIndex((other) => other > card);
		this.again.splice(place === -1 ? this.again.length : place, 0, card);
	}

	/** The cards behind the one that is next, in order. */
	*behind(card: number): Generator<number> {
		for (let place = this.first; place < this.queue.length; place += 1) {
			const other = this.queue[place];
			if (other !== undefined && other !== card) yield other;
		}
	}

	/** Takes out all that are left, in order. */
	clear(): number[] {
		const left = [
			...this.again,
			...[...this.aside.values()].flatMap(({ cards }) => cards),
			...this.behind(-1),
		];
		this.again.length = 0;
		this.aside.clear();
		this.first = this.queue.length;
		return left.sort((one, other) => one - other);
	}
}
