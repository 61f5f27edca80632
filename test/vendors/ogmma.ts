// The simulated OGMMA: what it takes, what it answers, and how sure each is; what must arrive for which
// card, and what the panel promises.
// Source: developer.ogmma.com.br; nothing else about this vendor is public.
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

export interface OgmmaFlags {
	/** The permissions of the key; the names are documented. */
	scopes: readonly string[];
	/** Whether an unknown field is refused [assumed]. */
	unknownFieldsRefused: boolean;
}

const CHANNEL = '6650a1b2c3d4e5f6a7b8c9d0';
const DISCONNECTED_CHANNEL = '6650a1b2c3d4e5f6a7b8c9d1';
const SECOND_CHANNEL = '6650a1b2c3d4e5f6a7b8c9d2';
// The prefix is documented, the rest only has to be what a Bearer value may hold (RFC 6750).
const API_KEY = 'oapi_sk_test_Fake+0gmma/Key~0f-the.Sandbox_1234==';

/** All but the two scopes' refusals have this shape [documented on the send page]. */
const said = (statusCode: number, code: string, message: string): VendorAnswer => ({
	statusCode,
	body: { message, code },
});

const invalidWith = (errors: Array<{ field: string; message: string }>): VendorAnswer => ({
	statusCode: 400,
	body: { message: 'Dados de entrada invalidos.', code: 'VALIDATION_ERROR', errors },
});

const refusals = {
	validation: refusal('documented', () =>
		invalidWith([{ field: 'name', message: 'O nome do contato e obrigatorio.' }]),
	),
	unauthorized: refusal('documented', () =>
		said(401, 'UNAUTHORIZED', 'Token de autenticacao invalido ou ausente.'),
	),
	// Scopes are documented; the status, code and words of a missing one are not.
	scopeMissing: refusal('assumed', () =>
		said(403, 'FORBIDDEN', 'A chave de API nao tem permissao para esta operacao.'),
	),
	channelNotFound: refusal('assumed', () => said(404, 'NOT_FOUND', 'Canal nao encontrado.')),
	rateLimit: refusal('documented', () =>
		said(
			429,
			'RATE_LIMIT_EXCEEDED',
			'Limite de requisicoes excedido. Tente novamente em alguns segundos.',
		),
	),
	// That a channel must be connected is documented; how a send to another one is refused is not.
	badRequest: refusal('assumed', () =>
		said(400, 'CHANNEL_DISCONNECTED', 'O canal nao esta conectado.'),
	),
	// Registration answers in this other shape [documented there]; whether sends ever do is unknown.
	'badRequest:error': refusal('assumed', () => ({
		statusCode: 400,
		body: { error: 'Requisicao invalida.' },
	})),
} satisfies Record<string, Refusal>;

const tooLarge = refusal('assumed', () =>
	said(413, 'PAYLOAD_TOO_LARGE', 'Corpo da requisicao muito grande.'),
);

const notFound = () => said(404, 'NOT_FOUND', 'Recurso nao encontrado.');

/**
 * The body. Fields and types are documented (`email` lost its name on the page and is read from
 * /v1/contacts); digits only and 1 to 200 characters are documented for contact records, assumed here.
 */
const schema = {
	type: 'object',
	required: ['to', 'name', 'phone'],
	properties: {
		to: { type: 'string', pattern: '^\\d{7,20}$' },
		name: { type: 'string', minLength: 1, pattern: '\\S' },
		phone: { type: 'string', pattern: '^\\d{3,20}$' },
		email: { type: 'string', format: 'email' },
		organization: { type: 'string', minLength: 1, maxLength: 200, pattern: '\\S' },
	},
};

/** The page has the words for a missing name; the others are made after it. */
const REQUIRED: Readonly<Record<string, string>> = {
	to: 'O numero do destinatario e obrigatorio.',
	name: 'O nome do contato e obrigatorio.',
	phone: 'O telefone do contato e obrigatorio.',
};

/** All violations at once, one a field. */
function invalid(violations: Violation[]): VendorAnswer {
	const messages = new Map<string, string>();
	for (const { keyword, at, key } of violations) {
		const field = key ?? at[0] ?? 'body';
		if (messages.has(field)) continue;
		const isMissing = keyword === 'required' || keyword === 'minLength';
		const missing = isMissing ? REQUIRED[field] : undefined;
		messages.set(field, missing ?? `O campo ${field} e invalido.`);
	}
	return invalidWith([...messages].map(([field, message]) => ({ field, message })));
}

/** 202 and no message id [documented]. */
const acceptance = (): VendorAnswer => ({
	statusCode: 202,
	body: { success: true, message: 'Mensagem enfileirada para envio' },
});

