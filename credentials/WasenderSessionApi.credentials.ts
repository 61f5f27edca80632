// The credential of a WasenderAPI session: the only place that knows its host, its key and where it goes.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { located, onBody, onStatus, pastedBaseUrl, pastedText, testRules } from './pasted';
import { askFirst, connection } from './reach';

const SCAN =
	'The API key is right, but the session is not connected to WhatsApp: open it in the WasenderAPI dashboard and scan the QR code with the phone before you send.';

export class WasenderSessionApi implements ICredentialType {
	name = 'wasenderSessionApi';

	displayName = 'Wasender Session API';

	icon: Icon = { light: 'file:wasenderSessionApi.svg', dark: 'file:wasenderSessionApi.dark.svg' };

	documentationUrl =
		'https://www.wasenderapi.com/api-docs/authentication/how-to-authenticate-api-requests-using-bearer-tokens';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 9b1f0c…',
			description:
				'The API key of the session that sends, from its page in the WasenderAPI dashboard. It is not the Personal Access Token.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://www.wasenderapi.com',
			description: 'Where WasenderAPI answers. Change it only for a proxy of your own.',
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () =>
			pastedBaseUrl(
				credentials.baseUrl,
				'Base URL',
				/\/(api|api-docs|mcp|dashboard|whatsapp|sessions|settings|login|help)(\/|$)/,
			);
		return {
			...located(request, credentials, prefix),
			headers: { ...request.headers, Authorization: `Bearer ${pastedText(credentials.apiKey)}` },
		};
	}

	preAuthentication = askFirst(this);

	// https://www.wasenderapi.com/api-docs/sessions/get-whatsapp-session-status
	test: ICredentialTestRequest = {
		request: {
			url: '/api/status',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'WasenderAPI did not accept the API key. Copy the API Key of the session from the WasenderAPI dashboard, not the Personal Access Token.',
			),
			onStatus(
				403,
				'WasenderAPI does not let this session be used: look in its dashboard whether the subscription or trial is active.',
			),
			onStatus(
				404,
				'Nothing of WasenderAPI answers at this address. Base URL is https://www.wasenderapi.com, without anything behind it.',
			),
			onBody('status', 'need_scan', SCAN),
			onBody('status', 'disconnected', SCAN),
			onBody('status', 'logged_out', SCAN),
			onBody(
				'status',
				'expired',
				'The API key is right, but the session has expired: open it in the WasenderAPI dashboard, restart it and scan the QR code before you send.',
			),
			onBody(
				'status',
				'connecting',
				'The API key is right, and the session is just connecting to WhatsApp: test again in a minute.',
			),
			onBody(
				'status',
				undefined,
				'The address answered, but not as WasenderAPI does. Base URL is https://www.wasenderapi.com.',
			),
		),
	};
}
