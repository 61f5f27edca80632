// The credential of PlugzAPI: its host and its secrets. Where they go is the same as for Z-API.
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

export class PlugzApi implements ICredentialType {
	name = 'plugzApi';

	// Not the vendor's spelling: n8n wants credential names to end in " API".
	displayName = 'Plugz API';

	icon: Icon = { light: 'file:plugzApi.svg', dark: 'file:plugzApi.dark.svg' };

	documentationUrl =
		'https://atendimento.tecnospeed.com.br/hc/pt-br/articles/9560422082839-Status-da-Inst%C3%A2ncia';

	properties: INodeProperties[] = [
		{
			displayName: 'Instance ID',
			name: 'instanceId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 3C0A7F…',
			description: 'In the PlugzAPI panel open the instance: the ID is on its page',
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
				'In the PlugzAPI panel open Security (Segurança), then Account Security Token (Token de Segurança da Conta). Leave it empty only where none is activated. It is not the instance token.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.plugzapi.com.br',
			description: 'Where PlugzAPI answers. A whole address copied from the panel works too.',
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
		rules: statusRules('PlugzAPI'),
	};
}
