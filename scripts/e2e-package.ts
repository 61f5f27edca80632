// The package as users get it: built and packed into a folder of the caller's.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

export const ROOT = join(__dirname, '..');

/**
 * Builds and packs, unless SEND_CONTACT_TARBALL names a tarball to take.
 * @returns the tarball's path
 */
export function packPackage(folder: string): string {
	const given = process.env.SEND_CONTACT_TARBALL;
	if (given) return given;
	const script = (name: string, ...args: string[]) =>
		execFileSync(process.execPath, [join(ROOT, 'scripts', name), ...args], {
			cwd: ROOT,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'inherit'],
			timeout: 600_000,
			killSignal: 'SIGKILL',
		});
	script('build.mjs');
	const { tarball } = JSON.parse(script('pack.mjs', folder)) as { tarball: string };
	return tarball;
}
