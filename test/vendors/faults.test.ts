// Each fault does on the wire what its name says, seen by a client that reads the bare socket; and the
// vendor has taken the message exactly where MESSAGE_TAKEN says so. The base does them alike for every
// vendor, so one is enough here; once more over HTTPS.
import { Agent } from 'node:https';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setImmediate } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';

import axios from 'axios';

import {
	type Fault,
	FAULTS,
	fieldsOf,
	MESSAGE_TAKEN,
	REDIRECT_TARGET,
	requestOf,
	type RunningVendor,
	startTlsVendor,
} from './index';
import { ESCAPES } from './escapes';
import { plugzApi } from './plugzApi';

/** What came over the socket, and how it ended. */
interface Seen {
	bytes: Buffer;
	head: string;
	body: Buffer;
	end: 'reset' | 'closed' | 'hung up';
}

/**
 * Sends one request by hand and reads until the vendor ends the connection, or hangs up itself: once the
 * vendor has held another conversation and said nothing here, dripped a byte, or sent megabytes.
 */
function ask(vendor: RunningVendor, payload: string): Promise<Seen> {
	const { hostname, port, protocol } = new URL(vendor.url);
	const to = { host: hostname, port: Number(port) };
	return new Promise((resolve, reject) => {
		const socket: Socket =
			protocol === 'https:' ? connectTls({ ...to, rejectUnauthorized: false }) : connect(to);
		const chunks: Buffer[] = [];
		let size = 0;
		let hasEnded = false;
		const finish = (end: Seen['end']) => {
			hasEnded = true;
			socket.destroy();
			const bytes = Buffer.concat(chunks);
			const split = bytes.indexOf('\r\n\r\n');
			resolve({
				bytes,
				head: bytes.subarray(0, split === -1 ? bytes.length : split).toString(),
				body: split === -1 ? Buffer.alloc(0) : bytes.subarray(split + 4),
				end,
			});
		};
		const faultIs = (...faults: Fault[]) =>
			vendor.received.some(
				({ answer }) => 'fault' in answer && faults.some((fault) => fault === answer.fault),
			);
		const hangUp = () => {
			finish('hung up');
		};
		const hangUpOnSilence = async () => {
			while (!hasEnded && !faultIs('timeoutBeforeRead', 'timeoutAfterRead')) await setImmediate();
			if (hasEnded) return;
			await axios.get(`${vendor.url}/elsewhere`, {
				proxy: false,
				validateStatus: () => true,
				httpsAgent: new Agent({ rejectUnauthorized: false }),
			});
			hangUp();
		};
		socket.on('data', (chunk: Buffer) => {
			chunks.push(chunk);
			size += chunk.length;
			if (faultIs('dripAnswer') && chunks.length > 1) hangUp();
			if (faultIs('endlessAnswer', 'stalledHuge') && size > 5 * 1024 * 1024) hangUp();
		});
		socket.on('error', (error: NodeJS.ErrnoException) =>
			error.code === 'ECONNRESET' || error.code === 'EPIPE' ? finish('reset') : reject(error),
		);
		socket.on('close', () => finish('closed'));
		socket.write(payload, () => void hangUpOnSilence().catch(reject));
	});
}

/** A published sample as bytes on the wire; `sent` of its body's bytes. */
function wire(vendor: RunningVendor, sent = Infinity): string {
	const [sample] = plugzApi.samples;
	if (!sample) throw new Error('no sample');
	const { method, url, headers, body } = requestOf(sample, vendor);
	const { host, pathname } = new URL(url);
	const lines = Object.entries({
		host,
		connection: 'close',
		...headers,
		'content-length': String(Buffer.byteLength(body)),
	}).map(([name, value]) => `${name}: ${value}`);
	return `${method} ${pathname} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body.slice(0, sent)}`;
}

const keysOf = (body: Buffer) => Object.keys(fieldsOf(parse(body)));

function parse(body: Buffer): unknown {
	return JSON.parse(body.toString());
}

