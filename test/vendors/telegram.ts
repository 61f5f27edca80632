// Telegram's simulated Bot API: what it takes, what it answers, and how sure each is; what must arrive for
// which card, and what the panel promises.
// Sources: https://core.telegram.org/bots/api by way of the types generated from it (@gramio/types 10.3), and
// the vendor's own server, https://github.com/tdlib/telegram-bot-api .
import type { INodeParameters } from 'n8n-workflow';

import {
	byId,
	type CardTable,
	locator,
	MARIA,
	MINIMAL,
	type PanelPromise,
	RICH_VCARD,
} from './cards';
import { simulate } from './server';
import {
	type ComeBack,
	type Credentials,
	fieldsOf,
	ok,
	refusal,
	type Refusal,
	type RequestFacts,
	type Sample,
	textAt,
	type VendorAnswer,
	type Violation,
} from './Vendor';

export interface TelegramFlags {
	/** The server answers 401 to what is no token [documented by its source]; the public one 404 [observed]. */
	malformedTokenAs: 401 | 404;
}

// A number, a colon and 35 characters [documented].
const TOKEN = '7000000001:AAFake-Telegram_Bot-Token_0f_Sandbox';

/** Every answer that is no result has this shape [documented]. */
const failed = (
	statusCode: number,
	description: string,
	parameters?: Record<string, number>,
): VendorAnswer => ({
	statusCode,
	body: { ok: false, error_code: statusCode, description, ...(parameters && { parameters }) },
});

const badRequest = (what: string) => failed(400, `Bad Request: ${what}`);
const forbidden = (what: string) => failed(403, `Forbidden: ${what}`);

/** The group that has become a supergroup, and what it has become. */
export const MIGRATED = { from: '-500000001', to: '-1005000000001' };

const refusals = {
	migrated: refusal('documented', () =>
		failed(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
			migrate_to_chat_id: Number(MIGRATED.to),
		}),
	),
	tooManyRequests: refusal('documented', () =>
		failed(429, 'Too Many Requests: retry after 1', { retry_after: 1 }),
	),
	blocked: refusal('documented', () => forbidden('bot was blocked by the user')),
	notStarted: refusal('observed', () => forbidden("bot can't initiate conversation with a user")),
	recipientIsBot: refusal('observed', () => forbidden("bot can't send messages to bots")),
	'recipientIsBot:the': refusal('observed', () =>
		forbidden("the bot can't send messages to the bot"),
	),
	deactivated: refusal('documented', () => forbidden('user is deactivated')),
	removed: refusal('documented', () => forbidden('bot was kicked from the supergroup chat')),
	'removed:deleted': refusal('documented', () => forbidden('the group chat was deleted')),
	notMember: refusal('documented', () => forbidden('bot is not a member of the channel chat')),
	forbidden: refusal('assumed', () => forbidden('not allowed for this bot')),
	chatNotFound: refusal('documented', () => badRequest('chat not found')),
	'chatNotFound:peer': refusal('observed', () => badRequest('PEER_ID_INVALID')),
	'chatNotFound:empty': refusal('documented', () => badRequest('chat_id is empty')),
	noRights: refusal('observed', () => badRequest('not enough rights to send contacts to the chat')),
	'noRights:channel': refusal('observed', () =>
		badRequest('need administrator rights in the channel chat'),
	),
	'noRights:muted': refusal('observed', () => badRequest('have no rights to send a message')),
	'noRights:code': refusal('observed', () => badRequest('CHAT_SEND_PLAIN_FORBIDDEN')),
	topicNotFound: refusal('documented', () => badRequest('message thread not found')),
	'topicNotFound:closed': refusal('observed', () => badRequest('TOPIC_CLOSED')),
	replyNotFound: refusal('documented', () => badRequest('message to be replied not found')),
	businessConnection: refusal('documented', () => badRequest('business connection not found')),
	'businessConnection:peer': refusal('observed', () => badRequest('BUSINESS_PEER_INVALID')),
	badRequest: refusal('documented', () => badRequest('parameter "first_name" is required')),
	// What Telegram itself calls a contact that it does not take, passed on as it is.
	'badRequest:contact': refusal('observed', () => badRequest('MEDIA_EMPTY')),
	unauthorized: refusal('documented', () => failed(401, 'Unauthorized')),
	'unauthorized:malformed': refusal('documented', () =>
		failed(401, 'Unauthorized: invalid token specified'),
	),
	notFound: refusal('documented', () => failed(404, 'Not Found')),
	'notFound:method': refusal('documented', () => failed(404, 'Not Found: method not found')),
} satisfies Record<string, Refusal>;

