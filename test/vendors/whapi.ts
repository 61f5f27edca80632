// The simulated Whapi.Cloud: what it takes, what it answers, and how sure each is; what must arrive for which
// card, and what the panel promises.
// Sources: the vendor's specification (panel.whapi.cloud/yaml/openapi.yaml, 1.8.7), the manifest of its whapi-mcp, the
// guide it publishes for agents (github.com/Whapi-Cloud/whapi-whatsapp-api-skill), and what others saw.
import { randomBytes } from 'node:crypto';

import {
	byPhone,
	type CardTable,
	FULL_FIELDS,
	FULL_VCARD,
	locator,
	MARIA,
	MINIMAL,
	MINIMAL_VCARD,
	type PanelPromise,
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
	type Sample,
	type SendRoute,
	textAt,
	type VendorAnswer,
	type Violation,
} from './Vendor';
import { CHANNEL_IDS, GROUP_IDS, HIDDEN_PERSON, spelledAs } from './whatsAppIds';

export interface WhapiFlags {
	/** What the channel is at [documented; STOP in the guide alone]: it sends when it is AUTH. */
	state: 'AUTH' | 'QR' | 'NOT_INIT' | 'INIT' | 'LAUNCH' | 'STOP' | 'ERROR' | 'SYNC_ERROR';
	/** How a person's id is written in the answer to a check: both were seen. */
	waId: 'digits' | 'whole';
}

const TOKEN = 'fakeWhapi"channel\\token/of=the?sandbox+01';

/** Every refusal has this shape [documented]; the code is the status [observed]. */
const error = (code: number, message: string, details?: string): VendorAnswer => ({
	statusCode: code,
	body: { error: { code, message, ...(details !== undefined && { details }) } },
});

/** The statuses and what they mean are documented, of the words only some. */
const refusals = {
	notLinked: refusal('documented', () => error(401, 'need channel authorization for send message')),
	'notLinked:check': refusal('documented', () =>
		error(401, 'Need channel authorization for check phones'),
	),
	unauthorized: refusal('assumed', () => error(401, 'unauthorized')),
	channelNotFound: refusal('documented', () => error(404, 'Channel not found')),
	trialLimit: refusal('observed', () => error(402, 'trial version limit exceeded')),
	forbidden: refusal('documented', () =>
		error(403, 'It is forbidden to send to this group/recipient'),
	),
	tooLarge: refusal('documented', () => error(413, 'Request body too large')),
	tooMany: refusal('documented', () => error(429, 'Too many requests')),
	invalid: refusal('documented', () =>
		error(400, 'Wrong request parameters', 'to: does not match the pattern'),
	),
	// That it may be false is documented, what it means then is not.
	notSent: refusal('assumed', () => ok({ sent: false })),
	failed: refusal('documented', () => error(500, 'Internal Error')),
} satisfies Record<string, Refusal>;

/**
 * Whom it sends to. Documented: `^[\d-]{9,31}(@[\w\.]{1,})?$`, and that `@c.us` is of no use any more. Strictly:
 * nothing that WhatsApp does not have behind the @.
 */
const to = {
	type: 'string',
	allOf: [
		{ pattern: '^[\\d-]{9,31}(@[\\w.]{1,})?$' },
		{
			pattern:
				'^([1-9]\\d{8,14}(@s\\.whatsapp\\.net)?|\\d{9,20}@lid|([1-9]\\d{9,14}-\\d{10}|[1-9]\\d{14,19})@g\\.us|\\d{10,20}@newsletter)$',
		},
	],
};

/** [documented] */
const messageId = {
	type: 'string',
	pattern:
		'^[A-Za-z0-9._]{4,30}-[A-Za-z0-9._]{4,14}(-[A-Za-z0-9._]{4,10})?(-[A-Za-z0-9._]{2,10})?$',
};

const name = { type: 'string', pattern: '\\S' };

/** A vCard 3.0 of one person, with a name and a phone: what WhatsApp shows [assumed: documented is any text]. */
const vcard = {
	type: 'string',
	pattern:
		'^BEGIN:VCARD\\r?\\nVERSION:3\\.0\\r?\\n(?![\\s\\S]*BEGIN:VCARD)(?=[\\s\\S]*\\bFN[;:])(?=[\\s\\S]*\\bTEL[;:])[\\s\\S]*\\nEND:VCARD$',
};

/** The fields are documented; that others are refused is assumed. */
const oneSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['to', 'name', 'vcard'],
	properties: { to, name, vcard, quoted: messageId, edit: messageId },
};

