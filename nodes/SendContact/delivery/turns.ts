// A message's turn under the limits per credential and per sender: both, where the vendor has both. Knows
// providers by what they declare only.
import { laneOf, secondLaneOf, type Limited } from './limits';
import type { Pacer, Turn } from './pace';

/** A message as far as its turn matters. */
export interface InLine extends Limited {
	longestWaitMs: number;
}

/** The turns that one message holds. */
export interface Turns {
	/** The message leaves now, and not when it got the first of several turns. */
	leaves(): void;
	/** The message is being begun. */
	begun(): void;
	/** They are of no use: others may have them. */
	giveBack(): void;
}

/**
 * Waits for the turn of a message under each of its limits and takes it.
 * @returns nothing where there was none, in time or at all
 */
export async function turnsOf(
	message: InLine,
	pacerOf: (name: string) => Pacer,
	signal: AbortSignal,
): Promise<Turns | undefined> {
	const first = laneOf(message);
	const second = secondLaneOf(message);
	const turns: Turn[] = [];
	const giveBack = () => {
		turns.forEach((turn) => {
			turn.giveBack();
		});
	};
	for (const { name, intervalMs } of second ? [first, second] : [first]) {
		const turn = await pacerOf(name).turn(intervalMs, message.longestWaitMs, signal);
		if (typeof turn === 'string') {
			giveBack();
			return undefined;
		}
		turns.push(turn);
	}
	return {
		giveBack,
		leaves() {
			if (second === undefined) return;
			turns[0]?.giveBack();
			turns[0] = pacerOf(first.name).take(first.intervalMs);
		},
		begun() {
			for (const turn of turns) turn.begun();
		},
	};
}
