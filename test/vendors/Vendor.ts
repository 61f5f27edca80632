// The words in which a simulated vendor is described: read this page first, then one simulator beside it.
// A description is the independent half of the tests: it is written by hand from the vendor's pages, never
// from the provider's code. What runs it is in `server.ts`. Nothing here takes for granted that a body is
// JSON, a recipient a phone, an acceptance a 200, a limit a 429 or a secret a header.
import type { INodeParameters } from 'n8n-workflow';

import type { BodyKind } from './bodies';
import type { CardTable, IdTable, PanelPromise, Recipient, Sent } from './cards';
import type { Fault } from './faults';
import type { Limit, LimitedBy } from './limits';

export type { BodyKind } from './bodies';
export { type Fault, FAULTS, LONG_NUMBER, MESSAGE_TAKEN, REDIRECT_TARGET } from './faults';
export type { Limit, LimitedBy } from './limits';

/** How sure a simulated behaviour is: on the vendor's pages, seen by third parties, or our strict guess. */
export type Evidence = 'documented' | 'observed' | 'assumed';

/** The values of a credential of the provider, by its fields' names. */
export type Credentials = Record<string, string | boolean>;

/** A request as the vendor reads it. */
export interface RequestFacts {
	method: string;
	/** The path and the query, as sent: still URL-encoded. */
	path: string;
	/** The parts of the path that the route names, decoded. */
	params: Record<string, string>;
	query: Record<string, string>;
	/** Lower-case names. */
	headers: Record<string, string>;
	/**
	 * JSON parsed; a form as an object of texts; other bodies, and what could not be parsed, as text;
	 * `undefined` where there was none or it was not read.
	 */
	body: unknown;
	/** The body as it came. */
	text: string;
}

/** An answer as the vendor composes it. */
export interface VendorAnswer {
	statusCode: number;
	/** A string goes out as it is, anything else as JSON; a bigint in it keeps its digits. */
	body?: unknown;
	/** Of a string; `text/plain` unless given. */
	contentType?: string;
	headers?: Record<string, string>;
}

/** What the vendor refuses with, and how sure that is. */
export interface Refusal {
	evidence: Evidence;
	answer(facts: RequestFacts): VendorAnswer;
}

/** Writes down one refusal, in one line. */
export function refusal<Answer extends Refusal['answer']>(evidence: Evidence, answer: Answer) {
	return { evidence, answer };
}

/** A 200 with that body. */
export const ok = (body: unknown): VendorAnswer => ({ statusCode: 200, body });

/** A place in an answer where the vendor says when to come back. */
export interface ComeBack {
	name: string;
	put(answer: VendorAnswer, seconds: number): VendorAnswer;
}

const retryAfterHeader = (name: string, write: (seconds: number) => string): ComeBack => ({
	name,
	put: (answer, seconds) => ({
		...answer,
		headers: { ...answer.headers, 'retry-after': write(seconds) },
	}),
});

/** The standard header in both its forms: what a vendor that documents nothing else is taken to send. */
export const RETRY_AFTER: readonly ComeBack[] = [
	retryAfterHeader('Retry-After in seconds', String),
	retryAfterHeader('Retry-After as a date', (seconds) =>
		// Whole seconds are all that a date can say: none is taken from what was asked for.
		new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString(),
	),
];

/** One violation of the body's schema, as ajv reports it. */
export interface Violation {
	keyword: string;
	/** The keys that lead to the value, such as `['contact', 'firstName']`. */
	at: string[];
	/** `missing`: the absent key; `unknown`: the key that is not allowed. */
	key?: string;
	params: Record<string, unknown>;
}

/** An address that takes messages. */
export interface SendRoute {
	/** The messenger whose cards it takes; the simulator's first unless given. */
	messenger?: string;
	/** `POST` unless given. */
	method?: string;
	/** In fastify's notation. */
	urls: readonly string[];
	/** How its bodies may be written; JSON only unless given. */
	takes?: readonly BodyKind[];
	/** JSON Schema of the body. */
	schema: object;
	/** What stops a request whatever its card is: a wrong secret, a sender that does not exist. */
	stops(facts: RequestFacts): VendorAnswer | undefined;
	/** The answer to a body of a kind that it does not take. */
	wrongContentType(facts: RequestFacts): VendorAnswer;
	/** The answer to JSON that is none; the same as to a wrong kind unless given. */
	unreadable?(facts: RequestFacts, parserMessage: string): VendorAnswer;
	/** The answer to a body that does not fit; violations in the order of the schema's checks. */
	invalid(violations: Violation[], facts: RequestFacts): VendorAnswer;
	/** What the vendor refuses for its own state, or by a rule that no schema says, although the body fits. */
	unable?(facts: RequestFacts): VendorAnswer | undefined;
	/** The message's own id, where the vendor takes one: a repeat gets the first one's answer, and is not taken again. */
	handle?(facts: RequestFacts): string | undefined;
	acceptance(facts: RequestFacts): VendorAnswer;
	/** Called when a message was taken. */
	taken?(facts: RequestFacts): void;
}

