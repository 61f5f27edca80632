// Real time, as far as it can be judged without a stopwatch.
import { Agent, createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import axios from 'axios';

import { clock } from '../../nodes/SendContact/execute/clock';

it('after a round a request that was begun is written', async () => {
	const sockets: Socket[] = [];
	const agent = new Agent({ keepAlive: true });
	const open = agent.createConnection.bind(agent);
	agent.createConnection = (...args) => {
		const socket = open(...args);
		sockets.push(socket as Socket);
		return socket;
	};
	const server = createServer((request, response) => {
		request.resume().on('end', () => response.end());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	const post = async () =>
		await axios.post(`http://127.0.0.1:${port}`, { text: 'card' }, { httpAgent: agent });
	await post();
	const [socket] = sockets;
	const written = socket?.bytesWritten ?? 0;

	const answer = post();
	expect(socket?.bytesWritten).toBe(written);
	await clock.round();
	expect(socket?.bytesWritten).toBeGreaterThan(written);
	expect(socket?.writableLength).toBe(0);

	await answer;
	expect(sockets).toHaveLength(1);
	agent.destroy();
	server.close();
});

it('an exact sleep does not end early', async () => {
	const begunAt = clock.now();
	await clock.sleepExactly(2);

	expect(clock.now() - begunAt).toBeGreaterThanOrEqual(2);
});
