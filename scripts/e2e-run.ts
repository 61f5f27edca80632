// `npm run test:e2e`: builds and packs, makes sure that every n8n and program is there, and runs the
// end-to-end suites. Arguments choose suites (`npm run test:e2e -- api queue`). The last line is always
// `N passed, N failed`; after a failure the lines before it say where logs and pictures are.
// The run ends by itself: after SEND_CONTACT_E2E_MINUTES (60 unless set) by force, with all it started.
import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import {
	cacheFolder,
	CannotHave,
	EXIT_CANNOT_HAVE,
	N8N_VERSIONS,
	n8nInstallation,
	systemProgram,
	type N8nVersion,
} from '../test/e2e/cache';
import { removeFolder, temporaryFolder, waitFor } from '../test/e2e/processes';
import { packPackage, ROOT } from './e2e-package';
import { runJest, watchEnd, type Counts, type MustEnd } from './jest-run';

const RESULTS = join(ROOT, 'test-results', 'e2e');
const MINUTES = Number(process.env.SEND_CONTACT_E2E_MINUTES ?? 60);

async function installEverything(): Promise<void> {
	for (const version of Object.keys(N8N_VERSIONS) as N8nVersion[]) await n8nInstallation(version);
	for (const program of ['chromium', 'postgresql', 'redis'] as const) await systemProgram(program);
}

/** @throws CannotHave when the run has to end before that is done */
async function installed(mustEnd: MustEnd): Promise<void> {
	const forced = waitFor('a reason to end', mustEnd, { seconds: Infinity }).then((reason) => {
		throw new CannotHave(`${reason} What has been installed is kept for the next one.`);
	});
	await Promise.race([installEverything(), forced]);
}

async function runSuites(temporary: string, mustEnd: MustEnd): Promise<Counts> {
	console.log('▸ Build and pack');
	const tarball = packPackage(temporary);
	console.log(`▸ n8n, Node.js, Chromium, PostgreSQL, Redis (cache: ${cacheFolder()})`);
	await installed(mustEnd);

	console.log('▸ End-to-end suites');
	rmSync(RESULTS, { recursive: true, force: true });
	mkdirSync(RESULTS, { recursive: true });
	// Whatever anything leaves in its temporary folder goes with ours. PostgreSQL runs as a user of its own.
	const scratch = join(temporary, 'tmp');
	mkdirSync(scratch);
	chmodSync(temporary, 0o755);
	chmodSync(scratch, 0o1777);
	return await runJest({
		args: ['--config', join(ROOT, 'test', 'e2e', 'jest.config.js'), ...process.argv.slice(2)],
		cwd: ROOT,
		env: {
			...process.env,
			TMPDIR: scratch,
			SEND_CONTACT_TARBALL: tarball,
			SEND_CONTACT_RESULTS: RESULTS,
		},
		mustEnd,
		print: (text) => process.stderr.write(text),
	});
}

async function main(): Promise<void> {
	const mustEnd = watchEnd(MINUTES);
	const temporary = temporaryFolder('send-contact-e2e-');
	let counts: Counts = { passed: 0, failed: 1 };
	try {
		counts = await runSuites(temporary, mustEnd);
		if (counts.failed > 0) {
			process.exitCode ??= 1;
			console.log(`\nLogs, executions, recordings and screenshots: ${relative(ROOT, RESULTS)}/`);
		}
	} catch (error) {
		const isMissing = error instanceof CannotHave;
		process.exitCode ??= isMissing ? EXIT_CANNOT_HAVE : 1;
		const why = isMissing ? error.message : error;
		console.error('\nThe end-to-end suites cannot run here.\n', why);
	}
	removeFolder(temporary);
	console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
	// An install that was given up may still be under way: it ends with this process.
	process.exit();
}

void main();
