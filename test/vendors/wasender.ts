// The simulated WasenderAPI: what it takes, what it answers, and how sure each is; what must arrive for which
// card, and what the panel promises. Written by hand.
// Sources: https://www.wasenderapi.com/api-docs (August 2026); the vendor's own n8n node (March 2026); answers as
// its users recorded them.
import { byPhone, type CardTable, locator, MARIA, MINIMAL, type PanelPromise } from './cards';
import { simulate } from './server';
import {
	type ComeBack,
	type Credentials,
	fieldsOf,
	ok,
	refusal,
	type Refusal,
	type RequestFacts,
	RETRY_AFTER,
	type Sample,
	textAt,
	type VendorAnswer,
	type Violation,
} from './Vendor';
import { CHANNEL_IDS, GROUP_IDS, spelledAs } from './whatsAppIds';

export interface WasenderFlags {
	/** What its page about sessions calls their states. */
	status: 'connected' | 'connecting' | 'need_scan' | 'disconnected' | 'logged_out' | 'expired';
	/**
	 * How many seconds must be between two messages while Account Protection is on, which are 5 [documented];
	 * 0 where it is off.
	 */
	protectedSeconds: number;
	/** Whether lists come in pages when asked for so [documented since 2026], or always whole. */
	paginates: boolean;
}

// 64 hexadecimal digits [observed]; these characters are stricter.
const API_KEY = 'fake-wasender"session\\key=of+the/sandbox 0001';

const failed = (statusCode: number, message: string, more: object = {}): VendorAnswer => ({
	statusCode,
	body: { success: false, message, ...more },
});

/** Without `success` [documented]. The seconds are those that are left [observed]. */
const tooEarly = (message: string, retry_after?: number): VendorAnswer => ({
	statusCode: 429,
	body: { message, ...(retry_after !== undefined && { retry_after }) },
});

const PROTECTED =
	'You have account protection enabled. You can only send 1 message every 5 seconds.';
const NOT_CONNECTED = 'Your Whatsapp Session is not connected please connect your session first.';

const validation = (errors: Record<string, string[]>) =>
	failed(422, 'Validation failed', { errors });

// The bodies are documented, most statuses are not.
const refusals = {
	notConnected: refusal('observed', () => failed(400, NOT_CONNECTED)),
	'notConnected:200': refusal('observed', () => failed(200, NOT_CONNECTED)),
	'notConnected:error': refusal('observed', () => ({
		statusCode: 409,
		body: { success: false, error: NOT_CONNECTED },
	})),
	noSubscription: refusal('assumed', () =>
		failed(403, 'Active subscription or trial is required to use the API'),
	),
	unauthorized: refusal('observed', () => failed(401, 'Invalid API key')),
	'unauthorized:missing': refusal('observed', () => failed(401, 'API key is required')),
	accountProtection: refusal('documented', () => tooEarly(PROTECTED, 1)),
	'accountProtection:help': refusal('documented', () =>
		tooEarly(`${PROTECTED} Check our API docs: https://www.wasenderapi.com/api-docs`, 1),
	),
	trialPace: refusal('documented', () =>
		tooEarly('You are on a free trial. You can only send 1 message every 1 minute.', 1),
	),
	// The status is documented, the words are not.
	rateLimit: refusal('assumed', () => tooEarly('Too Many Attempts.')),
	trialRecipients: refusal('assumed', () =>
		failed(403, 'You are on a trial plan and cannot send bulk message to more than 3 recipients.'),
	),
	notOnWhatsApp: refusal('observed', () =>
		failed(422, 'The provided JID does not exist on WhatsApp.'),
	),
	notFound: refusal('assumed', () => ({
		statusCode: 404,
		body: '<!DOCTYPE html><html><head><title>Not Found</title></head><body>404 Not Found</body></html>',
		contentType: 'text/html',
	})),
	validation: refusal('observed', () => validation({ to: ['The to field is invalid.'] })),
	'validation:400': refusal('assumed', () => failed(400, 'Bad request')),
} satisfies Record<string, Refusal>;

