import fc from 'fast-check';

import { isoDate, oneLine, readText, shown } from '../../nodes/SendContact/contact/text';
import { acceptedOf, refusalOf } from './refusal';

const FORBIDDEN = /[\p{Cc}\p{Surrogate}\u2028\u2029\ufeff]/u;
const nasty = fc.string({
	unit: fc.oneof(
		fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
		fc.constantFrom('\r', '\n', '\t', '\0', '\u0085', '\u2028', '\ufeff', '\ud83d', '\ude00', ' '),
		fc.constantFrom('é', 'e\u0301', 'Ж', '👨‍👩‍👧', '\u00a0', '\u200b', '\u202e', ';', ',', '\\', ':'),
	),
	maxLength: 40,
});

describe('readText', () => {
	test.each([
		['plain text', 'Maria Silva', 'Maria Silva'],
		['spaces of all kinds at the ends', ' \u00a0\u2003Мария\u3000 ', 'Мария'],
		['zero-width characters and marks at the ends', '\ufeff\u200b\u200eJosé\u200d\u2060', 'José'],
		['a line break', 'Rua A\r\nCasa 2', 'Rua A Casa 2'],
		['a tab, a vertical tab and a null', 'a\tb\vc\0d', 'a b c d'],
		['separators and next line', 'a\u2028b\u2029c\u0085d', 'a b c d'],
		['runs of spaces', 'João   da \u00a0 Silva', 'João da Silva'],
		['decomposed accents', 'Joa\u0303o', 'João'],
		['an emoji of several characters', '👨‍👩‍👧 Família', '👨‍👩‍👧 Família'],
		['Persian with a joiner inside', 'می\u200cخواهم', 'می\u200cخواهم'],
		['lone surrogates', 'a\ud83db\ude00c', 'abc'],
		['half an emoji at the end', 'Ana \ud83d', 'Ana'],
		['a number', 42.5, '42.5'],
		['zero', 0, '0'],
		['a long whole number', 5511988887777, '5511988887777'],
		['a bigint', 12345678901234567890n, '12345678901234567890'],
		['false', false, 'false'],
	])('reads %s', (_, value, text) => {
		expect(readText(value, 'note')).toBe(text);
	});

	test.each([undefined, null, '', '   ', '\n\t', '\u00a0\u200b\ufeff', '\u202a\u202c'])(
		'takes %j for not filled in',
		(value) => {
			expect(readText(value, 'note')).toBeUndefined();
		},
	);

	test.each([
		['an object', { name: 'Maria' }, 'an object instead of a text: {"name":"Maria"}'],
		['a list', ['Maria'], 'a list instead of a text: ["Maria"]'],
		['NaN', Number.NaN, 'NaN'],
		['infinity', Number.POSITIVE_INFINITY, 'Infinity'],
		['a function', () => 1, '=>'],
		['a symbol', Symbol('x'), 'Symbol(x)'],
		['an object without JSON', { toJSON: () => undefined }, 'an object'],
		['an object JSON cannot hold', { big: 1n }, 'an object'],
	])('refuses %s and names the field', (_, value, said) => {
		const refusal = refusalOf(() => readText(value, 'organization'));
		expect(refusal).toMatchObject({ name: 'InputError', parameter: 'organization' });
		expect(refusal.message).toContain('organization');
		expect(refusal.message).toContain(said);
		expect(refusal.description).not.toBe('');
	});

	test('gives clean text or nothing for any text, and the same again for its own result', () => {
		fc.assert(
			fc.property(nasty, (value) => {
				const text = readText(value, 'note');
				expect(text).not.toBe('');
				expect(text ?? '').not.toMatch(FORBIDDEN);
				expect(text ?? '').not.toMatch(/^\s|\s$|\s\s|[^\S ]/u);
				expect(readText(text, 'note')).toBe(text);
			}),
			{ numRuns: 2000 },
		);
	});

	test('refuses with an InputError or reads, whatever it is given', () => {
		fc.assert(
			fc.property(fc.anything({ withBigInt: true, withNullPrototype: true }), (value) => {
				const text = acceptedOf(() => readText(value, 'note'));
				expect(['string', 'undefined']).toContain(typeof text);
			}),
		);
	});

	test('reads megabytes of invisible characters, which one try for each would not end', () => {
		const size = 2_000_000;
		const invisible = `a${'\u200b'.repeat(2 * size)}b${' \u200b'.repeat(size)}`;
		expect(readText(invisible, 'note')).toMatch(/^a\u200b+b$/);
	});
});

describe('shown', () => {
	test('keeps a short value whole and cuts a long one between characters', () => {
		expect(shown('Maria\nSilva')).toBe('Maria Silva');
		expect(shown('😀'.repeat(61))).toBe(`${'😀'.repeat(60)}…`);
		expect(shown(undefined)).toBe('undefined');
		expect(shown(null)).toBe('null');
	});

	test('stays short for any value', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				expect(Array.from(shown(value)).length).toBeLessThanOrEqual(61);
			}),
		);
	});
});

test('oneLine is the same when applied twice', () => {
	fc.assert(
		fc.property(nasty, (text) => {
			expect(oneLine(oneLine(text))).toBe(oneLine(text));
		}),
		{ numRuns: 2000 },
	);
});

test.each([
	['1990-02-03', '1990-02-03'],
	['19900203', '1990-02-03'],
	['1990-02-03T00:00:00.000Z', '1990-02-03'],
	['1990-02-03 12:00', '1990-02-03'],
	['1990-02-31', '1990-02-31'],
	['1990-13-01T00:00:00Z', '1990-13-01T00:00:00Z'],
	['03/02/1990', '03/02/1990'],
	['--02-03', '--02-03'],
	['1990', '1990'],
	['', ''],
])('isoDate makes %j %j', (text, date) => {
	expect(isoDate(text)).toBe(date);
});
