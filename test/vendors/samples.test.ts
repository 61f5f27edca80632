// Every request that the vendors publish is taken as it stands, and what one simulator shows of itself
// (credential, secrets, senders, recordings) holds for all of them.
import { only } from '../only';
import { field, sendSample } from './client';
import { brokenJavaSample } from './greenApi';
import {
	requestOf,
	RETRY_AFTER,
	type RunningVendor,
	type Sample,
	vendorOf,
	vendors,
} from './index';

const chosen = only(vendors, 'simulators', ({ provider }) => [provider]);

describe.each(chosen.map((simulator) => [simulator.provider, simulator] as const))(
	'%s',
	(_provider, simulator) => {
		let vendor: RunningVendor;

		beforeAll(async () => {
			vendor = await simulator.start();
		});
		afterEach(() => vendor.reset());
		afterAll(() => vendor.stop());

		const sample = (): Sample => {
			const [first] = simulator.samples;
			if (!first) throw new Error('The vendor has no published sample');
			return first;
		};
		/** What became of a sample: whether it was taken, and the answer. */
		const sent = async (to = vendor) => {
			const answer = await sendSample(to, sample());
			return { ...answer, accepted: to.received.at(-1)?.accepted };
		};

		it.each(simulator.samples.map((published) => [published.name, published] as const))(
			'takes the published sample: %s',
			async (_name, published) => {
				const { text } = await sendSample(vendor, published);
				const { method, body } = requestOf(published, vendor);

				expect(vendor.received).toHaveLength(1);
				expect(vendor.sends()).toMatchObject([
					{ kind: 'send', accepted: true, repeated: false, method, text: body, answer: { text } },
				]);
			},
		);

		it('has its secrets in its credentials, each distinctive enough to be searched for', () => {
			const credentials = Object.values(vendor.messengers).map((entry) => entry.credentials);
			const values = credentials.flatMap((entry) => Object.values(entry));

			expect(vendor.secrets.length).toBeGreaterThan(0);
			for (const secret of vendor.secrets) {
				expect(values).toContain(secret);
				expect(secret.length).toBeGreaterThanOrEqual(20);
				expect(secret).toMatch(/fa[k4]e/i);
			}
			expect(vendor.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
			const leading = Object.values(vendor.credentials).filter((value) =>
				String(value).startsWith(vendor.url),
			);
			expect(leading).not.toEqual([]);
		});

		it('finds the recipient and the card in what it took', async () => {
			await sent();
			const { to, cards } = vendor.read(vendor.received[0]!);

			expect(to).not.toBe('');
			expect(cards).toHaveLength(1);
			expect(cards[0]?.phone ?? cards[0]?.chatId).toMatch(/^\d+$/);
			for (const messenger of Object.values(simulator.messengers)) {
				const request = { ...vendor.received[0]!, body: 'neither JSON nor a form', params: {} };
				expect(() => messenger.read(request)).not.toThrow();
			}
		});

		it('gives every message an id of its own, where it gives ids', async () => {
			const texts = [(await sent()).text, (await sent()).text];
			const messenger = simulator.messengers[sample().messenger];

			expect(new Set(texts).size).toBe(messenger?.cards.messageId === null ? 1 : 2);
		});

		it('holds its limits and says so in its own words', async () => {
			const limited = await simulator.start({ limits: [{ perSecond: 0.001, burst: 2 }] });
			try {
				const answers = [await sent(limited), await sent(limited), await sent(limited)];

				expect(answers.map(({ accepted }) => accepted)).toEqual([true, true, false]);
				expect(limited.received[2]?.text).toBe(limited.received[0]?.text);
				const refusal = simulator.overload.credential.answer(limited.received[2]!);
				expect(answers[2]?.status).toBe(refusal.statusCode);
				for (const { put } of simulator.comeBack ?? RETRY_AFTER) {
					const answer = simulator.overload.credential.answer(limited.received[2]!);
					expect(put(answer, 3600)).not.toEqual(answer);
				}
				limited.reset();
				expect((await sent(limited)).accepted).toBe(true);
			} finally {
				await limited.stop();
			}
		});

		it('forgets everything on reset', async () => {
			const [id] = Object.keys(simulator.refusals);
			if (id === undefined) throw new Error('The vendor refuses nothing');
			vendor.refuseNext(id, 3);
			vendor.faultNext('html502');
			await sent();
			vendor.reset();

			expect(vendor.received).toEqual([]);
			expect((await sent()).accepted).toBe(true);
			expect(vendor.sends()).toHaveLength(1);
		});

		it('meets its limit when asked to', async () => {
			vendor.limitNext(2);
			const answers = [await sent(), await sent(), await sent()];

			expect(answers.map(({ accepted }) => accepted)).toEqual([false, false, true]);
		});
	},
);

it('refuses the body that the Java samples of the GREEN-API page cut off in the middle', async () => {
	const vendor = await vendorOf('greenApi').start();
	try {
		const answer = await sendSample(vendor, brokenJavaSample);

		expect(answer.status).toBe(400);
		expect(field(answer.data, 'message')).toMatch(/JSON/);
		expect(vendor.sends()).toEqual([]);
	} finally {
		await vendor.stop();
	}
});
