// Deciding what an answer, or none, means for one card. Knows providers by their interface only.
import type { Answer, Provider, Receipt, RefusalRule, VendorWords } from '../providers/Provider';
import type { Failed } from './Outcome';
import type { Redactor } from './redact';

/** What one attempt came to. */
export type Verdict = { kind: 'accepted'; receipt: Receipt } | Refused;

/** An attempt that was not accepted, or a look-up that was not answered. */
export interface Refused {
	kind: 'failed';
	failure: Omit<Failed, 'attempts'>;
	/** Given where the vendor certainly did not take the card and a repeat makes sense. */
	repeat?: Repeat;
}

/** Why, when and where to a card may leave again. */
export type Repeat =
	/** The vendor wants fewer messages: of everybody, or of those to one recipient. */
	| { because: 'slower'; of: Limited; afterMs?: number }
	/** It cannot be reached or is not ready. */
	| { because: 'later'; afterMs?: number }
	/** The recipient has moved. */
	| { because: 'elsewhere'; to: string };

/** Whose limit was hit: that of everybody behind the credential or sender, or of the recipient. */
export type Limited = 'all' | 'recipient' | 'pair';

/** Why no answer came. */
export type NoAnswer =
	| 'refused'
	| 'unresolved'
	| 'unreachable'
	| 'untrusted'
	| 'blocked'
	| 'timeout'
	| 'broken'
	| 'cancelled';

const LOOK_FIRST =
	'Look into the chat before you send it again. Retry Unknown Outcomes in the options repeats such contacts by itself, at the risk that one arrives twice.';

const NO_ANSWER: Record<
	NoAnswer,
	{ status: Failed['status']; message: string; description: string; repeats?: true }
> = {
	refused: {
		status: 'notSent',
		message: 'Nothing answers at the address in the credential of %s',
		description:
			'Check the address and its port in the credential, and that the server is running.',
		repeats: true,
	},
	unresolved: {
		status: 'notSent',
		message: 'The host name in the credential of %s was not found',
		description:
			'Check the spelling of the address in the credential, and the network and name server of your n8n.',
		repeats: true,
	},
	unreachable: {
		status: 'notSent',
		message: 'The network found no way to %s',
		description: 'Check the network, firewall and proxy between your n8n and the provider.',
		repeats: true,
	},
	untrusted: {
		status: 'notSent',
		message: 'The certificate of the server at the address in the credential of %s is not trusted',
		description:
			'Check the address. For a server of your own with its own certificate, turn on Ignore SSL Issues in the credential.',
	},
	blocked: {
		status: 'notSent',
		message: 'This n8n does not allow requests to the address in the credential of %s',
		description:
			'Its protection against requests into private networks (SSRF) stopped it. Whoever runs the n8n can allow the host with N8N_SSRF_ALLOWED_HOSTNAMES.',
	},
	timeout: {
		status: 'unknown',
		message: '%s did not answer in time, so it is not known whether the contact was sent',
		description: `${LOOK_FIRST} A higher Timeout in the options gives the provider longer.`,
	},
	broken: {
		status: 'unknown',
		message: 'The connection to %s broke off, so it is not known whether the contact was sent',
		description: LOOK_FIRST,
	},
	cancelled: {
		status: 'unknown',
		// n8n takes an execution for canceled by that very word in its error.
		message: 'The execution was canceled while %s was being asked to send the contact',
		description: 'It may have been sent. Look into the chat before you send it again.',
	},
};

/** What it means that no answer came. */
export function judgeNoAnswer(provider: Provider, why: NoAnswer): Refused {
	const { status, message, description, repeats } = NO_ANSWER[why];
	return {
		kind: 'failed',
		failure: { status, message: message.replace('%s', provider.displayName), description },
		...(repeats && { repeat: { because: 'later' } }),
	};
}

/** What an answer to a message means. What the vendor said is passed on without secrets. */
export function judgeAnswer(provider: Provider, answer: Answer, redactor: Redactor): Verdict {
	const isRefused = !isOk(answer) || provider.carriesError(answer);
	const receipt = isRefused ? undefined : provider.receipt(answer);
	if (receipt !== undefined) return { kind: 'accepted', receipt };

	const words = provider.vendorWords(presentable(answer, redactor));
	const rule = isRefused ? ruleFor(provider.refusals, answer, words) : undefined;
	const explained = rule ?? byStatus(provider, answer, !isRefused);
	const repeat = repeatAfter(explained, answer, words);
	const fields = words.fields?.map((field) => field.parameter) ?? [];
	return {
		kind: 'failed',
		failure: {
			status: explained.means === 'unknown' ? 'unknown' : 'rejected',
			message: explained.message,
			description: withWords(provider, explained.description, words),
			httpCode: String(answer.statusCode),
			...(words.code !== undefined && { vendorCode: words.code }),
			...(fields[0] !== undefined && { parameter: fields[0] }),
			answer,
		},
		...(repeat !== undefined && { repeat }),
	};
}

/** Whether the status alone says that all went well. */
export function isOk({ statusCode }: Answer): boolean {
	return statusCode >= 200 && statusCode < 300;
}