/** Chats with whom something is the matter, by the refusal they get. All others are fine. */
const TROUBLED: Readonly<Record<string, keyof typeof refusals>> = {
	[MIGRATED.from]: 'migrated',
	'500000002': 'blocked',
	'500000003': 'notStarted',
	'500000004': 'recipientIsBot',
	'500000005': 'deactivated',
	'-1005000000006': 'removed',
	'-1005000000007': 'notMember',
	'500000008': 'chatNotFound',
	'@somebody_unknown': 'chatNotFound',
	'-1005000000009': 'noRights',
};

const integer = { type: 'integer', minimum: 1 };
const object = { type: 'object' };

/**
 * The body, as the types have it. That the server refuses what it does not know, and what is empty, is
 * assumed: it passes over both. The lengths of names are MTProto's.
 */
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['chat_id', 'phone_number', 'first_name'],
	properties: {
		chat_id: {
			oneOf: [
				{ type: 'integer', maximum: 2 ** 40 - 1 },
				{ type: 'string', pattern: '^@[A-Za-z]\\w{3,31}$' },
			],
		},
		phone_number: { type: 'string', pattern: '^\\+?\\d{3,20}$' },
		first_name: { type: 'string', minLength: 1, maxLength: 64, pattern: '\\S' },
		last_name: { type: 'string', minLength: 1, maxLength: 64, pattern: '\\S' },
		vcard: { type: 'string', pattern: '^BEGIN:VCARD\\r?\\n[\\s\\S]*\\nEND:VCARD$' },
		business_connection_id: { type: 'string', minLength: 1 },
		message_thread_id: integer,
		direct_messages_topic_id: integer,
		disable_notification: { type: 'boolean' },
		protect_content: { type: 'boolean' },
		allow_paid_broadcast: { type: 'boolean' },
		message_effect_id: { type: 'string', pattern: '^\\d+$' },
		reply_parameters: {
			type: 'object',
			required: ['message_id'],
			properties: { message_id: integer },
		},
		ephemeral_message_parameters: object,
		suggested_post_parameters: object,
		reply_markup: object,
	},
};

/** [documented in types; that more is refused is assumed] */
const VCARD_BYTES = 2048;

/** What is missing has the server's own words; the others are assumed. */
function invalid([violation]: Violation[]): VendorAnswer {
	const name = violation?.key ?? violation?.at[0] ?? 'body';
	if (name === 'chat_id') {
		return violation?.keyword === 'required'
			? badRequest('chat_id is empty')
			: refusals.chatNotFound.answer();
	}
	return badRequest(
		violation?.keyword === 'required'
			? `parameter "${name}" is required`
			: `invalid ${name} specified`,
	);
}

/** The two places in which an answer over a limit says how long it is to wait [documented]. */
const comeBack: readonly ComeBack[] = [
	{
		name: 'retry_after in the body, and Retry-After',
		put: (answer, seconds) => ({
			...failed(429, `Too Many Requests: retry after ${Math.ceil(seconds)}`, {
				retry_after: Math.ceil(seconds),
			}),
			headers: { ...answer.headers, 'retry-after': String(Math.ceil(seconds)) },
		}),
	},
	{
		name: 'retry_after in the body alone',
		put: (_answer, seconds) =>
			failed(429, `Too Many Requests: retry after ${Math.ceil(seconds)}`, {
				retry_after: Math.ceil(seconds),
			}),
	},
];

const BOT = { id: 7000000001, is_bot: true, first_name: 'Sandbox', username: 'sandbox_bot' };

