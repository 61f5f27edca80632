// The simulated uazapi: what it takes, what it answers, and how sure each is; what must arrive for which card,
// and what the panel promises.
// Source: the vendor's OpenAPI file (October 2025).
import { randomBytes } from 'node:crypto';

import { byPhone, type CardTable, locator, MARIA, MINIMAL, type PanelPromise } from './cards';
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
import { GROUP_IDS, spelledAs } from './whatsAppIds';

export interface UazapiFlags {
	/** Whether the instance is linked to a phone. */
	connected: boolean;
}

const TOKEN = 'fake-uazapi-0/instance"token\\of=the?sandbox+01';

const error = (statusCode: number, text: string): VendorAnswer => ({
	statusCode,
	body: { error: text },
});

const refusals = {
	// The words are documented for /chat/check; that a send is refused so is assumed.
	notConnected: refusal('assumed', () => error(500, 'WhatsApp client is not connected')),
	'notConnected:session': refusal('assumed', () => error(401, 'No active session')),
	'notConnected:503': refusal('assumed', () => error(503, 'WhatsApp disconnected')),
	unauthorized: refusal('documented', () => error(401, 'Invalid token')),
	// Documented for /instance/status.
	'unauthorized:info': refusal('documented', () => error(401, 'instance info not found')),
	// The status is documented, the body is not.
	notFound: refusal('documented', () => error(404, 'Not Found')),
	missingFields: refusal('documented', () => error(400, 'Missing required fields')),
	// The status is documented; other words than those above are not.
	badRequest: refusal('assumed', () => error(400, 'Invalid number')),
	rateLimit: refusal('documented', () => error(429, 'Rate limit exceeded')),
	failed: refusal('documented', () => error(500, 'Failed to send contact card')),
} satisfies Record<string, Refusal>;

/** Text in which nothing stands that the vendor would put another text for [documented for all messages]. */
const text = { type: 'string', pattern: '\\S', not: { pattern: '\\{\\{' } };

/**
 * Fields and types are documented. That unknown fields and empty texts are refused, and formatted numbers,
 * is assumed; so is refusing what the vendor would expand, since no user means it.
 */
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['number', 'fullName', 'phoneNumber'],
	properties: {
		number: {
			type: 'string',
			pattern: '^([1-9]\\d{6,14}|([1-9]\\d{9,14}-\\d{10}|[1-9]\\d{14,19})@g\\.us)$',
		},
		fullName: text,
		phoneNumber: { type: 'string', pattern: '^\\d{3,15}(,\\d{3,15})*$' },
		organization: text,
		email: text,
		url: text,
		replyid: { type: 'string', pattern: '\\S' },
		mentions: { type: 'string', pattern: '^(all|\\d+(,\\d+)*)$' },
		readchat: { type: 'boolean' },
		readmessages: { type: 'boolean' },
		forward: { type: 'boolean' },
		delay: { type: 'integer', minimum: 1 },
		track_source: { type: 'string', pattern: '\\S' },
		track_id: { type: 'string', pattern: '\\S' },
	},
};

/** The words of a missing field are documented, the others assumed. */
function invalid(violations: Violation[]): VendorAnswer {
	if (violations.some(({ keyword }) => keyword === 'required')) {
		return refusals.missingFields.answer();
	}
	const [{ at, key } = { at: [], key: 'body' }] = violations;
	return error(400, `Invalid ${key ?? at.join('.')}`);
}

/** The message as the vendor keeps it [documented]: `id` is its own, `messageid` is WhatsApp's. */
function acceptance({ body }: RequestFacts): VendorAnswer {
	const number = textAt(body, 'number') ?? '';
	const isGroup = number.endsWith('@g.us');
	return ok({
		id: `r${randomBytes(7).toString('hex')}`,
		messageid: `3EB0${randomBytes(9).toString('hex').toUpperCase()}`,
		chatid: isGroup ? number : `${number}@s.whatsapp.net`,
		fromMe: true,
		isGroup,
		messageType: 'ContactMessage',
		messageTimestamp: 1761738360000,
		sender: '5511999990001@s.whatsapp.net',
		status: 'pending',
		owner: '5511999990001',
		track_id: textAt(body, 'track_id') ?? '',
		track_source: textAt(body, 'track_source') ?? '',
		response: { status: 'success', message: 'Contact card sent successfully' },
	});
}

/** More than a page of them; the fields are documented. */
const CHATS = [
	{ wa_chatid: '5511999998888@s.whatsapp.net', name: 'Maria Silva', wa_name: 'Mari' },
	{ wa_chatid: '5511977776666@s.whatsapp.net', name: '', wa_name: '' },
	{ wa_chatid: '5511966660000@s.whatsapp.net', name: '', wa_contactName: 'João Souza' },
	{ wa_chatid: '120363012345678901@g.us', name: 'Sandbox group', wa_isGroup: true },
	...Array.from({ length: 203 }, (_, n) => ({
		wa_chatid: `55119555${String(n).padStart(5, '0')}@s.whatsapp.net`,
		name: `Cliente ${n}`,
	})),
	// Nothing that the vendor says it sends to.
	{ wa_chatid: '65998849469@lid', name: 'Hidden number' },
].map((chat, n) => ({ id: `r${n}`, wa_contactName: '', wa_unreadCount: 0, ...chat }));

