// The one place with I/O: a request goes out through n8n's own helper, so that proxies, SSRF protection
// and cancellation are the instance's. What comes back is an answer, or why there is none.
import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import type { NoAnswer } from '../delivery/judge';
import { Timeouts } from '../delivery/Timeouts';
import { isObject } from '../providers/answers';
import type { Answer, VendorRequest } from '../providers/Provider';
import type { Account } from './Account';
import { clock } from './clock';

/** Codes of Node.js and OpenSSL by what they prove. Everything else may have reached the vendor. */
const NO_ANSWER_BY_CODE: Readonly<Record<string, NoAnswer>> = {
	ECONNREFUSED: 'refused',
	ENOTFOUND: 'unresolved',
	EAI_AGAIN: 'unresolved',
	EAI_NODATA: 'unresolved',
	EHOSTUNREACH: 'unreachable',
	ENETUNREACH: 'unreachable',
	EHOSTDOWN: 'unreachable',
	ENETDOWN: 'unreachable',
	CERT_HAS_EXPIRED: 'untrusted',
	CERT_NOT_YET_VALID: 'untrusted',
	CERT_UNTRUSTED: 'untrusted',
	CERT_SIGNATURE_FAILURE: 'untrusted',
	DEPTH_ZERO_SELF_SIGNED_CERT: 'untrusted',
	SELF_SIGNED_CERT_IN_CHAIN: 'untrusted',
	UNABLE_TO_GET_ISSUER_CERT: 'untrusted',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'untrusted',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'untrusted',
	ERR_TLS_CERT_ALTNAME_INVALID: 'untrusted',
	ERR_SSL_WRONG_VERSION_NUMBER: 'untrusted',
	ERR_SSL_PACKET_LENGTH_TOO_LONG: 'untrusted',
	EPROTO: 'untrusted',
	ERR_CANCELED: 'cancelled',
	ECONNABORTED: 'timeout',
	ESOCKETTIMEDOUT: 'timeout',
};

/** The error and what caused it, innermost last. */
function causes(error: unknown): Array<Record<string, unknown>> {
	const chain: Array<Record<string, unknown>> = [];
	for (let at = error; isObject(at) && chain.length < 8; at = at.cause) chain.push(at);
	return chain;
}

/** Why there is no answer, by the error that n8n's helper threw. Its texts are never passed on. */
function noAnswerFrom(error: unknown): NoAnswer {
	const chain = causes(error);
	const said = chain.map(({ name, message }) => `${String(name)} ${String(message)}`).join('\n');
	if (/ssrf|restricted ip address|blocked hostname/i.test(said)) return 'blocked';
	if (/before secure TLS connection was established/i.test(said)) return 'untrusted';
	for (const { code, syscall } of chain) {
		if (code === 'ETIMEDOUT') return syscall === 'connect' ? 'unreachable' : 'timeout';
		const known = typeof code === 'string' ? NO_ANSWER_BY_CODE[code] : undefined;
		if (known !== undefined) return known;
	}
	return /\bcancel+ed\b/i.test(said) ? 'cancelled' : 'broken';
}

function answerFrom(response: unknown): Answer {
	const { statusCode, headers, body } = isObject(response) ? response : {};
	const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
	return {
		statusCode: Number(statusCode),
		headers: lowerCased(isObject(headers) ? headers : {}),
		text,
		json: parsed(text),
	};
}

function lowerCased(headers: object): Record<string, string> {
	const lower: Record<string, string> = {};
	for (const [name, value] of Object.entries(headers)) lower[name.toLowerCase()] = String(value);
	return lower;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const timeouts = new Timeouts(clock);

/**
 * Makes one request with the account's credential. Redirects are not followed; any HTTP status is an
 * answer. Never throws.
 */
export async function request(
	context: IExecuteFunctions | ILoadOptionsFunctions,
	{ provider, credential }: Account,
	{ method, path, body }: VendorRequest,
	timeoutMs: number,
): Promise<Answer | NoAnswer> {
	const options: IHttpRequestOptions = {
		method,
		url: path,
		headers: { Accept: 'application/json' },
		...(body !== undefined && { body }),
		// As text: a parser would change ids above 2^53, and a broken answer must be told from a good one.
		encoding: 'text',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: timeoutMs,
	};
	return await new Promise((resolve) => {
		// The helper's timeout ends with the first byte of an answer; this one does not.
		const done = timeouts.add(timeoutMs, () => resolve('timeout'));
		void context.helpers.httpRequestWithAuthentication
			.call(context, provider.credential.name, options, { credentialsDecrypted: credential })
			.then(answerFrom)
			.catch(noAnswerFrom)
			.then(resolve)
			.finally(done);
	});
}
