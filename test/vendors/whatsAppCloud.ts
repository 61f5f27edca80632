// The simulated Cloud API of WhatsApp: what it takes, what it answers, and how sure each is; what must arrive
// for which card, and what the panel promises. Written by hand, from Meta's pages and its OpenAPI file
// (github.com/facebook/openapi, version 23.0), and the pages of 360dialog and Kapso.
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
import { spelledAs } from './whatsAppIds';

const TOKEN = 'EAAJB-Fake"cloud\\token/of=the?sandbox+0123456789';
const ACCOUNT = '102290129340398';
const [RECEPTION, SALES, PENDING] = ['106540352242922', '106540352242923', '106540352242924'];

/** Graph's envelope [documented]; the statuses are those of the page about error codes. */
const error = (statusCode: number, code: number, title: string, details?: string) => ({
	statusCode,
	body: {
		error: {
			message: `(#${code}) ${title}`,
			type: 'OAuthException',
			code,
			...(details !== undefined && {
				error_data: { messaging_product: 'whatsapp', details },
			}),
			fbtrace_id: 'AZkB9ABCDEFGHIJKLMNOPQR',
		},
	},
});

const documented = (...of: Parameters<typeof error>) => refusal('documented', () => error(...of));

/** How 360dialog says that it refuses itself [observed]; its page has the words and the statuses. */
const of360dialog = (statusCode: number, words: string) =>
	refusal('observed', () => ({
		statusCode,
		body: { meta: { success: false, http_code: statusCode, developer_message: words } },
	}));