/** Any other address: a list, a look-up, a status. */
export interface OtherRoute {
	method: string | string[];
	url: string;
	/** What stops a request before any refusal on demand: a wrong secret. */
	stops?(facts: RequestFacts): VendorAnswer | undefined;
	answer(facts: RequestFacts): VendorAnswer;
}

/** A published request, to be sent as it stands. */
export interface Sample {
	name: string;
	/** `POST` unless given. */
	method?: string;
	/** The messenger whose credential it takes. */
	messenger: string;
	/** The published path with the credential's values (and a valid sender) put in. */
	path(credentials: Credentials): string;
	/** The published headers with the credential's values put in. */
	headers(credentials: Credentials): Record<string, string>;
	/** The published body; where it holds a secret, with the credential's values put in. */
	body: string | ((credentials: Credentials) => string);
	/** What to fill in so that the node sends the same, but for what is empty. */
	parameters?: INodeParameters;
	/** What to fill in under Options, beside that. */
	options?: INodeParameters;
	/** Why the node never sends just this, where it does not. */
	differs?: string;
}

/** A list that the vendor gives, as the drop-down must show it. */
export interface ListFacts {
	/** Every value that must be offered, whatever page it is on, and no other one. */
	values: readonly string[];
	/** Words that someone types, and the values that must be found then. */
	search: { words: string; values: readonly string[] };
	/** What some of them read like: a name, and in brackets what tells namesakes apart. */
	shown: Readonly<Record<string, string>>;
	/** Those that cannot send at the moment: they come last. */
	off?: readonly string[];
	/** Given where it is the list of one sender, which has to be chosen first. */
	ofSender?: true;
	/** A credential with which it cannot be asked for, and what is said then: put over a valid one. */
	lacking?: { change: Credentials; says: RegExp };
	/** Given where the vendor itself searches, by more than what is shown. */
	isSearched?: true;
}

/** What a vendor says when it is asked whether numbers have an account. */
export interface LookUpFacts {
	/** Numbers with one: what is asked for (digits), what the vendor calls it, and where a card to it arrives. */
	known: ReadonlyArray<{ phone: string; id: string; to: string }>;
	/** A number without one. */
	unknown: string;
	/** How many numbers it takes at once, or as many as it is sensible to ask for; 1 unless given. */
	atOnce?: number;
	/** How many it answers a minute, where it limits that apart from messages. */
	perMinute?: number;
	/** The simulator's switches for other builds of the vendor, which answer in another form. */
	otherBuilds?: ReadonlyArray<Readonly<Record<string, unknown>>>;
}

/** A bound on how long something may be. */
export interface BoundFacts {
	/** The parameter that is filled in to reach it. */
	parameter: string;
	atMost: number;
	unit: 'characters' | 'utf16Units' | 'bytes';
	/** Where the bounded text is in a request: it may hold more than the parameter, as a vCard does. */
	at: readonly string[] | ((request: RequestFacts) => string);
}

/** What one messenger of a vendor takes, said by hand. */
export interface MessengerFacts {
	/** A credential that leads to an instance of it. */
	credentials(url: string): Credentials;
	/** The n-th recipient, unlike all others; `byPhone` and `byId` in `cards.ts` make most. */
	recipient(n: number): Recipient;
	ids: IdTable;
	/** What it refuses a card without; of a group one is enough. */
	demands: ReadonlyArray<string | readonly string[]>;
	/** Finds in a request whom it goes to and who is on the card. Never throws. */
	read(request: RequestFacts): Sent;
	/** What must arrive for which card. */
	cards: CardTable;
	panel: PanelPromise;
	/** The chats or contacts to pick a recipient from, where it lists them. */
	list?: ListFacts;
	/** What it says of numbers, where it can be asked. */
	lookUps?: LookUpFacts;
	/** The fewest digits that a phone on a card may have, where the vendor demands more than numbers have. */
	shortestPhone?: number;
	/** Texts that the vendor obeys instead of showing them: it refuses them here, since no user means them. */
	obeys?: readonly string[];
	/** Every bound on a text: the vendor refuses what is longer. */
	bounds?: readonly BoundFacts[];
	/** The lowest and the highest value of each option that is a number. */
	optionBounds?: Readonly<Record<string, readonly [number, number]>>;
	/** The values of each option that is a choice. */
	optionChoices?: Readonly<Record<string, ReadonlyArray<string | number>>>;
	/** Values of each option that is a text of some form or length. */
	optionTexts?: Readonly<Record<string, { taken: readonly string[]; refused: readonly string[] }>>;
	/** How many digits the phone on the card may have, where that is bounded. */
	phoneDigits?: readonly [number, number];
	/** How many entries a list of the card may have beside its first one. */
	listBounds?: Readonly<Record<string, number>>;
	/** How many cards one message holds; 1 unless given. */
	cardsPerMessage?: number;
}