/** What each fault looks like from outside. */
const LOOK: Record<Fault, (seen: Seen, vendor: RunningVendor) => void> = {
	resetBeforeRead: ({ bytes, end }) => expect([bytes.length, end]).toEqual([0, 'reset']),
	resetBeforeAnswer: ({ bytes, end }) => expect([bytes.length, end]).toEqual([0, 'reset']),
	resetMidAnswer({ head, body, end }) {
		// Who reads the bytes and the reset in one go, as on a busy machine, is told of an end (libuv).
		expect(end).toMatch(/^(reset|closed)$/);
		expect(head).toMatch(/^HTTP\/1\.1 20\d/);
		expect(body.length).toBeGreaterThan(0);
		expect(body.length).toBeLessThan(Number(/content-length: (\d+)/.exec(head)?.[1]));
	},
	timeoutBeforeRead: ({ bytes, end }) => expect([bytes.length, end]).toEqual([0, 'hung up']),
	timeoutAfterRead: ({ bytes, end }) => expect([bytes.length, end]).toEqual([0, 'hung up']),
	dripAnswer({ head, body, end }) {
		expect(end).toBe('hung up');
		expect(head).toMatch(/^HTTP\/1\.1 20\d/);
		expect(body.length).toBeLessThan(20);
	},
	truncatedJson({ head, body }) {
		expect(Number(/content-length: (\d+)/.exec(head)?.[1])).toBe(body.length);
		expect(head).toMatch(/^HTTP\/1\.1 20\d/);
		expect(() => parse(body)).toThrow();
	},
	truncatedLength({ head, body, end }) {
		expect(end).toBe('closed');
		expect(Number(/content-length: (\d+)/.exec(head)?.[1])).toBe(body.length + 100);
	},
	html502({ head, body }) {
		expect(head).toMatch(/^HTTP\/1\.1 502 /);
		expect(body.toString()).toMatch(/<title>502 Bad Gateway/);
	},
	html200({ head, body }) {
		expect(head).toMatch(/^HTTP\/1\.1 200 /);
		expect(body.toString()).toMatch(/^<!DOCTYPE html>/);
	},
	empty200({ head, body }) {
		expect(head).toMatch(/^HTTP\/1\.1 200 /);
		expect(body).toHaveLength(0);
	},
	noContent204({ head, body }) {
		expect(head).toMatch(/^HTTP\/1\.1 204 /);
		expect(body).toHaveLength(0);
	},
	redirect302: ({ head }) =>
		expect(head).toMatch(new RegExp(`^HTTP/1.1 302 [^]*location: ${REDIRECT_TARGET}`)),
	redirect308: ({ head }) =>
		expect(head).toMatch(new RegExp(`^HTTP/1.1 308 [^]*location: ${REDIRECT_TARGET}`)),
	gzip({ head, body }) {
		expect(head).toMatch(/content-encoding: gzip/);
		expect(keysOf(gunzipSync(body))).toEqual(['zaapId', 'messageId', 'id']);
	},
	huge({ head, body }) {
		expect(head).toMatch(/^HTTP\/1\.1 200 /);
		expect(body).toHaveLength(5 * 1024 * 1024);
		expect(() => parse(body)).toThrow();
	},
	hugeAcceptance({ body }) {
		expect(body).toHaveLength(5 * 1024 * 1024);
		expect(keysOf(body)).toEqual(['zaapId', 'messageId', 'id']);
	},
	gzipBomb({ head, body }) {
		expect(head).toMatch(/content-encoding: gzip/);
		expect(body.length).toBeLessThan(1024 * 1024);
		expect(gunzipSync(body)).toHaveLength(16 * 1024 * 1024);
	},
	endlessAnswer({ head, body, end }) {
		expect(end).toBe('hung up');
		expect(head).toMatch(/^HTTP\/1\.1 20\d/);
		expect(body.subarray(0, 1000).toString()).toMatch(/"messageId"/);
	},
	stalledHuge({ head, body, end }) {
		expect(end).toBe('hung up');
		expect(head).toMatch(/^HTTP\/1\.1 20\d/);
		expect(body.subarray(0, 1000).toString()).toMatch(/"messageId"/);
	},
	deepAcceptance: ({ body }) =>
		expect(body.toString()).toMatch(/"messageId".*,"deep":\[{100000}\]{100000}\}$/),
	longNumbers: ({ body }) =>
		expect(body.toString()).toMatch(/"messageId".*,"long":\[12345678901234567890\]\}$/),
	badHeader: ({ head }) => expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\nthis line is no header/),
	status500Json({ head, body }, vendor) {
		expect(head).toMatch(/^HTTP\/1\.1 500 /);
		const echoed = parse(body);
		expect(echoed).toMatchObject({
			request: {
				path: vendor.received[0]?.path,
				headers: vendor.received[0]?.headers,
				body: vendor.received[0]?.body,
			},
		});
	},
	escapedEcho({ head, body }, vendor) {
		expect(head).toMatch(/^HTTP\/1\.1 500 /);
		for (const key of vendor.secrets) {
			for (const write of Object.values(ESCAPES)) expect(body.toString()).toContain(write(key));
		}
	},
};