/**
 * The fields of `contact` and `replyTo` are documented, and E.164. That unknown ones are refused is assumed, and so
 * is what a user name looks like. A hidden number is refused as one that is not on WhatsApp [observed].
 */
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['to', 'contact'],
	properties: {
		to: {
			type: 'string',
			pattern:
				'^(\\+[1-9]\\d{6,14}|@[A-Za-z\\d][\\w.]{1,38}|([1-9]\\d{9,14}-\\d{10}|[1-9]\\d{14,19})@g\\.us|\\d{10,20}@newsletter)$',
		},
		contact: {
			type: 'object',
			additionalProperties: false,
			required: ['name', 'phone'],
			properties: {
				name: { type: 'string', pattern: '\\S' },
				phone: { type: 'string', pattern: '^\\+[1-9]\\d{6,14}$' },
			},
		},
		replyTo: { type: 'integer', minimum: 1 },
	},
};

/** As its framework says it; of a missing field the words are documented. */
function invalid(violations: Violation[]): VendorAnswer {
	const errors: Record<string, string[]> = {};
	for (const { keyword, at, key } of violations) {
		const name = [...at, ...(key === undefined ? [] : [key])].join('.') || 'body';
		const what = keyword === 'required' ? 'required' : 'invalid';
		errors[name] = [`The ${name} field is ${what}.`];
	}
	return validation(errors);
}

/** Numbers that end in 404404 have no WhatsApp here. */
const isThere = (to: string) => !/404404$/.test(to);

const CONTACTS = [
	// As the page has it, and as WhatsApp's library does [observed].
	{ jid: '5511999998888', name: 'Maria Silva', notify: 'Mari' },
	{ jid: '5511977776666@s.whatsapp.net', name: null, notify: null },
	{ id: '5511966660000@s.whatsapp.net', name: null, verifiedName: 'Padaria Pão Quente' },
	...Array.from({ length: 130 }, (_, n) => ({
		jid: `55119555${String(n).padStart(5, '0')}@s.whatsapp.net`,
		name: null,
		notify: `Cliente ${n}`,
	})),
	// Nothing that it sends to.
	{ jid: '65998849469@lid', name: 'Hidden number' },
].map((contact) => ({ imgUrl: null, status: 'Hey there! I am using WhatsApp.', ...contact }));

const GROUPS = [
	{ jid: '120363025982934543@g.us', name: 'Sandbox group', imgUrl: null },
	{ jid: '5511999999999-1623281429@g.us', name: 'Older group', imgUrl: null },
];

/** Whole, or in pages where they are asked for; 20 a page unless said [documented]. */
function listOf(all: readonly object[], { query }: RequestFacts, paginates: boolean) {
	if (!paginates || query.paginated !== 'true') return ok({ success: true, data: all });
	const [page, limit] = [Number(query.page ?? 1), Number(query.limit ?? 20)];
	if (!Number.isInteger(page) || !Number.isInteger(limit) || limit > 100) {
		return validation({ limit: ['The limit field is invalid.'] });
	}
	return ok({
		success: true,
		data: {
			items: all.slice((page - 1) * limit, page * limit),
			pagination: { total: all.length, page, limit, totalPages: Math.ceil(all.length / limit) },
		},
	});
}

const withBody = (answer: VendorAnswer, change: object): VendorAnswer => ({
	...answer,
	body: { ...fieldsOf(answer.body), ...change },
});

/** Says it nowhere but in these headers. */
const inHeaders = (answer: VendorAnswer, headers: Record<string, string>): VendorAnswer => ({
	...withBody(answer, { retry_after: undefined }),
	headers: {
		...answer.headers,
		'x-ratelimit-limit': '1',
		'x-ratelimit-remaining': '0',
		...headers,
	},
});

const wholeSeconds = (seconds: number) => String(Math.ceil(seconds));
const unixTime = (seconds: number) => String(Math.ceil(Date.now() / 1000 + seconds));

/** All but the last two are documented: the page has had X-RateLimit-Reset in both readings. */
const comeBack: readonly ComeBack[] = [
	{
		name: 'retry_after in the body',
		put: (answer, seconds) => withBody(answer, { retry_after: Math.ceil(seconds) }),
	},
	{
		name: 'X-RateLimit-Reset, the seconds that are left',
		put: (answer, seconds) => inHeaders(answer, { 'x-ratelimit-reset': wholeSeconds(seconds) }),
	},
	{
		name: 'X-RateLimit-Reset, a Unix time',
		put: (answer, seconds) => inHeaders(answer, { 'x-ratelimit-reset': unixTime(seconds) }),
	},
	{
		name: 'X-RateLimit-Daily-Reset, when the day is used up',
		put: (answer, seconds) =>
			inHeaders(withBody(answer, { retry_after: 0 }), {
				'x-ratelimit-reset': '0',
				'x-ratelimit-daily-limit': '50',
				'x-ratelimit-daily-remaining': '0',
				'x-ratelimit-daily-reset': wholeSeconds(seconds),
			}),
	},
	...RETRY_AFTER.map(({ name, put }) => ({
		name,
		put: (answer: VendorAnswer, seconds: number) =>
			put(inHeaders(answer, { 'x-ratelimit-reset': '0' }), seconds),
	})),
];

