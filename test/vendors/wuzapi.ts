// The simulated WuzAPI server: what it takes, what it answers, and how sure each is; what must arrive for
// which card, and what the panel promises.
// Sources: the server's own code (May 2025), which counts as documented here, its API.md, and its issues.
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
	OWN_ID,
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
	textAt,
	type VendorAnswer,
	type Violation,
} from './Vendor';
import { CHANNEL_IDS, GROUP_IDS, HIDDEN_PERSON, spelledAs } from './whatsAppIds';

export interface WuzapiFlags {
	/** Whether the user has a session: without one nothing else is looked at [documented]. */
	session: boolean;
	/** Whether the session is connected to WhatsApp's servers. */
	connected: boolean;
	/** Whether a phone is linked to it. */
	loggedIn: boolean;
	/** A later build: names and words begin with small letters, times are numbers [observed: issue 90]. */
	newer: boolean;
}

const TOKEN = 'fake-wuzapi-user"token\\of=the?sandbox/01+';

const error = (code: number, text: string): VendorAnswer => ({
	statusCode: code,
	body: { code, error: text, success: false },
});

const refusals = {
	unauthorized: refusal('documented', () => error(401, 'Unauthorized')),
	'unauthorized:newer': refusal('observed', () => error(401, 'unauthorized')),
	noSession: refusal('documented', () => error(500, 'No session')),
	'noSession:newer': refusal('observed', () => error(500, 'no session')),
	// From here on: the words of the library in the server's.
	notOnWhatsApp: refusal('documented', () =>
		error(500, 'Error sending message: no LID found for 5511904404404@s.whatsapp.net from server'),
	),
	notInGroup: refusal('documented', () =>
		error(
			500,
			"Error sending message: failed to get group members: you're not participating in that group",
		),
	),
	'notInGroup:unknown': refusal('documented', () =>
		error(500, 'Error sending message: failed to get group members: that group does not exist'),
	),
	newChatsRestricted: refusal('documented', () =>
		error(500, 'Error sending message: server returned error 463'),
	),
	refusedByWhatsApp: refusal('documented', () =>
		error(500, 'error sending message: server returned error 479'),
	),
	tooManyLookUps: refusal('documented', () =>
		error(
			500,
			'Error sending message: failed to get device list: failed to send usync query: info query returned status 429: rate-overlimit',
		),
	),
	notConnected: refusal('documented', () =>
		error(500, 'Error sending message: failed to send message node: websocket not connected'),
	),
	notLinked: refusal('documented', () =>
		error(500, "Error sending message: the store doesn't contain a device JID"),
	),
	failed: refusal('documented', () =>
		error(500, 'Error sending message: timed out waiting for message send response'),
	),
	// Without anything before it: on the way to send once more after the connection broke off.
	'failed:disconnected': refusal('documented', () =>
		error(500, 'Error sending message: websocket not connected'),
	),
	badRecipient: refusal('documented', () => error(400, 'Could not parse Phone')),
	'badRecipient:missing': refusal('observed', () => error(400, 'missing Phone in Payload')),
	missingFields: refusal('documented', () => error(400, 'Missing Vcard in Payload')),
	'missingFields:newer': refusal('observed', () => error(400, 'missing Name in Payload')),
	badRequest: refusal('documented', () => error(400, 'Could not decode Payload')),
	// The file server's answer to what is no address of the API.
	notFound: refusal('documented', () => ({ statusCode: 404, body: '404 page not found\n' })),
	// The server has no limit: this is what a gateway in front of it would say.
	tooManyRequests: refusal('assumed', () => ({ statusCode: 429, body: 'Too Many Requests' })),
} satisfies Record<string, Refusal>;

/** A phone on the card, as a vCard has it. */
const HAS_PHONE = '(?=(?:[\\s\\S]*\\n)?(?:[A-Za-z0-9-]+\\.)?TEL[;:])';

/**
 * The fields are documented, and that the server itself looks at nothing but whether they are there.
 * Strictly: unknown fields are refused, `ContextInfo` with them, which the server crashes on [documented];
 * a recipient whom its library does not send to; a vCard that WhatsApp does not show [assumed].
 */
