// The base of every simulated vendor: a real HTTP server on 127.0.0.1 that records what it gets, holds
// its own limit, refuses on demand and breaks connections on demand. What a vendor takes and what it
// answers is in the file named after it.
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';

import fastify, {
	type FastifyReply,
	type FastifyRequest,
	type FastifySchemaValidationError,
} from 'fastify';

import type { CardTable, PanelPromise } from './cards';
import { commit, type Fault, isDoneBeforeRead, MESSAGE_TAKEN, REDIRECT_TARGET } from './faults';

export { type Fault, FAULTS, MESSAGE_TAKEN, REDIRECT_TARGET } from './faults';

/** How sure a simulated behaviour is: on the vendor's pages, seen by third parties, or our strict guess. */
export type Evidence = 'documented' | 'observed' | 'assumed';

/** The values of a credential of the provider, named as in INTERFACE.md. */
export type Credentials = Record<string, string | boolean>;

export interface VendorOptions<Flags extends object = object> {
	/** 0 (the default) takes a free one. */
	port?: number;
	/** How long the vendor thinks before each answer. */
	latencyMs?: number;
	/** Over it the vendor answers its own 429; counted per credential, as the vendors do. None by default. */
	limit?: Limit;
	/** The vendor's own switches; they can also be turned later, on `RunningVendor.flags`. */
	strict?: Partial<Flags>;
	/** Serves HTTPS instead of HTTP: see `tls.ts`. */
	tls?: { key: string; cert: string };
}

/** A token bucket: `burst` at once, then `perSecond`, evenly spaced. */
export interface Limit {
	perSecond: number;
	burst: number;
}

/** One request as it arrived, and what became of it. */
export interface ReceivedRequest {
	/** `performance.now()` on arrival. */
	at: number;
	method: string;
	/** The path and the query, as sent: still URL-encoded. */
	path: string;
	headers: Record<string, string>;
	/** Parsed where it was JSON, as text otherwise, `undefined` where it was not read or there was none. */
	body: unknown;
	/** `{ fault: 'unanswered' }` as long as no answer left. */
	answer: { statusCode: number; body: unknown } | { fault: Fault | 'unanswered' };
	kind: 'send' | 'other';
	/** Whether the vendor took the message, whatever it answered. */
	accepted: boolean;
}

export interface RunningVendor<Flags extends object = object> {
	/** The provider's name, such as `plugzApi`. */
	provider: string;
	/** `http://127.0.0.1:PORT` */
	url: string;
	/** A valid credential that leads here. */
	credentials: Credentials;
	/** Every secret value, of all messengers. */
	secrets: string[];
	/** Valid sender ids (OGMMA channels); empty where there are none. */
	senders: string[];
	/** By messenger: a credential that leads to an instance of it. */
	messengers: Record<string, { credentials: Credentials }>;
	/** Everything, in order of arrival. */
	received: ReceivedRequest[];
	/** The vendor's switches, to be turned while it runs. */
	flags: Flags;
	/** The accepted sends, in order of arrival. */
	sends(): ReceivedRequest[];
	/** The next `times` sends (with a valid secret and within the limit) get the refusal of that id. */
	refuseNext(id: string, times?: number): void;
	/** The next `times` sends meet the vendor's limit, however few they are. */
	limitNext(times?: number): void;
	/** The Retry-After of the vendor's 429s, in seconds or as an HTTP date; `undefined` for none. */
	retryAfter(header: string | undefined): void;
	/** The next `times` valid sends end in that fault. */
	faultNext(fault: Fault, times?: number): void;
	/** The most sockets that were open at once since the start. */
	peakConnections(): number;
	/** Forgets recordings, queued refusals and faults, the limit's count, Retry-After and turned switches. */
	reset(): void;
	stop(): Promise<void>;
}

/** A published request, to be sent as it stands. */
export interface Sample {
	name: string;
	method: string;
	/** The messenger whose credential it takes. */
	messenger: string;
	/** The published path with the credential's values (and, for OGMMA, a valid channel) put in. */
	path(credentials: Credentials): string;
	/** The published headers with the credential's values put in. */
	headers(credentials: Credentials): Record<string, string>;
	body: string;
}

/** A vendor, not yet running. */
export interface VendorSimulator<Flags extends object = object> {
	provider: string;
	/**
	 * What it can refuse with. The key is the id of the rule in the provider's error table that must
	 * recognise it; `id:form` is another form of the same refusal.
	 */
	refusals: Readonly<Record<string, Refusal>>;
	samples: readonly Sample[];
	/** By messenger: what must arrive for which card. */
	cards: Readonly<Record<string, CardTable>>;
	/** By messenger: what the panel promises. */
	panel: Readonly<Record<string, PanelPromise>>;
	/** The limit the vendor documents, where it does; not applied unless given as `limit`. */
	documentedLimit?: Limit;
	/** The status of its acceptances; 200 unless given. */
	acceptedStatus?: number;
	start(options?: VendorOptions<Flags>): Promise<RunningVendor<Flags>>;
}

