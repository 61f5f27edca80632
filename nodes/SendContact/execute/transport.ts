// The one place with I/O: a request goes out through n8n's own helper, so that proxies, SSRF protection
// and cancellation are the instance's. What comes back is an answer, or why there is none.
import type { IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { NoAnswer } from '../delivery/judge';
import { Timeouts } from '../delivery/Timeouts';
import { isObject, parseJson } from '../providers/answers';
import type { Answer, VendorRequest } from '../providers/Provider';
import type { Account } from './Account';
import { clock } from './clock';
import { noAnswerFrom } from './noAnswer';
import { unsigned } from './unsigned';

/** Answers to a card are a few hundred bytes. More is not read: it could be any amount. */
const MOST_BYTES = 1_000_000;

/**
 * So much of a larger answer is kept, for its words. It is far more than is shown: where that ends, a secret must
 * still be seen whole to be hidden.
 */
const KEPT_BYTES = 500_000;

const utf8 = new TextDecoder();

/** n8n's helper gives a stream of bytes. */
function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}

/** Reads the body, to its end or until it is too large: then `end` ends the connection. */
async function answerFrom(response: unknown, mostBytes: number, end: () => void): Promise<Answer> {
	const { statusCode, headers, body } = isObject(response) ? response : {};
	const chunks: Uint8Array[] = [];
	let size = 0;
	if (isStream(body)) {
		for await (const chunk of body) {
			chunks.push(chunk);
			size += chunk.length;
			if (size <= mostBytes) continue;
			// Before the loop is left: whoever leaves it can no longer be heard by a vendor that is silent now.
			end();
			break;
		}
	}
	const bytes = Buffer.concat(chunks);
	const isWhole = size <= mostBytes;
	const text = utf8.decode(isWhole ? bytes : bytes.subarray(0, KEPT_BYTES));
	return {
		statusCode: Number(statusCode),
		headers: lowerCased(isObject(headers) ? headers : {}),
		text,
		json: isWhole ? parseJson(text) : undefined,
	};
}

function lowerCased(headers: object): Record<string, string> {
	const lower: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) lower[name.toLowerCase()] = String(value);
	return lower;
}

const timeouts = new Timeouts(clock);

/** Why a request is ended. As a constant, since every abort without one makes an error with a stack. */
const NOT_WAITED_FOR = new Error('Not waited for any longer');

/**
 * Makes one request with the account's credential. Redirects are not followed; any HTTP status is an
 * answer. When the time is up, the execution is cancelled or the answer has more than `mostBytes`, the
 * connection is ended. Never throws.
 */
export async function request(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ provider, credential }: Account,
	vendorRequest: VendorRequest,
	timeoutMs: number,
	mostBytes = MOST_BYTES,
): Promise<Answer | NoAnswer> {
	const ending = new AbortController();
	const end = () => ending.abort(NOT_WAITED_FOR);
	const cancelled =
		'getExecutionCancelSignal' in context ? context.getExecutionCancelSignal() : undefined;
	if (cancelled?.aborted === true) end();
	cancelled?.addEventListener('abort', end);
	return await new Promise((resolve) => {
		// The helper's own timeout ends with the first byte of an answer; this one does not.
		const done = timeouts.add(timeoutMs, () => {
			resolve('timeout');
			end();
		});
		void context.helpers.httpRequestWithAuthentication
			.call(
				endedBy(ending.signal, context),
				provider.credential.name,
				{
					...unsigned(vendorRequest),
					// As a stream: whatever else n8n gives, it has read to the end.
					encoding: 'stream',
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
					disableFollowRedirect: true,
					timeout: timeoutMs,
				},
				{ credentialsDecrypted: credential },
			)
			.then(async (response) => await answerFrom(response, mostBytes, end))
			.catch(noAnswerFrom)
			.then(resolve)
			.finally(() => {
				done();
				cancelled?.removeEventListener('abort', end);
			});
	});
}

/**
 * The same context with another cancel signal. n8n's helper ends a request by the signal of the context
 * it is called on, and by no other.
 */
function endedBy<Context extends object>(signal: AbortSignal, context: Context): Context {
	return Object.create(context, { getExecutionCancelSignal: { value: () => signal } }) as Context;
}
