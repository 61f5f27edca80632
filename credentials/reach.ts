// Asks before a credential is tested whether anybody answers at its address. n8n's own test shows no more than
// a code such as ENOTFOUND where nobody does, and waits five minutes for a host that is silent. Knows no vendor.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { NoAnswer } from '../nodes/SendContact/delivery/judge';
import { noAnswerFrom } from '../nodes/SendContact/execute/noAnswer';
import { ignoreSslIssues, pastedAddress } from './pasted';

/** How long the host may take to say anything at all. */
const PATIENCE_MS = 20_000;

/** For how long a host that answered is not asked again: the HTTP Request node asks before each request. */
const REMEMBERED_MS = 60_000;

/** When hosts last answered. */
const answered = new Map<string, number>();

const asked = 'asked';

/**
 * The last fields of every credential. n8n calls `preAuthentication` only where there is a hidden one that can
 * expire, and as long as that one is empty (`credentials-helper`): its own sign of a test does not hold in a real
 * n8n, where the node of a test is called `noOp`. So the HTTP Request node asks as well.
 */
export const connection: INodeProperties[] = [
	{
		displayName: 'Asked',
		name: asked,
		type: 'hidden',
		typeOptions: { expirable: true },
		default: '',
	},
	ignoreSslIssues,
];

/** The values under which n8n does not ask first: the node says itself why nobody answered. */
export const askNobody: ICredentialDataDecryptedObject = { [asked]: 'no' };

/** What is said where nobody answers; `%s` is the host. */
const SAYINGS: Record<NoAnswer, string> = {
	unresolved:
		'There is no host named %s. Check the spelling of the address, and whether your n8n can reach the internet.',
	refused:
		'Nothing answers at %s. Check the address and its port, and that the server is running. From inside Docker, localhost is the container itself.',
	unreachable:
		'There is no way to %s. Check the address, and the network, firewall and proxy between your n8n and it.',
	untrusted:
		'There is no safe connection to %s. Check whether the address begins with http:// or https://. For a server of your own with its own certificate, turn on Ignore SSL Issues.',
	blocked:
		'This n8n does not allow requests to %s. Whoever runs the n8n can allow the host with N8N_SSRF_ALLOWED_HOSTNAMES.',
	timeout:
		'%s did not answer in time. Check the address and its port, and whether a firewall is in between.',
	broken:
		'%s ended the connection without an answer. Check whether the address begins with http:// or https://, and its port.',
	cancelled: '%s was not waited for. Test again.',
};

/** What n8n throws where the credential itself does not allow the host (`credential-domain-restrictions`). */
const NOT_ALLOWED = /domain not allowed|no allowed domains/i;
const OFF_LIST =
	'This credential does not allow requests to %s. Under Allowed HTTP Request Domains, add the host without its port, or choose All.';

/** What of a credential type is needed to find its address. */
interface Signing {
	authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions>;
	test: ICredentialTestRequest;
}

/**
 * The `preAuthentication` of a credential type: asks the root of its host, without any secret.
 * @throws UserError that says in plain words why nobody answers there, or that the address wants https://
 */
export function askFirst(type: Signing) {
	return async function (
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<Record<string, never>> {
		const { url, skipSslCertificateValidation } = await type.authenticate(credentials, {
			url: type.test.request.url ?? '/',
			headers: {},
		});
		const { origin, host, protocol } = new URL(url);
		const known = `${origin} ${String(skipSslCertificateValidation)}`;
		if (Date.now() - (answered.get(known) ?? 0) < REMEMBERED_MS) return {};
		const answer: unknown = await this.helpers
			.httpRequest({
				url: `${origin}/`,
				// No body comes back: one of a host that is no vendor's may never end.
				method: 'HEAD',
				...(skipSslCertificateValidation && { skipSslCertificateValidation }),
				timeout: PATIENCE_MS,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
			})
			.catch((error: unknown) => {
				throw said(NOT_ALLOWED.test(String(error)) ? OFF_LIST : SAYINGS[noAnswerFrom(error)], host);
			});
		if (protocol === 'http:' && isSentTo(answer, `https://${host}`)) {
			throw said('%s answers over https:// only. Write https:// in front of the address.', host);
		}
		if (answered.size > 100) answered.clear();
		answered.set(known, Date.now());
		return {};
	};
}

const said = (text: string, host: string) =>
	new UserError(text.replace('%s', host), { level: 'warning' });

/** Whether an answer is a redirect to that origin. */
function isSentTo(answer: unknown, origin: string): boolean {
	if (typeof answer !== 'object' || answer === null || !('headers' in answer)) return false;
	const { headers } = answer;
	if (typeof headers !== 'object' || headers === null || !('location' in headers)) return false;
	const address = pastedAddress(headers.location);
	return address?.origin === origin;
}
