// The credential of GREEN-API: the only place that knows its host, its secrets and where they go.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { located, onBody, onStatus, pastedBaseUrl, pathPart, testRules } from './pasted';
import { askFirst, connection } from './reach';

/** https://green-api.com/en/docs/api/account/GetStateInstance ; the last two are known from Telegram and MAX. */
const STATES = {
	notAuthorized: 'it is not linked to an account yet. Link it in the GREEN-API console.',
	blocked: 'the messenger has blocked the account. See the instance in the GREEN-API console.',
	sleepMode: 'the phone is off or offline. Switch it on and wait up to five minutes.',
	starting: 'it is restarting, which takes up to five minutes. Test again then.',
	yellowCard:
		'the messenger has suspended sending for a while because of complaints. See the instance in the GREEN-API console.',
	suspended: 'it is suspended. See the instance in the GREEN-API console.',
	pendingPassword: 'it waits for the password of the account. Enter it in the GREEN-API console.',
};

export class GreenApi implements ICredentialType {
	name = 'greenApi';

	// Not the vendor's spelling: n8n wants credential names to end in " API".
	displayName = 'GREEN API';

	icon: Icon = { light: 'file:greenApi.svg', dark: 'file:greenApi.dark.svg' };

	documentationUrl = 'https://green-api.com/en/docs/before-start/';

	properties: INodeProperties[] = [
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://7103.api.greenapi.com',
			description:
				'In the GREEN-API console open the instance: it is shown there as apiUrl. Each instance has its own.',
		},
		{
			displayName: 'ID Instance',
			name: 'idInstance',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 7103000000',
			description: 'Shown as idInstance on the same page of the console',
		},
		{
			displayName: 'API Token Instance',
			name: 'apiTokenInstance',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 5f0c8e12…',
			description: 'Shown as apiTokenInstance on the same page of the console',
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		// A pasted address may end in /v3 (MAX): it is kept, since the vendor takes both forms.
		const prefix = () =>
			`${pastedBaseUrl(credentials.apiUrl, 'API URL', /\/waInstance/i)}/waInstance${pathPart(credentials.idInstance)}`;
		return located(request, credentials, prefix, `/${pathPart(credentials.apiTokenInstance)}`);
	}

	preAuthentication = askFirst(this);

	test: ICredentialTestRequest = {
		request: {
			url: '/getStateInstance',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'GREEN-API did not accept API Token Instance. Copy apiTokenInstance from the GREEN-API console.',
			),
			onStatus(
				403,
				'GREEN-API does not serve this instance at this address. Copy idInstance and apiUrl from the GREEN-API console: each instance has its own apiUrl.',
			),
			onStatus(
				404,
				'GREEN-API does not know this address. Copy apiUrl and idInstance from the GREEN-API console into API URL and ID Instance.',
			),
			onStatus(429, 'GREEN-API answers this once a second. Wait a moment and test again.'),
			...Object.entries(STATES).map(([state, explanation]) =>
				onBody(
					'stateInstance',
					state,
					`The credential is right, but the instance cannot send now: ${explanation}`,
				),
			),
			onBody(
				'stateInstance',
				undefined,
				'The address answered, but not as GREEN-API does. Copy apiUrl from the GREEN-API console into API URL.',
			),
		),
	};
}
