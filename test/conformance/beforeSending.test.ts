// What a user does before anything is sent, over every provider: test the credential, and pick a sender and
// a recipient from the vendor's own lists. Nothing here knows how a vendor says that it refuses.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { types } from 'node:util';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { PASTED, pastedOddly } from '../credentials/odd';
import { type ListFacts, vendorOf } from '../vendors';
import { eachOf } from '../only';
import {
	formsOf,
	openStages,
	rowsOf,
	type Stage,
	type TestedService,
	chosenServices,
} from './stage';

let stages: Awaited<ReturnType<typeof openStages>>;
beforeAll(async () => {
	stages = await openStages();
});
afterAll(() => stages.stop());

/** An address where no vendor answers, and all that was heard there. */
interface Nowhere {
	url: string;
	heard: unknown[];
	close(): Promise<unknown>;
}

/** A server that does with every request what it is told to. */
async function serverThat(
	does: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Nowhere> {
	const heard: unknown[] = [];
	const server = createServer((request, response) => {
		heard.push([request.url, request.headers]);
		does(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (typeof address !== 'object' || address === null) throw new Error('It has no port');
	return {
		url: `http://127.0.0.1:${address.port}`,
		heard,
		close: () => new Promise((resolve) => server.close(resolve)),
	};
}

const nowhere = (url: string): Nowhere => ({ url, heard: [], close: () => Promise.resolve() });

/** Addresses that people put into a credential, and what they must read then. */
const NOBODY: Record<string, { open(vendor: string): Promise<Nowhere>; says: RegExp }> = {
	'a host that does not exist': {
		open: () => Promise.resolve(nowhere('https://nobody.invalid')),
		says: /^There is no host named/,
	},
	'a port where nothing listens': {
		async open() {
			const gone = await serverThat(() => undefined);
			await gone.close();
			return gone;
		},
		says: /^Nothing answers at/,
	},
	'https where only http is spoken': {
		open: (vendor) => Promise.resolve(nowhere(vendor.replace('http:', 'https:'))),
		says: /^There is no safe connection to .* http:\/\//,
	},
	'a server that hangs up': {
		open: () => serverThat(({ socket }) => socket.destroy()),
		says: /ended the connection without an answer/,
	},
	'http where only https is served': {
		open: () =>
			serverThat(({ headers }, response) => {
				response.writeHead(301, { location: `https://${headers.host}/login` }).end();
			}),
		says: /answers over https:\/\/ only/,
	},
};

/** Of each provider the first messenger: what follows is the provider's. */
const servicesOfIt = chosenServices.filter(
	({ provider, messenger }) => messenger === provider.messengers[0],
);

describe.each(servicesOfIt.map((service) => [service.provider.name, service] as const))(
	'the credential of %s',
	(_name, service: TestedService) => {
		const simulator = vendorOf(service.provider.name);
		const { rules = [] } = service.provider.credential.test ?? {};
		const reached = new Set<number>();
		let stage: Stage;
		beforeEach(() => {
			stage = stages.stageOf(service);
			stage.vendor.reset();
		});

		it.each(simulator.credentialCases.map((testCase) => [testCase.name, testCase] as const))(
			'test: %s',
			async (_case, { messenger, change = {}, flags = {}, answer, says }) => {
				Object.assign(stage.vendor.flags, flags);
				if (answer !== undefined) stage.vendor.answerNextOther(answer);
				const credentials = messenger && stage.vendor.messengers[messenger]?.credentials;
				const { status, message, rule } = await stage.tested({ ...credentials, ...change });
				if (rule !== undefined) reached.add(rule);

				if (says === 'passes') expect({ status, message }).toMatchObject({ status: 'OK' });
				else expect({ status, message }).toEqual({ status: 'Error', message: matching(says) });
				// After a 401 n8n asks once more.
				expect(stage.vendor.received.length).toBeGreaterThan(0);
				expect(stage.vendor.received.filter(({ kind }) => kind === 'send')).toEqual([]);
				for (const secret of stage.vendor.secrets.flatMap(formsOf)) {
					expect(message).not.toContain(secret);
				}
			},
		);

		it('test: the cases reach every rule, so that no rule is a guess', () => {
			const unreached = rules.filter((_rule, n) => !reached.has(n));

			expect(unreached.map(({ properties }) => properties.message)).toEqual([]);
		});

		/** A request as the credential signs it: n8n's own test and the node HTTP Request send it so. */
		const signed = async (data: ICredentialDataDecryptedObject) => {
			const { credential } = service.provider;
			if (typeof credential.authenticate !== 'function') throw new Error('It signs nothing');
			const request = { url: '/x', method: 'POST' as const, headers: {}, body: { a: 1 } };
			return await credential.authenticate.call(
				credential,
				{ ...stage.credential, ...data },
				request,
			);
		};

		it.each(Object.entries(PASTED))(
			'signs the same when it was pasted with %s',
			async (_, paste) => {
				const pasted = pastedOddly(service.provider.credential, stage.credential, paste);

				expect(await signed(pasted)).toEqual(await signed({}));
			},
		);

		// The made-up vendors' credentials are none of n8n's.
		if (!service.isOdd) {
			it.each(Object.entries(NOBODY))(
				'test: %s is explained, and no secret leaves',
				async (_case, { open, says }) => {
					const place = await open(stage.vendor.url);
					const tested = await stage.tested(stage.credentialAt(place.url));
					await place.close();

					expect(tested.status).toBe('Error');
					expect(tested.message).toMatch(says);
					expect(tested.message).toMatch(/^\S.*\.$/);
					expect(tested.message).toContain(new URL(place.url).host);
					const heard = JSON.stringify([place.heard, stage.vendor.received]);
					for (const secret of stage.vendor.secrets.flatMap(formsOf)) {
						expect(heard).not.toContain(secret);
					}
				},
			);

			it('test: a host that the credential’s own list of domains does not hold is explained', async () => {
				const place = await serverThat((_request, response) => response.end());
				const listed = { allowedHttpRequestDomains: 'domains', allowedDomains: 'example.com' };
				const tested = await stage.tested({ ...listed, ...stage.credentialAt(place.url) });
				await place.close();

				expect(tested.status).toBe('Error');
				expect(tested.message).toMatch(/^This credential does not allow requests to 127\.0\.0\.1:/);
				expect(place.heard).toEqual([]);
			});

			it('test: a host whose start page never ends is not read', async () => {
				const ended: string[] = [];
				const endless = await serverThat(({ method = '', url }, response) => {
					if (url !== '/') return void response.writeHead(404).end();
					response.on('close', () => ended.push(method));
					response.writeHead(200).flushHeaders();
					const writing = setInterval(() => response.write('more and more'), 5);
					response.on('close', () => clearInterval(writing));
				});
				const tested = await stage.tested(stage.credentialAt(endless.url));
				await endless.close();

				expect(tested.status).toBe('Error');
				expect(ended).toHaveLength(1);
			});

			it('test: a host that leads elsewhere than to its own https:// is asked as it is', async () => {
				const elsewhere = await serverThat(({ headers }, response) => {
					response.writeHead(301, { location: `https://${headers.host}.example/login` }).end();
				});
				const tested = await stage.tested(stage.credentialAt(elsewhere.url));
				await elsewhere.close();

				expect(tested.message).not.toMatch(/https:\/\/ only/);
			});
		}

		for (const { name, change, url, headers = {} } of simulator.presets ?? []) {
			it(`host ${name}: the address and the headers are its own`, async () => {
				expect(await signed(change)).toMatchObject({ url, headers });
			});
		}
	},
);

/** A vendor's list, and how the panel asks for it. */
interface Case {
	service: TestedService;
	method: 'searchRecipients' | 'searchSenders';
	facts: ListFacts;
	parameter: 'to' | 'sender';
}

const cases = chosenServices.flatMap((service): Array<[string, Case]> => {
	const { messengers, senderList } = vendorOf(service.provider.name);
	const list = messengers[service.messenger.name]?.list;
	const isFirst = service.messenger === service.provider.messengers[0];
	return [
		...(list
			? [
					[
						`recipients of ${service.name}`,
						{ service, method: 'searchRecipients', facts: list, parameter: 'to' },
					],
				]
			: []),
		...(senderList && isFirst
			? [
					[
						`senders of ${service.name}`,
						{ service, method: 'searchSenders', facts: senderList, parameter: 'sender' },
					],
				]
			: []),
	] as Array<[string, Case]>;
});

eachOf(cases)('%s', (_name, { service, method, facts, parameter }) => {
	const { provider } = service;
	let stage: Stage;
	beforeEach(() => {
		stage = stages.stageOf(service);
		stage.vendor.reset();
	});
	const valuesOf = (entries: ReadonlyArray<{ value: unknown }>) =>
		entries.map(({ value }) => String(value)).sort();

	/** However often the vendor itself lists them. */
	const everyValue = [...new Set(facts.values)].sort();

	it('offers every entry once, with a name, page by page', async () => {
		const offered = await stage.offered(method);

		expect(valuesOf(offered)).toEqual(everyValue);
		for (const { name } of offered) expect(name.trim()).not.toBe('');
		const texts = offered.filter(({ value }) => String(value) in facts.shown);
		expect(Object.fromEntries(texts.map(({ value, name }) => [value, name]))).toEqual(facts.shown);
		const order = offered.map(({ value }) => String(value));
		for (const off of facts.off ?? []) {
			const before = stage.vendor.senders.filter(
				(sender) => order.indexOf(sender) < order.indexOf(off),
			);
			expect([off, 'is behind', before]).toEqual([off, 'is behind', stage.vendor.senders]);
		}
	});

	if (facts.lacking) {
		const { change, says } = facts.lacking;
		it('says what the credential lacks for it, and asks nobody', async () => {
			const credential = { ...stage.credential, ...change };

			expect(await problemOf(stage.offered(method, { credential }))).toMatch(says);
			expect(stage.vendor.received).toEqual([]);
		});
	}

	if (facts.ofSender) {
		it('asks for the sender first, whose list it is, and asks nobody else', async () => {
			const message = await problemOf(stage.offered(method, { sender: '' }));

			expect(message).toContain(provider.sender?.displayName);
			expect(stage.vendor.received).toEqual([]);
		});
	}

	it('finds what was typed, whatever the case, and nothing for nonsense', async () => {
		const { words, values } = facts.search;
		for (const filter of [words, ` ${words.toUpperCase()} `]) {
			expect(valuesOf(await stage.offered(method, { filter }))).toEqual([...values].sort());
		}
		expect(await stage.offered(method, { filter: 'nobody is called this' })).toEqual([]);
	});

	it('offers nothing that the node does not take', async () => {
		const offered = await stage.offered(method);
		const items = offered.map(({ value }) => ({ ...stage.person(0), picked: value }));
		const picked = { __rl: true as const, mode: 'list', value: '={{ $json.picked }}' };
		const run = await stage.run(items, {
			parameters: { [parameter]: picked },
			options: { preview: true },
			node: { onError: 'continueRegularOutput' },
		});

		expect(rowsOf(run).map(({ status, error }) => [status, error])).toEqual(
			items.map(() => ['preview', undefined]),
		);
	});

	it.each(Object.entries(vendorOf(provider.name).wrongSecrets))(
		'a wrong %s is explained, without the secret',
		async (field, refusal) => {
			const credential = { ...stage.credential, [field]: 'WRONG-SECRET-VALUE' };
			const rule = provider.refusals.find(({ id }) => id === refusal.replace(/:.*/, ''));
			const message = await problemOf(stage.offered(method, { credential }));

			expect(message).toContain(rule?.message);
			expect(message).not.toContain('WRONG-SECRET-VALUE');
		},
	);

	it('a refusal, whatever it is, is told in words that are not of a card', async () => {
		const { refusals, ofAccount } = vendorOf(provider.name);
		for (const id of Object.keys(refusals)) {
			const rule = provider.refusals.find((candidate) => candidate.id === id.replace(/:.*/, ''));
			const isOfAccount = ofAccount.includes(id.replace(/:.*/, ''));
			stage.vendor.answerNextOther(id);
			const message = await problemOf(stage.offered(method));

			const said = isOfAccount ? rule?.message : provider.displayName;
			expect([id, message]).toEqual([id, containing(said ?? '')]);
			if (!isOfAccount) expect([id, message]).not.toEqual([id, containing(rule?.message ?? '')]);
			expect(
				stage.vendor.secrets.flatMap(formsOf).filter((form) => message.includes(form)),
			).toEqual([]);
		}
		expect(valuesOf(await stage.offered(method))).toEqual(everyValue);
	});
});

/** Why there is no list. */
async function problemOf(attempt: Promise<unknown>): Promise<string> {
	try {
		await attempt;
	} catch (error) {
		if (types.isNativeError(error)) return error.message;
	}
	throw new Error('There was a list');
}

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);
const containing = (text: string): unknown => expect.stringContaining(text);