const sample = (
	name: string,
	body: string,
	{ parameters, options, differs }: Pick<Sample, 'parameters' | 'options' | 'differs'>,
): Sample => ({
	name,
	messenger: 'whatsapp',
	path: () => '/api/send-message',
	headers: ({ apiKey }) => ({
		authorization: `Bearer ${String(apiKey)}`,
		'content-type': 'application/json',
	}),
	body,
	...(parameters && { parameters }),
	...(options && { options }),
	...(differs !== undefined && { differs }),
});

/** The first one verbatim; the second one is put together from the page about answers to messages. */
const samples = [
	sample(
		'Send Contact Card',
		`{
      "to": "+1234567890",
      "contact": {
          "name": "Support Team",
          "phone": "+1234567890"
      }
  }`,
		{ differs: 'its numbers are none that anybody can have' },
	),
	sample(
		'Send Quoted Message, with a contact',
		'{"to":"+14155552671","contact":{"name":"Support Team","phone":"+14155550123"},"replyTo":12345}',
		{
			parameters: {
				to: locator('+1 415 555 2671', 'phone'),
				contactName: 'Support Team',
				contactPhone: '+1 415 555 0123',
			},
			options: { replyToMessageId: '12345' },
		},
	),
];

const credentialsAt = (url: string): Credentials => ({ baseUrl: url, apiKey: API_KEY });

