// The packed node in a real n8n, through the API that the editor uses: what loads, what a user reads
// when a credential is wrong, every example, drop-downs, use as an AI tool, and secrets.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { providers } from '../../nodes/SendContact/providers';
import type { Provider } from '../../nodes/SendContact/providers/Provider';
import { vendorOf } from '../vendors';
import { Closing } from './Closing';
import { calls } from '../engine/expectations';
import { serveTools } from './mcp';
import { openGround } from './ground';
import type { N8n } from './n8n';
import { type Json, type WorkflowDefinition } from './n8nApi';
import { Evidence } from './results';
import {
	CONTACT,
	createCredentials,
	exampleFiles,
	leaksIn,
	leaksInFolder,
	locator,
	NODE_TYPE,
	SEND,
	sendNode,
	sendParameters,
	VCARD_TYPE,
	services,
	workflowOf,
	type Credentials,
	type Sandbox,
} from './sandbox';

const EXAMPLES = join(__dirname, '..', '..', 'examples');
const evidence = new Evidence('api');
const closing = new Closing();

let sandbox: Sandbox;
let n8n: N8n;
let credentials: Credentials;

beforeAll(async () => {
	({ sandbox, n8n } = await openGround(closing, evidence));
	credentials = await createCredentials(n8n.api, sandbox);
});

afterAll(() => closing.run());

beforeEach(() => sandbox.reset());

afterEach(() => {
	const name = expect.getState().currentTestName?.replace(/\W+/g, '-').slice(0, 80) ?? 'test';
	const received = sandbox.vendors.flatMap((vendor) =>
		vendor.received.map((request) => ({ vendor: vendor.provider, ...request })),
	);
	if (received.length > 0) evidence.keep(`received-${name}.json`, received);
});

/** Exactly one service of every provider is enough where the messenger makes no difference. */
const firstServices = services.filter(
	({ provider, messenger }) => messenger === provider.messengers[0],
);

describe('What n8n loads', () => {
	let nodeTypes: Json[];
	beforeAll(async () => {
		nodeTypes = await n8n.api.nodeTypes();
	});

	test.each([
		['sendContact', 'send'],
		['sendContactTool', 'send'],
		['sendContact', 'checkRecipient'],
		['vCard', 'create'],
		['vCard', 'read'],
	])('the output schema of %s: %s, where the editor asks for it', async (node, operation) => {
		const [name] = NODE_TYPE.split('.');
		const answer = await fetch(`${n8n.url}/schemas/${name}.${node}/1.0.0/${operation}.json`);

		expect(answer.status).toBe(200);
		expect(await answer.json()).toMatchObject({ type: 'object' });
	});

	test('the node, under the name that workflows save, and its tool', () => {
		const names = nodeTypes.map(({ name }) => name);
		expect(names).toEqual(expect.arrayContaining([NODE_TYPE, `${NODE_TYPE}Tool`]));
	});

	test('every provider, and for each the credential it needs', () => {
		const node = nodeTypes.find(({ name }) => name === NODE_TYPE) as {
			properties: Array<{ name: string; options?: Array<{ value: string }> }>;
			credentials: Array<{ name: string }>;
		};
		const provider = node.properties.find(({ name }) => name === 'provider');
		expect(provider?.options?.map(({ value }) => value).sort()).toEqual(
			providers.map(({ name }) => name).sort(),
		);
		expect(node.credentials.map(({ name }) => name)).toEqual(
			providers.map(({ credential }) => credential.name),
		);
	});

	test('light and dark icons of the node and of every credential', async () => {
		const credentialTypes = await n8n.api.credentialTypes();
		const withIcon = [
			...nodeTypes.filter(({ name }) => name === NODE_TYPE),
			...credentialTypes.filter(({ name }) =>
				providers.some(({ credential }) => credential.name === name),
			),
		];
		expect(withIcon).toHaveLength(1 + providers.length);
		const addresses = withIcon.flatMap(({ iconUrl }) => {
			const { light, dark } = iconUrl as { light: string; dark: string };
			return [light, dark];
		});
		expect(new Set(addresses).size).toBe(2 * withIcon.length);
		for (const address of addresses) {
			const icon = await n8n.api.asset(`/${address}`);
			expect({ address, status: icon.status, type: icon.type }).toEqual({
				address,
				status: 200,
				type: expect.stringContaining('image/svg+xml') as string,
			});
			expect(icon.text).toContain('<svg');
		}
	});

	test('every credential knows the node that uses it', async () => {
		const types = await n8n.api.credentialTypes();
		for (const { credential } of providers) {
			expect(types.find(({ name }) => name === credential.name)).toMatchObject({
				supportedNodes: expect.arrayContaining([NODE_TYPE]) as string[],
			});
		}
	});

	test('the words that find it in the node picker', () => {
		const node = nodeTypes.find(({ name }) => name === NODE_TYPE) as {
			codex?: { alias?: string[] };
		};
		expect(node.codex?.alias?.join(' ')).toMatch(/whatsapp/i);
	});
});

