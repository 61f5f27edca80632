// The credential of a WAHA server: the only place that knows its address, its key and where it goes. Its
// type is not called wahaApi: another package has that name.
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

export class WahaServerApi implements ICredentialType {
	name = 'wahaServerApi';

	displayName = 'WAHA Server API';

	icon: Icon = { light: 'file:wahaServerApi.svg', dark: 'file:wahaServerApi.dark.svg' };

	documentationUrl = 'https://waha.devlike.pro/docs/how-to/security/';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://waha.example.com',
			description:
				'The address of your WAHA server. The address of its dashboard works too; next to n8n in Docker it is often http://waha:3000.',
		},
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. 8f14e4…',
			description:
				'The key of the server (WAHA_API_KEY). Leave it empty where the server has none.',
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () =>
			pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/(api|dashboard|ping|health)(\/|$)/);
		const key = pastedText(credentials.apiKey);
		return {
			...located(request, credentials, prefix),
			headers: { ...request.headers, ...(key !== '' && { 'X-Api-Key': key }) },
		};
	}

	preAuthentication = askFirst(this);

	// What the list holds is not looked at: n8n fails on an empty one where a rule asks for something in it.
	test: ICredentialTestRequest = {
		request: {
			url: '/api/sessions',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'WAHA did not accept the API key. Copy the value of WAHA_API_KEY from where the server is started: not its hash (sha512:…), and not the password of the dashboard.',
			),
			onStatus(
				404,
				'Nothing of WAHA answers at this address. Base URL is the address of the server itself, such as https://waha.example.com, without /dashboard.',
			),
		),
	};
}
