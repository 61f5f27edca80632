// The simulated GOWA server: what it takes, what it answers, and how sure each is; what must arrive for which
// card, and what the panel promises.
// Sources: the server's own code (August 2026), which counts as documented here, and its docs/openapi.yaml.
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
import { CHANNEL_IDS, GROUP_IDS, HIDDEN_PERSON, spelledAs } from './whatsAppIds';

export interface GowaFlags {
	/** Whether the server asks for a user and a password at all [documented]. */
	hasUsers: boolean;
	/** Whether it looks recipients up before it sends: so unless turned off [documented]. */
	validatesAccounts: boolean;
}

const USERNAME = 'kemal';
const PASSWORD = 'fake-gowa/pass"word\\of=the?sandbox+01';

const DEVICE = 'atendimento';
/** An id that has to be encoded: a plus on its own would be read as a space. */
const SECOND_DEVICE = 'Vendas+São Paulo';
const OFFLINE_DEVICE = 'parada';
const NEW_DEVICE = '0f4c2d9e-1b7a-4a55-9c1e-6f2f5c1d7e90';

const said = (
	statusCode: number,
	code: string,
	message: string,
	results?: unknown,
): VendorAnswer => ({
	statusCode,
	body: { code, message, ...(results !== undefined && { results }) },
});

const internal = (message: string) => said(500, 'INTERNAL_SERVER_ERROR', message);
const invalidValue = (message: string) => said(400, 'VALIDATION_ERROR', message);

const refusals = {
	notLoggedIn: refusal('documented', () =>
		said(401, 'AUTHENTICATION_ERROR', 'you are not logged in'),
	),
	// The words and the status of the page, which are older than the code.
	'notLoggedIn:500': refusal('documented', () => internal('you are not loggin')),
	deviceOffline: refusal('documented', () =>
		said(401, 'AUTHENTICATION_ERROR', 'you are not connect to services server, please reconnect'),
	),
	// Not JSON: it comes from the framework, before the server is asked [the realm is assumed].
	unauthorized: refusal('documented', () => ({
		statusCode: 401,
		body: 'Unauthorized',
		headers: { 'www-authenticate': 'Basic realm="Restricted", charset="UTF-8"' },
	})),
	deviceNotFound: refusal('documented', ({ headers }: RequestFacts) =>
		said(
			404,
			'DEVICE_NOT_FOUND',
			'device not found; create a device first from /api/devices or provide a valid X-Device-Id',
			{ device_id: deviceIn(headers) },
		),
	),
	deviceRequired: refusal('documented', () =>
		said(
			400,
			'DEVICE_ID_REQUIRED',
			'device_id is required via X-Device-Id header or device_id query',
		),
	),
	deviceNotReady: refusal('documented', () =>
		said(500, 'INVALID_WA_CLI', 'your WhatsApp CLI is invalid or empty'),
	),
	'deviceNotReady:client': refusal('documented', () =>
		internal('Whatsapp client is not initialized'),
	),
	starting: refusal('documented', () =>
		said(503, 'DEVICE_MANAGER_UNAVAILABLE', 'Device manager is not initialized'),
	),
	invalidJid: refusal('documented', () =>
		said(400, 'INVALID_JID', 'Phone 5511904404404@s.whatsapp.net is not on whatsapp'),
	),
	// The words of the library, from here on, until the server's own follow again.
	notOnWhatsApp: refusal('documented', () =>
		internal('no LID found for 5511904404404@s.whatsapp.net from server'),
	),
	notInGroup: refusal('documented', () =>
		internal("failed to get group members: you're not participating in that group"),
	),
	// A 429 that no waiting helps: WhatsApp's number 463 [documented; its words are longer].
	newChatsRestricted: refusal('documented', () =>
		said(
			429,
			'WA_REACHOUT_TIMELOCK',
			'WhatsApp rejected this send with error 463 (reach-out timelock).',
		),
	),
	'newChatsRestricted:older': refusal('documented', () => internal('server returned error 463')),
	refusedByWhatsApp: refusal('documented', () => internal('server returned error 479')),
	tooManyLookUps: refusal('documented', () =>
		internal(
			'failed to get device list: failed to send usync query: info query returned status 429: rate-overlimit',
		),
	),
	notConnected: refusal('documented', () =>
		internal('failed to send message node: websocket not connected'),
	),
	timedOut: refusal('documented', () =>
		said(504, 'GATEWAY_TIMEOUT', 'Request timed out waiting for WhatsApp server response'),
	),
	failed: refusal('documented', () => internal('timed out waiting for message send response')),
	// The framework's answer to what is no address.
	notFound: refusal('documented', ({ method, path }: RequestFacts) => ({
		statusCode: 404,
		body: `Cannot ${method} ${path}`,
	})),
	// The server has no limit: this is what a gateway in front of it would say.
	tooManyRequests: refusal('assumed', () => ({ statusCode: 429, body: 'Too Many Requests' })),
	validation: refusal('documented', () => invalidValue('contact_name: cannot be blank.')),
	'validation:recipient': refusal('documented', () =>
		invalidValue(
			'phone number must be in international format (should not start with 0). For Indonesian numbers, use 62xxx format instead of 08xxx',
		),
	),
} satisfies Record<string, Refusal>;

