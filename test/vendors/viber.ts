// The simulated Viber: what it takes of bots, what it answers, and how sure each is; what must arrive for which
// card, and what the panel promises.
// Sources: developers.viber.com/docs/api/rest-bot-api , creators.viber.com/docs/bots-api .
import { byId, type CardTable, locator, MARIA } from './cards';
import { simulate } from './server';
import {
	type Credentials,
	fieldsOf,
	ok,
	refusal,
	type Refusal,
	type RequestFacts,
	textAt,
	type VendorAnswer,
	type Violation,
} from './Vendor';

const TOKEN = '4fake-viber/445da882+sandbox=bot-token';

/** An answer is a 200 whatever it says [documented]. */
const said = (status: number, words: string, more: object = {}) =>
	ok({ status, status_message: words, ...more });

/** The numbers and their words are documented. */
const refusals = {
	invalidToken: refusal('documented', () => said(2, 'invalidAuthToken')),
	badData: refusal('documented', () => said(3, 'badData')),
	missingData: refusal('documented', () => said(4, 'missingData')),
	notRegistered: refusal('documented', () => said(5, 'receiverNotRegistered')),
	notSubscribed: refusal('documented', () => said(6, 'receiverNotSubscribed')),
	blocked: refusal('documented', () => said(7, 'publicAccountBlocked')),
	botNotFound: refusal('documented', () => said(8, 'publicAccountNotFound')),
	suspended: refusal('documented', () => said(9, 'publicAccountSuspended')),
	noWebhook: refusal('documented', () => said(10, 'webhookNotSet')),
	noSuitableDevice: refusal('documented', () => said(11, 'receiverNoSuitableDevice')),
	// It has the number of a message, although none was taken [documented].
	unanswered: refusal('documented', () =>
		said(12, 'Too many requests', { message_token: '1234567890', chat_hostname: 'SN-CHAT-01_' }),
	),
	tooManyRequests: refusal('documented', () => said(12, 'tooManyRequests')),
	versionNotSupported: refusal('documented', () => said(13, 'apiVersionNotSupported')),
	incompatible: refusal('documented', () => said(14, 'incompatibleWithVersion')),
	notAuthorized: refusal('documented', () => said(15, 'publicAccountNotAuthorized')),
	unexpected: refusal('documented', () => said(1, 'invalidUrl')),
	'unexpected:reply': refusal('documented', () => said(16, 'inchatReplyMessageNotAllowed')),
	'unexpected:inline': refusal('documented', () => said(17, 'publicAccountIsNotInline')),
	'unexpected:chat': refusal('documented', () => said(18, 'noPublicChat')),
	'unexpected:broadcast': refusal('documented', () => said(19, 'cannotSendBroadcast')),
	'unexpected:allowed': refusal('documented', () => said(20, 'broadcastNotAllowed')),
	notFound: refusal('assumed', () => ({ statusCode: 404, body: '<h1>Not Found</h1>' })),
} satisfies Record<string, Refusal>;

/** Who cannot be written to, and why. */
const TROUBLED: Readonly<Record<string, keyof typeof refusals>> = {
	'bm90U3Vic2NyaWJlZEhlcg==': 'notSubscribed',
	'bm90UmVnaXN0ZXJlZEhlcg==': 'notRegistered',
};

const text = { type: 'string', pattern: '\\S' };
const object = (required: string[], properties: object) => ({
	type: 'object',
	additionalProperties: false,
	required,
	properties,
});

/**
 * Fields and lengths are documented. That unknown fields are refused, and empty texts, is assumed, and so are
 * the form of ids and of phones: the page's example has the latter with +.
 */
const schema = object(['receiver', 'type', 'sender', 'contact'], {
	receiver: { type: 'string', pattern: '^[A-Za-z\\d+/]{8,}={1,2}$' },
	type: { const: 'contact' },
	min_api_version: { type: 'integer', minimum: 1, maximum: 10 },
	sender: object(['name'], {
		name: { ...text, maxLength: 28 },
		avatar: { type: 'string', pattern: '^https?://' },
	}),
	tracking_data: { ...text, maxLength: 4000 },
	contact: object(['name', 'phone_number'], {
		name: { ...text, maxLength: 28 },
		phone_number: { type: 'string', pattern: '^\\+?\\d{3,}$', maxLength: 18 },
	}),
	keyboard: { type: 'object' },
});