/** Enough of a text to read what happened; a proxy's page may be megabytes. */
const LONGEST_TEXT = 10_000;

/** The answer as a user may see it. Secrets go before anything is cut: half of one is no longer found. */
export function presentable(answer: Answer, redactor: Redactor): Answer {
	return {
		...answer,
		text: redactor.text(answer.text).slice(0, LONGEST_TEXT),
		json: redactor.json(answer.json),
	};
}

/** The first rule that fits the answer. */
export function ruleFor(
	rules: readonly RefusalRule[],
	answer: Answer,
	words: VendorWords,
): RefusalRule | undefined {
	return rules.find((rule) => fits(rule, answer, words));
}

function fits({ when }: RefusalRule, answer: Answer, words: VendorWords): boolean {
	const statuses = when.status === undefined ? [] : [when.status].flat();
	// After a 5xx nobody knows what was done, whatever it says, unless the vendor documents that status.
	const isKnownStatus =
		statuses.length === 0 ? answer.statusCode < 500 : statuses.includes(answer.statusCode);
	return (
		isKnownStatus &&
		(when.code === undefined || when.code.test(words.code ?? '')) &&
		(when.text === undefined || when.text.test(answer.text.slice(0, LONGEST_TEXT)))
	);
}

/** What an answer is explained with. */
type Explanation = Pick<RefusalRule, 'means' | 'limit' | 'message' | 'description'>;

/** Where the provider's table has nothing: what the status alone says. */
function byStatus(
	{ displayName }: Provider,
	{ statusCode }: Answer,
	isUnreadable: boolean,
): Explanation {
	if (isUnreadable) {
		return {
			means: 'unknown',
			message: `${displayName} answered, but not in a way that says whether it took the contact`,
			description: `${LOOK_FIRST} If this happens every time, check the address in the credential: another server may be answering.`,
		};
	}
	if (statusCode >= 500 || statusCode < 200) {
		return {
			means: 'unknown',
			message: `${displayName} answered with status ${statusCode}, so it is not known whether the contact was sent`,
			description: LOOK_FIRST,
		};
	}
	if (statusCode < 300) {
		return {
			message: `${displayName} refused the contact`,
			description:
				'Its words below say why. Correct the contact or the recipient and send it again.',
		};
	}
	if (statusCode < 400) {
		return {
			message: `${displayName} points to another address (status ${statusCode}), which is not followed`,
			description:
				'Check the address in the credential: https:// instead of http://, or another host name, is the usual reason.',
		};
	}
	const known: Record<number, Explanation> = {
		401: {
			message: `${displayName} did not accept the credential`,
			description: 'Open the credential, test it, and copy its values again from the panel.',
		},
		403: {
			message: `${displayName} does not allow this with the credential`,
			description: 'Check the rights of the key or instance in the panel of the provider.',
		},
		404: {
			message: `${displayName} does not know the address`,
			description: 'Check the address and the ids in the credential.',
		},
		429: {
			means: 'slower',
			message: `${displayName} is getting more requests than it takes`,
			description: 'Lower Messages per Minute in the options, or run again later.',
		},
	};
	return (
		known[statusCode] ?? {
			message: `${displayName} refused the contact with status ${statusCode}`,
			description: 'Correct what its words below name, and send it again.',
		}
	);
}

/** What the vendor itself said, behind our own way out. */
export function withWords(provider: Provider, description: string, words: VendorWords): string {
	const said = [words.text, ...(words.fields?.map(({ text }) => text) ?? [])]
		.map((text) => text.trim())
		.filter((text, index, all) => text !== '' && all.indexOf(text) === index)
		.join(' ')
		.slice(0, 500);
	return said === '' ? description : `${description} ${provider.displayName} said: “${said}”`;
}

/** Whether a refusal leaves again, and when. */
export function repeatAfter(
	{ means, limit = 'all' }: Omit<Explanation, 'limit'> & { limit?: Limited },
	answer: Answer,
	words: VendorWords,
): Repeat | undefined {
	if (means === 'elsewhere') {
		return words.movedTo === undefined ? undefined : { because: means, to: words.movedTo };
	}
	if (means !== 'slower' && means !== 'later') return undefined;
	const said = words.retryAfterMs;
	const isTime = said !== undefined && Number.isFinite(said);
	const afterMs = isTime ? Math.max(0, said) : retryAfter(answer.headers['retry-after']);
	const asked = afterMs !== undefined && { afterMs };
	return means === 'slower'
		? { because: means, of: limit, ...asked }
		: { because: means, ...asked };
}

/** The forms of `Retry-After`: RFC 9110, 10.2.3, with fractions; a date begins with its day. */
const SECONDS = /^-?\d+(\.\d+)?$/;
const DATE = /^[a-z]{3,9},? .*\d{4}.*\d:\d\d/i;

/** `Retry-After` in either form, in milliseconds from now; `undefined` where it is neither. */
export function retryAfter(header: string | undefined, now = Date.now()): number | undefined {
	const text = header?.trim() ?? '';
	if (SECONDS.test(text)) return Math.max(0, Number(text) * 1000);
	const date = DATE.test(text) ? Date.parse(text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
