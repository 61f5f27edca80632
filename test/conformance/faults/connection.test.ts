// A vendor that cannot be reached, over every provider: nothing was sent, and it is said why.
import { createServer } from 'node:net';

import { startTlsVendor, vendorOf } from '../../vendors';
import { expectNoSecret, expectReadable, rowsOf, Stage } from '../stage';
import { CONTINUE, overEveryService } from './ground';

/** A port of this machine on which nothing listens. */
async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('No port');
	return address.port;
}

overEveryService((ground) => {
	const { service, packaged, seen } = ground;

	describe('no connection', () => {
		it('refused: repeated, then reported as not sent; the next one is tried once', async () => {
			const run = await ground.stage.run(ground.stage.people(2), {
				options: { maxAttempts: 3, maxConcurrent: 1 },
				credential: ground.stage.credentialAt(`http://127.0.0.1:${await closedPort()}`),
				node: CONTINUE,
			});
			const rows = rowsOf(run);

			expect(rows.map(({ status, attempts }) => [status, attempts])).toEqual([
				['notSent', 3],
				['notSent', 1],
			]);
			rows.forEach(expectReadable);
			expect(rows[0]?.error).toMatch(/Nothing answers/);
			expect(seen()).toBe(0);
			expectNoSecret(run, ground.stage.vendor.secrets);
		});

		it('host name not found: not sent', async () => {
			const run = await ground.stage.run(ground.stage.people(1), {
				options: { maxAttempts: 1, timeout: 300_000 },
				credential: ground.stage.credentialAt('https://no-such-host.invalid'),
				node: CONTINUE,
			});
			const [row] = rowsOf(run);

			expect(row).toMatchObject({ status: 'notSent', attempts: 1 });
			expect(row?.error).toMatch(/host name .* was not found/);
			expectReadable(row);
			expectNoSecret(run, ground.stage.vendor.secrets);
		});

		it('certificate not trusted: not sent and not repeated; accepted with Ignore SSL Issues', async () => {
			const vendor = await startTlsVendor(vendorOf(service.provider.name));
			try {
				const secure = new Stage(service, vendor, packaged());
				const run = await secure.run(secure.people(1), { node: CONTINUE });
				const [row] = rowsOf(run);

				expect(row).toMatchObject({ status: 'notSent', attempts: 1 });
				expect(row?.error).toMatch(/certificate .* is not trusted/);
				expectReadable(row);
				expect(vendor.received).toHaveLength(0);
				expectNoSecret(run, vendor.secrets);

				const credential = { ...secure.credential, allowUnauthorizedCerts: true };
				expect(await secure.rows(secure.people(1), { credential })).toMatchObject([
					{ status: 'accepted', attempts: 1 },
				]);
				expect(vendor.sends()).toHaveLength(1);
			} finally {
				await vendor.stop();
			}
		});

		it('HTTPS to a server without it: not sent', async () => {
			const https = ground.stage.vendor.url.replace(/^http:/, 'https:');
			const [row] = await ground.stage.rows(ground.stage.people(1), {
				credential: ground.stage.credentialAt(https),
			});

			expect(row).toMatchObject({ status: 'notSent', attempts: 1 });
			expectReadable(row);
			expect(seen()).toBe(0);
		});
	});
});
