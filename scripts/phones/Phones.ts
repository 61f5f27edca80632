// What the sandbox phones received, on a page of this machine that shows it as it comes in. Knows no vendor.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';

import { services } from '../../test/e2e/sandbox';
import { type ReceivedRequest, type RunningVendor, vendorOf } from '../../test/vendors';
import type { PracticeCredential } from './practice';

/** One message as the page shows it. */
export interface Arrival {
	/** 1 for the first one. */
	n: number;
	/** ISO 8601. */
	time: string;
	/** The provider, with the messenger where it has several. */
	provider: string;
	to: string;
	sender?: string;
	cards: Array<{ name: string; phones: string[] }>;
	accepted: boolean;
	/** The status, and in a refusal the vendor's own words. */
	answer: { status: string; words: string };
	/** The body as it came. */
	received: string;
}

/** A page that is open for days shows no more than these. */
const MOST_KEPT = 500;

const FILES: Readonly<Record<string, { file: string; type: string }>> = {
	'/': { file: 'page.html', type: 'text/html; charset=utf-8' },
	'/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
	'/page.js': { file: 'page.js', type: 'text/javascript; charset=utf-8' },
};

/** Only what this server serves is loaded, and no script but its own runs. */
const HEADERS = {
	'Content-Security-Policy':
		"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'",
	'X-Content-Type-Options': 'nosniff',
	'Cache-Control': 'no-store',
};

export class Phones {
	private readonly arrivals: Arrival[] = [];
	private readonly readers = new Set<ServerResponse>();
	private count = 0;

	constructor(private readonly credentials: readonly PracticeCredential[] = []) {}

	/** Shows everything that a vendor is asked to send from now on. */
	watch(vendor: RunningVendor): void {
		vendor.onSend((request) => this.add(vendor, request));
	}

	private add(vendor: RunningVendor, request: ReceivedRequest): void {
		this.count += 1;
		const arrival = arrivalOf(this.count, vendor, request);
		this.arrivals.push(arrival);
		if (this.arrivals.length > MOST_KEPT) this.arrivals.shift();
		for (const reader of this.readers) reader.write(eventOf(arrival));
	}

	/** Serves the page on this machine alone, on a free port. */
	async start(): Promise<{ url: string; stop(): Promise<void> }> {
		const server = createServer((request, response) => this.answer(request, response));
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		if (typeof address !== 'object' || address === null) throw new Error('The page has no port');
		return {
			url: `http://127.0.0.1:${address.port}/`,
			stop: async () => {
				await new Promise((resolve) => {
					server.close(resolve);
					server.closeAllConnections();
				});
			},
		};
	}

	private answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
		const [pathname = ''] = url.split('?');
		const page = FILES[pathname];
		if (pathname === '/cards') {
			response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' });
			// Who comes back after a broken connection gets what came in meanwhile.
			const last = Number(headers['last-event-id'] ?? 0);
			response.write(': open\n\n');
			for (const arrival of this.arrivals) if (arrival.n > last) response.write(eventOf(arrival));
			this.readers.add(response);
			response.on('close', () => this.readers.delete(response));
		} else if (pathname === '/credentials') {
			response
				.writeHead(200, { ...HEADERS, 'Content-Type': 'application/json; charset=utf-8' })
				.end(JSON.stringify(this.credentials));
		} else if (page) {
			response
				.writeHead(200, { ...HEADERS, 'Content-Type': page.type })
				.end(readFileSync(join(__dirname, page.file)));
		} else response.writeHead(404, HEADERS).end();
	}
}

/** A server-sent event. JSON has no line breaks, whatever is in it. */
function eventOf(arrival: Arrival): string {
	return `id: ${arrival.n}\ndata: ${JSON.stringify(arrival)}\n\n`;
}

function arrivalOf(n: number, vendor: RunningVendor, request: ReceivedRequest): Arrival {
	const { to, sender, cards } = vendor.read(request);
	const { answer } = request;
	const service = services.find(
		({ provider, messenger }) =>
			provider.name === vendor.provider && messenger.name === request.messenger,
	);
	const words = 'statusCode' in answer ? vendorOf(vendor.provider).words(answer.body) : undefined;
	return {
		n,
		time: new Date().toISOString(),
		provider: service?.title ?? vendor.provider,
		to,
		...(sender !== undefined && sender !== '' && { sender }),
		cards: cards.map(({ name, phone, chatId }) => ({
			name: name ?? '',
			phones: [phone, chatId].flatMap((one) => one || []),
		})),
		accepted: request.accepted,
		answer:
			'statusCode' in answer
				? {
						status: String(answer.statusCode),
						words: typeof words === 'string' ? words : answer.text,
					}
				: { status: answer.fault, words: '' },
		received: request.text,
	};
}