/** One of them has no chat yet; the names are capitalised here [documented]. */
const GROUPS = [
	{ JID: '120363012345678901@g.us', Name: 'Sandbox group', OwnerJID: '5511999990001' },
	{ JID: '120363258412332916@g.us', Name: 'Silent group', OwnerJID: '5511999990001' },
];

/** `limit` and `offset` as documented; 2000 unless given. */
function findChats({ body }: RequestFacts): VendorAnswer {
	const { limit = 2000, offset = 0 } = fieldsOf(body);
	if (!Number.isInteger(limit) || !Number.isInteger(offset)) return error(400, 'Invalid payload');
	const [size, start] = [Number(limit), Number(offset)];
	return ok({
		chats: CHATS.slice(start, start + size),
		totalChatsStats: { total_chats: { total: CHATS.length, unread: 0 } },
		pagination: {
			totalRecords: CHATS.length,
			pageSize: size,
			currentPage: Math.floor(start / size) + 1,
			totalPages: Math.ceil(CHATS.length / size),
		},
	});
}

/** Numbers that end in 404404 have no WhatsApp here. */
function checkNumbers({ body }: RequestFacts, { connected }: UazapiFlags): VendorAnswer {
	const { numbers } = fieldsOf(body);
	const all: unknown[] = Array.isArray(numbers) ? numbers : [];
	if (all.length === 0) return error(400, 'Missing numbers in payload');
	if (!connected) return refusals.notConnected.answer();
	return ok(
		all
			.map(String)
			.map((query) => {
				const isInWhatsapp = !query.endsWith('404404');
				const jid = `${query.replace(/^(55[3-9]\d)9(\d{8})$/, '$1$2')}@s.whatsapp.net`;
				return { query, jid: isInWhatsapp ? jid : '', lid: '', isInWhatsapp, verifiedName: '' };
			})
			.reverse(),
	);
}

/** [documented] */
const status = ({ connected }: UazapiFlags) =>
	ok({
		instance: {
			id: 'r183e2ef9597845',
			name: 'minha-instancia',
			status: connected ? 'connected' : 'disconnected',
		},
		status: { connected, loggedIn: connected, jid: connected ? { user: '5511999990001' } : null },
	});

const sample = (name: string, body: string, parameters?: Sample['parameters']): Sample => ({
	name,
	messenger: 'whatsapp',
	path: () => '/send/contact',
	headers: ({ instanceToken }) => ({
		token: String(instanceToken),
		'content-type': 'application/json',
	}),
	body,
	...(parameters && { parameters }),
});

/** The file's example, verbatim. */
const samples = [
	sample(
		'Basic example',
		`{
  "number": "5511999999999",
  "fullName": "João Silva",
  "phoneNumber": "5511999999999,5511888888888",
  "organization": "Empresa XYZ",
  "email": "joao.silva@empresa.com",
  "url": "https://empresa.com/joao"
}`,
		{
			to: locator('5511999999999', 'phone'),
			contactName: 'João Silva',
			contactPhone: '5511999999999',
			additionalFields: {
				morePhones: { phone: [{ number: '+55 11 88888-8888', type: 'work' }] },
				organization: 'Empresa XYZ',
				email: 'joao.silva@empresa.com',
				url: 'https://empresa.com/joao',
			},
		},
	),
];

const credentialsAt = (url: string): Credentials => ({ baseUrl: url, instanceToken: TOKEN });

/** Written from the vendor's file. */
const cards: CardTable = {
	messageId: /^3EB0[0-9A-F]{18}$/,
	providerMessageId: /^r[0-9a-f]{14}$/,
	minimal: {
		parameters: MINIMAL,
		body: { number: '5511988887777', fullName: 'Maria Silva', phoneNumber: '5521977776666' },
		to: '5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: {
			...MINIMAL,
			to: locator('120363012345678901@g.us', 'id'),
			additionalFields: {
				organization: 'Clínica "Vida" & Cia.',
				email: 'maria@clinica.example',
				url: 'https://clinica.example/maria',
				morePhones: {
					phone: [
						{ number: '+55 21 3333-4444', type: 'work' },
						{ number: '0055 11 98888-0001', type: 'mobile' },
					],
				},
			},
		},
		options: {
			replyToMessageId: '3EB0538DA65A59F6D8A251',
			typingTime: 1500,
			markChatRead: true,
			markMessagesRead: false,
			showForwarded: true,
			mentions: '5511999999999,5511888888888',
			trackId: 'msg_123456789',
			trackSource: 'crm',
		},
		body: {
			number: '120363012345678901@g.us',
			fullName: 'Maria Silva',
			phoneNumber: '5521977776666,552133334444,5511988880001',
			organization: 'Clínica "Vida" & Cia.',
			email: 'maria@clinica.example',
			url: 'https://clinica.example/maria',
			replyid: '3EB0538DA65A59F6D8A251',
			delay: 1500,
			readchat: true,
			readmessages: false,
			forward: true,
			mentions: '5511999999999,5511888888888',
			track_id: 'msg_123456789',
			track_source: 'crm',
		},
		to: '120363012345678901@g.us',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({
			number: to,
			fullName: 'Dr. Zoë Maria Müller MBA',
			phoneNumber: '4915112345678',
			organization: 'Åcme, Inc.',
			email: 'zoe@acme.example',
			url: 'https://acme.example/zoe',
		}),
		dropped: ['department', 'title', 'birthday', 'note', 'businessDescription', 'address'],
	},
};

