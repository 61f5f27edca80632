// `npm run test:e2e`: builds and packs, makes sure that every n8n and program is there, and runs the
// end-to-end suites. Arguments choose suites (`npm run test:e2e -- api queue`). The last line is
// `N passed, N failed`; after a failure the line before it says where logs and pictures are.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
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
import { removeFolder, temporaryFolder } from '../test/e2e/processes';
import { packPackage, ROOT } from './e2e-package';

const RESULTS = join(ROOT, 'test-results', 'e2e');

async function installEverything(): Promise<void> {
	for (const version of Object.keys(N8N_VERSIONS) as N8nVersion[]) await n8nInstallation(version);
	for (const program of ['chromium', 'postgresql', 'redis'] as const) await systemProgram(program);
}

async function main(): Promise<number> {
	const temporary = temporaryFolder('send-contact-e2e-');
	try {
		console.log('▸ Build and pack');
		const tarball = packPackage(temporary);
		console.log(`▸ n8n, Node.js, Chromium, PostgreSQL, Redis (cache: ${cacheFolder()})`);
		await installEverything();

		console.log('▸ End-to-end suites');
		rmSync(RESULTS, { recursive: true, force: true });
		mkdirSync(RESULTS, { recursive: true });
		const report = join(RESULTS, 'jest.json');
		const { status } = spawnSync(
			process.execPath,
			[
				join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
				...['--config', join(ROOT, 'test', 'e2e', 'jest.config.js')],
				...['--json', '--outputFile', report, ...process.argv.slice(2)],
			],
			{
				cwd: ROOT,
				// Jest's JSON goes to the file; what it prints is for people and goes to standard error.
				stdio: ['inherit', 'ignore', 'inherit'],
				env: { ...process.env, SEND_CONTACT_TARBALL: tarball, SEND_CONTACT_RESULTS: RESULTS },
			},
		);
		const counts = JSON.parse(readFileSync(report, 'utf8')) as {
			numPassedTests: number;
			numFailedTests: number;
			numRuntimeErrorTestSuites: number;
		};
		const failed = counts.numFailedTests + counts.numRuntimeErrorTestSuites;
		if (status !== 0) {
			console.log(`\nLogs, executions, recordings and screenshots: ${relative(ROOT, RESULTS)}/`);
		}
		console.log(`\n${counts.numPassedTests} passed, ${failed} failed`);
		return status ?? 1;
	} catch (error) {
		if (!(error instanceof CannotHave)) throw error;
		console.error(`\nThe end-to-end suites cannot run here.\n${error.message}`);
		return EXIT_CANNOT_HAVE;
	} finally {
		removeFolder(temporary);
	}
}

void main().then((code) => {
	process.exitCode = code;
});