/** Types and CONNECTED are documented; the shape of the list, and the other states, are assumed. */
const CHANNELS = [
	{
		id: CHANNEL,
		name: 'Atendimento',
		type: 'WHATSAPP_BAILEYS',
		status: 'CONNECTED',
		phone: '5511999990001',
	},
	{
		id: SECOND_CHANNEL,
		name: 'Vendas',
		type: 'WHATSAPP_WABA',
		status: 'CONNECTED',
		phone: '5511999990002',
	},
	{
		id: DISCONNECTED_CHANNEL,
		name: 'Antigo',
		type: 'WHATSAPP_BAILEYS',
		status: 'DISCONNECTED',
		phone: '5511999990003',
	},
];

/** The fields are documented. */
const CONTACTS = ['Maria Silva', 'Joao Souza', 'Zé da Silva & Filhos'].map((name, index) => ({
	id: `6650a1b2c3d4e5f6a7b8ca0${index}`,
	name,
	phone: `551199999888${index}`,
	email: `contato${index}@ogmma-sandbox.example`,
	tags: [],
	createdAt: '2026-01-02T03:04:05.000Z',
	updatedAt: '2026-01-02T03:04:05.000Z',
}));

/** `search` is part of a name or phone, `limit` is 20 and at most 100 [documented]; paging keys assumed. */
function contacts({ query }: RequestFacts): VendorAnswer {
	const [page, limit] = [Number(query.page ?? 1), Number(query.limit ?? 20)];
	if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
		return invalidWith([{ field: 'limit', message: 'O limite deve estar entre 1 e 100.' }]);
	}
	if (!Number.isInteger(page) || page < 1) {
		return invalidWith([{ field: 'page', message: 'A pagina e invalida.' }]);
	}
	const search = (query.search ?? '').toLowerCase();
	const found = CONTACTS.filter(
		({ name, phone }) => name.toLowerCase().includes(search) || phone.includes(search),
	);
	const data = found.slice((page - 1) * limit, page * limit);
	return ok({ data, total: found.length, page, limit });
}

const sample = (name: string, body: string, parameters?: Sample['parameters']): Sample => ({
	name,
	messenger: 'whatsapp',
	path: () => `/v1/channels/${CHANNEL}/messages/contact`,
	headers: ({ apiKey }) => ({
		authorization: `Bearer ${String(apiKey)}`,
		'content-type': 'application/json',
	}),
	body,
	...(parameters && { parameters }),
});

/** The page's three programs, each with the bytes it puts on the wire. */
const samples = [
	sample(
		'cURL',
		`{
"to": "5511999998888",
"name": "Maria Silva - Suporte",
"phone": "5511988887777"
}`,
		{
			to: locator('5511999998888', 'phone'),
			contactName: 'Maria Silva - Suporte',
			contactPhone: '5511988887777',
		},
	),
	sample(
		'Node.js (axios)',
		JSON.stringify({
			to: '5511999998888',
			name: 'Maria Silva - Suporte',
			phone: '5511988887777',
		}),
	),
	sample(
		'Python (requests)',
		'{"to": "5511999998888", "name": "Maria Silva - Suporte", "phone": "5511988887777"}',
	),
];

const credentialsAt = (url: string): Credentials => ({ baseUrl: url, apiKey: API_KEY });

/** Written from the vendor's pages. */
const cards: CardTable = {
	messageId: null,
	minimal: {
		parameters: MINIMAL,
		body: { to: '5511988887777', name: 'Maria Silva', phone: '5521977776666' },
		to: '5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: {
			...MINIMAL,
			to: locator('5511988887777', 'id'),
			additionalFields: { email: 'maria@clinica.example', organization: 'Clínica "Vida" & Cia.' },
		},
		body: {
			to: '5511988887777',
			name: 'Maria Silva',
			phone: '5521977776666',
			email: 'maria@clinica.example',
			organization: 'Clínica "Vida" & Cia.',
		},
		to: '5511988887777',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({
			to,
			name: 'Dr. Zoë Maria Müller MBA',
			phone: '4915112345678',
			email: 'zoe@acme.example',
			organization: 'Åcme, Inc.',
		}),
		dropped: ['department', 'title', 'url', 'birthday', 'note', 'businessDescription', 'address'],
	},
};

