// The simulated UltraMsg: what it takes, what it answers, and how sure each is; what must arrive for which card,
// and what the panel promises.
// Sources: docs.ultramsg.com as its own libraries repeat it (github.com/ultramsg/whatsapp-php-sdk, npm
// ultramsg-whatsapp-api); answers as integrators recorded them.
import {
	byPhone,
	type CardTable,
	locator,
	MARIA,
	MINIMAL,
	MINIMAL_VCARD,
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
	textAt,
	type VendorAnswer,
	type Violation,
} from './Vendor';
import { GROUP_IDS } from './whatsAppIds';

export interface UltraMsgFlags {
	/** What the panel shows of the instance. What is sent to one that is not connected stays in its queue. */
	status: 'authenticated' | 'qr' | 'standby';
}

const INSTANCE = 'instance1150';
const TOKEN = 'fake-ultramsg&token=in+the/body of 01';

const error = (said: unknown) => ok({ error: said });

const refusals = {
	wrongToken: refusal('observed', () =>
		error('Wrong token. Please provide token as a GET parameter.'),
	),
	instanceNotFound: refusal('observed', () => error('Instance not found')),
	// The status is observed, the body is not.
	notFound: refusal('observed', () => ({ statusCode: 404, body: { error: 'Not found' } })),
	notPaid: refusal('observed', () =>
		error(
			'Your instance has been Stopped due to non-payment. you can activate this instance by extending your subscription. Payment information updates every 5 minutes.',
		),
	),
	notConnected: refusal('observed', () => ok({ sent: 'false', message: 'WhatsApp not connected' })),
	'notConnected:error': refusal('assumed', () => error('instance is not authenticated yet')),
	tooMany: refusal('assumed', () => ({
		statusCode: 429,
		body: { error: 'Too many requests, please try again later' },
	})),
	invalid: refusal('observed', () => error([{ to: 'is required' }])),
	'invalid:vcard': refusal('assumed', () => error([{ vcard: 'is not valid' }])),
	notSent: refusal('observed', () => ok({ sent: 'false', message: 'expired' })),
} satisfies Record<string, Refusal>;

const text = { type: 'string', pattern: '\\S' };

/** The fields and the length are documented. That unknown fields are refused, and empty texts, is assumed. */
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['token', 'to', 'vcard'],
	properties: {
		token: text,
		to: {
			type: 'string',
			pattern:
				'^(\\+[1-9]\\d{6,14}|[1-9]\\d{6,14}@c\\.us|([1-9]\\d{9,14}-\\d{10}|[1-9]\\d{14,19})@g\\.us)$',
		},
		vcard: {
			type: 'string',
			pattern: '^BEGIN:VCARD\\r?\\nVERSION:3\\.0\\r?\\n[\\s\\S]*\\nEND:VCARD$',
			maxLength: 4096,
		},
		priority: { type: 'string', pattern: '^([0-9]|10)$' },
		referenceId: text,
		msgId: text,
	},
};

/** The words of a missing field are observed, the others assumed. */
function invalid(violations: Violation[]): VendorAnswer {
	return error(
		violations.map(({ keyword, at, key }) => ({
			[key ?? at[0] ?? 'body']: keyword === 'required' ? 'is required' : 'is not valid',
		})),
	);
}

/** The id is a number of the vendor's own [observed]. */
let lastId = 44896;
const acceptance = () => ok({ sent: 'true', message: 'ok', id: (lastId += 1) });

/** The fields are observed. */
const CHATS = [
	{ id: '5511999998888@c.us', name: 'Maria Silva', isGroup: false },
	{ id: '5511977776666@c.us', name: '', isGroup: false },
	{ id: '120363012345678901@g.us', name: 'Sandbox group', isGroup: true },
	// Nothing that the vendor says it sends to.
	{ id: '65998849469@lid', name: 'Hidden number', isGroup: false },
];

/** Numbers that end in 404404 have no WhatsApp here. */
function checkContact({ query: { chatId = '' } }: RequestFacts): VendorAnswer {
	if (!/^\d{7,15}@c\.us$/.test(chatId)) return error([{ chatId: 'is not valid' }]);
	return ok({ status: /404404@/.test(chatId) ? 'invalid' : 'valid', chatId });
}

const lines = (...all: string[]) => all.join('\n');

