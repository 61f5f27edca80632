// Deciding what an answer, or none, means for a request that is no message: a list, or a look-up of numbers.
// Nothing is sent by those, so each may be made again. Knows providers by their interface only.
import type { Answer, Provider, RefusalRule, VendorWords } from '../providers/Provider';
import {
	isOk,
	judgeNoAnswer,
	presentable,
	repeatAfter,
	ruleFor,
	withWords,
	type NoAnswer,
	type Refused,
} from './judge';
import type { Redactor } from './redact';

/**
 * Why the vendor did not answer a request for a list or a look-up; `undefined` where it did.
 * `rule` is the provider's own explanation, where it has one that does not speak of a card.
 */
export function refusedLookUp(
	provider: Provider,
	answer: Answer,
	redactor: Redactor,
): { rule: RefusalRule | undefined; words: VendorWords } | undefined {
	if (isOk(answer) && !provider.carriesError(answer)) return undefined;
	const words = provider.vendorWords(presentable(answer, redactor));
	const rule = ruleFor(provider.refusals, answer, words);
	return { rule: rule?.about === 'account' ? rule : undefined, words };
}

/** A look-up that was answered. */
export interface Answered {
	kind: 'answered';
	answer: Answer;
}

/** A look-up that was not. */
export interface RefusedLookUp extends Refused {
	/** Given where it is the account that was refused: no other number will be answered, either. */
	isOfAccount?: true;
}

/** Whether the vendor said if numbers have an account, and if not why. */
export function judgeLookUp(
	provider: Provider,
	answer: Answer | NoAnswer,
	redactor: Redactor,
): Answered | RefusedLookUp {
	const { displayName } = provider;
	if (typeof answer === 'string') {
		const verdict = judgeNoAnswer(provider, answer);
		if (verdict.failure.status === 'notSent') return verdict;
		return {
			kind: 'failed',
			failure: {
				status: 'notSent',
				message: `${displayName} did not answer whether the number has an account`,
				description: 'Run again in a moment. A higher Timeout in the options gives it longer.',
			},
			...(answer !== 'cancelled' && { repeat: { because: 'later' } }),
		};
	}
	const refused = refusedLookUp(provider, answer, redactor);
	if (refused === undefined) return { kind: 'answered', answer };
	const { rule, words } = refused;
	const { statusCode } = answer;
	const explained: Pick<RefusalRule, 'message' | 'description' | 'means'> = rule ?? {
		message: `${displayName} did not say whether the number has an account (status ${statusCode})`,
		description: 'Check the number, and test the credential. You can also send without the check.',
		...(statusCode === 429 && { means: 'slower' }),
		...(statusCode >= 500 && { means: 'later' }),
	};
	const repeat = repeatAfter(explained, answer, words);
	return {
		kind: 'failed',
		failure: {
			status: 'rejected',
			message: explained.message,
			description: withWords(provider, explained.description, words),
			httpCode: String(statusCode),
			...(words.code !== undefined && { vendorCode: words.code }),
			answer,
		},
		...(repeat !== undefined && { repeat }),
		...(rule !== undefined && repeat === undefined && { isOfAccount: true }),
	};
}