/** The device that a request names, as the server decodes it [documented]. */
function deviceIn(headers: RequestFacts['headers']): string {
	const value = headers['x-device-id'] ?? '';
	try {
		return decodeURIComponent(value.replace(/\+/g, ' '));
	} catch {
		return value;
	}
}

/**
 * The fields are documented, and what is checked of them: the zero, and the values of `duration`. Strictly:
 * unknown fields are refused, and a phone in which the server would leave what is no digit [assumed].
 */
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['phone', 'contact_name', 'contact_phone'],
	properties: {
		phone: {
			type: 'string',
			pattern:
				'^([1-9]\\d{6,14}(@s\\.whatsapp\\.net)?|\\d{5,20}@lid|([1-9]\\d{9,14}-\\d{10}|[1-9]\\d{14,19})@g\\.us|\\d{10,20}@newsletter)$',
		},
		contact_name: { type: 'string', pattern: '\\S' },
		contact_phone: { type: 'string', pattern: '^[1-9]\\d{2,14}$' },
		is_forwarded: { type: 'boolean' },
		duration: { enum: [0, 86_400, 604_800, 7_776_000] },
	},
};

/** The words are documented for what is empty and for `duration`. */
function invalid([violation]: Violation[]): VendorAnswer {
	const field = violation?.key ?? violation?.at[0] ?? 'body';
	if (field === 'duration') {
		return invalidValue(
			'duration must be one of: 0 (no expiry), 86400 (24h), 604800 (7d), 7776000 (90d)',
		);
	}
	const isMissing = violation?.keyword === 'required' || field === 'contact_name';
	return invalidValue(`${field}: ${isMissing ? 'cannot be blank' : 'must be in a valid format'}.`);
}

/** Numbers that end in 404404 have no WhatsApp here, and of groups that do the account is no member. */
const isThere = (id: string) => !/404404(@\S+)?$/.test(id);

const DEVICES = [
	{
		id: DEVICE,
		phone_number: '5511999990001',
		display_name: 'Atendimento Central',
		state: 'logged_in',
		jid: '5511999990001@s.whatsapp.net',
	},
	{ id: SECOND_DEVICE, state: 'logged_in', jid: '5511999990002:12@s.whatsapp.net' },
	{ id: OFFLINE_DEVICE, phone_number: '5511999990003', state: 'disconnected' },
	{ id: NEW_DEVICE, state: 'connected' },
].map((device) => ({ ...device, created_at: '2026-01-02T03:04:05Z' }));

/** More than a page of them; a chat without a name has its number for one [documented]. */
const CHATS = [
	{ jid: '5511999998888@s.whatsapp.net', name: 'Maria Silva' },
	{ jid: '5511977776666@s.whatsapp.net', name: '5511977776666' },
	{ jid: '65998849469@lid', name: 'Hidden number' },
	{ jid: '120363025982934543@g.us', name: 'sandbox (old name)' },
	{ jid: '120363144038483540@newsletter', name: 'News of the sandbox' },
	...Array.from({ length: 103 }, (_, n) => ({
		jid: `55119555${String(n).padStart(5, '0')}@s.whatsapp.net`,
		name: `Cliente ${n}`,
	})),
	// Nothing to send to: the account's own status.
	{ jid: 'status@broadcast', name: 'status' },
].map((chat) => ({
	...chat,
	last_message_time: '2026-01-02T03:04:05Z',
	ephemeral_expiration: 0,
	archived: false,
}));

/** As the library has them [documented]; one of them has no chat. */
const GROUPS = [
	{ JID: '120363025982934543@g.us', Name: 'Sandbox group' },
	{ JID: '5511999999999-1623281429@g.us', Name: 'Older group' },
].map((one) => ({
	...one,
	OwnerJID: '5511999990001@s.whatsapp.net',
	Participants: [{ JID: '5511999990001@s.whatsapp.net', IsAdmin: true }],
}));

const success = (message: string, results: unknown) => ok({ code: 'SUCCESS', message, results });

/** 25 unless asked for more, and never more than 100 [documented]. */
function listChats({ query }: RequestFacts): VendorAnswer {
	const [limit, offset] = [Number(query.limit ?? 25), Number(query.offset ?? 0)];
	if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
		return invalidValue('limit: must be no greater than 100.');
	}
	return success('Success get chat list', {
		data: CHATS.slice(offset, offset + limit),
		pagination: { limit, offset, total: CHATS.length },
	});
}

