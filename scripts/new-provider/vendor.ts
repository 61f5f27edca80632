// The simulated FILL IN: the vendor's name. What it takes, what it answers, and how sure each is; what must
// arrive for which card, and what the panel promises. Written by hand, from the vendor's pages.
// Sources: FILL IN.
import {
	byPhone,
	type CardTable,
	locator,
	MARIA,
	MINIMAL,
	type PanelPromise,
} from '../../test/vendors/cards';
import { simulate } from '../../test/vendors/server';
import {
	fieldsOf,
	ok,
	refusal,
	type Refusal,
	type RequestFacts,
	textAt,
	type VendorAnswer,
	type Violation,
} from '../../test/vendors/Vendor';

// FILL IN: values as the vendor gives them; a secret has `fake` in it and 20 characters or more.
const TOKEN = 'FAKE-token-of-the-sandbox-FILL-IN';

const error = (statusCode: number, text: string): VendorAnswer => ({
	statusCode,
	body: { error: text },
});

/** FILL IN: one for each rule of the provider's table, under its id, in the vendor's words; `id:form` for another form. */
const refusals = {
	unauthorized: refusal('assumed', () => error(401, 'Unauthorized')),
	tooMany: refusal('assumed', () => error(429, 'Too many requests')),
	invalid: refusal('assumed', () => error(400, 'Invalid name')),
} satisfies Record<string, Refusal>;

/** FILL IN: the body as the vendor documents it; where it is silent, the strictest reading. */
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['to', 'name', 'phone'],
	properties: {
		to: { type: 'string', pattern: '^\\d{7,20}$' },
		name: { type: 'string', pattern: '\\S' },
		phone: { type: 'string', pattern: '^\\d{3,20}$' },
	},
};

const invalid = ([violation]: Violation[]): VendorAnswer =>
	error(400, `Invalid ${[...(violation?.at ?? []), violation?.key].filter(Boolean).join('.')}`);

/** FILL IN: the exact bodies for these cards. The full one has every field and every option. */
const cards: CardTable = {
	messageId: /^msg-\d+$/,
	minimal: {
		parameters: MINIMAL,
		body: { to: '5511988887777', name: 'Maria Silva', phone: '5521977776666' },
		to: '5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: { ...MINIMAL, to: locator('5511988887777', 'id') },
		body: { to: '5511988887777', name: 'Maria Silva', phone: '5521977776666' },
		to: '5511988887777',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({ to, name: 'Dr. Zoë Maria Müller MBA', phone: '4915112345678' }),
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
	options: [],
	modes: ['phone', 'id'],
};

const stops = ({ headers }: RequestFacts): VendorAnswer | undefined =>
	headers.authorization === `Bearer ${TOKEN}` ? undefined : refusals.unauthorized.answer();

let lastId = 0;

export const newVendor = simulate({
	provider: 'newVendor',
	messengers: {
		whatsapp: {
			credentials: (url) => ({ baseUrl: url, token: TOKEN }),
			recipient: byPhone(),
			demands: ['contactName', 'contactPhone'],
			ids: {
				person: { '5511988887777': '5511988887777' },
				none: ['120363043968066561@g.us', 'maria'],
			},
			read: ({ body }) => ({
				to: textAt(body, 'to') ?? '',
				cards: [{ name: textAt(body, 'name'), phone: textAt(body, 'phone') }],
			}),
			cards,
			panel,
			// FILL IN: `list`, `bounds`, `optionBounds`, `optionChoices`, `optionTexts`, `listBounds`, `phoneDigits`, `cardsPerMessage`, as far as there are any.
		},
	},
	secrets: [TOKEN],
	wrongSecrets: { token: 'unauthorized' },
	// FILL IN: what becomes of a message after which refusal, and which of them are about the account.
	means: { tooMany: 'slower' },
	ofAccount: ['unauthorized', 'tooMany'],
	// FILL IN: a case for each rule of the credential's test.
	credentialCases: [
		{ name: 'a good token', says: 'passes' },
		{ name: 'another token', change: { token: 'another' }, says: /does not accept the token/ },
	],
	refusals,
	words: (body) => fieldsOf(body).error,
	overload: { credential: refusals.tooMany },
	nothingHere: () => error(404, 'Not found'),
	samples: [
		{
			// FILL IN: the vendor's own samples, to the letter, and what to fill in so that the node sends the same.
			name: 'the page',
			messenger: 'whatsapp',
			path: () => '/contacts',
			headers: ({ token }) => ({
				authorization: `Bearer ${String(token)}`,
				'content-type': 'application/json',
			}),
			body: '{"to":"447700900456","name":"John","phone":"447700900123"}',
			parameters: {
				to: locator('+44 7700 900456', 'phone'),
				contactName: 'John',
				contactPhone: '+44 7700 900123',
			},
		},
	],
	flags: {},
	routes: () => ({
		sends: [
			{
				urls: ['/contacts'],
				schema,
				stops,
				wrongContentType: () => error(400, 'Invalid body'),
				invalid,
				acceptance: () => ok({ id: `msg-${(lastId += 1)}` }),
			},
		],
		others: [{ method: 'GET', url: '/status', stops, answer: () => ok({ status: 'fine' }) }],
	}),
});
