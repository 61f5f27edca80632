// The packed node in queue mode: 20 executions spread over two workers to one vendor instance, and a
// worker killed in the middle of a list.
import { Closing } from './Closing';
import { type Execution, type Json } from './n8nApi';
import { waitFor } from './processes';
import { startQueue, type Queue } from './queue';
import { Evidence } from './results';
import {
	createCredentials,
	leaksIn,
	receivedBy,
	SEND,
	sendNode,
	sendParameters,
	startVendors,
	tarball,
	services,
	workflowOf,
	type Credentials,
	type Sandbox,
} from './sandbox';

const evidence = new Evidence('queue');
const closing = new Closing();
const service = services.find(({ provider }) => provider.name === 'plugzApi')!;
const EXECUTIONS = 20;
const CONTACTS_EACH = 100;
const LIMIT = { perSecond: 60, burst: 5 };

let sandbox: Sandbox;
let queue: Queue;
let credentials: Credentials;

beforeAll(async () => {
	sandbox = await startVendors({ latencyMs: 50, limits: [LIMIT] });
	closing.add(() => sandbox.stop());
	closing.add(() => evidence.keep('received.json', receivedBy(sandbox)));
	queue = await startQueue({
		version: '2.41.1',
		tarball: tarball(),
		workers: 2,
		concurrency: EXECUTIONS / 2,
	});
	closing.add(() => queue.stop());
	closing.add(() => {
		for (const [name, log] of Object.entries(queue.logs())) evidence.keep(`${name}.log`, log);
	});
	credentials = await createCredentials(queue.api, sandbox);
});

afterAll(() => closing.run());

beforeEach(() => sandbox.reset());

const vendor = () => sandbox.vendor(service.provider.name);

/** Each contact of the run has a phone of its own, so that a card sent twice shows. */
const contact = (index: number): Json => ({
	name: `Contact ${index}`,
	phone: `+55 11 9${String(10_000_000 + index)}`,
});

const workflow = (name: string, from: number, count: number, options: Json) =>
	workflowOf(
		name,
		sendNode(
			sendParameters(service, sandbox, {
				contactName: '={{ $json.name }}',
				contactPhone: '={{ $json.phone }}',
				options,
			}),
			credentials(service.provider.name),
			{ onError: 'continueRegularOutput' },
		),
		Array.from({ length: count }, (_, index) => contact(from + index)),
	);

/** The phones on the cards that the vendor took, in order of arrival. */
const phonesTaken = () =>
	vendor()
		.sends()
		.map(({ body }) => (body as { contactPhone: string }).contactPhone);

/** How many cards a second the vendor took, ten seconds at a time. */
const perSecond = () => {
	const sends = vendor().sends();
	const counts: number[] = [];
	for (const { at } of sends) {
		const slot = Math.floor((at - sends[0]!.at) / 10_000);
		counts[slot] = (counts[slot] ?? 0) + 1;
	}
	return Array.from(counts, (count) => count / 10);
};

const statuses = (executions: readonly Execution[]) => {
	const counts: Record<string, number> = {};
	for (const execution of executions) {
		for (const { json } of execution.output(SEND)) {
			counts[String(json.status)] = (counts[String(json.status)] ?? 0) + 1;
		}
	}
	return counts;
};

/** How many executions a worker took, by its log. */
const taken = (log: string) => new Set(log.match(/Worker started execution \d+/g)).size;

