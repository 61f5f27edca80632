// The simulated PlugzAPI (PlugMessage): what it takes, what it answers, and how sure each is; what must
// arrive for which card, and what the panel promises.
// Sources: the vendor's send-contact page, its documentation repository and that of Z-API, its parent.
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

export interface PlugzApiFlags {
	/** Whether the account was set to demand the Client-Token header [observed on most accounts]. */
	clientTokenRequired: boolean;
	/** PlugzAPI's page lists the description as required, Z-API's as optional; nobody saw which holds. */
	descriptionRequired: boolean;
	/** Whether the WhatsApp phone is linked. A send is queued all the same [documented]. */
	connected: boolean;
	smartphoneConnected: boolean;
	/** /phone-exists answers a list [documented] or one object [observed in an SDK]. */
	phoneExistsAs: 'list' | 'object';
	/** How many messages wait at most [documented: 1000]; the answer beyond is assumed. */
	queueLimit: number;
	/** How long the phone takes for a message: 1 to 3 s [documented]; 0 empties the queue at once. */
	secondsPerMessage: number;
}

const INSTANCE_ID = '3FAKE0INSTANCE0PLUGZAPI0SANDBOX0';
const INSTANCE_TOKEN = 'FAKE0PLUGZ0PATH0TOKEN0A1';
// A header takes characters that change in URLs, in JSON and in base64.
const CLIENT_TOKEN = 'Ffake"plugz\\client+token/of=the?sandboxS';

const error = (statusCode: number, text: string): VendorAnswer => ({
	statusCode,
	body: { error: text },
});

const refusals = {
	// The status and the words are what integrators report.
	clientTokenMissing: refusal('observed', () => error(400, 'your client-token is not configured')),
	// The words are on Z-API's Client-Token page, the status is not.
	'clientTokenMissing:null': refusal('documented', () => error(403, 'null not allowed')),
	// The words are on Z-API's pages, the status is assumed. The value that was refused comes back.
	notAllowed: refusal('documented', ({ headers }: RequestFacts) =>
		error(403, `${headers['client-token'] ?? '203.0.113.7'} not allowed`),
	),
	'notAllowed:ip': refusal('documented', () => error(403, '203.0.113.7 not allowed')),
	// Integrators report a 404 with these words; the rest of the body is assumed.
	instanceNotFound: refusal('observed', () => error(404, 'Instance not found')),
	// The words are documented for /status; an integrator guards sends against a 200 with them.
	notConnected: refusal('observed', () =>
		ok({ connected: false, session: false, error: 'You are not connected.' }),
	),
	'notConnected:session': refusal('observed', () =>
		ok({ connected: false, session: true, error: 'You need to restore the session.' }),
	),
	// "New messages are rejected" beyond 1000 is documented; status and words are assumed.
	queueFull: refusal('assumed', () => error(400, 'The queue is full: limit of 1000 messages')),
	// Documented for report-contact only.
	invalidPhone: refusal('documented', () => error(400, 'Invalid phone')),
	// The statuses are documented, their bodies are not.
	wrongMethod: refusal('documented', () => error(405, 'Method Not Allowed')),
	wrongContentType: refusal('documented', () => error(415, 'Unsupported Media Type')),
} satisfies Record<string, Refusal>;

/** No rate limit is documented: this is what a gateway in front would say. */
const tooManyRequests = refusal('assumed', () => error(429, 'Too Many Requests'));
const tooLarge = refusal('assumed', () => error(413, 'Payload Too Large'));

/**
 * The body. The fields and types are documented; that bounds are enforced, empty strings refused and
 * unknown fields refused is assumed.
 */
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['phone', 'contactName', 'contactPhone'],
	properties: {
		// Person and group ids of both forms, and broadcast lists: documented; @lid: Z-API only.
		phone: {
			type: 'string',
			pattern: '^(\\d{7,20}|\\d{5,20}-group|\\d{10,15}-\\d{10}|\\d{5,20}-broadcast|\\d{5,20}@lid)$',
		},
		contactName: { type: 'string', pattern: '\\S' },
		contactPhone: { type: 'string', pattern: '^\\d{3,20}$' },
		contactBusinessDescription: { type: 'string', pattern: '\\S' },
		messageId: { type: 'string', pattern: '\\S' },
		delayMessage: { type: 'integer', minimum: 1, maximum: 15 },
	},
};

