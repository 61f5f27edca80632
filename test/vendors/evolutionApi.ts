// The simulated server of Evolution API, of either version: what it takes, what it answers, and how sure each
// is; what must arrive for which card, and what the panel promises.
// Sources: the server's own code (1.8.2, 2.3.6, 2.3.7), which counts as documented here, its pages at
// doc.evolution-api.com, and its issues.
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
import { GROUP_IDS, HIDDEN_PERSON } from './whatsAppIds';

export interface EvolutionFlags {
	/** Which version the server is: each refuses the other's body [documented]. */
	version: 'v1' | 'v2';
	/** Whether the contacts come page by page: since 2.3, before that all at once [documented]. */
	pagesContacts: boolean;
}

const INSTANCE = 'Atendimento';
/** A name that has to be encoded. */
const SECOND_INSTANCE = 'Vendas nº 2';
const CLOSED_INSTANCE = 'parada';
const API_KEY = 'B6D711FCDE4D4FD5-Fake"Evolution\\key/of=the?sandbox';

/** Every refusal has this shape [documented]; `message` is a list where the server says more than one word. */
const said = (statusCode: number, error: string, message: unknown): VendorAnswer => ({
	statusCode,
	body: { status: statusCode, error, response: { message } },
});

const badRequest = (message: unknown) => said(400, 'Bad Request', message);

const refusals = {
	unauthorized: refusal('documented', () => said(401, 'Unauthorized', 'Unauthorized')),
	instanceNotFound: refusal('documented', ({ params }: RequestFacts) =>
		said(404, 'Not Found', [`The "${params.instance ?? ''}" instance does not exist`]),
	),
	notFound: refusal('documented', ({ method, path }: RequestFacts) =>
		said(404, 'Not Found', [`Cannot ${method} ${path}`]),
	),
	otherVersion: refusal('documented', () =>
		badRequest([['instance requires property "contactMessage"']]),
	),
	'otherVersion:v2': refusal('documented', () =>
		badRequest([['instance requires property "contact"']]),
	),
	notOnWhatsApp: refusal('documented', () =>
		badRequest([{ jid: '5511904404404@s.whatsapp.net', exists: false, number: '5511904404404' }]),
	),
	// Read out of the code: its own 404 is thrown where everything is caught and made into text.
	groupNotFound: refusal('observed', () => badRequest(['[object Object]'])),
	channelCannot: refusal('documented', () =>
		badRequest(['Method not available on Evolution Channel']),
	),
	// Issues 2229 and 1772.
	connectionClosed: refusal('observed', () => badRequest(['Error: Connection Closed'])),
	'connectionClosed:500': refusal('observed', () =>
		said(500, 'Internal Server Error', 'Connection Closed'),
	),
	// Issues 573 and 978; in the second the message had been sent.
	brokeOff: refusal('observed', () => badRequest(['SessionError: No sessions'])),
	'brokeOff:database': refusal('observed', () =>
		badRequest(['PrismaClientKnownRequestError: \nInvalid `this.prismaRepository` invocation']),
	),
	// The server has no limit: this is what a gateway in front of it would say.
	tooManyRequests: refusal('assumed', () => said(429, 'Too Many Requests', 'Too many requests')),
	validation: refusal('documented', () => badRequest([['The "fullName" cannot be empty']])),
	// One list less than usual: should a later version flatten it.
	'validation:flat': refusal('assumed', () => badRequest(['The "fullName" cannot be empty'])),
} satisfies Record<string, Refusal>;

/**
 * A person, strictly: the server itself takes any `wuid` with a digit in it and writes what it gets into
 * the card. Unknown fields and empty texts are refused here [assumed].
 */
