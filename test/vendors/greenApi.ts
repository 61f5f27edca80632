// The simulated GREEN-API: three instances (WhatsApp, Telegram, MAX) behind one kind of address, each
// with its own strict body. What it takes, what it answers, and how sure each is; what must arrive for
// which card, and what the panel promises.
// Sources: the vendor's pages of the three messengers, its issue tracker, notes of third parties.
import { randomBytes } from 'node:crypto';

import {
	byPhone,
	type CardTable,
	type IdTable,
	locator,
	MARIA,
	MINIMAL,
	type PanelPromise,
} from './cards';
import { simulate } from './server';
import {
	type Credentials,
	fieldsOf,
	type ListFacts,
	type LookUpFacts,
	type MessengerFacts,
	ok,
	type OtherRoute,
	refusal,
	type Refusal,
	type RequestFacts,
	type Sample,
	type SendRoute,
	textAt,
	type VendorAnswer,
	type Violation,
} from './Vendor';
import { HIDDEN_PERSON } from './whatsAppIds';

export type GreenApiMessenger = 'whatsapp' | 'telegram' | 'max';

export interface GreenApiFlags {
	/** How a 400 is put: the JSON envelope [observed] or plain text [in a third party's mock]. */
	errorsAs: 'json' | 'text';
	/** What getStateInstance says; sends are refused in the two states for which words are documented. */
	stateInstance:
		| 'authorized'
		| 'notAuthorized'
		| 'starting'
		| 'blocked'
		| 'sleepMode'
		| 'yellowCard'
		| 'suspended'
		| 'pendingPassword';
	/** Whether a notAuthorized instance refuses sends; the documentation says it keeps them for 24 hours. */
	refusesWhenNotAuthorized: boolean;
	/** getStateInstance, getSettings, getContacts: one request a second each [documented]. */
	limitsQueries: boolean;
}

interface Instance {
	messenger: GreenApiMessenger;
	id: string;
	token: string;
	schema: object;
	messageId(): string;
}

const text = { type: 'string', pattern: '\\S' };
/** On Telegram the vendor's own sample sends `"company": ""`: there, optional texts may be empty. */
const textOrEmpty = { type: 'string' };
const typingTime = { type: 'integer', minimum: 1000, maximum: 20000 };

// 18 digits, next to each other: they stay apart as text and collide as numbers [observed].
let lastDecimalId = 0;
const decimalId = () => `176967607${String(++lastDecimalId).padStart(9, '0')}`;

/** The fields are documented; `contact` must hold one of the four texts [documented]. */
const whatsappSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['chatId', 'contact'],
	properties: {
		// Persons, groups old and new, hidden numbers [documented]; no leading zero [issues 540 and others].
		chatId: {
			type: 'string',
			pattern:
				'^([1-9]\\d{6,15}@c\\.us|[1-9]\\d{9,15}-\\d{10}@g\\.us|[1-9]\\d{14,19}@g\\.us|\\d{5,20}@lid)$',
		},
		contact: {
			type: 'object',
			additionalProperties: false,
			required: ['phoneContact'],
			properties: {
				// 11 or 12 digits in most editions, 11 to 16 in one [documented]; fewer arrived as "+0" until
				// release 5.44.32.1242 of February 2026 [observed, issue 836]. That less than the shortest
				// number with a country code is refused is assumed. Beyond 2^53 JSON no longer says which
				// number it was.
				phoneContact: { type: 'integer', minimum: 1_000_000, maximum: 9_007_199_254_740_991 },
				firstName: text,
				middleName: text,
				lastName: text,
				company: text,
			},
			anyOf: ['firstName', 'middleName', 'lastName', 'company'].map((key) => ({ required: [key] })),
		},
		quotedMessageId: text,
		typingTime,
	},
};

/** Documented on the given page and, for the last three fields, on its newer edition. */
const telegramSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['chatId', 'contact'],
	properties: {
		chatId: { type: 'string', pattern: '^(-?[1-9]\\d{0,19}|[1-9]\\d{6,15}@c\\.us)$' },
		contact: {
			type: 'object',
			additionalProperties: false,
			required: ['phoneContact', 'firstName'],
			properties: {
				// No digit rule is documented: a phone of 5 digits is the shortest taken [assumed].
				phoneContact: { type: 'integer', minimum: 10_000, maximum: 9_007_199_254_740_991 },
				firstName: text,
				lastName: textOrEmpty,
				company: textOrEmpty,
			},
		},
		quotedMessageId: text,
		typingTime,
		typingType: {
			type: 'string',
			enum: [
				'text',
				'record_voice_note',
				'upload_voice_note',
				'record_video_note',
				'upload_video_note',
				'record_video',
				'upload_video',
				'upload_photo',
				'upload_document',
				'choose_sticker',
				'choose_location',
				'choose_contact',
			],
		},
	},
};

