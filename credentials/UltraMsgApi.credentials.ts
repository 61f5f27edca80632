// The credential of UltraMsg: the only place that knows its host, its token and where that goes.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import {
	located,
	onBody,
	onStatus,
	pastedBaseUrl,
	pastedText,
	pathPart,
	testRules,
	withBodyField,
	withQuery,
} from './pasted';
import { askFirst, connection } from './reach';

/** `instance1150`, whether that was pasted, its number alone or the whole API URL of the panel. */
function instancePart(value: unknown): string {
	const text = pastedText(value);
	const [, number] = /instance(\d+)/i.exec(text) ?? /^(\d+)$/.exec(text) ?? [];
	return number === undefined ? pathPart(text) : `instance${number}`;
}

/** Where a pasted address goes on into an instance, or into what the node adds itself. */
const GOES_ON = /\/instance\d|\/[^/]*\/(messages|instance|chats|contacts)(\/|$)/i;

const AFTER_IT = 'Until then it keeps what you send in its queue.';

export class UltraMsgApi implements ICredentialType {
	name = 'ultraMsgApi';

	displayName = 'UltraMsg API';

	icon: Icon = { light: 'file:ultraMsgApi.svg', dark: 'file:ultraMsgApi.dark.svg' };

	documentationUrl = 'https://docs.ultramsg.com/api/get/instance/status';

	properties: INodeProperties[] = [
		{
			displayName: 'Instance ID',
			name: 'instanceId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. instance1150',
			description:
				'From the page of the instance in the UltraMsg panel. The whole API URL that it shows works too.',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. k3x9…',
			description: 'The Token on the page of the same instance',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.ultramsg.com',
			description: 'Where UltraMsg answers; only a proxy of your own needs another one',
		},
		...connection,
	];

	// The token is a field of the form; a GET has it in the query.
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () =>
			`${pastedBaseUrl(credentials.baseUrl, 'Base URL', GOES_ON)}/${instancePart(credentials.instanceId)}`;
		const there = located(request, credentials, prefix);
		const token = pastedText(credentials.token);
		return there.method === 'POST'
			? withBodyField(there, 'token', token)
			: withQuery(there, 'token', token);
	}

	preAuthentication = askFirst(this);

	test: ICredentialTestRequest = {
		request: {
			url: '/instance/status',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				404,
				'UltraMsg has nothing at this address, or the instance is not ready yet. Copy Instance ID from the UltraMsg panel: it looks like instance1150.',
			),
			onBody(
				'error',
				'Wrong token. Please provide token as a GET parameter.',
				'UltraMsg did not accept the token. Copy Token and Instance ID from the page of the same instance.',
			),
			onBody(
				'error',
				'Instance not found',
				'UltraMsg does not know this instance. Copy Instance ID from the UltraMsg panel: it looks like instance1150.',
			),
			onBody(
				'error',
				'Your instance has been Stopped due to non-payment. you can activate this instance by extending your subscription. Payment information updates every 5 minutes.',
				'The token is right, but the trial or the subscription of the instance is over: extend it in the UltraMsg panel.',
			),
			onBody(
				'status.accountStatus.status',
				'qr',
				`The token is right, but the instance waits for its QR code to be read: read it in the UltraMsg panel before you send. ${AFTER_IT}`,
			),
			onBody(
				'status.accountStatus.status',
				'standby',
				`The token is right, but the instance is not connected to WhatsApp: connect it in the UltraMsg panel before you send. ${AFTER_IT}`,
			),
			onBody(
				'status.accountStatus.status',
				undefined,
				'The address answered, but did not say how the instance is. Look at the instance in the UltraMsg panel, and leave Base URL at https://api.ultramsg.com.',
			),
		),
	};
}
