// The simulated Formica.
import {
	byPhone,
	type CardTable,
	locator,
	MARIA,
	MINIMAL,
	MINIMAL_VCARD,
	RICH_VCARD,
	vCardIn,
} from '../../vendors/cards';
import { simulate } from '../../vendors/server';
import { fieldsOf, ok, refusal, type RequestFacts, textAt } from '../../vendors/Vendor';

const NEST = 'nest7';
const TOKEN = 'FAKE formica&token=in/the+body 0001';

const error = (words: string) => ok({ error: words });

const refusals = {
	wrongToken: refusal('documented', () => error('Wrong token')),
	asleep: refusal('observed', () => error('The nest is asleep')),
	invalid: refusal('documented', () => error('Invalid value: vcard')),
	slowDown: refusal('assumed', () => error('Please slow down')),
};

const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['token', 'to', 'vcard'],
	properties: {
		token: { type: 'string' },
		to: { type: 'string', pattern: '^(\\+\\d{7,20}|\\d{7,20}@c\\.us|\\d{5,20}@g\\.us)$' },
		vcard: {
			type: 'string',
			pattern: '^BEGIN:VCARD\\r?\\nVERSION:3\\.0\\r?\\n[\\s\\S]*\\nEND:VCARD(\\r?\\n)?$',
		},
		priority: { type: 'string', pattern: '^([0-9]|10)$' },
	},
};

const cards: CardTable = {
	messageId: /^\d{3,}$/,
	minimal: {
		parameters: MINIMAL,
		body: { token: TOKEN, to: '+5511988887777', vcard: MINIMAL_VCARD },
		to: '+5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: {
			to: locator('120363043968066561@g.us', 'id'),
			contactName: 'Dr. Maria Clara Silva Jr.',
			contactPhone: '+55 21 97777-6666',
			additionalFields: {
				firstName: 'Maria',
				middleName: 'Clara',
				lastName: 'Silva',
				prefix: 'Dr.',
				suffix: 'Jr.',
				nickname: 'Mari',
				organization: 'Clínica; "Vida" & Cia.',
				department: 'Recepção',
				title: 'Médica',
				email: 'maria@clinica.example',
				url: 'https://clinica.example/maria',
				birthday: '1990-05-21',
				note: 'Só à tarde, por favor',
				businessDescription: 'Consultas',
				morePhones: { phone: [{ number: '+55 21 3333-4444', type: 'work' }] },
				moreEmails: { email: [{ address: 'm@casa.example', type: 'home' }] },
				moreUrls: { url: [{ url: 'https://maria.example', type: 'other' }] },
				addresses: { address: [{ street: 'Rua A, 1', city: 'Rio', type: 'work' }] },
			},
		},
		options: { priority: 0 },
		body: {
			token: TOKEN,
			to: '120363043968066561@g.us',
			vcard: [
				'BEGIN:VCARD',
				'VERSION:3.0',
				'N:Silva;Maria;Clara;Dr.;Jr.',
				'FN:Dr. Maria Clara Silva Jr.',
				'NICKNAME:Mari',
				'TEL;type=CELL;waid=5521977776666:+5521977776666',
				'TEL;type=WORK;waid=552133334444:+552133334444',
				'ORG:Clínica\\; "Vida" & Cia.;Recepção',
				'TITLE:Médica',
				'EMAIL:maria@clinica.example',
				'EMAIL;type=HOME:m@casa.example',
				'URL:https://clinica.example/maria',
				'URL;type=OTHER:https://maria.example',
				'ADR;type=WORK:;;Rua A\\, 1;Rio;;;',
				'BDAY:1990-05-21',
				'NOTE:Só à tarde\\, por favor',
				'X-WA-BIZ-NAME:Clínica\\; "Vida" & Cia.',
				'X-WA-BIZ-DESCRIPTION:Consultas',
				'END:VCARD',
			].join('\n'),
			priority: '0',
		},
		to: '120363043968066561@g.us',
		contact: { name: 'Dr. Maria Clara Silva Jr.', phone: '5521977776666' },
	},
	// Pasted whole: nothing is lost of it.
	rich: { body: (to) => ({ token: TOKEN, to, vcard: PASTED }), dropped: [] },
};

/** Unfolded: messengers do not do that reliably. */
const PASTED = RICH_VCARD.trim().replace(/\r\n /g, '');

const CHATS = [
	['5511999998888@c.us', 'Maria Silva'],
	['5511988887777@c.us', 'João Souza'],
	['120363043968066561@g.us', 'Sandbox group'],
	['5511977776666@c.us', ''],
	['120363043968066562@g.us', 'Another group'],
].map(([id = '', title = '']) => ({ id, ...(title && { title }) }));

