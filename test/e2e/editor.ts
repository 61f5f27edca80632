// n8n's editor as a person uses it, in Debian's Chromium without a window.
import type { INodeProperties } from 'n8n-workflow';
import { chromium, type Locator, type Page, type Response } from 'playwright-core';

import { systemProgram } from './cache';
import { Closing } from './Closing';
import { type N8n } from './n8n';
import { OWNER, type Json } from './n8nApi';
import { endGroup, guardGroup, waitFor, withPatience } from './processes';

const CHROMIUM_FLAGS = [
	'--headless',
	'--no-sandbox',
	'--disable-gpu',
	'--disable-quic',
	'--no-first-run',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
	'--force-device-scale-factor=1',
];

const id = (name: string) => `[data-test-id="${name}"]`;

/** How long the browser and the editor may take to show something, on the busiest machine. */
const PATIENCE_MS = 120_000;

/** How far the tabs above the canvas reach into it, in pixels. */
const TABS = 22;

/** How long one of several tries may take. */
const A_TRY = { timeout: 10_000 };

const happens = (event: Promise<unknown>): Promise<boolean> =>
	event.then(
		() => true,
		() => false,
	);

export interface EditorOptions {
	dark?: boolean;
	width?: number;
	height?: number;
	/** Another patience with the editor. */
	patienceMs?: number;
	/** Where a picture of the page goes at the end, also when signing in fails. */
	picture?: string;
}

/** What the editor has to know of an n8n. */
type OpenN8n = Pick<N8n, 'url' | 'api'>;

/** A browser, in a process group of its own that is ended as a whole. */
async function startBrowser(closing: Closing) {
	const server = await chromium.launchServer({
		executablePath: await systemProgram('chromium'),
		args: CHROMIUM_FLAGS,
		timeout: PATIENCE_MS,
	});
	const { pid = -1 } = server.process();
	guardGroup(pid);
	closing.add(async () => {
		await withPatience(server.close());
		await endGroup(pid, 'Chromium');
	});
	return await chromium.connect(server.wsEndpoint(), { timeout: PATIENCE_MS });
}

/** An image of the page, as far as it is asked. */
interface Picture {
	getAttribute(name: string): string | null;
	naturalWidth: number;
}

export class Editor {
	private constructor(
		readonly page: Page,
		private readonly n8n: OpenN8n,
		private readonly closing: Closing,
	) {}

	/** Opens the browser and signs in through the form; when that fails, nothing stays open. */
	static async open(n8n: OpenN8n, options: EditorOptions = {}): Promise<Editor> {
		const { dark = false, width = 1400, height = 900, patienceMs = PATIENCE_MS, picture } = options;
		const closing = new Closing();
		try {
			const browser = await startBrowser(closing);
			const page = await browser.newPage({
				viewport: { width, height },
				colorScheme: dark ? 'dark' : 'light',
			});
			page.setDefaultTimeout(patienceMs);
			const keep = (path: string) =>
				page.screenshot({ path, timeout: 10_000 }).catch(() => undefined);
			if (picture) closing.add(() => keep(picture));
			const editor = new Editor(page, n8n, closing);
			await editor.blockOutside();
			await editor.signIn();
			return editor;
		} catch (error) {
			await closing.run().catch(() => undefined);
			throw error;
		}
	}

	private async signIn(): Promise<void> {
		await this.page.goto(`${this.n8n.url}/signin`);
		await this.page.locator('input[name="emailOrLdapLoginId"]').fill(OWNER.email);
		await this.page.locator('input[type="password"]').fill(OWNER.password);
		await this.page.locator(id('form-submit-button')).click();
		await this.page.waitForURL((url) => !url.pathname.includes('signin'));
	}

	/** Nothing but the n8n under test is asked for anything. */
	private async blockOutside(): Promise<void> {
		await this.page.route(
			(url) => url.protocol.startsWith('http') && url.origin !== this.n8n.url,
			(route) => route.abort(),
		);
	}

	/** Ends the browser and all its processes, whatever the page is doing. */
	async close(): Promise<void> {
		await this.closing.run();
	}

	/** Clicks until something shows: a click that meets a page being redrawn is lost. */
	private async clickUntil(shown: Locator, target: Locator, what: string): Promise<void> {
		await waitFor(what, async () => {
			// Looked at first: many a thing that a click opens the next one closes.
			if (await shown.isVisible()) return true;
			await target.click(A_TRY).catch(() => undefined);
			return await happens(shown.waitFor(A_TRY));
		});
	}

	/** Opens a list and clicks an item of it; opens it again when it has closed before the click. */
	private async clickInList(item: Locator, opener: Locator, what: string): Promise<void> {
		await waitFor(what, async () => {
			await this.clickUntil(item, opener, what);
			return await happens(item.click(A_TRY));
		});
	}

