// What people paste into credential fields, made usable. Shared by all credential types; knows no vendor.
import type {
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

/** A credential field as text, without the spaces that come along when it is copied. */
export function pastedText(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}

/** A key or token: also without a pasted `Bearer ` in front and without quotes around it. */
export function pastedSecret(value: unknown): string {
	return pastedText(value)
		.replace(/^(["'])(.*)\1$/, '$2')
		.replace(/^bearer\s+/i, '')
		.trim();
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
	const url = parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`);
	if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
		throw new UserError(`The field '${field}' of the credential is not a web address`, {
			level: 'warning',
			description: `Copy the address from the vendor's panel: it begins with https://`,
		});
	}
	const path = url.pathname.replace(/\/{2,}/g, '/');
	const cut = path.search(cutAt);
	return url.origin + (cut === -1 ? path : path.slice(0, cut)).replace(/\/+$/, '');
}

function parse(address: string): URL | undefined {
	try {
		return new URL(address);
	} catch {
		return undefined;
	}
}

/** A value as one part of a URL's path. */
export function pathPart(value: unknown): string {
	return encodeURIComponent(pastedSecret(value));
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
	value: string | boolean | undefined,
	message: string,
): TestRule {
	return { type: 'responseSuccessBody', properties: { key, value, message } };
}