const hex = (length: number) =>
	randomBytes(length / 2)
		.toString('hex')
		.toUpperCase();

/** `id` repeats `messageId` [documented by Z-API; PlugzAPI's page lists the other two]. */
function acceptance(): VendorAnswer {
	const messageId = `D241${hex(16)}`;
	return ok({ zaapId: `3999${hex(28)}`, messageId, id: messageId });
}

/** The words of a body that does not fit are assumed, but for the phone's. */
function invalid([violation]: Violation[]): VendorAnswer {
	const name = [...(violation?.at ?? []), violation?.key].filter(Boolean).join('.') || 'body';
	if (violation?.keyword === 'pattern' && /phone$/i.test(name)) {
		return refusals.invalidPhone.answer();
	}
	return error(400, violation?.keyword === 'required' ? `${name} is required` : `Invalid ${name}`);
}

/** What the phone has yet to send. */
function queue(flags: PlugzApiFlags) {
	let waiting = 0;
	let lastLeft = performance.now();
	const drain = () => {
		const now = performance.now();
		const interval = flags.secondsPerMessage * 1000;
		if (!flags.connected) {
			lastLeft = now;
			return;
		}
		const left = interval === 0 ? waiting : Math.floor((now - lastLeft) / interval);
		waiting = Math.max(0, waiting - left);
		lastLeft = interval === 0 || waiting === 0 ? now : lastLeft + left * interval;
	};
	return {
		isFull(): boolean {
			drain();
			return waiting >= flags.queueLimit;
		},
		add() {
			waiting++;
		},
		empty() {
			waiting = 0;
		},
	};
}

const CHATS = [
	{ name: 'Maria Silva', phone: '5511999998888', isGroup: false },
	{ name: 'Sandbox group', phone: '120363019502650977-group', isGroup: true },
	{ name: 'Older group', phone: '5511999999999-1623281429', isGroup: true },
	{ name: '', phone: '5511977776666', isGroup: false },
].map((chat) => ({
	...chat,
	// Booleans and numbers arrive as text here and there [documented].
	archived: 'false',
	pinned: 'false',
	messagesUnread: 0,
	unread: '0',
	lastMessageTime: '1622991687',
	muteEndTime: null,
	isMuted: '0',
	isMarkedSpam: 'false',
}));

const CONTACTS = [
	{ name: 'Maria Silva', short: 'Maria', notify: 'Mari', vname: 'Maria', phone: '5511999998888' },
	{ name: 'João Souza', short: 'João', notify: 'Jo', vname: '', phone: '5511988887777' },
	{ phone: '5511977776666' },
];

/** One page; `page` and `pageSize` are documented as required, that their absence is refused is assumed. */
function page(list: readonly object[], { query }: RequestFacts): VendorAnswer {
	const [number, size] = [Number(query.page), Number(query.pageSize)];
	if (!(number >= 1) || !(size >= 1)) return error(400, 'page and pageSize are required');
	return ok(list.slice((number - 1) * size, number * size));
}

/** /status as documented, with its trap: a connected instance carries an `error` too. */
function status({ connected, smartphoneConnected }: PlugzApiFlags): VendorAnswer {
	const down = smartphoneConnected ? 'You need to restore the session.' : 'You are not connected.';
	return ok({
		connected,
		session: connected,
		smartphoneConnected,
		error: connected ? 'You are already connected.' : down,
	});
}