const refusals = {
	pairLimit: documented(
		400,
		131056,
		'(Business Account, Consumer Account) pair rate limit hit',
		'Message failed to send because there were too many messages sent from this phone number to the same phone number.',
	),
	'pairLimit:429': documented(429, 131056, 'Pair rate limit hit'),
	throughput: documented(
		400,
		130429,
		'Rate limit hit',
		'Cloud API message throughput has been reached.',
	),
	'throughput:429': documented(429, 130429, 'Rate limit hit'),
	'throughput:app': documented(400, 4, 'Application request limit reached'),
	'throughput:account': documented(400, 80007, 'Rate limit issues'),
	endpointLimit: of360dialog(400, 'You have exceeded the endpoint rate limit.'),
	spam: documented(
		400,
		131048,
		'Spam rate limit hit',
		'Message failed to send because there are restrictions on how many messages can be sent from this phone number.',
	),
	window: documented(
		400,
		131047,
		'Re-engagement message',
		'More than 24 hours have passed since the recipient last replied to the sender number.',
	),
	notOnTestList: documented(
		400,
		131030,
		'Recipient phone number not in allowed list',
		'Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again.',
	),
	undeliverable: documented(400, 131026, 'Message undeliverable'),
	toItself: documented(400, 131021, 'Recipient cannot be sender'),
	country: documented(403, 130497, 'Business account is restricted from messaging users'),
	needsPhone: documented(400, 131062, 'Business-scoped User ID recipients are not supported'),
	token: documented(401, 190, 'Error validating access token: Session has expired'),
	'token:app': documented(401, 0, 'AuthException'),
	permission: documented(403, 10, 'Application does not have permission for this action'),
	'permission:capability': documented(500, 3, 'Application does not have the capability'),
	'permission:scope': documented(403, 200, 'You do not have the necessary permissions'),
	'permission:access': documented(403, 131005, 'Access denied'),
	unknownNumber: refusal('documented', ({ params }: RequestFacts) =>
		error(
			400,
			100,
			`Unsupported post request. Object with ID '${params.sender ?? params.account ?? ''}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
		),
	),
	notRegistered: documented(400, 133010, 'Phone number not registered'),
	displayName: documented(400, 131037, 'Display name approval needed'),
	locked: documented(403, 131031, 'Account has been locked'),
	'locked:policies': documented(403, 368, 'Temporarily blocked for policies violations'),
	payment: documented(400, 131042, 'Business eligibility payment issue'),
	unpaid: of360dialog(400, 'Could not send message due to lack of payment.'),
	disabled: of360dialog(400, 'Your WhatsApp for Business API has been disabled'),
	blocked: of360dialog(403, 'The endpoint is blocked'),
	unsupported: documented(400, 131051, 'Unsupported message type'),
	maintenance: documented(500, 131057, 'Account in maintenance mode'),
	temporary: documented(503, 2, 'Service temporarily unavailable'),
	'temporary:unknown': documented(400, 1, 'API Unknown'),
	'temporary:wrong': documented(500, 131000, 'Something went wrong'),
	'temporary:unavailable': documented(500, 131016, 'Service unavailable'),
	value: documented(
		400,
		131009,
		'Parameter value is not valid',
		"Parameter 'contacts[0][name][formatted_name]' is not valid.",
	),
	'value:parameter': documented(400, 100, 'Invalid parameter', 'Unexpected key "note"'),
	'value:missing': documented(400, 131008, 'Required parameter is missing', 'contacts is missing'),
	unauthorized: of360dialog(401, 'Invalid api_key'),
	'unauthorized:kapso': refusal('assumed', () => ({
		statusCode: 401,
		body: { error: 'Invalid API key' },
	})),
	tooManyRequests: refusal('documented', () => ({
		statusCode: 429,
		body: { error: 'Rate limit exceeded' },
	})),
	notFound: refusal('assumed', () => ({ statusCode: 404, body: { error: 'Not Found' } })),
} satisfies Record<string, Refusal>;

// No null, no empty text, no key that is not there [documented: error 100].
const text = { type: 'string', pattern: '\\S' };
const strict = (required: string[], properties: Record<string, object>) => ({
	type: 'object',
	additionalProperties: false,
	minProperties: 1,
	required,
	properties,
});
const list = (items: object) => ({ type: 'array', minItems: 1, items });

/** Of phones n8n's own node offers the others, too; the OpenAPI file has these two for everything. */
const type = { enum: ['HOME', 'WORK'] };
const phoneType = { enum: ['HOME', 'WORK', 'CELL', 'MAIN', 'IPHONE'] };

/** `first_name` is demanded, as older pages do and some who take the same body [observed]. */
const contact = strict(['name'], {
	name: strict(['formatted_name', 'first_name'], {
		formatted_name: text,
		first_name: text,
		last_name: text,
		middle_name: text,
		prefix: text,
		suffix: text,
	}),
	phones: list(
		strict(['phone'], {
			phone: text,
			type: phoneType,
			wa_id: { type: 'string', pattern: '^\\d{5,20}$' },
		}),
	),
	emails: list(strict(['email'], { email: text, type })),
	addresses: list(
		strict([], {
			street: text,
			city: text,
			state: text,
			zip: text,
			country: text,
			country_code: { type: 'string', pattern: '^[A-Za-z]{2}$' },
			type,
		}),
	),
	org: strict([], { company: text, department: text, title: text }),
	urls: list(strict(['url'], { url: text, type })),
	birthday: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' },
});

const PHONE = '\\+?[1-9]\\d{6,14}';
const GROUP = '(?=.*[A-Za-z])[\\w+/-]{16,}={0,2}';

/** The samples leave `recipient_type` out: then it is a person [documented]. */
const schema = {
	...strict(['messaging_product', 'type', 'contacts'], {
		messaging_product: { const: 'whatsapp' },
		recipient_type: { enum: ['individual', 'group'] },
		to: text,
		// Beside `to`, for business-scoped ids alone [documented].
		recipient: { type: 'string', pattern: '^[A-Z]{2}\\.(ENT\\.)?[A-Za-z0-9]{1,128}$' },
		type: { const: 'contacts' },
		context: strict(['message_id'], { message_id: text }),
		contacts: { ...list(contact), maxItems: 5 },
		biz_opaque_callback_data: { ...text, maxLength: 512 },
	}),
	oneOf: [{ required: ['to'] }, { required: ['recipient'] }],
	if: { required: ['recipient_type'], properties: { recipient_type: { const: 'group' } } },
	then: { properties: { to: { ...text, pattern: `^${GROUP}$` } }, required: ['to'] },
	else: { properties: { to: { ...text, pattern: `^${PHONE}$` } } },
};

function invalid([violation]: Violation[]): VendorAnswer {
	const { at = [], key, keyword } = violation ?? {};
	const place = [...at, ...(key === undefined ? [] : [key])].reduce(
		(path, part) => (path === '' ? part : `${path}[${part}]`),
		'',
	);
	if (keyword === 'required') return error(400, 131008, 'Required parameter is missing', place);
	const isUnknown = keyword === 'additionalProperties';
	return isUnknown
		? error(400, 100, `Invalid parameter`, `Unexpected key "${place}" on param`)
		: error(400, 131009, 'Parameter value is not valid', `Parameter '${place}' is not valid.`);
}

const NUMBERS = [
	{ id: RECEPTION, display_phone_number: '+55 11 99999-0001', verified_name: 'Clínica Vida' },
	{ id: SALES, display_phone_number: '+55 11 99999-0002', verified_name: 'Clínica Vida Vendas' },
	{ id: PENDING, display_phone_number: '+1 631-555-5556', verified_name: "Abby's Ice Cream" },
	// More than a page of them.
	...Array.from({ length: 120 }, (_, n) => ({
		id: `2065403522${String(n).padStart(5, '0')}`,
		display_phone_number: `+1 631-555-${String(n).padStart(4, '0')}`,
		verified_name: `Branch ${n}`,
	})),
].map((number) => ({
	...number,
	status: number.id === PENDING ? 'PENDING' : 'CONNECTED',
	quality_rating: 'GREEN',
}));

/** A page of Graph: 25 entries unless asked for more, 100 at the most; the cursor is there on the last, too. */
function phoneNumbers({ query }: RequestFacts): VendorAnswer {
	const size = Math.min(Number(query.limit ?? 25), 100);
	const start = query.after === undefined ? 0 : Number(atob(query.after));
	const end = start + size;
	const after = btoa(String(end));
	return ok({
		data: NUMBERS.slice(start, end),
		paging: {
			cursors: { before: btoa(String(start)), after },
			...(end < NUMBERS.length && { next: `https://graph.example/next?after=${after}` }),
		},
	});
}

