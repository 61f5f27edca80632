// A vendor in a process of its own, so that its work is not counted as a contestant's.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { vendorOf, type ReceivedRequest } from '../vendors';
import type { VendorAddress, VendorCount, VendorJob } from './jobs';

interface Vendor {
	address: VendorAddress;
	received: Array<Pick<ReceivedRequest, 'at' | 'accepted' | 'body'>>;
	peakConnections(): number;
	reset(): void;
}

async function start({ vendor, retryAfter, limit, latencyMs }: VendorJob): Promise<Vendor> {
	if (vendor === 'evolution') return await startEvolution();
	const running = await vendorOf(vendor).start({
		...(limit && { limits: [limit] }),
		...(latencyMs !== undefined && { latencyMs }),
	});
	running.comeBackIn(retryAfter);
	return {
		address: {
			url: running.url,
			credentials: running.credentials,
			sender: running.senders[0] ?? '',
		},
		received: running.received,
		peakConnections: () => running.peakConnections(),
		reset() {
			running.reset();
			running.comeBackIn(retryAfter);
		},
	};
}

/** As much of the Evolution API as its n8n node needs to send a contact; it takes anything. */
async function startEvolution(): Promise<Vendor> {
	const received: Vendor['received'] = [];
	const sockets = new Set<object>();
	let peak = 0;
	const server = createServer((request, response) => {
		const at = performance.now();
		let body = '';
		request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		request.on('end', () => {
			received.push({ at, accepted: true, body });
			response.writeHead(201, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ key: { id: 'BENCH' }, status: 'PENDING' }));
		});
	});
	server.on('connection', (socket) => {
		sockets.add(socket);
		peak = Math.max(peak, sockets.size);
		socket.on('close', () => sockets.delete(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const url = `http://127.0.0.1:${port}`;
	return {
		address: { url, credentials: { 'server-url': url, apikey: 'bench' }, sender: '' },
		received,
		peakConnections: () => peak,
		reset: () => {
			received.length = 0;
		},
	};
}

function count({ received, peakConnections }: Vendor): VendorCount {
	const accepted = received.filter((request) => request.accepted);
	return {
		requests: received.length,
		accepted: accepted.length,
		distinct: new Set(accepted.map(({ body }) => JSON.stringify(body))).size,
		arrivalsMs: (received.at(-1)?.at ?? 0) - (received[0]?.at ?? 0),
		peakConnections: peakConnections(),
	};
}

let vendor: Vendor | undefined;

process.on('message', (message: VendorJob | 'reset' | 'count') => {
	void (async () => {
		if (typeof message === 'object') {
			vendor = await start(message);
			process.send?.(vendor.address);
			return;
		}
		if (vendor === undefined) throw new Error('The vendor was not started');
		if (message === 'reset') vendor.reset();
		process.send?.(count(vendor));
	})();
});
process.on('disconnect', () => process.exit());
