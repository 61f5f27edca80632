// Every request that the vendors publish is taken as it stands, and what one simulator shows of itself
// (credential, secrets, senders, recordings) holds for all of them.
import { setImmediate } from 'node:timers/promises';

import { field, sendSample } from './client';
import { brokenJavaSample } from './greenApi';
import { type RunningVendor, vendorOf, vendors } from './index';

describe.each(vendors.map((simulator) => [simulator.provider, simulator] as const))(
	'%s',
	(_provider, simulator) => {
		let vendor: RunningVendor;

		beforeAll(async () => {
			vendor = await simulator.start();
		});
		afterEach(() => vendor.reset());
		afterAll(() => vendor.stop());

		it.each(simulator.samples.map((sample) => [sample.name, sample] as const))(
			'takes the published sample: %s',
			async (_name, sample) => {
				const answer = await sendSample(vendor, sample);
				const body: unknown = JSON.parse(sample.body);

				expect(answer.status).toBe(simulator.acceptedStatus ?? 200);
				expect(vendor.received).toHaveLength(1);
				expect(vendor.sends()).toMatchObject([
					{
						kind: 'send',
						accepted: true,
						method: 'POST',
						body,
						answer: { statusCode: answer.status, body: answer.data },
					},
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
			expect(Object.values(vendor.credentials)).toContain(vendor.url);
		});

		it('gives every message an id of its own, where it gives ids', async () => {
			const [sample] = simulator.samples;
			if (!sample) throw new Error('no sample');
			const bodies = [await sendSample(vendor, sample), await sendSample(vendor, sample)].map(
				({ data }) => JSON.stringify(data),
			);

			const givesIds = Object.values(simulator.cards).every(({ messageId }) => messageId !== null);
			expect(new Set(bodies).size).toBe(givesIds ? 2 : 1);
		});

		it('holds its limit per credential and says so in its own words', async () => {
			// So low that no machine is slow enough to keep it.
			const limited = await simulator.start({ limit: { perSecond: 0.0001, burst: 2 } });
			const [sample] = simulator.samples;
			if (!sample) throw new Error('no sample');
			try {
				limited.retryAfter('3');
				const answers = [];
				for (let i = 0; i < 3; i++) answers.push(await sendSample(limited, sample));

				const good = simulator.acceptedStatus ?? 200;
				expect(answers.map(({ status }) => status)).toEqual([good, good, 429]);
				expect(answers.map(({ headers }) => headers['retry-after'])).toEqual([
					undefined,
					undefined,
					'3',
				]);
				expect(limited.sends()).toHaveLength(2);
				expect(limited.received[2]?.body).toEqual(JSON.parse(sample.body));
			} finally {
				await limited.stop();
			}
		});

		it('takes messages again once its limit allows', async () => {
			const limited = await simulator.start({ limit: { perSecond: 20, burst: 1 } });
			const [sample] = simulator.samples;
			if (!sample) throw new Error('no sample');
			try {
				while (limited.sends().length < 3) await sendSample(limited, sample);

				const [first, second, third] = limited.sends().map(({ at }) => at);
				expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(49);
				expect((third ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(99);
			} finally {
				await limited.stop();
			}
		});

		it('meets its limit when asked to', async () => {
			const [sample] = simulator.samples;
			if (!sample) throw new Error('no sample');
			vendor.limitNext(2);
			const answers = [];
			for (let i = 0; i < 3; i++) answers.push(await sendSample(vendor, sample));

			const good = simulator.acceptedStatus ?? 200;
			expect(answers.map(({ status }) => status)).toEqual([429, 429, good]);
		});

		it('takes its time', async () => {
			const slow = await simulator.start({ latencyMs: 80 });
			const [sample] = simulator.samples;
			if (!sample) throw new Error('no sample');
			try {
				const before = performance.now();
				await sendSample(slow, sample);

				expect(performance.now() - before).toBeGreaterThanOrEqual(79);
			} finally {
				await slow.stop();
			}
		});

		it('counts the sockets that were open at once', async () => {
			const counting = await simulator.start();
			const [sample] = simulator.samples;
			if (!sample) throw new Error('no sample');
			counting.faultNext('timeoutAfterRead', 5);
			const asked = Array.from({ length: 5 }, () => sendSample(counting, sample));
			while (counting.sends().length < 5) await setImmediate();
			const peak = counting.peakConnections();
			await counting.stop();
			await Promise.allSettled(asked);

			expect(peak).toBe(5);
		});

		it('forgets everything on reset', async () => {
			const [sample] = simulator.samples;
			const [id] = Object.keys(simulator.refusals);
			if (!sample || !id) throw new Error('no sample or refusal');
			vendor.refuseNext(id, 3);
			vendor.faultNext('html502');
			await sendSample(vendor, sample);
			vendor.reset();

			expect(vendor.received).toEqual([]);
			expect((await sendSample(vendor, sample)).status).toBeLessThan(300);
			expect(vendor.sends()).toHaveLength(1);
		});

		it('stops while somebody waits for an answer', async () => {
			const stopping = await simulator.start({ latencyMs: 60_000 });
			const [sample] = simulator.samples;
			if (!sample) throw new Error('no sample');
			const waiting = sendSample(stopping, sample).then(
				() => 'answered',
				() => 'cut off',
			);
			while (stopping.sends().length === 0) await setImmediate();
			await stopping.stop();

			expect(await waiting).toBe('cut off');
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
