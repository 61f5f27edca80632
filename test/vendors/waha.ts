// The simulated WAHA server, with each of its engines: what it takes, what it answers, and how sure each is;
// what must arrive for which card, and what the panel promises.
// Sources: waha.devlike.pro, and the server's own code and issues, github.com/devlikeapro/waha : what its code
// says counts as documented here.
import { randomBytes } from 'node:crypto';

import {
	byPhone,
	type CardTable,
	locator,
	MARIA,
	MINIMAL,
	MINIMAL_VCARD,
	type PanelPromise,
	RICH_VCARD,
	vCardIn,
} from './cards';
import { simulate } from './server';
import {
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
import { CHANNEL_IDS, GROUP_IDS, HIDDEN_PERSON, spelledAs } from './whatsAppIds';

export interface WahaFlags {
	/** Which engine runs: each answers in a shape of its own. `OLD` is NOWEB of October 2024. */
	engine: 'GOWS' | 'NOWEB' | 'WEBJS' | 'WPP' | 'OLD';
	/** Whether the engine NOWEB keeps chats. */
	keepsChats: boolean;
}

const API_KEY = 'waha-Fake"key\\of/the=sandbox?0123456789';
const [DEFAULT, SALES, STOPPED, NEW] = ['default', 'vendas_2', 'parada', 'nova'] as const;

/** What the server's framework says [documented]. */
const nest = (statusCode: number, message: unknown, error?: string): VendorAnswer => ({
	statusCode,
	body: { statusCode, message, ...(error !== undefined && { error }) },
});

/** After it has waited for some seconds [documented]. */
const atState = (session: string, status: string): VendorAnswer => ({
	statusCode: 422,
	body: {
		error: 'Session status is not as expected. Try again later or restart the session',
		session,
		status,
		expected: ['WORKING'],
	},
});

/** Everything that was not thought of: it repeats the request, and shows the inside [documented]. */
const stumbled = (message: string) => (facts: RequestFacts) => ({
	statusCode: 500,
	body: {
		statusCode: 500,
		timestamp: '2026-01-02T03:04:05.000Z',
		exception: {
			stack: `Error: ${message}\n    at Session.send (/app/dist/core/inside-of-the-server.js:1:2)`,
			message,
			name: 'Error',
		},
		request: {
			path: facts.path,
			method: facts.method,
			body: facts.body,
			query: facts.query,
		},
		version: { version: '2026.5.1', engine: 'GOWS', tier: 'PLUS', browser: null },
	},
});

const refusals = {
	unauthorized: refusal('documented', () => nest(401, 'Unauthorized')),
	otherSession: refusal('assumed', () => nest(403, 'Forbidden resource', 'Forbidden')),
	onlyDefault: refusal('documented', () =>
		nest(
			422,
			"WAHA Core support only 'default' session. You tried to access 'vendas' session.",
			'Unprocessable Entity',
		),
	),
	sessionNotFound: refusal('documented', ({ body, params, query }: RequestFacts) => {
		const name = params.session ?? query.session ?? textAt(body, 'session') ?? '';
		return nest(
			404,
			`We didn't find a session with name '${name}'.\nPlease start it first by using POST /api/sessions/${name}/start request`,
			'Not Found',
		);
	}),
	'sessionNotFound:newer': refusal('assumed', () =>
		nest(422, 'Session "vendas" does not exist', 'Unprocessable Entity'),
	),
	needsQr: refusal('documented', () => atState(NEW, 'SCAN_QR_CODE')),
	starting: refusal('documented', () => atState(DEFAULT, 'STARTING')),
	notWorking: refusal('documented', () => atState(STOPPED, 'STOPPED')),
	'notWorking:failed': refusal('documented', () => atState(STOPPED, 'FAILED')),
	engineCannot: refusal('documented', () =>
		nest(422, 'The method is not implemented by the engine.', 'Unprocessable Entity'),
	),
	'engineCannot:501': refusal('assumed', () =>
		nest(501, 'The method is not implemented by the engine.', 'Not Implemented'),
	),
	needsPlus: refusal('documented', () =>
		nest(
			422,
			'The feature is available only in Plus version. Check this out: https://waha.devlike.pro/',
			'Unprocessable Entity',
		),
	),
	noStore: refusal('documented', () =>
		nest(
			400,
			'Enable NOWEB store "config.noweb.store.enabled=True" and "config.noweb.store.full_sync=True" when starting a new session.',
			'Bad Request',
		),
	),
	notFound: refusal('documented', ({ method, path }: RequestFacts) =>
		nest(404, `Cannot ${method} ${path}`, 'Not Found'),
	),
	validation: refusal('documented', () => nest(400, ['chatId must be a string'], 'Bad Request')),
	// The newest build of NOWEB, for a message without a card.
	'validation:unprocessable': refusal('documented', () =>
		nest(422, 'No contacts provided', 'Unprocessable Entity'),
	),
	tooManyRequests: refusal('assumed', () => nest(429, 'ThrottlerException: Too Many Requests')),
	stumbled: refusal('documented', stumbled('2 UNKNOWN: server returned error 400')),
	'stumbled:noweb': refusal('documented', stumbled('No sessions')),
} satisfies Record<string, Refusal>;

/** A vCard 3.0 with a name and a number, of one person, in one piece: cleaner than the server itself demands. */
const VCARD =
	'^BEGIN:VCARD\\r?\\nVERSION:3\\.0\\r?\\n(?![\\s\\S]*BEGIN:VCARD)(?=[\\s\\S]*\\bFN[;:])(?=[\\s\\S]*\\bTEL[;:])[\\s\\S]*\\nEND:VCARD$';

/** Its other form of a card, in fields: the published request has it. */
const inFields = {
	type: 'object',
	additionalProperties: false,
	required: ['fullName', 'phoneNumber'],
	properties: {
		fullName: { type: 'string', pattern: '\\S' },
		organization: { type: 'string', pattern: '\\S' },
		phoneNumber: { type: 'string', pattern: '\\S' },
		whatsappId: { type: 'string', pattern: '^\\d{5,20}$' },
	},
};

const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['session', 'chatId', 'contacts'],
	properties: {
		session: { type: 'string', pattern: '\\S' },
		// A bare number gets @c.us from the server; `@s.whatsapp.net` only some engines understand.
		chatId: {
			type: 'string',
			pattern:
				'^([1-9]\\d{6,14}@c\\.us|\\d{5,20}@lid|([1-9]\\d{9,14}-\\d{10}|[1-9]\\d{14,19})@g\\.us|\\d{10,20}@newsletter)$',
		},
		reply_to: { type: 'string', pattern: '^(true|false)_\\S+@\\S+_\\w+$' },
		contacts: {
			type: 'array',
			minItems: 1,
			items: {
				oneOf: [
					{
						type: 'object',
						additionalProperties: false,
						required: ['vcard'],
						properties: { vcard: { type: 'string', pattern: VCARD } },
					},
					inFields,
				],
			},
		},
	},
};