/** A choice cannot be filled in wrongly, nor pasted. */
const isText = ({ credential }: Provider, field: string) =>
	credential.properties.some(({ name, type }) => name === field && type === 'string');

describe('The credential test', () => {
	test.each(services)('$title: right values are told so', async ({ provider, messenger }) => {
		const vendor = sandbox.vendor(provider.name);
		const type = provider.credential.name;
		const ref = credentials(provider.name, messenger.name)[type]!;
		const data = vendor.messengers[messenger.name]!.credentials;
		expect(await n8n.api.testCredential(ref, type, data)).toMatchObject({ status: 'OK' });
	});

	test.each(firstServices)(
		'$title: each wrong value is explained, without the value',
		async ({ provider }) => {
			const vendor = sandbox.vendor(provider.name);
			const type = provider.credential.name;
			const ref = credentials(provider.name)[type]!;
			const told: Record<string, string> = {};
			for (const [field, value] of Object.entries(vendor.credentials)) {
				if (typeof value !== 'string' || value === '' || !isText(provider, field)) continue;
				const other = value.endsWith('x') ? 'y' : 'x';
				const wrong = value.startsWith('http')
					? 'http://127.0.0.1:9'
					: `${value.slice(0, -1)}${other}`;
				const { status, message } = await n8n.api.testCredential(ref, type, {
					...vendor.credentials,
					[field]: wrong,
				});
				told[field] = `${status}: ${message}`;
				expect({ field, status }).toEqual({ field, status: 'Error' });
				expect(leaksIn(message, vendor.secrets)).toEqual([]);
				if (value.startsWith('http')) {
					expect(message).toMatch(/^Nothing answers at 127\.0\.0\.1:9\. /);
					continue;
				}
				// Never only a status code, a bare error code or nothing.
				expect(message).toMatch(/\w+ \w+ \w+ \w+/);
				expect(message).toContain(provider.displayName.split(' ')[0]);
			}
			evidence.keep(`credential-messages-${provider.name}.json`, told);
		},
	);

	test.each(firstServices)(
		'$title: values pasted with blanks and slashes are understood',
		async ({ provider }) => {
			const vendor = sandbox.vendor(provider.name);
			const type = provider.credential.name;
			const ref = credentials(provider.name)[type]!;
			const pasted = Object.fromEntries(
				Object.entries(vendor.credentials).map(([field, value]) => [
					field,
					typeof value !== 'string' || !isText(provider, field)
						? value
						: value.startsWith('http')
							? ` ${value}/ `
							: ` ${value}\n`,
				]),
			);
			expect(await n8n.api.testCredential(ref, type, pasted)).toMatchObject({ status: 'OK' });
		},
	);
});

