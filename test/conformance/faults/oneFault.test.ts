// One fault between n8n and a vendor, and the items after it, over every provider: what becomes of the
// item, how often the vendor saw and took it, what the user reads, and that no secret comes out.
import { FAULTS, type Fault, fieldsOf, LONG_NUMBER, REDIRECT_TARGET } from '../../vendors';
import { expectNoSecret, expectReadable, rowsOf, type Stage } from '../stage';
import { CONTINUE, overEveryService, SHORT_FOR_THE_FIRST, until } from './ground';

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

overEveryService((ground) => {
	const { ONCE, seen } = ground;

	describe('one fault, and the items after it', () => {
		const meets = async (fault: Fault, stage: Stage) => {
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

			expect([fault, ...rows.map((row) => row.status)]).toEqual([
				...[fault, status, 'accepted', 'accepted'],
			]);
			expect(rows.map(({ attempts }) => attempts)).toEqual([1, 1, 1]);
			expect(stage.vendor.received).toHaveLength(3);
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
		};

		it.each(FAULTS.filter((fault) => !isSilent(fault)).map((fault) => [fault]))(
			'%s',
			async (fault) => {
				await meets(fault, ground.stage);
			},
		);

		const silent = FAULTS.filter(isSilent);
		it(silent.join(', '), async () => {
			// Side by side, since each takes all its time.
			const together = silent.map(async (fault) => {
				await ground.beforeOwnVendor(async (own) => {
					await meets(fault, own);
				});
			});
			await Promise.all(together);
		});
	});

	it('slow answers never pile up past Max Concurrent', async () => {
		await ground.beforeOwnVendor(async (own) => {
			const { vendor } = own;
			vendor.faultNext('dripAnswer', 8);
			const options = { maxConcurrent: 2, timeout: 150, ...ONCE };
			const rows = await own.rows(own.people(8), { options });

			expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['unknown']));
			// A connection that was just ended may still be open at the other end.
			expect(vendor.peakConnections()).toBeLessThanOrEqual(4);
			await until(() => vendor.openConnections() === 0);
		});
	});

	it('a cancelled execution leaves no connection open', async () => {
		ground.stage.vendor.faultNext('dripAnswer', 2);
		await ground.stage.run(ground.stage.people(2), {
			options: { maxConcurrent: 2, timeout: 600_000 },
			onStart: ({ cancel }) => void until(() => seen() === 2).then(cancel),
		});

		await until(() => ground.stage.vendor.openConnections() === 0);
	});

	it('numbers above 2^53 are shown digit for digit', async () => {
		ground.stage.vendor.faultNext('longNumbers');
		const [row] = await ground.stage.rows(ground.stage.people(1), {
			parameters: { simplify: false },
		});

		expect(row?.status).toBe('accepted');
		const { body } = fieldsOf(row?.response);
		// Who accepts in words has no numbers.
		if (typeof body !== 'string') expect(body).toMatchObject({ long: [LONG_NUMBER] });
	});

	it('an answer nested a hundred thousand deep loses no result, and is shown as far as n8n can hold it', async () => {
		ground.stage.vendor.faultNext('deepAcceptance');
		const rows = await ground.stage.rows(ground.stage.people(3), {
			parameters: { simplify: false },
			options: { maxConcurrent: 1 },
		});

		expect(rows.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted']);
		const { body } = fieldsOf(rows[0]?.response);
		if (typeof body !== 'string') expect(JSON.stringify(body)).toMatch(/"deep":\[{20,}"…"/);
	});
});
