// The credential of a GOWA server: the only place that knows its address, its user and password and where
// they go.
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

/** `user:password`, as the server's own settings have it, pasted into Password or in two. */
function basic(username: string, password: string): string {
	// Not from Username: that is shown.
	const given = username === '' ? password : '';
	const pair = given.includes(':') ? given : `${username}:${password}`;
	return `Basic ${Buffer.from(pair, 'utf8').toString('base64')}`;
}

export class GowaServerApi implements ICredentialType {
	name = 'gowaServerApi';

	displayName = 'Gowa Server API';

	icon: Icon = { light: 'file:gowaServerApi.svg', dark: 'file:gowaServerApi.dark.svg' };

	documentationUrl =
		'https://github.com/aldinokemal/go-whatsapp-web-multidevice/blob/main/docs/openapi.yaml';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://gowa.example.com',
			description:
				'The address of your GOWA server, with its base path where it has one (APP_BASE_PATH)',
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			placeholder: 'e.g. admin',
			description:
				'One of the users in APP_BASIC_AUTH on the server: what stands before the colon. Leave it empty where the server has none.',
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. w7Rk…',
			description: 'The password of that user: what stands behind the colon in APP_BASIC_AUTH',
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
				/\/(send|app|devices?|user|chats?|group|message|newsletter|health|statics|mcp|ws)(\/|$)/,
			);
		const [username, password] = [
			pastedText(credentials.username),
			pastedText(credentials.password),
		];
		const isOpen = username === '' && password === '';
		return {
			...located(request, credentials, prefix),
			headers: {
				...request.headers,
				...(!isOpen && { Authorization: basic(username, password) }),
			},
		};
	}

	preAuthentication = askFirst(this);

	// What the list holds is not looked at: n8n fails on an empty one where a rule asks for something in it.
	test: ICredentialTestRequest = {
		request: {
			url: '/devices',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'GOWA did not accept username and password. They are one of the pairs in APP_BASIC_AUTH (or --basic-auth) on the server.',
			),
			onStatus(
				404,
				'Nothing of GOWA answers at this address, or the server is older than version 8. Base URL is the address of the server, with its base path where it has one.',
			),
			onBody(
				'code',
				undefined,
				'The address answered, but not as GOWA does. Put the address of your GOWA server into Base URL.',
			),
		),
	};
}
