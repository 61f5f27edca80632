// Whatever goes wrong between n8n and a vendor, over every provider: what becomes of the item, how often
// the vendor saw and took it, what the user reads, and that no secret comes out. All faults happen on
// real sockets.
import { createServer } from 'node:net';
import { setImmediate } from 'node:timers/promises';

import type { INodeParameters } from 'n8n-workflow';

import { textOf } from '../../nodes/SendContact/providers/answers';
import { PASTED, pastedOddly } from '../credentials/odd';
import {
	FAULTS,
	type Fault,
	fieldsOf,
	LONG_NUMBER,
	REDIRECT_TARGET,
	RETRY_AFTER,
	startTlsVendor,
	vendorOf,
} from '../vendors';
import {
	expectNoSecret,
	expectReadable,
	NODE,
	openStages,
	processedKeys,
	type Person,
	type Row,
	rowsOf,
	Stage,
	type Way,
	waysByName,
} from './stage';

/** Written by hand: what each fault must come to. */
const OUTCOMES: Readonly<Record<Fault, { status: string; says?: RegExp; httpCode?: string }>> = {
	resetBeforeRead: { status: 'unknown', says: /broke off/ },
	resetBeforeAnswer: { status: 'unknown', says: /broke off/ },
	resetMidAnswer: { status: 'unknown', says: /broke off/ },
	timeoutBeforeRead: { status: 'unknown', says: /in time/ },
	timeoutAfterRead: { status: 'unknown', says: /in time/ },
	dripAnswer: { status: 'unknown', says: /in time/ },
	truncatedJson: { status: 'unknown', says: /whether it took/ },
	truncatedLength: { status: 'unknown', says: /broke off/ },
	html502: { status: 'unknown', says: /502/, httpCode: '502' },
	html200: { status: 'unknown', says: /whether it took/, httpCode: '200' },
	empty200: { status: 'unknown', says: /whether it took/, httpCode: '200' },
	noContent204: { status: 'unknown', says: /whether it took/, httpCode: '204' },
	redirect302: { status: 'rejected', says: /another address/, httpCode: '302' },
	redirect308: { status: 'rejected', says: /another address/, httpCode: '308' },
	gzip: { status: 'accepted' },
	huge: { status: 'unknown', says: /whether it took/, httpCode: '200' },
	// As the vendor accepts, whatever status that has.
	hugeAcceptance: { status: 'unknown', says: /whether it took/ },
	gzipBomb: { status: 'unknown', says: /whether it took/ },
	endlessAnswer: { status: 'unknown', says: /whether it took/ },
	stalledHuge: { status: 'unknown', says: /whether it took/ },
	deepAcceptance: { status: 'accepted' },
	longNumbers: { status: 'accepted' },
	badHeader: { status: 'unknown', says: /broke off/ },
	status500Json: { status: 'unknown', says: /500/, httpCode: '500' },
	escapedEcho: { status: 'unknown', says: /500/, httpCode: '500' },
};

/** What one answer may put on its way: what is read of it, and what the network holds meanwhile. */
const MOST_BYTES_SENT = 32 * 1024 * 1024;

/** Faults that only the node's own time limit ends. */
const isSilent = (fault: Fault) => /^timeout|^drip/.test(fault);

/** The first item, which is never answered, has little time; the others enough on the busiest machine. */
const SHORT_FOR_THE_FIRST = '={{ $itemIndex === 0 ? 1000 : 300000 }}';

let stages: Awaited<ReturnType<typeof openStages>>;
beforeAll(async () => {
	stages = await openStages();
});
afterAll(() => stages.stop());

/** Without it the waits between attempts are up to a second long. */
beforeEach(() => {
	jest.spyOn(Math, 'random').mockReturnValue(0.001);
});
afterEach(() => jest.restoreAllMocks());

/** What n8n's errors hold besides their message. */
function detailsOf(error: unknown): { description: string; context: Record<string, unknown> } {
	if (typeof error !== 'object' || error === null) throw new Error('There was no error');
	const { description = '', context = {} }: { description?: string; context?: object } = error;
	return { description, context: { ...context } };
}

