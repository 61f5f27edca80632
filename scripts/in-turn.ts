// Several programs run at once, and their output is read in one piece each: the first that has not ended is
// seen as it comes, the others when it is their turn. Knows no program.

/** What one of them prints. */
export interface Part {
	print(text: string): void;
	/** Nothing comes any more, but for these last words. */
	end(text?: string): void;
}

export class InTurn {
	private readonly parts: Array<{ waiting: string; hasEnded: boolean }> = [];
	private turn = 0;

	constructor(private readonly write: (text: string) => void) {}

	/** One more, after those before it. */
	part(title: string): Part {
		const part = { waiting: `\n▸ ${title}\n`, hasEnded: false };
		this.parts.push(part);
		this.flush();
		const print = (text: string) => {
			part.waiting += text;
			this.flush();
		};
		return {
			print,
			end: (text = '') => {
				part.hasEnded = true;
				print(text);
			},
		};
	}

	private flush(): void {
		for (let part = this.parts[this.turn]; part; part = this.parts[this.turn]) {
			if (part.waiting !== '') this.write(part.waiting);
			part.waiting = '';
			if (!part.hasEnded) return;
			this.turn += 1;
		}
	}
}
