// The sandbox: every simulated vendor. One is found by its file: `x.ts` exports the simulator `x`.
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';

import type { Credentials, RunningVendor, Sample, VendorSimulator } from './Vendor';

export * from './cards';
export * from './Vendor';
export { startTlsVendor } from './tls';

function isSimulator(exported: unknown): exported is VendorSimulator {
	return (
		typeof exported === 'object' &&
		exported !== null &&
		'provider' in exported &&
		'refusals' in exported &&
		'start' in exported
	);
}

/** Every simulator in a folder, alphabetical. */
function simulatorsIn(folder: string): VendorSimulator[] {
	return readdirSync(folder)
		.filter((file) => /^[a-z]\w*\.ts$/.test(file) && file !== 'index.ts')
		.sort()
		.flatMap((file) => {
			// eslint-disable-next-line @typescript-eslint/no-require-imports -- a folder cannot be imported
			const exported: unknown = require(join(folder, file));
			if (typeof exported !== 'object' || exported === null) return [];
			const simulator: unknown = Object.entries(exported).find(
				([name]) => name === parse(file).name,
			)?.[1];
			return isSimulator(simulator) ? [simulator] : [];
		});
}

/** The simulated vendors of the providers that ship. */
export const vendors: readonly VendorSimulator[] = simulatorsIn(__dirname);

/** The made-up ones, each unlike the others: the suites run over them, too. */
export const oddVendors: readonly VendorSimulator[] = simulatorsIn(
	join(__dirname, '..', 'odd', 'vendors'),
);

/** The simulator of a provider. */
export function vendorOf(provider: string): VendorSimulator {
	const found = [...vendors, ...oddVendors].find((vendor) => vendor.provider === provider);
	if (!found) throw new Error(`No simulated vendor for the provider '${provider}'`);
	return found;
}

/** The credential of the running vendor that serves this messenger. */
export function credentialsFor(vendor: RunningVendor, messenger: string): Credentials {
	const found = vendor.messengers[messenger];
	if (!found) throw new Error(`${vendor.provider} serves no ${messenger}`);
	return found.credentials;
}

/** A published sample made out to a running vendor: ready for any HTTP client. */
export function requestOf(sample: Sample, vendor: RunningVendor) {
	const credentials = credentialsFor(vendor, sample.messenger);
	return {
		method: sample.method ?? 'POST',
		url: `${vendor.url}${sample.path(credentials)}`,
		headers: sample.headers(credentials),
		body: typeof sample.body === 'string' ? sample.body : sample.body(credentials),
	};
}
