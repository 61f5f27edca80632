// The credential of Cardinal: one API on several hosts, each with a header of its own.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import {
	ignoreSslIssues,
	located,
	onStatus,
	pastedBaseUrl,
	pastedText,
	testRules,
} from '../../../credentials/pasted';

export class CardinalApi implements ICredentialType {
	name = 'cardinalApi';

	displayName = 'Cardinal API';

	documentationUrl = 'https://cardinal.example/docs/token';

	properties: INodeProperties[] = [
		{
			displayName: 'Host',
			name: 'host',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom' },
				{ name: 'Main', value: 'main' },
				{ name: 'Mirror', value: 'mirror' },
			],
			default: 'main',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			displayOptions: { show: { host: ['custom'] } },
		},
		{ displayName: 'API Version', name: 'apiVersion', type: 'string', default: 'v3.0' },
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		ignoreSslIssues,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const token = pastedText(credentials.accessToken);
		const host = pastedText(credentials.host);
		const bases: Record<string, () => string> = {
			custom: () => pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/v\d/),
			mirror: () => 'https://mirror.example/cardinal',
		};
		const base = bases[host] ?? (() => 'https://cardinal.example');
		const prefix = () => `${base()}/${pastedText(credentials.apiVersion) || 'v3.0'}`;
		return {
			...located(request, credentials, prefix),
			headers: {
				...request.headers,
				...(host === 'mirror' ? { 'X-Mirror-Key': token } : { Authorization: `Bearer ${token}` }),
			},
		};
	}

	test: ICredentialTestRequest = {
		request: {
			url: '/numbers',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(401, 'Cardinal did not accept the access token.'),
			onStatus(404, 'Cardinal does not know this API version.'),
		),
	};
}