/** A person is shared by chat id alone [documented]. */
const maxSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['chatId', 'contact'],
	properties: {
		// `…@c.us` is on the AddContact page and in a third party's mock, not on the send page [observed].
		chatId: { type: 'string', pattern: '^(-?[1-9]\\d{0,19}|[1-9]\\d{6,15}@c\\.us)$' },
		contact: {
			type: 'object',
			additionalProperties: false,
			required: ['chatId'],
			properties: { chatId: { type: 'string', pattern: '^[1-9]\\d{0,19}$' } },
		},
		typingTime,
	},
};

/** The first digits of the ids are documented. One token needs URL-encoding, to see that it gets it. */
const instances: readonly Instance[] = [
	{
		messenger: 'whatsapp',
		id: '7103000001',
		token: 'fa4e0c0ffee0whatsapp0instance0token0of0the0sandbox',
		schema: whatsappSchema,
		messageId: () => `BAE5${randomBytes(6).toString('hex').toUpperCase()}`,
	},
	{
		messenger: 'telegram',
		id: '4100000001',
		token: 'fa4e+telegram=instance"token&of0the0sandbox',
		schema: telegramSchema,
		messageId: decimalId,
	},
	{
		messenger: 'max',
		id: '3100000001',
		token: 'fa4e0decaf0max0instance0token0of0the0sandbox',
		schema: maxSchema,
		messageId: decimalId,
	},
];

/** The envelope repeats the path, token included [observed]. */
const envelope = (statusCode: number, { path }: RequestFacts, message: string): VendorAnswer => ({
	statusCode,
	body: { statusCode, timestamp: new Date().toISOString(), path, message },
});

