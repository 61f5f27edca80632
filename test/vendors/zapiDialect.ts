// The half of the simulated Z-API that its white labels share: what all of them answer, and how sure each is.
// Sources: the vendors' pages and documentation repositories, and what integrators report.
import { randomBytes } from 'node:crypto';

import {
	type Credentials,
	fieldsOf,
	type OtherRoute,
	ok,
	refusal,
	type Refusal,
	type RequestFacts,
	type SendRoute,
	type VendorAnswer,
	type Violation,
} from './Vendor';

/** Switches that each of them has. */
export interface ZapiFlags {
	/** Whether the account was set to demand the Client-Token header [observed on most accounts]. */
	clientTokenRequired: boolean;
	/** Whether the WhatsApp phone is linked. A send is queued all the same [documented]. */
	connected: boolean;
	smartphoneConnected: boolean;
	/** /phone-exists answers a list [documented] or one object [observed in an SDK]. */
	phoneExistsAs: 'list' | 'object';
	/** How many messages wait at most [documented: 1000]; the answer beyond is assumed. */
	queueLimit: number;
	/** How long the phone takes for a message: 1 to 3 s [documented]; 0 empties the queue at once. */
	secondsPerMessage: number;
}

export const flagsAtStart: ZapiFlags = {
	clientTokenRequired: true,
	connected: true,
	smartphoneConnected: true,
	phoneExistsAs: 'list',
	queueLimit: 1000,
	secondsPerMessage: 0,
};

/** An account of one of them. */
export interface ZapiAccount {
	instanceId: string;
	instanceToken: string;
	clientToken: string;
}

/** Groups as they are now, and as they were before 2021. */
export const GROUP_IDS = {
	'120363019502650977-group': '120363019502650977-group',
	'5511999999999-1623281429': '5511999999999-1623281429',
};

export const error = (statusCode: number, text: string): VendorAnswer => ({
	statusCode,
	body: { error: text },
});

export const refusals = {
	// The status and the words are what integrators report.
	clientTokenMissing: refusal('observed', () => error(400, 'your client-token is not configured')),
	// The words are on Z-API's Client-Token page, the status is not.
	'clientTokenMissing:null': refusal('documented', () => error(403, 'null not allowed')),
	// The words are on Z-API's pages, the status is what integrators report. The refused value comes back.
	notAllowed: refusal('documented', ({ headers }: RequestFacts) =>
		error(403, `${headers['client-token'] ?? '203.0.113.7'} not allowed`),
	),
	'notAllowed:ip': refusal('documented', () => error(403, '203.0.113.7 not allowed')),
	'notAllowed:words': refusal('observed', ({ headers }: RequestFacts) =>
		error(403, `Client-Token ${headers['client-token'] ?? ''} not allowed`),
	),
	// Integrators report a 404 with these words; the rest of the body is assumed.
	instanceNotFound: refusal('observed', () => error(404, 'Instance not found')),
	notSubscribed: refusal('observed', () =>
		error(400, 'To continue sending a message, you must subscribe to this instance again'),
	),
	// The words are documented for /status; an integrator guards sends against a 200 with them.
	notConnected: refusal('observed', () =>
		ok({ connected: false, session: false, error: 'You are not connected.' }),
	),
	'notConnected:session': refusal('observed', () =>
		ok({ connected: false, session: true, error: 'You need to restore the session.' }),
	),
	// "New messages are rejected" beyond 1000 is documented; status and words are assumed.
	queueFull: refusal('assumed', () => error(400, 'The queue is full: limit of 1000 messages')),
	// Documented for report-contact only.
	invalidPhone: refusal('documented', () => error(400, 'Invalid phone')),
	// The statuses are documented, their bodies are not.
	wrongMethod: refusal('documented', () => error(405, 'Method Not Allowed')),
	wrongContentType: refusal('documented', () => error(415, 'Unsupported Media Type')),
} satisfies Record<string, Refusal>;

