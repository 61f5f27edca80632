// The credential of WhatsApp's Cloud API, at Meta and at those who pass its body on: the only place that
// knows their addresses, the token and the header it goes into.
import type {
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

import { located, onStatus, pastedBaseUrl, pastedText, pathPart, testRules } from './pasted';
import { askFirst, connection } from './reach';

const DEFAULT_VERSION = 'v23.0';

/** An address that goes on with the ID of a number, rather than of one number: it ends in a Graph version. */
export const OF_SEVERAL_NUMBERS = /\/v\d+\.\d+$/;

/** What the node and the test ask for the numbers of the account. */
const NUMBERS = /^\/phone_numbers(?=\?|$)/;

/** What people copy along behind the address. */
const BEHIND_ADDRESS = /\/(\d+\/phone_numbers|me|messages)(\/|$)/;

const versionOf = ({ apiVersion }: ICredentialDataDecryptedObject) => {
	const version = pastedText(apiVersion) || DEFAULT_VERSION;
	return encodeURIComponent(version.replace(/^v?(?=\d)/i, 'v'));
};

/** The address in Base URL, as paths are added to it. */
export function customBase(baseUrl: unknown): string {
	return pastedBaseUrl(baseUrl, 'Base URL', BEHIND_ADDRESS);
}

/** One of the hosts: where it answers, where its numbers are listed, and which header takes the token. */
interface Host {
	base: (credentials: ICredentialDataDecryptedObject) => string;
	/** The path in place of `/phone_numbers`; without an account what the test asks for. */
	numbers: (account: string, base: string) => string;
	/** Another address for that. */
	numbersBase?: string;
	headers: (token: string, credentials: ICredentialDataDecryptedObject) => Record<string, string>;
}

const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

const ofGraph = (account: string) => (account === '' ? '/me' : `/${account}/phone_numbers`);

const META: Host = {
	base: (credentials) => `https://graph.facebook.com/${versionOf(credentials)}`,
	numbers: ofGraph,
	headers: bearer,
};

const HOSTS: Readonly<Record<string, Host>> = {
	meta: META,
	// https://docs.360dialog.com/docs/waba-basics/the-basics : a key belongs to one number.
	'360dialog': {
		base: () => 'https://waba-v2.360dialog.io',
		numbers: () => '/v1/configs/webhook',
		headers: (token) => ({ 'D360-API-KEY': token }),
	},
	// https://docs.kapso.ai/api/introduction : one key for both of its APIs.
	kapso: {
		base: (credentials) => `https://api.kapso.ai/meta/whatsapp/${versionOf(credentials)}`,
		numbers: () => '/phone_numbers',
		numbersBase: 'https://api.kapso.ai/platform/v1/whatsapp',
		headers: (token) => ({ 'X-API-Key': token }),
	},
	custom: {
		base: ({ baseUrl }) => customBase(baseUrl),
		numbers: (account, base) => (OF_SEVERAL_NUMBERS.test(base) ? ofGraph(account) : ''),
		headers(token, { headerName }) {
			const name = pastedText(headerName).replace(/\s*:$/, '');
			return name === '' ? bearer(token) : { [name]: token };
		},
	},
};

const onlyFor = (...host: string[]) => ({ displayOptions: { show: { host } } });

export class WhatsAppCloudApi implements ICredentialType {
	name = 'whatsAppCloudApi';

	displayName = 'WhatsApp Cloud API';

	icon: Icon = { light: 'file:whatsAppCloudApi.svg', dark: 'file:whatsAppCloudApi.dark.svg' };

	documentationUrl =
		'https://developers.facebook.com/documentation/business-messaging/whatsapp/get-started';

	properties: INodeProperties[] = [
		{
			displayName: 'Host',
			name: 'host',
			type: 'options',
			options: [
				{ name: '360dialog', value: '360dialog' },
				{ name: 'Custom', value: 'custom' },
				{ name: 'Kapso', value: 'kapso' },
				{ name: 'Meta', value: 'meta' },
			],
			default: 'meta',
			description: 'Who gave you the token: Meta itself, or a provider that passes messages on',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. EAAJB…',
			description:
				'Meta: in the business settings, under System Users, generate a token with the right whatsapp_business_messaging. The one from API Setup ends after a day. 360dialog and Kapso: the API key.',
		},
		{
			displayName: 'WhatsApp Business Account ID',
			name: 'businessAccountId',
			type: 'string',
			default: '',
			placeholder: 'e.g. 102290129340398',
			description:
				'From WhatsApp > API Setup in the app dashboard. With it the node lists your phone numbers; without it you fill in the ID of the number.',
			...onlyFor('meta', 'custom'),
		},
		{
			displayName: 'API Version',
			name: 'apiVersion',
			type: 'string',
			default: DEFAULT_VERSION,
			placeholder: 'e.g. v23.0',
			description: 'The version of the Graph API, as in the addresses of Meta’s own examples',
			...onlyFor('meta', 'kapso'),
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://graph.example.com/v23.0/106540352242922',
			description:
				'Everything before /messages. Where it ends in a version such as v23.0, the ID of the phone number that the node sends from is put behind it.',
			...onlyFor('custom'),
		},
		{
			displayName: 'Header Name',
			name: 'headerName',
			type: 'string',
			default: '',
			placeholder: 'e.g. X-API-Key',
			description:
				'The header that takes the token as it is. When empty, it goes into Authorization, behind the word Bearer.',
			...onlyFor('custom'),
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const host = HOSTS[pastedText(credentials.host)] ?? META;
		const asksNumbers = NUMBERS.test(request.url);
		const prefix = () => (asksNumbers && host.numbersBase) || host.base(credentials);
		const numbers = () =>
			host.numbers(pathPart(credentials.businessAccountId), host.base(credentials));
		return {
			...located(
				asksNumbers ? { ...request, url: request.url.replace(NUMBERS, numbers) } : request,
				credentials,
				prefix,
			),
			headers: {
				...request.headers,
				...host.headers(pastedText(credentials.accessToken), credentials),
			},
		};
	}

	preAuthentication = askFirst(this);

	test: ICredentialTestRequest = {
		request: {
			url: '/phone_numbers',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				400,
				'WhatsApp Cloud API took the token, but not the account. Check WhatsApp Business Account ID and API Version, and that the token belongs to this very account.',
			),
			onStatus(
				401,
				'The access token of WhatsApp Cloud API was not accepted: it has expired, or it is not complete. At Meta make a permanent one for a system user (Business settings > System users); at 360dialog and Kapso copy the API key from the panel.',
			),
			onStatus(
				403,
				'The access token has not the right to send. Give it whatsapp_business_messaging and whatsapp_business_management, and give its system user access to the WhatsApp account.',
			),
			onStatus(
				404,
				'There is nothing to ask at this address. Base URL is everything before /messages; a host of your own that only takes messages may work all the same: send one contact to see.',
			),
		),
	};
}