/** An answer as the vendor composes it: a string goes out as it is, anything else as JSON. */
export interface VendorAnswer {
	statusCode: number;
	body?: unknown;
	/** Of a string; `text/plain` unless given. */
	contentType?: string;
	headers?: Record<string, string>;
}

/** What an answer may be composed from. */
export interface RequestFacts {
	path: string;
	method: string;
	body: unknown;
	params: Record<string, string>;
	query: Record<string, string>;
	headers: Record<string, string>;
}

export interface Refusal {
	evidence: Evidence;
	answer(facts: RequestFacts): VendorAnswer;
}

/** Writes down one refusal, in one line. */
export function refusal<Answer extends Refusal['answer']>(evidence: Evidence, answer: Answer) {
	return { evidence, answer };
}

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
	/** In fastify's notation. */
	urls: readonly string[];
	/** JSON Schema of the body. */
	schema: object;
	/** What stops a request whatever its body is: a wrong secret, a sender that does not exist. */
	stops(facts: RequestFacts): VendorAnswer | undefined;
	/** Whose limit the request counts for. */
	limitKey: string;
	wrongContentType(facts: RequestFacts): VendorAnswer;
	notJson(facts: RequestFacts, parserMessage: string): VendorAnswer;
	/** In the order of the schema's checks. */
	invalid(violations: Violation[], facts: RequestFacts): VendorAnswer;
	/** What the vendor refuses for its own state although the body is right. */
	unable?(facts: RequestFacts): VendorAnswer | undefined;
	acceptance(): VendorAnswer;
	/** Called when a message was taken. */
	taken?(): void;
}

/** Any other address. */
export interface OtherRoute {
	method: string | string[];
	url: string;
	answer(facts: RequestFacts): VendorAnswer;
}

/** What a simulator says of its vendor to {@link startVendor}. */
export interface VendorDescription<Flags extends object> {
	provider: string;
	credentialsAt(url: string): Credentials;
	messengersAt(url: string): RunningVendor['messengers'];
	secrets: string[];
	senders: string[];
	refusals: Readonly<Record<string, Refusal>>;
	tooManyRequests: Refusal;
	/** A body larger than this many bytes gets `tooLarge`. */
	bodyLimit: number;
	tooLarge: Refusal;
	/** POSTs to a path of this form are sends, also those that reach no instance. */
	sendPath: RegExp;
	flags: Flags;
	routes(flags: Flags): { sends: SendRoute[]; others: OtherRoute[] };
	/** The answer where there is nothing. */
	nothingHere(facts: RequestFacts): VendorAnswer;
	/** The vendor's own state, back to what it was at the start. */
	forget?(): void;
}

/** What was ordered for one of the next sends. */
type Order = { refusal: Refusal } | { fault: Fault };

/** A request on its way through the vendor. */
interface Ticket {
	entry: ReceivedRequest;
	route?: SendRoute;
	order?: Order;
	/** Decided on arrival, answered once the body is read and recorded. */
	decided?: VendorAnswer;
}

