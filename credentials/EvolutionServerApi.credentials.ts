// The credential of a server of Evolution API: the only place that knows its address, its key and where it
// goes. Its type is not called evolutionApi: another package has that name.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { located, onStatus, pastedBaseUrl, pastedText, testRules } from './pasted';
import { askFirst, connection } from './reach';

export class EvolutionServerApi implements ICredentialType {
	name = 'evolutionServerApi';

	displayName = 'Evolution Server API';

	icon: Icon = {
		light: 'file:evolutionServerApi.svg',
		dark: 'file:evolutionServerApi.dark.svg',
	};

	documentationUrl = 'https://doc.evolution-api.com/v2/api-reference/get-information';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://evolution.example.com',
			description:
				'The address of your Evolution API server. A whole address copied from Evolution Manager works too.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 4F2A91C0…',
			description:
				'The global key of the server (AUTHENTICATION_API_KEY), or the token that Evolution Manager shows for one instance',
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'options',
			options: [
				{ name: 'Version 1', value: 'v1' },
				{ name: 'Version 2', value: 'v2' },
			],
			default: 'v2',
			description: 'The version of the server, which its start page shows',
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
				/\/(manager|message|instance|chat|group|docs|swagger)(\/|$)/,
			);
		return {
			...located(request, credentials, prefix),
			headers: { ...request.headers, apikey: pastedText(credentials.apiKey) },
		};
	}

	preAuthentication = askFirst(this);

	// What the list holds is not looked at: n8n fails on an empty one where a rule asks for something in it.
	test: ICredentialTestRequest = {
		request: {
			url: '/instance/fetchInstances',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'Evolution API did not accept the API key. Use the global key of the server (AUTHENTICATION_API_KEY), or the token that Evolution Manager shows for an instance.',
			),
			onStatus(
				404,
				'Nothing of Evolution API answers at this address. Base URL is the address of the server itself, such as https://evolution.example.com, without /manager.',
			),
		),
	};
}
