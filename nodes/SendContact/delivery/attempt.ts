// One attempt to send one card, and whether another one may follow. Knows providers by their interface only.
import type { Answer } from '../providers/Provider';
import { judgeAnswer, judgeNoAnswer, type Refused, type Repeat, type Verdict } from './judge';
import type { Host, Send } from './Send';

/** Makes an attempt and judges it. Whatever goes wrong on the way: the card may have been sent. */
export async function attempt<S extends Send>(
	host: Pick<Host<S>, 'attempt'>,
	send: S,
	to: string,
): Promise<{ verdict: Verdict; answer?: Answer }> {
	try {
		const answer = await host.attempt(send, to);
		if (typeof answer === 'string') return { verdict: judgeNoAnswer(send.provider, answer) };
		return { verdict: judgeAnswer(send.provider, answer, send.redactor), answer };
	} catch {
		return { verdict: judgeNoAnswer(send.provider, 'broken') };
	}
}

/**
 * Why the card may leave again: what became of it is certain, or it is not and a repeat is safe or wanted.
 * `undefined` where it may not.
 */
export function repeatOf({ provider, retryUnknown }: Send, refused: Refused): Repeat | undefined {
	if (refused.repeat !== undefined || refused.failure.status !== 'unknown') return refused.repeat;
	return retryUnknown || provider.isRepeatSafe === true ? { because: 'later' } : undefined;
}
