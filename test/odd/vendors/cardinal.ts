// The simulated Cardinal: strict about unknown keys, nulls and empty lists.
import { byPhone, type CardTable, locator, MARIA, MINIMAL } from '../../vendors/cards';
import { simulate } from '../../vendors/server';
import { fieldsOf, ok, refusal, type RequestFacts, textAt } from '../../vendors/Vendor';

const TOKEN = 'EAAFAKEcardinalAccessToken0123456789';
const [FIRST, SECOND, OFFLINE] = ['106540352242922', '106540352242923', '106540352242924'] as const;

const error = (statusCode: number, code: number, message: string, details?: string) => ({
	statusCode,
	body: {
		error: {
			message: `(#${code}) ${message}`,
			type: 'CardinalException',
			code,
			...(details !== undefined && { error_data: { details } }),
		},
	},
});

const refusals = {
	token: refusal('documented', () => error(401, 190, 'Access token has expired')),
	pairLimit: refusal('documented', () => error(400, 131056, 'Pair rate limit hit')),
	rate: refusal('documented', () => error(429, 130429, 'Rate limit hit')),
	window: refusal('documented', () =>
		error(400, 131047, 'Re-engagement message', 'More than 24 hours have passed.'),
	),
	parameter: refusal('documented', () => error(400, 100, 'Invalid parameter', 'contacts[0].name')),
	temporary: refusal('documented', () => error(503, 2, 'Service temporarily unavailable')),
};

const text = { type: 'string', pattern: '\\S' };
const strict = (required: string[], properties: Record<string, object>) => ({
	type: 'object',
	additionalProperties: false,
	minProperties: 1,
	required,
	properties,
});
const listOf = (items: object, maxItems: number) => ({
	type: 'array',
	minItems: 1,
	maxItems,
	items,
});
const type = { enum: ['HOME', 'WORK', 'MOBILE'] };

const schema = strict(['product', 'recipient_type', 'to', 'contacts'], {
	product: { const: 'cards' },
	recipient_type: { enum: ['individual', 'group'] },
	to: { type: 'string', pattern: '^(\\d{7,15}|grp-\\w{4,20})$' },
	context: strict(['message_id'], { message_id: text }),
	contacts: listOf(
		strict(['name', 'phones'], {
			name: strict(['formatted_name', 'first_name'], {
				formatted_name: text,
				first_name: text,
				last_name: text,
				prefix: text,
			}),
			phones: listOf(
				strict(['phone', 'wa_id'], {
					phone: { type: 'string', pattern: '^\\+\\d{3,20}$' },
					type,
					wa_id: { type: 'string', pattern: '^\\d{3,20}$' },
				}),
				3,
			),
			emails: listOf(strict(['email'], { email: { type: 'string', format: 'email' }, type }), 9),
			addresses: listOf(
				strict([], {
					street: text,
					city: text,
					country_code: { type: 'string', pattern: '^[A-Z]{2}$' },
					type,
				}),
				1,
			),
			org: strict([], { company: text, department: text, title: text }),
		}),
		3,
	),
});

