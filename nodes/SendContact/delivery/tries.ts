// What became of an item's cards in earlier tries of this run. n8n's Retry On Fail calls the whole node
// again: what was accepted, or may have been, must not leave a second time. Knows no n8n.

/** One item's cards, by their place in it. */
export class ItemTries<Kept> {
	private readonly kept = new Map<number, Kept>();
	private readonly keys = new Map<number, string>();
	/** How many cards the item has; `undefined` while it has not been read. */
	count: number | undefined;

	/** Keeps what became of a card for the next try. */
	keep(position: number, what: Kept): void {
		this.kept.set(position, what);
	}

	/** What became of a card in an earlier try; `undefined` where it may be sent. */
	at(position: number): Kept | undefined {
		return this.kept.get(position);
	}

	/** What became of the cards from that place on, in their order. */
	from(position: number): Kept[] {
		return [...this.kept]
			.filter(([place]) => place >= position)
			.sort(([one], [other]) => one - other)
			.map(([, what]) => what);
	}

	/** Whether nothing is left to be sent. */
	get isDone(): boolean {
		return this.count !== undefined && this.kept.size >= this.count;
	}

	/** The card's key: the same in every try. */
	keyOf(position: number, make: () => string): string {
		const key = this.keys.get(position) ?? make();
		this.keys.set(position, key);
		return key;
	}
}

/** By item, and by its place in the list: a list may hold one object several times. */
type NodeTries<Kept> = WeakMap<object, Map<number, ItemTries<Kept>>>;

/**
 * The tries of all runs. An item is known by its object: its content may change from try to try, and one
 * item may come by again on purpose, in a loop or at another node.
 */
export class Tries<Kept> {
	/** By run: what is kept lives as long as that. */
	private readonly runs = new WeakMap<object, Map<string, NodeTries<Kept>>>();

	/**
	 * What is kept of an item.
	 * @param run an object that is the same in every try of one run of a node, and in no other run
	 * @param node the node's id
	 * @param item an object that is the same in every try
	 */
	of(run: object, node: string, item: object, index: number): ItemTries<Kept> {
		const nodes = this.runs.get(run) ?? new Map<string, NodeTries<Kept>>();
		this.runs.set(run, nodes);
		const items: NodeTries<Kept> = nodes.get(node) ?? new WeakMap();
		nodes.set(node, items);
		const places = items.get(item) ?? new Map<number, ItemTries<Kept>>();
		items.set(item, places);
		const tries = places.get(index) ?? new ItemTries<Kept>();
		places.set(index, tries);
		return tries;
	}
}
