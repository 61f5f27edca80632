// `npm run n8n`: a real n8n with the node in it, the sandbox vendors behind it, a credential for each of
// them and the example workflows, to click through, and a page that shows what the vendors' phones receive.
// Ctrl-C ends all of it and leaves nothing behind.
import { join } from 'node:path';

import { CannotHave, EXIT_CANNOT_HAVE } from '../test/e2e/cache';
import { Closing } from '../test/e2e/Closing';
import { startN8n, type N8n } from '../test/e2e/n8n';
import { OWNER } from '../test/e2e/n8nApi';
import {
	createCredentials,
	exampleFiles,
	exampleWith,
	startVendors,
	type Sandbox,
} from '../test/e2e/sandbox';
import { removeFolder, temporaryFolder } from '../test/e2e/processes';
import { packPackage } from './e2e-package';
import { Phones } from './phones/Phones';
import { practiceCredentials, printedCredentials } from './phones/practice';

/** Imports the workflows of `examples/`, with the sandbox's credentials in place. */
async function importExamples(n8n: N8n, sandbox: Sandbox): Promise<void> {
	const credentials = await createCredentials(n8n.api, sandbox);
	for (const file of exampleFiles()) await n8n.api.createWorkflow(exampleWith(credentials, file));
}

async function main(): Promise<void> {
	const closing = new Closing();
	const ending = new AbortController();
	const end = async (code: number) => {
		if (ending.signal.aborted) return;
		ending.abort();
		await closing.run().catch((error: unknown) => console.error(error));
		process.exit(code);
	};
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
		process.on(signal, () => void end(0));

	try {
		console.log('Building, packing and starting n8n …');
		const temporary = temporaryFolder('send-contact-try-');
		closing.add(() => removeFolder(temporary));
		const tarball = packPackage(temporary);
		const sandbox = await startVendors();
		closing.add(() => sandbox.stop());
		const practice = practiceCredentials(sandbox);
		const phones = new Phones(practice);
		for (const vendor of sandbox.vendors) phones.watch(vendor);
		const page = await phones.start();
		closing.add(() => page.stop());
		const n8n = await startN8n({
			version: '2.41.1',
			tarball,
			userFolder: join(temporary, 'user'),
		});
		closing.add(() => n8n.stop());
		await importExamples(n8n, sandbox);
		console.log(
			[
				'\nPractice credentials: in n8n already, and here to be typed in by yourself.\n',
				printedCredentials(practice),
				`\nn8n       ${n8n.url}/home/workflows`,
				`          sign in as ${OWNER.email} with ${OWNER.password}`,
				`Phones    ${page.url}   shows each card as it comes in`,
				'Ctrl-C    ends both and leaves nothing behind',
			].join('\n'),
		);
		const how = await n8n.process.end();
		if (!ending.signal.aborted)
			throw new Error(`n8n ended with ${how}:\n${n8n.log().slice(-3000)}`);
	} catch (error) {
		if (ending.signal.aborted) return;
		console.error(error instanceof CannotHave ? error.message : error);
		await end(error instanceof CannotHave ? EXIT_CANNOT_HAVE : 1);
	}
}

void main();