/** The same; that there is a least and a most of them, and what each must have, is assumed. */
const severalSchema = {
	type: 'object',
	additionalProperties: false,
	required: ['to', 'list'],
	properties: {
		to,
		list: {
			type: 'array',
			minItems: 1,
			maxItems: 20,
			items: {
				type: 'object',
				additionalProperties: false,
				required: ['name', 'vcard'],
				properties: { name, vcard },
			},
		},
		quoted: messageId,
		edit: messageId,
	},
};

const invalid = ([violation]: Violation[]): VendorAnswer =>
	error(
		400,
		'Wrong request parameters',
		`${[...(violation?.at ?? []), violation?.key].filter(Boolean).join('.')}: ${violation?.keyword ?? ''}`,
	);

/** Recipients whose id ends in 404404 may not be written to. */
const isOpen = (id: string) => !/404404(@\S+)?$/.test(id);

const CHATS = [
	{ id: '5511999998888@s.whatsapp.net', type: 'contact', name: 'Maria Silva' },
	{ id: '65998849469@lid', type: 'contact', name: 'Hidden number' },
	{ id: '5511977776666@s.whatsapp.net', type: 'contact' },
	// More than a page of them.
	...Array.from({ length: 130 }, (_, n) => ({
		id: `55119666${String(n).padStart(5, '0')}@s.whatsapp.net`,
		type: 'contact',
		name: `Cliente ${n}`,
	})),
	// What the other lists have, too, and nothing to send to.
	{ id: '5511999999999-1623281429@g.us', type: 'group', name: 'Older group' },
	{ id: '120363171743427809@newsletter', type: 'newsletter', name: 'Novidades' },
	{ id: 'status@broadcast', type: 'broadcast' },
];

/** A group has its members along [documented]; one of them has no chat yet. */
const GROUPS = [
	{ id: '120363194050948049@g.us', name: 'Sandbox group' },
	{ id: '5511999999999-1623281429@g.us', name: 'Older group' },
].map((group) => ({
	...group,
	type: 'group',
	participants: [{ id: '5511999990001', rank: 'creator' }],
	participants_count: 1,
}));

/** Own channels, and those that the account follows [documented]. */
const NEWSLETTERS = [
	{ id: '120363171743427809@newsletter', name: 'Novidades', role: 'owner' },
	{ id: '120363171743427810@newsletter', name: 'Ofertas', role: 'admin' },
	{ id: '120363171743427811@newsletter', name: 'Of somebody else', role: 'subscriber' },
].map((one) => ({ ...one, type: 'newsletter' }));

/** A page of a list; `count` is 100 unless given, 500 at most [documented]. */
function page(key: string, all: readonly object[]) {
	return ({ query }: RequestFacts): VendorAnswer => {
		const [count, offset] = [Number(query.count ?? 100), Number(query.offset ?? 0)];
		if (!(count >= 1 && count <= 500) || !(offset >= 0)) return refusals.invalid.answer();
		const found = all.slice(offset, offset + count);
		return ok({ [key]: found, count, total: found.length, offset });
	};
}

/** [documented]; numbers that end in 404404 have no WhatsApp here, and some are known without the ninth digit. */
function checkPhones({ body }: RequestFacts, { waId }: WhapiFlags): VendorAnswer {
	const { contacts, ...others } = fieldsOf(body);
	const all: unknown[] = Array.isArray(contacts) ? contacts : [];
	const isKnown = Object.keys(others).every((key) => ['blocking', 'force_check'].includes(key));
	if (all.length === 0 || !isKnown || !all.every((one) => /^\d{7,15}$/.test(String(one)))) {
		return refusals.invalid.answer();
	}
	const answers = all.map(String).map((input) => {
		if (!isOpen(input)) return { input, status: 'invalid' };
		const digits = input.replace(/^(55[3-9]\d)9(\d{8})$/, '$1$2');
		return {
			input,
			status: 'valid',
			wa_id: waId === 'digits' ? digits : `${digits}@s.whatsapp.net`,
		};
	});
	return ok({ contacts: answers.reverse() });
}

/** [documented] */
function health({ state }: WhapiFlags): VendorAnswer {
	return ok({
		channel_id: 'MANTIS-FAKE1',
		start_at: 1767322000,
		uptime: 78,
		version: '1.8.7',
		status: { code: 4, text: state },
	});
}

