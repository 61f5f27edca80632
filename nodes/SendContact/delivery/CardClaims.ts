// The claims of one delivery's cards: only one card of a claim is on its way, and only one that is claimed.
import type { Claims } from './claims';
import type { Ledger } from './Ledger';
import { NOT_CLAIMED } from './unsent';

/** Cards that must be claimed before they leave; those without a claim need not. */
export class CardClaims {
	/** By claim: the card that the others wait for. */
	private readonly holders = new Map<string, number>();

	constructor(
		private readonly claims: Claims | undefined,
		private readonly ledger: Ledger,
	) {}

	/** Whether another card with its claim must be done with first. */
	isHeld(card: number, claim: string | undefined): boolean {
		return claim !== undefined && (this.holders.get(claim) ?? card) !== card;
	}

	/** Whether the card may leave as far as claims say. */
	isClaimed(card: number, claim: string | undefined): boolean {
		const isNeeded = this.claims !== undefined && claim !== undefined;
		return !isNeeded || this.ledger.attemptsOf(card) > 0 || this.claims.known(claim) === 'free';
	}

	/** Whether it is known that the card will not leave. */
	isTaken(card: number, claim: string | undefined): boolean {
		if (claim === undefined || this.ledger.attemptsOf(card) > 0) return false;
		const known = this.claims?.known(claim);
		return known !== undefined && known !== 'free';
	}

	/**
	 * Claims the card, and some of those behind it with it. Where it must not leave it is settled.
	 * @returns whether it is settled; otherwise it is to be looked at again
	 */
	async claim(card: number, claim: string, behind: () => Iterable<string>): Promise<boolean> {
		const known = this.claims?.known(claim);
		if (known === 'free') return false;
		if (known === undefined && (await this.claims?.claim(claim, behind)) === true) return false;
		this.ledger.settle(card, NOT_CLAIMED[known ?? 'noMemory']);
		return true;
	}

	/** The card leaves: the others with its claim wait. */
	leaves(card: number, claim: string | undefined): void {
		if (claim !== undefined) this.holders.set(claim, card);
	}

	/** The card is done with: its claim is kept or given back, and the others with it go on. */
	release(card: number, claim: string | undefined): void {
		const outcome = this.ledger.outcomes[card];
		if (claim === undefined || outcome === undefined) return;
		if (this.holders.get(claim) === card) this.holders.delete(claim);
		this.claims?.settle(claim, outcome.status);
	}
}
