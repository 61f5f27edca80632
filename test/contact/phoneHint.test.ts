import fc from 'fast-check';

import { examinePhone, type PhoneReading } from '../../nodes/SendContact/contact/phone';
import { phoneHint } from '../../nodes/SendContact/contact/phoneHint';

/** How the numbers are read; what is refused is left out, as the node does. */
const read = (numbers: string[], defaultCountry?: string): PhoneReading[] =>
	numbers.flatMap((number) => {
		const reading = examinePhone(number, { parameter: 'to', defaultCountry });
		return 'digits' in reading ? [reading] : [];
	});

const hint = (numbers: string[], defaultCountry?: string) =>
	phoneHint(read(numbers, defaultCountry));

const brazilians = ['5511988887777', '5521977776666', '5544998398733', '5555999991234'];

test('unbroken digits that are a number of two countries are told, with both and Default Country', () => {
	const said = hint(['51987654321']) ?? '';
	expect(said).toContain('1 was read as Peru (PE) (such as 51987654321)');
	expect(said).toContain('could be of Brazil (BR)');
	expect(said).toContain('Default Country');
	expect(said).toContain('with + in front');
});

test('a list of national mobiles of which some are read as strangers is told of all of them', () => {
	const said = hint(['51987654321', '51998765432', '11988887777', '13123456789']) ?? '';
	expect(said).toContain('2 were read as Peru (PE)');
	expect(said).toContain('1 was read as United States (US)');
	expect(said).toContain('China (CN)');
});

test('a number of another country than most of the list is told', () => {
	const said = hint([...brazilians, '4915112345678']) ?? '';
	expect(said).toContain('1 was read as Germany (DE) (such as 4915112345678).');
	expect(said).toContain('Most numbers of the list are of Brazil (BR)');
});

test('what the list bears out is not told', () => {
	// An American mobile that could be Chinese, among Americans that could not.
	expect(hint(['13123456789'])).toContain('China');
	expect(hint(['13123456789', '12025550123', '12125550123', '12065550123'])).toBeUndefined();
});

test.each([
	['digits of one country', brazilians, undefined],
	['numbers with +', ['+51987654321', '+5511988887777', '+4915112345678'], undefined],
	['what a default country was set for', ['51987654321', '(11) 98888-7777'], 'BR'],
	['nothing', [], undefined],
])('nothing is told of %s', (_, numbers, home) => {
	expect(hint(numbers, home)).toBeUndefined();
});

test('a foreign number read under a default country is told where most are of another', () => {
	const said = hint(['(11) 98888-7777', '(21) 97777-6666', '11977776666', '5215512345678'], 'BR');
	expect(said).toContain('1 was read as Mexico (MX)');
});

test('it stays short, however many numbers and countries there are', () => {
	const digits = fc.stringMatching(/^[1-9]\d{7,13}$/);
	fc.assert(
		fc.property(fc.array(digits, { maxLength: 200 }), (numbers) => {
			const said = hint(numbers);
			expect(said?.length ?? 0).toBeLessThan(1500);
			expect(said ?? '').not.toMatch(/undefined|NaN|\b0 were/);
		}),
	);
});

test('the order of the list does not matter for what is told', () => {
	const numbers = [...brazilians, '51987654321', '13123456789', '4915112345678'];
	const countries = (said: string | undefined) => said?.match(/\([A-Z]{2}\)/g)?.sort();
	fc.assert(
		fc.property(fc.shuffledSubarray(numbers, { minLength: numbers.length }), (shuffled) => {
			expect(countries(hint(shuffled))).toEqual(countries(hint(numbers)));
		}),
	);
});
