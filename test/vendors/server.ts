// Runs a described vendor: a real HTTP server on 127.0.0.1 that records what it gets, holds its limits,
// refuses on demand and breaks connections on demand. Knows no vendor.
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Socket } from 'node:net';

import fastify, {
	type FastifyReply,
	type FastifyRequest,
	type FastifySchemaValidationError,
} from 'fastify';

import { jsonText, kindOf, parseBody } from './bodies';
import { commit, type Fault, isDoneBeforeRead, MESSAGE_TAKEN, REDIRECT_TARGET } from './faults';
import { limiter } from './limits';
import {
	boundedIn,
	lengthOf,
	type LimitedBy,
	type ReceivedRequest,
	type Refusal,
	type RequestFacts,
	RETRY_AFTER,
	type RunningVendor,
	type SendRoute,
	type VendorAnswer,
	type VendorDescription,
	type VendorOptions,
	type VendorSimulator,
	type Violation,
} from './Vendor';

/** Makes a description into a vendor that can be started. */
export function simulate<Flags extends object>(
	description: VendorDescription<Flags>,
): VendorSimulator<Flags> {
	return { ...description, start: (options) => startVendor(description, options) };
}

/** What was ordered for one of the next sends. */
type Order = { refusal: Refusal } | { fault: Fault };

/** A request on its way through the vendor. */
interface Ticket {
	entry: ReceivedRequest;
	route?: SendRoute;
	order?: Order;
	/** Why its JSON could not be parsed. */
	problem?: string;
}

const EMPTY_413: Refusal = { evidence: 'assumed', answer: () => ({ statusCode: 413 }) };

