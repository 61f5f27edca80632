// The credential of a Viber bot: the only place that knows its host, its token and where that goes.
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

const WHERE =
	'In the Viber app open More > Settings > Bots > Edit Info and copy the whole text under Your app key.';

/** The token, whether alone or with the name of its header in front. */
function tokenIn(value: unknown): string {
	return pastedText(pastedText(value).replace(/^X-Viber-Auth-Token\s*:/i, ''));
}

export class ViberBotApi implements ICredentialType {
	name = 'viberBotApi';

	displayName = 'Viber Bot API';

	icon: Icon = { light: 'file:viberBotApi.svg', dark: 'file:viberBotApi.dark.svg' };

	documentationUrl = 'https://developers.viber.com/docs/api/rest-bot-api/#authentication-token';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 50a1c0…-…-…',
			description: `What Viber calls Your app key. ${WHERE}`,
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://chatapi.viber.com',
			description: 'Where Viber answers; only a proxy of your own needs another one',
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () => pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/pa(\/|$)/);
		return {
			...located(request, credentials, prefix),
			headers: { ...request.headers, 'X-Viber-Auth-Token': tokenIn(credentials.token) },
		};
	}

	preAuthentication = askFirst(this);

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			url: '/pa/get_account_info',
			body: '{}',
			headers: { 'Content-Type': 'application/json' },
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onBody('status', 2, `Viber did not accept the token of the bot. ${WHERE}`),
			onBody('status', 7, 'The token is right, but the bot is blocked: ask Viber or your partner.'),
			onBody('status', 8, `The token belongs to no bot. ${WHERE}`),
			onBody(
				'status',
				9,
				'The token is right, but the bot is suspended: ask Viber or your partner.',
			),
			onBody(
				'status',
				12,
				'Viber is getting too many requests of this bot. Test again in a minute.',
			),
			onBody(
				'status',
				undefined,
				'The address answered, but not as Viber does. Leave Base URL at https://chatapi.viber.com.',
			),
			onStatus(
				404,
				'Viber does not know this address. Leave Base URL at https://chatapi.viber.com unless a proxy of your own is in between.',
			),
		),
	};
}