const invalid = ([violation]: Violation[]): VendorAnswer => {
	const place = [...(violation?.at ?? []), violation?.key].filter(Boolean).join('.');
	return nest(400, [`${place} does not meet the rule ${violation?.keyword ?? ''}`], 'Bad Request');
};

const SESSIONS = [
	{ name: DEFAULT, status: 'WORKING', me: { id: '5511999990001@c.us', pushName: 'Empresa' } },
	{ name: SALES, status: 'WORKING', me: { id: '5511999990002@c.us', pushName: 'Vendas' } },
	{ name: STOPPED, status: 'STOPPED', me: null },
	{ name: NEW, status: 'SCAN_QR_CODE', me: null },
];

const GROUPS = [
	{ id: '120363043968066561@g.us', subject: 'Sandbox group' },
	{ id: '5511999999999-1623281429@g.us', subject: 'Older group' },
];

const CHATS = [
	{ id: '5511999998888@c.us', name: 'Maria Silva' },
	{ id: '65998849469@lid', name: 'Hidden number' },
	{ id: '5511977776666@c.us', name: null },
	{ id: '120363161513685998@newsletter', name: 'Novidades' },
	// More than a page of them.
	...Array.from({ length: 130 }, (_, n) => ({
		id: `55119666${String(n).padStart(5, '0')}@c.us`,
		name: `Cliente ${n}`,
	})),
	// A group, which the list of groups has, too, and nothing to send to.
	{ id: '5511999999999-1623281429@g.us', name: 'Older group' },
	{ id: 'status@broadcast', name: null },
];

function overview({ query }: RequestFacts): VendorAnswer {
	const [limit, offset] = [Number(query.limit ?? 20), Number(query.offset ?? 0)];
	return ok(
		CHATS.slice(offset, offset + limit).map((chat) => ({
			...chat,
			picture: null,
			lastMessage: null,
			_chat: {},
		})),
	);
}

