// Where the end-to-end suites play: every simulated vendor, and an n8n with the packed node in it.
import type { Closing } from './Closing';
import type { N8nVersion } from './cache';
import { startN8n, type N8n } from './n8n';
import type { Evidence } from './results';
import { receivedBy, startVendors, tarball, type Sandbox } from './sandbox';

/**
 * Starts both, and leaves it to `closing` to end them and to keep what vendors received and what n8n logged.
 * @param suffix of the names of what is kept
 */
export async function openGround(
	closing: Closing,
	evidence: Evidence,
	version: N8nVersion = '2.41.1',
	suffix = '',
): Promise<{ sandbox: Sandbox; n8n: N8n }> {
	const sandbox = await startVendors();
	closing.add(() => sandbox.stop());
	closing.add(() => evidence.keep(`received${suffix}.json`, receivedBy(sandbox)));
	const n8n = await startN8n({ version, tarball: tarball() });
	closing.add(() => n8n.stop());
	closing.add(() => evidence.keep(`n8n${suffix}.log`, n8n.log()));
	return { sandbox, n8n };
}