function invalid(violations: Violation[]): VendorAnswer {
	return violations.some(({ keyword }) => keyword === 'required')
		? refusals.missingData.answer()
		: refusals.badData.answer();
}

/** Next to each other and above 2^53: they stay apart as text and collide as numbers [documented]. */
let lastToken = 5098034272017990000n;
const acceptance = () =>
	said(0, 'ok', {
		message_token: (lastToken += 1n),
		chat_hostname: 'SN-CHAT-01_',
		billing_status: 1,
	});

/** Written from the vendor's pages. */
const cards: CardTable = {
	messageId: /^5098034272017\d{6}$/,
	minimal: {
		parameters: {
			to: locator('jc9HsWTZ2Yf2NkRZ8KcNug==', 'id'),
			contactName: 'Maria Silva',
			contactPhone: '+55 21 97777-6666',
		},
		body: {
			receiver: 'jc9HsWTZ2Yf2NkRZ8KcNug==',
			type: 'contact',
			sender: { name: 'Clinic Sun' },
			contact: { name: 'Maria Silva', phone_number: '+5521977776666' },
		},
		to: 'jc9HsWTZ2Yf2NkRZ8KcNug==',
		contact: MARIA,
	},
	full: {
		parameters: {
			to: locator('zEjO1IAIu/GE1o2CDJ3g/Q==', 'id'),
			contactName: 'Maria Silva',
			contactPhone: '+55 21 97777-6666',
		},
		options: {
			keyboard:
				'{"Type": "keyboard", "Buttons": [{"ActionType": "reply", "ActionBody": "ok", "Text": "OK"}]}',
			minApiVersion: 7,
			senderAvatar: 'https://clinic.example/sun.jpg',
			trackingData: 'lead 7; "Ação"',
		},
		body: {
			receiver: 'zEjO1IAIu/GE1o2CDJ3g/Q==',
			type: 'contact',
			sender: { name: 'Clinic Sun', avatar: 'https://clinic.example/sun.jpg' },
			contact: { name: 'Maria Silva', phone_number: '+5521977776666' },
			tracking_data: 'lead 7; "Ação"',
			min_api_version: 7,
			keyboard: {
				Type: 'keyboard',
				Buttons: [{ ActionType: 'reply', ActionBody: 'ok', Text: 'OK' }],
			},
		},
		to: 'zEjO1IAIu/GE1o2CDJ3g/Q==',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({
			receiver: to,
			type: 'contact',
			sender: { name: 'Clinic Sun' },
			contact: { name: 'Dr. Zoë Maria Müller MBA', phone_number: '+4915112345678' },
		}),
		dropped: [
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

const credentialsAt = (url: string): Credentials => ({ baseUrl: url, token: TOKEN });

const stops = ({ headers }: RequestFacts): VendorAnswer | undefined =>
	headers['x-viber-auth-token'] === TOKEN ? undefined : refusals.invalidToken.answer();

export const viber = simulate({
	provider: 'viber',
	messengers: {
		viber: {
			credentials: credentialsAt,
			recipient: byId((four) => `c2FuZGJveFBlcnNvbi${four}==`),
			demands: ['contactName', 'contactPhone'],
			optionTexts: {
				senderAvatar: {
					taken: ['https://clinic.example/sun.jpg'],
					refused: ['sun.jpg', 'ftp://clinic.example/sun.jpg'],
				},
				trackingData: { taken: ['x'.repeat(4000)], refused: ['x'.repeat(4001)] },
			},
			ids: {
				person: {
					'jc9HsWTZ2Yf2NkRZ8KcNug==': 'jc9HsWTZ2Yf2NkRZ8KcNug==',
					'01234567890A=': '01234567890A=',
				},
				none: ['5511999998888', 'pa:75346594275468546724', 'Maria Silva'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'receiver') ?? '',
				sender: textAt(body, 'sender', 'name') ?? '',
				cards: [
					{
						name: textAt(body, 'contact', 'name'),
						phone: textAt(body, 'contact', 'phone_number')?.replace(/^\+/, ''),
					},
				],
			}),
			cards,
			panel: {
				fields: ['sender', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
				additional: [],
				options: ['keyboard', 'minApiVersion', 'senderAvatar', 'trackingData'],
				modes: ['id'],
				senderModes: ['name'],
			},
			bounds: [
				{ parameter: 'contactName', atMost: 28, unit: 'characters', at: ['contact', 'name'] },
			],
			optionBounds: { minApiVersion: [1, 10] },
		},
	},
	secrets: [TOKEN],
	senders: ['Clinic Sun'],
	notSenders: ['x'.repeat(29)],
	wrongSecrets: { token: 'invalidToken' },
	means: { unanswered: 'slower', tooManyRequests: 'slower' },
	ofAccount: [
		'invalidToken',
		'blocked',
		'botNotFound',
		'suspended',
		'noWebhook',
		'tooManyRequests',
		'notAuthorized',
		'notFound',
	],
	credentialCases: [
		{ name: 'the bot answers', says: 'passes' },
		{ name: 'another token', change: { token: 'another' }, says: /did not accept the token/ },
		{ name: 'a blocked bot', answer: 'blocked', says: /the bot is blocked/ },
		{ name: 'no bot', answer: 'botNotFound', says: /belongs to no bot/ },
		{ name: 'a suspended bot', answer: 'suspended', says: /the bot is suspended/ },
		{ name: 'asked too often', answer: 'tooManyRequests', says: /too many requests of this bot/ },
		{ name: 'something else answers', answer: ok({ fine: true }), says: /not as Viber does/ },
		{ name: 'nothing there', answer: 'notFound', says: /does not know this address/ },
	],
	refusals,
	words: (body) => fieldsOf(body).status_message,
	overload: { credential: refusals.tooManyRequests, recipient: refusals.unanswered },
	// A message has up to 30 kB [documented]; with which number a larger one is refused is assumed.
	bodyLimit: 30 * 1024,
	tooLarge: refusal('assumed', () => said(3, 'badData')),
	nothingHere: () => refusals.notFound.answer(),
	samples: [
		{
			name: 'Contact message',
			messenger: 'viber',
			path: () => '/pa/send_message',
			headers: ({ token }) => ({
				'x-viber-auth-token': String(token),
				'content-type': 'application/json',
			}),
			body: `{
  "receiver":"01234567890A=",
  "min_api_version":1,
  "sender":{
    "name":"John McClane",
    "avatar":"http://avatar.example.com"
  },
  "tracking_data":"tracking data",
  "type":"contact",
  "contact":{
    "name":"Itamar",
    "phone_number":"+972511123123"
  }
}`,
			parameters: {
				sender: locator('John McClane', 'name'),
				to: locator('01234567890A=', 'id'),
				contactName: 'Itamar',
				contactPhone: '+972511123123',
			},
			options: {
				minApiVersion: 1,
				senderAvatar: 'http://avatar.example.com',
				trackingData: 'tracking data',
				allowUnusualNumbers: true,
			},
		},
	],
	flags: {},
	routes: () => ({
		sends: [
			{
				urls: ['/pa/send_message'],
				schema,
				stops,
				wrongContentType: () => refusals.badData.answer(),
				invalid,
				unable({ body }) {
					const troubled = TROUBLED[textAt(body, 'receiver') ?? ''];
					return troubled === undefined ? undefined : refusals[troubled].answer();
				},
				acceptance,
			},
		],
		others: [
			{
				method: 'POST',
				url: '/pa/get_account_info',
				stops,
				// A body is demanded, if only an empty object [documented].
				answer: ({ text: sent }) =>
					sent === '{}'
						? said(0, 'ok', {
								id: 'pa:75346594275468546724',
								name: 'Clinic Sun',
								uri: 'clinicsun',
								webhook: 'https://clinic.example/viber',
								subscribers_count: 35,
							})
						: refusals.badData.answer(),
			},
		],
	}),
});
