// The credential of uazapi: the only place that knows its address, its token and where it goes.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { located, onBody, onStatus, pastedBaseUrl, pastedText, testRules } from './pasted';
import { askFirst, connection } from './reach';

export class UazApi implements ICredentialType {
	name = 'uazApi';

	// Not the vendor's spelling: n8n wants credential names to end in " API".
	displayName = 'Uaz API';

	icon: Icon = { light: 'file:uazApi.svg', dark: 'file:uazApi.dark.svg' };

	documentationUrl = 'https://docs.uazapi.com/endpoint/get/instance~status';

	properties: INodeProperties[] = [
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://mycompany.uazapi.com',
			description:
				'The address of your Uazapi server, from its panel. A whole address copied from there works too.',
		},
		{
			displayName: 'Instance Token',
			name: 'instanceToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 3f2c1a9e-…',
			description: 'The token of the instance, from the Uazapi panel. It is not the admin token.',
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () =>
			pastedBaseUrl(
				credentials.baseUrl,
				'Base URL',
				/\/(send|instance|chat|group|message|webhook)(\/|$)/,
			);
		return {
			...located(request, credentials, prefix),
			headers: { ...request.headers, token: pastedText(credentials.instanceToken) },
		};
	}

	preAuthentication = askFirst(this);

	test: ICredentialTestRequest = {
		request: {
			url: '/instance/status',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'Uazapi did not accept the instance token. Copy the token of the instance from the Uazapi panel, not the admin token.',
			),
			onStatus(
				404,
				'Uazapi knows no such instance or address. Base URL is the address of your server, such as https://mycompany.uazapi.com.',
			),
			onBody(
				'status.connected',
				false,
				'The credential is right, but the instance is not connected to WhatsApp: connect it in the Uazapi panel before you send.',
			),
			onBody(
				'status.connected',
				undefined,
				'The address answered, but not as Uazapi does. Copy the address of your server from the Uazapi panel into Base URL.',
			),
		),
	};
}