const schema = {
	type: 'object',
	additionalProperties: false,
	required: ['Phone', 'Name', 'Vcard'],
	properties: {
		Phone: {
			type: 'string',
			pattern:
				'^([1-9]\\d{6,14}(@s\\.whatsapp\\.net)?|\\d{5,20}@lid|([1-9]\\d{9,14}-\\d{10}|[1-9]\\d{14,19})@g\\.us|\\d{10,20}@newsletter)$',
		},
		Id: { type: 'string', pattern: '^[0-9A-F]{16,32}$' },
		Name: { type: 'string', pattern: '\\S' },
		Vcard: {
			type: 'string',
			pattern: `^BEGIN:VCARD\\r?\\nVERSION:3\\.0\\r?\\n${HAS_PHONE}[\\s\\S]*\\nEND:VCARD\\s*$`,
		},
	},
};

/** In the order in which the server looks [documented]; what it does not look at is taken for not decoded. */
function invalid(violations: Violation[]): VendorAnswer {
	const missing = ['Phone', 'Name', 'Vcard'].find((field) =>
		violations.some(({ keyword, key, at }) =>
			keyword === 'required' ? key === field : at[0] === field && field === 'Name',
		),
	);
	if (missing !== undefined) return error(400, `Missing ${missing} in Payload`);
	const isRecipient = violations.some(({ at }) => at[0] === 'Phone');
	return isRecipient ? refusals.badRecipient.answer() : refusals.badRequest.answer();
}

const CONTACTS: Record<string, Record<string, string>> = {
	'5511999998888@s.whatsapp.net': { FullName: 'Maria Silva', PushName: 'Mari' },
	'5511977776666@s.whatsapp.net': {},
	'5511966660000@s.whatsapp.net': { BusinessName: 'Padaria Pão Quente' },
	'65998849469@lid': { PushName: 'Hidden number' },
	...Object.fromEntries(
		Array.from({ length: 60 }, (_, n) => [
			`55119555${String(n).padStart(5, '0')}@s.whatsapp.net`,
			{ PushName: `Cliente ${n}` },
		]),
	),
	// Nothing to send to: the account's own status.
	'status@broadcast': { PushName: '' },
};

/** As the library has them; a group has its members along [documented]. */
const GROUPS = [
	{ JID: '120363312246943103@g.us', Name: 'Sandbox group' },
	{ JID: '5511999999999-1623281429@g.us', Name: 'Older group' },
].map((one) => ({
	...one,
	OwnerJID: '5511999990001@s.whatsapp.net',
	Participants: [{ JID: '5511999990001@s.whatsapp.net', IsAdmin: true }],
}));

/** Numbers that end in 404404 have no WhatsApp here, and of groups that do the account is no member. */
const isThere = (id: string) => !/404404(@\S+)?$/.test(id);

const data = (value: unknown) => ok({ code: 200, data: value, success: true });

/** [documented]; later builds leave out who has no WhatsApp [the library's code]. */
function checkUsers({ body }: RequestFacts, { newer }: WuzapiFlags): VendorAnswer {
	const { Phone } = fieldsOf(body);
	const all: unknown[] = Array.isArray(Phone) ? Phone : [];
	if (all.length === 0) return error(400, 'Missing Phone in Payload');
	const users = all.map(String).map((Query) => ({
		Query,
		IsInWhatsapp: isThere(Query),
		JID: `${Query.replace(/^(55[3-9]\d)9(\d{8})$/, '$1$2')}@s.whatsapp.net`,
		VerifiedName: '',
	}));
	return data({
		Users: users.filter(({ IsInWhatsapp }) => IsInWhatsapp || !newer).reverse(),
	});
}

/** [documented]; of a later build [observed: issue 90], which tells the token as well. */
function status({ session, connected, loggedIn, newer }: WuzapiFlags): VendorAnswer {
	if (newer) {
		return data({
			connected: session && connected,
			loggedIn: session && loggedIn,
			name: 'Atendimento',
			token: TOKEN,
			jid: '5511999990001:18@s.whatsapp.net',
		});
	}
	if (!session) return refusals.noSession.answer();
	return data({ Connected: connected, LoggedIn: loggedIn });
}