/** The messages of each chat are counted by themselves [documented]. */
function messageIds() {
	const counts = new Map<string, number>();
	return {
		next(chat: string): number {
			const count = (counts.get(chat) ?? 0) + 1;
			counts.set(chat, count);
			return count;
		},
		forget: () => counts.clear(),
	};
}

/** A chat as an answer shows it; one that is asked for by its name has an id, too. */
function chatOf(to: string) {
	if (to.startsWith('@')) {
		return { id: -1001234500000, title: 'Sandbox', username: to.slice(1), type: 'channel' };
	}
	return to.startsWith('-')
		? { id: Number(to), title: 'Sandbox', type: to.startsWith('-100') ? 'supergroup' : 'group' }
		: { id: Number(to), first_name: 'Sandbox', type: 'private' };
}

/** The page shows no request to this method: these are its parameters, the needed ones and all plain ones. */
const sample = (name: string, body: object, parameters: INodeParameters): Sample => ({
	name,
	parameters,
	messenger: 'telegram',
	path: ({ botToken }) => `/bot${String(botToken)}/sendContact`,
	headers: () => ({ 'content-type': 'application/json' }),
	body: JSON.stringify(body),
});

const needed = { chat_id: 123456789, phone_number: '+5511988887777', first_name: 'Maria' };

const samples = [
	sample('the parameters that are needed', needed, {
		to: locator('123456789', 'id'),
		contactName: 'Maria',
		contactPhone: '+5511988887777',
	}),
	sample(
		'a channel by its name',
		{
			...needed,
			chat_id: '@sandbox_channel',
			last_name: 'Silva',
		},
		{
			to: locator('@sandbox_channel', 'id'),
			contactPhone: '+5511988887777',
			additionalFields: { firstName: 'Maria', lastName: 'Silva' },
		},
	),
];

const credentialsAt = (url: string): Credentials => ({ baseUrl: url, botToken: TOKEN });

const lines = (...text: string[]) => text.join('\n');