/** A case of the credential's test in n8n, and what the user must read. */
export interface CredentialCase<Flags extends object = object> {
	name: string;
	/** The messenger whose credential is tested; the first unless given. */
	messenger?: string;
	/** Put over a valid credential. */
	change?: Credentials;
	flags?: Partial<Flags>;
	/** What the vendor answers instead: a refusal by its id, or an answer that no table has. */
	answer?: string | VendorAnswer;
	/** `passes`, or a part of the text that explains what is wrong. */
	says: 'passes' | RegExp;
}

/** A credential that leads to one of the vendor's own hosts, and what becomes of a request to `/x`. */
export interface Preset {
	name: string;
	/** Put over a valid credential. */
	change: Credentials;
	url: string;
	headers?: Readonly<Record<string, string>>;
}

/** What a vendor does while it runs, made anew at each start. */
export interface Behaviour {
	sends: readonly SendRoute[];
	others: readonly OtherRoute[];
	/** Its own state, back to what it was at the start. */
	forget?(): void;
}

/** A vendor as its simulator describes it to `simulate`. */
export interface VendorDescription<Flags extends object = object> {
	/** The provider's name, such as `plugzApi`. */
	provider: string;
	/** By the provider's names of its messengers, in its order. */
	messengers: Readonly<Record<string, MessengerFacts>>;
	/** Every secret value, of all messengers; each distinctive enough to be searched for. */
	secrets: readonly string[];
	/** Valid senders, as they are filled in; empty where there are none. */
	senders?: readonly string[];
	/** What looks like a sender and is none: it has to be told before anything is sent. */
	notSenders?: readonly string[];
	/** Who sends where nobody was chosen; without it one has to be. */
	usualSender?: string;
	/** The list of senders, where the vendor gives one. */
	senderList?: ListFacts;
	/** By secret field of the credential: the refusal that another value in it gets. */
	wrongSecrets: Readonly<Record<string, string>>;
	/**
	 * By the id of a refusal, what becomes of the message where it is not simply refused: it is to leave again, more
	 * slowly or after a while, or to the id that the recipient has now; or nobody knows whether it was taken.
	 */
	means: Readonly<Record<string, 'slower' | 'later' | 'elsewhere' | 'unknown'>>;
	/** Ids of the refusals that are about the account and tell nothing of a card: lists and look-ups get them, too. */
	ofAccount: readonly string[];
	/** Who has to be left alone after a refusal that is about too many messages; the whole credential unless given. */
	slowsDown?: 'sender';
	/** Cases that reach every rule of the credential's test. */
	credentialCases: ReadonlyArray<CredentialCase<Flags>>;
	/** Its own hosts, where the credential offers them. */
	presets?: readonly Preset[];
	/**
	 * What it can refuse with. The key is the id of the rule in the provider's error table that must
	 * recognise it; `id:form` is another form of the same refusal.
	 */
	refusals: Readonly<Record<string, Refusal>>;
	/** The vendor's own words in a body of its refusals, to be shown; anything but a text for none. */
	words(body: unknown): unknown;
	/** Other people's data in its refusals, which nobody may see. */
	strangers?: RegExp;
	/** The limits it documents; not applied unless given to `start`. */
	limits?: readonly Limit[];
	/** The answer to whoever is over a limit, by the kind of limit. */
	overload: Readonly<{ credential: Refusal } & Partial<Record<LimitedBy, Refusal>>>;
	/** How it says when to come back; {@link RETRY_AFTER} unless given. */
	comeBack?: readonly ComeBack[];
	/** A body larger than this many bytes gets `tooLarge`; 1 MB unless given. */
	bodyLimit?: number;
	/** An empty 413 unless given. */
	tooLarge?: Refusal;
	/** The answer where there is nothing. */
	nothingHere(facts: RequestFacts): VendorAnswer;
	samples: readonly Sample[];
	/** Its switches as they are at the start. */
	flags: Flags;
	routes(flags: Flags): Behaviour;
}