/** Written from the vendor's pages. */
const cards: CardTable = {
	messageId: /^\d{5}$/,
	minimal: {
		parameters: MINIMAL,
		body: {
			token: TOKEN,
			to: '+5511988887777',
			vcard: MINIMAL_VCARD,
		},
		to: '+5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: {
			to: locator('120363012345678901@g.us', 'id'),
			contactName: 'Dra. Ana Luísa Souza Filha',
			contactPhone: '+55 21 97777-6666',
			additionalFields: {
				firstName: 'Ana',
				middleName: 'Luísa',
				lastName: 'Souza',
				prefix: 'Dra.',
				suffix: 'Filha',
				nickname: 'Aninha',
				organization: 'Clínica "Vida" & Cia.',
				department: 'Pediatria',
				title: 'Médica',
				email: 'ana@clinica.example',
				url: 'https://clinica.example/ana',
				birthday: '1985-02-03',
				note: 'Só à tarde; às 3, café',
				businessDescription: 'Consultas',
				morePhones: { phone: [{ number: '+55 11 3333-4444', type: 'work' }] },
				moreEmails: { email: [{ address: 'ana@casa.example', type: 'home' }] },
				moreUrls: { url: [{ url: 'https://ana.example', type: 'home' }] },
				addresses: {
					address: [
						{ street: 'Rua Augusta 100', city: 'São Paulo', countryCode: 'BR', type: 'work' },
					],
				},
			},
		},
		options: {
			priority: 0,
			referenceId: 'order-10231',
			replyToMessageId: 'false_14155552671@c.us_3EB0538DA65A59F6D8A251',
		},
		body: {
			token: TOKEN,
			to: '120363012345678901@g.us',
			vcard: lines(
				'BEGIN:VCARD',
				'VERSION:3.0',
				'N:Souza;Ana;Luísa;Dra.;Filha',
				'FN:Dra. Ana Luísa Souza Filha',
				'NICKNAME:Aninha',
				'TEL;type=CELL;waid=5521977776666:+5521977776666',
				'TEL;type=WORK;waid=551133334444:+551133334444',
				'ORG:Clínica "Vida" & Cia.;Pediatria',
				'TITLE:Médica',
				'EMAIL:ana@clinica.example',
				'EMAIL;type=HOME:ana@casa.example',
				'URL:https://clinica.example/ana',
				'URL;type=HOME:https://ana.example',
				'item1.ADR;type=WORK:;;Rua Augusta 100;São Paulo;;;BR',
				'item1.X-ABADR:br',
				'BDAY:1985-02-03',
				'NOTE:Só à tarde\\; às 3\\, café',
				'X-WA-BIZ-NAME:Clínica "Vida" & Cia.',
				'X-WA-BIZ-DESCRIPTION:Consultas',
				'END:VCARD',
			),
			priority: '0',
			referenceId: 'order-10231',
			msgId: 'false_14155552671@c.us_3EB0538DA65A59F6D8A251',
		},
		to: '120363012345678901@g.us',
		contact: { name: 'Dra. Ana Luísa Souza Filha', phone: '5521977776666' },
	},
	// Pasted whole, unfolded: nothing is lost of it.
	rich: {
		body: (to) => ({ token: TOKEN, to, vcard: RICH_VCARD.replace('\r\n ', '').trimEnd() }),
		dropped: [],
	},
};

/** The card of the library's page, verbatim. */
const PUBLISHED = lines(
	'BEGIN:VCARD',
	'VERSION:3.0',
	'N:lastname;firstname',
	'FN:firstname lastname',
	'TEL;TYPE=CELL;waid=14000000001:14000000002',
	'NICKNAME:nickname',
	'BDAY:01.01.1987',
	'X-GENDER:M',
	'NOTE:note',
	'ADR;TYPE=home:;;;;;;',
	'ADR;TYPE=work_:;;;;;;',
	'END:VCARD',
);

const credentialsAt = (url: string): Credentials => ({
	baseUrl: url,
	instanceId: INSTANCE,
	token: TOKEN,
});

