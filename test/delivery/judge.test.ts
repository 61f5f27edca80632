// What an answer, or none, means for one card.
import { judgeAnswer, judgeNoAnswer, retryAfter } from '../../nodes/SendContact/delivery/judge';
import { redactorFor } from '../../nodes/SendContact/delivery/redact';
import type { RefusalRule } from '../../nodes/SendContact/providers/Provider';
import { answerOf, stub } from './stub';

const nothing = redactorFor([]);
const judged = (...answer: Parameters<typeof answerOf>) =>
	judgeAnswer(stub, answerOf(...answer), nothing);

/** In short: what became of it, and whether it leaves again. */
function outcome(verdict: ReturnType<typeof judgeAnswer>): string {
	if (verdict.kind === 'accepted') return 'accepted';
	return verdict.failure.status + (verdict.repeat ? `, again: ${verdict.repeat.because}` : '');
}

describe('by status alone', () => {
	it.each([
		[200, { id: 'a' }, 'accepted'],
		[202, { id: 7 }, 'accepted'],
		[200, {}, 'unknown'],
		[200, '', 'unknown'],
		[200, '<html>Welcome</html>', 'unknown'],
		[204, '', 'unknown'],
		[200, { code: 'NO' }, 'rejected'],
		[301, '', 'rejected'],
		[308, { id: 'a' }, 'rejected'],
		[400, { id: 'a' }, 'rejected'],
		[401, '', 'rejected'],
		[403, '<html>', 'rejected'],
		[404, '', 'rejected'],
		[418, '', 'rejected'],
		[429, '', 'rejected, again: slower'],
		[500, { id: 'a' }, 'unknown'],
		[502, '<html>', 'unknown'],
		[503, '', 'unknown'],
		[504, '', 'unknown'],
		[599, '', 'unknown'],
		[101, '', 'unknown'],
	])('%i with %j: %s', (status, body, expected) => {
		expect(outcome(judged(status, body))).toBe(expected);
	});

	it('names the status, the way out and what the vendor said', () => {
		const verdict = judged(418, { message: 'I am a teapot' });

		expect(verdict).toMatchObject({
			failure: {
				message: expect.stringContaining('418') as unknown,
				description: expect.stringContaining('Stub said: “I am a teapot”') as unknown,
				httpCode: '418',
			},
		});
	});

	it.each([0, 90, 400, 480, 495, 499])(
		'what the vendor echoes is cut without secrets, from %i on',
		(at) => {
			const secret = 'part1-part2-part3-part4-part5';
			const echo = { message: `${'x'.repeat(at)}${secret} and more` };
			const verdict = judgeAnswer(stub, answerOf(418, echo), redactorFor([secret]));

			expect(
				JSON.stringify(verdict.kind === 'failed' && verdict.failure.description),
			).not.toContain('part1');
		},
	);

	it('a long page is not repeated whole', () => {
		const verdict = judged(500, `<b>${'x'.repeat(1_000_000)}</b>`);
		if (verdict.kind === 'accepted') throw new Error('accepted');

		expect(verdict.failure.description.length).toBeLessThan(1000);
	});
});

describe('by the provider’s table', () => {
	it('the first rule that fits counts', () => {
		expect(judged(400, { code: 'SPECIAL' })).toMatchObject({
			failure: { message: 'A special refusal', vendorCode: 'SPECIAL' },
		});
		expect(judged(400, { code: 'OTHER' })).toMatchObject({
			failure: { message: 'Any other 400', vendorCode: 'OTHER' },
		});
	});

	it('a rule may say that the vendor did not take it', () => {
		expect(outcome(judged(400, 'Please come back'))).toBe('rejected, again: later');
	});

	it('after a 5xx a rule counts only if it names that status', () => {
		const full = {
			id: 'full',
			message: 'The queue is full',
			description: 'Wait.',
			means: 'later' as const,
			evidence: 'assumed' as const,
		};
		const meaning = (status: number, when: RefusalRule['when']) =>
			outcome(
				judgeAnswer(
					{ ...stub, refusals: [{ ...full, when }] },
					answerOf(status, 'the queue is full'),
					nothing,
				),
			);

		expect(meaning(400, { text: /queue is full/ })).toBe('rejected, again: later');
		expect(meaning(502, { text: /queue is full/ })).toBe('unknown');
		expect(meaning(502, { status: 502, text: /queue is full/ })).toBe('rejected, again: later');
	});

	it('a rule may say that nobody knows', () => {
		expect(outcome(judged(499))).toBe('unknown');
	});

	it('what cannot be read is not matched: the vendor may have taken it', () => {
		expect(outcome(judged(200, 'come back, or not'))).toBe('unknown');
	});
});

describe('how long to wait', () => {
	const repeatOf = (...answer: Parameters<typeof answerOf>) => {
		const verdict = judged(...answer);
		return verdict.kind === 'failed' ? verdict.repeat : undefined;
	};

	it('what the body asks for goes before the header', () => {
		expect(repeatOf(429, { waitSeconds: 3 }, { 'retry-after': '9' })).toEqual({
			because: 'slower',
			of: 'all',
			afterMs: 3000,
		});
		expect(repeatOf(429, {}, { 'retry-after': '9' })).toEqual({
			because: 'slower',
			of: 'all',
			afterMs: 9000,
		});
		expect(repeatOf(429)).toEqual({ because: 'slower', of: 'all' });
	});

	const now = Date.parse('2026-11-22T10:00:00Z');
	it.each([
		['0', 0],
		['7', 7000],
		['1.5', 1500],
		['-4', 0],
		['Sun, 22 Nov 2026 10:00:30 GMT', 30_000],
		['Sun, 22 Nov 2026 09:00:00 GMT', 0],
		['soon', undefined],
		['', undefined],
		['  ', undefined],
		[undefined, undefined],
	])('Retry-After: %s', (header, expected) => {
		expect(retryAfter(header, now)).toBe(expected);
	});
});

describe('no answer', () => {
	it.each([
		['refused', 'notSent, again: later'],
		['unresolved', 'notSent, again: later'],
		['unreachable', 'notSent, again: later'],
		['untrusted', 'notSent'],
		['blocked', 'notSent'],
		['timeout', 'unknown'],
		['broken', 'unknown'],
		['cancelled', 'unknown'],
	] as const)('%s: %s', (why, expected) => {
		const verdict = judgeNoAnswer(stub, why);

		expect(outcome(verdict)).toBe(expected);
		expect(verdict).toMatchObject({
			failure: {
				message: expect.stringMatching(/Stub|n8n/) as unknown,
				description: expect.stringMatching(/\.$/) as unknown,
			},
		});
	});
});
