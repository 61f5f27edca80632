// The credential of Echo: a secret in the query.
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
	onBody,
	onStatus,
	pastedBaseUrl,
	pastedText,
	testRules,
	withQuery,
} from '../../../credentials/pasted';

export class EchoApi implements ICredentialType {
	name = 'echoApi';

	displayName = 'Echo API';

	documentationUrl = 'https://echo.example/docs/token';

	properties: INodeProperties[] = [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '', required: true },
		{
			displayName: 'Cave Token',
			name: 'caveToken',
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
		const prefix = () => pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/cave(\/|$)/);
		return withQuery(
			located(request, credentials, prefix),
			'cave',
			pastedText(credentials.caveToken),
		);
	}

	test: ICredentialTestRequest = {
		request: {
			url: '/cave/status',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(401, 'Echo did not accept the cave token.'),
			onBody('open', false, 'The token is right, but the cave is closed.'),
		),
	};
}
