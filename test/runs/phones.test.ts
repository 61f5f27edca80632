// The page of `npm run n8n`: what the sandbox phones received comes in while it is open, and is text whatever
// is in it.
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { urlToHttpOptions } from 'node:url';

import { Phones, type Arrival } from '../../scripts/phones/Phones';
import { practiceCredentials, printedCredentials } from '../../scripts/phones/practice';
import { startVendors, type Sandbox } from '../e2e/sandbox';
import { requestOf, vendorOf } from '../vendors';

let sandbox: Sandbox;
let page: Awaited<ReturnType<Phones['start']>>;
beforeEach(async () => {
	sandbox = await startVendors();
	const phones = new Phones(practiceCredentials(sandbox));
	for (const vendor of sandbox.vendors) phones.watch(vendor);
	page = await phones.start();
});
afterEach(async () => {
	await page.stop();
	await sandbox.stop();
});

/** The page's event stream, as a browser reads it. */
async function stream(lastEventId?: string): Promise<{ next(): Promise<Arrival> }> {
	const response = await fetch(`${page.url}cards`, {
		headers: lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId },
	});
	const chunks = response.body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
	let text = '';
	return {
		async next() {
			for (;;) {
				const [event, ...rest] = text.split('\n\n');
				if (rest.length > 0) {
					text = rest.join('\n\n');
					const [, data] = /^data: (.*)$/m.exec(event ?? '') ?? [];
					if (data !== undefined) return JSON.parse(data) as Arrival;
				} else {
					const { value, done } = await chunks.next();
					if (done === true) throw new Error('The stream has ended');
					text += value;
				}
			}
		},
	};
}

/** Sends the first published sample of a vendor. */
async function sendSample(provider: string): Promise<void> {
	const [sample] = vendorOf(provider).samples;
	const { url, ...request } = requestOf(sample!, sandbox.vendor(provider));
	await (await fetch(url, request)).text();
}

/** Sends a card of OGMMA with a name of our choice. */
async function sendNamed(name: string, key?: string): Promise<void> {
	const { url, credentials, senders } = sandbox.vendor('ogmma');
	const response = await fetch(`${url}/v1/channels/${senders[0]}/messages/contact`, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/json',
			Authorization: `Bearer ${key ?? String(credentials.apiKey)}`,
		},
		body: JSON.stringify({ to: '5511999998888', name, phone: '5511988887777' }),
	});
	await response.text();
}

test('every vendor’s card is shown as it comes in: provider, recipient, card and time', async () => {
	const events = await stream();
	for (const { provider } of sandbox.vendors) {
		await sendSample(provider);
		const arrival = await events.next();

		expect(arrival.accepted).toBe(true);
		expect(arrival.provider).not.toBe('');
		expect(arrival.to).not.toBe('');
		expect(arrival.cards.length).toBeGreaterThan(0);
		for (const { name, phones } of arrival.cards) expect(name + phones.join()).not.toBe('');
		expect(new Date(arrival.time).toISOString()).toBe(arrival.time);
	}
});

test('a refused card is shown with the vendor’s own words', async () => {
	await sendNamed('Ana', 'wrong');
	const { accepted, answer } = await (await stream()).next();

	expect(accepted).toBe(false);
	expect(answer.status).toBe('401');
	expect(answer.words.length).toBeGreaterThan(3);
});

test('who opens the page later sees what came before, and who comes back only what is new', async () => {
	await sendNamed('Ana');
	await sendNamed('Rui');

	const all = await stream();
	expect([(await all.next()).cards[0]?.name, (await all.next()).cards[0]?.name]).toEqual([
		'Ana',
		'Rui',
	]);
	expect((await (await stream('1')).next()).cards[0]?.name).toBe('Rui');
});

test('what anybody writes stays text: in the stream, and in the page', async () => {
	const name = '</script><img src=x onerror="alert(1)">\n\ndata: {}\r\nid: 99 &lt;';
	await sendNamed(name);
	expect((await (await stream()).next()).cards[0]?.name).toBe(name);

	const response = await fetch(page.url);
	const policy = response.headers.get('content-security-policy');
	expect(policy).toMatch(/default-src 'none'; script-src 'self'; style-src 'self'/);
	expect(policy).not.toMatch(/unsafe/);
	expect(await response.text()).not.toMatch(/<script>|\son\w+=|style=/);
	const script = readFileSync(join(__dirname, '../../scripts/phones/page.js'), 'utf8');
	expect(script).not.toMatch(
		/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval|Function/,
	);
	const data = await fetch(`${page.url}credentials`);
	expect(data.headers.get('content-type')).toMatch(/^application\/json/);
});

test.each(['/', '/%', '/../package.json', 'package.json'])(
	'an address that is no page is none, and the page goes on: /%s',
	async (path) => {
		// By hand, since fetch tidies addresses up.
		const status = await new Promise((resolve, reject) => {
			get({ ...urlToHttpOptions(new URL(page.url)), path: `/${path}` }, (response) => {
				response.resume();
				resolve(response.statusCode);
			}).on('error', reject);
		});

		expect(status).toBe(404);
		expect((await fetch(page.url)).status).toBe(200);
	},
);

test('practice credentials: each opens its vendor, and the terminal shows every value', async () => {
	const listed = practiceCredentials(sandbox);
	const printed = printedCredentials(listed);

	expect(await (await fetch(`${page.url}credentials`)).json()).toEqual(listed);
	expect(listed.length).toBeGreaterThanOrEqual(sandbox.vendors.length);
	for (const secret of sandbox.secrets.map((text) => text.split('\n')[0]!)) {
		expect(printed).toContain(secret);
	}
	for (const line of printed.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});
