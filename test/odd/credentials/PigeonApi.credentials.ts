// The credential of Pigeon Post: a token in a header, and a test whose `{}` must really leave.
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
	pastedBaseUrl,
	pastedText,
	testRules,
} from '../../../credentials/pasted';

export class PigeonApi implements ICredentialType {
	name = 'pigeonApi';

	displayName = 'Pigeon API';

	documentationUrl = 'https://pigeon.example/docs/token';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: 'https://pigeon.example' },
		ignoreSslIssues,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () => pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/pp(\/|$)/);
		return {
			...located(request, credentials, prefix),
			headers: { ...request.headers, 'X-Pigeon-Token': pastedText(credentials.token) },
		};
	}

	test: ICredentialTestRequest = {
		request: {
			method: 'POST',
			url: '/pp/account',
			body: '{}',
			headers: { 'Content-Type': 'application/json' },
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onBody('status', 2, 'Pigeon Post did not accept the token. Copy it again.'),
			onBody('status', 3, 'Pigeon Post could not read the question.'),
			onBody('status', undefined, 'The address answered, but not as Pigeon Post does.'),
		),
	};
}
