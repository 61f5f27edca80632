// The credential of PlugzAPI: the only place that knows its host, its secrets and where they go.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
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
} from './pasted';

export class PlugzApi implements ICredentialType {
	name = 'plugzApi';

	// Not the vendor's spelling: n8n wants credential names to end in " API".
	displayName = 'Plugz API';

	icon: Icon = { light: 'file:plugzApi.svg', dark: 'file:plugzApi.dark.svg' };

	documentationUrl =
		'https://atendimento.tecnospeed.com.br/hc/pt-br/articles/9560422082839-Status-da-Inst%C3%A2ncia';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.plugzapi.com.br',
			description: 'Where PlugzAPI answers. A whole address copied from the panel works too.',
		},
		{
			displayName: 'Instance ID',
			name: 'instanceId',
			type: 'string',
			default: '',
			required: true,
			description: 'Shown on the instance page of the PlugzAPI panel',
		},
		{
			displayName: 'Instance Token',
			name: 'instanceToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Shown next to the instance ID',
		},
		{
			displayName: 'Client Token',
			name: 'clientToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'The Account Security Token from Security in the panel. Leave it empty where the account has none.',
		},
		ignoreSslIssues,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const clientToken = pastedText(credentials.clientToken);
		const { instanceId, instanceToken } = credentials;
		const prefix = () =>
			`${pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/instances(\/|$)/)}/instances/${pathPart(instanceId)}/token/${pathPart(instanceToken)}`;
		return {
			...located(request, credentials, prefix),
			// An empty header is another request than none: it is refused where no token is set up.
			headers: { ...request.headers, ...(clientToken !== '' && { 'Client-Token': clientToken }) },
		};
	}

	test: ICredentialTestRequest = {
		request: {
			url: '/status',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				400,
				'PlugzAPI refused the credential. If the account has a Client Token, it must be in the credential: Security in the PlugzAPI panel shows it as Account Security Token.',
			),
			onStatus(
				403,
				'PlugzAPI did not accept the Client Token, or not the address n8n calls from. Security in the PlugzAPI panel shows both.',
			),
			onStatus(
				404,
				'PlugzAPI does not know this instance. Copy Instance ID and Instance Token from the instance page of the panel.',
			),
			// A phone that is not connected proves that the credential is right: messages are queued.
			onBody(
				'connected',
				false,
				'The credential is right and can be used, but the WhatsApp phone of the instance is not connected: messages wait in the queue. Read the QR code in the PlugzAPI panel.',
			),
			onBody(
				'connected',
				undefined,
				'PlugzAPI did not say whether the instance is connected. Check Base URL, Instance ID, Instance Token and, if the account uses one, Client Token.',
			),
		),
	};
}