const panel: PanelPromise = {
	fields: ['sender', 'defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: ['email', 'organization'],
	options: [],
	modes: ['phone', 'id', 'list'],
	senderModes: ['list', 'id'],
};

export const ogmma = simulate<OgmmaFlags>({
	provider: 'ogmma',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone(),
			demands: ['contactName', 'contactPhone'],
			ids: {
				person: { '5511999998888': '5511999998888' },
				none: ['5511999998888@c.us', '120363043968066561@g.us', 'maria'],
			},
			read: ({ body, params }) => ({
				to: textAt(body, 'to') ?? '',
				sender: params.channelId ?? '',
				cards: [{ name: textAt(body, 'name'), phone: textAt(body, 'phone') }],
			}),
			cards,
			panel,
			list: {
				isSearched: true,
				values: CONTACTS.map(({ phone }) => phone),
				search: { words: 'joao', values: ['5511999998881'] },
				shown: {
					'5511999998881': 'Joao Souza (5511999998881)',
					'5511999998880': 'Maria Silva (5511999998880)',
					'5511999998882': 'Zé da Silva & Filhos (5511999998882)',
				},
			},
			bounds: [{ parameter: 'contactName', atMost: 200, unit: 'utf16Units', at: ['name'] }],
		},
	},
	secrets: [API_KEY],
	senders: [CHANNEL, SECOND_CHANNEL],
	notSenders: ['Atendimento 1', 'a/b', 'x'.repeat(65)],
	senderList: {
		values: CHANNELS.map(({ id }) => id),
		search: { words: 'atend', values: [CHANNEL] },
		shown: {
			'6650a1b2c3d4e5f6a7b8c9d0': 'Atendimento (connected)',
			'6650a1b2c3d4e5f6a7b8c9d2': 'Vendas (connected)',
			'6650a1b2c3d4e5f6a7b8c9d1': 'Antigo (disconnected)',
		},
		off: ['6650a1b2c3d4e5f6a7b8c9d1'],
	},
	wrongSecrets: { apiKey: 'unauthorized' },
	means: { rateLimit: 'slower' },
	ofAccount: ['unauthorized', 'rateLimit'],
	credentialCases: [
		{ name: 'the key may read channels', says: 'passes' },
		{
			name: 'another key',
			change: { apiKey: 'oapi_sk_another' },
			says: /did not accept the API key/,
		},
		{
			name: 'the key may send and not read channels',
			flags: { scopes: ['messages.send'] },
			says: /lacks the permission channels\.read\. It can send/,
		},
	],
	refusals,
	words: (body) => textAt(body, 'message') ?? textAt(body, 'error'),
	// 60 a minute a key [documented]; whether the window is fixed or slides is not.
	limits: [{ perSecond: 1, burst: 60 }],
	overload: { credential: refusals.rateLimit },
	tooLarge,
	nothingHere: notFound,
	samples,
	flags: {
		scopes: ['messages.send', 'channels.read', 'contacts.read'],
		unknownFieldsRefused: true,
	},
	routes(flags) {
		/** The key first, then its permission. */
		const stopsWithout =
			(scope: string) =>
			({ headers }: RequestFacts): VendorAnswer | undefined => {
				if (headers.authorization !== `Bearer ${API_KEY}`) return refusals.unauthorized.answer();
				return flags.scopes.includes(scope) ? undefined : refusals.scopeMissing.answer();
			};
		const get = (url: string, scope: string, answer: (facts: RequestFacts) => VendorAnswer) => ({
			method: 'GET',
			url,
			stops: stopsWithout(scope),
			answer,
		});
		return {
			sends: [
				{
					urls: ['/v1/channels/:channelId/messages/contact'],
					schema,
					stops(facts) {
						const isKnown = CHANNELS.some(({ id }) => id === facts.params.channelId);
						return (
							stopsWithout('messages.send')(facts) ??
							(isKnown ? undefined : refusals.channelNotFound.answer())
						);
					},
					// The header is documented as required; the answer without it is not.
					wrongContentType: () =>
						said(415, 'UNSUPPORTED_MEDIA_TYPE', 'Content-Type deve ser application/json.'),
					unreadable: () => said(400, 'BAD_REQUEST', 'JSON invalido.'),
					invalid,
					unable({ body, params }) {
						const unknown = Object.keys(fieldsOf(body)).filter(
							(key) => !(key in schema.properties),
						);
						if (flags.unknownFieldsRefused && unknown.length > 0) {
							return invalidWith(
								unknown.map((field) => ({
									field,
									message: `O campo ${field} nao e permitido.`,
								})),
							);
						}
						return params.channelId === DISCONNECTED_CHANNEL
							? refusals.badRequest.answer()
							: undefined;
					},
					acceptance,
				},
			],
			others: [
				get('/v1/channels', 'channels.read', () => ok({ data: CHANNELS })),
				get('/v1/contacts', 'contacts.read', contacts),
			],
		};
	},
});
