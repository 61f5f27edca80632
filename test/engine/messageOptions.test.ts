// What the options of a message may be filled with, kind by kind: what is taken, what is nothing, and what is
// refused before anything is sent.
import { readMessageOptions } from '../../nodes/SendContact/execute/readMessageOptions';
import { ogmma } from '../../nodes/SendContact/providers/ogmma';
import type { OptionValue } from '../../nodes/SendContact/providers/Provider';
import { objectIn } from '../../nodes/SendContact/providers/shared/options';
import { refusalOf } from '../contact/refusal';

const [messenger] = ogmma.messengers;

/** What an option of that kind comes to. */
function read(value: OptionValue, filled: unknown): unknown {
	const option = { vendorName: 'x', displayName: 'X', description: 'An option', value };
	const service = { provider: ogmma, messenger: { ...messenger, options: { option } } };
	return readMessageOptions({ option: filled }, service).taken.option;
}

const text: OptionValue = { kind: 'text', pattern: /^\d+$/, longest: 3 };
const number: OptionValue = { kind: 'number', min: 0, max: 9, isWhole: true, default: 1 };
const choice: OptionValue = {
	kind: 'choice',
	choices: [
		{ name: 'None', value: 0 },
		{ name: 'High', value: 'high' },
	],
	default: 0,
};
const json: OptionValue = { kind: 'json' };

test.each<[string, OptionValue, unknown, unknown]>([
	['a text', text, ' 12 ', '12'],
	['a number in a text', text, 12, '12'],
	['no text', text, ' ', undefined],
	['a number', number, '9', 9],
	['zero where it is a number like others', number, 0, 0],
	['a switch', { kind: 'switch', default: true }, 'true', true],
	['a switch turned off', { kind: 'switch', default: true }, false, false],
	['a choice', choice, 'high', 'high'],
	['a choice that is zero', choice, 0, 0],
	['an object as text', json, ' { "a": [1] }\n', '{"a":[1]}'],
	['an object that an expression gives', json, { a: { b: null } }, '{"a":{"b":null}}'],
	['an empty object', json, '{}', undefined],
	['no object', json, '', undefined],
])('%s', (_, kind, filled, expected) => {
	expect(read(kind, filled)).toBe(expected);
});

test.each<[string, OptionValue, unknown]>([
	['a text of another form', text, 'abc'],
	['a text that is too long', text, '1234'],
	['a number out of bounds', number, 10],
	['a number that is not whole', number, 1.5],
	['a switch that is a word', { kind: 'switch', default: true }, 'yes'],
	['a choice that is none', choice, 'low'],
	['an object cut off', json, '{"a":'],
	['a list for an object', json, '[1]'],
	['a number for an object', json, 5],
])('refuses %s and names it', (_, kind, filled) => {
	expect(refusalOf(() => read(kind, filled)).parameter).toBe('option');
});

test('an object is given back as it was filled in', () => {
	expect(objectIn('{"a":{"b":null}}')).toEqual({ a: { b: null } });
	expect(objectIn(undefined)).toBeUndefined();
});
