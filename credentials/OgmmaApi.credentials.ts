// The credential of OGMMA: the only place that knows its host, its secret and where it goes.
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

export class OgmmaApi implements ICredentialType {
	name = 'ogmmaApi';

	displayName = 'OGMMA API';

	icon: Icon = { light: 'file:ogmmaApi.svg', dark: 'file:ogmmaApi.dark.svg' };

	documentationUrl = 'https://developer.ogmma.com.br/api-keys/introduction';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. oapi_sk_live_…',
			description:
				'An administrator creates it among the API keys of OGMMA, which show it only once; it begins with oapi_sk_. It needs the permission messages.send, channels.read for this test and the list of channels, and contacts.read for the list of recipients.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://oapi.ogmma.com.br',
			description: 'Where OGMMA answers',
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () => pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/v1(\/|$)/);
		return {
			...located(request, credentials, prefix),
			headers: { ...request.headers, Authorization: `Bearer ${pastedText(credentials.apiKey)}` },
		};
	}

	preAuthentication = askFirst(this);

	test: ICredentialTestRequest = {
		request: {
			url: '/v1/channels',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'OGMMA did not accept the API key. Copy it again from the OGMMA panel; it is shown only once, so you may have to create a new one.',
			),
			onStatus(
				403,
				'OGMMA knows the API key, but it lacks the permission channels.read. It can send if it has messages.send; the list of channels stays empty.',
			),
		),
	};
}