const cards: CardTable = {
	messageId: /^crd\.\d{6}$/,
	minimal: {
		parameters: MINIMAL,
		body: {
			product: 'cards',
			recipient_type: 'individual',
			to: '5511988887777',
			contacts: [
				{
					name: { formatted_name: 'Maria Silva', first_name: 'Maria Silva' },
					phones: [{ phone: '+5521977776666', wa_id: '5521977776666' }],
				},
			],
		},
		to: '5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: {
			to: locator('grp-A1b2C3', 'id'),
			contactName: 'Dr. Maria Silva',
			contactPhone: '+55 21 97777-6666',
			additionalFields: {
				firstName: 'Maria',
				lastName: 'Silva',
				prefix: 'Dr.',
				organization: 'Clínica "Vida" & Cia.',
				department: 'Recepção',
				title: 'Médica',
				email: 'maria@clinica.example',
				morePhones: {
					phone: [
						{ number: '+55 21 3333-4444', type: 'work' },
						{ number: '+55 21 96666-5555', type: 'other' },
					],
				},
				moreEmails: { email: [{ address: 'm@casa.example', type: 'home' }] },
				addresses: {
					address: [{ street: 'Rua A, 1', city: 'Rio', countryCode: 'BR', type: 'work' }],
				},
			},
		},
		options: { replyToMessageId: 'crd.000001' },
		body: {
			product: 'cards',
			recipient_type: 'group',
			to: 'grp-A1b2C3',
			context: { message_id: 'crd.000001' },
			contacts: [
				{
					name: {
						formatted_name: 'Dr. Maria Silva',
						first_name: 'Maria',
						last_name: 'Silva',
						prefix: 'Dr.',
					},
					phones: [
						{ phone: '+5521977776666', wa_id: '5521977776666' },
						{ phone: '+552133334444', type: 'WORK', wa_id: '552133334444' },
						{ phone: '+5521966665555', wa_id: '5521966665555' },
					],
					emails: [{ email: 'maria@clinica.example' }, { email: 'm@casa.example', type: 'HOME' }],
					addresses: [{ street: 'Rua A, 1', city: 'Rio', country_code: 'BR', type: 'WORK' }],
					org: { company: 'Clínica "Vida" & Cia.', department: 'Recepção', title: 'Médica' },
				},
			],
		},
		to: 'grp-A1b2C3',
		contact: { name: 'Dr. Maria Silva', phone: '5521977776666' },
	},
	rich: {
		body: (to) => ({
			product: 'cards',
			recipient_type: 'individual',
			to,
			contacts: [
				{
					name: {
						formatted_name: 'Dr. Zoë Maria Müller MBA',
						first_name: 'Zoë',
						last_name: 'Müller',
						prefix: 'Dr.',
					},
					phones: [{ phone: '+4915112345678', type: 'MOBILE', wa_id: '4915112345678' }],
					emails: [{ email: 'zoe@acme.example' }],
					addresses: [{ street: 'Hauptstr. 1', city: 'Berlin', type: 'WORK' }],
					org: { company: 'Åcme, Inc.', department: 'Vertrieb', title: 'Leiterin' },
				},
			],
		}),
		dropped: ['url', 'birthday', 'note', 'businessDescription'],
	},
};

const NUMBERS = [
	{ id: FIRST, name: 'Reception', status: 'CONNECTED' },
	{ id: SECOND, name: 'Sales', status: 'CONNECTED' },
	{ id: OFFLINE, name: 'Old', status: 'OFFLINE' },
];

let lastId = 0;

const stops = ({ headers }: RequestFacts) =>
	headers.authorization === `Bearer ${TOKEN}` ? undefined : refusals.token.answer();

