// `npm run docs:screenshots`: the pictures in docs/images, taken from a real n8n with the packed node in
// it: the panel of each provider, a run, an error, and the examples that docs/examples.md tells of.
// `npm run docs:screenshots -- examples run` takes only some: `panels`, `run` (with the error), `examples`.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { CannotHave, EXIT_CANNOT_HAVE } from '../test/e2e/cache';
import { Closing } from '../test/e2e/Closing';
import { Editor } from '../test/e2e/editor';
import { startN8n, type N8n } from '../test/e2e/n8n';
import {
	createCredentials,
	credentialName,
	exampleFiles,
	exampleWith,
	services,
	startVendors,
	type Credentials,
} from '../test/e2e/sandbox';
import { removeFolder, temporaryFolder } from '../test/e2e/processes';
import { panelPicture } from './docs/providerPage';
import { packPackage, ROOT } from './e2e-package';

const IMAGES = join(ROOT, 'docs', 'images');

const picture = (name: string) => join(IMAGES, `${name}.png`);

/** A new workflow with the node's panel open. */
async function openPanel(editor: Editor): Promise<void> {
	await editor.newWorkflow();
	await editor.searchNodes('whatsapp contact');
	await editor.addNode('Send Contact', 'Send contact');
}

/** The panel of each provider. */
async function takePanels(editor: Editor): Promise<void> {
	await openPanel(editor);
	for (const { provider, messenger, title } of services) {
		await editor.choose('provider', provider.displayName);
		if (provider.messengers.length > 1) await editor.choose('messenger', messenger.displayName);
		await editor.chooseCredential(credentialName({ title }));
		await editor.screenshot(join(IMAGES, panelPicture(provider, messenger)), editor.parameters);
	}
}

/** An error, and a run. */
async function takeRun(editor: Editor): Promise<void> {
	await openPanel(editor);
	const [{ provider, title }] = services as [(typeof services)[number]];
	await editor.choose('provider', provider.displayName);
	await editor.chooseCredential(credentialName({ title }));
	await editor.fillLocator('to', 'phone', '+55 11 99999-8888');
	await editor.fill('contactName', 'Maria Silva');
	await editor.fill('contactPhone', 'call me');
	await editor.executeStep();
	await editor.settle();
	await editor.screenshot(picture('error'), editor.panel);
	await editor.fill('contactPhone', '+55 11 98888-7777');
	await editor.executeStep();
	await editor.outputTable();
	await editor.settle();
	await editor.screenshot(picture('run'), editor.panel);
}

/** The examples that are shown in the docs, after a run where one is possible, as the docs name their pictures. */
async function takeExamples(editor: Editor, n8n: N8n, credentials: Credentials): Promise<void> {
	const docs = readFileSync(join(ROOT, 'docs', 'examples.md'), 'utf8');
	const shown = exampleFiles().filter((file) => docs.includes(pictureOf(file)));
	for (const file of shown) {
		const workflow = exampleWith(credentials, file);
		const { id } = await n8n.api.createWorkflow(workflow);
		await editor.openWorkflow(id);
		// No pinned data stands for a language model: such a one is shown as it was imported.
		const asksModel = workflow.nodes.some(({ type }) => /\.lm[A-Z]/.test(type));
		if (!asksModel) await editor.executeWorkflow();
		await editor.canvasPicture(join(IMAGES, pictureOf(file)), { width: 1100, height: 640 });
	}
}

const pictureOf = (file: string) => `example-${file.replace('.json', '.png')}`;

async function main(): Promise<number> {
	const closing = new Closing();
	try {
		const temporary = temporaryFolder('send-contact-pictures-');
		closing.add(() => removeFolder(temporary));
		const tarball = packPackage(temporary);
		const sandbox = await startVendors();
		closing.add(() => sandbox.stop());
		const n8n = await startN8n({ version: '2.41.1', tarball });
		closing.add(() => n8n.stop());
		const credentials = await createCredentials(n8n.api, sandbox);
		mkdirSync(IMAGES, { recursive: true });
		const editor = await Editor.open(n8n, { width: 1360, height: 1000 });
		closing.add(() => editor.close());
		const named = process.argv.slice(2);
		const isWanted = (part: string) => named.length === 0 || named.includes(part);
		if (isWanted('panels')) await takePanels(editor);
		if (isWanted('run')) await takeRun(editor);
		if (isWanted('examples')) await takeExamples(editor, n8n, credentials);
		console.log(`Pictures: ${IMAGES}`);
		return 0;
	} catch (error) {
		if (!(error instanceof CannotHave)) throw error;
		console.error(error.message);
		return EXIT_CANNOT_HAVE;
	} finally {
		await closing.run();
	}
}

void main().then((code) => {
	process.exitCode = code;
});