const person = {
	type: 'object',
	additionalProperties: false,
	required: ['fullName', 'phoneNumber'],
	properties: {
		fullName: { type: 'string', pattern: '\\S' },
		wuid: { type: 'string', pattern: '^\\d{10,15}$' },
		phoneNumber: { type: 'string', minLength: 10 },
		organization: { type: 'string', pattern: '\\S' },
		email: { type: 'string', pattern: '\\S' },
		url: { type: 'string', pattern: '\\S' },
	},
};
const people = { type: 'array', minItems: 1, uniqueItems: true, maxItems: 20, items: person };

const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['number'],
	properties: {
		// Of an id whose digits are 18 or more the server makes a group, of a channel too.
		number: {
			type: 'string',
			pattern:
				'^([1-9]\\d{6,14}(@s\\.whatsapp\\.net)?|\\d{5,20}@lid|([1-9]\\d{9,14}-\\d{10}|[1-9]\\d{14,19})@g\\.us)$',
		},
		contact: people,
		contactMessage: people,
		options: {
			type: 'object',
			additionalProperties: false,
			minProperties: 1,
			properties: {
				delay: { type: 'integer', minimum: 1 },
				presence: { enum: ['unavailable', 'available', 'composing', 'recording', 'paused'] },
				quoted: {
					type: 'object',
					required: ['key'],
					properties: {
						key: {
							type: 'object',
							required: ['id'],
							properties: { id: { type: 'string', minLength: 1 } },
						},
					},
				},
			},
		},
	},
};

/** What the schema's own descriptions say, else where it is and what is wrong with it [documented]. */
function complaint({ keyword, at, key }: Violation): string {
	const [first = '', index, field] = at;
	const path = field === undefined ? at.join('.') : `${first}[${index ?? ''}].${field}`;
	if (keyword === 'required' || keyword === 'additionalProperties') {
		return `${path || 'instance'} ${keyword === 'required' ? 'requires property' : 'is not allowed to have the additional property'} "${key ?? ''}"`;
	}
	if (path === 'number') return 'Invalid format';
	if (field === 'wuid') return '"wuid" must be a numeric string';
	if (field === 'fullName') return 'The "fullName" cannot be empty';
	if (keyword === 'uniqueItems') return `${path} contains duplicate item`;
	return `${path} does not meet the rule ${keyword}`;
}

const invalid = (violations: Violation[]) => badRequest([violations.map(complaint)]);

const GROUPS = [
	{ id: '120363043968066561@g.us', subject: 'Sandbox group' },
	{ id: '5511999999999-1623281429@g.us', subject: 'Older group' },
].map((group) => ({
	...group,
	subjectOwner: '5511999990001@s.whatsapp.net',
	subjectTime: 1717780437,
	pictureUrl: null,
	size: 3,
	creation: 1717780437,
	owner: '5511999990001@s.whatsapp.net',
	restrict: false,
	announce: false,
}));

const PEOPLE = [
	{ remoteJid: '5511999998888@s.whatsapp.net', pushName: 'Maria Silva' },
	{ remoteJid: '65998849469@lid', pushName: 'Hidden number' },
	{ remoteJid: '5511977776666@s.whatsapp.net', pushName: null },
	// More than a page of them.
	...Array.from({ length: 205 }, (_, n) => ({
		remoteJid: `55119666${String(n).padStart(5, '0')}@s.whatsapp.net`,
		pushName: `Cliente ${n}`,
	})),
	// A group, which the list of groups has by its name.
	{ remoteJid: '5511999999999-1623281429@g.us', pushName: 'older' },
	// Nothing to send to: the account's own status.
	{ remoteJid: 'status@broadcast', pushName: '' },
];

/** A contact as either version lists it [documented]. */
const contactOf = ({ remoteJid, pushName }: (typeof PEOPLE)[number], version: 'v1' | 'v2') =>
	version === 'v1'
		? { _id: '65a', id: remoteJid, pushName: pushName ?? undefined, owner: INSTANCE }
		: {
				id: 'clx0000000000000000000000',
				remoteJid,
				pushName,
				profilePicUrl: null,
				createdAt: '2026-01-02T03:04:05.000Z',
				instanceId: '8f9c',
				isGroup: false,
				isSaved: pushName !== null,
				type: pushName === null ? 'group_member' : 'contact',
			};

