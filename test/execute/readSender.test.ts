import { readSender } from '../../nodes/SendContact/execute/readRecipient';
import { senderLocator } from '../../nodes/SendContact/parameters/locators';
import { evolutionApi } from '../../nodes/SendContact/providers/evolutionApi';
import type { Provider, SenderKind } from '../../nodes/SendContact/providers/Provider';

const [messenger] = evolutionApi.messengers;
const kind: SenderKind = {
	kind: 'id',
	displayName: 'Line',
	description: 'The line that sends the contact',
	pattern: /^\d+$/,
	placeholder: 'e.g. 12',
	hint: 'Its number',
};

function vendorWith(more: Partial<SenderKind>): Provider {
	return { ...evolutionApi, sender: { ...kind, ...more } };
}

describe('a sender', () => {
	it('of an account that has one of its own is not needed, and dropped where it is filled in', () => {
		const vendor = vendorWith({ isTaken: ({ host }) => host !== 'small' });

		expect(readSender('', vendor, { host: 'small' })).toEqual({ sender: '', dropped: [] });
		for (const given of ['12', 'of another vendor']) {
			expect(readSender(given, vendor, { host: 'small' })).toEqual({
				sender: '',
				dropped: ['sender'],
			});
		}
		expect(readSender('12', vendor, { host: 'large' })).toEqual({ sender: '12', dropped: [] });
		expect(() => readSender('', vendor, { host: 'large' })).toThrow('Line is empty');
	});

	it('that not every account needs is taken where it is filled in', () => {
		const vendor = vendorWith({ isNeeded: () => false });

		expect(readSender('', vendor, {})).toEqual({ sender: '', dropped: [] });
		expect(readSender('12', vendor, {})).toEqual({ sender: '12', dropped: [] });
		expect(() => readSender('x', vendor, {})).toThrow('“x” is not the ID of a line');
	});

	it.each([
		[{}, true],
		[{ isNeeded: () => true }, undefined],
		[{ isTaken: () => true }, undefined],
		[{ default: '1' }, undefined],
	])('%j is demanded by the panel: %s', (more, required) => {
		const field = senderLocator({ provider: vendorWith(more), messenger });

		expect(field?.required).toBe(required);
	});
});
