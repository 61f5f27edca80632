// The credential of Z-API: its host and its secrets. Where they go is the same as for its white labels.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { askFirst, connection } from './reach';
import { signedForInstance, statusRules } from './zapiInstance';

export class ZApi implements ICredentialType {
	name = 'zApi';

	// Not the vendor's spelling: n8n wants credential names to end in " API".
	displayName = 'Z API';

	icon: Icon = { light: 'file:zApi.svg', dark: 'file:zApi.dark.svg' };

	documentationUrl = 'https://developer.z-api.io/security/client-token';

	properties: INodeProperties[] = [
		{
			displayName: 'Instance ID',
			name: 'instanceId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 3C0A7F…',
			description: 'In the Z-API panel open Instances and edit the instance: the ID is on its page',
		},
		{
			displayName: 'Instance Token',
			name: 'instanceToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 9D41B2…',
			description: 'On the same page, next to the ID of the instance',
		},
		{
			displayName: 'Client Token',
			name: 'clientToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. F8b2c0…',
			description:
				'In the Z-API panel open Security (Segurança), then Account Security Token (Token de Segurança da Conta). Most accounts need it: leave it empty only where none is activated. It is not the instance token.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.z-api.io',
			description: 'Where Z-API answers. A whole address copied from the panel works too.',
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return signedForInstance(credentials, request);
	}

	preAuthentication = askFirst(this);

	test: ICredentialTestRequest = {
		request: {
			url: '/status',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: statusRules('Z-API'),
	};
}
