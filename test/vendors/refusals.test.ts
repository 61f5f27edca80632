// Every rule of every provider's error table can be had from the simulator under its id, and the table
// recognises each form of it: the first rule that fits is the one that was asked for.
import type { RefusalRule } from '../../nodes/SendContact/providers/Provider';
import { providers } from '../../nodes/SendContact/providers/index';
import { onlyProviders } from '../only';
import { type ClientAnswer, sendSample } from './client';
import { type RunningVendor, type Sample, vendorOf } from './index';

describe.each(onlyProviders(providers).map((provider) => [provider.name, provider] as const))(
	'%s',
	(name, provider) => {
		const simulator = vendorOf(name);
		let vendor: RunningVendor;
		let sample: Sample;

		beforeAll(async () => {
			vendor = await simulator.start();
			const [first] = simulator.samples;
			if (!first) throw new Error('no sample');
			sample = first;
		});
		afterEach(() => vendor.reset());
		afterAll(() => vendor.stop());

		const send = () => sendSample(vendor, sample);

		/** The id of the first rule that fits, found as `Provider.ts` says. */
		const ruleFor = ({ status, headers, text, data }: ClientAnswer): string | undefined => {
			const json = typeof data === 'string' ? undefined : data;
			const answer = { statusCode: status, headers, text, json };
			const { code } = provider.vendorWords(answer);
			const fits = ({ when }: RefusalRule) =>
				(when.status === undefined || [when.status].flat().includes(status)) &&
				(when.code === undefined || (code !== undefined && when.code.test(code))) &&
				(when.text === undefined || when.text.test(text));
			return provider.refusals.find(fits)?.id;
		};

		it('has a refusal for each rule, and a rule for each refusal', () => {
			const ids = Object.keys(simulator.refusals).map((id) => id.replace(/:.*/, ''));

			expect([...new Set(ids)].sort()).toEqual(provider.refusals.map(({ id }) => id).sort());
		});

		it.each(Object.keys(simulator.refusals))('refuses as asked: %s', async (id) => {
			vendor.refuseNext(id, 2);
			const [first, second, third] = [await send(), await send(), await send()];

			expect(ruleFor(first)).toBe(id.replace(/:.*/, ''));
			expect(second.status).toBe(first.status);
			expect(third.status).toBeLessThan(300);
			expect(vendor.sends()).toHaveLength(1);
			expect(vendor.received.map(({ accepted }) => accepted)).toEqual([false, false, true]);
		});

		it('does not know a refusal that is not there', () => {
			expect(() => vendor.refuseNext('nonsense')).toThrow(/knows no refusal 'nonsense'/);
		});
	},
);