describe('Sending', () => {
	test.each(services)('$title: one card', async (service) => {
		const { provider, messenger } = service;
		const node = sendNode(
			sendParameters(service, sandbox),
			credentials(provider.name, messenger.name),
		);
		const execution = await n8n.api.runWorkflow(workflowOf(service.title, node));
		expect(execution.error).toBeUndefined();
		expect(execution.status).toBe('success');
		const items = execution.output(SEND);
		expect(items).toHaveLength(1);
		expect(items[0]).toMatchObject({
			json: {
				provider: provider.name,
				status: 'accepted',
				contact: { name: CONTACT.name },
				attempts: 1,
			},
			pairedItem: { item: 0 },
		});
		expect(sandbox.vendor(provider.name).sends()).toHaveLength(1);
	});

	test('an unreadable phone stops the run before anything is sent, and names the item', async () => {
		const service = firstServices[0]!;
		const node = sendNode(
			sendParameters(service, sandbox, { contactPhone: '={{ $json.phone }}' }),
			credentials(service.provider.name),
		);
		const execution = await n8n.api.runWorkflow(
			workflowOf('Bad phone', node, [{ phone: CONTACT.phone }, { phone: 'call me' }]),
		);
		evidence.keep('bad-phone.json', execution.error);
		expect(execution.status).toBe('error');
		expect(execution.error?.message).toMatch(/phone/i);
		expect(execution.error?.description).toEqual(expect.stringMatching(/\w+ \w+ \w+/));
		expect(execution.error?.context).toMatchObject({ itemIndex: 1 });
		expect(sandbox.vendor(service.provider.name).received).toEqual([]);
	});

	test('On Error = Continue: the bad item stays in its place, the others are sent', async () => {
		const service = firstServices[0]!;
		const node = sendNode(
			sendParameters(service, sandbox, { contactPhone: '={{ $json.phone }}' }),
			credentials(service.provider.name),
			{ onError: 'continueRegularOutput' },
		);
		const phones = [CONTACT.phone, 'call me', '+55 11 97777-6666'];
		const execution = await n8n.api.runWorkflow(
			workflowOf(
				'Continue',
				node,
				phones.map((phone) => ({ phone })),
			),
		);
		const items = execution.output(SEND).map(({ json }) => json.status);
		expect(items).toEqual(['accepted', 'notSent', 'accepted']);
		expect(sandbox.vendor(service.provider.name).sends()).toHaveLength(2);
	});

	test('On Error = Continue (using error output): the bad item leaves by the second door', async () => {
		const service = firstServices[0]!;
		const node = sendNode(
			sendParameters(service, sandbox, { contactPhone: '={{ $json.phone }}' }),
			credentials(service.provider.name),
			{ onError: 'continueErrorOutput' },
		);
		const phones = [CONTACT.phone, 'call me', '+55 11 97777-6666'];
		const execution = await n8n.api.runWorkflow(
			workflowOf(
				'Error output',
				node,
				phones.map((phone) => ({ phone })),
			),
		);
		expect(execution.output(SEND, 0).map(({ json }) => json.status)).toEqual([
			'accepted',
			'accepted',
		]);
		expect(execution.output(SEND, 1)).toHaveLength(1);
		expect(execution.output(SEND, 1)[0]).toMatchObject({
			json: { status: 'notSent', phone: 'call me' },
		});
	});

	test('Retry On Fail sends no card twice', async () => {
		const service = firstServices[0]!;
		const vendor = sandbox.vendor(service.provider.name);
		const node = sendNode(
			sendParameters(service, sandbox, {
				contactPhone: '={{ $json.phone }}',
				options: { maxConcurrent: 1 },
			}),
			credentials(service.provider.name),
			{ retryOnFail: true, maxTries: 3, waitBetweenTries: 100 },
		);
		const phones = Array.from({ length: 6 }, (_, index) => `+55 11 98888-000${index}`);
		const workflow = await n8n.api.createWorkflow(
			workflowOf(
				'Retry',
				node,
				phones.map((phone) => ({ phone })),
			),
		);
		// The first is refused; the second try of the node must not send the five others again.
		vendor.refuseNext(Object.keys(refusalsOf(service.provider.name))[0]!, 1);
		const execution = await n8n.api.finishedExecution(await n8n.api.startWorkflow(workflow));
		evidence.keep('retry-on-fail.json', { status: execution.status, error: execution.error });
		const sent = vendor.sends().map(({ body }) => JSON.stringify(body));
		expect(sent).toHaveLength(6);
		expect(new Set(sent).size).toBe(6);
		expect(execution.output(SEND)).toHaveLength(6);
	});
});