const INSTANCES = [
	{ name: INSTANCE, state: 'open', number: '5511999990001' },
	{ name: SECOND_INSTANCE, state: 'open', number: '5511999990002' },
	{ name: CLOSED_INSTANCE, state: 'close', number: null },
];

/** An instance as either version lists it [documented]; version 2 gives its token away. */
function instanceOf({ name, state, number }: (typeof INSTANCES)[number], version: 'v1' | 'v2') {
	const owner = number === null ? null : `${number}@s.whatsapp.net`;
	return version === 'v1'
		? { instance: { instanceName: name, owner, status: state, profileName: 'Empresa' } }
		: {
				id: '8f9c',
				name,
				connectionStatus: state,
				ownerJid: owner,
				profileName: 'Empresa',
				integration: 'WHATSAPP-BAILEYS',
				number,
				token: 'an-instance-token-of-the-sandbox',
				_count: { Message: 1, Contact: 2, Chat: 3 },
			};
}

/** `offset` is how many a page holds [documented]. */
function findContacts({ body }: RequestFacts, { version, pagesContacts }: EvolutionFlags) {
	const { offset, page } = fieldsOf(body);
	const list = PEOPLE.map((one) => contactOf(one, version));
	if (!pagesContacts || version === 'v1' || typeof offset !== 'number') return ok(list);
	const start = offset * (Number(page ?? 1) - 1);
	return ok(list.slice(start, start + offset));
}

/** Numbers that end in 404404 have no WhatsApp here. */
const hasWhatsApp = (number: string) => !/404404(@s\.whatsapp\.net)?$/.test(number);

/** [documented]; the order of the answer is not that of the question. */
function whatsappNumbers({ body }: RequestFacts): VendorAnswer {
	const { numbers } = fieldsOf(body);
	const all: unknown[] = Array.isArray(numbers) ? numbers : [];
	const isGood = all.every((one) => typeof one === 'string') && new Set(all).size === all.length;
	if (all.length === 0 || !isGood) {
		return badRequest([['"numbers" must be an array of numeric strings']]);
	}
	const found = all.map(String).map((number) => ({
		jid: `${number.replace(/^(55[3-9]\d)9(\d{8})$/, '$1$2')}@s.whatsapp.net`,
		exists: hasWhatsApp(number),
		number,
	}));
	return ok(found.reverse());
}

/** The card as the server writes it into the message: nothing is escaped, and `wuid` is taken as it is. */
function vCard(one: unknown): { displayName: string; vcard: string } {
	const { fullName, organization, email, url, wuid, phoneNumber } = fieldsOf(one);
	const line = (name: string, value: unknown, end = '') =>
		typeof value === 'string' ? `${name}:${value}${end}\n` : '';
	const name = String(fullName);
	const vcard =
		`BEGIN:VCARD\nVERSION:3.0\nN:${name}\nFN:${name}\n${line('ORG', organization, ';')}` +
		`${line('EMAIL', email)}${line('URL', url)}` +
		`item1.TEL;waid=${String(wuid)}:${String(phoneNumber)}\nitem1.X-ABLabel:Celular\nEND:VCARD`;
	return { displayName: name, vcard };
}

function peopleIn(body: unknown): unknown[] {
	const { contact, contactMessage } = fieldsOf(body);
	const list: unknown = contact ?? contactMessage;
	return Array.isArray(list) ? list : [];
}

/** Whether a person's number is long enough for a `wuid` that is not there. */
function lacksWuid(one: unknown): boolean {
	const { wuid, phoneNumber } = fieldsOf(one);
	return wuid === undefined && String(phoneNumber).replace(/\D/g, '').length >= 10;
}

