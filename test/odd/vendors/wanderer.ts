// The simulated Wanderer.
import { byId, type CardTable, locator, MARIA } from '../../vendors/cards';
import { simulate } from '../../vendors/server';
import {
	fieldsOf,
	ok,
	refusal,
	type RequestFacts,
	textAt,
	type VendorAnswer,
} from '../../vendors/Vendor';

const TOKEN = '4200000001:FAKEwanderer_token-in_the_path00001';

const refused = (statusCode: number, description: string, parameters?: object): VendorAnswer => ({
	statusCode,
	body: { ok: false, error_code: statusCode, description, ...(parameters && { parameters }) },
});

/** Where a group has moved to: everybody moves alike. */
const newHome = (chat: string) => -Number(`100${chat.replace(/\D/g, '')}`);

const refusals = {
	tooMany: refusal('documented', () => refused(429, 'Too Many Requests')),
	moved: refusal('documented', ({ body }: RequestFacts) =>
		refused(400, 'Bad Request: group chat was upgraded to another chat', {
			migrate_to: newHome(textAt(body, 'chat_id') ?? '1'),
		}),
	),
	notFound: refusal('documented', () => refused(400, 'Bad Request: chat not found')),
	unauthorized: refusal('documented', () => refused(401, 'Unauthorized: invalid token')),
	badRequest: refusal('documented', () => refused(400, 'Bad Request: first_name is empty')),
};

const text = { type: 'string', pattern: '\\S' };
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['chat_id', 'phone_number', 'first_name'],
	properties: {
		chat_id: { type: 'string', pattern: '^(-?[1-9]\\d{0,18}|@[A-Za-z]\\w{4,31})$' },
		phone_number: { type: 'string', pattern: '^\\d{3,20}$' },
		first_name: text,
		last_name: text,
		disable_notification: { type: 'boolean' },
	},
};

const cards: CardTable = {
	messageId: /^\d+$/,
	isUniquePerChat: true,
	minimal: {
		parameters: {
			to: locator('4200000', 'id'),
			contactName: 'Maria Silva',
			contactPhone: '+55 21 97777-6666',
		},
		body: { chat_id: '4200000', phone_number: '5521977776666', first_name: 'Maria Silva' },
		to: '4200000',
		contact: MARIA,
	},
	full: {
		parameters: {
			to: locator('-1001234567890', 'id'),
			contactName: 'Maria Silva',
			contactPhone: '+55 21 97777-6666',
			additionalFields: { firstName: 'Maria', lastName: 'Silva' },
		},
		options: { disableNotification: true },
		body: {
			chat_id: '-1001234567890',
			phone_number: '5521977776666',
			first_name: 'Maria',
			last_name: 'Silva',
			disable_notification: true,
		},
		to: '-1001234567890',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({
			chat_id: to,
			phone_number: '4915112345678',
			first_name: 'Zoë',
			last_name: 'Müller',
		}),
		dropped: [
			'middleName',
			'prefix',
			'suffix',
			'organization',
			'department',
			'title',
			'email',
			'url',
			'birthday',
			'note',
			'businessDescription',
			'address',
		],
	},
};

export const wanderer = simulate({
	provider: 'wanderer',
	messengers: {
		telegram: {
			credentials: (url) => ({ baseUrl: url, botToken: TOKEN }),
			recipient: byId((four) => `-4200${four}`),
			demands: ['contactPhone', ['contactName', 'firstName']],
			ids: {
				person: { '4207': '4207' },
				group: { '-4200': '-4200' },
				channel: { '@wanderers': '@wanderers' },
				none: ['0', 'wanderers', '@a'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'chat_id') ?? '',
				cards: [
					{
						name:
							[textAt(body, 'first_name'), textAt(body, 'last_name')].filter(Boolean).join(' ') ||
							undefined,
						phone: textAt(body, 'phone_number'),
					},
				],
			}),
			cards,
			panel: {
				fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
				additional: ['firstName', 'lastName'],
				options: ['disableNotification'],
				modes: ['id'],
			},
			bounds: [
				{ parameter: 'firstName', atMost: 64, unit: 'characters', at: ['first_name'] },
				{ parameter: 'lastName', atMost: 64, unit: 'characters', at: ['last_name'] },
			],
		},
	},
	secrets: [TOKEN],
	wrongSecrets: { botToken: 'unauthorized' },
	means: { tooMany: 'slower', moved: 'elsewhere' },
	ofAccount: ['tooMany', 'unauthorized'],
	credentialCases: [
		{ name: 'a good token', says: 'passes' },
		{
			name: 'another token',
			change: { botToken: 'another' },
			says: /did not accept the bot token/,
		},
		{ name: 'asked too often', answer: 'tooMany', says: /asked too often/ },
	],
	refusals,
	words: (body) => textAt(body, 'description'),
	limits: [
		{ perSecond: 30, burst: 30 },
		{ perSecond: 10, burst: 1, per: 'recipient' },
		{ perSecond: 5, burst: 1, per: 'recipient', recipients: /^-/ },
	],
	overload: { credential: refusals.tooMany },
	comeBack: [
		{
			name: 'parameters.retry_after in the body',
			put: (answer, seconds) => ({
				...answer,
				body: { ...fieldsOf(answer.body), parameters: { retry_after: seconds } },
			}),
		},
	],
	nothingHere: () => refused(404, 'Not Found'),
	samples: [
		{
			name: 'the page',
			messenger: 'telegram',
			path: ({ botToken }) => `/bot${encodeURIComponent(String(botToken))}/sendContact`,
			headers: () => ({ 'content-type': 'application/json' }),
			body: '{"chat_id":"4200000","phone_number":"447700900123","first_name":"John"}',
			parameters: {
				to: locator('4200000', 'id'),
				contactName: 'John',
				contactPhone: '+44 7700 900123',
			},
		},
	],
	flags: {},
	routes() {
		/** Messages so far, by chat: each chat counts its own. */
		const counts = new Map<string, number>();
		const stops = ({ params }: RequestFacts) =>
			params.token === TOKEN ? undefined : refusals.unauthorized.answer();
		return {
			sends: [
				{
					urls: ['/bot:token/sendContact'],
					schema,
					stops,
					wrongContentType: () => refused(400, 'Bad Request: no JSON'),
					invalid: ([violation]) =>
						refused(
							400,
							`Bad Request: ${[...(violation?.at ?? []), violation?.key].filter(Boolean).join('.')} is invalid`,
						),
					acceptance({ body }) {
						const chat = textAt(body, 'chat_id') ?? '';
						const message_id = (counts.get(chat) ?? 0) + 1;
						counts.set(chat, message_id);
						return ok({ ok: true, result: { message_id, chat: { id: chat } } });
					},
				},
			],
			others: [
				{
					method: 'GET',
					url: '/bot:token/getMe',
					stops,
					answer: () => ok({ ok: true, result: { id: 4200000001, is_bot: true } }),
				},
			],
			forget: () => counts.clear(),
		};
	},
});