/** Groups as each engine lists them [documented]. */
function groups({ engine }: WahaFlags): VendorAnswer {
	switch (engine) {
		case 'NOWEB':
		case 'OLD':
			return ok(Object.fromEntries(GROUPS.map((one) => [one.id, one])));
		case 'GOWS':
			return ok(GROUPS.map(({ id, subject }) => ({ JID: id, Name: subject })));
		default:
			return ok(
				GROUPS.map(({ id, subject }) => ({
					id: { server: 'g.us', user: id.replace(/@.*/, ''), _serialized: id },
					name: subject,
				})),
			);
	}
}

/** Numbers that end in 404404 have no WhatsApp here; some are known without the ninth digit. */
function checkExists({ query }: RequestFacts): VendorAnswer {
	const { phone = '' } = query;
	if (!/^\d{7,15}$/.test(phone)) return nest(400, ['phone must be digits'], 'Bad Request');
	if (phone.endsWith('404404')) return ok({ numberExists: false });
	const digits = phone.replace(/^(55[3-9]\d)9(\d{8})$/, '$1$2');
	return ok({ numberExists: true, chatId: `${digits}@c.us` });
}

/** 201, in the shape of the engine [documented]; the early NOWEB had no body at all. */
function acceptance({ body }: RequestFacts, { engine }: WahaFlags): VendorAnswer {
	const chatId = textAt(body, 'chatId') ?? '';
	const id = `3EB0${randomBytes(9).toString('hex').toUpperCase()}`;
	const serialized = `true_${chatId}_${id}`;
	const bodies: Record<WahaFlags['engine'], unknown> = {
		GOWS: { id: serialized, timestamp: 1767323045, from: chatId, fromMe: true, _data: {} },
		WPP: { id: serialized, ack: 1, to: { _serialized: chatId } },
		WEBJS: {
			id: { fromMe: true, remote: chatId, id, _serialized: serialized },
			ack: 0,
			timestamp: 1767323045,
		},
		NOWEB: {
			key: { remoteJid: chatId.replace('@c.us', '@s.whatsapp.net'), fromMe: true, id },
			message: { contactMessage: { displayName: '', vcard: '' } },
			messageTimestamp: '1767323045',
			status: 'PENDING',
		},
		OLD: '',
	};
	return { statusCode: 201, body: bodies[engine] };
}

const credentialsAt = (url: string): Credentials => ({ baseUrl: url, apiKey: API_KEY });

const MARIAS_VCARD = MINIMAL_VCARD;

const cards: CardTable = {
	messageId: /^true_\S+@\S+_3EB0[0-9A-F]{18}$/,
	minimal: {
		parameters: MINIMAL,
		body: {
			session: DEFAULT,
			chatId: '5511988887777@c.us',
			contacts: [{ vcard: MARIAS_VCARD }],
		},
		to: '5511988887777@c.us',
		contact: MARIA,
	},
	full: {
		parameters: {
			to: locator('120363043968066561@g.us', 'id'),
			contactName: 'Drª. Maria Aparecida Silva Jr.',
			contactPhone: '+55 21 97777-6666',
			additionalFields: {
				firstName: 'Maria',
				middleName: 'Aparecida',
				lastName: 'Silva',
				prefix: 'Drª.',
				suffix: 'Jr.',
				nickname: 'Cida',
				organization: 'Clínica; "Vida" & Cia.',
				department: 'Recepção',
				title: 'Médica',
				email: 'maria@clinica.example',
				url: 'https://clinica.example/maria',
				birthday: '1990-05-21',
				note: 'Só às terças, das 9 às 12',
				businessDescription: 'Consultas e exames',
				morePhones: { phone: [{ number: '+55 21 3333-4444', type: 'work' }] },
				moreEmails: { email: [{ address: 'm@casa.example', type: 'home' }] },
				moreUrls: { url: [{ url: 'https://casa.example', type: 'work' }] },
				addresses: {
					address: [
						{
							street: 'Rua A, 1',
							city: 'Rio',
							state: 'RJ',
							postalCode: '20000-000',
							country: 'Brasil',
							countryCode: 'BR',
							type: 'work',
						},
					],
				},
			},
		},
		options: { replyToMessageId: 'false_5511999998888@c.us_AAAAAAAAAAAAAAAAAAAA' },
		body: {
			session: DEFAULT,
			chatId: '120363043968066561@g.us',
			contacts: [
				{
					vcard: [
						'BEGIN:VCARD',
						'VERSION:3.0',
						'N:Silva;Maria;Aparecida;Drª.;Jr.',
						'FN:Drª. Maria Aparecida Silva Jr.',
						'NICKNAME:Cida',
						'TEL;type=CELL;waid=5521977776666:+5521977776666',
						'TEL;type=WORK;waid=552133334444:+552133334444',
						'ORG:Clínica\\; "Vida" & Cia.;Recepção',
						'TITLE:Médica',
						'EMAIL:maria@clinica.example',
						'EMAIL;type=HOME:m@casa.example',
						'URL:https://clinica.example/maria',
						'URL;type=WORK:https://casa.example',
						'item1.ADR;type=WORK:;;Rua A\\, 1;Rio;RJ;20000-000;Brasil',
						'item1.X-ABADR:br',
						'BDAY:1990-05-21',
						'NOTE:Só às terças\\, das 9 às 12',
						'X-WA-BIZ-NAME:Clínica\\; "Vida" & Cia.',
						'X-WA-BIZ-DESCRIPTION:Consultas e exames',
						'END:VCARD',
					].join('\n'),
				},
			],
			reply_to: 'false_5511999998888@c.us_AAAAAAAAAAAAAAAAAAAA',
		},
		to: '120363043968066561@g.us',
		contact: { name: 'Drª. Maria Aparecida Silva Jr.', phone: '5521977776666' },
	},
	rich: {
		body: (to) => ({
			session: DEFAULT,
			chatId: to,
			contacts: [{ vcard: RICH_VCARD.replace('\r\n ', '').trimEnd() }],
		}),
		dropped: [],
	},
};

