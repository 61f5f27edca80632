// Every request that the vendors publish is taken as it stands, and what one simulator shows of itself
// (credential, secrets, senders, recordings) holds for all of them.
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
			const limited = await simulator.start({ limit: { perSecond: 20, burst: 2 } });
			const [sample] = simulator.samples;
			if (!sample) throw new Error('no sample');
			try {
				limited.retryAfter('3');
				const statuses = [];
				for (let i = 0; i < 3; i++) statuses.push(await sendSample(limited, sample));
				await new Promise((resolve) => setTimeout(resolve, 120));
				statuses.push(await sendSample(limited, sample));

				const good = simulator.acceptedStatus ?? 200;
				expect(statuses.map(({ status }) => status)).toEqual([good, good, 429, good]);
				expect(statuses.map(({ headers }) => headers['retry-after'])).toEqual([
					undefined,
					undefined,
					'3',
					undefined,
				]);
				expect(limited.sends()).toHaveLength(3);
				expect(limited.received[2]?.body).toEqual(JSON.parse(sample.body));
			} finally {
				await limited.stop();
			}
		});

		it('takes its time and counts the sockets that were open at once', async () => {
			const slow = await simulator.start({ latencyMs: 80 });
			const [sample] = simulator.samples;
			if (!sample) throw new Error('no sample');
			try {
				const before = performance.now();
				await Promise.all(Array.from({ length: 5 }, () => sendSample(slow, sample)));

				expect(performance.now() - before).toBeGreaterThanOrEqual(79);
				expect(slow.peakConnections()).toBe(5);
			} finally {
				await slow.stop();
			}
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
			while (stopping.sends().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
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