/** Numbers that end in 404404 have no WhatsApp here, and those that end in 2424 have been silent for a day. */
function aboutRecipient(to: string): VendorAnswer | undefined {
	if (to.endsWith('404404')) return refusals.undeliverable.answer();
	return to.endsWith('2424') ? refusals.window.answer() : undefined;
}

/** 200 [documented]: `wa_id` for phones, `user_id` for business-scoped ids, neither for groups. */
function acceptance({ body }: RequestFacts): VendorAnswer {
	const [to, recipient] = [textAt(body, 'to'), textAt(body, 'recipient')];
	const isGroup = textAt(body, 'recipient_type') === 'group';
	return ok({
		messaging_product: 'whatsapp',
		contacts: [
			{
				input: to ?? recipient,
				...(recipient !== undefined && { user_id: recipient }),
				...(to !== undefined && !isGroup && { wa_id: to.replace(/\D/g, '') }),
			},
		],
		messages: [{ id: `wamid.${randomBytes(24).toString('base64')}`, message_status: 'accepted' }],
	});
}

const GROUP_ID = 'Y2FwaV9ncm91cDoxNzA1NTU1MDEzOToxMjAzNjM0MDQ2OTQyMzM4MjAZD';
const WAMID = 'wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJDQjZCMzlEQUE4OTJBMTE4RTUA';

const message = (to: string, contacts: object[], more: object = {}) => ({
	messaging_product: 'whatsapp',
	recipient_type: 'individual',
	to,
	type: 'contacts',
	contacts,
	...more,
});

