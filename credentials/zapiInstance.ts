// What the credentials of Z-API and its white labels have in common: where the instance and the tokens go in
// a request, and what the answer to the status request means.
import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import {
	located,
	onBody,
	onStatus,
	pastedBaseUrl,
	pastedText,
	pathPart,
	testRules,
} from './pasted';

/** The request to the instance, with both tokens in it. A whole address as Base URL is understood. */
export function signedForInstance(
	credentials: ICredentialDataDecryptedObject,
	request: IHttpRequestOptions,
): IHttpRequestOptions {
	const clientToken = pastedText(credentials.clientToken);
	const { instanceId, instanceToken } = credentials;
	const prefix = () =>
		`${pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/instances(\/|$)/)}/instances/${pathPart(instanceId)}/token/${pathPart(instanceToken)}`;
	return {
		...located(request, credentials, prefix),
		// An empty header is another request than none: it is refused where no token is set up.
		headers: { ...request.headers, ...(clientToken !== '' && { 'Client-Token': clientToken }) },
	};
}

/** What the answer to `/status` says of the credential. */
export function statusRules(vendor: string): ReturnType<typeof testRules> {
	return testRules(
		onStatus(
			400,
			`${vendor} refused the credential. If the account has a Client Token, it must be in the credential: Security in the ${vendor} panel shows it as Account Security Token. An instance whose trial or subscription is over is refused, too.`,
		),
		onStatus(
			403,
			`${vendor} did not accept the Client Token, or not the address n8n calls from. Security in the ${vendor} panel shows both.`,
		),
		onStatus(
			404,
			`${vendor} does not know this instance. Copy Instance ID and Instance Token from the instance page of the panel.`,
		),
		// A phone that is not connected proves that the credential is right: messages are queued.
		onBody(
			'connected',
			false,
			`The credential is right and can be used, but the WhatsApp phone of the instance is not connected: messages wait in the queue. Read the QR code in the ${vendor} panel.`,
		),
		onBody(
			'connected',
			undefined,
			`${vendor} did not say whether the instance is connected. Check Base URL, Instance ID, Instance Token and, if the account uses one, Client Token.`,
		),
	);
}