/** A record of strings from what node and fastify hand out. */
function strings(values: unknown): Record<string, string> {
	if (typeof values !== 'object' || values === null) return {};
	return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

/** A JSON object's fields; none where it is something else. */
export function fieldsOf(body: unknown): Record<string, unknown> {
	return typeof body === 'object' && body !== null ? { ...body } : {};
}

/** The body parsed; what does not parse stays text. */
function parsed(text: string): { value: unknown; problem?: string } {
	try {
		const value: unknown = JSON.parse(text);
		return { value };
	} catch (error) {
		return { value: text, problem: error instanceof Error ? error.message : String(error) };
	}
}

/** ajv's errors as {@link Violation}s. */
function violationsOf(error: { validation: FastifySchemaValidationError[] }): Violation[] {
	const errors = error.validation;
	return errors.map(({ keyword, instancePath, params }) => {
		const key = params.missingProperty ?? params.additionalProperty;
		return {
			keyword,
			at: instancePath.split('/').filter(Boolean),
			params,
			...(typeof key === 'string' && { key }),
		};
	});
}

/** The generic cell rate algorithm, one bucket a key. */
function limiter(limit: Limit | undefined) {
	const full = new Map<string, number>();
	return {
		/** Takes one of the key's turns; false when it has none. */
		take(key: string, now: number): boolean {
			if (!limit) return true;
			const interval = 1000 / limit.perSecond;
			const due = Math.max(full.get(key) ?? 0, now);
			if (due - now > (limit.burst - 1) * interval + 1e-6) return false;
			full.set(key, due + interval);
			return true;
		},
		reset: () => full.clear(),
	};
}

/** Starts a vendor as described. */
export async function startVendor<Flags extends object>(
	vendor: VendorDescription<Flags>,
	options: VendorOptions<Flags> = {},
): Promise<RunningVendor<Flags>> {
	const initialFlags: Flags = { ...vendor.flags, ...options.strict };
	const flags: Flags = { ...initialFlags };
	const received: ReceivedRequest[] = [];
	const orders: Order[] = [];
	const tickets = new WeakMap<FastifyRequest, Ticket>();
	const sockets = new Map<number, Socket>();
	const timers = new Set<NodeJS.Timeout>();
	const limit = limiter(options.limit);
	let retryAfter: string | undefined;
	let peak = 0;

	const settings = {
		bodyLimit: vendor.bodyLimit,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		routerOptions: { maxParamLength: 500 },
		ajv: {
			customOptions: {
				coerceTypes: false as const,
				removeAdditional: false as const,
				useDefaults: false as const,
				allErrors: true,
			},
		},
	};
	const { tls } = options;
	const app = fastify({
		...settings,
		serverFactory: (handler) => {
			const server = tls ? createHttpsServer(tls, handler) : createHttpServer(handler);
			// Longer than any test: idle connections end with the vendor, not in the middle of a run.
			server.keepAliveTimeout = 72_000;
			return server;
		},
	});

	app.server.on('connection', (socket: Socket) => {
		const port = socket.remotePort ?? 0;
		sockets.set(port, socket);
		peak = Math.max(peak, sockets.size);
		socket.on('close', () => sockets.delete(port));
		socket.on('error', () => socket.destroy());
	});

	const factsOf = (request: FastifyRequest): RequestFacts => ({
		path: request.raw.url ?? '',
		method: request.method,
		body: request.body,
		params: strings(request.params),
		query: strings(request.query),
		headers: strings(request.headers),
	});

	const ticketOf = (request: FastifyRequest): Ticket => {
		const ticket = tickets.get(request);
		if (!ticket) throw new Error('A request went past the vendor without being recorded');
		return ticket;
	};

	/** Sends the vendor's own answer, after its latency. */
	async function answer(request: FastifyRequest, reply: FastifyReply, what: VendorAnswer) {
		const { entry } = ticketOf(request);
		const { statusCode, body, contentType, headers } = what;
		if (options.latencyMs) await pause(options.latencyMs);
		entry.answer = { statusCode, body };
		reply.code(statusCode).headers(headers ?? {});
		if (statusCode === 429 && retryAfter !== undefined) reply.header('retry-after', retryAfter);
		if (body === undefined) return reply.send();
		if (typeof body === 'string') return reply.type(contentType ?? 'text/plain').send(body);
		return reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
	}

	/** Waits; not beyond the vendor's end. */
	function pause(ms: number): Promise<void> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => {
				timers.delete(timer);
				resolve();
			}, ms);
			timers.add(timer);
		});
	}

	/** Does a fault on the request's connection. */
	function breakOff(
		fault: Fault,
		request: FastifyRequest,
		reply: FastifyReply,
		acceptance: VendorAnswer,
	) {
		const { entry } = ticketOf(request);
		const { raw } = reply;
		// Under TLS this is the encrypted layer; the connection itself is what can be reset.
		const port = raw.socket?.remotePort ?? 0;
		const keep = (timer: NodeJS.Timeout) => {
			timers.add(timer);
			raw.on('close', () => {
				clearTimeout(timer);
				timers.delete(timer);
			});
		};
		entry.answer = { fault };
		reply.hijack();
		raw.on('error', () => undefined);
		commit(
			fault,
			{
				raw,
				reset: () => sockets.get(port)?.resetAndDestroy(),
				after: (ms, action) => keep(setTimeout(action, ms)),
				every: (ms, action) => keep(setInterval(action, ms)),
			},
			acceptance,
			{ method: entry.method, path: entry.path, headers: entry.headers, body: entry.body },
		);
	}

	// Bodies are taken as text whatever their type is: the vendor judges, not the server.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

	const { sends, others } = vendor.routes(flags);
	const sendRoutes = new Map(sends.flatMap((route) => route.urls.map((url) => [url, route])));

	app.addHook('onRequest', async (request, reply) => {
		const now = performance.now();
		const path = request.raw.url ?? '';
		const isSend = request.method === 'POST' && vendor.sendPath.test(path.replace(/\?.*$/s, ''));
		const route = isSend ? sendRoutes.get(request.routeOptions.url ?? '') : undefined;
		const entry: ReceivedRequest = {
			at: now,
			method: request.method,
			path,
			headers: strings(request.headers),
			body: undefined,
			answer: { fault: 'unanswered' },
			kind: isSend ? 'send' : 'other',
			accepted: false,
		};
		const ticket: Ticket = { entry };
		received.push(entry);
		tickets.set(request, ticket);
		if (!route) return;
		ticket.route = route;
		const facts = factsOf(request);
		const stop = route.stops(facts);
		if (stop) {
			ticket.decided = stop;
			return;
		}
		if (!limit.take(route.limitKey, now)) {
			ticket.decided = vendor.tooManyRequests.answer(facts);
			return;
		}
		const order = orders.shift();
		if (!order) return;
		ticket.order = order;
		if ('fault' in order && isDoneBeforeRead(order.fault)) {
			breakOff(order.fault, request, reply, route.acceptance());
		}
	});

	app.addHook('preValidation', async (request, reply) => {
		const { entry, route, order, decided } = ticketOf(request);
		const text = typeof request.body === 'string' ? request.body : '';
		const { value, problem } = text === '' ? { value: undefined } : parsed(text);
		request.body = value;
		entry.body = value;
		if (!route) return;
		const facts = factsOf(request);
		const isJson = /^application\/json\s*(;|$)/i.test(facts.headers['content-type'] ?? '');
		const stopped =
			decided ??
			(order && 'refusal' in order ? order.refusal.answer(facts) : undefined) ??
			(isJson ? undefined : route.wrongContentType(facts)) ??
			(problem === undefined ? undefined : route.notJson(facts, problem));
		if (!stopped) return;
		giveBack(order);
		await answer(request, reply, stopped);
	});

	/** A fault that found no valid message waits for the next one. */
	function giveBack(order: Order | undefined) {
		if (order && 'fault' in order) orders.unshift(order);
	}

	for (const [url, route] of sendRoutes) {
		app.post(url, {
			schema: { body: route.schema },
			attachValidation: true,
			handler: async (request, reply) => {
				const { entry, order } = ticketOf(request);
				const facts = factsOf(request);
				const refusal = request.validationError
					? route.invalid(violationsOf(request.validationError), facts)
					: route.unable?.(facts);
				if (refusal) {
					giveBack(order);
					return await answer(request, reply, refusal);
				}
				const acceptance = route.acceptance();
				const fault = order && 'fault' in order ? order.fault : undefined;
				entry.accepted = fault === undefined || MESSAGE_TAKEN[fault];
				if (entry.accepted) route.taken?.();
				if (fault === undefined) return await answer(request, reply, acceptance);
				breakOff(fault, request, reply, acceptance);
				return reply;
			},
		});
	}

	for (const { method, url, answer: compose } of others) {
		app.route({
			method,
			url,
			handler: (request, reply) => answer(request, reply, compose(factsOf(request))),
		});
	}

	// Who follows a redirect gets what looks like an acceptance, and is seen in `received`.
	app.all(REDIRECT_TARGET, (request, reply) => {
		const [route] = sends;
		if (!route) throw new Error('A vendor has at least one address that takes messages');
		return answer(request, reply, route.acceptance());
	});

	app.setNotFoundHandler((request, reply) =>
		answer(request, reply, vendor.nothingHere(factsOf(request))),
	);
	app.setErrorHandler((error: { code?: string; message?: string }, request, reply) => {
		const facts = factsOf(request);
		if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
			giveBack(ticketOf(request).order);
			return answer(request, reply, vendor.tooLarge.answer(facts));
		}
		return answer(request, reply, { statusCode: 500, body: `Simulator error: ${error.message}` });
	});

	const address = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const url = tls ? address.replace(/^http:/, 'https:') : address;

	return {
		provider: vendor.provider,
		url,
		credentials: vendor.credentialsAt(url),
		secrets: vendor.secrets,
		senders: vendor.senders,
		messengers: vendor.messengersAt(url),
		received,
		flags,
		sends: () => received.filter(({ accepted }) => accepted),
		refuseNext(id, times = 1) {
			const refusal = vendor.refusals[id];
			if (!refusal) {
				const known = Object.keys(vendor.refusals).join(', ');
				throw new Error(`${vendor.provider} knows no refusal '${id}', only ${known}`);
			}
			for (let i = 0; i < times; i++) orders.push({ refusal });
		},
		limitNext(times = 1) {
			for (let i = 0; i < times; i++) orders.push({ refusal: vendor.tooManyRequests });
		},
		retryAfter(header) {
			retryAfter = header;
		},
		faultNext(fault, times = 1) {
			for (let i = 0; i < times; i++) orders.push({ fault });
		},
		peakConnections: () => peak,
		reset() {
			received.length = 0;
			orders.length = 0;
			retryAfter = undefined;
			limit.reset();
			Object.assign(flags, initialFlags);
			vendor.forget?.();
		},
		async stop() {
			for (const timer of timers) clearTimeout(timer);
			timers.clear();
			for (const socket of sockets.values()) socket.destroy();
			await app.close();
		},
	};
}