/** No rate limit is documented: this is what a gateway in front would say. */
export const tooManyRequests = refusal('assumed', () => error(429, 'Too Many Requests'));
export const tooLarge = refusal('assumed', () => error(413, 'Payload Too Large'));

export const words = (body: unknown) => fieldsOf(body).error;

/** Text that is not empty: that an empty one is refused is assumed. */
export const text = { type: 'string', pattern: '\\S' };
/** Digits only [documented]. */
export const digits = { type: 'string', pattern: '^\\d{3,20}$' };
/** What every message may have beside its cards; that the bounds are enforced is assumed. */
export const common = {
	messageId: text,
	delayMessage: { type: 'integer', minimum: 1, maximum: 15 },
};

const hex = (length: number) =>
	randomBytes(length / 2)
		.toString('hex')
		.toUpperCase();

/** `id` repeats `messageId` [documented by Z-API; PlugzAPI's page lists the other two]. */
export function acceptance(): VendorAnswer {
	const messageId = `D241${hex(16)}`;
	return ok({ zaapId: `3999${hex(28)}`, messageId, id: messageId });
}

/** The words of a body that does not fit are assumed, but for the phone's. */
export function invalid([violation]: Violation[]): VendorAnswer {
	const name = [...(violation?.at ?? []), violation?.key].filter(Boolean).join('.') || 'body';
	if (violation?.keyword === 'pattern' && /phone(s\.\d+)?$/i.test(name)) {
		return refusals.invalidPhone.answer();
	}
	return error(400, violation?.keyword === 'required' ? `${name} is required` : `Invalid ${name}`);
}

/** What the phone has yet to send. */
export function queue(flags: ZapiFlags) {
	let waiting = 0;
	let lastLeft = performance.now();
	const drain = () => {
		const now = performance.now();
		const interval = flags.secondsPerMessage * 1000;
		if (!flags.connected) {
			lastLeft = now;
			return;
		}
		const left = interval === 0 ? waiting : Math.floor((now - lastLeft) / interval);
		waiting = Math.max(0, waiting - left);
		lastLeft = interval === 0 || waiting === 0 ? now : lastLeft + left * interval;
	};
	return {
		isFull(): boolean {
			drain();
			return waiting >= flags.queueLimit;
		},
		add() {
			waiting++;
		},
		empty() {
			waiting = 0;
		},
	};
}

/** A chat as the vendor lists it: booleans and numbers arrive as text here and there [documented]. */
export const chat = (facts: { name: string; phone: string; isGroup: boolean }) => ({
	...facts,
	archived: 'false',
	pinned: 'false',
	messagesUnread: 0,
	unread: '0',
	lastMessageTime: '1622991687',
	muteEndTime: null,
	isMuted: '0',
	isMarkedSpam: 'false',
});

/** One page; `page` and `pageSize` are documented as required, that their absence is refused is assumed. */
export function page(list: readonly object[], { query }: RequestFacts): VendorAnswer {
	const [number, size] = [Number(query.page), Number(query.pageSize)];
	if (!(number >= 1) || !(size >= 1)) return error(400, 'page and pageSize are required');
	return ok(list.slice((number - 1) * size, number * size));
}

/** /status as documented, with its trap: a connected instance carries an `error` too. */
function status({ connected, smartphoneConnected }: ZapiFlags): VendorAnswer {
	const down = smartphoneConnected ? 'You need to restore the session.' : 'You are not connected.';
	return ok({
		connected,
		session: connected,
		smartphoneConnected,
		error: connected ? 'You are already connected.' : down,
	});
}

/** Numbers that end in 0000 have no WhatsApp here. */
export const hasWhatsApp = (phone: string) => !phone.endsWith('0000');

/** "…true ou false", says the page: the value is text in the list form. */
function phoneExists({ params }: RequestFacts, as: ZapiFlags['phoneExistsAs']): VendorAnswer {
	const phone = params.phone ?? '';
	if (!/^\d{7,20}$/.test(phone)) return refusals.invalidPhone.answer();
	const exists = hasWhatsApp(phone);
	return ok(as === 'list' ? [{ exists: String(exists), phone, lid: null }] : { exists, phone });
}