describe('Every example workflow', () => {
	const files = exampleFiles();

	test('there is at least one for every provider', () => {
		const text = files.map((file) => readFileSync(join(EXAMPLES, file), 'utf8')).join('\n');
		for (const { name } of providers) expect(text).toContain(`"provider": "${name}"`);
	});

	const hasTool = (file: string) =>
		readFileSync(join(EXAMPLES, file), 'utf8').includes(`"${NODE_TYPE}Tool"`);

	// No language model is at hand, which would decide by itself: its calls are those of the engine's tests.
	test.each(files.filter(hasTool))(
		'%s: imports, and its tool does what it is called for',
		async (file) => {
			const workflow = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowDefinition;
			await n8n.api.createWorkflow(workflow);
			const tools = workflow.nodes.filter(({ type }) => type === `${NODE_TYPE}Tool`);
			for (const node of tools) {
				const { provider = 'plugzApi', messenger } = node.parameters as Record<string, string>;
				node.credentials = credentials(provider, messenger);
			}
			const server = await serveTools(n8n, file.replace('.json', ''), tools);
			const [tool] = await server.tools();
			const answers: string[] = [];
			for (const call of calls[file] ?? []) {
				answers.push((await server.call(tool!.name, call)).text);
			}
			evidence.keep(`example-${file}`, { tool, answers });

			expect(tool?.description).toBe(tools[0]?.parameters.toolDescription);
			const accepted = answers.filter((answer) => answer.includes('"accepted"'));
			expect(accepted.length).toBeGreaterThan(0);
			expect(sandbox.vendors.flatMap((vendor) => vendor.sends())).toHaveLength(accepted.length);
		},
	);

	test.each(files.filter((file) => !hasTool(file)))(
		'%s: imports, runs, and what it says was sent was sent',
		async (file) => {
			const workflow = JSON.parse(readFileSync(join(EXAMPLES, file), 'utf8')) as WorkflowDefinition;
			const sends = workflow.nodes.filter(({ type }) => type === NODE_TYPE);
			const makers = workflow.nodes.filter(({ type }) => type === VCARD_TYPE);
			expect(sends.length + makers.length).toBeGreaterThan(0);
			for (const node of sends) {
				const { provider = 'plugzApi', messenger } = node.parameters as Record<string, string>;
				node.credentials = credentials(provider, messenger);
			}
			const execution = await n8n.api.runWorkflow({ ...workflow, name: file });
			evidence.keep(`example-${file}`, {
				status: execution.status,
				error: execution.error,
				runs: execution.runs,
			});
			expect(execution.error).toBeUndefined();
			expect(execution.status).toBe('success');

			const items = sends.flatMap(({ name }) => [
				...execution.output(name, 0),
				...execution.output(name, 1),
			]);
			expect(items.length > 0).toBe(sends.length > 0);
			for (const { name } of makers) expect(execution.output(name).length).toBeGreaterThan(0);
			const accepted = items.filter(({ json }) => json.status === 'accepted');
			const taken = sandbox.vendors.flatMap((vendor) => vendor.sends());
			expect(taken).toHaveLength(accepted.length);
			// Every id that the execution holds is one that a vendor gave out.
			const answers = JSON.stringify(taken.map(({ answer }) => answer));
			for (const { json } of accepted) {
				if (json.messageId !== null) expect(answers).toContain(json.messageId);
			}
		},
	);
});

