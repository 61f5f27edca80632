// The credential of FILL IN: the vendor's name. The only place that knows its host, its secrets and where they go.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { located, onStatus, pastedBaseUrl, pastedText, testRules } from '../../credentials/pasted';
import { askFirst, connection } from '../../credentials/reach';

export class NewVendorApi implements ICredentialType {
	name = 'newVendorApi';

	displayName = 'New Vendor API';

	icon: Icon = { light: 'file:newVendorApi.svg', dark: 'file:newVendorApi.dark.svg' };

	documentationUrl = 'https://vendor.example/FILL-IN-where-the-values-are-found';

	properties: INodeProperties[] = [
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. FILL-IN…',
			description: 'FILL IN: where the vendor’s panel shows it',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://vendor.example/FILL-IN',
			description: 'FILL IN: where the vendor answers',
		},
		...connection,
	];

	// FILL IN: host, ids and secrets, wherever the vendor wants them. `pasted.ts` has what it takes. The pattern
	// is where a pasted address goes on into a path that the node adds itself.
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () =>
			pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/(contacts|status)(\/|$)/);
		return {
			...located(request, credentials, prefix),
			headers: { ...request.headers, Authorization: `Bearer ${pastedText(credentials.token)}` },
		};
	}

	preAuthentication = askFirst(this);

	// FILL IN: the vendor's cheapest question, and what each answer but the good one means.
	test: ICredentialTestRequest = {
		request: {
			url: '/status',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(401, 'FILL IN: what to do when the vendor does not accept the token'),
		),
	};
}