/** Written from the vendor's pages. */
const cards: CardTable = {
	messageId: /^[1-9]\d*$/,
	isUniquePerChat: true,
	minimal: {
		parameters: { ...MINIMAL, to: locator('123456789', 'id') },
		body: { chat_id: 123456789, phone_number: '+5521977776666', first_name: 'Maria Silva' },
		to: '123456789',
		contact: MARIA,
	},
	full: {
		parameters: {
			to: locator('-1001234567890', 'id'),
			contactName: 'Dra. Ana Luísa Souza Filha',
			contactPhone: '+55 21 97777-6666',
			additionalFields: {
				firstName: 'Ana',
				middleName: 'Luísa',
				lastName: 'Souza',
				prefix: 'Dra.',
				suffix: 'Filha',
				nickname: 'Aninha',
				organization: 'Clínica "Vida" & Cia.',
				department: 'Pediatria',
				title: 'Médica',
				email: 'ana@clinica.example',
				url: 'https://clinica.example/ana',
				birthday: '1985-02-03',
				note: 'Só à tarde; às 3, café',
				morePhones: { phone: [{ number: '+55 11 3333-4444', type: 'work' }] },
				moreEmails: { email: [{ address: 'ana@casa.example', type: 'home' }] },
				moreUrls: { url: [{ url: 'https://ana.example', type: 'home' }] },
				addresses: {
					address: [
						{
							street: 'Rua Augusta 100',
							city: 'São Paulo',
							state: 'SP',
							postalCode: '01304-000',
							country: 'Brasil',
							countryCode: 'BR',
							type: 'work',
						},
					],
				},
			},
		},
		options: {
			allowPaidBroadcast: true,
			businessConnectionId: 'Bc0_n-1',
			directMessagesTopicId: '77',
			disableNotification: true,
			ephemeralMessageParameters: '{"receiver_user_id": 123456789}',
			messageEffectId: '5104841245755180586',
			messageThreadId: '15',
			protectContent: true,
			replyMarkup: '{"inline_keyboard": [[{"text": "Ligar", "callback_data": "call"}]]}',
			replyToMessageId: '42',
			suggestedPostParameters: '{"price": {"currency": "XTR", "amount": 10}}',
		},
		body: {
			chat_id: -1001234567890,
			phone_number: '+5521977776666',
			first_name: 'Ana Luísa',
			last_name: 'Souza',
			vcard: lines(
				'BEGIN:VCARD',
				'VERSION:3.0',
				'N:Souza;Ana;Luísa;Dra.;Filha',
				'FN:Dra. Ana Luísa Souza Filha',
				'NICKNAME:Aninha',
				'TEL;type=CELL:+5521977776666',
				'TEL;type=WORK:+551133334444',
				'ORG:Clínica "Vida" & Cia.;Pediatria',
				'TITLE:Médica',
				'EMAIL:ana@clinica.example',
				'EMAIL;type=HOME:ana@casa.example',
				'URL:https://clinica.example/ana',
				'URL;type=HOME:https://ana.example',
				'item1.ADR;type=WORK:;;Rua Augusta 100;São Paulo;SP;01304-000;Brasil',
				'item1.X-ABADR:br',
				'BDAY:1985-02-03',
				'NOTE:Só à tarde\\; às 3\\, café',
				'END:VCARD',
			),
			allow_paid_broadcast: true,
			business_connection_id: 'Bc0_n-1',
			direct_messages_topic_id: 77,
			disable_notification: true,
			ephemeral_message_parameters: { receiver_user_id: 123456789 },
			message_effect_id: '5104841245755180586',
			message_thread_id: 15,
			protect_content: true,
			reply_markup: { inline_keyboard: [[{ text: 'Ligar', callback_data: 'call' }]] },
			reply_parameters: { message_id: 42 },
			suggested_post_parameters: { price: { currency: 'XTR', amount: 10 } },
		},
		to: '-1001234567890',
		contact: { name: 'Ana Luísa Souza', phone: '5521977776666' },
	},
	rich: {
		body: (to) => ({
			chat_id: Number(to),
			phone_number: '+4915112345678',
			first_name: 'Zoë Maria',
			last_name: 'Müller',
			vcard: RICH_VCARD.replace('\r\n ', '').trimEnd(),
		}),
		dropped: [],
	},
};

const panel: PanelPromise = {
	fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: [
		'addresses',
		'birthday',
		'department',
		'email',
		'firstName',
		'lastName',
		'middleName',
		'moreEmails',
		'morePhones',
		'moreUrls',
		'nickname',
		'note',
		'organization',
		'prefix',
		'suffix',
		'title',
		'url',
	],
	options: Object.keys(cards.full.options ?? {}),
	modes: ['id'],
};