/** [documented]; what an id looks like, too. */
function acceptance({ body, path }: RequestFacts): VendorAnswer {
	const recipient = textAt(body, 'to') ?? '';
	return ok({
		sent: true,
		message: {
			id: `Psq${randomBytes(6).toString('hex')}-wHq${randomBytes(4).toString('hex')}`,
			from_me: true,
			type: path.endsWith('_list') ? 'contact_list' : 'contact',
			chat_id: recipient.includes('@') ? recipient : `${recipient}@s.whatsapp.net`,
			timestamp: 1767323045,
			source: 'api',
			status: 'pending',
		},
	});
}

const credentialsAt = (url: string): Credentials => ({ baseUrl: url, channelToken: TOKEN });

const cards: CardTable = {
	messageId: /^Psq[0-9a-f]{12}-wHq[0-9a-f]{8}$/,
	minimal: {
		parameters: MINIMAL,
		body: {
			to: '5511988887777@s.whatsapp.net',
			name: 'Maria Silva',
			vcard: MINIMAL_VCARD,
		},
		to: '5511988887777@s.whatsapp.net',
		contact: MARIA,
	},
	full: {
		parameters: {
			...MINIMAL,
			to: locator('120363194050948049@g.us', 'id'),
			additionalFields: FULL_FIELDS,
		},
		options: {
			replyToMessageId: 'PsqXn5SAD5v7HRA-wHqB9tMeGQ',
			editMessageId: 'tGZmYoiXecvbKahzwpwKmg-gEcTwl0rVw',
		},
		body: {
			to: '120363194050948049@g.us',
			name: 'Maria Silva',
			vcard: FULL_VCARD,
			quoted: 'PsqXn5SAD5v7HRA-wHqB9tMeGQ',
			edit: 'tGZmYoiXecvbKahzwpwKmg-gEcTwl0rVw',
		},
		to: '120363194050948049@g.us',
		contact: MARIA,
	},
	rich: {
		body: (recipient) => ({
			to: recipient,
			name: 'Dr. Zoë Maria Müller MBA',
			// As it was pasted, its folded line put together.
			vcard: RICH_VCARD.replace('\r\n ', '').trimEnd(),
		}),
		dropped: [],
	},
};

const panel: PanelPromise = {
	fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: Object.keys(fieldsOf(cards.full.parameters.additionalFields)),
	options: ['replyToMessageId', 'editMessageId'],
	modes: ['phone', 'id', 'list'],
};

/** The specification's, verbatim. */
const samples: Sample[] = [
	{
		name: 'Send contact message',
		messenger: 'whatsapp',
		path: () => '/messages/contact',
		headers: ({ channelToken }) => ({
			authorization: `Bearer ${String(channelToken)}`,
			'content-type': 'application/json',
		}),
		body: String.raw`{"to":"61371989950","name":"Name of contact","vcard":"BEGIN:VCARD\nVERSION:3.0\nN:Last Name;Example First Name;;;\nFN:Example First Name Last Name\nORG:Company Name Department\nTITLE:Job Title\nNOTE:null\nTEL;type=Mobile:+90 850242323\nitem1.URL:www.youdomain.com\nitem1.X-ABLabel:OTHER\nEMAIL;TYPE=Home:test@yourdomain.com\nitem2.ADR;type=Home:;;Street Example;Istanbul;;;Turkey\nitem2.X-ABADR:\nEND:VCARD"}`,
		differs:
			'The node writes @s.whatsapp.net behind the number, as the vendor’s guide demands, and the name that the vCard has',
	},
];

/** Who is on the cards, whichever of the two addresses it came to. */
function cardsIn(body: unknown) {
	const { list } = fieldsOf(body);
	const all: unknown[] = Array.isArray(list) ? list : [body];
	return all.map((one) => ({
		name: textAt(one, 'name'),
		phone: vCardIn(textAt(one, 'vcard')).phone,
	}));
}

/** Ids of messages as its specification has them. */
const MESSAGE_IDS = { taken: ['PsqXn5SAD5v7HRA-wHqB9tMeGQ'], refused: ['3EB0', 'no id at all'] };