/** Two a page; `after` is the last id of the page before. */
function chats({ query: { q = '', after } }: RequestFacts) {
	const found = CHATS.filter(({ id, title = '' }) =>
		`${id} ${title}`.toLowerCase().includes(q.toLowerCase()),
	);
	const from = after === undefined ? 0 : found.findIndex(({ id }) => id === after) + 1;
	const page = found.slice(from, from + 2);
	const isLast = from + 2 >= found.length;
	return ok({ chats: page, ...(!isLast && { after: page.at(-1)?.id }) });
}

let lastId = 100;

export const formica = simulate<{ isAsleep: boolean }>({
	provider: 'formica',
	messengers: {
		whatsapp: {
			credentials: (url) => ({ baseUrl: url, nestId: NEST, token: TOKEN }),
			recipient: byPhone((digits) => `+${digits}`),
			demands: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
			ids: {
				person: {
					'5511999998888@c.us': '5511999998888@c.us',
					'5511999998888@s.whatsapp.net': '5511999998888@c.us',
				},
				group: { '120363043968066561@g.us': '120363043968066561@g.us' },
				none: ['5511999998888', '65998849469@lid'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'to') ?? '',
				cards: [vCardIn(fieldsOf(body).vcard)],
			}),
			cards,
			panel: {
				fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
				additional: Object.keys(fieldsOf(cards.full.parameters.additionalFields)),
				options: ['priority'],
				modes: ['phone', 'id', 'list'],
			},
			list: {
				isSearched: true,
				values: CHATS.map(({ id }) => id),
				search: {
					words: 'group',
					values: ['120363043968066561@g.us', '120363043968066562@g.us'],
				},
				shown: {
					'120363043968066562@g.us': 'Another group',
					'120363043968066561@g.us': 'Sandbox group',
					'5511988887777@c.us': 'João Souza',
				},
			},
			bounds: [{ parameter: 'note', atMost: 1000, unit: 'bytes', at: ['vcard'] }],
			optionBounds: { priority: [0, 10] },
		},
	},
	secrets: [TOKEN],
	wrongSecrets: { token: 'wrongToken' },
	means: { asleep: 'later', slowDown: 'slower' },
	ofAccount: ['wrongToken', 'asleep', 'slowDown'],
	credentialCases: [
		{ name: 'an awake nest', says: 'passes' },
		{ name: 'another nest', change: { nestId: 'another' }, says: /does not know this nest/ },
		{ name: 'another token', change: { token: 'another' }, says: /did not accept the token/ },
		{ name: 'a nest that sleeps', flags: { isAsleep: true }, says: /the nest sleeps/ },
	],
	refusals,
	words: (body) => textAt(body, 'error'),
	overload: { credential: refusals.slowDown },
	nothingHere: () => ({ statusCode: 404, body: 'Not found' }),
	samples: [
		{
			name: 'the page',
			messenger: 'whatsapp',
			path: () => `/nest${NEST}/vcard`,
			headers: () => ({ 'content-type': 'application/x-www-form-urlencoded' }),
			body: ({ token }) =>
				new URLSearchParams({
					token: String(token),
					to: '+447700900456',
					vcard:
						'BEGIN:VCARD\nVERSION:3.0\nN:;John;;;\nFN:John\nTEL;type=CELL;waid=447700900123:+447700900123\nEND:VCARD',
				}).toString(),
			parameters: {
				to: locator('+44 7700 900456', 'phone'),
				contactName: 'John',
				contactPhone: '+44 7700 900123',
			},
		},
	],
	flags: { isAsleep: false },
	routes(flags) {
		const stops = ({ body, query }: RequestFacts) =>
			(textAt(body, 'token') ?? query.token) === TOKEN ? undefined : refusals.wrongToken.answer();
		return {
			sends: [
				{
					urls: [`/nest${NEST}/vcard`],
					takes: ['form'],
					schema,
					stops,
					wrongContentType: () => error('Invalid content type'),
					invalid: ([violation]) =>
						error(`Invalid value: ${violation?.key ?? violation?.at.join('.') ?? 'body'}`),
					unable: () => (flags.isAsleep ? refusals.asleep.answer() : undefined),
					acceptance: () => ok({ sent: 'true', message: 'ok', id: ++lastId }),
				},
			],
			others: [
				{
					method: 'GET',
					url: `/nest${NEST}/status`,
					stops,
					answer: () => ok({ status: flags.isAsleep ? 'asleep' : 'awake' }),
				},
				{ method: 'GET', url: `/nest${NEST}/chats`, stops, answer: chats },
			],
		};
	},
});
