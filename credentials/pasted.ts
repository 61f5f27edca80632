// What people paste into credential fields, made usable. Shared by all credential types; knows no vendor.
import type {
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IDataObject,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

/** Zero-width spaces, byte-order marks, soft hyphens and other characters that are not seen. */
const INVISIBLE = /[\p{Cf}\p{Cs}\u034f\ufe00-\ufe0f]/gu;

/** Where a long value was broken on its way: a key has no lines. */
const LINE_BREAKS = /\s*[\p{Cc}\p{Zl}\p{Zp}]+\s*/gu;

const TYPOGRAPHIC_QUOTES = /^[“”„‟«»‘’‚‛‹›]+|[“”„‟«»‘’‚‛‹›]+$/g;
const PAIRED_QUOTES = /^(["'`])(.*)\1$/s;
const BEARER = /^(authorization\s*:\s*)?bearer\s*:?\s+/i;

/**
 * A credential field (a key, an id, an address) as it is used: without what comes along when it is
 * copied, which is invisible characters, spaces and quotes around it, line breaks in it, and a `Bearer `
 * in front. What it gives it leaves as it is.
 */
export function pastedText(value: unknown): string {
	if (typeof value !== 'string' && typeof value !== 'number') return '';
	const visible = String(value)
		.replace(INVISIBLE, '')
		.replace(/\p{Zs}/gu, ' ');
	return unwrapped(unwrapped(visible).replace(LINE_BREAKS, ''));
}

/** What no header can hold: n8n's HTTP client leaves it out of what it sends. */
const IN_NO_HEADER = /[^\t\u0020-\u007e\u0080-\u00ff]/gu;

/** A value as it arrives in a header: a key with `…` or a picture pasted along works without them. */
export function asInHeader(text: string): string {
	return text.replace(IN_NO_HEADER, '').trim();
}

function unwrapped(text: string): string {
	const inner = text
		.trim()
		.replace(TYPOGRAPHIC_QUOTES, '')
		.replace(PAIRED_QUOTES, '$2')
		.replace(BEARER, '');
	return inner === text ? text : unwrapped(inner);
}

/**
 * The address a vendor's paths are added to: scheme and host, and a path prefix where there is one;
 * no trailing slash. `cutAt` is where a pasted address goes on into what the node adds itself, such
 * as `/instances/` of a whole panel URL.
 * @throws UserError when it is no http or https address; the value is not repeated, it may hold a token
 */
export function pastedBaseUrl(value: unknown, field: string, cutAt: RegExp): string {
	const text = pastedText(value);
	const known = `${cutAt.source} ${text}`;
	const base = bases.get(known) ?? readBaseUrl(text, field, cutAt);
	// A list asks for the same few addresses once for each of its messages.
	if (bases.size > 100) bases.clear();
	bases.set(known, base);
	return base;
}

const bases = new Map<string, string>();

function readBaseUrl(text: string, field: string, cutAt: RegExp): string {
	const url = pastedAddress(text);
	if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
		throw new UserError(`The field '${field}' of the credential is not a web address`, {
			level: 'warning',
			description: `Copy the address from the provider's panel: it begins with https://`,
		});
	}
	const path = url.pathname.replace(/\/{2,}/g, '/');
	const cut = path.search(cutAt);
	return url.origin + (cut === -1 ? path : path.slice(0, cut)).replace(/\/+$/, '');
}

/** A pasted address, also one without `https://`; `undefined` where it is none. */
export function pastedAddress(value: unknown): URL | undefined {
	const text = pastedText(value);
	try {
		return new URL(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
	} catch {
		return undefined;
	}
}

/** A value as one part of a URL's path. */
export function pathPart(value: unknown): string {
	return encodeURIComponent(pastedText(value));
}

/**
 * The request with its path put behind `prefix` and followed by `suffix`. An absolute address stays as
 * it is: the HTTP Request node brings its own.
 */
export function located(
	request: IHttpRequestOptions,
	credentials: ICredentialDataDecryptedObject,
	prefix: () => string,
	suffix = '',
): IHttpRequestOptions {
	const { baseURL, url, ...rest } = request;
	const isAbsolute = /^https?:\/\//i.test(url);
	const [, path = '', query = ''] = /^([^?]*)(.*)$/s.exec(url) ?? [];
	return {
		...rest,
		...(isAbsolute ? { url } : { url: prefix() + path + suffix + query }),
		...(isAbsolute && baseURL !== undefined && { baseURL }),
		...(credentials.allowUnauthorizedCerts === true && { skipSslCertificateValidation: true }),
	};
}

/** The request with a secret in its query; where there is none it stays as it is. */
export function withQuery(
	request: IHttpRequestOptions,
	name: string,
	secret: string,
): IHttpRequestOptions {
	const { url } = request;
	if (secret === '') return request;
	const query = new URLSearchParams({ [name]: secret }).toString();
	return { ...request, url: `${url}${url.includes('?') ? '&' : '?'}${query}` };
}

/**
 * The request with a secret in its JSON or form body, which the node hands over as an object, and only
 * an empty JSON one as text. A body of another kind stays as it is; a GET has none: see {@link withQuery}.
 */
export function withBodyField(
	request: IHttpRequestOptions,
	name: string,
	secret: string,
): IHttpRequestOptions {
	const { body } = request;
	if (secret === '') return request;
	if (body === undefined || body === '{}') return { ...request, body: { [name]: secret } };
	return areFields(body) ? { ...request, body: { ...body, [name]: secret } } : request;
}

/** Whether a body is an object of fields, and no list, bytes or multipart form. */
function areFields(body: unknown): body is IDataObject {
	return (
		typeof body === 'object' && body !== null && !(Symbol.iterator in body) && !('pipe' in body)
	);
}

/** The field for vendors reached through a self-hosted server or a proxy with its own certificate. */
export const ignoreSslIssues: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description: 'Whether to connect even if SSL certificate validation is not possible',
};

/** What a credential test concludes from a status, and from a value in the body of a 200. */
type TestRule = IAuthenticateRuleResponseCode | IAuthenticateRuleResponseSuccessBody;

/**
 * The rules of a credential test. n8n goes through one list and takes each rule for what its `type`
 * says (`credentials-tester.service`); only its type wants all of one kind.
 */
export function testRules(...rules: TestRule[]): NonNullable<ICredentialTestRequest['rules']> {
	return rules as NonNullable<ICredentialTestRequest['rules']>;
}

/** What the test says when the vendor answers with this status. */
export function onStatus(value: number, message: string): TestRule {
	return { type: 'responseCode', properties: { value, message } };
}

/** What the test says when a 200 has this value (`undefined`: nothing) under `key`. */
export function onBody(
	key: string,
	value: string | number | boolean | undefined,
	message: string,
): TestRule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}
