// The simulated Badger.
import { byPhone, type CardTable, locator, MARIA, MINIMAL } from '../../vendors/cards';
import { simulate } from '../../vendors/server';
import { ok, refusal, type RequestFacts, textAt, type VendorAnswer } from '../../vendors/Vendor';

const USER = 'receptionist';
const PASSWORD = 'FAKE:badger "password" of the sett+/=';
const [FRONT, BACK] = ['dev-front1', 'dev-back1'] as const;

const error = (statusCode: number, code: string, message: string): VendorAnswer => ({
	statusCode,
	body: { code, message },
});

const refusals = {
	password: refusal('documented', () => ({
		statusCode: 401,
		body: 'Unauthorized\n',
		headers: { 'www-authenticate': 'Basic realm="Sett"' },
	})),
	noDevice: refusal('documented', () => error(404, 'DEVICE_NOT_FOUND', 'No such device')),
	busy: refusal('documented', () => error(200, 'DEVICE_BUSY', 'The device starts, try later')),
	tired: refusal('documented', () => error(200, 'DEVICE_TIRED', 'Too many messages')),
	validation: refusal('documented', () => error(400, 'VALIDATION', 'contact_name: too odd')),
	'validation:unprocessable': refusal('observed', () =>
		error(422, 'VALIDATION', 'phone: not right'),
	),
};

const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['phone', 'contact_name', 'contact_phone'],
	properties: {
		phone: { type: 'string', pattern: '^\\d{7,20}$' },
		contact_name: { type: 'string', pattern: '\\S' },
		contact_phone: { type: 'string', pattern: '^\\d{3,20}$' },
		duration: { enum: [0, 86400, 604800] },
	},
};

const cards: CardTable = {
	messageId: /^3EB0[0-9A-F]{8}$/,
	minimal: {
		parameters: MINIMAL,
		body: { phone: '5511988887777', contact_name: 'Maria Silva', contact_phone: '5521977776666' },
		to: '5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: { ...MINIMAL, to: locator('5511988887777', 'id') },
		options: { disappearAfter: 0 },
		body: {
			phone: '5511988887777',
			contact_name: 'Maria Silva',
			contact_phone: '5521977776666',
			duration: 0,
		},
		to: '5511988887777',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({
			phone: to,
			contact_name: 'Dr. Zoë Maria Müller MBA',
			contact_phone: '4915112345678',
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

const DEVICES = [
	{ id: FRONT, label: 'Front desk' },
	{ id: BACK, label: 'Back office' },
];

const CHATS = ['Maria', 'João', 'Zé', 'Ana', 'Rui'].map((name, n) => ({
	name,
	phone: `551199999000${n}`,
}));

let lastId = 0;

const stops = ({ headers }: RequestFacts) =>
	headers.authorization === `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`
		? undefined
		: refusals.password.answer();

const stopsWithoutDevice = (facts: RequestFacts) =>
	stops(facts) ??
	(DEVICES.some(({ id }) => id === facts.headers['x-device-id'])
		? undefined
		: refusals.noDevice.answer());

export const badger = simulate({
	provider: 'badger',
	messengers: {
		whatsapp: {
			credentials: (url) => ({ baseUrl: url, username: USER, password: PASSWORD }),
			recipient: byPhone(),
			demands: ['contactName', 'contactPhone'],
			optionChoices: { disappearAfter: [86_400, 604_800, 0] },
			ids: {
				person: { '5511999998888': '5511999998888' },
				none: ['5511999998888@c.us', 'maria'],
			},
			read: ({ body, headers }) => ({
				to: textAt(body, 'phone') ?? '',
				sender: headers['x-device-id'] ?? '',
				cards: [{ name: textAt(body, 'contact_name'), phone: textAt(body, 'contact_phone') }],
			}),
			cards,
			panel: {
				fields: ['sender', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
				additional: [],
				options: ['disappearAfter'],
				modes: ['phone', 'id', 'list'],
				senderModes: ['list', 'id'],
			},
			list: {
				values: CHATS.map(({ phone }) => phone),
				search: { words: 'RUI', values: ['5511999990004'] },
				shown: {
					'5511999990004': 'Rui (5511999990004)',
					'5511999990001': 'João (5511999990001)',
					'5511999990000': 'Maria (5511999990000)',
				},
			},
		},
	},
	secrets: [PASSWORD],
	senders: [FRONT, BACK],
	notSenders: ['front1', 'dev-'],
	senderList: {
		values: [FRONT, BACK],
		search: { words: 'desk', values: [FRONT] },
		shown: { 'dev-back1': 'Back office', 'dev-front1': 'Front desk' },
	},
	wrongSecrets: { password: 'password' },
	means: { busy: 'later', tired: 'slower' },
	ofAccount: ['password', 'noDevice', 'busy', 'tired'],
	slowsDown: 'sender',
	credentialCases: [
		{ name: 'the right password', says: 'passes' },
		{ name: 'another password', change: { password: 'x' }, says: /the user and the password/ },
		{ name: 'something else answers', answer: ok({ fine: true }), says: /not as Badger/ },
	],
	refusals,
	words: (body) => textAt(body, 'message') ?? (typeof body === 'string' ? body.trim() : ''),
	limits: [{ perSecond: 20, burst: 20, per: 'sender' }],
	overload: { credential: refusals.tired },
	comeBack: [
		{
			name: 'X-Reset, when it is over',
			put: (answer, seconds) => ({
				...answer,
				headers: { ...answer.headers, 'x-reset': String(Date.now() + seconds * 1000) },
			}),
		},
	],
	nothingHere: () => ({ statusCode: 404, body: 'Cannot find that' }),
	samples: [
		{
			name: 'the page',
			messenger: 'whatsapp',
			path: () => '/sett/contact',
			headers: ({ username, password }) => ({
				authorization: `Basic ${Buffer.from(`${String(username)}:${String(password)}`).toString('base64')}`,
				'x-device-id': FRONT,
				'content-type': 'application/json',
			}),
			body: '{"phone":"447700900456","contact_name":"John","contact_phone":"447700900123"}',
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
				urls: ['/sett/contact'],
				schema,
				stops: stopsWithoutDevice,
				wrongContentType: () => error(400, 'VALIDATION', 'no JSON'),
				invalid: ([violation]) =>
					error(
						400,
						'VALIDATION',
						`${[...(violation?.at ?? []), violation?.key].filter(Boolean).join('.')}: not right`,
					),
				acceptance() {
					lastId += 1;
					const id = `3EB0${String(lastId).padStart(8, '0')}`;
					return { statusCode: 201, body: `accepted id=${id};\n` };
				},
			},
		],
		others: [
			{ method: 'GET', url: '/sett/devices', stops, answer: () => ok({ devices: DEVICES }) },
			{
				method: 'GET',
				url: '/sett/chats',
				stops: stopsWithoutDevice,
				answer({ query }) {
					const offset = Number(query.offset ?? 0);
					const rest = offset + 2 < CHATS.length ? { offset: offset + 2 } : {};
					return ok({ chats: CHATS.slice(offset, offset + 2), ...rest });
				},
			},
		],
	}),
});
