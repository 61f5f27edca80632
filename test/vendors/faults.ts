// What can go wrong below the vendor's own answers: on the socket, in the HTTP framing, at a gateway.
// Every fault is done on the real connection, so that the real HTTP client meets it.
import { gzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';

import { BASE64, ESCAPES } from './escapes';
import type { RequestFacts, VendorAnswer } from './Vendor';

/** All faults, in the order in which tests walk them. */
export const FAULTS = [
	'resetBeforeRead',
	'resetBeforeAnswer',
	'resetMidAnswer',
	'timeoutBeforeRead',
	'timeoutAfterRead',
	'dripAnswer',
	'truncatedJson',
	'truncatedLength',
	'html502',
	'html200',
	'empty200',
	'noContent204',
	'redirect302',
	'redirect308',
	'gzip',
	'huge',
	'hugeAcceptance',
	'gzipBomb',
	'endlessAnswer',
	'stalledHuge',
	'deepAcceptance',
	'longNumbers',
	'badHeader',
	'status500Json',
	'escapedEcho',
] as const;

/** One of {@link FAULTS}. */
export type Fault = (typeof FAULTS)[number];

/**
 * Whether the vendor took the message although it answered so. Where a real vendor may or may not have
 * taken it (a 502, an empty 200), it did: a caller that repeats then shows up as a message sent twice.
 */
export const MESSAGE_TAKEN: Readonly<Record<Fault, boolean>> = {
	resetBeforeRead: false,
	resetBeforeAnswer: true,
	resetMidAnswer: true,
	timeoutBeforeRead: false,
	timeoutAfterRead: true,
	dripAnswer: true,
	truncatedJson: true,
	truncatedLength: true,
	html502: true,
	html200: true,
	empty200: true,
	noContent204: true,
	redirect302: false,
	redirect308: false,
	gzip: true,
	huge: true,
	hugeAcceptance: true,
	gzipBomb: true,
	endlessAnswer: true,
	stalledHuge: true,
	deepAcceptance: true,
	longNumbers: true,
	badHeader: true,
	status500Json: true,
	escapedEcho: true,
};

/** Where the two redirects lead: the vendor takes anything there, records it, and answers an acceptance. */
export const REDIRECT_TARGET = '/redirected-elsewhere';

const HUGE_BYTES = 5 * 1024 * 1024;
const BOMB_BYTES = 16 * 1024 * 1024;
const ENDLESS_EVERY_MS = 5;
const ENDLESS_CHUNK = ' '.repeat(256 * 1024);
const DEEP_LEVELS = 100_000;

/** What `longNumbers` puts into an acceptance that is a JSON object. */
export const LONG_NUMBER = '12345678901234567890';
const DRIP_EVERY_MS = 100;
const DRIPPED_BYTES = 6000;

/** The connection a fault is done on. */
export interface FaultyConnection {
	raw: ServerResponse;
	/** Ends the connection with RST. */
	reset(): void;
	/** Like setTimeout and setInterval; none of them outlives the connection or the vendor. */
	after(ms: number, action: () => void): void;
	every(ms: number, action: () => void): void;
}

const GATEWAY_PAGE = `<html>\r
<head><title>502 Bad Gateway</title></head>\r
<body>\r
<center><h1>502 Bad Gateway</h1></center>\r
<hr><center>nginx/1.25.3</center>\r
</body>\r
</html>\r
`;
const LANDING_PAGE =
	'<!DOCTYPE html><html><head><title>Welcome</title><script>var a = 1;</script></head>' +
	'<body><h1>It works!</h1></body></html>';

/** Done as soon as the request's headers are in, its body unread. */
export function isDoneBeforeRead(fault: Fault): boolean {
	return fault === 'resetBeforeRead' || fault === 'timeoutBeforeRead';
}

/** Does the fault; `acceptance` is what the vendor would have answered, `echoed` what was asked of it. */
export function commit(
	fault: Fault,
	connection: FaultyConnection,
	acceptance: VendorAnswer & { text: string },
	echoed: RequestFacts,
): void {
	const { raw } = connection;
	const { statusCode: status, text } = acceptance;
	const whole = (code: number, type: string, body: string | Buffer, more: object = {}) => {
		raw.writeHead(code, {
			'content-type': type,
			'content-length': Buffer.byteLength(body),
			...more,
		});
		raw.end(body);
	};
	const JSON_TYPE = acceptance.contentType ?? 'application/json; charset=utf-8';
	const length = Buffer.byteLength(text);
	switch (fault) {
		case 'resetBeforeRead':
		case 'resetBeforeAnswer':
			connection.reset();
			break;
		case 'resetMidAnswer':
			raw.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': length });
			// The bytes arrive first; the RST would overtake them otherwise.
			raw.write(text.slice(0, text.length / 2), () =>
				connection.after(30, () => connection.reset()),
			);
			break;
		case 'timeoutBeforeRead':
		case 'timeoutAfterRead':
			break;
		case 'dripAnswer': {
			const dripped = Buffer.from(text.padEnd(DRIPPED_BYTES));
			let sent = 0;
			raw.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': dripped.length });
			raw.flushHeaders();
			connection.every(DRIP_EVERY_MS, () => {
				if (sent < dripped.length) raw.write(dripped.subarray(sent, ++sent));
				if (sent === dripped.length) raw.end();
			});
			break;
		}
		case 'truncatedJson':
			whole(status, JSON_TYPE, text.slice(0, text.length / 2));
			break;
		case 'truncatedLength':
			raw.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': length + 100 });
			raw.write(text, () => raw.socket?.end());
			break;
		case 'html502':
			whole(502, 'text/html', GATEWAY_PAGE);
			break;
		case 'html200':
			whole(200, 'text/html; charset=utf-8', LANDING_PAGE);
			break;
		case 'empty200':
			whole(200, JSON_TYPE, '');
			break;
		case 'noContent204':
			raw.writeHead(204);
			raw.end();
			break;
		case 'redirect302':
			whole(302, 'text/html', '<a href="/">Found</a>', { location: REDIRECT_TARGET });
			break;
		case 'redirect308':
			whole(308, 'text/html', '<a href="/">Moved</a>', { location: REDIRECT_TARGET });
			break;
		case 'gzip':
			whole(status, JSON_TYPE, gzipSync(text), { 'content-encoding': 'gzip' });
			break;
		case 'huge':
			whole(200, 'text/plain', 'x'.repeat(HUGE_BYTES));
			break;
		case 'hugeAcceptance':
			whole(status, JSON_TYPE, text.padEnd(HUGE_BYTES));
			break;
		case 'gzipBomb':
			whole(status, JSON_TYPE, gzipSync(text.padEnd(BOMB_BYTES)), { 'content-encoding': 'gzip' });
			break;
		case 'endlessAnswer':
			raw.writeHead(status, { 'content-type': JSON_TYPE });
			raw.write(text || ' ');
			connection.every(ENDLESS_EVERY_MS, () => {
				if (!raw.writableNeedDrain) raw.write(ENDLESS_CHUNK);
			});
			break;
		case 'stalledHuge':
			raw.writeHead(status, { 'content-type': JSON_TYPE });
			raw.write(text.padEnd(HUGE_BYTES));
			break;
		case 'deepAcceptance': {
			const deep = `${'['.repeat(DEEP_LEVELS)}${']'.repeat(DEEP_LEVELS)}`;
			whole(status, JSON_TYPE, text.replace(/\}$/, `,"deep":${deep}}`));
			break;
		}
		case 'longNumbers':
			whole(status, JSON_TYPE, text.replace(/\}$/, `,"long":[${LONG_NUMBER}]}`));
			break;
		case 'badHeader':
			raw.socket?.end('HTTP/1.1 200 OK\r\nthis line is no header\r\n: : :\r\n\r\n{}');
			break;
		case 'status500Json': {
			// WAHA answers so: the request, secrets included, comes back in the error.
			const { method, path, headers, body, text: sent } = echoed;
			const error = {
				statusCode: 500,
				exception: { message: 'Internal error', name: 'Error', stack: 'Error: Internal error' },
				request: { method, path, url: path, headers, body, text: sent },
				version: { engine: 'SANDBOX' },
			};
			whole(500, JSON_TYPE, JSON.stringify(error));
			break;
		}
		case 'escapedEcho':
			whole(500, 'text/plain', escapedEcho(echoed));
			break;
	}
}

/** All that came with a request, in every way that a program may write it to a page or a log. */
function escapedEcho({ path, headers, text }: RequestFacts): string {
	const parts = path.split(/[/?&=]/).map(decodeURIComponent);
	const all = [...parts, ...Object.values(headers), text];
	const ways = { ...ESCAPES, ...BASE64 };
	const lines = Object.entries(ways).map(
		([name, write]) => `${name}: ${all.map((part) => write(part)).join(' ')}`,
	);
	return lines.join('\n');
}