/** [documented]; the id is the one that was asked for. */
const acceptance = ({ body }: RequestFacts, { newer }: WuzapiFlags): VendorAnswer =>
	data({
		Details: 'Sent',
		Timestamp: newer ? 1747422000 : '2025-05-16T19:00:00-03:00',
		Id: textAt(body, 'Id') ?? `3EB0${randomBytes(9).toString('hex').toUpperCase()}`,
	});

const sample = (
	name: string,
	body: string,
	more: Pick<Sample, 'parameters' | 'differs'>,
): Sample => ({
	name,
	messenger: 'whatsapp',
	path: () => '/chat/send/contact',
	headers: ({ userToken }) => ({
		token: String(userToken),
		'content-type': 'application/json',
	}),
	body,
	...more,
});

/** API.md, verbatim: two of its lines have run together. */
const samples = [
	sample(
		'Send Contact Message',
		String.raw`{"Phone":"5491155554444","Name":"Casa","Vcard":"BEGIN:VCARD\nVERSION:3.0\nN:Doe;John;;;\nFN:John Doe\nORG:Example.com Inc.;\nTITLE:Imaginary test person\nEMAIL;type=INTERNET;type=WORK;type=pref:johnDoe@example.org\nTEL;type=WORK;type=pref:+1 617 555 1212\nTEL;type=WORK:+1 (617) 555-1234\nTEL;type=CELL:+1 781 555 1212\nTEL;type=HOME:+1 202 555 1212\nitem1.ADR;type=WORK:;;2 Enterprise Avenue;Worktown;NY;01111;USA\nitem1.X-ABADR:us\nitem2.ADR;type=HOME;type=pref:;;3 Acacia Avenue;Hoitem2.X-ABADR:us\nEND:VCARD"}`,
		{ differs: 'It has no Id, which the node always sends, and a name other than the vCard’s' },
	),
];

const credentialsAt = (url: string): Credentials => ({ baseUrl: url, userToken: TOKEN });

/** Written from the server's code; the vCards by hand. */
const cards: CardTable = {
	messageId: /^[0-9A-F]{32}$/,
	minimal: {
		parameters: MINIMAL,
		body: {
			Phone: '5511988887777',
			Name: 'Maria Silva',
			Vcard: MINIMAL_VCARD,
			Id: OWN_ID,
		},
		to: '5511988887777',
		contact: MARIA,
	},
	full: {
		parameters: {
			...MINIMAL,
			to: locator('120363312246943103@g.us', 'id'),
			additionalFields: FULL_FIELDS,
		},
		body: {
			Phone: '120363312246943103@g.us',
			Name: 'Maria Silva',
			Vcard: FULL_VCARD,
			Id: OWN_ID,
		},
		to: '120363312246943103@g.us',
		contact: MARIA,
	},
	rich: {
		body: (to) => ({
			Phone: to,
			Name: 'Dr. Zoë Maria Müller MBA',
			// As it was pasted, its folded line put together.
			Vcard: RICH_VCARD.replace('\r\n ', '').trimEnd(),
			Id: OWN_ID,
		}),
		dropped: [],
	},
};

const panel: PanelPromise = {
	fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
	additional: [
		'addresses',
		'birthday',
		'businessDescription',
		'department',
		'email',
		'firstName',
		'lastName',
		'middleName',
		'moreEmails',
		'morePhones',
		'moreUrls',
		'nickname',
		'note',
		'organization',
		'prefix',
		'suffix',
		'title',
		'url',
	],
	options: [],
	modes: ['phone', 'id', 'list'],
};