describe('Drop-downs', () => {
	const listed = services.filter(({ messenger }) => messenger.recipient.list);
	const withSender = firstServices.filter(({ provider }) => provider.sender?.list);

	const ask = (
		service: (typeof services)[number],
		path: string,
		methodName: string,
		filter?: string,
	) =>
		n8n.api.resourceLocatorResults({
			type: NODE_TYPE,
			path: `parameters.${path}`,
			methodName,
			parameters: sendParameters(service, sandbox),
			credentials: credentials(service.provider.name, service.messenger.name),
			...(filter !== undefined && { filter }),
		});

	test.each(withSender)('$title: its senders', async (service) => {
		const { results } = await ask(service, 'sender', 'searchSenders');
		evidence.keep(`senders-${service.provider.name}.json`, results);
		const values = results.map(({ value }) => value);
		expect(values).toEqual(expect.arrayContaining(sandbox.vendor(service.provider.name).senders));
		for (const { name } of results) expect(name.trim()).not.toBe('');
	});

	test.each(listed)('$title: its recipients, and fewer with a filter', async (service) => {
		const { results } = await ask(service, 'to', 'searchRecipients');
		evidence.keep(`recipients-${service.provider.name}-${service.messenger.name}.json`, results);
		expect(results.length).toBeGreaterThan(0);
		const { ids } = service.messenger.recipient;
		for (const { value } of results) {
			expect(ids.some(({ pattern }) => pattern.test(value))).toBe(true);
		}
		const some = await ask(service, 'to', 'searchRecipients', results[0]!.name.slice(0, 5));
		expect(some.results).toContainEqual(results[0]);
		expect((await ask(service, 'to', 'searchRecipients', 'nobody is called so')).results).toEqual(
			[],
		);
	});

	test.each(listed)('$title: a recipient picked from the list can be sent to', async (service) => {
		const { results } = await ask(service, 'to', 'searchRecipients');
		const { name, value } = results[0]!;
		const node = sendNode(
			sendParameters(service, sandbox, {
				to: { __rl: true, mode: 'list', value, cachedResultName: name },
			}),
			credentials(service.provider.name, service.messenger.name),
		);
		const execution = await n8n.api.runWorkflow(workflowOf('From list', node));
		// One of two spellings of a person's id is written as the vendor wants it.
		const form = service.messenger.recipient.ids.find(({ pattern }) => pattern.test(value));
		const to = form?.write?.(value) ?? value;
		expect(execution.output(SEND)[0]?.json).toMatchObject({ status: 'accepted', to });
	});

	test.each(listed.filter((service) => firstServices.includes(service)))(
		'$title: a wrong credential says why the list is empty',
		async (service) => {
			const { provider } = service;
			const vendor = sandbox.vendor(provider.name);
			const secret = provider.credential.properties.find(
				({ typeOptions }) => typeOptions?.password === true,
			)!.name;
			const wrong = await n8n.api.createCredential('Wrong', provider.credential.name, {
				...vendor.credentials,
				[secret]: 'wrong-secret-of-a-user',
			});
			const asked = n8n.api.resourceLocatorResults({
				type: NODE_TYPE,
				path: 'parameters.to',
				methodName: 'searchRecipients',
				parameters: sendParameters(service, sandbox),
				credentials: { [provider.credential.name]: wrong },
			});
			const error = await asked.then(
				() => undefined,
				(reason: unknown) => (reason instanceof Error ? reason : undefined),
			);
			evidence.keep(`list-refused-${provider.name}.json`, error?.message ?? 'no error');
			expect(error?.message).toContain(provider.displayName);
			expect(leaksIn(error?.message ?? '', ['wrong-secret-of-a-user'])).toEqual([]);
		},
	);
});

describe('As the tool of an AI agent', () => {
	test.each(firstServices)(
		'$title: the generated schema fits, and a call sends the card',
		async (service) => {
			const { provider, messenger } = service;
			const fromAi = (key: string, description: string) =>
				`={{ $fromAI('${key}', \`${description}\`, 'string') }}`;
			const parameters = sendParameters(service, sandbox, {
				to: {
					__rl: true,
					mode: messenger.recipient.fromPhone ? 'phone' : 'id',
					value: fromAi('Recipient', ''),
				},
				contactName: fromAi('Contact_Name', ''),
				contactPhone: fromAi('Contact_Phone', 'the phone on the card'),
			});
			const recipient = messenger.recipient.fromPhone
				? '+55 11 99999-8888'
				: messenger.recipient.placeholder.replace('e.g. ', '');
			const name = `Send card with ${provider.displayName}`;
			const server = await serveTools(n8n, `send-${provider.name.toLowerCase()}`, [
				sendNode(parameters, credentials(provider.name, messenger.name), {
					name,
					type: `${NODE_TYPE}Tool`,
				}),
			]);
			const tools = await server.tools();
			evidence.keep(`tool-${provider.name}.json`, tools);
			expect(tools).toHaveLength(1);
			const [tool] = tools;
			expect(tool?.description).toMatch(/contact/i);
			expect(tool?.inputSchema).toMatchObject({
				type: 'object',
				properties: {
					Recipient: { type: 'string' },
					Contact_Name: { type: 'string' },
					Contact_Phone: { type: 'string', description: 'the phone on the card' },
				},
			});
			expect(tool?.inputSchema.required?.sort()).toEqual([
				'Contact_Name',
				'Contact_Phone',
				'Recipient',
			]);

			const answer = await server.call(tool!.name, {
				Recipient: recipient,
				Contact_Name: CONTACT.name,
				Contact_Phone: CONTACT.phone,
			});
			evidence.keep(`tool-answer-${provider.name}.json`, answer);
			expect(answer.isError).toBe(false);
			expect(answer.text).toContain('accepted');
			const sends = sandbox.vendor(provider.name).sends();
			expect(sends).toHaveLength(1);
			expect(JSON.stringify(sends[0]?.body)).toContain('11988887777');

			// A model's mistake comes back as words it can act on.
			const mistake = await server.call(tool!.name, {
				Recipient: recipient,
				Contact_Name: CONTACT.name,
				Contact_Phone: 'unknown',
			});
			evidence.keep(`tool-mistake-${provider.name}.json`, mistake);
			expect(mistake.text).toMatch(/phone/i);
			expect(leaksIn(mistake.text, sandbox.secrets)).toEqual([]);
			expect(sandbox.vendor(provider.name).sends()).toHaveLength(1);
		},
	);
});

