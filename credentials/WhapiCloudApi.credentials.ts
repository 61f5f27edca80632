// The credential of a Whapi.Cloud channel: the only place that knows its address, its token and where that goes.
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

/** Where a pasted address goes on into what the node adds itself, or into the documentation. */
const GOES_ON =
	/\/(messages|contacts|chats|groups|newsletters|health|limits|settings|users|docs)(\/|$)/i;

const STARTING =
	'The token is right, but the channel is still starting: wait a minute and test again. If it stays so, ask the support of Whapi.Cloud.';

export class WhapiCloudApi implements ICredentialType {
	name = 'whapiCloudApi';

	displayName = 'Whapi Cloud API';

	icon: Icon = { light: 'file:whapiCloudApi.svg', dark: 'file:whapiCloudApi.dark.svg' };

	documentationUrl =
		'https://support.whapi.cloud/help-desk/getting-started/getting-started#pair-your-number';

	properties: INodeProperties[] = [
		{
			displayName: 'Channel Token',
			name: 'channelToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. aB3dE5…',
			description:
				'The Token on the page of the channel in the Whapi.Cloud panel. Each channel, that is each WhatsApp number, has its own.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://gate.whapi.cloud',
			description:
				'The API URL that the page of the channel shows; only a proxy of your own needs another one',
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () => pastedBaseUrl(credentials.baseUrl, 'Base URL', GOES_ON);
		return {
			...located(request, credentials, prefix),
			headers: {
				...request.headers,
				Authorization: `Bearer ${pastedText(credentials.channelToken)}`,
			},
		};
	}

	preAuthentication = askFirst(this);

	// Asked in the way that does not start a channel which is at rest.
	test: ICredentialTestRequest = {
		request: {
			url: '/health?wakeup=false',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'Whapi.Cloud did not accept the token. Copy Token from the page of the channel in the Whapi.Cloud panel.',
			),
			onStatus(
				404,
				'Whapi.Cloud knows no channel with this token. Copy Token from the page of the channel in the Whapi.Cloud panel: it works once a WhatsApp number is connected there.',
			),
			onBody(
				'status.text',
				'QR',
				'The token is right, but no phone is connected: open the channel in the Whapi.Cloud panel and scan the QR code before you send.',
			),
			onBody('status.text', 'NOT_INIT', STARTING),
			onBody('status.text', 'INIT', STARTING),
			onBody('status.text', 'LAUNCH', STARTING),
			onBody(
				'status.text',
				'STOP',
				'The token is right, but the channel is stopped: look at its subscription in the Whapi.Cloud panel.',
			),
			onBody(
				'status.text',
				'ERROR',
				'The token is right, but the channel is in trouble: restart it in the Whapi.Cloud panel, or connect the phone again.',
			),
			onBody(
				'status.text',
				'SYNC_ERROR',
				'The token is right, but the channel could not read the chats of the phone: log it out in the Whapi.Cloud panel and connect it again.',
			),
			onBody(
				'status.text',
				undefined,
				'The address answered, but not as Whapi.Cloud does. Leave Base URL at https://gate.whapi.cloud.',
			),
		),
	};
}
