// The credential of Wanderer: a token in the path.
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
	pathPart,
	testRules,
} from '../../../credentials/pasted';

export class WandererApi implements ICredentialType {
	name = 'wandererApi';

	displayName = 'Wanderer API';

	documentationUrl = 'https://wanderer.example/docs/token';

	properties: INodeProperties[] = [
		{
			displayName: 'Bot Token',
			name: 'botToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://wanderer.example',
		},
		ignoreSslIssues,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () =>
			`${pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/bot/)}/bot${pathPart(credentials.botToken)}`;
		return located(request, credentials, prefix);
	}

	test: ICredentialTestRequest = {
		request: {
			url: '/getMe',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(401, 'Wanderer did not accept the bot token.'),
			onStatus(429, 'Wanderer is asked too often. Test again in a moment.'),
		),
	};
}
