// `npm test -- <provider>` leaves what belongs to that provider, and says so when nothing does.
import { readdirSync } from 'node:fs';
import { join, parse } from 'node:path';

import { isProvider, suitesOf } from '../../scripts/suites';

const list = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
const before = process.env.SEND_CONTACT_ONLY;

afterEach(() => {
	if (before === undefined) delete process.env.SEND_CONTACT_ONLY;
	else process.env.SEND_CONTACT_ONLY = before;
});

/** The module as a run with that choice has it. */
async function chosen(names: string) {
	process.env.SEND_CONTACT_ONLY = names;
	jest.resetModules();
	return await import('../only');
}

test('without a choice everything stays', async () => {
	const { onlyProviders } = await chosen('');

	expect(onlyProviders(list)).toEqual(list);
});

test('one or several are left, in the order of the list', async () => {
	expect((await chosen('b')).onlyProviders(list)).toEqual([{ name: 'b' }]);
	expect((await chosen('c,a')).onlyProviders(list)).toEqual([{ name: 'a' }, { name: 'c' }]);
});

test('an entry that belongs to several providers stays for each of them', async () => {
	const { only } = await chosen('b');

	expect(only([['a', 'b'], ['a']], 'examples', (providers) => providers)).toEqual([['a', 'b']]);
});

test('a provider that is nowhere in the list is named, and so is the list', async () => {
	const { onlyProviders } = await chosen('new');

	expect(() => onlyProviders(list)).toThrow(
		/Nothing of new is among the providers of the registry/,
	);
});

test('a provider has every suite of the conformance, the traps of its own vendor and of no other', () => {
	const suites = suitesOf(['ultraMsg']);
	const conformance = readdirSync(join(__dirname, '..', 'conformance'), {
		recursive: true,
		encoding: 'utf8',
	}).filter((file) => file.endsWith('.test.ts'));
	const traps = suites.filter((file) => isProvider(parse(file).name.replace('.test', '')));

	expect(suites).toEqual(
		expect.arrayContaining(conformance.map((file) => join('conformance', file))),
	);
	expect(traps).toEqual(['vendors/ultraMsg.test.ts']);
});
