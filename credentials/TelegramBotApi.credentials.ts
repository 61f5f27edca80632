// The credential of a Telegram bot: the only place that knows its host, its token and where that goes.
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

/** `bot` and the token as one part of the path; tokens are copied out of addresses with and without it. */
function botPart(token: unknown): string {
	// The colon stays as it is, as in every address that Telegram writes.
	const part = pathPart(token).replaceAll('%3A', ':');
	return /^bot\d/i.test(part) ? part : `bot${part}`;
}

export class TelegramBotApi implements ICredentialType {
	name = 'telegramBotApi';

	displayName = 'Telegram Bot API';

	icon: Icon = { light: 'file:telegramBotApi.svg', dark: 'file:telegramBotApi.dark.svg' };

	documentationUrl = 'https://core.telegram.org/bots/features#botfather';

	properties: INodeProperties[] = [
		{
			displayName: 'Bot Token',
			name: 'botToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			placeholder: 'e.g. 123456789:AAF…',
			description:
				'BotFather in Telegram gives it for a new bot, and again for /token. It is a number, a colon and 35 characters.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.telegram.org',
			description: 'Where the Bot API answers; another one for a Bot API server of your own',
		},
		...connection,
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () =>
			`${pastedBaseUrl(credentials.baseUrl, 'Base URL', /\/bot\d/i)}/${botPart(credentials.botToken)}`;
		return located(request, credentials, prefix);
	}

	preAuthentication = askFirst(this);

	test: ICredentialTestRequest = {
		request: {
			url: '/getMe',
			skipSslCertificateValidation: '={{$credentials.allowUnauthorizedCerts}}',
		},
		rules: testRules(
			onStatus(
				401,
				'Telegram did not accept the bot token. Send /token to BotFather in Telegram, choose the bot, and copy the whole token: a number, a colon and 35 characters.',
			),
			onStatus(
				404,
				'Telegram does not know this address. Copy the bot token from BotFather once more, and leave Base URL at https://api.telegram.org unless you run a Bot API server of your own.',
			),
			onStatus(429, 'Telegram is getting too many requests of this bot. Test again in a minute.'),
			onBody(
				'ok',
				undefined,
				'The address answered, but not as Telegram does. Leave Base URL at https://api.telegram.org unless you run a Bot API server of your own.',
			),
		),
	};
}
