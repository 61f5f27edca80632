// Whatever cannot be started, and wherever a start breaks off, nothing of it is left running.
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';

import { Editor } from './editor';
import { startN8n } from './n8n';
import { N8nApi } from './n8nApi';
import { runningGroups } from './processes';
import { startQueue } from './queue';
import { tarball } from './sandbox';

let before: number[];
beforeEach(() => {
	before = runningGroups();
});
afterEach(() => expect(runningGroups()).toEqual(before));

describe('the editor', () => {
	let server: Server | undefined;
	afterEach(() => {
		server?.closeAllConnections();
		server?.close();
	});

	/** Something that stands where the editor should be. */
	async function openAt(page: string | undefined): Promise<Editor> {
		server = createServer((_request, response) => {
			if (page !== undefined) response.setHeader('content-type', 'text/html').end(page);
		});
		await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
		const { port } = server.address() as AddressInfo;
		const url = `http://127.0.0.1:${port}`;
		return await Editor.open({ url, api: new N8nApi(url) }, { patienceMs: 1000 });
	}

	test('a sign-in page that never comes: the browser is closed', async () => {
		await expect(openAt(undefined)).rejects.toThrow(/goto/);
	});

	test('a sign-in page without its form: the browser is closed', async () => {
		await expect(openAt('<p>n8n is starting up. Please wait</p>')).rejects.toThrow(/fill/);
	});
});

test('an n8n that does not start: it is told why, and nothing is left', async () => {
	const starting = startN8n({
		version: '2.41.1',
		tarball: tarball(),
		env: { NODE_OPTIONS: '--no-such-option' },
	});

	await expect(starting).rejects.toThrow(/ended with code 9:\n.*no-such-option/);
});

test('a queue that breaks off half-way: PostgreSQL and Redis are ended', async () => {
	const starting = startQueue({
		version: '2.41.1',
		tarball: '/no/such/tarball.tgz',
		workers: 1,
		concurrency: 1,
	});

	await expect(starting).rejects.toThrow(/no\/such\/tarball/);
});