export interface VendorOptions<Flags extends object = object> {
	/** 0 (the default) takes a free one. */
	port?: number;
	/** How long the vendor thinks before each answer. */
	latencyMs?: number;
	/** Over any of them the vendor says so in its own way. None by default. */
	limits?: readonly Limit[];
	/** The vendor's own switches; they can also be turned later, on `RunningVendor.flags`. */
	strict?: Partial<Flags>;
	/** Serves HTTPS instead of HTTP: see `tls.ts`. */
	tls?: { key: string; cert: string };
}

/** One request as it arrived, and what became of it. */
export interface ReceivedRequest extends RequestFacts {
	/** `performance.now()` on arrival. */
	at: number;
	/** `{ fault: 'unanswered' }` as long as no answer left. `text` is the answer's body as it was sent. */
	answer: { statusCode: number; body: unknown; text: string } | { fault: Fault | 'unanswered' };
	kind: 'send' | 'other';
	/** Of a send: whose card it was meant to carry. */
	messenger?: string;
	/** Whether the vendor took the message, whatever it answered. */
	accepted: boolean;
	/** Of a valid send: the message's own id, where the vendor takes one. */
	handle?: string;
	/** Whether it had taken the same message before, known by its own id. */
	repeated: boolean;
}

/** A vendor, not yet running. */
export interface VendorSimulator<Flags extends object = object> extends VendorDescription<Flags> {
	start(options?: VendorOptions<Flags>): Promise<RunningVendor<Flags>>;
}

export interface RunningVendor<Flags extends object = object> {
	provider: string;
	/** `http://127.0.0.1:PORT` */
	url: string;
	/** A valid credential that leads here, to the first messenger. */
	credentials: Credentials;
	secrets: readonly string[];
	senders: readonly string[];
	/** By messenger: a credential that leads to an instance of it. */
	messengers: Record<string, { credentials: Credentials }>;
	/** Everything, in order of arrival. */
	received: ReceivedRequest[];
	/** The vendor's switches, to be turned while it runs. */
	flags: Flags;
	/** Hands over every send from now on, once it is answered. */
	onSend(listener: (request: ReceivedRequest) => void): void;
	/** The accepted sends, in order of arrival. */
	sends(): ReceivedRequest[];
	/** Whom a send goes to and who is on its card. */
	read(request: ReceivedRequest): Sent;
	/** The next `times` sends (with a valid secret and within the limits) get the refusal of that id. */
	refuseNext(id: string, times?: number): void;
	/** The next `times` sends meet a limit of that kind, however few they are. */
	limitNext(times?: number, per?: LimitedBy): void;
	/** The next `times` other requests (with a valid secret) get that refusal, or that answer. */
	answerNextOther(what: string | VendorAnswer, times?: number): void;
	/** When its overload answers ask to come back, and which of its ways says so; `undefined`: they do not say. */
	comeBackIn(seconds: number | undefined, way?: string): void;
	/** The next `times` valid sends end in that fault; one that comes before the body is read, the next sends. */
	faultNext(fault: Fault, times?: number): void;
	/** The most sockets that were open at once since the start. */
	peakConnections(): number;
	/** The sockets that are open now. */
	openConnections(): number;
	/** The bytes that went out on all sockets since the start. */
	bytesSent(): number;
	/** Forgets recordings, queued refusals and faults, the limits' counts, when to come back and turned switches. */
	reset(): void;
	stop(): Promise<void>;
}

/** The text that a bound is about, in a request. */
export function boundedIn({ at }: BoundFacts, request: RequestFacts): string {
	return typeof at === 'function' ? at(request) : (textAt(request.body, ...at) ?? '');
}

/** How long a text is. */
export function lengthOf(text: string, unit: BoundFacts['unit']): number {
	if (unit === 'bytes') return Buffer.byteLength(text);
	return unit === 'utf16Units' ? text.length : Array.from(text).length;
}

/** A JSON object's or a form's fields; none where it is something else. */
export function fieldsOf(body: unknown): Record<string, unknown> {
	return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** The text at a path of keys; `undefined` where the path leads to anything else. A number becomes its digits. */
export function textAt(body: unknown, ...path: string[]): string | undefined {
	const found = path.reduce<unknown>((value, key) => fieldsOf(value)[key], body);
	if (typeof found === 'number' || typeof found === 'bigint') return String(found);
	return typeof found === 'string' ? found : undefined;
}
