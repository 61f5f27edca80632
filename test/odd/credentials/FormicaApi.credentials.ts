// The credential of Formica: a token in the body, and in the query where there is no body.
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
	pathPart,
	testRules,
	withBodyField,
	withQuery,
} from '../../../credentials/pasted';

export class FormicaApi implements ICredentialType {
	name = 'formicaApi';

	displayName = 'Formica API';

	documentationUrl = 'https://formica.example/docs/token';

	properties: INodeProperties[] = [
		{ displayName: 'Nest ID', name: 'nestId', type: 'string', default: '', required: true },
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://formica.example',
		},
		ignoreSslIssues,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () =>
			`${pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/nest/)}/nest${pathPart(credentials.nestId)}`;
		const there = located(request, credentials, prefix);
		const token = pastedText(credentials.token);
		return there.method === 'POST'
			? withBodyField(there, 'token', token)
			: withQuery(there, 'token', token);
	}

	test: ICredentialTestRequest = {
		request: {
			url: '/status',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(404, 'Formica does not know this nest. Copy Nest ID from the panel.'),
			onBody('error', 'Wrong token', 'Formica did not accept the token. Copy it again.'),
			onBody('status', 'asleep', 'The token is right, but the nest sleeps: wake it in the panel.'),
		),
	};
}