describe.each([
	['over HTTP', async () => await plugzApi.start()],
	['over HTTPS', async () => await startTlsVendor(plugzApi)],
])('%s', (_name, start) => {
	let vendor: RunningVendor;

	beforeAll(async () => {
		vendor = await start();
	});
	afterEach(() => vendor.reset());
	afterAll(() => vendor.stop());

	it.each(FAULTS)('%s', async (fault) => {
		vendor.faultNext(fault);
		const seen = await ask(vendor, wire(vendor));

		LOOK[fault](seen, vendor);
		expect(vendor.received.filter(({ kind }) => kind === 'send')).toMatchObject([
			{ accepted: MESSAGE_TAKEN[fault], answer: { fault } },
		]);

		await ask(vendor, wire(vendor));
		expect(vendor.received.findLast(({ kind }) => kind === 'send')?.accepted).toBe(true);
	});
});

it('is served over HTTPS with a certificate that nobody trusts', async () => {
	const vendor = await startTlsVendor(plugzApi);
	try {
		expect(vendor.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
		await expect(axios.get(vendor.url, { proxy: false })).rejects.toMatchObject({
			code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
		});
	} finally {
		await vendor.stop();
	}
});

describe('on any vendor', () => {
	let vendor: RunningVendor;

	beforeAll(async () => {
		vendor = await plugzApi.start();
	});
	afterEach(() => vendor.reset());
	afterAll(() => vendor.stop());

	it('breaks off before the body has come', async () => {
		vendor.faultNext('resetBeforeRead');
		const seen = await ask(vendor, wire(vendor, 10));

		expect(seen.end).toBe('reset');
		expect(vendor.received[0]?.body).toBeUndefined();
	});

	it('sees who follows a redirect, and answers like an acceptance', async () => {
		vendor.faultNext('redirect308');
		const [sample] = plugzApi.samples;
		if (!sample) throw new Error('no sample');
		const { url, headers, body } = requestOf(sample, vendor);
		const answer = await axios.post(url, body, { headers, proxy: false, maxRedirects: 5 });

		expect(answer.data).toHaveProperty('messageId');
		expect(vendor.received.map(({ path, kind }) => [path, kind])).toEqual([
			[new URL(url).pathname, 'send'],
			[REDIRECT_TARGET, 'other'],
		]);
		expect(vendor.sends()).toEqual([]);
	});

	it('keeps refusals and faults in the order in which they were asked for', async () => {
		vendor.faultNext('html502');
		vendor.refuseNext('invalidPhone');
		vendor.faultNext('resetBeforeAnswer', 2);
		const seen = [];
		for (let i = 0; i < 5; i++) seen.push(await ask(vendor, wire(vendor)));

		expect(seen.map(({ head, end }) => head.slice(9, 12) || end)).toEqual([
			'502',
			'400',
			'reset',
			'reset',
			'200',
		]);
		expect(vendor.sends()).toHaveLength(4);
	});

	it('keeps a fault for the next valid message when one is refused anyway', async () => {
		vendor.faultNext('html502');
		const broken = wire(vendor).replace('contactName', 'contactNome');
		const seen = [await ask(vendor, broken), await ask(vendor, wire(vendor))];

		expect(seen.map(({ head }) => head.slice(9, 12))).toEqual(['400', '502']);
	});
});
