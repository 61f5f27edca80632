// Why no answer came, read from what n8n's HTTP helper throws. Knows nothing of cards and vendors.
import type { NoAnswer } from '../delivery/judge';
import { isObject } from '../providers/answers';

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
export function noAnswerFrom(error: unknown): NoAnswer {
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
