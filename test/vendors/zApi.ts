// The simulated Z-API: what it takes and answers beside what its white labels do, too; what must arrive for
// which card, and what the panel promises.
// Sources: developer.z-api.io and its repository, https://github.com/Z-API/z-api-docs (April 2026).
import { byPhone, type CardTable, locator, MARIA, MINIMAL, type PanelPromise } from './cards';
import { simulate } from './server';
import { type Credentials, fieldsOf, ok, type RequestFacts, type Sample, textAt } from './Vendor';
import * as zapi from './zapiDialect';
import { HIDDEN_PERSON, spelledAs } from './whatsAppIds';

const ACCOUNT: zapi.ZapiAccount = {
	instanceId: '3FAKE0INSTANCE0ZAPI0SANDBOX00000',
	instanceToken: 'FAKE0ZAPI0PATH0TOKEN0B22',
	// A header takes characters that change in URLs, in JSON and in base64.
	clientToken: 'Ffake"zapi\\client+token/of=the?sandbox01',
};

/** Persons, groups of both forms and @lid: documented. Broadcast lists: documented as not served. */
const recipient = {
	type: 'string',
	pattern: '^(\\d{7,20}|\\d{5,20}-group|\\d{10,15}-\\d{10}|\\d{5,20}@lid)$',
};

/** Fields and types are documented; that unknown fields and empty texts are refused is assumed. */
const oneSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['phone', 'contactName', 'contactPhone'],
	properties: {
		phone: recipient,
		contactName: zapi.text,
		contactPhone: zapi.digits,
		contactBusinessDescription: zapi.text,
		...zapi.common,
	},
};

/** The same; that a person needs a phone and that there is a most of them is assumed. */
const severalSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['phone', 'contacts'],
	properties: {
		phone: recipient,
		contacts: {
			type: 'array',
			minItems: 1,
			maxItems: 20,
			items: {
				type: 'object',
				additionalProperties: false,
				required: ['name', 'phones'],
				properties: {
					name: zapi.text,
					phones: { type: 'array', minItems: 1, items: zapi.digits },
					businessDescription: zapi.text,
				},
			},
		},
		...zapi.common,
	},
};

const CHATS = [
	{ name: 'Maria Silva', phone: '5511999998888', isGroup: false },
	{ name: 'Sandbox group', phone: '120363019502650977-group', isGroup: true },
	{ name: 'Older group', phone: '5511999999999-1623281429', isGroup: true },
	{ name: 'Hidden number', phone: '65998849469@lid', isGroup: false },
	{ name: '', phone: '5511977776666', isGroup: false },
	// Not to be sent to: a broadcast list.
	{ name: 'Clientes', phone: '1624901640-broadcast', isGroup: false },
].map(zapi.chat);

/** One of them has no chat yet. */
const GROUPS = [
	...CHATS.filter(({ isGroup }) => isGroup),
	zapi.chat({ name: 'Silent group', phone: '120363258412332916-group', isGroup: true }),
];

const CONTACTS = [
	{ name: 'Maria Silva', short: 'Maria', notify: 'Mari', vname: 'Maria', phone: '5511999998888' },
	{ phone: '5511977776666' },
];

/** WhatsApp's form of a number: with the ninth digit of a Brazilian mobile [documented]. */
const registered = (phone: string) => phone.replace(/^(55\d\d)(\d{8})$/, '$19$2');

/** A list of numbers, each with what was asked and what WhatsApp has [documented]. */
function phoneExistsBatch({ body }: RequestFacts) {
	const { phones } = fieldsOf(body);
	const isList = Array.isArray(phones) && phones.length > 0 && phones.length <= 50_000;
	if (!isList) return zapi.error(400, 'phones is required');
	const all: unknown[] = phones;
	if (!all.every((phone) => typeof phone === 'string' && /^\d{7,20}$/.test(phone))) {
		return zapi.refusals.invalidPhone.answer();
	}
	return ok(
		all.map(String).map((phone) => {
			const exists = zapi.hasWhatsApp(phone);
			return {
				exists,
				inputPhone: phone,
				outputPhone: exists ? registered(phone) : phone,
				lid: exists ? `${phone.slice(-9)}000000@lid` : null,
			};
		}),
	);
}

const sample = (
	method: string,
	name: string,
	body: string,
	parameters?: Sample['parameters'],
): Sample => ({
	name,
	messenger: 'whatsapp',
	path: zapi.publishedPath(method),
	headers: zapi.publishedHeaders,
	body,
	...(parameters && { parameters }),
});

/** The pages' bodies and those of json-examples/, verbatim. */
const samples = [
	sample(
		'send-contact',
		'Send contact: request body',
		`{
  "phone": "5511999999999",
  "contactName": "Z-API Contato",
  "contactPhone": "554498398733"
}`,
		{
			to: locator('5511999999999', 'phone'),
			contactName: 'Z-API Contato',
			contactPhone: '554498398733',
		},
	),
	sample(
		'send-contact',
		'Send contact: code',
		'{"phone": "5511999998888", "contactName": "Nome do contato", "contactPhone": "5511999999999", "contactBusinessDescription": "Breve descricao do contato"}',
		{
			to: locator('+55 11 99999-8888', 'phone'),
			contactName: 'Nome do contato',
			contactPhone: '+55 (11) 99999-9999',
			additionalFields: { businessDescription: 'Breve descricao do contato' },
		},
	),
	sample(
		'send-contacts',
		'Send several contacts: request body',
		`{
  "phone": "5544999999999",
  "contacts": [
    {
      "name": "Nome do contato",
      "phones": ["5544999999999", "5544999999999"]
    },
    {
      "name": "Nome do contato",
      "phones": ["5544999999999"]
    },
    {
      "name": "Nome do contato",
      "businessDescription": "Uma empresa do Grupo Irrah",
      "phones": ["5544999999999"]
    }
  ]
}`,
	),
	sample(
		'send-contacts',
		'Send several contacts: code',
		'{"phone": "5511999998888", "contacts": [{"name": "Nome do contato" , "phones": ["5544999999999","5544999999999"], "businessDescription": "Descrição do contato"}]}',
	),
];