export const cardinal = simulate({
	provider: 'cardinal',
	messengers: {
		whatsapp: {
			credentials: (url) => ({
				host: 'custom',
				baseUrl: url,
				apiVersion: 'v3.0',
				accessToken: TOKEN,
			}),
			recipient: byPhone(),
			demands: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
			ids: {
				person: { '5511999998888': '5511999998888' },
				group: { 'grp-friends': 'grp-friends' },
				none: ['grp-', '@friends'],
			},
			read({ body, params }) {
				const { contacts } = fieldsOf(body);
				const list: unknown[] = Array.isArray(contacts) ? contacts : [];
				return {
					to: textAt(body, 'to') ?? '',
					sender: params.sender ?? '',
					cards: list.map((contact) => ({
						name: textAt(contact, 'name', 'formatted_name'),
						phone: textAt(contact, 'phones', '0', 'wa_id'),
					})),
				};
			},
			cards,
			panel: {
				fields: ['sender', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
				additional: Object.keys(fieldsOf(cards.full.parameters.additionalFields)),
				options: ['replyToMessageId'],
				modes: ['phone', 'id'],
				senderModes: ['list', 'id'],
			},
			bounds: [
				{
					parameter: 'contactName',
					atMost: 60,
					unit: 'utf16Units',
					at: ['contacts', '0', 'name', 'formatted_name'],
				},
			],
			listBounds: { morePhones: 2, addresses: 1 },
			cardsPerMessage: 3,
		},
	},
	secrets: [TOKEN],
	senders: [FIRST, SECOND],
	notSenders: ['1234', 'first'],
	senderList: {
		values: NUMBERS.map(({ id }) => id),
		search: { words: 'sales', values: [SECOND] },
		shown: {
			'106540352242922': 'Reception (CONNECTED)',
			'106540352242923': 'Sales (CONNECTED)',
			'106540352242924': 'Old (OFFLINE)',
		},
		off: ['106540352242924'],
	},
	wrongSecrets: { accessToken: 'token' },
	means: { pairLimit: 'slower', rate: 'slower', temporary: 'unknown' },
	ofAccount: ['token'],
	slowsDown: 'sender',
	credentialCases: [
		{ name: 'a good token', says: 'passes' },
		{
			name: 'another token',
			change: { accessToken: 'another' },
			says: /did not accept the access token/,
		},
		{
			name: 'another version',
			change: { apiVersion: 'v99.0' },
			says: /does not know this API version/,
		},
	],
	presets: [
		{
			name: 'main',
			change: { host: 'main', baseUrl: '', apiVersion: '' },
			url: 'https://cardinal.example/v3.0/x',
			headers: { Authorization: `Bearer ${TOKEN}` },
		},
		{
			name: 'mirror',
			change: { host: 'mirror', baseUrl: '' },
			url: 'https://mirror.example/cardinal/v3.0/x',
			headers: { 'X-Mirror-Key': TOKEN },
		},
	],
	refusals,
	words: (body) =>
		textAt(body, 'error', 'error_data', 'details') ?? textAt(body, 'error', 'message'),
	limits: [
		{ perSecond: 80, burst: 80, per: 'sender' },
		{ perSecond: 10, burst: 1, per: 'pair' },
	],
	overload: { credential: refusals.rate, pair: refusals.pairLimit },
	nothingHere: () => ({ statusCode: 404, body: '' }),
	samples: [
		{
			name: 'the page',
			messenger: 'whatsapp',
			path: () => `/v3.0/${FIRST}/messages`,
			headers: ({ accessToken }) => ({
				authorization: `Bearer ${String(accessToken)}`,
				'content-type': 'application/json',
			}),
			body: '{"product":"cards","recipient_type":"individual","to":"447700900456","contacts":[{"name":{"formatted_name":"John","first_name":"John"},"phones":[{"phone":"+447700900123","wa_id":"447700900123"}]}]}',
			parameters: {
				to: locator('+44 7700 900456', 'phone'),
				contactName: 'John',
				contactPhone: '+44 7700 900123',
			},
		},
	],
	flags: {},
	routes: () => ({
		sends: [
			{
				urls: ['/v3.0/:sender/messages'],
				schema,
				stops: (facts) =>
					stops(facts) ??
					(NUMBERS.some(({ id }) => id === facts.params.sender)
						? undefined
						: error(400, 100, 'Unsupported post request', 'phone number id')),
				wrongContentType: () => error(400, 100, 'Invalid parameter', 'content type'),
				invalid: ([violation]) =>
					error(
						400,
						100,
						'Invalid parameter',
						[...(violation?.at ?? []), violation?.key].filter(Boolean).join('.'),
					),
				acceptance: () => {
					lastId += 1;
					return ok({ messages: [{ id: `crd.${String(lastId).padStart(6, '0')}` }] });
				},
			},
		],
		others: [{ method: 'GET', url: '/v3.0/numbers', stops, answer: () => ok({ data: NUMBERS }) }],
	}),
});
