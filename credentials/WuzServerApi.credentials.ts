// The credential of a WuzAPI server: the only place that knows its address, the user's token and where it
// goes.
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

const NOT_LINKED =
	'The credential is right, but no phone is linked to this user: open /login on the server with the token and scan the QR code before you send.';

const NOT_CONNECTED =
	'The credential is right, but the user’s session is not connected to WhatsApp: open /login on the server with the token and connect it before you send.';

export class WuzServerApi implements ICredentialType {
	name = 'wuzServerApi';

	displayName = 'Wuz Server API';

	icon: Icon = { light: 'file:wuzServerApi.svg', dark: 'file:wuzServerApi.dark.svg' };

	documentationUrl = 'https://github.com/asternic/wuzapi/blob/main/API.md#gets-status';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://wuzapi.example.com',
			description:
				'The address of your WuzAPI server. A whole address copied from its pages works too.',
		},
		{
			displayName: 'User Token',
			name: 'userToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. K7fQ2…',
			description:
				'The token of the WuzAPI user that sends, as it was set when the user was added. It is not the admin token.',
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
				/\/(login|dashboard|api|admin|session|chat|user|group|newsletter|webhook)(\/|$)/,
			);
		return {
			...located(request, credentials, prefix),
			headers: { ...request.headers, token: pastedText(credentials.userToken) },
		};
	}

	preAuthentication = askFirst(this);

	// Builds since mid-2025 begin the names in the answer with small letters.
	test: ICredentialTestRequest = {
		request: {
			url: '/session/status',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'WuzAPI did not accept the user token. Use the token of a user as it was set when the user was added, not the admin token.',
			),
			onStatus(
				404,
				'WuzAPI does not answer at this address. Base URL is the address of the server itself, such as https://wuzapi.example.com.',
			),
			onStatus(
				500,
				'The token is right, but this user has no session with WhatsApp: open /login on the server with the token and connect it before you send.',
			),
			onBody('data.LoggedIn', false, NOT_LINKED),
			onBody('data.loggedIn', false, NOT_LINKED),
			onBody('data.Connected', false, NOT_CONNECTED),
			onBody('data.connected', false, NOT_CONNECTED),
			onBody(
				'success',
				undefined,
				'The address answered, but not as WuzAPI does. Put the address of your WuzAPI server into Base URL.',
			),
		),
	};
}