export const root = '/instances/:id/token/:token';

/** What stops every request to the account: another instance, another token. */
export function guard(account: ZapiAccount, flags: ZapiFlags) {
	return (facts: RequestFacts): VendorAnswer | undefined => {
		const { params, headers } = facts;
		if (params.id !== account.instanceId || params.token !== account.instanceToken) {
			return refusals.instanceNotFound.answer();
		}
		const clientToken = headers['client-token'];
		if (!flags.clientTokenRequired) return undefined;
		if (clientToken === undefined) return refusals.clientTokenMissing.answer();
		// An empty header is not a missing one [assumed].
		return clientToken === account.clientToken ? undefined : refusals.notAllowed.answer(facts);
	};
}

/** An address that takes messages, and the same address with another verb. */
export function sendRoute(
	path: string,
	route: Pick<SendRoute, 'schema' | 'stops' | 'unable' | 'taken'>,
): { send: SendRoute; wrongVerbs: OtherRoute } {
	return {
		send: {
			urls: [`${root}${path}`],
			wrongContentType: () => refusals.wrongContentType.answer(),
			unreadable: () => error(400, 'Invalid JSON'),
			invalid,
			acceptance,
			...route,
		},
		wrongVerbs: {
			method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'],
			url: `${root}${path}`,
			stops: route.stops,
			answer: () => refusals.wrongMethod.answer(),
		},
	};
}

/** The addresses that all of them have beside those that take messages. */
export function commonRoutes(
	flags: ZapiFlags,
	stops: NonNullable<OtherRoute['stops']>,
	lists: Readonly<Record<string, readonly object[]>>,
): OtherRoute[] {
	const get = (path: string, answer: OtherRoute['answer']) => ({
		method: 'GET',
		url: `${root}${path}`,
		stops,
		answer,
	});
	return [
		get('/status', () => status(flags)),
		get('/phone-exists/:phone', (facts) => phoneExists(facts, flags.phoneExistsAs)),
		...Object.entries(lists).map(([path, list]) => get(path, (facts) => page(list, facts))),
	];
}

export const publishedPath =
	(method: string) =>
	({ instanceId, instanceToken }: Credentials) =>
		`/instances/${encodeURIComponent(String(instanceId))}` +
		`/token/${encodeURIComponent(String(instanceToken))}/${method}`;

/** The published headers, with the Client-Token, which some pages forget. */
export const publishedHeaders = ({ clientToken }: Credentials): Record<string, string> => ({
	'content-type': 'application/json',
	...(typeof clientToken === 'string' && clientToken && { 'client-token': clientToken }),
});

/** The cases of the credential's test. */
export const credentialCases = [
	{ name: 'the phone is connected', says: 'passes' as const },
	{
		name: 'the account wants a Client Token and has none',
		change: { clientToken: '' },
		says: /account has a Client Token, it must be in the credential/,
	},
	{
		name: 'the subscription is over',
		answer: 'notSubscribed',
		says: /trial or subscription is over/,
	},
	{
		name: 'another Client Token',
		change: { clientToken: 'another' },
		says: /did not accept the Client Token/,
	},
	{
		name: 'another instance',
		change: { instanceId: 'another' },
		says: /does not know this instance/,
	},
	{
		name: 'the phone is not connected',
		flags: { connected: false },
		says: /can be used, but the WhatsApp phone .* is not connected/,
	},
	{
		name: 'something else answers',
		answer: ok({ status: 'fine' }),
		says: /did not say whether the instance is connected/,
	},
];

/** What becomes of a message after a refusal that passes. */
export const MEANS = { queueFull: 'later' } as const;

/** The refusals that are about the instance or its token. */
export const OF_ACCOUNT = [
	'clientTokenMissing',
	'notAllowed',
	'instanceNotFound',
	'notSubscribed',
	'notConnected',
];