/** "…true ou false", says the page: the value is text in the list form. */
function phoneExists({ params }: RequestFacts, as: PlugzApiFlags['phoneExistsAs']): VendorAnswer {
	const phone = params.phone ?? '';
	if (!/^\d{7,20}$/.test(phone)) return refusals.invalidPhone.answer();
	// Numbers that end in 0000 have no WhatsApp here.
	const exists = !phone.endsWith('0000');
	return ok(as === 'list' ? [{ exists: String(exists), phone, lid: null }] : { exists, phone });
}

const publishedPath = (credentials: Credentials) =>
	`/instances/${encodeURIComponent(String(credentials.instanceId))}` +
	`/token/${encodeURIComponent(String(credentials.instanceToken))}/send-contact`;

/** The published headers, and the Client-Token, which the page forgets. */
const publishedHeaders = ({ clientToken }: Credentials): Record<string, string> => ({
	'content-type': 'application/json',
	...(typeof clientToken === 'string' && clientToken && { 'client-token': clientToken }),
});

const sample = (name: string, body: string, parameters?: Sample['parameters']): Sample => ({
	name,
	messenger: 'whatsapp',
	path: publishedPath,
	headers: publishedHeaders,
	body,
	...(parameters && { parameters }),
});

/** The page's bodies, verbatim. */
const samples = [
	sample(
		'Request Body',
		`{
"phone": "5511999999999",
"contactName": "PlugMessage Contato",
"contactPhone": "554498398733",
"contactBusinessDescription": "PlugMessage Mais software, menos esforço"
}`,
		{
			to: locator('5511999999999', 'phone'),
			contactName: 'PlugMessage Contato',
			contactPhone: '554498398733',
			additionalFields: { businessDescription: 'PlugMessage Mais software, menos esforço' },
		},
	),
	sample(
		'PHP (curl) and C# (RestSharp)',
		'{"phone": "5511999998888", "contactName": "Nome do contato", "contactPhone": "5511999999999", "contactBusinessDescription": "Breve descricao do contato"}',
		{
			to: locator('+55 11 99999-8888', 'phone'),
			contactName: 'Nome do contato',
			contactPhone: '+55 (11) 99999-9999',
			additionalFields: { businessDescription: 'Breve descricao do contato' },
		},
	),
	// The page's own headers are {} here, which its own 415 paragraph contradicts: the type is added.
	sample(
		'Node.js (https)',
		JSON.stringify({
			phone: '5511999998888',
			contactName: 'Nome do contato',
			contactPhone: '5511999999999',
			contactBusinessDescription: 'Breve descricao do contato',
		}),
	),
];

const credentialsAt = (url: string): Credentials => ({
	baseUrl: url,
	instanceId: INSTANCE_ID,
	instanceToken: INSTANCE_TOKEN,
	clientToken: CLIENT_TOKEN,
});

/** Written from the vendor's pages. */
const cards: CardTable = {
	messageId: /^D241[0-9A-F]{16}$/,
	minimal: {
		parameters: MINIMAL,
		body: { phone: '5511988887777', contactName: 'Maria Silva', contactPhone: '5521977776666' },
		to: '5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: {
			...MINIMAL,
			to: locator('120363019502650977-group', 'id'),
			additionalFields: { businessDescription: 'Clínica "Vida" & Cia.' },
		},
		options: { replyToMessageId: '3999984263738042930CD6ECDE9VDWSA', delayMessage: 15 },
		body: {
			phone: '120363019502650977-group',
			contactName: 'Maria Silva',
			contactPhone: '5521977776666',
			contactBusinessDescription: 'Clínica "Vida" & Cia.',
			messageId: '3999984263738042930CD6ECDE9VDWSA',
			delayMessage: 15,
		},
		to: '120363019502650977-group',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({
			phone: to,
			contactName: 'Dr. Zoë Maria Müller MBA',
			contactPhone: '4915112345678',
			contactBusinessDescription: 'Vertrieb und mehr',
		}),
		dropped: ['organization', 'department', 'title', 'email', 'url', 'birthday', 'note', 'address'],
	},
};