export const ultraMsg = simulate<UltraMsgFlags>({
	provider: 'ultraMsg',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone((digits) => `+${digits}`),
			demands: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
			ids: {
				person: {
					'5511999998888@c.us': '5511999998888@c.us',
					'5511999998888@s.whatsapp.net': '5511999998888@c.us',
				},
				group: GROUP_IDS,
				none: ['5511999998888', '65998849469@lid', '120363144038483540@newsletter'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'to') ?? '',
				cards: [vCardIn(fieldsOf(body).vcard)],
			}),
			cards,
			panel: {
				fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
				additional: Object.keys(fieldsOf(cards.full.parameters.additionalFields)),
				options: ['priority', 'referenceId', 'replyToMessageId'],
				modes: ['phone', 'id', 'list'],
			},
			list: {
				values: ['5511999998888@c.us', '5511977776666@c.us', '120363012345678901@g.us'],
				search: { words: 'sandbox', values: ['120363012345678901@g.us'] },
				shown: {
					'120363012345678901@g.us': 'Sandbox group (120363012345678901@g.us)',
					'5511999998888@c.us': 'Maria Silva (5511999998888)',
				},
			},
			lookUps: {
				known: [
					{ phone: '5511987651234', id: '5511987651234@c.us', to: '5511987651234@c.us' },
					{ phone: '4915112345678', id: '4915112345678@c.us', to: '4915112345678@c.us' },
				],
				unknown: '5511987404404',
			},
			bounds: [{ parameter: 'note', atMost: 4096, unit: 'characters', at: ['vcard'] }],
			optionBounds: { priority: [0, 10] },
		},
	},
	secrets: [TOKEN],
	wrongSecrets: { token: 'wrongToken' },
	means: { tooMany: 'slower' },
	ofAccount: ['wrongToken', 'instanceNotFound', 'notFound', 'notPaid', 'notConnected', 'tooMany'],
	credentialCases: [
		{ name: 'the instance is connected', says: 'passes' },
		{
			name: 'the API URL of the panel for an ID',
			change: { instanceId: 'https://api.ultramsg.com/instance1150/' },
			says: 'passes',
		},
		{ name: 'another token', change: { token: 'another' }, says: /did not accept the token/ },
		{
			name: 'another instance',
			change: { instanceId: '9' },
			says: /does not know this instance/,
		},
		{ name: 'nothing there', answer: 'notFound', says: /nothing at this address/ },
		{ name: 'the trial is over', answer: 'notPaid', says: /trial or the subscription .* is over/ },
		{ name: 'the QR code was not read', flags: { status: 'qr' }, says: /waits for its QR code/ },
		{ name: 'not connected', flags: { status: 'standby' }, says: /not connected to WhatsApp/ },
		{
			name: 'something else answers',
			answer: ok({ status: 'fine' }),
			says: /did not say how the instance is/,
		},
	],
	refusals,
	words: (body) => {
		const said = fieldsOf(body).error ?? fieldsOf(body).message;
		const [first] = Array.isArray(said) ? said.map(fieldsOf) : [];
		return first === undefined ? said : Object.entries(first).flat().join(' ');
	},
	overload: { credential: refusals.tooMany },
	tooLarge: refusal('assumed', () => ({ statusCode: 413, body: { error: 'Too large' } })),
	nothingHere: () => refusals.notFound.answer(),
	samples: [
		{
			name: 'Send Vcard of the PHP library',
			messenger: 'whatsapp',
			path: () => `/${INSTANCE}/messages/vcard`,
			headers: () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
			body: ({ token }) =>
				new URLSearchParams({
					to: '+14155552671',
					vcard: PUBLISHED,
					priority: '10',
					token: String(token),
				}).toString(),
			parameters: {
				to: locator('+1 415 555 2671', 'phone'),
				contactSource: 'vCard',
				vCard: PUBLISHED,
			},
			options: { priority: 10 },
		},
	],
	flags: { status: 'authenticated' },
	routes(flags) {
		const stops = ({ params, body, query }: RequestFacts): VendorAnswer | undefined => {
			if (params.instance !== INSTANCE) return refusals.instanceNotFound.answer();
			const token = textAt(body, 'token') ?? query.token;
			return token === TOKEN ? undefined : refusals.wrongToken.answer();
		};
		return {
			sends: [
				{
					urls: ['/:instance/messages/vcard'],
					takes: ['form'],
					schema,
					stops,
					// What is no form has no token.
					wrongContentType: () => refusals.wrongToken.answer(),
					invalid,
					acceptance,
				},
			],
			others: [
				{
					method: 'GET',
					url: '/:instance/instance/status',
					stops,
					answer: () =>
						ok({
							status: {
								accountStatus: {
									status: flags.status,
									substatus: flags.status === 'authenticated' ? 'connected' : 'normal',
								},
							},
						}),
				},
				{ method: 'GET', url: '/:instance/chats', stops, answer: () => ok(CHATS) },
				{ method: 'GET', url: '/:instance/contacts/check', stops, answer: checkContact },
			],
		};
	},
});
