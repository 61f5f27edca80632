// The limits a simulated vendor holds: several at once, each counted for whom it is meant.

/** For whom a limit counts. A pair is a sender and a recipient. */
export type LimitedBy = 'credential' | 'sender' | 'recipient' | 'pair';

/** A token bucket: `burst` at once, then `perSecond`, evenly spaced. With a burst of 1 nothing may come early. */
export interface Limit {
	perSecond: number;
	burst: number;
	/** The whole credential unless given. */
	per?: LimitedBy;
	/** Holds for recipients of this form only, such as groups. */
	recipients?: RegExp;
}

/** Who sends what to whom, as far as limits care. */
export interface Counted {
	credential: string;
	sender: string;
	recipient: string;
}

/** When a bucket is full again, by who shares it. */
interface Bucket {
	limit: Limit;
	full: Map<string, number>;
}

function keyOf({ per = 'credential' }: Limit, { credential, sender, recipient }: Counted): string {
	const parts = {
		credential: [],
		sender: [sender],
		recipient: [recipient],
		pair: [sender, recipient],
	};
	return JSON.stringify([credential, ...parts[per]]);
}

/** Holds several limits by the generic cell rate algorithm. */
export function limiter(limits: readonly Limit[]) {
	const buckets = limits.map((limit): Bucket => ({ limit, full: new Map() }));
	return {
		/** Takes one turn of every limit, or none and says which one has none left. */
		take(counted: Counted, now: number): Limit | undefined {
			const held = buckets.filter(({ limit: { recipients } }) =>
				recipients === undefined ? true : recipients.test(counted.recipient),
			);
			const turns = held.map(({ limit, full }) => {
				const key = keyOf(limit, counted);
				const interval = 1000 / limit.perSecond;
				const due = Math.max(full.get(key) ?? 0, now);
				const isOver = due - now > (limit.burst - 1) * interval + 1e-6;
				return { limit, isOver, take: () => void full.set(key, due + interval) };
			});
			const over = turns.find(({ isOver }) => isOver);
			if (over) return over.limit;
			for (const { take } of turns) take();
			return undefined;
		},
		reset() {
			for (const { full } of buckets) full.clear();
		},
	};
}