const panel: PanelPromise = {
	fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: ['businessDescription'],
	options: ['replyToMessageId', 'delayMessage'],
	modes: ['phone', 'id', 'list'],
};

export const plugzApi = simulate<PlugzApiFlags>({
	provider: 'plugzApi',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone(),
			read: ({ body }) => ({
				to: textAt(body, 'phone') ?? '',
				cards: [{ name: textAt(body, 'contactName'), phone: textAt(body, 'contactPhone') }],
			}),
			cards,
			panel,
			list: {
				values: CHATS.map(({ phone }) => phone),
				search: { words: 'sandbox', values: ['120363019502650977-group'] },
			},
			optionBounds: { delayMessage: [1, 15] },
		},
	},
	secrets: [INSTANCE_TOKEN, CLIENT_TOKEN],
	wrongSecrets: { instanceToken: 'instanceNotFound', clientToken: 'notAllowed' },
	credentialCases: [
		{ name: 'the phone is connected', says: 'passes' },
		{
			name: 'the account wants a Client Token and has none',
			change: { clientToken: '' },
			says: /account has a Client Token, it must be in the credential/,
		},
		{
			name: 'another Client Token',
			change: { clientToken: 'another' },
			says: /did not accept the Client Token/,
		},
		{
			name: 'another instance',
			change: { instanceId: 'another' },
			says: /does not know this instance/,
		},
		{
			name: 'the phone is not connected',
			flags: { connected: false },
			says: /can be used, but the WhatsApp phone .* is not connected/,
		},
		{
			name: 'something else answers',
			answer: ok({ status: 'fine' }),
			says: /did not say whether the instance is connected/,
		},
	],
	refusals,
	words: (body) => fieldsOf(body).error,
	overload: { credential: tooManyRequests },
	tooLarge,
	nothingHere: () => error(404, 'NOT_FOUND'),
	samples,
	flags: {
		clientTokenRequired: true,
		descriptionRequired: false,
		connected: true,
		smartphoneConnected: true,
		phoneExistsAs: 'list',
		queueLimit: 1000,
		secondsPerMessage: 0,
	},
	routes(flags) {
		const root = '/instances/:id/token/:token';
		const waiting = queue(flags);

		const stops = (facts: RequestFacts): VendorAnswer | undefined => {
			const { params, headers } = facts;
			if (params.id !== INSTANCE_ID || params.token !== INSTANCE_TOKEN) {
				return refusals.instanceNotFound.answer();
			}
			const clientToken = headers['client-token'];
			if (!flags.clientTokenRequired) return undefined;
			if (clientToken === undefined) return refusals.clientTokenMissing.answer();
			// An empty header is not a missing one [assumed].
			return clientToken === CLIENT_TOKEN ? undefined : refusals.notAllowed.answer(facts);
		};
		const get = (path: string, answer: (facts: RequestFacts) => VendorAnswer) => ({
			method: 'GET',
			url: `${root}${path}`,
			stops,
			answer,
		});

		return {
			sends: [
				{
					urls: [`${root}/send-contact`],
					schema,
					stops,
					wrongContentType: () => refusals.wrongContentType.answer(),
					unreadable: () => error(400, 'Invalid JSON'),
					invalid,
					unable({ body }) {
						const isBare = !('contactBusinessDescription' in fieldsOf(body));
						if (flags.descriptionRequired && isBare) {
							return error(400, 'contactBusinessDescription is required');
						}
						return waiting.isFull() ? refusals.queueFull.answer() : undefined;
					},
					acceptance,
					taken: waiting.add,
				},
			],
			others: [
				{
					method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'],
					url: `${root}/send-contact`,
					stops,
					answer: () => refusals.wrongMethod.answer(),
				},
				get('/status', () => status(flags)),
				get('/chats', (facts) => page(CHATS, facts)),
				get('/contacts', (facts) => page(CONTACTS, facts)),
				get('/phone-exists/:phone', (facts) => phoneExists(facts, flags.phoneExistsAs)),
			],
			forget: waiting.empty,
		};
	},
});