/** A port of this machine on which nothing listens. */
async function closedPort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	if (address === null || typeof address === 'string') throw new Error('No port');
	return address.port;
}

/** Resolves once `condition` holds; the test's own time limit ends it otherwise. */
async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await setImmediate();
}

const CONTINUE = { onError: 'continueRegularOutput' } as const;

describe.each(waysByName)('%s', (_, way: Way) => {
	const isRepeatSafe = way.provider.isRepeatSafe === true;
	/** Where the vendor drops repeats, what nobody knows is asked again: not in tests of what is not known. */
	const ONCE = isRepeatSafe ? { maxAttempts: 1 } : {};
	let stage: Stage;
	beforeEach(() => {
		stage = stages.stageOf(way);
		stage.vendor.reset();
	});
	/** Everything the vendor was asked to send. */
	const seen = () => stage.vendor.received.length;

	describe('one fault, and the items after it', () => {
		it.each(FAULTS.map((fault) => [fault]))('%s', async (fault) => {
			const { status, says, httpCode } = OUTCOMES[fault];
			const persons = stage.people(3);
			const sentBefore = stage.vendor.bytesSent();
			stage.vendor.faultNext(fault);
			const run = await stage.run(persons, {
				options: {
					timeout: isSilent(fault) ? SHORT_FOR_THE_FIRST : 300_000,
					maxConcurrent: 1,
					...ONCE,
				},
				parameters: { simplify: false },
				node: CONTINUE,
			});
			const rows = rowsOf(run);

			expect(rows.map((row) => row.status)).toEqual([status, 'accepted', 'accepted']);
			expect(rows.map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
			expect(seen()).toBe(3);
			expect(Math.max(...stage.timesTaken(persons))).toBe(1);
			expect(stage.vendor.received.map(({ path }) => path)).not.toContain(REDIRECT_TARGET);
			expectNoSecret(run, stage.vendor.secrets);
			// Whatever the vendor goes on doing: the connection is ended, and what it sends is not taken.
			await until(() => stage.vendor.openConnections() === 0);
			expect(stage.vendor.bytesSent() - sentBefore).toBeLessThan(MOST_BYTES_SENT);
			if (status === 'accepted') return;
			expectReadable(rows[0]);
			expect(rows[0]?.error).toMatch(says ?? /./);
			if (httpCode !== undefined) expect(rows[0]?.httpCode).toBe(httpCode);
			if (status === 'unknown')
				expect(rows[0]?.description).toMatch(/Look into the chat|may have been sent/i);
		});
	});

	it('slow answers never pile up past Max Concurrent', async () => {
		const vendor = await vendorOf(way.provider.name).start();
		try {
			const own = new Stage(way, vendor, stages.packagedFor(way));
			vendor.faultNext('dripAnswer', 12);
			const options = { maxConcurrent: 2, timeout: 150, ...ONCE };
			const rows = await own.rows(own.people(12), { options });

			expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['unknown']));
			// A connection that was just ended may still be open at the other end.
			expect(vendor.peakConnections()).toBeLessThanOrEqual(4);
			await until(() => vendor.openConnections() === 0);
		} finally {
			await vendor.stop();
		}
	});

	it('a cancelled execution leaves no connection open', async () => {
		stage.vendor.faultNext('dripAnswer', 2);
		await stage.run(stage.people(2), {
			options: { maxConcurrent: 2, timeout: 600_000 },
			onStart: ({ cancel }) => void until(() => seen() === 2).then(cancel),
		});

		await until(() => stage.vendor.openConnections() === 0);
	});

	it('numbers above 2^53 are shown digit for digit', async () => {
		stage.vendor.faultNext('longNumbers');
		const [row] = await stage.rows(stage.people(1), { parameters: { simplify: false } });

		expect(row?.status).toBe('accepted');
		const { body } = fieldsOf(row?.response);
		// Who accepts in words has no numbers.
		if (typeof body !== 'string') expect(body).toMatchObject({ long: [LONG_NUMBER] });
	});

	it('an answer nested a hundred thousand deep loses no result, and is shown as far as n8n can hold it', async () => {
		stage.vendor.faultNext('deepAcceptance');
		const rows = await stage.rows(stage.people(3), {
			parameters: { simplify: false },
			options: { maxConcurrent: 1 },
		});

		expect(rows.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
		const { body } = fieldsOf(rows[0]?.response);
		if (typeof body !== 'string') expect(JSON.stringify(body)).toMatch(/"deep":\[{20,}"…"/);
	});

	describe('however the credential was pasted', () => {
		it.each(Object.entries(PASTED))(
			'with %s: it works, and is hidden in every echo',
			async (_name, paste) => {
				const type = way.provider.credential;
				const credential = pastedOddly(type, stage.credential, paste);
				const pasted = type.properties.flatMap(({ name, typeOptions }) =>
					typeOptions?.password === true ? [textOf(credential[name]) ?? ''] : [],
				);
				stage.vendor.faultNext('escapedEcho');
				stage.vendor.faultNext('status500Json');
				const run = await stage.run(stage.people(3), {
					options: { maxConcurrent: 1, ...ONCE },
					parameters: { simplify: false },
					node: CONTINUE,
					credential,
				});

				expect(rowsOf(run).map(({ status }) => status)).toEqual(['unknown', 'unknown', 'accepted']);
				expectNoSecret(run, [...stage.vendor.secrets, ...pasted.filter((text) => text !== '')]);
			},
		);
	});

	describe('no connection', () => {
		it('refused: repeated, then reported as not sent; the next one is tried once', async () => {
			const run = await stage.run(stage.people(2), {
				options: { maxAttempts: 3, maxConcurrent: 1 },
				credential: stage.credentialAt(`http://127.0.0.1:${await closedPort()}`),
				node: CONTINUE,
			});
			const rows = rowsOf(run);

			expect(rows.map(({ status, attempts }) => [status, attempts])).toEqual([
				['notSent', 3],
				['notSent', 1],
			]);
			rows.forEach(expectReadable);
			expect(rows[0]?.error).toMatch(/Nothing answers/);
			expect(seen()).toBe(0);
			expectNoSecret(run, stage.vendor.secrets);
		});

		it('host name not found: not sent', async () => {
			const run = await stage.run(stage.people(1), {
				options: { maxAttempts: 1, timeout: 300_000 },
				credential: stage.credentialAt('https://no-such-host.invalid'),
				node: CONTINUE,
			});
			const [row] = rowsOf(run);

			expect(row).toMatchObject({ status: 'notSent', attempts: 1 });
			expect(row?.error).toMatch(/host name .* was not found/);
			expectReadable(row);
			expectNoSecret(run, stage.vendor.secrets);
		});

		it('certificate not trusted: not sent and not repeated; accepted with Ignore SSL Issues', async () => {
			const vendor = await startTlsVendor(vendorOf(way.provider.name));
			try {
				const secure = new Stage(way, vendor, stages.packagedFor(way));
				const run = await secure.run(secure.people(1), { node: CONTINUE });
				const [row] = rowsOf(run);

				expect(row).toMatchObject({ status: 'notSent', attempts: 1 });
				expect(row?.error).toMatch(/certificate .* is not trusted/);
				expectReadable(row);
				expect(vendor.received).toHaveLength(0);
				expectNoSecret(run, vendor.secrets);

				const credential = { ...secure.credential, allowUnauthorizedCerts: true };
				expect(await secure.rows(secure.people(1), { credential })).toMatchObject([
					{ status: 'accepted', attempts: 1 },
				]);
				expect(vendor.sends()).toHaveLength(1);
			} finally {
				await vendor.stop();
			}
		});

		it('HTTPS to a server without it: not sent', async () => {
			const https = stage.vendor.url.replace(/^http:/, 'https:');
			const [row] = await stage.rows(stage.people(1), { credential: stage.credentialAt(https) });

			expect(row).toMatchObject({ status: 'notSent', attempts: 1 });
			expectReadable(row);
			expect(seen()).toBe(0);
		});
	});

	describe('over a limit', () => {
		const simulator = vendorOf(way.provider.name);
		/** A vendor that takes one message, then so many a second. */
		const limited = async (perSecond: number, test: (stage: Stage) => Promise<void>) => {
			const vendor = await simulator.start({ limits: [{ perSecond, burst: 1 }] });
			try {
				await test(new Stage(way, vendor, stages.packagedFor(way)));
			} finally {
				await vendor.stop();
			}
		};

		it('the items leave again and arrive once', async () => {
			const persons = stage.people(4);
			// Many may be under way, so several meet the limit at once.
			stage.vendor.limitNext(2);
			const rows = await stage.rows(persons, { options: { maxAttempts: 20 } });

			expect(rows.map(({ status }) => status)).toEqual(persons.map(() => 'accepted'));
			expect(stage.timesTaken(persons)).toEqual(persons.map(() => 1));
			expect(seen()).toBe(persons.length + 2);
			expect(rows.reduce((sum, row) => sum + row.attempts, 0)).toBe(seen());
		});

		it.each((simulator.comeBack ?? RETRY_AFTER).map(({ name }) => [name]))(
			'%s: the vendor is left alone as long as it asks',
			async (name) => {
				stage.vendor.comeBackIn(1, name);
				stage.vendor.limitNext();
				const rows = await stage.rows(stage.people(1));

				expect(rows).toMatchObject([{ status: 'accepted', attempts: 2 }]);
				const [refused, taken] = stage.vendor.received;
				expect((taken?.at ?? 0) - (refused?.at ?? 0)).toBeGreaterThan(990);
			},
		);

		it('a pause longer than Longest Wait: told with its end, and nobody waits, now or in the next run', async () => {
			stage.vendor.comeBackIn(7200);
			stage.vendor.limitNext();
			const { credential } = stage;
			const settings = { options: { maxConcurrent: 1 }, node: CONTINUE, credential };
			const rows = rowsOf(await stage.run(stage.people(3), settings));
			const later = rowsOf(await stage.run(stage.people(1), settings));

			expect([...rows, ...later].map(({ status, attempts }) => [status, attempts])).toEqual([
				['rejected', 1],
				['notSent', 0],
				['notSent', 0],
				['notSent', 0],
			]);
			for (const row of [...rows, ...later]) {
				expectReadable(row);
				expect(row.error).toMatch(/until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
				expect(row.description).toMatch(/Longest Wait/);
			}
			expect(seen()).toBe(1);
		});

		it('all attempts used up: rejected, and the next ones have theirs', async () => {
			await limited(0.001, async (own) => {
				own.vendor.comeBackIn(0);
				const run = await own.run(own.people(4), {
					options: { maxAttempts: 3, maxConcurrent: 1 },
					node: CONTINUE,
				});
				const rows = rowsOf(run);

				expect(rows.map(({ status, attempts }) => [status, attempts])).toEqual([
					['accepted', 1],
					['rejected', 3],
					['rejected', 3],
					['rejected', 3],
				]);
				const { answer } = own.vendor.received[1]!;
				expect(rows[1]?.httpCode).toBe('statusCode' in answer && String(answer.statusCode));
				expectReadable(rows[1]);
				expect(own.vendor.received).toHaveLength(10);
				expectNoSecret(run, own.vendor.secrets);
			});
		});
	});

	describe('Retry Unknown Outcomes', () => {
		it('off: an unknown item is never repeated, however many attempts are allowed', async () => {
			stage.vendor.faultNext('html502');
			const rows = await stage.rows(stage.people(1), { options: { maxAttempts: 5 } });

			// Unless the vendor drops a repeat: then it is asked again, and the outcome is known.
			expect(rows).toMatchObject([
				isRepeatSafe ? { status: 'accepted', attempts: 2 } : { status: 'unknown', attempts: 1 },
			]);
			expect(seen()).toBe(isRepeatSafe ? 2 : 1);
		});

		it('on: it is repeated until it is accepted', async () => {
			stage.vendor.faultNext('resetBeforeAnswer', 2);
			const rows = await stage.rows(stage.people(1), { options: { retryUnknown: true } });

			expect(rows).toMatchObject([{ status: 'accepted', attempts: 3 }]);
			expect(seen()).toBe(3);
		});

		it('on, then refused: it stays unknown, since an earlier attempt may have arrived', async () => {
			stage.vendor.faultNext('resetBeforeAnswer');
			stage.vendor.faultNext('redirect302');
			const rows = await stage.rows(stage.people(1), { options: { retryUnknown: true } });

			expect(rows).toMatchObject([{ status: 'unknown', attempts: 2 }]);
		});
	});

	it('cancelling ends at once and starts nothing new', async () => {
		stage.vendor.faultNext('timeoutAfterRead');
		const run = await stage.run(stage.people(20), {
			options: { maxConcurrent: 1, timeout: 600_000 },
			node: CONTINUE,
			onStart: ({ cancel }) => void until(() => seen() > 0).then(cancel),
		});

		expect(run.run.status).toBe('canceled');
		expect(seen()).toBe(1);
		expectNoSecret(run, stage.vendor.secrets);
	});

	it('cancelling ends a wait at once', async () => {
		const options = { messagesPerMinute: 0.1, maxConcurrent: 5 };
		const run = await stage.run(stage.people(3), {
			options,
			onStart: ({ cancel }) => void until(() => stage.vendor.sends().length > 0).then(cancel),
		});

		expect(run.run.status).toBe('canceled');
		expect(seen()).toBe(1);
	});

	describe("n8n's Retry On Fail", () => {
		const retrying = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

		it('Continue: nothing accepted or unknown is sent again, what was refused is', async () => {
			const persons = stage.people(4);
			stage.vendor.faultNext('resetBeforeAnswer');
			stage.vendor.faultNext('redirect302');
			const rows = await stage.rows(persons, {
				options: { maxConcurrent: 1, ...ONCE },
				node: retrying,
			});

			expect(rows.map(({ status }) => status)).toEqual([
				isRepeatSafe ? 'accepted' : 'unknown',
				'accepted',
				'accepted',
				'accepted',
			]);
			expect(stage.timesTaken(persons)).toEqual([1, 1, 1, 1]);
			expect(seen()).toBe(isRepeatSafe ? 6 : 5);
		});

		it('Stop: what was accepted is not sent again, and the rest is', async () => {
			const persons = stage.people(4);
			const run = await (async () => {
				// The third one is refused in the first try and taken in the second.
				const started = stage.run(persons, {
					options: { maxConcurrent: 1 },
					node: retrying,
					onStart: () =>
						void until(() => stage.vendor.sends().length === 2).then(() =>
							stage.vendor.faultNext('redirect302'),
						),
				});
				return await started;
			})();

			expect(rowsOf(run).map(({ status }) => status)).toEqual(persons.map(() => 'accepted'));
			expect(stage.timesTaken(persons)).toEqual([1, 1, 1, 1]);
		});

		it('Stop: what is unknown is not sent again, nor does anything leave after it', async () => {
			const persons = stage.people(3);
			stage.vendor.faultNext('resetBeforeAnswer');
			const options = { maxConcurrent: 1, ...ONCE };
			const run = await stage.run(persons, { options, node: retrying });

			if (isRepeatSafe) {
				expect(stage.timesTaken(persons)).toEqual([1, 1, 1]);
				return;
			}
			expect(run.error(NODE)?.message).toMatch(/broke off/);
			expect(stage.timesTaken(persons)).toEqual([1, 0, 0]);
			expect(seen()).toBe(1);
		});

		it('is not mistaken for a second execution with equal items, which sends again', async () => {
			const persons = stage.people(2);
			await stage.rows(persons, { node: retrying });
			await stage.rows(persons, { node: retrying });

			expect(stage.timesTaken(persons)).toEqual([2, 2]);
		});
	});

	describe('On Error = Stop', () => {
		it('a bad row: nothing is sent, and every bad row is told, ten of them in full', async () => {
			const persons = stage
				.people(20)
				.map((one, n) => (n % 3 === 1 || n > 12 ? { ...one, to: '' } : one));
			const bad = [1, 4, 7, 10, 13, 14, 15, 16, 17, 18, 19];
			const run = await stage.run(persons);
			const error = run.error(NODE);
			const { description, context } = detailsOf(error);

			expect(run.run.status).toBe('error');
			expect(seen()).toBe(0);
			expect(error?.message).toMatch(/ is empty .*\[item 1\] and 10 more/);
			expect(context.itemIndex).toBe(1);
			expect(description).toMatch(/Nothing was sent/);
			for (const index of bad.slice(0, 10)) {
				expect(description).toMatch(new RegExp(`Item ${index}: .* is empty`));
			}
			expect(description).toMatch(/And items 19\./);
			expect(run.output(NODE)).toEqual([]);
		});

		it('a failure in the middle: nothing new leaves, and all items are accounted for', async () => {
			const persons = stage.people(6);
			const run = await stage.run(persons, {
				options: { maxConcurrent: 1 },
				onStart: () =>
					void until(() => stage.vendor.sends().length === 2).then(() =>
						stage.vendor.faultNext('redirect302'),
					),
			});
			const error = run.error(NODE);
			const { description, context } = detailsOf(error);

			expect(error?.message).toMatch(/another address.*\[item 2\]/);
			expect(context.itemIndex).toBe(2);
			expect(description).toContain('Accepted: 0–1. Refused: 2. Not sent: 3–5.');
			expect(seen()).toBe(3);
			expect(stage.timesTaken(persons)).toEqual([1, 1, 0, 0, 0, 0]);
			expectNoSecret(run, stage.vendor.secrets);
		});

		it('a failure among several under way: they are waited for and accounted for', async () => {
			const persons = stage.people(8);
			// The first one hangs until its time is up; the others under way are accepted meanwhile.
			stage.vendor.faultNext('timeoutAfterRead');
			const run = await stage.run(persons, {
				options: { maxConcurrent: 3, timeout: SHORT_FOR_THE_FIRST, ...ONCE },
			});
			const { description } = detailsOf(run.error(NODE));
			const taken = stage.timesTaken(persons);

			expect(run.error(NODE)?.message).toMatch(/in time.*\[item 0\]/);
			expect(Math.max(...taken)).toBe(1);
			expect(description).toContain('Not known whether sent: 0');
			expect(description).toContain('Accepted: 1–');
		});
	});

	describe('Skip Duplicates', () => {
		let workflowId: string;
		beforeEach(() => {
			workflowId = `duplicates ${way.name} ${expect.getState().currentTestName ?? ''}`;
		});
		const skipping = async (persons: Person[], options: INodeParameters = {}) =>
			await stage.rows(persons, {
				workflowId,
				options: { skipDuplicates: true, maxConcurrent: 1, ...options },
			});
		const statuses = (rows: Row[]) => rows.map(({ status }) => status);

		it('a second run sends nothing that was accepted', async () => {
			const persons = stage.people(3);

			expect(statuses(await skipping(persons))).toEqual(['accepted', 'accepted', 'accepted']);
			const again = await skipping([...persons, stage.person(7)]);
			expect(statuses(again)).toEqual(['duplicate', 'duplicate', 'duplicate', 'accepted']);
			expect(again[0]).toMatchObject({ messageId: null, attempts: 0 });
			expect(stage.timesTaken([...persons, stage.person(7)])).toEqual([1, 1, 1, 1]);
		});

		it('a credential spelt otherwise is the same sender: nothing is sent twice', async () => {
			const { vendor, credential } = stage;
			const { authenticate, test: check } = way.provider.credential;
			if (typeof authenticate !== 'function') throw new Error('signs with a function');
			const copied = await authenticate.call(way.provider.credential, credential, {
				url: check?.request.url ?? '',
			});
			const persons = stage.people(2);
			expect(statuses(await skipping(persons))).toEqual(['accepted', 'accepted']);

			const spelt = [`${vendor.url}/`, ` HTTP${vendor.url.slice(4)}//`, copied.url].map((url) =>
				stage.credentialAt(url),
			);
			const pasted = Object.values(PASTED).map((paste) =>
				pastedOddly(way.provider.credential, credential, paste),
			);
			for (const other of [...spelt, ...pasted]) {
				const again = await stage.rows(persons, {
					workflowId,
					options: { skipDuplicates: true },
					credential: other,
				});
				expect(statuses(again)).toEqual(['duplicate', 'duplicate']);
			}
			expect(stage.timesTaken(persons)).toEqual([1, 1]);
		});

		it('the same card twice in one list is sent once', async () => {
			const rows = await skipping([stage.person(1), stage.person(2), stage.person(1)]);

			expect(statuses(rows)).toEqual(['accepted', 'accepted', 'duplicate']);
			expect(stage.timesTaken([stage.person(1), stage.person(2)])).toEqual([1, 1]);
		});

		it('the same card twice in one list, the first refused: the second is sent', async () => {
			stage.vendor.faultNext('redirect302');
			const rows = await skipping([stage.person(1), stage.person(1)]);

			expect(statuses(rows)).toEqual(['rejected', 'accepted']);
			expect(stage.timesTaken([stage.person(1)])).toEqual([1]);
		});

		it('what was refused is sent again by the next run', async () => {
			const persons = stage.people(2);
			stage.vendor.faultNext('redirect308');

			expect(statuses(await skipping(persons))).toEqual(['rejected', 'accepted']);
			expect(statuses(await skipping(persons))).toEqual(['accepted', 'duplicate']);
			expect(stage.timesTaken(persons)).toEqual([1, 1]);
		});

		it('what is unknown stays so and is not repeated', async () => {
			const persons = stage.people(2);
			stage.vendor.faultNext('resetBeforeAnswer');

			expect(statuses(await skipping(persons, ONCE))).toEqual(['unknown', 'accepted']);
			const again = await skipping(persons);
			expect(statuses(again)).toEqual(['unknown', 'duplicate']);
			expectReadable(again[0]);
			expect(again[0]?.attempts).toBe(0);
			expect(stage.timesTaken(persons)).toEqual([1, 1]);
		});

		it('a memory that fails until a run has ended: the next run writes down what was sent', async () => {
			const persons = stage.people(2);
			const add = processedKeys.checkProcessedAndRecord.bind(processedKeys);
			const failing = jest
				.spyOn(processedKeys, 'checkProcessedAndRecord')
				.mockImplementationOnce(add)
				.mockRejectedValue(new Error('no database'));
			expect(statuses(await skipping(persons))).toEqual(['accepted', 'accepted']);
			failing.mockRestore();

			expect(statuses(await skipping(persons))).toEqual(['duplicate', 'duplicate']);
			expect(stage.timesTaken(persons)).toEqual([1, 1]);
		});

		it('a store that does not answer: nothing is sent, rather than twice', async () => {
			const broken = jest
				.spyOn(processedKeys, 'checkProcessedAndRecord')
				.mockRejectedValue(new Error('no database'));
			const rows = await skipping(stage.people(2));
			broken.mockRestore();

			expect(statuses(rows)).toEqual(['notSent', 'notSent']);
			rows.forEach(expectReadable);
			expect(seen()).toBe(0);
		});

		it('the key may be the user’s own: read for each item', async () => {
			const options = { duplicateKey: '={{ $json.lead }}' };
			const leads = [
				{ ...stage.person(1), lead: 'lead 1' },
				{ ...stage.person(2), lead: 'lead 1' },
				{ ...stage.person(1), lead: 'lead 2' },
			];

			expect(statuses(await skipping(leads, options))).toEqual([
				'accepted',
				'duplicate',
				'accepted',
			]);
			expect(stage.timesTaken([stage.person(1), stage.person(2)])).toEqual([2, 0]);
		});

		it('off: the same list is sent as often as it is run', async () => {
			await skipping([stage.person(3)], { skipDuplicates: false });
			await skipping([stage.person(3)], { skipDuplicates: false });

			expect(stage.timesTaken([stage.person(3)])).toEqual([2]);
		});
	});
});