export const telegram = simulate<TelegramFlags>({
	provider: 'telegram',
	messengers: {
		telegram: {
			credentials: credentialsAt,
			recipient: byId((four) => `60000${four}`),
			demands: ['contactPhone', ['contactName', 'firstName']],
			optionTexts: {
				directMessagesTopicId: {
					taken: ['1', '999999999999999'],
					refused: ['0', '-1', 'topic', '1000000000000000'],
				},
				messageThreadId: {
					taken: ['1', '999999999999999'],
					refused: ['0', '-1', 'topic', '1000000000000000'],
				},
				messageEffectId: { taken: ['5104841245755180586'], refused: ['heart', '5.1'] },
				replyToMessageId: {
					taken: ['1', '1234567890'],
					refused: ['0', '12345678901', '3EB0538DA65A'],
				},
			},
			ids: {
				person: { '123456789': '123456789', '7000000002': '7000000002' },
				group: { '-4123456789': '-4123456789', '-1001234567890': '-1001234567890' },
				channel: { '@sandbox_channel': '@sandbox_channel' },
				none: [
					'5511999998888',
					'-10000000000000000',
					'sandbox_channel',
					'https://t.me/sandbox_channel',
					'0',
				],
			},
			read: ({ body }) => ({
				to: textAt(body, 'chat_id') ?? '',
				cards: [
					{
						name: ['first_name', 'last_name'].flatMap((part) => textAt(body, part) ?? []).join(' '),
						phone: textAt(body, 'phone_number')?.replace(/^\+/, ''),
					},
				],
			}),
			cards,
			panel,
			bounds: [
				{ parameter: 'contactName', atMost: 64, unit: 'characters', at: ['first_name'] },
				{ parameter: 'firstName', atMost: 64, unit: 'characters', at: ['first_name'] },
				{ parameter: 'lastName', atMost: 64, unit: 'characters', at: ['last_name'] },
				{ parameter: 'note', atMost: VCARD_BYTES, unit: 'bytes', at: ['vcard'] },
			],
		},
	},
	secrets: [TOKEN],
	wrongSecrets: { botToken: 'unauthorized' },
	means: { migrated: 'elsewhere', tooManyRequests: 'slower' },
	ofAccount: ['tooManyRequests', 'unauthorized', 'notFound'],
	credentialCases: [
		{ name: 'the bot answers', says: 'passes' },
		{
			name: 'another token',
			change: { botToken: '7000000002:AAFake-Telegram_Bot-Token_of_another' },
			says: /did not accept the bot token/,
		},
		{
			name: 'no token',
			change: { botToken: 'my bot' },
			flags: { malformedTokenAs: 404 },
			says: /does not know this address/,
		},
		{ name: 'asked too often', answer: 'tooManyRequests', says: /too many requests of this bot/ },
		{
			name: 'something else answers',
			answer: ok({ status: 'fine' }),
			says: /not as Telegram does/,
		},
	],
	refusals,
	words: (body) => textAt(body, 'description'),
	// https://core.telegram.org/bots/faq : about so many; short bursts are let pass in a single chat.
	limits: [
		{ perSecond: 30, burst: 30 },
		{ perSecond: 1, burst: 1, per: 'recipient' },
		{ perSecond: 20 / 60, burst: 20, per: 'recipient', recipients: /^-/ },
		{ perSecond: 20 / 60, burst: 20, per: 'recipient', recipients: /^@/ },
	],
	overload: { credential: refusals.tooManyRequests },
	comeBack,
	nothingHere: () => refusals.notFound.answer(),
	samples,
	flags: { malformedTokenAs: 401 },
	routes(flags) {
		const ids = messageIds();
		const stops = ({ params }: RequestFacts): VendorAnswer | undefined => {
			const { token = '' } = params;
			if (token === TOKEN) return undefined;
			if (/^\d+:[\w-]+$/.test(token)) return refusals.unauthorized.answer();
			return flags.malformedTokenAs === 404
				? refusals.notFound.answer()
				: refusals['unauthorized:malformed'].answer();
		};
		return {
			sends: [
				{
					urls: ['/bot:token/sendContact'],
					schema,
					stops,
					// The server reads no body of another kind, and so misses the first parameter.
					wrongContentType: () => refusals['chatNotFound:empty'].answer(),
					unreadable: () => badRequest("can't parse JSON object"),
					invalid,
					unable({ body }) {
						const troubled = TROUBLED[textAt(body, 'chat_id') ?? ''];
						if (troubled !== undefined) return refusals[troubled].answer();
						const bytes = Buffer.byteLength(textAt(body, 'vcard') ?? '');
						return bytes > VCARD_BYTES ? badRequest('vcard is too long') : undefined;
					},
					acceptance({ body }) {
						const { chat_id: _to, ...fields } = fieldsOf(body);
						const to = textAt(body, 'chat_id') ?? '';
						const { phone_number, first_name, last_name, vcard } = fields;
						return ok({
							ok: true,
							result: {
								message_id: ids.next(to),
								from: BOT,
								chat: chatOf(to),
								date: Math.floor(Date.now() / 1000),
								contact: { phone_number, first_name, last_name, vcard },
							},
						});
					},
				},
			],
			others: [
				{
					method: ['GET', 'POST'],
					url: '/bot:token/getMe',
					stops,
					answer: () => ok({ ok: true, result: { ...BOT, can_join_groups: true } }),
				},
			],
			forget: ids.forget,
		};
	},
});
