// Remembering across executions which cards were sent, so that a list can be run again safely. The
// store is n8n's own deduplication, handed in; knows no vendor and no n8n.

/** A store of keys that outlives the execution. */
export interface ClaimStore {
	/** Adds the keys; returns those that were there already. Keys are distinct. */
	add(keys: string[]): Promise<string[]>;
	remove(keys: string[]): Promise<void>;
}

/**
 * How many cards are claimed at once: a crash leaves at most one group in doubt. n8n reads and writes
 * all keys of a node at every call, so calls get dearer with the history; the group grows with them, so
 * that the cost of a card stays the same.
 */
const SMALLEST_GROUP = 10;
const LARGEST_GROUP = 1000;

/** What claiming may cost a card, in milliseconds, before the group grows. */
const COST_PER_CARD_MS = 1;

/** How often keys that another process has overwritten are put back: n8n's memory has no lock. */
const MOST_REPAIRS = 5;

const claimed = (key: string) => `claimed ${key}`;
const sent = (key: string) => `sent ${key}`;

/** What is known of a card: only one that is `free` may leave. */
export type ClaimState = 'free' | 'sent' | 'doubt';

/**
 * Claims cards before they leave. A card is `sent` once its acceptance was written down; one that was
 * claimed and not written down is in `doubt`: some run stopped in between, or another one is at it.
 */
export class Claims {
	private readonly free = new Set<string>();
	private readonly taken = new Map<string, 'sent' | 'doubt'>();
	private accepted: string[] = [];
	private refused: string[] = [];
	/** What this run has written and must find again at its end. */
	private readonly kept = new Set<string>();
	private groupSize = SMALLEST_GROUP;
	private claiming: Promise<void> = Promise.resolve();

	/** @param now milliseconds that only ever grow; without it groups stay small */
	constructor(
		private readonly store: ClaimStore,
		private readonly now: () => number = () => 0,
	) {}

	/** What is known of the card; `undefined` where it is to be claimed first. */
	known(key: string): ClaimState | undefined {
		return this.free.has(key) ? 'free' : this.taken.get(key);
	}

	/**
	 * Claims the card; `following` are the keys to claim along with it, in order.
	 * @returns whether it is known now: `false` where the store did not answer
	 */
	async claim(key: string, following: () => Iterable<string>): Promise<boolean> {
		// One after the other: two senders' lists may hold the same key.
		const claim = this.claiming.then(async () => {
			if (this.known(key) === undefined) await this.claimGroup(key, following());
		});
		this.claiming = claim.catch(() => undefined);
		return await claim.then(
			() => true,
			() => false,
		);
	}

	private async claimGroup(key: string, following: Iterable<string>): Promise<void> {
		await this.writeDown();
		const group = new Set([key]);
		for (const next of following) {
			if (group.size >= this.groupSize) break;
			if (this.known(next) === undefined) group.add(next);
		}
		const startedAt = this.now();
		const before = new Set(await this.store.add([...group].map(claimed)));
		const affordable = Math.ceil((this.now() - startedAt) / COST_PER_CARD_MS);
		this.groupSize = Math.min(LARGEST_GROUP, Math.max(SMALLEST_GROUP, affordable));
		const known = [...group].filter((candidate) => before.has(claimed(candidate)));
		const settled = known.length === 0 ? new Set<string>() : await this.settledAmong(known);
		for (const candidate of group) {
			if (!before.has(claimed(candidate))) this.free.add(candidate);
			else this.taken.set(candidate, settled.has(candidate) ? 'sent' : 'doubt');
		}
	}

	/** Which of the claimed keys were written down as sent. The store has no look-up: it is asked to add. */
	private async settledAmong(keys: string[]): Promise<Set<string>> {
		const there = new Set(await this.store.add(keys.map(sent)));
		const added = keys.map(sent).filter((key) => !there.has(key));
		if (added.length > 0) await this.store.remove(added);
		return new Set(keys.filter((key) => there.has(sent(key))));
	}

	/** Keeps or gives back the claim, by what became of the card. */
	settle(key: string, status: 'accepted' | 'duplicate' | 'notSent' | 'rejected' | 'unknown'): void {
		if (!this.free.delete(key)) return;
		if (status === 'accepted') {
			this.accepted.push(key);
			this.taken.set(key, 'sent');
			this.kept.add(claimed(key)).add(sent(key));
		} else if (status === 'unknown') {
			this.taken.set(key, 'doubt');
			this.kept.add(claimed(key));
		} else {
			this.refused.push(key);
		}
	}

	private async writeDown(): Promise<void> {
		const [accepted, refused] = [this.accepted, this.refused];
		this.accepted = [];
		this.refused = [];
		if (accepted.length > 0) await this.store.add(accepted.map(sent));
		if (refused.length > 0) await this.store.remove(refused.map(claimed));
	}

	/**
	 * Writes everything down and gives back what was claimed and never left.
	 * @returns whether that worked; where it did not, a later run takes these cards for doubtful
	 */
	async finish(): Promise<boolean> {
		this.refused.push(...this.free);
		this.free.clear();
		try {
			await this.writeDown();
			return await this.putBack();
		} catch {
			return false;
		}
	}

	/** Writes again what a run in another process has overwritten meanwhile; whether all of it is there. */
	private async putBack(): Promise<boolean> {
		const keys = [...this.kept];
		if (keys.length === 0) return true;
		for (let repair = 0; repair < MOST_REPAIRS; repair += 1) {
			if ((await this.store.add(keys)).length === keys.length) return true;
		}
		return false;
	}
}