/** 201 with the message as WhatsApp's library has it [documented]. */
function acceptance({ body }: RequestFacts): VendorAnswer {
	const number = textAt(body, 'number') ?? '';
	const cards = peopleIn(body).map(vCard);
	const isOne = cards.length === 1;
	return {
		statusCode: 201,
		body: {
			key: {
				remoteJid: number.includes('@') ? number : `${number}@s.whatsapp.net`,
				fromMe: true,
				id: `3EB0${randomBytes(9).toString('hex').toUpperCase()}`,
			},
			pushName: '',
			status: 'PENDING',
			message: isOne
				? { contactMessage: cards[0] }
				: {
						contactsArrayMessage: {
							displayName: `${cards.length} contacts`,
							contacts: cards,
						},
					},
			contextInfo: {},
			messageType: isOne ? 'contactMessage' : 'contactsArrayMessage',
			messageTimestamp: 1717780437,
			instanceId: '8f9c',
			source: 'web',
		},
	};
}

const sample = (name: string, body: string, parameters?: Sample['parameters']): Sample => ({
	name,
	messenger: 'whatsapp',
	path: () => `/message/sendContact/${encodeURIComponent(INSTANCE)}`,
	headers: ({ apiKey }) => ({ apikey: String(apiKey), 'content-type': 'application/json' }),
	body,
	...(parameters
		? { parameters }
		: { differs: 'It writes the phone with spaces, the node in E.164' }),
});

const samples = [
	// The page's body, whose values are "<string>", filled in.
	sample(
		'Send Contact: the page',
		`{
"number": "553198296801",
"contact": [
{
"wuid": "5531999999999",
"phoneNumber": "+5531999999999",
"organization": "AtendAI",
"email": "contato@atendai.example",
"url": "https://atendai.example",
"fullName": "Guilherme Gomes"
}
]
}`,
		{
			to: locator('553198296801', 'id'),
			contactName: 'Guilherme Gomes',
			contactPhone: '+55 31 99999-9999',
			additionalFields: {
				organization: 'AtendAI',
				email: 'contato@atendai.example',
				url: 'https://atendai.example',
			},
		},
	),
	// The vendor's collection for Postman, without its comments.
	sample(
		'Send Contact: the collection for Postman',
		`{
    "number": "553198296801",
    "contact": [
        {
            "fullName": "Contact Name",
            "wuid": "559999999999",
            "phoneNumber": "+55 99 9 9999-9999",
            "organization": "Company Name",
            "email": "email",
            "url": "url page"
        },
        {
            "fullName": "Contact Name",
            "wuid": "559911111111",
            "phoneNumber": "+55 99 9 1111-1111",
            "organization": "Company Name",
            "email": "email",
            "url": "url page"
        }
    ]
}`,
	),
];

const credentialsAt = (url: string): Credentials => ({
	baseUrl: url,
	apiKey: API_KEY,
	apiVersion: 'v2',
});

/** Written from the server's code. */
const cards: CardTable = {
	messageId: /^3EB0[0-9A-F]{18}$/,
	minimal: {
		parameters: MINIMAL,
		body: {
			number: '5511988887777',
			contact: [{ fullName: 'Maria Silva', wuid: '5521977776666', phoneNumber: '+5521977776666' }],
		},
		to: '5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: {
			...MINIMAL,
			to: locator('120363043968066561@g.us', 'id'),
			additionalFields: {
				organization: 'Clínica "Vida" & Cia.',
				email: 'maria@clinica.example',
				url: 'https://clinica.example/maria',
			},
		},
		options: { replyToMessageId: '3EB0538DA65A59F6D8A251', typingTime: 1500 },
		body: {
			number: '120363043968066561@g.us',
			contact: [
				{
					fullName: 'Maria Silva',
					wuid: '5521977776666',
					phoneNumber: '+5521977776666',
					organization: 'Clínica "Vida" & Cia.',
					email: 'maria@clinica.example',
					url: 'https://clinica.example/maria',
				},
			],
		},
		to: '120363043968066561@g.us',
		contact: MARIA,
		// Version 2 has no field for them.
		dropped: ['replyToMessageId', 'typingTime'],
	},
	rich: {
		body: (to) => ({
			number: to,
			contact: [
				{
					fullName: 'Dr. Zoë Maria Müller MBA',
					wuid: '4915112345678',
					phoneNumber: '+4915112345678',
					organization: 'Åcme, Inc.',
					email: 'zoe@acme.example',
					url: 'https://acme.example/zoe',
				},
			],
		}),
		dropped: ['department', 'title', 'birthday', 'note', 'businessDescription', 'address'],
	},
};

