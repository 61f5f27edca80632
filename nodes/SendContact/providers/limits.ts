// What a provider's documented limits come to. Knows no vendor.
import type { Pace } from './Provider';

/** The strictest of the limits per credential and per sender, in messages a minute; `undefined` without one. */
export function messagesPerMinute({ limits }: Pace): number | undefined {
	const perMinute = limits
		.filter(({ per }) => per === 'credential' || per === 'sender')
		.map(({ messages, perSeconds }) => (messages * 60) / perSeconds);
	return perMinute.length === 0 ? undefined : Math.min(...perMinute);
}