const panel: PanelPromise = {
	fields: ['sender', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: Object.keys(fieldsOf(cards.full.parameters.additionalFields)),
	options: ['replyToMessageId'],
	modes: ['phone', 'id', 'list'],
	senderModes: ['list', 'id'],
};

const VCARD_OF_THE_PAGE =
	'BEGIN:VCARD\nVERSION:3.0\nFN:Jane Doe\nORG:Company Name;\nTEL;type=CELL;type=VOICE;waid=911111111111:+91 11111 11111\nEND:VCARD';

const sample = (name: string, body: string, more: Partial<Sample>): Sample => ({
	name,
	messenger: 'whatsapp',
	path: () => '/api/sendContactVcard',
	headers: ({ apiKey }) => ({ 'x-api-key': String(apiKey), 'content-type': 'application/json' }),
	body,
	...more,
});

const samples = [
	// The person behind this address is Jane Doe, whose card is passed on whole.
	sample(
		'Send contact, a vCard',
		JSON.stringify({
			session: 'default',
			chatId: '79111111@c.us',
			contacts: [{ vcard: VCARD_OF_THE_PAGE }],
		}),
		{
			parameters: {
				to: locator('79111111@c.us', 'id'),
				contactSource: 'vCard',
				vCard: VCARD_OF_THE_PAGE,
			},
			options: { allowUnusualNumbers: true },
		},
	),
	sample(
		'Send contact, fields',
		`{
  "session": "default",
  "chatId": "79111111@c.us",
  "contacts": [
    {
      "fullName": "John Doe",
      "organization": "Company Name",
      "phoneNumber": "+91 11111 11111",
      "whatsappId": "911111111111"
    }
  ]
}`,
		{ differs: 'The node sends whole vCards, which hold more' },
	),
];

/** The people in a message, in either form of a card. */
function peopleIn(body: unknown) {
	const { contacts } = fieldsOf(body);
	const list: unknown[] = Array.isArray(contacts) ? contacts : [];
	return list.map((one) => {
		const { vcard } = fieldsOf(one);
		if (vcard !== undefined) return vCardIn(vcard);
		return { name: textAt(one, 'fullName'), phone: textAt(one, 'whatsappId') };
	});
}

export const waha = simulate<WahaFlags>({
	provider: 'waha',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone((digits) => `${digits}@c.us`),
			demands: [['contactName', 'firstName', 'lastName', 'organization'], 'contactPhone'],
			ids: {
				person: {
					...spelledAs('5511999998888@c.us'),
					...HIDDEN_PERSON,
				},
				group: GROUP_IDS,
				channel: CHANNEL_IDS,
				none: ['@maria', 'status@broadcast', 'US.13491208655302741918'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'chatId') ?? '',
				sender: textAt(body, 'session') ?? '',
				cards: peopleIn(body),
			}),
			cards,
			panel,
			list: {
				values: [
					...CHATS.map(({ id }) => id).filter((id) => !/^status|@g\.us$/.test(id)),
					...GROUPS.map(({ id }) => id),
				],
				search: { words: 'older', values: ['5511999999999-1623281429@g.us'] },
				shown: {
					'5511999999999-1623281429@g.us': 'Older group (5511999999999-1623281429@g.us)',
					'5511966600000@c.us': 'Cliente 0 (5511966600000)',
					'5511966600001@c.us': 'Cliente 1 (5511966600001)',
				},
				ofSender: true,
			},
			lookUps: {
				known: [
					{ phone: '5511987651234', id: '5511987651234@c.us', to: '5511987651234@c.us' },
					// WhatsApp has it without the ninth digit.
					{ phone: '5551987651234', id: '555187651234@c.us', to: '555187651234@c.us' },
				],
				unknown: '5511987404404',
			},
			cardsPerMessage: 20,
		},
	},
	secrets: [API_KEY],
	senders: [DEFAULT, SALES],
	notSenders: ['.', '..', 'a b', 'a/b', 'a?b', 'x'.repeat(65)],
	usualSender: DEFAULT,
	senderList: {
		values: SESSIONS.map(({ name }) => name),
		search: { words: 'vendas', values: [SALES] },
		shown: {
			default: 'default (5511999990001, WORKING)',
			vendas_2: 'vendas_2 (5511999990002, WORKING)',
			nova: 'nova (SCAN_QR_CODE)',
			parada: 'parada (STOPPED)',
		},
		off: ['nova', 'parada'],
	},
	wrongSecrets: { apiKey: 'unauthorized' },
	means: { starting: 'later', tooManyRequests: 'slower', stumbled: 'unknown' },
	ofAccount: [
		'unauthorized',
		'otherSession',
		'onlyDefault',
		'sessionNotFound',
		'needsQr',
		'starting',
		'notWorking',
		'engineCannot',
		'needsPlus',
		'noStore',
		'notFound',
		'tooManyRequests',
	],
	slowsDown: 'sender',
	credentialCases: [
		{ name: 'the key is right', says: 'passes' },
		{ name: 'there is no session yet', answer: ok([]), says: 'passes' },
		{ name: 'another key', change: { apiKey: 'another' }, says: /did not accept the API key/ },
		{ name: 'no key', change: { apiKey: '' }, says: /did not accept the API key/ },
		{ name: 'another server', answer: 'notFound', says: /without \/dashboard/ },
	],
	refusals,
	words(body) {
		const { message, error, exception } = fieldsOf(body);
		const inside = textAt(exception, 'message');
		if (inside !== undefined) return inside;
		return Array.isArray(message) ? message.join('; ') : (message ?? error);
	},
	strangers: /inside-of-the-server/,
	overload: { credential: refusals.tooManyRequests },
	tooLarge: refusal('documented', () => nest(413, 'request entity too large')),
	nothingHere: (facts) => refusals.notFound.answer(facts),
	samples,
	flags: { engine: 'GOWS', keepsChats: true },
	routes(flags) {
		const stops = ({ headers }: RequestFacts): VendorAnswer | undefined =>
			headers['x-api-key'] === API_KEY ? undefined : refusals.unauthorized.answer();
		/** The key, the session, and whether it works. */
		const atSession = (facts: RequestFacts, name: string | undefined) => {
			const session = SESSIONS.find((one) => one.name === name);
			if (session === undefined) return refusals.sessionNotFound.answer(facts);
			return session.status === 'WORKING' ? undefined : atState(session.name, session.status);
		};
		const ofPath = (facts: RequestFacts) => stops(facts) ?? atSession(facts, facts.params.session);
		return {
			sends: [
				{
					urls: ['/api/sendContactVcard'],
					schema,
					stops,
					wrongContentType: () => nest(400, ['session should not be empty'], 'Bad Request'),
					unreadable: () => nest(400, 'Unexpected token in JSON', 'Bad Request'),
					invalid,
					unable: (facts) => atSession(facts, textAt(facts.body, 'session')),
					acceptance: (facts) => acceptance(facts, flags),
				},
			],
			others: [
				{
					method: 'GET',
					url: '/api/sessions',
					stops,
					answer: ({ query }) =>
						ok(SESSIONS.filter(({ status }) => query.all === 'true' || status !== 'STOPPED')),
				},
				{
					method: 'GET',
					url: '/api/:session/chats/overview',
					stops: ofPath,
					answer: (facts) => (flags.keepsChats ? overview(facts) : refusals.noStore.answer()),
				},
				{
					method: 'GET',
					url: '/api/:session/groups',
					stops: ofPath,
					answer: () => groups(flags),
				},
				{
					method: 'GET',
					url: '/api/contacts/check-exists',
					stops: (facts) => stops(facts) ?? atSession(facts, facts.query.session),
					answer: checkExists,
				},
			],
		};
	},
});