export const whapi = simulate<WhapiFlags>({
	provider: 'whapi',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone((digits) => `${digits}@s.whatsapp.net`),
			demands: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
			optionTexts: { replyToMessageId: MESSAGE_IDS, editMessageId: MESSAGE_IDS },
			ids: {
				person: {
					...spelledAs('5511999998888@s.whatsapp.net'),
					...HIDDEN_PERSON,
				},
				group: GROUP_IDS,
				channel: CHANNEL_IDS,
				none: ['69044401', '69044401@s.whatsapp.net', '12345678@lid', '1624901640@broadcast'],
			},
			read: ({ body }) => ({ to: textAt(body, 'to') ?? '', cards: cardsIn(body) }),
			cards,
			panel,
			list: {
				values: [
					...CHATS.filter(({ type }) => type === 'contact').map(({ id }) => id),
					...GROUPS.map(({ id }) => id),
					'120363171743427809@newsletter',
					'120363171743427810@newsletter',
				],
				search: { words: 'older', values: ['5511999999999-1623281429@g.us'] },
				shown: {
					'5511999999999-1623281429@g.us': 'Older group (5511999999999-1623281429@g.us)',
					'5511966600000@s.whatsapp.net': 'Cliente 0 (5511966600000)',
					'5511966600001@s.whatsapp.net': 'Cliente 1 (5511966600001)',
				},
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
			cardsPerMessage: 20,
		},
	},
	secrets: [TOKEN],
	wrongSecrets: { channelToken: 'channelNotFound' },
	means: { tooMany: 'slower', failed: 'unknown' },
	ofAccount: ['notLinked', 'unauthorized', 'channelNotFound', 'trialLimit', 'tooMany'],
	credentialCases: [
		{ name: 'the channel is connected', says: 'passes' },
		{
			name: 'another token',
			change: { channelToken: 'another' },
			says: /knows no channel with this token/,
		},
		{ name: 'no token', change: { channelToken: '' }, says: /did not accept the token/ },
		{ name: 'no phone is connected', flags: { state: 'QR' }, says: /scan the QR code/ },
		{ name: 'not begun', flags: { state: 'NOT_INIT' }, says: /still starting/ },
		{ name: 'beginning', flags: { state: 'INIT' }, says: /still starting/ },
		{ name: 'connecting', flags: { state: 'LAUNCH' }, says: /still starting/ },
		{ name: 'stopped', flags: { state: 'STOP' }, says: /is stopped.*subscription/ },
		{ name: 'in trouble', flags: { state: 'ERROR' }, says: /is in trouble/ },
		{ name: 'not synchronised', flags: { state: 'SYNC_ERROR' }, says: /log it out/ },
		{
			name: 'something else answers',
			answer: ok({ status: 'fine' }),
			says: /not as Whapi\.Cloud does/,
		},
	],
	refusals,
	words(body) {
		const { error: said } = fieldsOf(body);
		return textAt(said, 'details') ?? textAt(said, 'message');
	},
	overload: { credential: refusals.tooMany },
	tooLarge: refusals.tooLarge,
	nothingHere: () => error(404, 'Not found'),
	samples,
	flags: { state: 'AUTH', waId: 'whole' },
	routes(flags) {
		/** Another token is that of no channel [documented]; without one nothing is looked for [assumed]. */
		const stops = ({ headers }: RequestFacts): VendorAnswer | undefined => {
			const [, token = ''] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
			if (token === '') return refusals.unauthorized.answer();
			return token === TOKEN ? undefined : refusals.channelNotFound.answer();
		};
		const send = (url: string, schema: object): SendRoute => ({
			urls: [url],
			schema,
			stops: (facts) =>
				stops(facts) ?? (flags.state === 'AUTH' ? undefined : refusals.notLinked.answer()),
			wrongContentType: () => refusals.invalid.answer(),
			invalid,
			unable: ({ body }) =>
				isOpen(textAt(body, 'to') ?? '') ? undefined : refusals.forbidden.answer(),
			acceptance,
		});
		const lists = { chats: CHATS, groups: GROUPS, newsletters: NEWSLETTERS };
		return {
			sends: [send('/messages/contact', oneSchema), send('/messages/contact_list', severalSchema)],
			others: [
				{ method: 'GET', url: '/health', stops, answer: () => health(flags) },
				...Object.entries(lists).map(([key, all]) => ({
					method: 'GET',
					url: `/${key}`,
					stops,
					answer: page(key, all),
				})),
				{
					method: 'POST',
					url: '/contacts',
					stops: (facts: RequestFacts) =>
						stops(facts) ??
						(flags.state === 'AUTH' ? undefined : refusals['notLinked:check'].answer()),
					answer: (facts: RequestFacts) => checkPhones(facts, flags),
				},
			],
		};
	},
});