/** Written from Meta's OpenAPI file. */
const cards: CardTable = {
	messageId: /^wamid\.[\w+/=]{32}$/,
	minimal: {
		parameters: MINIMAL,
		body: message('5511988887777', [
			{
				name: { formatted_name: 'Maria Silva', first_name: 'Maria Silva' },
				phones: [{ phone: '+5521977776666', wa_id: '5521977776666' }],
			},
		]),
		to: '5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: {
			to: locator(GROUP_ID, 'id'),
			contactName: 'Drª. Maria Aparecida Silva Jr.',
			contactPhone: '+55 21 97777-6666',
			additionalFields: {
				firstName: 'Maria',
				middleName: 'Aparecida',
				lastName: 'Silva',
				prefix: 'Drª.',
				suffix: 'Jr.',
				organization: 'Clínica "Vida" & Cia.',
				department: 'Recepção',
				title: 'Médica',
				email: 'maria@clinica.example',
				url: 'https://clinica.example/maria',
				birthday: '1990-05-21',
				morePhones: {
					phone: [
						{ number: '+55 21 3333-4444', type: 'work' },
						{ number: '+55 21 96666-5555', type: 'other' },
						{ number: '+55 21 95555-4444', type: 'mobile' },
					],
				},
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
		options: { replyToMessageId: WAMID, trackId: 'crm 0815' },
		body: {
			...message(GROUP_ID, [
				{
					name: {
						formatted_name: 'Drª. Maria Aparecida Silva Jr.',
						first_name: 'Maria',
						middle_name: 'Aparecida',
						last_name: 'Silva',
						prefix: 'Drª.',
						suffix: 'Jr.',
					},
					phones: [
						{ phone: '+5521977776666', wa_id: '5521977776666' },
						{ phone: '+552133334444', type: 'WORK', wa_id: '552133334444' },
						{ phone: '+5521966665555', wa_id: '5521966665555' },
						{ phone: '+5521955554444', type: 'CELL', wa_id: '5521955554444' },
					],
					emails: [{ email: 'maria@clinica.example' }, { email: 'm@casa.example', type: 'HOME' }],
					addresses: [
						{
							street: 'Rua A, 1',
							city: 'Rio',
							state: 'RJ',
							zip: '20000-000',
							country: 'Brasil',
							country_code: 'BR',
							type: 'WORK',
						},
					],
					urls: [
						{ url: 'https://clinica.example/maria' },
						{ url: 'https://casa.example', type: 'WORK' },
					],
					org: { company: 'Clínica "Vida" & Cia.', department: 'Recepção', title: 'Médica' },
					birthday: '1990-05-21',
				},
			]),
			recipient_type: 'group',
			context: { message_id: WAMID },
			biz_opaque_callback_data: 'crm 0815',
		},
		to: GROUP_ID,
		contact: { name: 'Drª. Maria Aparecida Silva Jr.', phone: '5521977776666' },
	},
	rich: {
		body: (to) =>
			message(to, [
				{
					name: {
						formatted_name: 'Dr. Zoë Maria Müller MBA',
						first_name: 'Zoë',
						middle_name: 'Maria',
						last_name: 'Müller',
						prefix: 'Dr.',
						suffix: 'MBA',
					},
					phones: [{ phone: '+4915112345678', type: 'CELL', wa_id: '4915112345678' }],
					emails: [{ email: 'zoe@acme.example' }],
					addresses: [
						{
							street: 'Hauptstr. 1',
							city: 'Berlin',
							zip: '10115',
							country: 'Deutschland',
							type: 'WORK',
						},
					],
					urls: [{ url: 'https://acme.example/zoe' }],
					org: { company: 'Åcme, Inc.', department: 'Vertrieb', title: 'Leiterin' },
					birthday: '1990-05-21',
				},
			]),
		dropped: ['note', 'businessDescription'],
	},
};

const panel: PanelPromise = {
	fields: ['sender', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: Object.keys(fieldsOf(cards.full.parameters.additionalFields)),
	options: ['replyToMessageId', 'trackId'],
	modes: ['phone', 'id'],
	senderModes: ['list', 'id'],
};

const credentialsAt = (url: string): Credentials => ({
	host: 'custom',
	baseUrl: `${url}/v23.0`,
	accessToken: TOKEN,
	businessAccountId: ACCOUNT,
	apiVersion: '',
	headerName: '',
});

const sample = (name: string, body: string, more: Partial<Sample>): Sample => ({
	name,
	messenger: 'whatsapp',
	path: () => `/v23.0/${RECEPTION}/messages`,
	headers: ({ accessToken }) => ({
		authorization: `Bearer ${String(accessToken)}`,
		'content-type': 'application/json',
	}),
	body,
	...more,
});

const PERSON_IN_SAMPLE =
	'"name":{"formatted_name":"John Smith","first_name":"John","last_name":"Smith","middle_name":"D.","suffix":"Jr","prefix":"Dr"},"org":{"company":"WhatsApp","department":"Design","title":"Manager"},"phones":[{"phone":"+1 (940) 555-1234","type":"HOME"},{"phone":"+1 (650) 555-1234","type":"WORK","wa_id":"16505551234"}],"urls":[{"url":"https://www.facebook.com","type":"WORK"},{"url":"https://www.whatsapp.com","type":"HOME"}]';

const samples = [
	sample(
		'the OpenAPI file: Send Reply to Contact Message',
		`{"messaging_product":"whatsapp","context":{"message_id":"${WAMID}"},"to":"16505555555","type":"contacts","contacts":[{"addresses":[{"street":"1 Hacker Way","city":"Menlo Park","state":"CA","zip":"94025","country":"United States","country_code":"us","type":"HOME"},{"street":"200 Jefferson Dr","city":"Menlo Park","state":"CA","zip":"94025","country":"United States","country_code":"us","type":"WORK"}],"birthday":"2012-08-18","emails":[{"email":"test@fb.com","type":"WORK"},{"email":"test@whatsapp.com","type":"HOME"}],${PERSON_IN_SAMPLE}}]}`,
		{
			differs:
				'It gives the first phone and email a type and the first phone no account, and writes phones with brackets',
		},
	),
	// The request of the page about business-scoped ids, with a contact in place of its text.
	sample(
		'business-scoped ids: the page',
		'{"messaging_product":"whatsapp","recipient_type":"individual","recipient":"US.13491208655302741918","type":"contacts","contacts":[{"name":{"formatted_name":"Barbara Johnson","first_name":"Barbara"},"phones":[{"phone":"+16505559999","wa_id":"16505559999"}]}]}',
		{
			parameters: {
				to: locator('US.13491208655302741918', 'id'),
				contactName: 'Barbara Johnson',
				contactPhone: '+1 650 555-9999',
				additionalFields: { firstName: 'Barbara' },
			},
		},
	),
];

export const whatsAppCloud = simulate({
	provider: 'whatsAppCloud',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone(),
			demands: [['contactName', 'firstName', 'lastName', 'organization'], 'contactPhone'],
			optionTexts: { trackId: { taken: ['x'.repeat(512)], refused: ['x'.repeat(513)] } },
			ids: {
				person: {
					...spelledAs('5511999998888'),
					'US.13491208655302741918': 'US.13491208655302741918',
					'BR.ENT.11815799212886844830': 'BR.ENT.11815799212886844830',
				},
				group: { 'Y2FwaV9ncm91cDo5MTc4NTA=': 'Y2FwaV9ncm91cDo5MTc4NTA=' },
				none: [
					'@ana.souza',
					'65998849469@lid',
					'120363043968066561@g.us',
					'120363144038483540@newsletter',
					'us.13491208655302741918',
					'US.',
				],
			},
			read({ body, params }) {
				const { contacts } = fieldsOf(body);
				const people: unknown[] = Array.isArray(contacts) ? contacts : [];
				return {
					to: textAt(body, 'to') ?? textAt(body, 'recipient') ?? '',
					sender: params.sender ?? '',
					cards: people.map((one) => ({
						name: textAt(one, 'name', 'formatted_name'),
						phone: textAt(one, 'phones', '0', 'phone')?.replace(/\D/g, ''),
					})),
				};
			},
			cards,
			panel,
			cardsPerMessage: 5,
		},
	},
	secrets: [TOKEN],
	senders: [RECEPTION, SALES],
	notSenders: ['+55 11 99999-0001', 'reception', '1234'],
	senderList: {
		lacking: { change: { businessAccountId: '' }, says: /Fill in WhatsApp Business Account ID/ },
		values: NUMBERS.map(({ id }) => id),
		search: { words: 'vendas', values: [SALES] },
		shown: {
			'106540352242922': 'Clínica Vida (+55 11 99999-0001, CONNECTED)',
			'106540352242923': 'Clínica Vida Vendas (+55 11 99999-0002, CONNECTED)',
			'106540352242924': "Abby's Ice Cream (+1 631-555-5556, PENDING)",
		},
		off: ['106540352242924'],
	},
	wrongSecrets: { accessToken: 'token' },
	means: {
		pairLimit: 'slower',
		throughput: 'slower',
		endpointLimit: 'slower',
		maintenance: 'later',
		temporary: 'unknown',
		tooManyRequests: 'slower',
	},
	ofAccount: [
		'throughput',
		'endpointLimit',
		'token',
		'permission',
		'unknownNumber',
		'notRegistered',
		'locked',
		'disabled',
		'blocked',
		'unauthorized',
		'tooManyRequests',
		'notFound',
	],
	slowsDown: 'sender',
	credentialCases: [
		{ name: 'a good token', says: 'passes' },
		{ name: 'a good token, and no account', change: { businessAccountId: '' }, says: 'passes' },
		{
			name: 'another token',
			change: { accessToken: 'another' },
			says: /access token .* was not accepted/,
		},
		{
			name: 'another account',
			change: { businessAccountId: '999' },
			says: /Check WhatsApp Business Account ID/,
		},
		{ name: 'a token without rights', answer: 'permission', says: /has not the right to send/ },
		{ name: 'another address', answer: 'notFound', says: /everything before \/messages/ },
	],
	presets: [
		{
			name: 'meta',
			change: { host: 'meta' },
			url: 'https://graph.facebook.com/v23.0/x',
			headers: { Authorization: `Bearer ${TOKEN}` },
		},
		{
			name: 'meta, another version',
			change: { host: 'meta', apiVersion: ' 25.0 ' },
			url: 'https://graph.facebook.com/v25.0/x',
		},
		{
			name: '360dialog',
			change: { host: '360dialog' },
			url: 'https://waba-v2.360dialog.io/x',
			headers: { 'D360-API-KEY': TOKEN },
		},
		{
			name: 'kapso',
			change: { host: 'kapso', apiVersion: 'v24.0' },
			url: 'https://api.kapso.ai/meta/whatsapp/v24.0/x',
			headers: { 'X-API-Key': TOKEN },
		},
		{
			name: 'custom',
			change: {
				host: 'custom',
				baseUrl: 'https://graph.example/v2/106540352242922/messages',
				headerName: 'X-Own-Key',
			},
			url: 'https://graph.example/v2/106540352242922/x',
			headers: { 'X-Own-Key': TOKEN },
		},
	],
	refusals,
	words: (body) =>
		textAt(body, 'error', 'error_data', 'details') ??
		textAt(body, 'error', 'message') ??
		textAt(body, 'error') ??
		textAt(body, 'meta', 'developer_message'),
	limits: [
		{ perSecond: 80, burst: 80, per: 'sender' },
		// Meta speaks of bursts of up to 45 that have to be waited for afterwards: none is taken here.
		{ perSecond: 1 / 6, burst: 1, per: 'pair' },
	],
	overload: { credential: refusals.throughput, pair: refusals.pairLimit },
	tooLarge: refusal('assumed', () => error(413, 1, 'Request Entity Too Large')),
	nothingHere: () => refusals.notFound.answer(),
	samples,
	flags: {},
	routes() {
		const stops = ({ headers }: RequestFacts): VendorAnswer | undefined =>
			headers.authorization === `Bearer ${TOKEN}` ? undefined : refusals.token.answer();
		return {
			sends: [
				{
					urls: ['/v23.0/:sender/messages'],
					schema,
					stops: (facts) =>
						stops(facts) ??
						(NUMBERS.some(({ id }) => id === facts.params.sender)
							? undefined
							: refusals.unknownNumber.answer(facts)),
					wrongContentType: () => error(400, 100, 'The parameter messaging_product is required.'),
					invalid,
					unable: ({ body, params }) =>
						params.sender === PENDING
							? refusals.notRegistered.answer()
							: aboutRecipient(textAt(body, 'to') ?? ''),
					acceptance,
				},
			],
			others: [
				{
					method: 'GET',
					url: '/v23.0/:account/phone_numbers',
					stops,
					answer: (facts) =>
						facts.params.account === ACCOUNT
							? phoneNumbers(facts)
							: refusals.unknownNumber.answer(facts),
				},
				{
					method: 'GET',
					url: '/v23.0/me',
					stops,
					answer: () => ok({ id: '122100000000000', name: 'n8n' }),
				},
			],
		};
	},
});
