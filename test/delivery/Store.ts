// n8n's memory for tests of claims.
import type { ClaimStore } from '../../nodes/SendContact/delivery/claims';

/** A store that remembers, and counts. */
export class Store implements ClaimStore {
	readonly keys = new Set<string>();
	readonly sizes: number[] = [];
	/** How many claims were new to each call that brought some. */
	readonly fresh: number[] = [];
	isBroken = false;
	/** Which of the next calls fail: the first is 0. */
	failing = new Set<number>();
	calls = 0;

	private mayFail(): void {
		this.calls += 1;
		if (this.isBroken || this.failing.has(this.calls - 1)) throw new Error('no database');
	}

	async add(keys: string[]): Promise<string[]> {
		this.mayFail();
		expect(new Set(keys).size).toBe(keys.length);
		this.sizes.push(keys.length);
		const there = keys.filter((key) => this.keys.has(key));
		for (const key of keys) this.keys.add(key);
		const claims = keys.filter((key) => key.startsWith('claimed') && !there.includes(key));
		if (claims.length > 0) this.fresh.push(claims.length);
		return there;
	}

	async remove(keys: string[]): Promise<void> {
		this.mayFail();
		this.sizes.push(keys.length);
		for (const key of keys) this.keys.delete(key);
	}
}
