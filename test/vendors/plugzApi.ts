// The simulated PlugzAPI (PlugMessage): what it takes and answers beside what is Z-API's, whose white label it
// is; what must arrive for which card, and what the panel promises.
// Sources: the vendor's send-contact page and its documentation repository.
import { byPhone, type CardTable, locator, MARIA, MINIMAL, type PanelPromise } from './cards';
import { simulate } from './server';
import { type Credentials, fieldsOf, type Sample, textAt } from './Vendor';
import * as zapi from './zapiDialect';
import { HIDDEN_PERSON, spelledAs } from './whatsAppIds';

export interface PlugzApiFlags extends zapi.ZapiFlags {
	/** PlugzAPI's page lists the description as required, Z-API's as optional; nobody saw which holds. */
	descriptionRequired: boolean;
}

const ACCOUNT: zapi.ZapiAccount = {
	instanceId: '3FAKE0INSTANCE0PLUGZAPI0SANDBOX0',
	instanceToken: 'FAKE0PLUGZ0PATH0TOKEN0A1',
	// A header takes characters that change in URLs, in JSON and in base64.
	clientToken: 'Ffake"plugz\\client+token/of=the?sandboxS',
};

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
		contactName: zapi.text,
		contactPhone: zapi.digits,
		contactBusinessDescription: zapi.text,
		...zapi.common,
	},
};

const CHATS = [
	{ name: 'Maria Silva', phone: '5511999998888', isGroup: false },
	{ name: 'Sandbox group', phone: '120363019502650977-group', isGroup: true },
	{ name: 'Older group', phone: '5511999999999-1623281429', isGroup: true },
	{ name: '', phone: '5511977776666', isGroup: false },
].map(zapi.chat);

const CONTACTS = [
	{ name: 'Maria Silva', short: 'Maria', notify: 'Mari', vname: 'Maria', phone: '5511999998888' },
	{ name: 'João Souza', short: 'João', notify: 'Jo', vname: '', phone: '5511988887777' },
	{ phone: '5511977776666' },
];

const sample = (name: string, body: string, parameters?: Sample['parameters']): Sample => ({
	name,
	messenger: 'whatsapp',
	path: zapi.publishedPath('send-contact'),
	headers: zapi.publishedHeaders,
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
	...ACCOUNT,
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
			demands: ['contactName', 'contactPhone'],
			ids: {
				person: {
					...spelledAs('5511999998888'),
					...HIDDEN_PERSON,
				},
				group: zapi.GROUP_IDS,
				channel: { '1624901640-broadcast': '1624901640-broadcast' },
				none: ['120363043968066561@g.us', '120363144038483540@newsletter'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'phone') ?? '',
				cards: [{ name: textAt(body, 'contactName'), phone: textAt(body, 'contactPhone') }],
			}),
			cards,
			panel,
			list: {
				values: CHATS.map(({ phone }) => phone),
				search: { words: 'sandbox', values: ['120363019502650977-group'] },
				shown: {
					'120363019502650977-group': 'Sandbox group (120363019502650977-group)',
					'5511999998888': 'Maria Silva (5511999998888)',
					'5511999999999-1623281429': 'Older group (5511999999999-1623281429)',
				},
			},
			lookUps: {
				known: [
					{ phone: '5511987651234', id: '5511987651234', to: '5511987651234' },
					{ phone: '5551987651234', id: '5551987651234', to: '5551987651234' },
				],
				unknown: '5511987650000',
			},
			optionBounds: { delayMessage: [1, 15] },
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
	flags: { ...zapi.flagsAtStart, descriptionRequired: false },
	routes(flags) {
		const waiting = zapi.queue(flags);
		const stops = zapi.guard(ACCOUNT, flags);
		const { send, wrongVerbs } = zapi.sendRoute('/send-contact', {
			schema,
			stops,
			unable({ body }) {
				const isBare = !('contactBusinessDescription' in fieldsOf(body));
				if (flags.descriptionRequired && isBare) {
					return zapi.error(400, 'contactBusinessDescription is required');
				}
				return waiting.isFull() ? zapi.refusals.queueFull.answer() : undefined;
			},
			taken: waiting.add,
		});
		return {
			sends: [send],
			others: [
				wrongVerbs,
				...zapi.commonRoutes(flags, stops, { '/chats': CHATS, '/contacts': CONTACTS }),
			],
			forget: waiting.empty,
		};
	},
});