const nginx = (statusCode: number, title: string): VendorAnswer => ({
	statusCode,
	contentType: 'text/html',
	body: `<html>\r\n<head><title>${statusCode} ${title}</title></head>\r\n<body>\r\n<center><h1>${statusCode} ${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
});

const badRequest = (message: string) =>
	refusal('documented', (facts: RequestFacts) => envelope(400, facts, message));

const STRANGERS = 'This instance may only write to: 79998887766@c.us, 79995554433@c.us';

/** The 466 body [documented]; it lists other people's chats. `word`: the body says QUOTE, webhooks QUOTA. */
const quota = (word: 'QUOTE' | 'QUOTA', asText: boolean): VendorAnswer['body'] => {
	const number = (value: number) => (asText ? String(value) : value);
	return {
		invokeStatus: {
			method: 'sendcontact',
			used: number(67),
			total: number(0),
			status: `${word}_ALLOWED`,
		},
		correspondentsStatus: {
			method: 'correspondents',
			used: number(3),
			total: number(3),
			status: `CORRESPONDENTS_${word}_EXCEEDED`,
			description: STRANGERS,
		},
	};
};

/** Statuses and words are the vendor's common-errors page, bodies what others saw. */
const refusals = {
	starting: badRequest('instance in starting process try later'),
	notAuthorized: badRequest('instance is starting or not authorized'),
	// Seen on checkAccount of MAX: a refusal in a 200.
	'notAuthorized:in200': refusal('observed', () =>
		ok({ status: false, reason: 'instance is starting or not authorized' }),
	),
	expired: badRequest('Instance account is expired. Renew your instance from personal area'),
	deleted: badRequest('Instance is deleted'),
	badRequestData: badRequest('bad request data'),
	validation: badRequest("Validation failed. Details: 'chatId' is required"),
	'validation:text': refusal('observed', () => ({
		statusCode: 400,
		body: "Validation failed. Details: 'chatId' is required",
	})),
	// Empty [in a third party's mock].
	unauthorized: refusal('observed', () => ({ statusCode: 401, body: '' })),
	'unauthorized:json': refusal('assumed', (facts: RequestFacts) =>
		envelope(401, facts, 'Unauthorized'),
	),
	forbidden: refusal('observed', () => nginx(403, 'Forbidden')),
	notFound: refusal('observed', () => nginx(404, 'Not Found')),
	tooManyRequests: refusal('documented', (facts: RequestFacts) =>
		envelope(429, facts, 'Too Many Requests'),
	),
	'tooManyRequests:html': refusal('assumed', () => nginx(429, 'Too Many Requests')),
	quotaExceeded: refusal('documented', () => ({ statusCode: 466, body: quota('QUOTE', false) })),
	'quotaExceeded:quota': refusal('documented', () => ({
		statusCode: 466,
		body: quota('QUOTA', true),
	})),
	// Some code finds a quota message in a 2xx.
	'quotaExceeded:in200': refusal('observed', () => ok(quota('QUOTE', true))),
	// The status alone is documented too; which other words come with it is assumed.
	quotaReached: refusal('assumed', (facts: RequestFacts) =>
		envelope(466, facts, 'Monthly limit of the plan reached'),
	),
	clientClosed: refusal('documented', () => ({ statusCode: 499, body: '' })),
	tooLarge: refusal('documented', (facts: RequestFacts) =>
		envelope(500, facts, 'request entity too large'),
	),
	badGateway: refusal('documented', () => nginx(502, 'Bad Gateway')),
} satisfies Record<string, Refusal>;

/** `'value'`: the body itself, as the vendor's checkWhatsapp texts have it. */
const labelOf = ({ at, key }: Violation) => [...at, key].filter(Boolean).join('.') || 'value';

const CHAT_ID_RULE: Readonly<Record<GreenApiMessenger, string>> = {
	// Seen in an issue of the vendor's Python client.
	whatsapp: "must be one of the next formats: 'phone_number@c.us' or 'group_id@g.us'",
	telegram: 'has a wrong format',
	max: 'has a wrong format',
};

/**
 * What the validator says, of the first violation only. "is required" and "is not allowed" are
 * documented or observed, the others are what the same validator (Joi) says.
 */
function complaint(violation: Violation, messenger: GreenApiMessenger): string {
	const label = labelOf(violation);
	const { keyword, params } = violation;
	switch (keyword) {
		case 'required':
			return `'${label}' is required`;
		case 'additionalProperties':
			return `'${label}' is not allowed`;
		case 'anyOf':
			return `'${label}' must contain at least one of [firstName, middleName, lastName, company]`;
		case 'type':
			return `'${label}' must be ${params.type === 'object' ? 'of type object' : `a ${params.type === 'integer' ? 'number' : String(params.type)}`}`;
		case 'enum':
			return `'${label}' must be one of [${String(params.allowedValues)}]`;
		case 'minimum':
		case 'maximum':
			return label === 'contact.phoneContact'
				? 'bad phone number, valid 11 or 12 digits'
				: `'${label}' must be ${keyword === 'minimum' ? 'greater' : 'less'} than or equal to ${String(params.limit)}`;
		default:
			return label === 'chatId'
				? `'chatId' ${CHAT_ID_RULE[messenger]}`
				: `'${label}' is not allowed to be empty`;
	}
}

/** Names an absent name before the rule that needs it, and unknown fields last, as Joi does. */
function firstOf(violations: Violation[]): Violation | undefined {
	const isAbout = (keyword: string) => (violation: Violation) => violation.keyword === keyword;
	// ajv reports the branches of "at least one of" as missing fields: the rule itself is what counts.
	const withoutBranches = violations.some(isAbout('anyOf'))
		? violations.filter(
				({ keyword, key }) => keyword !== 'required' || !/Name$|^company$/.test(key ?? ''),
			)
		: violations;
	const order = ['required', 'type', 'pattern', 'enum', 'minimum', 'maximum', 'anyOf'];
	const rank = ({ keyword }: Violation) => (order.includes(keyword) ? order.indexOf(keyword) : 99);
	return [...withoutBranches].sort((one, other) => rank(one) - rank(other))[0];
}

const WHATSAPP_CONTACTS = [
	{ id: '79876543210@c.us', name: 'Иван', contactName: 'Иван Иванов', type: 'user' },
	{ id: '120363043968066561@g.us', name: 'Sandbox group', contactName: '', type: 'group' },
	{ id: '5511988887777@c.us', name: '', contactName: '', type: 'user' },
	// A phantom, as in the vendor's issue 473.
	{ id: 'null@c.us', name: '', contactName: '', type: 'user' },
];
const TELEGRAM_CHATS = [
	{
		chatId: '10000000',
		name: 'Иван Иванов',
		type: 'user',
		phoneNumber: 79876543210,
		username: 'ivan',
	},
	{
		chatId: '-10000000000000',
		name: 'Sandbox channel',
		type: 'channel',
		phoneNumber: 0,
		username: '',
	},
	{ chatId: '-5098765432', name: 'Sandbox group', type: 'group', phoneNumber: 0, username: '' },
];
const MAX_CONTACTS = [
	{ chatId: '10000000', name: 'Иван', contactName: 'Иван', type: 'user', phoneNumber: 79876543210 },
	{ chatId: '10000001', name: '', contactName: '', type: 'user', phoneNumber: 0 },
];

/** The lists [documented, with their differences: `id` or `chatId`, names or none]. */
const LISTS: Readonly<Record<GreenApiMessenger, Readonly<Record<string, readonly object[]>>>> = {
	whatsapp: { getContacts: WHATSAPP_CONTACTS },
	telegram: {
		getContacts: TELEGRAM_CHATS.filter(({ type }) => type === 'user'),
		getChats: TELEGRAM_CHATS,
	},
	max: {
		getContacts: MAX_CONTACTS,
		getChats: [
			{ chatId: '10000000', phoneNumber: 79876543210 },
			{ chatId: '-10000000000001', phoneNumber: 0 },
		],
	},
};

const publishedPath = ({ idInstance, apiTokenInstance }: Credentials) =>
	`/waInstance${encodeURIComponent(String(idInstance))}` +
	`/sendContact/${encodeURIComponent(String(apiTokenInstance))}`;

const sample = (
	name: string,
	messenger: GreenApiMessenger,
	body: string,
	parameters?: Sample['parameters'],
): Sample => ({
	name,
	messenger,
	path: publishedPath,
	headers: () => ({ 'content-type': 'application/json' }),
	body,
	...(parameters && { parameters }),
});

/** The given page's bodies, verbatim. It is the Telegram page, though it does not say so. */
const samples = [
	sample(
		'Request body, and curl',
		'telegram',
		`{
"chatId": "10000000",
"contact": {
"phoneContact": 79876543210,
"firstName": "Иван",
"lastName": "Иванов",
"company": ""
}
}`,
		{
			to: locator('10000000', 'id'),
			contactName: 'Иван Иванов',
			contactPhone: '79876543210',
			additionalFields: { firstName: 'Иван', lastName: 'Иванов', organization: '' },
		},
	),
	// What `requests.post(json=…)` puts on the wire: everything but ASCII escaped.
	sample(
		'Python (requests)',
		'telegram',
		'{"chatId": "10000000", "contact": {"phoneContact": 79876543210, "firstName": "\\u0418\\u0432\\u0430\\u043d", "lastName": "\\u0418\\u0432\\u0430\\u043d\\u043e\\u0432", "company": ""}}',
	),
];

/** The page's Java body. It is no JSON: the vendor's page cut it off in the middle. To be refused. */
export const brokenJavaSample = sample(
	'Java (RestTemplate, Unirest)',
	'telegram',
	'{\r\n\t"chatId": "10000000",\r\n\t"contact": {\r\n\t\t"chatId": "10000000",\r\n',
);

/** One request a second and method, where the flag is on. */
function queryLimiter() {
	const last = new Map<string, number>();
	return {
		isOver(key: string): boolean {
			const now = performance.now();
			if (now - (last.get(key) ?? -Infinity) < 1000) return true;
			last.set(key, now);
			return false;
		},
		reset: () => last.clear(),
	};
}

/** Everything one instance answers. */
function routesOf(
	instance: Instance,
	flags: GreenApiFlags,
	queries: ReturnType<typeof queryLimiter>,
): { send: SendRoute; others: OtherRoute[] } {
	const { messenger, id, token } = instance;
	// MAX used to want /v3 in front of its paths and now takes both [documented].
	const roots = messenger === 'max' ? ['', '/v3'] : [''];
	const urls = (method: string) => roots.map((root) => `${root}/waInstance${id}/${method}/:token`);

	const bad = (message: string, facts: RequestFacts): VendorAnswer =>
		flags.errorsAs === 'json'
			? envelope(400, facts, message)
			: { statusCode: 400, body: message, contentType: 'text/plain; charset=utf-8' };
	const stops = ({ params }: RequestFacts) =>
		params.token === token ? undefined : refusals.unauthorized.answer();
	const stateRefusal = (facts: RequestFacts): VendorAnswer | undefined => {
		if (flags.stateInstance === 'starting')
			return bad('instance in starting process try later', facts);
		return flags.stateInstance === 'notAuthorized' && flags.refusesWhenNotAuthorized
			? bad('instance is starting or not authorized', facts)
			: undefined;
	};

	const other = (
		verb: 'GET' | 'POST',
		method: string,
		answer: (facts: RequestFacts) => VendorAnswer,
		isLimited = false,
	): OtherRoute[] =>
		urls(method).map((url) => ({
			method: verb,
			url,
			stops,
			answer(facts) {
				if (flags.limitsQueries && isLimited && queries.isOver(`${id}/${method}`)) {
					return refusals.tooManyRequests.answer(facts);
				}
				return answer(facts);
			},
		}));
	/** The texts of checkWhatsapp are documented; numbers that end in 0000 have no account here. */
	const check = (facts: RequestFacts): VendorAnswer => {
		const body = fieldsOf(facts.body);
		const phone = body.phoneNumber;
		if (Object.keys(body).length === 0) {
			return bad("Validation failed. Details: 'value' must have at least 1 key", facts);
		}
		if (messenger === 'telegram' && typeof body.username === 'string') {
			return ok({ exist: true, chatId: '10000000' });
		}
		if (typeof phone !== 'number') {
			return bad(
				"Validation failed. Details: Wrong format. 'phoneNumber' must contain only digits",
				facts,
			);
		}
		const digits = String(phone);
		if (!/^\d{11,16}$/.test(digits)) return bad('bad phone number, valid 11 or 12 digits', facts);
		// MAX has accounts in Russia and Belarus only [documented].
		if (messenger === 'max' && !/^(7\d{10}|375\d{9})$/.test(digits)) {
			return bad('bad phone number, valid 11 or 12 digits', facts);
		}
		const exists = !digits.endsWith('0000');
		if (messenger === 'whatsapp') return ok({ existsWhatsapp: exists });
		return ok(
			exists ? { exist: true, chatId: `1${digits.slice(-7)}` } : { exist: false, chatId: '' },
		);
	};

	const lists = Object.entries(LISTS[messenger]).flatMap(([method, list]) =>
		other(
			'GET',
			method,
			({ query }) => {
				const ofKind = list.filter((entry) => {
					if (!('type' in entry) || query.group === undefined) return true;
					return (entry.type === 'group') === (query.group === 'true');
				});
				return ok(ofKind.slice(0, query.count === undefined ? undefined : Number(query.count)));
			},
			method === 'getContacts',
		),
	);

	return {
		send: {
			messenger,
			urls: urls('sendContact'),
			schema: instance.schema,
			stops,
			// Without the type the server reads no body, and so misses the first field [assumed].
			wrongContentType: (facts) => bad("Validation failed. Details: 'chatId' is required", facts),
			// The documented words are the ones of older Node versions.
			unreadable: (facts, parserMessage) =>
				bad(/JSON/.test(parserMessage) ? parserMessage : `Unexpected token in JSON`, facts),
			invalid(violations, facts) {
				const first = firstOf(violations);
				const details = first ? `. Details: ${complaint(first, messenger)}` : '';
				return bad(`Validation failed${details}`, facts);
			},
			unable: stateRefusal,
			acceptance: () => ok({ idMessage: instance.messageId() }),
		},
		others: [
			...other('GET', 'getStateInstance', () => ok({ stateInstance: flags.stateInstance }), true),
			...other(
				'GET',
				'getSettings',
				() =>
					ok({
						wid: '79876543210@c.us',
						typeInstance: messenger === 'max' ? 'v3' : messenger,
						delaySendMessagesMilliseconds: 500,
						webhookUrl: 'https://hooks.sandbox.example/green',
						// A secret of its own; nothing may show it.
						webhookUrlToken: 'fa4e-webhook-url-token',
					}),
				true,
			),
			...lists,
			...other('POST', messenger === 'whatsapp' ? 'checkWhatsapp' : 'checkAccount', check),
		],
	};
}

/** By messenger. A number of Telegram and MAX has an id that is another one. */
const lookUps: Readonly<Record<GreenApiMessenger, LookUpFacts>> = {
	whatsapp: {
		known: [
			{ phone: '5511987651234', id: '5511987651234@c.us', to: '5511987651234@c.us' },
			{ phone: '79161234567', id: '79161234567@c.us', to: '79161234567@c.us' },
		],
		unknown: '5511987650000',
		perMinute: 600,
	},
	telegram: {
		known: [
			{ phone: '5511987651234', id: '17651234', to: '17651234' },
			{ phone: '79161234567', id: '11234567', to: '11234567' },
		],
		unknown: '5511987650000',
		perMinute: 600,
	},
	max: {
		known: [
			{ phone: '79161234567', id: '11234567', to: '11234567' },
			{ phone: '375291234567', id: '11234567', to: '11234567' },
		],
		unknown: '79161230000',
		perMinute: 600,
	},
};

/** By messenger; written from the vendor's pages. */
const cards: Readonly<Record<GreenApiMessenger, CardTable>> = {
	whatsapp: {
		messageId: /^BAE5[0-9A-F]{12}$/,
		minimal: {
			parameters: MINIMAL,
			body: {
				chatId: '5511988887777@c.us',
				contact: { phoneContact: 5521977776666, firstName: 'Maria Silva' },
			},
			to: '5511988887777@c.us',
			contact: MARIA,
		},
		full: {
			parameters: {
				to: locator('120363043968066561@g.us', 'id'),
				contactName: 'Maria Clara Silva',
				contactPhone: '+55 21 97777-6666',
				additionalFields: {
					firstName: 'Maria',
					middleName: 'Clara',
					lastName: 'Silva',
					organization: 'Clínica "Vida" & Cia.',
				},
			},
			options: { replyToMessageId: 'BAE5367237E13A87', typingTime: 20_000 },
			body: {
				chatId: '120363043968066561@g.us',
				contact: {
					phoneContact: 5521977776666,
					firstName: 'Maria',
					middleName: 'Clara',
					lastName: 'Silva',
					company: 'Clínica "Vida" & Cia.',
				},
				quotedMessageId: 'BAE5367237E13A87',
				typingTime: 20_000,
			},
			to: '120363043968066561@g.us',
			contact: { name: 'Maria Clara Silva', phone: '5521977776666' },
		},
		rich: {
			body: (to) => ({
				chatId: to,
				contact: {
					phoneContact: 4915112345678,
					firstName: 'Zoë',
					middleName: 'Maria',
					lastName: 'Müller',
					company: 'Åcme, Inc.',
				},
			}),
			dropped: [
				'prefix',
				'suffix',
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
	},
	telegram: {
		messageId: /^\d{18}$/,
		minimal: {
			parameters: MINIMAL,
			body: {
				chatId: '5511988887777@c.us',
				contact: { phoneContact: 5521977776666, firstName: 'Maria Silva' },
			},
			to: '5511988887777@c.us',
			contact: MARIA,
		},
		full: {
			parameters: {
				to: locator('-10000000000000', 'id'),
				contactName: 'Maria Silva',
				contactPhone: '+55 21 97777-6666',
				additionalFields: { firstName: 'Maria', lastName: 'Silva', organization: 'Clínica Vida' },
			},
			options: { replyToMessageId: '1234', typingTime: 1000, typingType: 'record_video' },
			body: {
				chatId: '-10000000000000',
				contact: {
					phoneContact: 5521977776666,
					firstName: 'Maria',
					lastName: 'Silva',
					company: 'Clínica Vida',
				},
				quotedMessageId: '1234',
				typingTime: 1000,
				typingType: 'record_video',
			},
			to: '-10000000000000',
			contact: MARIA,
		},
		rich: {
			body: (to) => ({
				chatId: to,
				contact: {
					phoneContact: 4915112345678,
					firstName: 'Zoë',
					lastName: 'Müller',
					company: 'Åcme, Inc.',
				},
			}),
			dropped: [
				'middleName',
				'prefix',
				'suffix',
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
	},
	max: {
		messageId: /^\d{18}$/,
		minimal: {
			parameters: { to: MINIMAL.to, contactChatId: '10000000' },
			body: { chatId: '5511988887777@c.us', contact: { chatId: '10000000' } },
			to: '5511988887777@c.us',
			contact: { chatId: '10000000' },
		},
		full: {
			parameters: {
				to: locator('-10000000000001', 'id'),
				contactName: 'Maria Silva',
				contactChatId: '10000000',
			},
			options: { typingTime: 1500 },
			body: { chatId: '-10000000000001', contact: { chatId: '10000000' }, typingTime: 1500 },
			to: '-10000000000001',
			contact: { name: 'Maria Silva', chatId: '10000000' },
			dropped: ['contactName'],
		},
	},
};

const panels: Readonly<Record<GreenApiMessenger, PanelPromise>> = {
	whatsapp: {
		fields: ['messenger', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
		additional: ['firstName', 'middleName', 'lastName', 'organization'],
		options: ['replyToMessageId', 'typingTime'],
		modes: ['phone', 'id', 'list'],
	},
	telegram: {
		fields: ['messenger', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
		additional: ['firstName', 'lastName', 'organization'],
		options: ['replyToMessageId', 'typingTime', 'typingType'],
		modes: ['phone', 'id', 'list'],
	},
	max: {
		fields: ['messenger', 'defaultCountry', 'contactChatId'],
		additional: [],
		options: ['typingTime'],
		modes: ['phone', 'id', 'list'],
	},
};

/** What getContacts (WhatsApp) and getChats (the others) must offer; phantoms are left out. */
const offered: Readonly<Record<GreenApiMessenger, ListFacts>> = {
	whatsapp: {
		values: ['79876543210@c.us', '120363043968066561@g.us', '5511988887777@c.us'],
		search: { words: 'иван', values: ['79876543210@c.us'] },
		shown: {
			'79876543210@c.us': 'Иван Иванов (79876543210@c.us)',
			'120363043968066561@g.us': 'Sandbox group (120363043968066561@g.us)',
		},
	},
	telegram: {
		values: ['10000000', '-10000000000000', '-5098765432'],
		search: { words: 'channel', values: ['-10000000000000'] },
		shown: {
			'-10000000000000': 'Sandbox channel (-10000000000000)',
			'-5098765432': 'Sandbox group (-5098765432)',
			'10000000': 'Иван Иванов (79876543210)',
		},
	},
	max: {
		values: ['10000000', '-10000000000001'],
		search: { words: '79876543210', values: ['10000000'] },
		shown: { '10000000': '79876543210' },
	},
};

/** MAX has its ids as Telegram has. */
const BY_NUMBER: IdTable = {
	person: { '10000000': '10000000', '79876543210@c.us': '79876543210@c.us' },
	group: { '-10000000000000': '-10000000000000' },
	none: ['0', '@sandbox_channel', '120363043968066561@g.us', '65998849469@lid'],
};

const ids: Readonly<Record<string, IdTable>> = {
	whatsapp: {
		person: {
			'5511999998888@c.us': '5511999998888@c.us',
			...HIDDEN_PERSON,
		},
		group: {
			'120363043968066561@g.us': '120363043968066561@g.us',
			'79876543210-1581234048@g.us': '79876543210-1581234048@g.us',
		},
		none: ['5511999998888', '5511999998888@s.whatsapp.net', '120363144038483540@newsletter'],
	},
	telegram: BY_NUMBER,
	max: BY_NUMBER,
};

const demands: Readonly<Record<string, MessengerFacts['demands']>> = {
	whatsapp: [
		'contactPhone',
		['contactName', 'firstName', 'middleName', 'lastName', 'organization'],
	],
	telegram: ['contactPhone', ['contactName', 'firstName']],
	max: ['contactChatId'],
};

/** https://green-api.com/en/telegram/docs/api/sending/SendContact */
const TYPING_TYPES = [
	...['choose_contact', 'choose_location', 'choose_sticker', 'text'],
	...['record_video', 'record_video_note', 'record_voice_note'],
	...['upload_document', 'upload_photo', 'upload_video', 'upload_video_note', 'upload_voice_note'],
];

const factsOf = ({ messenger, id, token }: Instance): MessengerFacts => ({
	credentials: (url) => ({ apiUrl: url, idInstance: id, apiTokenInstance: token }),
	recipient: byPhone((digits) => `${digits}@c.us`),
	ids: ids[messenger] ?? { none: [] },
	demands: demands[messenger] ?? [],
	...(messenger === 'telegram' && { optionChoices: { typingType: TYPING_TYPES } }),
	read({ body }) {
		const name = ['firstName', 'middleName', 'lastName']
			.flatMap((part) => textAt(body, 'contact', part) ?? [])
			.join(' ');
		return {
			to: textAt(body, 'chatId') ?? '',
			cards: [
				{
					name: name || undefined,
					phone: textAt(body, 'contact', 'phoneContact'),
					chatId: textAt(body, 'contact', 'chatId'),
				},
			],
		};
	},
	cards: cards[messenger],
	panel: panels[messenger],
	list: offered[messenger],
	lookUps: lookUps[messenger],
	optionBounds: { typingTime: [1000, 20_000] },
	...(messenger === 'whatsapp' && { phoneDigits: [7, 15] }),
	...(messenger === 'telegram' && { phoneDigits: [7, 15] }),
});

/** The states that getStateInstance documents or others saw, and what the user must read of each. */
const STATES: Readonly<Record<Exclude<GreenApiFlags['stateInstance'], 'authorized'>, RegExp>> = {
	notAuthorized: /not linked to an account/,
	blocked: /blocked the account/,
	sleepMode: /phone is off or offline/,
	starting: /it is restarting/,
	yellowCard: /suspended sending for a while/,
	suspended: /it is suspended/,
	pendingPassword: /waits for the password/,
};

export const greenApi = simulate<GreenApiFlags>({
	provider: 'greenApi',
	messengers: Object.fromEntries(
		instances.map((instance) => [instance.messenger, factsOf(instance)]),
	),
	secrets: instances.map(({ token }) => token),
	wrongSecrets: { apiTokenInstance: 'unauthorized' },
	means: {
		starting: 'later',
		tooManyRequests: 'slower',
		clientClosed: 'unknown',
		badGateway: 'unknown',
	},
	ofAccount: [
		'starting',
		'notAuthorized',
		'expired',
		'deleted',
		'unauthorized',
		'forbidden',
		'notFound',
		'tooManyRequests',
	],
	credentialCases: [
		...instances.map(({ messenger }) => ({ name: messenger, messenger, says: 'passes' as const })),
		{
			name: 'another token',
			change: { apiTokenInstance: 'another' },
			says: /did not accept API Token Instance/,
		},
		{
			name: 'another instance',
			change: { idInstance: '7103999999' },
			says: /does not serve this instance at this address/,
		},
		{
			name: 'another address',
			answer: nginx(404, 'Not Found'),
			says: /does not know this address/,
		},
		{
			name: 'asked too often',
			answer: 'tooManyRequests',
			says: /once a second/,
		},
		...Object.entries(STATES).map(([state, says]) => ({
			name: state,
			answer: ok({ stateInstance: state }),
			says,
		})),
		{
			name: 'something else answers',
			answer: ok({ status: 'fine' }),
			says: /not as GREEN-API does/,
		},
	],
	refusals,
	words(body) {
		const said = ['message', 'reason', 'error'].map((key) => textAt(body, key)).find(Boolean);
		return said ?? (typeof body === 'string' && !body.includes('<') ? body : undefined);
	},
	strangers: /79998887766|79995554433/,
	// sendContact: 50 a second an instance [documented for WhatsApp].
	limits: [{ perSecond: 50, burst: 50 }],
	overload: { credential: refusals.tooManyRequests },
	// JSON over 100 kB is refused [documented].
	bodyLimit: 100 * 1024,
	tooLarge: refusals.tooLarge,
	// An unknown instance, or a host that does not serve it: 403; a wrong verb: 404 [documented].
	nothingHere: ({ path }) => {
		const id = /^(?:\/v3)?\/waInstance(\d*)\//.exec(path)?.[1];
		const isKnown = id !== undefined && instances.some((instance) => instance.id === id);
		return id === undefined || isKnown ? refusals.notFound.answer() : refusals.forbidden.answer();
	},
	samples,
	flags: {
		errorsAs: 'json',
		stateInstance: 'authorized',
		refusesWhenNotAuthorized: true,
		limitsQueries: false,
	},
	routes(flags) {
		const queries = queryLimiter();
		const all = instances.map((instance) => routesOf(instance, flags, queries));
		return {
			sends: all.map(({ send }) => send),
			others: all.flatMap(({ others }) => others),
			forget: queries.reset,
		};
	},
});