describe('Secrets', () => {
	const troubles = [
		...['status500Json', 'html502', 'redirect302', 'truncatedJson'].map((fault) => ({ fault })),
		{ fault: undefined },
	];

	test.each(services)(
		'$title: no refusal, fault or full output brings one out',
		async (service) => {
			const { provider, messenger } = service;
			const vendor = sandbox.vendor(provider.name);
			const items = [...troubles, ...Object.keys(refusalsOf(provider.name))].map((_, index) => ({
				index,
			}));
			for (const { fault } of troubles) if (fault) vendor.faultNext(fault as 'html502');
			for (const id of Object.keys(refusalsOf(provider.name))) vendor.refuseNext(id);
			const node = sendNode(
				sendParameters(service, sandbox, {
					simplify: false,
					contactName: '=Maria {{ $json.index }}',
					// Each to its own: a vendor may take one message in six seconds to the same number.
					...(messenger.recipient.fromPhone && {
						to: locator('phone', '=+55 11 98765-{{ 1000 + $json.index }}'),
					}),
					options: { maxAttempts: 1, maxConcurrent: 1, messagesPerMinute: 60_000 },
				}),
				credentials(provider.name, messenger.name),
				{ onError: 'continueRegularOutput' },
			);
			const execution = await n8n.api.runWorkflow(workflowOf('Troubles', node, items));
			evidence.keep(`troubles-${provider.name}-${messenger.name}.json`, execution.output(SEND));
			const states = execution.output(SEND).map(({ json }) => json.status);
			expect(states).toHaveLength(items.length);
			expect(states.filter((state) => state === 'accepted').length).toBeLessThan(items.length);
			expect(leaksIn(execution.storedText, vendor.secrets)).toEqual([]);

			// The same with On Error = Stop: what the error view shows and the database keeps.
			vendor.reset();
			vendor.faultNext('status500Json');
			const stopped = await n8n.api.runWorkflow(
				workflowOf(
					'Stop',
					sendNode(
						// One attempt: where the vendor drops repeats, a second one would be made.
						sendParameters(service, sandbox, { options: { maxAttempts: 1 } }),
						credentials(provider.name, messenger.name),
					),
				),
			);
			expect(stopped.status).toBe('error');
			evidence.keep(`stopped-${provider.name}-${messenger.name}.json`, stopped.error);
			expect(leaksIn(stopped.storedText, vendor.secrets)).toEqual([]);
		},
	);

	// Last: everything that all tests above left behind.
	test('none stands in the log, nor in any file that n8n wrote', () => {
		expect(leaksIn(n8n.log(), sandbox.secrets)).toEqual([]);
		expect(leaksInFolder(n8n.userFolder, sandbox.secrets)).toEqual([]);
	});
});

/** What the vendor can refuse with. */
function refusalsOf(provider: string): Readonly<Record<string, unknown>> {
	return vendorOf(provider).refusals;
}
