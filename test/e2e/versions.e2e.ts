// Old and new: one and the same tarball loads and sends on the last n8n 1.x with Node 22 and on the
// newest 2.x with Node 24.
import { providers } from '../../nodes/SendContact/providers';
import { N8N_VERSIONS, type N8nVersion } from './cache';
import { Closing } from './Closing';
import { openGround } from './ground';
import type { N8n } from './n8n';
import { Evidence } from './results';
import {
	createCredentials,
	leaksIn,
	NODE_TYPE,
	SEND,
	sendNode,
	sendParameters,
	services,
	workflowOf,
	type Credentials,
	type Sandbox,
} from './sandbox';

const evidence = new Evidence('versions');

describe.each(Object.keys(N8N_VERSIONS) as N8nVersion[])('n8n %s', (version) => {
	const closing = new Closing();
	let sandbox: Sandbox;
	let n8n: N8n;
	let credentials: Credentials;

	beforeAll(async () => {
		({ sandbox, n8n } = await openGround(closing, evidence, version, `-${version}`));
		credentials = await createCredentials(n8n.api, sandbox);
	});

	afterAll(() => closing.run());

	beforeEach(() => sandbox.reset());

	test('loads the node and its credentials', async () => {
		const nodes = (await n8n.api.nodeTypes()).map(({ name }) => name);
		expect(nodes).toContain(NODE_TYPE);
		const types = (await n8n.api.credentialTypes()).map(({ name }) => name);
		expect(types).toEqual(
			expect.arrayContaining(providers.map(({ credential }) => credential.name)),
		);
		expect(n8n.log()).not.toMatch(/send-contact.*(error|fail)/i);
	});

	test.each(services)('$title: tests its credential and sends', async (service) => {
		const { provider, messenger } = service;
		const vendor = sandbox.vendor(provider.name);
		const refs = credentials(provider.name, messenger.name);
		const type = provider.credential.name;
		expect(
			await n8n.api.testCredential(
				refs[type]!,
				type,
				vendor.messengers[messenger.name]!.credentials,
			),
		).toMatchObject({ status: 'OK' });

		const phones = Array.from({ length: 5 }, (_, index) => ({ name: `Maria ${index}` }));
		const node = sendNode(
			sendParameters(service, sandbox, {
				contactName: '={{ $json.name }}',
				options: { messagesPerMinute: 6000 },
			}),
			refs,
		);
		const execution = await n8n.api.runWorkflow(workflowOf(service.title, node, phones));
		evidence.keep(`${version}-${provider.name}-${messenger.name}.json`, execution);
		expect(execution.error).toBeUndefined();
		expect(execution.output(SEND).map(({ json }) => json.status)).toEqual(
			Array(5).fill('accepted'),
		);
		expect(vendor.sends()).toHaveLength(5);
		expect(leaksIn(execution.storedText, sandbox.secrets)).toEqual([]);
	});

	test('a vCard and a duplicate', async () => {
		const service = services[0]!;
		const vCard = 'BEGIN:VCARD\nVERSION:3.0\nFN:Maria Silva\nTEL:+55 11 98888-7777\nEND:VCARD';
		const parameters = sendParameters(service, sandbox, {
			contactSource: 'vCard',
			vCard,
			options: { skipDuplicates: true },
		});
		const workflow = await n8n.api.createWorkflow(
			workflowOf('Twice', sendNode(parameters, credentials(service.provider.name))),
		);
		const first = await n8n.api.finishedExecution(await n8n.api.startWorkflow(workflow));
		const second = await n8n.api.finishedExecution(await n8n.api.startWorkflow(workflow));
		expect(first.output(SEND).map(({ json }) => json.status)).toEqual(['accepted']);
		expect(second.output(SEND).map(({ json }) => json.status)).toEqual(['duplicate']);
		expect(sandbox.vendor(service.provider.name).sends()).toHaveLength(1);
	});

	test('a refusal and an unreadable answer are told apart', async () => {
		const service = services[0]!;
		const vendor = sandbox.vendor(service.provider.name);
		vendor.refuseNext('invalidPhone');
		vendor.faultNext('html502');
		const node = sendNode(
			sendParameters(service, sandbox, { options: { maxConcurrent: 1 } }),
			credentials(service.provider.name),
			{ onError: 'continueRegularOutput' },
		);
		const execution = await n8n.api.runWorkflow(workflowOf('Refusals', node, [{}, {}, {}]));
		expect(execution.output(SEND).map(({ json }) => json.status)).toEqual([
			'rejected',
			'unknown',
			'accepted',
		]);
	});
});