/** A record of strings from what node and fastify hand out. */
function strings(values: unknown): Record<string, string> {
	if (typeof values !== 'object' || values === null) return {};
	return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
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

/** All forms of a refusal, `id:form`. */
function formsOf(wanted: Refusal, refusals: Readonly<Record<string, Refusal>>): Refusal[] {
	const idOf = (key: string) => key.replace(/:.*/, '');
	const [key] = Object.entries(refusals).find(([, refusal]) => refusal === wanted) ?? [];
	if (key === undefined) return [];
	return Object.keys(refusals).flatMap((other) =>
		idOf(other) === idOf(key) ? (refusals[other] ?? []) : [],
	);
}

/** An answer's body as it goes out. */
function textOf({ body }: VendorAnswer): string {
	if (body === undefined) return '';
	return typeof body === 'string' ? body : jsonText(body);
}

/** An answer's body as recordings show it: a bigint in it has become a number. */
function recorded(answer: VendorAnswer): { statusCode: number; body: unknown; text: string } {
	const { statusCode, body } = answer;
	const text = textOf(answer);
	const isJson = typeof body === 'object' && body !== null;
	const shown: unknown = isJson ? JSON.parse(text) : body;
	return { statusCode, body: shown, text };
}

/** Starts a vendor as described. */
async function startVendor<Flags extends object>(
	vendor: VendorDescription<Flags>,
	options: VendorOptions<Flags> = {},
): Promise<RunningVendor<Flags>> {
	const initialFlags: Flags = { ...vendor.flags, ...options.strict };
	const flags: Flags = { ...initialFlags };
	const received: ReceivedRequest[] = [];
	const orders: Order[] = [];
	const otherAnswers: Refusal[] = [];
	/** By handle: what the first message of that id was answered. */
	const handled = new Map<string, VendorAnswer>();
	const tickets = new WeakMap<FastifyRequest, Ticket>();
	const sockets = new Map<number, Socket>();
	const timers = new Set<NodeJS.Timeout>();
	const listeners: Array<(request: ReceivedRequest) => void> = [];
	const limits = limiter(options.limits ?? []);
	const [firstMessenger = ''] = Object.keys(vendor.messengers);
	const ways = vendor.comeBack ?? RETRY_AFTER;
	let comeBack: ((answer: VendorAnswer) => VendorAnswer) | undefined;
	let peak = 0;
	let sentOnClosed = 0;

	const settings = {
		bodyLimit: vendor.bodyLimit ?? 1024 * 1024,
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
		socket.on('close', () => {
			sockets.delete(port);
			sentOnClosed += socket.bytesWritten;
		});
		socket.on('error', () => socket.destroy());
	});

	const ticketOf = (request: FastifyRequest): Ticket => {
		const ticket = tickets.get(request);
		if (!ticket) throw new Error('A request went past the vendor without being recorded');
		return ticket;
	};

	const messengerOf = ({ messenger = firstMessenger }: SendRoute) => {
		const found = vendor.messengers[messenger];
		if (!found) throw new Error(`${vendor.provider} has no ${messenger}`);
		return found;
	};

	/** The refusal of that id; throws for one that the vendor does not know. */
	const refusalNamed = (id: string): Refusal => {
		const found = vendor.refusals[id];
		if (found) return found;
		const known = Object.keys(vendor.refusals).join(', ');
		throw new Error(`${vendor.provider} knows no refusal '${id}', only ${known}`);
	};

	const overloadOf = (per: LimitedBy = 'credential') =>
		vendor.overload[per] ?? vendor.overload.credential;

	/** Refusals of overload, and their other forms. */
	const ofOverload = new Set(
		Object.values(vendor.overload).flatMap((wanted) => [
			wanted,
			...formsOf(wanted, vendor.refusals),
		]),
	);

	/** What a refusal answers: with when to come back, where it is one of overload. */
	const refuse = (refusal: Refusal, facts: RequestFacts): VendorAnswer => {
		const answer = refusal.answer(facts);
		return comeBack && ofOverload.has(refusal) ? comeBack(answer) : answer;
	};

	/** Sends the vendor's own answer, after its latency. */
	async function answer(request: FastifyRequest, reply: FastifyReply, what: VendorAnswer) {
		const { entry } = ticketOf(request);
		const { statusCode, body, contentType, headers } = what;
		if (options.latencyMs) await pause(options.latencyMs);
		entry.answer = recorded(what);
		reply.code(statusCode).headers(headers ?? {});
		if (body === undefined) return reply.send();
		const type = typeof body === 'string' ? 'text/plain' : 'application/json; charset=utf-8';
		return reply.type(contentType ?? type).send(textOf(what));
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
			{ ...acceptance, text: textOf(acceptance) },
			entry,
		);
	}

	// Bodies are taken as text whatever their type is: the vendor judges, not the server.
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));

	const { sends, others, forget } = vendor.routes(flags);
	const sendRoutes = new Map(
		sends.flatMap((route) =>
			route.urls.map((url) => [`${route.method ?? 'POST'} ${url}`, route] as const),
		),
	);

	app.addHook('onRequest', async (request, reply) => {
		const route = sendRoutes.get(`${request.method} ${request.routeOptions.url ?? ''}`);
		const entry: ReceivedRequest = {
			at: performance.now(),
			method: request.method,
			path: request.raw.url ?? '',
			params: strings(request.params),
			query: strings(request.query),
			headers: strings(request.headers),
			body: undefined,
			text: '',
			answer: { fault: 'unanswered' },
			kind: route ? 'send' : 'other',
			...(route && { messenger: route.messenger ?? firstMessenger }),
			accepted: false,
			repeated: false,
		};
		received.push(entry);
		tickets.set(request, { entry, ...(route && { route }) });
		const [order] = orders;
		// Nothing of the body has been seen yet, so whether the message is a good one is not asked.
		if (route && order && 'fault' in order && isDoneBeforeRead(order.fault)) {
			orders.shift();
			breakOff(order.fault, request, reply, { statusCode: 200 });
		}
	});

	app.addHook('onResponse', async (request) => {
		const { entry } = ticketOf(request);
		if (entry.kind === 'send') for (const listener of listeners) listener(entry);
	});

	app.addHook('preValidation', async (request, reply) => {
		const ticket = ticketOf(request);
		const { entry, route } = ticket;
		const kind = kindOf(entry.headers['content-type']);
		entry.text = typeof request.body === 'string' ? request.body : '';
		const { value, problem } = parseBody(entry.text, kind);
		request.body = value;
		entry.body = value;
		if (!route) return;
		const stop = route.stops(entry) ?? overLimit(route, entry);
		if (stop) return await answer(request, reply, stop);
		const order = orders.shift();
		if (order && 'refusal' in order) {
			return await answer(request, reply, refuse(order.refusal, entry));
		}
		if (order) ticket.order = order;
		const misread = !(route.takes ?? ['json']).includes(kind)
			? route.wrongContentType(entry)
			: problem === undefined
				? undefined
				: (route.unreadable ?? route.wrongContentType)(entry, problem);
		if (!misread) return;
		giveBack(order);
		await answer(request, reply, misread);
	});

	function overLimit(route: SendRoute, entry: ReceivedRequest): VendorAnswer | undefined {
		const { to, sender = '' } = messengerOf(route).read(entry);
		const counted = { credential: entry.messenger ?? '', sender, recipient: to };
		const over = limits.take(counted, entry.at);
		return over && refuse(overloadOf(over.per), entry);
	}

	/** A fault that found no valid message waits for the next one. */
	function giveBack(order: Order | undefined) {
		if (order && 'fault' in order) orders.unshift(order);
	}

	for (const route of sends) {
		for (const url of route.urls) {
			app.route({
				method: route.method ?? 'POST',
				url,
				schema: { body: route.schema },
				attachValidation: true,
				handler: async (request, reply) => {
					const { entry, order } = ticketOf(request);
					const violations = request.validationError
						? violationsOf(request.validationError)
						: tooLong(route, entry);
					const refusal =
						violations.length > 0 ? route.invalid(violations, entry) : route.unable?.(entry);
					if (refusal) {
						giveBack(order);
						return await answer(request, reply, refusal);
					}
					const fault = order && 'fault' in order ? order.fault : undefined;
					const acceptance = take(route, entry, fault === undefined || MESSAGE_TAKEN[fault]);
					if (fault === undefined) return await answer(request, reply, acceptance);
					breakOff(fault, request, reply, acceptance);
					return reply;
				},
			});
		}
	}

	/** What is longer than the vendor takes. */
	function tooLong(route: SendRoute, entry: ReceivedRequest): Violation[] {
		const { bounds = [] } = messengerOf(route);
		return bounds
			.filter((bound) => lengthOf(boundedIn(bound, entry), bound.unit) > bound.atMost)
			.map(({ parameter, at, atMost }) => ({
				keyword: 'maxLength',
				at: typeof at === 'function' ? [parameter] : [...at],
				params: { limit: atMost },
			}));
	}

	/** Takes the message, unless the vendor has it already or a fault keeps it from being taken. */
	function take(route: SendRoute, entry: ReceivedRequest, isTaken: boolean): VendorAnswer {
		const handle = route.handle?.(entry);
		const first = handle === undefined ? undefined : handled.get(handle);
		const acceptance = first ?? route.acceptance(entry);
		if (handle !== undefined) entry.handle = handle;
		entry.repeated = first !== undefined;
		entry.accepted = isTaken && !entry.repeated;
		if (!entry.accepted) return acceptance;
		if (handle !== undefined) handled.set(handle, acceptance);
		route.taken?.(entry);
		return acceptance;
	}

	for (const { method, url, stops, answer: compose } of others) {
		app.route({
			method,
			url,
			handler: (request, reply) => {
				const { entry } = ticketOf(request);
				const stop = stops?.(entry);
				const order = stop ? undefined : otherAnswers.shift();
				return answer(request, reply, stop ?? (order ? refuse(order, entry) : compose(entry)));
			},
		});
	}

	// Who follows a redirect gets what looks like an acceptance, and is seen in `received`.
	app.all(REDIRECT_TARGET, (request, reply) => {
		const [route] = sends;
		if (!route) throw new Error('A vendor has at least one address that takes messages');
		return answer(request, reply, route.acceptance(ticketOf(request).entry));
	});

	app.setNotFoundHandler((request, reply) =>
		answer(request, reply, vendor.nothingHere(ticketOf(request).entry)),
	);
	app.setErrorHandler((error: { code?: string; message?: string }, request, reply) => {
		const { entry } = ticketOf(request);
		if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
			return answer(request, reply, (vendor.tooLarge ?? EMPTY_413).answer(entry));
		}
		return answer(request, reply, { statusCode: 500, body: `Simulator error: ${error.message}` });
	});

	const address = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
	const url = tls ? address.replace(/^http:/, 'https:') : address;
	const messengers = Object.fromEntries(
		Object.entries(vendor.messengers).map(([name, { credentials }]) => [
			name,
			{ credentials: credentials(url) },
		]),
	);

	return {
		provider: vendor.provider,
		url,
		credentials: messengers[firstMessenger]?.credentials ?? {},
		secrets: vendor.secrets,
		senders: vendor.senders ?? [],
		messengers,
		received,
		flags,
		onSend: (listener) => void listeners.push(listener),
		sends: () => received.filter(({ accepted }) => accepted),
		read(request) {
			const messenger = vendor.messengers[request.messenger ?? ''];
			if (!messenger) throw new Error(`${request.method} ${request.path} is no send`);
			return messenger.read(request);
		},
		refuseNext(id, times = 1) {
			const refusal = refusalNamed(id);
			for (let i = 0; i < times; i++) orders.push({ refusal });
		},
		limitNext(times = 1, per = 'credential') {
			for (let i = 0; i < times; i++) orders.push({ refusal: overloadOf(per) });
		},
		answerNextOther(what, times = 1) {
			const refusal: Refusal =
				typeof what === 'string' ? refusalNamed(what) : { evidence: 'assumed', answer: () => what };
			for (let i = 0; i < times; i++) otherAnswers.push(refusal);
		},
		comeBackIn(seconds, name) {
			const way = name === undefined ? ways[0] : ways.find((known) => known.name === name);
			if (!way) throw new Error(`${vendor.provider} has no way '${String(name)}' to say when`);
			comeBack = seconds === undefined ? undefined : (what) => way.put(what, seconds);
		},
		faultNext(fault, times = 1) {
			for (let i = 0; i < times; i++) orders.push({ fault });
		},
		peakConnections: () => peak,
		openConnections: () => sockets.size,
		bytesSent: () =>
			[...sockets.values()].reduce((sum, { bytesWritten }) => sum + bytesWritten, sentOnClosed),
		reset() {
			received.length = 0;
			orders.length = 0;
			otherAnswers.length = 0;
			handled.clear();
			comeBack = undefined;
			limits.reset();
			Object.assign(flags, initialFlags);
			forget?.();
		},
		async stop() {
			for (const timer of timers) clearTimeout(timer);
			timers.clear();
			for (const socket of sockets.values()) socket.destroy();
			await app.close();
		},
	};
}