	/** An empty workflow. */
	async newWorkflow(): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/new`);
		await this.page.locator(id('canvas-plus-button')).waitFor();
	}

	async openWorkflow(workflowId: string): Promise<void> {
		await this.page.goto(`${this.n8n.url}/workflow/${workflowId}`);
		await this.page.locator(id('canvas-node')).first().waitFor();
	}

	/** Types into the node picker. @returns the names it offers */
	async searchNodes(words: string): Promise<string[]> {
		const names = this.page.locator(id('node-creator-item-name'));
		const bar = this.page.locator(id('node-creator-search-bar'));
		const plus = this.page.locator(id('canvas-plus-button'));
		await this.clickUntil(names.first(), plus, 'the node picker');
		const before = await names.allInnerTexts();
		await waitFor('the node picker to have searched', async () => {
			if ((await bar.inputValue()) !== words) await bar.fill(words);
			const now = await names.allInnerTexts();
			return now.length > 0 && now.join() !== before.join();
		});
		return (await names.allInnerTexts()).map((name) => name.trim());
	}

	/** Adds a node found by {@link searchNodes}; its panel opens. */
	async addNode(name: string, action: string): Promise<void> {
		const names = this.page.locator(id('node-creator-item-name'));
		const node = names.filter({ hasText: name }).first();
		const sends = names.filter({ hasText: new RegExp(`^\\s*${action}\\s*$`) }).first();
		await this.clickUntil(sends.or(this.panel).first(), node, `the actions of ${name}`);
		await this.clickUntil(this.panel, sends, `the panel of ${name}`);
	}

	/** Opens the panel of a node on the canvas. */
	async openNode(name: string): Promise<void> {
		await this.page.locator(`${id('canvas-node')}[data-node-name="${name}"]`).dblclick();
		await this.panel.waitFor();
	}

	async closeNode(): Promise<void> {
		await this.page.locator(id('ndv-close-button')).click();
		await this.panel.waitFor({ state: 'hidden' });
	}

	get panel(): Locator {
		return this.page.locator(id('ndv'));
	}

	/** The middle of the panel: the credential and the parameters. */
	get parameters(): Locator {
		return this.panel.locator(id('node-parameters')).first();
	}

	/** Closes the messages in the corner and waits until no button is busy: for pictures. */
	async settle(): Promise<void> {
		await this.closeToasts();
		await this.panel.getByText('Execute step').first().waitFor();
	}

	private async closeToasts(): Promise<void> {
		const toast = this.page.locator('.el-notification:visible').first();
		await waitFor('the messages to be gone', async () => {
			if (!(await toast.isVisible())) return true;
			await toast
				.locator('.el-notification__closeBtn')
				.click({ timeout: 2000 })
				.catch(() => undefined);
			return false;
		});
	}

	/** The labels of the parameters that the panel shows, from top to bottom; not the credential's. */
	async labels(): Promise<string[]> {
		const texts = await this.parameters.locator('label.n8n-input-label:visible').allInnerTexts();
		return texts
			.map((text) => text.split('\n')[0]!.trim())
			.filter((text) => !/^Credential\b/.test(text));
	}

	/** What stands above the credential selector, such as `Credential for PlugzAPI`. */
	async credentialLabel(): Promise<string> {
		return (await this.panel.locator(id('credentials-label')).innerText()).split('\n')[0]!.trim();
	}

	async selectedCredential(): Promise<string> {
		return await this.panel.locator(`${id('node-credentials-select')} input`).inputValue();
	}

	async chooseCredential(name: string): Promise<void> {
		const item = this.page
			.locator('[data-test-id^="node-credentials-select-item-"]:visible')
			.filter({ hasText: name })
			.first();
		const select = this.panel.locator(`${id('node-credentials-select')} .select-trigger`);
		await this.clickInList(item, select, `${name} in the list of credentials`);
		await waitFor(`the credential ${name}`, async () => (await this.selectedCredential()) === name);
	}

	/**
	 * Makes a credential in its window, as someone does who has none yet: types what is said by the fields' names,
	 * in the window's order, and saves. @returns what n8n's test of it says
	 */
	async connect(fields: readonly INodeProperties[], values: Json): Promise<string> {
		const dialog = this.page.locator(`.el-dialog:visible, [role="dialog"]:visible`).last();
		const save = dialog.locator(id('credential-save-button'));
		const connect = this.panel.locator(
			`${id('node-credentials-select')} .select-trigger, ${id('setup-credentials-button')}, ${id('node-credentials-empty-state')} button`,
		);
		const another = this.page.locator(`${id('node-credentials-select-item-new')}:visible`);
		await this.clickUntil(another.or(save).first(), connect.first(), 'the way to a new credential');
		if (await another.isVisible()) await this.clickUntil(save, another, 'the credential window');
		for (const { name, type, options = [] } of fields) {
			const value = values[name];
			const input = dialog
				.locator(id(`parameter-input-${name}`))
				.locator('input')
				.first();
			// What is empty may not be shown at all.
			if (typeof value !== 'string' || value === '') continue;
			if (type !== 'options') {
				await input.fill(value);
				continue;
			}
			const chosen = options.find((option) => 'value' in option && option.value === value);
			const item = this.page
				.locator(`${id('parameter-input-item')}:visible`)
				.filter({ has: this.page.getByText(chosen?.name ?? value, { exact: true }) })
				.first();
			await this.clickInList(item, input, `${value} of ${name}`);
		}
		let answer: Response | undefined;
		// n8n fetches a name for it, and saves none before that is there.
		await waitFor('the credential to be tested', async () => {
			const tested = this.page.waitForResponse(
				(response) => response.url().endsWith('/rest/credentials/test'),
				A_TRY,
			);
			await save.click(A_TRY).catch(() => undefined);
			answer = await tested.catch(() => undefined);
			return answer !== undefined;
		});
		if (answer === undefined) throw new Error('n8n did not test the credential');
		const { data } = (await answer.json()) as { data: { status: string; message: string } };
		// After a good one the window closes by itself.
		if (data.status !== 'OK') await this.page.keyboard.press('Escape');
		await save.waitFor({ state: 'hidden' });
		return `${data.status}: ${data.message}`;
	}

	/** What the red toast in the corner says. */
	async complaint(): Promise<string> {
		const toast = this.page.locator('.el-notification:visible, [role="alert"]:visible').first();
		await toast.waitFor();
		return await toast.innerText();
	}

	private parameter(name: string): Locator {
		return this.panel.locator(id(`parameter-input-${name}`)).first();
	}

	private listOf(name: string) {
		return {
			items: this.page.locator(`${id('parameter-input-item')}:visible`),
			opener: this.parameter(name).locator('input').first(),
		};
	}

	/** What a drop-down offers. */
	async options(name: string): Promise<string[]> {
		const { items, opener } = this.listOf(name);
		await this.clickUntil(items.first(), opener, `the options of ${name}`);
		const texts = await items
			.locator('.list-option .option-headline, .list-option')
			.allInnerTexts();
		await this.page.keyboard.press('Escape');
		return [...new Set(texts.map((text) => text.split('\n')[0]!.trim()))];
	}

	/** Chooses from a drop-down by what the option reads. */
	async choose(name: string, option: string): Promise<void> {
		const { items, opener } = this.listOf(name);
		const item = items.filter({ has: this.page.getByText(option, { exact: true }) }).first();
		await this.clickInList(item, opener, `${option} of ${name}`);
		await items.first().waitFor({ state: 'hidden' });
	}

	async read(name: string): Promise<string> {
		return await this.parameter(name).locator('input').first().inputValue();
	}

	/** Types into a text field. */
	async fill(name: string, text: string): Promise<void> {
		await this.parameter(name).locator('input, textarea').first().fill(text);
	}

	private locator(name: string): Locator {
		return this.panel.locator(id(`resource-locator-${name}`));
	}

	/** The ways in which a resource locator can be filled in; none to choose from where there is only one. */
	async modes(name: string): Promise<string[]> {
		const items = this.page.locator('[data-test-id^="mode-"]:visible');
		const selector = this.locator(name).locator(id('rlc-mode-selector'));
		await this.locator(name).locator(id('rlc-input-container')).waitFor();
		if ((await selector.count()) === 0) return [];
		await this.clickUntil(items.first(), selector, `the modes of ${name}`);
		const texts = await items.allInnerTexts();
		await this.page.keyboard.press('Escape');
		return texts.map((text) => text.trim());
	}

	/** Types a value into a resource locator, in one of its modes. */
	async fillLocator(name: string, mode: string, value: string): Promise<void> {
		await this.chooseMode(name, mode);
		await this.locator(name)
			.locator(`${id('rlc-input')} input, input${id('rlc-input')}`)
			.first()
			.fill(value);
	}

	private async chooseMode(name: string, mode: string): Promise<void> {
		const item = this.page.locator(`${id(`mode-${mode}`)}:visible`);
		const selector = this.locator(name).locator(id('rlc-mode-selector'));
		await this.locator(name).locator(id('rlc-input-container')).waitFor();
		// Where there is only one there is none to choose.
		if ((await selector.count()) === 0) return;
		await this.clickInList(item, selector, `the mode ${mode} of ${name}`);
	}

	/** Opens the list of a resource locator. @returns what it offers */
	async listed(name: string): Promise<string[]> {
		await this.chooseMode(name, 'list');
		const items = this.page.locator(`${id('rlc-item')}:visible`);
		const container = this.locator(name).locator(id('rlc-input-container'));
		await this.clickUntil(items.first(), container, `the list of ${name}`);
		return (await items.allInnerTexts()).map((text) => text.trim());
	}

	/** Picks from the list that {@link listed} opened. */
	async pick(text: string): Promise<void> {
		await this.page
			.locator(`${id('rlc-item')}:visible`)
			.filter({ hasText: text })
			.first()
			.click();
	}

	/** Presses *Execute step* and waits until the output panel shows how that run went. */
	async executeStep(): Promise<'success' | 'error'> {
		const [answer] = await Promise.all([
			this.page.waitForResponse((response) => /\/rest\/workflows\/[^/]+\/run/.test(response.url())),
			this.panel.locator(id('node-execute-button')).click(),
		]);
		const { data } = (await answer.json()) as { data: { executionId: string } };
		const { status } = await this.n8n.api.finishedExecution(data.executionId);
		const shown = status === 'success' ? 'node-run-status-success' : 'node-run-status-danger';
		await this.output.locator(id(shown)).waitFor();
		return status === 'success' ? 'success' : 'error';
	}

	/** Presses *Execute workflow* on the canvas and waits until it has ended. */
	async executeWorkflow(): Promise<void> {
		const [answer] = await Promise.all([
			this.page.waitForResponse((response) => /\/rest\/workflows\/[^/]+\/run/.test(response.url())),
			this.page.locator(id('execute-workflow-button')).first().click(),
		]);
		const { data } = (await answer.json()) as { data: { executionId: string } };
		await this.n8n.api.finishedExecution(data.executionId);
		await this.page.locator(id('canvas-node-status-success')).first().waitFor();
	}

	/** A picture of the whole workflow on its canvas, in a window of that size. */
	async canvasPicture(path: string, size: { width: number; height: number }): Promise<void> {
		await this.page.setViewportSize(size);
		await this.closeToasts();
		await this.page.locator(id('zoom-to-fit')).click();
		// What floats above the canvas hides the nodes below it.
		await this.page.addStyleTag({
			content: `${id('canvas-controls')}, ${id('execute-workflow-button')}, ${id('node-view-tabs')},
				[class*='nodeButtonsWrapper'], [class*='executionButtons'] { visibility: hidden !important }`,
		});
		await this.page.mouse.move(0, 0);
		const box = await this.page.locator(id('canvas-wrapper')).first().boundingBox();
		if (!box) throw new Error('The canvas is not shown');
		// The tabs of the window reach into the canvas.
		const clip = { ...box, y: box.y + TABS, height: box.height - TABS };
		await this.page.screenshot({ path, clip, animations: 'disabled' });
	}

	get output(): Locator {
		return this.panel.locator(id('output-panel'));
	}

	/** What the error view says: the message, then everything below it. */
	async errorText(): Promise<{ message: string; all: string }> {
		return {
			message: (await this.output.locator(id('node-error-message')).innerText()).trim(),
			all: await this.output.locator(id('ndv-data-container')).innerText(),
		};
	}

	/** The output as a table: the headings and the rows. */
	async outputTable(): Promise<{ headings: string[]; rows: string[][] }> {
		await this.output.locator(id('radio-button-table')).click();
		const table = this.output.locator('table').first();
		await table.waitFor();
		const headings = await table.locator('thead th').allInnerTexts();
		const rows = await table.locator('tbody tr').all();
		return {
			headings: headings.map((text) => text.trim()).filter((text) => text !== ''),
			rows: await Promise.all(
				rows.map(async (row) =>
					(await row.locator('td').allInnerTexts()).map((text) => text.trim()),
				),
			),
		};
	}

	/** The addresses of the icons that the panel and the canvas show, and whether each one loaded. */
	async icons(): Promise<Array<{ address: string; width: number }>> {
		// All at one moment: the picker that is closing takes some of them away.
		return await this.page
			.locator('img[src*="/icons/n8n-nodes-send-contact"]')
			.evaluateAll((images) =>
				(images as unknown as Picture[]).map((image) => ({
					address: image.getAttribute('src') ?? '',
					width: image.naturalWidth,
				})),
			);
	}

	/** A picture of the whole window, or of one part of it. */
	async screenshot(path: string, part?: Locator): Promise<void> {
		await this.page.mouse.move(0, 0);
		await this.page.evaluate('document.activeElement?.blur()');
		if (part) await part.screenshot({ path, animations: 'disabled' });
		else await this.page.screenshot({ path, animations: 'disabled' });
	}
}