export const wuzapi = simulate<WuzapiFlags>({
	provider: 'wuzapi',
	messengers: {
		whatsapp: {
			credentials: credentialsAt,
			recipient: byPhone(),
			demands: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
			ids: {
				person: {
					...spelledAs('5511999998888'),
					...HIDDEN_PERSON,
				},
				group: GROUP_IDS,
				channel: CHANNEL_IDS,
				none: ['1624901640@broadcast', '@maria'],
			},
			read: ({ body }) => {
				const { phone } = vCardIn(textAt(body, 'Vcard'));
				return {
					to: textAt(body, 'Phone') ?? '',
					cards: [{ name: textAt(body, 'Name'), phone }],
				};
			},
			cards,
			panel,
			list: {
				values: [
					...Object.keys(CONTACTS).filter((id) => !id.startsWith('status')),
					...GROUPS.map(({ JID }) => JID),
				],
				search: { words: 'older', values: ['5511999999999-1623281429@g.us'] },
				shown: {
					'5511999999999-1623281429@g.us': 'Older group (5511999999999-1623281429@g.us)',
					'5511955500000@s.whatsapp.net': 'Cliente 0 (5511955500000)',
					'5511955500001@s.whatsapp.net': 'Cliente 1 (5511955500001)',
				},
			},
			lookUps: {
				known: [
					{ phone: '5511987651234', id: '5511987651234@s.whatsapp.net', to: '5511987651234' },
					// WhatsApp has it without the ninth digit.
					{ phone: '5551987651234', id: '555187651234@s.whatsapp.net', to: '555187651234' },
				],
				unknown: '5511987404404',
				atOnce: 50,
				// Which leave out who is not there.
				otherBuilds: [{ newer: true }],
			},
		},
	},
	secrets: [TOKEN],
	wrongSecrets: { userToken: 'unauthorized' },
	means: {
		tooManyLookUps: 'slower',
		notConnected: 'later',
		failed: 'unknown',
		tooManyRequests: 'slower',
	},
	ofAccount: [
		'unauthorized',
		'noSession',
		'tooManyLookUps',
		'notConnected',
		'notLinked',
		'notFound',
		'tooManyRequests',
	],
	credentialCases: [
		{ name: 'the user is connected', says: 'passes' },
		{ name: 'the user is connected, on a later build', flags: { newer: true }, says: 'passes' },
		{
			name: 'another token',
			change: { userToken: 'another' },
			says: /did not accept the user token/,
		},
		{ name: 'another server', answer: 'notFound', says: /does not answer at this address/ },
		{ name: 'the user has no session', flags: { session: false }, says: /has no session/ },
		{ name: 'no phone is linked', flags: { loggedIn: false }, says: /no phone is linked/ },
		{
			name: 'no phone is linked, on a later build',
			flags: { loggedIn: false, newer: true },
			says: /no phone is linked/,
		},
		{
			name: 'the session is not connected',
			flags: { connected: false },
			says: /is not connected to WhatsApp/,
		},
		{
			name: 'the session is not connected, on a later build',
			flags: { connected: false, newer: true },
			says: /is not connected to WhatsApp/,
		},
		{ name: 'something else answers', answer: ok({ status: 'fine' }), says: /not as WuzAPI does/ },
	],
	refusals,
	words: (body) => (typeof body === 'string' ? body.trim() : fieldsOf(body).error),
	overload: { credential: refusals.tooManyRequests },
	nothingHere: () => refusals.notFound.answer(),
	samples,
	flags: { session: true, connected: true, loggedIn: true, newer: false },
	routes(flags) {
		const token = ({ headers }: RequestFacts): VendorAnswer | undefined =>
			headers.token === TOKEN ? undefined : refusals.unauthorized.answer();
		/** The session is looked at before the body is [documented]. */
		const stops = (facts: RequestFacts): VendorAnswer | undefined =>
			token(facts) ?? (flags.session ? undefined : refusals.noSession.answer());
		return {
			sends: [
				{
					urls: ['/chat/send/contact'],
					schema,
					stops,
					wrongContentType: () => refusals.badRequest.answer(),
					invalid,
					unable({ body }) {
						const to = textAt(body, 'Phone') ?? '';
						if (!flags.loggedIn) return refusals.notLinked.answer();
						if (!flags.connected) return refusals.notConnected.answer();
						if (isThere(to)) return undefined;
						return to.endsWith('@g.us')
							? refusals.notInGroup.answer()
							: refusals.notOnWhatsApp.answer();
					},
					handle: ({ body }) => textAt(body, 'Id'),
					acceptance: (facts) => acceptance(facts, flags),
				},
			],
			others: [
				{ method: 'GET', url: '/session/status', stops: token, answer: () => status(flags) },
				{ method: 'GET', url: '/user/contacts', stops, answer: () => data(CONTACTS) },
				{ method: 'GET', url: '/group/list', stops, answer: () => data({ Groups: GROUPS }) },
				{
					method: 'POST',
					url: '/user/check',
					stops,
					answer: (facts) => checkUsers(facts, flags),
				},
			],
		};
	},
});