test('2000 contacts in 20 executions over two workers, to one instance with a limit', async () => {
	const before = queue.workers.map((worker) => taken(worker.log()));
	const began = performance.now();
	const ids = await Promise.all(
		Array.from({ length: EXECUTIONS }, async (_, index) => {
			const saved = await queue.api.createWorkflow(
				workflow(`List ${index}`, index * CONTACTS_EACH, CONTACTS_EACH, {
					messagesPerMinute: LIMIT.perSecond * 60,
					maxAttempts: 50,
				}),
			);
			return await queue.api.startWorkflow(saved);
		}),
	);
	const executions = await Promise.all(ids.map((id) => queue.api.finishedExecution(id, 900)));
	const seconds = (performance.now() - began) / 1000;
	const phones = phonesTaken();
	const refused = vendor().received.filter(
		({ answer }) => 'statusCode' in answer && answer.statusCode === 429,
	);
	const work = queue.workers.map((worker, index) => taken(worker.log()) - before[index]!);
	evidence.keep('received-spread.json', vendor().received);
	evidence.keep('spread.json', {
		seconds,
		ideal: (EXECUTIONS * CONTACTS_EACH) / LIMIT.perSecond,
		statuses: statuses(executions),
		refused: refused.length,
		acceptedPerSecond: perSecond(),
		executionsByWorker: work,
	});

	// Everything is accounted for, and what is said to be accepted is what the vendor took, once.
	expect(executions.flatMap((execution) => execution.output(SEND))).toHaveLength(
		EXECUTIONS * CONTACTS_EACH,
	);
	expect(new Set(phones).size).toBe(phones.length);
	expect(statuses(executions)).toEqual({ accepted: EXECUTIONS * CONTACTS_EACH });
	expect(phones).toHaveLength(EXECUTIONS * CONTACTS_EACH);
	// Both workers had their share.
	for (const share of work) expect(share).toBeGreaterThan(0);
	// They share no limiter: what keeps the limit is that each reacts to the vendor's 429s.
	expect(refused.length).toBeGreaterThan(0);
	expect(refused.length).toBeLessThan(EXECUTIONS * CONTACTS_EACH);
	for (const execution of executions)
		expect(leaksIn(execution.storedText, sandbox.secrets)).toEqual([]);
});

test('a worker killed in the middle: running again completes the list, nobody gets a card twice', async () => {
	const count = 300;
	const saved = await queue.api.createWorkflow(
		workflow('Killed', 900_000, count, {
			skipDuplicates: true,
			messagesPerMinute: LIMIT.perSecond * 60,
		}),
	);
	const starts = queue.workers.map((worker) => taken(worker.log()));
	const id = await queue.api.startWorkflow(saved);
	await waitFor('some cards to have left', () => vendor().sends().length >= count / 3);
	const index = queue.workers.findIndex((worker, at) => taken(worker.log()) > starts[at]!);
	await queue.workers[index]!.kill();
	const [killed] = queue.workers.splice(index, 1);
	evidence.keep('killed-worker.log', killed!.log());
	// What was already on the wire is taken and answered by the vendor all the same.
	await waitFor('the vendor to be done', () =>
		vendor().received.every(({ answer }) => !('fault' in answer) || answer.fault !== 'unanswered'),
	);
	const takenByKilled = new Set(phonesTaken());
	expect(takenByKilled.size).toBeLessThan(count);
	await queue.api.stopExecution(id).catch(() => undefined);

	const again = await queue.api.finishedExecution(await queue.api.startWorkflow(saved));
	const third = await queue.api.finishedExecution(await queue.api.startWorkflow(saved));
	const phones = phonesTaken();
	evidence.keep('killed.json', {
		takenBeforeTheKill: takenByKilled.size,
		again: statuses([again]),
		third: statuses([third]),
		takenInAll: phones.length,
	});

	expect(new Set(phones).size).toBe(phones.length);
	const items = again.output(SEND);
	expect(items).toHaveLength(count);
	for (const { json } of items) {
		expect(['accepted', 'duplicate', 'unknown']).toContain(json.status);
	}
	// A card that the vendor took is never said to be accepted now, and one that it lacks is in doubt.
	const inDoubt = items.filter(({ json }) => json.status === 'unknown').length;
	expect(phones.length + inDoubt).toBeGreaterThanOrEqual(count);
	expect(inDoubt).toBeLessThan(count / 2);
	expect(
		items.filter(({ json }) => json.status === 'unknown').every(({ json }) => json.error),
	).toBe(true);
	// A third run sends nothing any more.
	expect(statuses([third]).accepted).toBeUndefined();
});