const panel: PanelPromise = {
	fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: ['morePhones', 'organization', 'email', 'url'],
	options: [
		'replyToMessageId',
		'typingTime',
		'markChatRead',
		'markMessagesRead',
		'showForwarded',
		'mentions',
		'trackId',
		'trackSource',
	],
	modes: ['phone', 'id', 'list'],
};

export const uazapi = simulate<UazapiFlags>({
	provider: 'uazapi',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone(),
			demands: ['contactName', 'contactPhone'],
			obeys: ['{{name}}', '{{ {{first_name}} }}', '{{{name}}}'],
			optionTexts: {
				mentions: {
					taken: ['all', '5511999999999,5511888888888'],
					refused: ['everyone', '5511999999999;5511888888888', '+5511999999999'],
				},
			},
			ids: {
				person: {
					...spelledAs('5511999998888'),
				},
				group: GROUP_IDS,
				none: ['65998849469@lid', '120363144038483540@newsletter'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'number') ?? '',
				cards: [
					{
						name: textAt(body, 'fullName'),
						phone: textAt(body, 'phoneNumber')?.replace(/,.*/, ''),
					},
				],
			}),
			cards,
			panel,
			list: {
				values: [
					...CHATS.map(({ wa_chatid }) => wa_chatid).filter((id) => !id.endsWith('@lid')),
					// Without a chat.
					'120363258412332916@g.us',
				],
				search: { words: 'silent', values: ['120363258412332916@g.us'] },
				shown: {
					'120363258412332916@g.us': 'Silent group (120363258412332916@g.us)',
					'5511955500000@s.whatsapp.net': 'Cliente 0 (5511955500000)',
					'5511955500001@s.whatsapp.net': 'Cliente 1 (5511955500001)',
				},
			},
			lookUps: {
				known: [
					{ phone: '5511987651234', id: '5511987651234@s.whatsapp.net', to: '5511987651234' },
					// WhatsApp has it without the ninth digit.
					{ phone: '5551987651234', id: '555187651234@s.whatsapp.net', to: '555187651234' },
				],
				unknown: '5511987404404',
				atOnce: 50,
			},
			optionBounds: { typingTime: [1000, 20_000] },
		},
	},
	secrets: [TOKEN],
	wrongSecrets: { instanceToken: 'unauthorized' },
	means: { rateLimit: 'slower', failed: 'unknown' },
	ofAccount: ['notConnected', 'unauthorized', 'notFound', 'rateLimit'],
	credentialCases: [
		{ name: 'the instance is connected', says: 'passes' },
		{
			name: 'another token',
			change: { instanceToken: 'another' },
			says: /did not accept the instance token/,
		},
		{ name: 'another server', answer: 'notFound', says: /Base URL is the address of your server/ },
		{
			name: 'the instance is not connected',
			flags: { connected: false },
			says: /credential is right, but the instance is not connected/,
		},
		{ name: 'something else answers', answer: ok({ status: 'fine' }), says: /not as Uazapi does/ },
	],
	refusals,
	words: (body) => fieldsOf(body).error,
	overload: { credential: refusals.rateLimit },
	tooLarge: refusal('assumed', () => error(413, 'Payload too large')),
	nothingHere: () => refusals.notFound.answer(),
	samples,
	flags: { connected: true },
	routes(flags) {
		const stops = ({ headers }: RequestFacts): VendorAnswer | undefined =>
			headers.token === TOKEN ? undefined : refusals.unauthorized.answer();
		return {
			sends: [
				{
					urls: ['/send/contact'],
					schema,
					stops,
					wrongContentType: () => error(400, 'Invalid payload'),
					invalid,
					unable: () => (flags.connected ? undefined : refusals.notConnected.answer()),
					acceptance,
				},
			],
			others: [
				{ method: 'GET', url: '/instance/status', stops, answer: () => status(flags) },
				{ method: 'POST', url: '/chat/find', stops, answer: findChats },
				{
					method: 'POST',
					url: '/chat/check',
					stops,
					answer: (facts) => checkNumbers(facts, flags),
				},
				{
					method: 'GET',
					url: '/group/list',
					stops,
					answer: () => ok({ groups: GROUPS }),
				},
			],
		};
	},
});
