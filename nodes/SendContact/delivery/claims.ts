// Remembering across executions which cards were sent, so that a list can be run again safely. The
// store is n8n's own deduplication, handed in; knows no vendor and no n8n.
import type { Clock } from './Clock';

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

/** The waits before a call that failed is made again: a database may be busy for a moment. */
const RETRY_AFTER_MS = [100, 1000];

/** How often keys that another process has overwritten are put back: n8n's memory has no lock. */
const MOST_REPAIRS = 5;

const claimed = (key: string) => `claimed ${key}`;
const sent = (key: string) => `sent ${key}`;

/** What is known of a card: only one that is `free` may leave. */
export type ClaimState = 'free' | 'sent' | 'doubt';

/**
 * What became of claimed cards and is not in the store yet, by key. What could not be written down at
 * the end of a run is handed on to the next one.
 */
export interface Unwritten {
	accepted: Set<string>;
	/** Claimed, and certainly not sent: the claim is to be given back. */
	refused: Set<string>;
	/** In doubt: to ask for them has written them down as sent, which is to be taken back. */
	asked: Set<string>;
}

/** Nothing. */
export function nothingUnwritten(): Unwritten {
	return { accepted: new Set(), refused: new Set(), asked: new Set() };
}

/**
 * Claims cards before they leave. A card is `sent` once its acceptance was written down; one that was
 * claimed and not written down is in `doubt`: some run stopped in between, or another one is at it.
 */
export class Claims {
	private readonly free = new Set<string>();
	private readonly taken = new Map<string, 'sent' | 'doubt'>();
	private readonly unwritten = nothingUnwritten();
	/** What this run has written and must find again at its end. */
	private readonly kept = new Set<string>();
	private groupSize = SMALLEST_GROUP;
	/** Whether the store has failed for good, as far as is known. */
	private isDown = false;
	private claiming: Promise<void> = Promise.resolve();

	/**
	 * @param left what an earlier run in this process could not write down; it is taken over, and what this
	 * run cannot write down is put there
	 */
	constructor(
		private readonly store: ClaimStore,
		private readonly clock: Pick<Clock, 'now' | 'sleep'>,
		private readonly left: Unwritten = nothingUnwritten(),
	) {
		handOver(left, this.unwritten);
		for (const key of this.unwritten.accepted) this.taken.set(key, 'sent');
	}

	/** What is known of the card; `undefined` where it is to be claimed first. */
	known(key: string): ClaimState | undefined {
		// A claim that is to be given back is still ours.
		if (this.unwritten.refused.delete(key)) this.free.add(key);
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
		await this.claiming;
		return this.known(key) !== undefined;
	}

	private async claimGroup(key: string, following: Iterable<string>): Promise<void> {
		// What cannot be written down now is written with the next group, or at the end.
		await this.writeDown();
		const group = new Set([key]);
		for (const next of following) {
			if (group.size >= this.groupSize) break;
			if (this.known(next) === undefined) group.add(next);
		}
		const startedAt = this.clock.now();
		const before = new Set(await this.add([...group].map(claimed)));
		const affordable = Math.ceil((this.clock.now() - startedAt) / COST_PER_CARD_MS);
		this.groupSize = Math.min(LARGEST_GROUP, Math.max(SMALLEST_GROUP, affordable));
		const known: string[] = [];
		for (const candidate of group) {
			// Ours from now on, whatever becomes of the next call: what is not sent is given back.
			if (!before.has(claimed(candidate))) this.free.add(candidate);
			else known.push(candidate);
		}
		if (known.length > 0) await this.ask(known);
	}

	/** Finds out which of the claimed keys were written down as sent. The store has no look-up: it is asked to add. */
	private async ask(keys: string[]): Promise<void> {
		const there = new Set(await this.add(keys.map(sent)));
		for (const key of keys) {
			const isSent = there.has(sent(key)) && !this.unwritten.asked.has(key);
			this.taken.set(key, isSent ? 'sent' : 'doubt');
			if (!isSent) this.unwritten.asked.add(key);
		}
		await this.takeBack();
	}

	/** Takes back what was written down only to ask for it; whether that worked. */
	private async takeBack(): Promise<boolean> {
		const { asked } = this.unwritten;
		const keys = [...asked];
		if (keys.length === 0) return true;
		if (!(await worked(this.remove(keys.map(sent))))) return false;
		for (const key of keys) asked.delete(key);
		return true;
	}

	/** Keeps or gives back the claim, by what became of the card. */
	settle(key: string, status: 'accepted' | 'duplicate' | 'notSent' | 'rejected' | 'unknown'): void {
		if (!this.free.delete(key)) return;
		if (status === 'accepted') {
			this.unwritten.accepted.add(key);
			this.taken.set(key, 'sent');
			this.kept.add(claimed(key)).add(sent(key));
		} else if (status === 'unknown') {
			this.taken.set(key, 'doubt');
			this.kept.add(claimed(key));
		} else {
			this.unwritten.refused.add(key);
		}
	}

	private async add(keys: string[]): Promise<string[]> {
		return await this.persistently(async () => await this.store.add(keys));
	}

	private async remove(keys: string[]): Promise<void> {
		await this.persistently(async () => await this.store.remove(keys));
	}

	/** Makes a call of the store again when it fails: a moment's trouble must cost no contact. */
	private async persistently<T>(call: () => Promise<T>): Promise<T> {
		// A store that is down is not waited for once for each card.
		for (const waitMs of this.isDown ? [] : RETRY_AFTER_MS) {
			const result = await call().then(
				(value) => ({ value }),
				() => undefined,
			);
			if (result !== undefined) return result.value;
			await this.clock.sleep(waitMs);
		}
		this.isDown = true;
		const value = await call();
		this.isDown = false;
		return value;
	}

	/** Writes down what has become of cards; whether all of it is written now. */
	private async writeDown(): Promise<boolean> {
		const { accepted, refused } = this.unwritten;
		const isSent = [...accepted];
		if (isSent.length > 0) {
			if (!(await worked(this.add(isSent.map(sent))))) return false;
			for (const key of isSent) accepted.delete(key);
		}
		const isNotSent = [...refused];
		if (isNotSent.length > 0) {
			// Until the store has answered, none of them is ours to send.
			refused.clear();
			if (!(await worked(this.remove(isNotSent.map(claimed))))) {
				for (const key of isNotSent) refused.add(key);
				return false;
			}
		}
		return await this.takeBack();
	}

	/**
	 * Writes everything down and gives back what was claimed and never left.
	 * @returns whether that worked; where it did not, the next run in this process does it
	 */
	async finish(): Promise<boolean> {
		for (const key of this.free) this.unwritten.refused.add(key);
		this.free.clear();
		const isWritten = await this.writeDown();
		if (!isWritten) handOver(this.unwritten, this.left);
		return isWritten && (await this.putBack().catch(() => false));
	}

	/** Writes again what a run in another process has overwritten meanwhile; whether all of it is there. */
	private async putBack(): Promise<boolean> {
		const keys = [...this.kept];
		if (keys.length === 0) return true;
		for (let repair = 0; repair < MOST_REPAIRS; repair += 1) {
			if ((await this.add(keys)).length === keys.length) return true;
		}
		return false;
	}
}

async function worked(call: Promise<unknown>): Promise<boolean> {
	return await call.then(
		() => true,
		() => false,
	);
}

function handOver(from: Unwritten, to: Unwritten): void {
	for (const key of from.accepted) to.accepted.add(key);
	for (const key of from.refused) to.refused.add(key);
	for (const key of from.asked) to.asked.add(key);
	from.accepted.clear();
	from.refused.clear();
	from.asked.clear();
}
