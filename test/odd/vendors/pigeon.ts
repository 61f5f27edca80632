// The simulated Pigeon Post.
import { byId, type CardTable, locator, MARIA } from '../../vendors/cards';
import { simulate } from '../../vendors/server';
import { ok, refusal, type RequestFacts, textAt } from '../../vendors/Vendor';

const TOKEN = 'FAKE-pigeon-token/with+odd=letters';

const said = (status: number, words: string) => ok({ status, status_message: words });

const refusals = {
	badToken: refusal('documented', () => said(2, 'invalidAuthToken')),
	badData: refusal('documented', () => said(3, 'badData: contact.name')),
	notSubscribed: refusal('documented', () => said(6, 'notSubscribed')),
	tooMany: refusal('documented', () => said(12, 'tooManyRequests')),
};

const text = { type: 'string', pattern: '\\S' };
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['receiver', 'sender', 'contact'],
	properties: {
		receiver: { type: 'string', pattern: '^pgn:[\\w-]{4,20}$' },
		sender: {
			type: 'object',
			additionalProperties: false,
			required: ['name'],
			properties: { name: { ...text, maxLength: 20 } },
		},
		contact: {
			type: 'object',
			additionalProperties: false,
			required: ['name', 'phone_number'],
			properties: { name: text, phone_number: { type: 'string', pattern: '^\\d{3,20}$' } },
		},
		tracking: { ...text, maxLength: 40 },
	},
};

const cards: CardTable = {
	messageId: /^57413118035717\d{5}$/,
	minimal: {
		parameters: {
			to: locator('pgn:A1b2C3', 'id'),
			contactName: 'Maria Silva',
			contactPhone: '+55 21 97777-6666',
		},
		body: {
			receiver: 'pgn:A1b2C3',
			sender: { name: 'Clinic Sun' },
			contact: { name: 'Maria Silva', phone_number: '5521977776666' },
		},
		to: 'pgn:A1b2C3',
		contact: MARIA,
	},
	full: {
		parameters: {
			to: locator('pgn:A1b2C3', 'id'),
			contactName: 'Maria Silva',
			contactPhone: '+55 21 97777-6666',
		},
		options: { trackingData: 'lead 7' },
		body: {
			receiver: 'pgn:A1b2C3',
			sender: { name: 'Clinic Sun' },
			contact: { name: 'Maria Silva', phone_number: '5521977776666' },
			tracking: 'lead 7',
		},
		to: 'pgn:A1b2C3',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({
			receiver: to,
			sender: { name: 'Clinic Sun' },
			contact: { name: 'Dr. Zoë Maria Müller MBA', phone_number: '4915112345678' },
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

// Next to each other: they stay apart as text and collide as numbers.
let lastToken = 5741311803571700000n;

const stops = ({ headers }: RequestFacts) =>
	headers['x-pigeon-token'] === TOKEN ? undefined : refusals.badToken.answer();

export const pigeon = simulate({
	provider: 'pigeon',
	messengers: {
		pigeon: {
			credentials: (url) => ({ baseUrl: url, token: TOKEN }),
			recipient: byId((four) => `pgn:loft-${four}`),
			demands: ['contactName', 'contactPhone'],
			optionTexts: { trackingData: { taken: ['x'.repeat(40)], refused: ['x'.repeat(41)] } },
			ids: {
				person: { 'pgn:loft-0007': 'pgn:loft-0007' },
				none: ['5511999998888', 'loft-0007'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'receiver') ?? '',
				sender: textAt(body, 'sender', 'name') ?? '',
				cards: [
					{
						name: textAt(body, 'contact', 'name'),
						phone: textAt(body, 'contact', 'phone_number'),
					},
				],
			}),
			cards,
			panel: {
				fields: ['sender', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
				additional: [],
				options: ['trackingData'],
				modes: ['id'],
				senderModes: ['name'],
			},
			bounds: [
				{ parameter: 'contactName', atMost: 28, unit: 'characters', at: ['contact', 'name'] },
			],
		},
	},
	secrets: [TOKEN],
	senders: ['Clinic Sun'],
	notSenders: ['x'.repeat(21)],
	wrongSecrets: { token: 'badToken' },
	means: { tooMany: 'slower' },
	ofAccount: ['badToken', 'tooMany'],
	credentialCases: [
		{ name: 'a good token', says: 'passes' },
		{ name: 'another token', change: { token: 'another' }, says: /did not accept the token/ },
		{ name: 'no JSON', answer: 'badData', says: /could not read the question/ },
		{ name: 'something else answers', answer: ok({ fine: true }), says: /not as Pigeon Post/ },
	],
	refusals,
	words: (body) => textAt(body, 'status_message'),
	overload: { credential: refusals.tooMany },
	comeBack: [
		{
			name: 'retry_in in the body',
			put: (answer, seconds) => ok({ ...(answer.body as object), retry_in: seconds }),
		},
	],
	nothingHere: () => said(1, 'notFound'),
	samples: [
		{
			name: 'the page',
			messenger: 'pigeon',
			path: () => '/pp/send',
			headers: ({ token }) => ({
				'x-pigeon-token': String(token),
				'content-type': 'application/json',
			}),
			body: '{"receiver":"pgn:A1b2C3","sender":{"name":"Loft"},"contact":{"name":"John","phone_number":"447700900123"}}',
			parameters: {
				sender: locator('Loft', 'name'),
				to: locator('pgn:A1b2C3', 'id'),
				contactName: 'John',
				contactPhone: '+44 7700 900123',
			},
		},
	],
	flags: {},
	routes: () => ({
		sends: [
			{
				urls: ['/pp/send'],
				schema,
				stops,
				wrongContentType: () => said(3, 'badData: no JSON'),
				invalid: ([violation]) => said(3, `badData: ${(violation?.at ?? []).join('.')}`),
				acceptance: () => ok({ status: 0, status_message: 'ok', message_token: (lastToken += 1n) }),
			},
		],
		others: [
			{
				method: 'POST',
				url: '/pp/account',
				stops,
				answer: ({ text: sent }) =>
					sent === '{}'
						? ok({ status: 0, status_message: 'ok', name: 'Loft' })
						: said(3, 'badData'),
			},
		],
	}),
});
