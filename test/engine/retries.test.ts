// n8n's Retry On Fail calls the whole node again: as a node of a workflow with the same items, as a tool of
// an agent with the same arguments, wrapped anew. Nobody gets a card twice by it, whatever changes from
// try to try; and what comes by again on purpose is sent again.
import {
	NodeConnectionTypes,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

import { locator, type RunningVendor, vendorOf } from '../vendors';
import { callTool, fromAi, nodeType } from './agent';
import {
	loadPackage,
	NODE_TYPE,
	runWorkflow,
	sendContactWorkflow,
	type LoadedPackage,
	type WorkflowJson,
} from './engine';

let packaged: LoadedPackage;
let vendor: RunningVendor;
beforeAll(async () => {
	packaged = await loadPackage();
	vendor = await vendorOf('plugzApi').start();
});
afterAll(async () => await vendor.stop());
beforeEach(() => vendor.reset());

const RETRYING: Partial<INode> = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** Parameters in place of the usual ones, or beside them. */
type More = Omit<INode['parameters'], 'options'> & { options?: INodeParameters };

/** Differs from try to try, and so does everything that holds it. */
const CHANGES = '={{ $now.toMillis() }}{{ Math.random() }}';

const parameters = ({ options, ...more }: More = {}): INode['parameters'] => ({
	provider: 'plugzApi',
	operation: 'send',
	to: locator('={{ $json.to }}', 'phone'),
	contactName: '={{ $json.name }}',
	contactPhone: '5511988887777',
	...more,
	options: { messagesPerMinute: 60_000, maxConcurrent: 1, timeout: 2000, ...options },
});

const people = [
	{ to: '5511999990001', name: 'Ana' },
	{ to: '5511999990002', name: 'Bia' },
];

/** How often each of the people was taken by the vendor. */
const timesTaken = () =>
	people.map(
		({ to }) => vendor.sends().filter(({ body }) => JSON.stringify(body).includes(to)).length,
	);

const run = async (workflow: WorkflowJson, extraNodes: Record<string, INodeType> = {}) =>
	await runWorkflow({
		packaged,
		workflow,
		credentials: { plugzApi: vendor.credentials },
		extraNodes,
	});

const sending = (more: More, items: Array<Record<string, unknown>> = people) =>
	sendContactWorkflow(items, {
		credentialType: 'plugzApi',
		parameters: parameters(more),
		...RETRYING,
	});

const ANSWERLESS = ['resetBeforeAnswer', 'status500Json', 'timeoutAfterRead'] as const;

describe('a node of a workflow', () => {
	it.each(ANSWERLESS)('after %s: once, also with a parameter that changes', async (fault) => {
		vendor.faultNext(fault);
		await run(sending({ options: { replyToMessageId: CHANGES } }, people.slice(0, 1)));

		expect(vendor.received).toHaveLength(1);
	});

	it('the second card refused once: the first leaves once, whatever changes in it', async () => {
		vendor.faultNext('gzip');
		vendor.faultNext('redirect302');
		const done = await run(
			sending({ contactName: CHANGES, options: { replyToMessageId: CHANGES } }),
		);

		expect(timesTaken()).toEqual([1, 1]);
		expect(done.output('Send Contact').map(({ json }) => json.status)).toEqual([
			'accepted',
			'accepted',
		]);
	});

	it('what is shown of a card is what was sent, in whichever try that was', async () => {
		vendor.faultNext('gzip');
		vendor.faultNext('redirect302');
		const done = await run(sending({ contactName: CHANGES, simplify: false }));
		const names = vendor.sends().map(({ body }) => (body as { contactName: string }).contactName);

		expect(done.output('Send Contact').map(({ json }) => json.contact)).toEqual(
			names.map((name) => ({ name, phone: '5511988887777' })),
		);
	});

	it('several cards of one item: each once', async () => {
		const card = (name: string) =>
			`BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL:+5511988887777\nEND:VCARD`;
		vendor.faultNext('gzip');
		vendor.faultNext('redirect302');
		await run(
			sending(
				{ contactSource: 'vCard', vCard: ['Ana', 'Bia', 'Caio'].map(card).join('\n') },
				people.slice(0, 1),
			),
		);
		const names = vendor.sends().map(({ body }) => (body as { contactName: string }).contactName);

		expect(names).toEqual(['Ana', 'Bia', 'Caio']);
	});

	it('one object twice in a list is two items', async () => {
		const [ana] = people;
		await run(
			sending(
				{},
				[ana, ana].map((one) => ({ ...one })),
			),
		);

		expect(timesTaken()).toEqual([2, 0]);
	});
});

const node = (name: string, type: string, more: Partial<INode> = {}): INode => ({
	id: name,
	name,
	type,
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
	...more,
});

const send = (name: string, more: Partial<INode> = {}): INode =>
	node(name, NODE_TYPE, {
		parameters: parameters(),
		credentials: { plugzApi: { id: 'plugzApi', name: 'plugzApi' } },
		...RETRYING,
		...more,
	});

const to = (name: string, index = 0) => ({ node: name, type: NodeConnectionTypes.Main, index });

describe('what comes by again on purpose is sent again', () => {
	it('the same items in a loop: twice, and a refusal in it is tried again', async () => {
		let rounds = 0;
		let items: INodeExecutionData[] = [];
		const again = nodeType(
			'again',
			{
				inputs: [NodeConnectionTypes.Main],
				outputs: [NodeConnectionTypes.Main, NodeConnectionTypes.Main],
			},
			async (context) => {
				rounds += 1;
				if (rounds === 1) items = context.getInputData();
				return await Promise.resolve(rounds <= 2 ? [items, []] : [[], items]);
			},
		);
		const workflow = sending({});
		vendor.faultNext('gzip');
		vendor.faultNext('redirect302');
		const done = await run(
			{
				...workflow,
				nodes: [...workflow.nodes, node('Again', 'test.again')],
				connections: {
					Start: { main: [[to('Again')]] },
					Again: { main: [[to('Send Contact')], []] },
					'Send Contact': { main: [[to('Again')]] },
				},
			},
			{ 'test.again': again },
		);

		expect(done.run.status).toBe('success');
		expect(timesTaken()).toEqual([2, 2]);
	});

	it('the same items at two nodes: once at each', async () => {
		const workflow = sending({});
		await run({
			...workflow,
			nodes: [...workflow.nodes, send('Second')],
			connections: { Start: { main: [[to('Send Contact'), to('Second')]] } },
		});

		expect(timesTaken()).toEqual([2, 2]);
	});

	it('the same workflow run twice: twice', async () => {
		const workflow = sending({});
		await run(workflow);
		await run(workflow);

		expect(timesTaken()).toEqual([2, 2]);
	});
});

describe('a tool of an agent', () => {
	/** An agent that makes these calls; what came of each. */
	async function call(calls: Array<Record<string, unknown>>, more: More = {}) {
		const tool = {
			...RETRYING,
			parameters: parameters({
				to: locator(fromAi('to'), 'phone'),
				contactName: fromAi('name'),
				...more,
			}),
			credentials: { plugzApi: { id: 'plugzApi', name: 'plugzApi' } },
		};
		const credentials = { plugzApi: vendor.credentials };
		return (await callTool(packaged, credentials, 'sendContact', tool, calls)).answers;
	}

	it('sends what the model asks for', async () => {
		const [result] = await call(people.slice(0, 1));

		expect(result).toContain('accepted');
		expect(timesTaken()).toEqual([1, 0]);
	});

	it.each(ANSWERLESS)('after %s: the card leaves once', async (fault) => {
		vendor.faultNext(fault);
		const [result] = await call(people.slice(0, 1));

		expect(result).toMatch(/not known whether the contact was sent/);
		expect(vendor.received).toHaveLength(1);
	});

	it('of two cards the second is refused once: the first leaves once, the second then', async () => {
		const card = (name: string) =>
			`BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL:+5511988887777\nEND:VCARD`;
		vendor.faultNext('gzip');
		vendor.faultNext('redirect302');
		await call(people.slice(0, 1), {
			contactSource: 'vCard',
			vCard: ['Ana', 'Bia'].map(card).join('\n'),
			options: { replyToMessageId: CHANGES },
		});
		const names = vendor.sends().map(({ body }) => (body as { contactName: string }).contactName);

		expect(names).toEqual(['Ana', 'Bia']);
	});

	it('two calls with the same arguments are two messages', async () => {
		const [ana] = people;
		await call([{ ...ana }, { ...ana }]);

		expect(timesTaken()).toEqual([2, 0]);
	});
});