const panel: PanelPromise = {
	fields: ['sender', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: ['organization', 'email', 'url'],
	options: ['replyToMessageId', 'typingTime'],
	modes: ['phone', 'id', 'list'],
	senderModes: ['list', 'id'],
};

export const evolutionApi = simulate<EvolutionFlags>({
	provider: 'evolutionApi',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone(),
			demands: ['contactName', 'contactPhone'],
			ids: {
				person: {
					'5511999998888': '5511999998888',
					'5511999998888@c.us': '5511999998888@s.whatsapp.net',
					'5511999998888@s.whatsapp.net': '5511999998888@s.whatsapp.net',
					...HIDDEN_PERSON,
				},
				group: GROUP_IDS,
				none: ['120363144038483540@newsletter', '1624901640@broadcast'],
			},
			// `wuid` and `phoneNumber` have at least 10 characters: src/validate/message.schema.ts .
			shortestPhone: 10,
			read: ({ body, params }) => ({
				to: textAt(body, 'number') ?? '',
				sender: params.instance ?? '',
				cards: peopleIn(body).map((one) => ({
					name: textAt(one, 'fullName'),
					phone: textAt(one, 'wuid') ?? textAt(one, 'phoneNumber')?.replace(/\D/g, ''),
				})),
			}),
			cards,
			panel,
			list: {
				values: [
					...PEOPLE.map(({ remoteJid }) => remoteJid).filter((jid) => !/^status|@g\.us$/.test(jid)),
					...GROUPS.map(({ id }) => id),
				],
				search: { words: 'older', values: ['5511999999999-1623281429@g.us'] },
				shown: {
					'5511999999999-1623281429@g.us': 'Older group (5511999999999-1623281429@g.us)',
					'5511966600000@s.whatsapp.net': 'Cliente 0 (5511966600000)',
					'5511966600001@s.whatsapp.net': 'Cliente 1 (5511966600001)',
				},
				ofSender: true,
			},
			lookUps: {
				known: [
					{
						phone: '5511987651234',
						id: '5511987651234@s.whatsapp.net',
						to: '5511987651234@s.whatsapp.net',
					},
					// WhatsApp has it without the ninth digit.
					{
						phone: '5551987651234',
						id: '555187651234@s.whatsapp.net',
						to: '555187651234@s.whatsapp.net',
					},
				],
				unknown: '5511987404404',
				atOnce: 50,
			},
			optionBounds: { typingTime: [1000, 20_000] },
			phoneDigits: [7, 15],
			cardsPerMessage: 20,
		},
	},
	secrets: [API_KEY],
	senders: [INSTANCE, SECOND_INSTANCE],
	notSenders: ['.', '..', 'a/b', ' '],
	senderList: {
		values: INSTANCES.map(({ name }) => name),
		search: { words: 'vendas', values: [SECOND_INSTANCE] },
		shown: {
			Atendimento: 'Atendimento (5511999990001, open)',
			'Vendas nº 2': 'Vendas nº 2 (5511999990002, open)',
			parada: 'parada (close)',
		},
		off: ['parada'],
	},
	wrongSecrets: { apiKey: 'unauthorized' },
	means: { connectionClosed: 'unknown', brokeOff: 'unknown', tooManyRequests: 'slower' },
	ofAccount: ['unauthorized', 'instanceNotFound', 'notFound', 'tooManyRequests'],
	slowsDown: 'sender',
	credentialCases: [
		{ name: 'the key is right', says: 'passes' },
		{ name: 'there is no instance yet', answer: ok([]), says: 'passes' },
		{
			name: 'another key',
			change: { apiKey: 'another' },
			says: /did not accept the API key/,
		},
		{ name: 'another server', answer: 'notFound', says: /without \/manager/ },
	],
	refusals,
	words(body) {
		const { response } = fieldsOf(body);
		const { message } = fieldsOf(response);
		const parts: unknown[] = [message].flat(2);
		const texts = parts.filter((one) => typeof one === 'string' && one !== '[object Object]');
		return texts.map((one) => String(one).trim()).join('; ');
	},
	overload: { credential: refusals.tooManyRequests },
	tooLarge: refusal('assumed', () => said(413, 'Payload Too Large', 'request entity too large')),
	nothingHere: (facts) => refusals.notFound.answer(facts),
	samples,
	flags: { version: 'v2', pagesContacts: true },
	routes(flags) {
		const key = ({ headers }: RequestFacts): VendorAnswer | undefined =>
			headers.apikey === API_KEY ? undefined : refusals.unauthorized.answer();
		/** The instance first, then the key: a wrong key for an unknown instance is a 404 [documented]. */
		const stops = (facts: RequestFacts): VendorAnswer | undefined => {
			const isKnown = INSTANCES.some(({ name }) => name === facts.params.instance);
			return isKnown ? key(facts) : refusals.instanceNotFound.answer(facts);
		};
		return {
			sends: [
				{
					urls: ['/message/sendContact/:instance'],
					schema,
					stops,
					// Without JSON's type the server sees an empty body.
					wrongContentType: () => badRequest([['instance requires property "number"']]),
					unreadable: () => said(400, 'Bad Request', 'Unexpected token in JSON'),
					invalid,
					unable({ body, params }) {
						const { number, contact, contactMessage, options } = fieldsOf(body);
						// Taken by the server, to make cards that open no chat: refused here, where it can be had.
						if (peopleIn(body).some(lacksWuid)) {
							return badRequest([['"wuid" must be a numeric string']]);
						}
						const isOther =
							flags.version === 'v1' ? contactMessage === undefined : contact === undefined;
						if (isOther) {
							return flags.version === 'v1'
								? refusals.otherVersion.answer()
								: refusals['otherVersion:v2'].answer();
						}
						// Of the one version's fields the other has none [assumed to be refused].
						if (flags.version === 'v2' && options !== undefined) {
							return badRequest([['instance has the additional property "options"']]);
						}
						if (params.instance === CLOSED_INSTANCE) return refusals.connectionClosed.answer();
						const to = String(number);
						const isGroup = to.endsWith('@g.us');
						if (isGroup && !GROUPS.some(({ id }) => id === to)) {
							return refusals.groupNotFound.answer();
						}
						return isGroup || hasWhatsApp(to) ? undefined : refusals.notOnWhatsApp.answer();
					},
					acceptance,
				},
			],
			others: [
				{
					method: 'GET',
					url: '/instance/fetchInstances',
					stops: key,
					answer: () => ok(INSTANCES.map((one) => instanceOf(one, flags.version))),
				},
				{
					method: 'POST',
					url: '/chat/findContacts/:instance',
					stops,
					answer: (facts) => findContacts(facts, flags),
				},
				{
					method: 'GET',
					url: '/group/fetchAllGroups/:instance',
					stops,
					answer: ({ query }) =>
						query.getParticipants === undefined
							? badRequest(['The getParticipants needs to be informed in the query'])
							: ok(GROUPS),
				},
				{
					method: 'POST',
					url: '/chat/whatsappNumbers/:instance',
					stops,
					answer: whatsappNumbers,
				},
			],
		};
	},
});