/** Written from the vendor's pages. */
const cards: CardTable = {
	messageId: /^D241[0-9A-F]{16}$/,
	providerMessageId: /^3999[0-9A-F]{28}$/,
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
			additionalFields: {
				businessDescription: 'Clínica "Vida" & Cia.',
				morePhones: {
					phone: [
						{ number: '+55 21 3333-4444', type: 'work' },
						{ number: '0055 11 98888-0001', type: 'mobile' },
					],
				},
			},
		},
		options: { replyToMessageId: '3999984263738042930CD6ECDE9VDWSA', delayMessage: 15 },
		body: {
			phone: '120363019502650977-group',
			contacts: [
				{
					name: 'Maria Silva',
					businessDescription: 'Clínica "Vida" & Cia.',
					phones: ['5521977776666', '552133334444', '5511988880001'],
				},
			],
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
	additional: ['businessDescription', 'morePhones'],
	options: ['replyToMessageId', 'delayMessage'],
	modes: ['phone', 'id', 'list'],
};

const credentialsAt = (url: string): Credentials => ({ baseUrl: url, ...ACCOUNT });

/** Who is on the cards, whichever of the two addresses it came to. */
function cardsIn(body: unknown) {
	const { contacts } = fieldsOf(body);
	if (!Array.isArray(contacts)) {
		return [{ name: textAt(body, 'contactName'), phone: textAt(body, 'contactPhone') }];
	}
	const list: unknown[] = contacts;
	return list.map((one) => ({ name: textAt(one, 'name'), phone: textAt(one, 'phones', '0') }));
}

export const zApi = simulate<zapi.ZapiFlags>({
	provider: 'zApi',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone(),
			demands: ['contactName', 'contactPhone'],
			ids: {
				person: {
					...spelledAs('5511999998888'),
					...HIDDEN_PERSON,
				},
				group: zapi.GROUP_IDS,
				none: ['120363043968066561@g.us', '120363144038483540@newsletter', '1624901640-broadcast'],
			},
			read: ({ body }) => ({ to: textAt(body, 'phone') ?? '', cards: cardsIn(body) }),
			cards,
			panel,
			list: {
				values: [...new Set([...CHATS, ...GROUPS].map(({ phone }) => phone))].filter(
					(phone) => !phone.endsWith('-broadcast'),
				),
				search: { words: 'silent', values: ['120363258412332916-group'] },
				shown: {
					'120363258412332916-group': 'Silent group (120363258412332916-group)',
					'65998849469@lid': 'Hidden number (65998849469@lid)',
					'5511999998888': 'Maria Silva (5511999998888)',
				},
			},
			lookUps: {
				known: [
					{ phone: '5511987651234', id: '5511987651234', to: '5511987651234' },
					// Without its ninth digit.
					{ phone: '551187651234', id: '5511987651234', to: '5511987651234' },
				],
				unknown: '5511987650000',
				atOnce: 500,
			},
			optionBounds: { delayMessage: [1, 15] },
			cardsPerMessage: 20,
		},
	},
	secrets: [ACCOUNT.instanceToken, ACCOUNT.clientToken],
	wrongSecrets: { instanceToken: 'instanceNotFound', clientToken: 'notAllowed' },
	means: zapi.MEANS,
	ofAccount: zapi.OF_ACCOUNT,
	credentialCases: zapi.credentialCases,
	refusals: zapi.refusals,
	words: zapi.words,
	overload: { credential: zapi.tooManyRequests },
	tooLarge: zapi.tooLarge,
	nothingHere: () => zapi.error(404, 'NOT_FOUND'),
	samples,
	flags: zapi.flagsAtStart,
	routes(flags) {
		const waiting = zapi.queue(flags);
		const stops = zapi.guard(ACCOUNT, flags);
		const unable = () => (waiting.isFull() ? zapi.refusals.queueFull.answer() : undefined);
		const more = { stops, unable, taken: waiting.add };
		const one = zapi.sendRoute('/send-contact', { schema: oneSchema, ...more });
		const several = zapi.sendRoute('/send-contacts', { schema: severalSchema, ...more });
		return {
			sends: [one.send, several.send],
			others: [
				one.wrongVerbs,
				several.wrongVerbs,
				{
					method: 'POST',
					url: `${zapi.root}/phone-exists-batch`,
					stops,
					answer: phoneExistsBatch,
				},
				...zapi.commonRoutes(flags, stops, {
					'/chats': CHATS,
					'/groups': GROUPS,
					'/contacts': CONTACTS,
				}),
			],
			forget: waiting.empty,
		};
	},
});