/** What holds for everything that is done with the device's phone, once the request is a good one [documented]. */
function offline({ headers }: RequestFacts): VendorAnswer | undefined {
	const device = deviceIn(headers);
	if (device === OFFLINE_DEVICE) return refusals.deviceOffline.answer();
	return device === NEW_DEVICE ? refusals.notLoggedIn.answer() : undefined;
}

/** [documented] */
function acceptance({ body }: RequestFacts): VendorAnswer {
	const status = `Contact sent to ${textAt(body, 'phone') ?? ''} (server timestamp: 2026-01-02 03:04:05 +0000 UTC)`;
	return success(status, {
		message_id: `3EB0${randomBytes(9).toString('hex').toUpperCase()}`,
		status,
	});
}

const basic = (username: string, password: string) =>
	`Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

/** The file's examples of each field. */
const samples: readonly Sample[] = [
	{
		name: 'Send Contact',
		messenger: 'whatsapp',
		path: () => '/send/contact',
		headers: ({ username, password }) => ({
			authorization: basic(String(username), String(password)),
			'x-device-id': DEVICE,
			'content-type': 'application/json',
		}),
		body: `{
  "phone": "6289685024051@s.whatsapp.net",
  "contact_name": "Aldino Kemal",
  "contact_phone": "6289685024992",
  "is_forwarded": false,
  "duration": 86400
}`,
		parameters: {
			to: locator('6289685024051@s.whatsapp.net', 'id'),
			contactName: 'Aldino Kemal',
			contactPhone: '+62 896-8502-4992',
		},
		options: { showForwarded: false, disappearAfter: 86_400 },
	},
];

const credentialsAt = (url: string): Credentials => ({
	baseUrl: url,
	username: USERNAME,
	password: PASSWORD,
});

/** Written from the server's code. */
const cards: CardTable = {
	messageId: /^3EB0[0-9A-F]{18}$/,
	minimal: {
		parameters: MINIMAL,
		body: {
			phone: '5511988887777@s.whatsapp.net',
			contact_name: 'Maria Silva',
			contact_phone: '5521977776666',
		},
		to: '5511988887777@s.whatsapp.net',
		contact: MARIA,
	},
	full: {
		parameters: { ...MINIMAL, to: locator('120363025982934543@g.us', 'id') },
		options: { showForwarded: true, disappearAfter: 7_776_000 },
		body: {
			phone: '120363025982934543@g.us',
			contact_name: 'Maria Silva',
			contact_phone: '5521977776666',
			is_forwarded: true,
			duration: 7_776_000,
		},
		to: '120363025982934543@g.us',
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

const panel: PanelPromise = {
	fields: ['sender', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: [],
	options: ['showForwarded', 'disappearAfter'],
	modes: ['phone', 'id', 'list'],
	senderModes: ['list', 'id'],
};

export const gowa = simulate<GowaFlags>({
	provider: 'gowa',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone((digits) => `${digits}@s.whatsapp.net`),
			demands: ['contactName', 'contactPhone'],
			optionChoices: { disappearAfter: [86_400, 604_800, 7_776_000, 0] },
			ids: {
				person: {
					...spelledAs('5511999998888@s.whatsapp.net'),
					...HIDDEN_PERSON,
				},
				group: GROUP_IDS,
				channel: CHANNEL_IDS,
				none: ['1624901640@broadcast', '@maria'],
			},
			read: ({ body, headers }) => ({
				to: textAt(body, 'phone') ?? '',
				sender: deviceIn(headers),
				cards: [{ name: textAt(body, 'contact_name'), phone: textAt(body, 'contact_phone') }],
			}),
			cards,
			panel,
			list: {
				values: [
					...CHATS.map(({ jid }) => jid).filter((jid) => !/^status|@g\.us$/.test(jid)),
					...GROUPS.map(({ JID }) => JID),
				],
				search: { words: 'older', values: ['5511999999999-1623281429@g.us'] },
				shown: {
					'5511999999999-1623281429@g.us': 'Older group (5511999999999-1623281429@g.us)',
					'5511955500000@s.whatsapp.net': 'Cliente 0 (5511955500000)',
					'5511955500001@s.whatsapp.net': 'Cliente 1 (5511955500001)',
				},
				ofSender: true,
			},
			// It says yes or no, and names nobody.
			lookUps: {
				known: ['5511987651234', '5551987651234'].map((phone) => ({
					phone,
					id: `${phone}@s.whatsapp.net`,
					to: `${phone}@s.whatsapp.net`,
				})),
				unknown: '5511987404404',
			},
			phoneDigits: [7, 15],
		},
	},
	secrets: [PASSWORD],
	senders: [DEVICE, SECOND_DEVICE],
	notSenders: ['x'.repeat(101)],
	senderList: {
		values: DEVICES.map(({ id }) => id),
		search: { words: 'vendas', values: [SECOND_DEVICE] },
		shown: {
			atendimento: 'Atendimento Central (atendimento, 5511999990001, logged in)',
			'Vendas+São Paulo': 'Vendas+São Paulo (5511999990002, logged in)',
			'0f4c2d9e-1b7a-4a55-9c1e-6f2f5c1d7e90': '0f4c2d9e-1b7a-4a55-9c1e-6f2f5c1d7e90 (connected)',
			parada: 'parada (5511999990003, disconnected)',
		},
		off: ['0f4c2d9e-1b7a-4a55-9c1e-6f2f5c1d7e90', 'parada'],
	},
	wrongSecrets: { password: 'unauthorized' },
	means: {
		deviceOffline: 'later',
		starting: 'later',
		tooManyLookUps: 'slower',
		notConnected: 'later',
		timedOut: 'unknown',
		failed: 'unknown',
		tooManyRequests: 'slower',
	},
	ofAccount: [
		'notLoggedIn',
		'deviceOffline',
		'unauthorized',
		'deviceNotFound',
		'deviceRequired',
		'deviceNotReady',
		'starting',
		'tooManyLookUps',
		'notConnected',
		'notFound',
		'tooManyRequests',
	],
	slowsDown: 'sender',
	credentialCases: [
		{ name: 'the pair is right', says: 'passes' },
		{
			name: 'the pair was pasted whole',
			change: { username: '', password: `${USERNAME}:${PASSWORD}` },
			says: 'passes',
		},
		{
			name: 'the server has no users',
			change: { username: '', password: '' },
			flags: { hasUsers: false },
			says: 'passes',
		},
		{
			name: 'there is no device yet',
			answer: ok({ code: 'SUCCESS', message: 'List devices', results: null }),
			says: 'passes',
		},
		{
			name: 'another password',
			change: { password: 'another' },
			says: /did not accept username and password/,
		},
		{
			name: 'no password where one is needed',
			change: { username: '', password: '' },
			says: /did not accept username and password/,
		},
		{ name: 'another server', answer: 'notFound', says: /Nothing of GOWA answers/ },
		{ name: 'something else answers', answer: ok({ status: 'fine' }), says: /not as GOWA does/ },
	],
	refusals,
	words: (body) => (typeof body === 'string' ? body : fieldsOf(body).message),
	overload: { credential: refusals.tooManyRequests },
	nothingHere: (facts) => refusals.notFound.answer(facts),
	samples,
	flags: { hasUsers: true, validatesAccounts: true },
	routes(flags) {
		const users = ({ headers }: RequestFacts): VendorAnswer | undefined =>
			!flags.hasUsers || headers.authorization === basic(USERNAME, PASSWORD)
				? undefined
				: refusals.unauthorized.answer();
		/** The password first, then the device, and only then the body [documented]. */
		const stops = (facts: RequestFacts): VendorAnswer | undefined => {
			const refused = users(facts);
			if (refused) return refused;
			const device = deviceIn(facts.headers);
			// Of a server with one device that one sends: this one has several [documented].
			if (device === '') return refusals.deviceRequired.answer();
			const isKnown = DEVICES.some(({ id }) => id === device);
			return isKnown ? undefined : refusals.deviceNotFound.answer(facts);
		};
		return {
			sends: [
				{
					urls: ['/send/contact'],
					takes: ['json', 'form'],
					schema,
					stops,
					wrongContentType: () => internal('Unprocessable Entity'),
					invalid,
					unable(facts) {
						const refused = offline(facts);
						if (refused) return refused;
						const to = textAt(facts.body, 'phone') ?? '';
						if (isThere(to)) return undefined;
						if (to.endsWith('@g.us')) return refusals.notInGroup.answer();
						return flags.validatesAccounts
							? refusals.invalidJid.answer()
							: refusals.notOnWhatsApp.answer();
					},
					acceptance,
				},
			],
			others: [
				{
					method: 'GET',
					url: '/devices',
					stops: users,
					answer: () => success('List devices', DEVICES),
				},
				{ method: 'GET', url: '/chats', stops, answer: listChats },
				{
					method: 'GET',
					url: '/user/my/groups',
					stops,
					answer: (facts) => offline(facts) ?? success('Success get list groups', { data: GROUPS }),
				},
				{
					method: 'GET',
					url: '/user/check',
					stops,
					answer: (facts) =>
						offline(facts) ??
						success('Success check user', {
							is_on_whatsapp: isThere(facts.query.phone ?? ''),
						}),
				},
			],
		};
	},
});
