// The credential of Badger: Basic, of a name that is no secret and a password that is one.
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
} from '../../../credentials/pasted';

export class BadgerApi implements ICredentialType {
	name = 'badgerApi';

	displayName = 'Badger API';

	documentationUrl = 'https://badger.example/docs/login';

	properties: INodeProperties[] = [
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: '', required: true },
		{ displayName: 'User', name: 'username', type: 'string', default: '', required: true },
		{
			displayName: 'Password',
			name: 'password',
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
		const prefix = () => pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/sett(\/|$)/);
		const pair = `${pastedText(credentials.username)}:${pastedText(credentials.password)}`;
		return {
			...located(request, credentials, prefix),
			headers: {
				...request.headers,
				Authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
			},
		};
	}

	test: ICredentialTestRequest = {
		request: {
			url: '/sett/devices',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(401, 'Badger did not accept the user and the password.'),
			onBody('devices', undefined, 'The address answered, but not as Badger does.'),
		),
	};
}
