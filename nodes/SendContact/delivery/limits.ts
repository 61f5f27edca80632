// Which limits a message falls under: names that all messages under one limit share, and how far apart
// those must be. Knows providers by what they declare only.
import type { Limit, Provider, RecipientSort } from '../providers/Provider';

/** What a message's limits depend on. */
export interface Limited {
	provider: Pick<Provider, 'pace' | 'refusals'>;
	/** Tells credentials apart; no secret. */
	credential: string;
	sender: string;
	recipientSort: RecipientSort;
	/** The user's own pace, in place of the limits per credential and per sender. */
	messagesPerMinute: number | undefined;
}

/** One limit as a message meets it. */
export interface Gate {
	/** Shared by all messages, of every execution in the process, that are counted together. */
	name: string;
	/** Milliseconds between two of them; 0 for none. */
	intervalMs: number;
}

/** A limit of messages to one recipient. */
export interface RecipientGate extends Gate {
	per: 'recipient' | 'pair';
}

/** Milliseconds between two messages so that all these limits hold; 0 where there is none. */
function spacingOf(limits: readonly Limit[]): number {
	return Math.max(0, ...limits.map(({ messages, perSeconds }) => (perSeconds * 1000) / messages));
}

function nameOf({ credential, sender }: Limited, per: Limit['per'], to: string): string {
	const parts = {
		credential: [],
		sender: [sender],
		recipient: [to],
		pair: [sender, to],
	}[per];
	return JSON.stringify([per, credential, ...parts]);
}

/** The limit that a vendor's own requests for fewer messages change: messages under it leave in order. */
export function laneOf(limited: Limited): Gate {
	const { messagesPerMinute } = limited;
	const { pace } = limited.provider;
	const documented = pace.limits.filter(({ per }) => per === pace.per);
	return {
		name: nameOf(limited, pace.per, ''),
		intervalMs:
			messagesPerMinute === undefined ? spacingOf(documented) : 60_000 / messagesPerMinute,
	};
}

/** The other one of the limits per credential and per sender, where the vendor has both. */
export function secondLaneOf(limited: Limited): Gate | undefined {
	const { messagesPerMinute } = limited;
	const { pace } = limited.provider;
	const per = pace.per === 'sender' ? 'credential' : 'sender';
	const documented = pace.limits.filter((limit) => limit.per === per);
	if (messagesPerMinute !== undefined || documented.length === 0) return undefined;
	return { name: nameOf(limited, per, ''), intervalMs: spacingOf(documented) };
}

/** Whether the vendor limits, or may ask for fewer, messages to one recipient. */
export function limitsRecipients({ pace, refusals }: Pick<Provider, 'pace' | 'refusals'>): boolean {
	return (
		pace.limits.some(({ per }) => per === 'recipient' || per === 'pair') ||
		refusals.some(({ limit }) => limit !== undefined)
	);
}

/** What holds messages to one recipient apart. The vendor may ask for fewer also where it documents nothing. */
export function recipientGatesOf(limited: Limited, to: string): RecipientGate[] {
	const { provider, recipientSort } = limited;
	return (['recipient', 'pair'] as const).map((per) => ({
		per,
		name: nameOf(limited, per, to),
		intervalMs: spacingOf(
			provider.pace.limits.filter(
				(limit) =>
					limit.per === per &&
					(limit.recipients === undefined || limit.recipients === recipientSort),
			),
		),
	}));
}