/** Written from the vendor's pages. */
const cards: CardTable = {
	messageId: /^[1-9]\d{5,}$/,
	minimal: {
		parameters: MINIMAL,
		body: { to: '+5511988887777', contact: { name: 'Maria Silva', phone: '+5521977776666' } },
		to: '+5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: { ...MINIMAL, to: locator('120363025982934543@g.us', 'id') },
		options: { replyToMessageId: '100000' },
		body: {
			to: '120363025982934543@g.us',
			contact: { name: 'Maria Silva', phone: '+5521977776666' },
			replyTo: 100000,
		},
		to: '120363025982934543@g.us',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({
			to,
			contact: { name: 'Dr. Zoë Maria Müller MBA', phone: '+4915112345678' },
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
	fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: [],
	options: ['replyToMessageId'],
	modes: ['phone', 'id', 'list'],
};

export const wasender = simulate<WasenderFlags>({
	provider: 'wasender',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone((digits) => `+${digits}`),
			demands: ['contactName', 'contactPhone'],
			optionTexts: {
				replyToMessageId: { taken: ['1', '100000'], refused: ['0', '3EB0538DA65A59F6D8A251'] },
			},
			ids: {
				person: {
					...spelledAs('+5511999998888'),
					'+5511999998888': '+5511999998888',
					'@jane_doe': '@jane_doe',
				},
				group: GROUP_IDS,
				channel: CHANNEL_IDS,
				none: ['65998849469@lid', '1624901640@broadcast'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'to') ?? '',
				cards: [
					{
						name: textAt(body, 'contact', 'name'),
						phone: textAt(body, 'contact', 'phone')?.replace(/\D/g, ''),
					},
				],
			}),
			cards,
			panel,
			list: {
				values: [
					...CONTACTS.map((contact) => textAt(contact, 'jid') ?? textAt(contact, 'id') ?? ''),
					...GROUPS.map(({ jid }) => jid),
				].filter((id) => !id.endsWith('@lid')),
				search: { words: 'older', values: ['5511999999999-1623281429@g.us'] },
				shown: {
					'5511999999999-1623281429@g.us': 'Older group (5511999999999-1623281429@g.us)',
					'5511955500000@s.whatsapp.net': 'Cliente 0 (5511955500000)',
					'5511955500001@s.whatsapp.net': 'Cliente 1 (5511955500001)',
				},
			},
			// It says yes or no, and names nobody.
			lookUps: {
				known: ['5511987651234', '5551987651234'].map((phone) => ({
					phone,
					id: `+${phone}`,
					to: `+${phone}`,
				})),
				unknown: '5511987404404',
				perMinute: 60,
			},
			phoneDigits: [7, 15],
		},
	},
	secrets: [API_KEY],
	wrongSecrets: { apiKey: 'unauthorized' },
	means: { accountProtection: 'slower', trialPace: 'slower', rateLimit: 'slower' },
	ofAccount: ['notConnected', 'noSubscription', 'unauthorized', 'rateLimit', 'notFound'],
	credentialCases: [
		{ name: 'the session is connected', says: 'passes' },
		{ name: 'another key', change: { apiKey: 'another' }, says: /did not accept the API key/ },
		{ name: 'no plan', answer: 'noSubscription', says: /subscription or trial is active/ },
		{ name: 'another address', answer: 'notFound', says: /Nothing of WasenderAPI answers/ },
		...(['need_scan', 'disconnected', 'logged_out'] as const).map((status) => ({
			name: `the session is ${status}`,
			flags: { status },
			says: /scan the QR code with the phone/,
		})),
		{ name: 'the session is expired', flags: { status: 'expired' }, says: /session has expired/ },
		{ name: 'the session is connecting', flags: { status: 'connecting' }, says: /just connecting/ },
		{
			name: 'something else answers',
			answer: ok({ fine: true }),
			says: /not as WasenderAPI does/,
		},
	],
	refusals,
	words: (body) => fieldsOf(body).message ?? fieldsOf(body).error,
	// https://www.wasenderapi.com/api-docs/rate-limits/understanding-rate-limits
	limits: [{ perSecond: 256 / 60, burst: 256 }],
	overload: { credential: refusals.rateLimit },
	comeBack,
	tooLarge: refusal('assumed', () => failed(413, 'Payload Too Large')),
	nothingHere: () => refusals.notFound.answer(),
	samples,
	flags: { status: 'connected', protectedSeconds: 0, paginates: true },
	routes(flags) {
		let lastId = 100_000;
		let freeAt = 0;
		const stops = ({ headers }: RequestFacts): VendorAnswer | undefined => {
			if (headers.authorization === undefined) return refusals['unauthorized:missing'].answer();
			return headers.authorization === `Bearer ${API_KEY}`
				? undefined
				: refusals.unauthorized.answer();
		};
		const offline = () =>
			flags.status === 'connected' ? undefined : refusals.notConnected.answer();
		return {
			sends: [
				{
					urls: ['/api/send-message'],
					schema,
					stops,
					// What it cannot read is empty to it.
					wrongContentType: () => validation({ to: ['The to field is required.'] }),
					invalid,
					unable({ body }) {
						const refused = offline();
						if (refused) return refused;
						const left = Math.ceil((freeAt - Date.now()) / 1000);
						if (left > 0) return tooEarly(PROTECTED, left);
						return isThere(textAt(body, 'to') ?? '') ? undefined : refusals.notOnWhatsApp.answer();
					},
					acceptance: ({ body }) => ({
						...ok({
							success: true,
							data: {
								msgId: (lastId += 1),
								jid: textAt(body, 'to') ?? '',
								status: 'in_progress',
							},
						}),
						headers: {
							'x-ratelimit-limit': '256',
							'x-ratelimit-remaining': '255',
							'x-ratelimit-reset': '60',
						},
					}),
					taken() {
						freeAt = Date.now() + flags.protectedSeconds * 1000;
					},
				},
			],
			others: [
				{
					method: 'GET',
					url: '/api/status',
					stops,
					answer: () => ok({ status: flags.status }),
				},
				{
					method: 'GET',
					url: '/api/contacts',
					stops,
					answer: (facts) => offline() ?? listOf(CONTACTS, facts, flags.paginates),
				},
				{
					method: 'GET',
					url: '/api/groups',
					stops,
					answer: (facts) => offline() ?? listOf(GROUPS, facts, flags.paginates),
				},
				{
					method: 'GET',
					url: '/api/on-whatsapp/:number',
					stops,
					answer({ params: { number = '' } }) {
						if (!/^\+[1-9]\d{6,14}$/.test(number)) {
							return validation({ phone_number: ['The phone number field is invalid.'] });
						}
						return offline() ?? ok({ success: true, data: { exists: isThere(number) } });
					},
				},
			],
			forget() {
				freeAt = 0;
			},
		};
	},
});
