// The pacers of this process: everything under one limit shares one, in whichever execution it is.
import type { Clock } from './Clock';
import { Pacer } from './pace';

const pacers = new Map<string, Pacer>();
const FEW_PACERS = 1000;
let tidiedAt = FEW_PACERS;

/** The one pacer of that name in this process. */
export function pacerOf(name: string, clock: Clock): Pacer {
	const known = pacers.get(name);
	if (known) return known;
	if (pacers.size >= tidiedAt) {
		for (const [key, pacer] of pacers) if (pacer.isForgettable()) pacers.delete(key);
		// Not at each new one: a list may have as many recipients as items.
		tidiedAt = Math.max(FEW_PACERS, 2 * pacers.size);
	}
	const pacer = new Pacer(clock);
	pacers.set(name, pacer);
	return pacer;
}
