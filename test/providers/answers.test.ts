// Reading a vendor's JSON: no digit of a number is changed, whatever it is nested in. `lossless-json`, a
// reader of its own, is the one that this is held to.
import fc from 'fast-check';
import { isSafeNumber, parse } from 'lossless-json';

import { parseJson, plainText, textOf } from '../../nodes/SendContact/providers/answers';

describe('an id above 2^53 is kept digit for digit', () => {
	test.each([
		['9007199254740993', '9007199254740993'],
		['-9007199254740993', '-9007199254740993'],
		['12345678901234567890', '12345678901234567890'],
		// The type of an id must not depend on whether it happens to be even.
		['9007199254740992', '9007199254740992'],
		['0.12345678901234567890', '0.12345678901234567890'],
		['1e400', '1e400'],
		['1e-400', '1e-400'],
		['1.7976931348623157e309', '1.7976931348623157e309'],
	])('%s is text', (written, read) => {
		expect(parseJson(`{"id": ${written}}`)).toEqual({ id: read });
		expect(parseJson(`[${written},${written}]`)).toEqual([read, read]);
		expect(textOf(parseJson(written))).toBe(read);
	});

	test.each([
		['9007199254740991', 9007199254740991],
		['5511988887777', 5511988887777],
		['-0.5', -0.5],
		['1.50', 1.5],
		['100.0', 100],
		['1e3', 1000],
		['2.5E-7', 2.5e-7],
		['0', 0],
	])('%s is a number', (written, read) => {
		expect(parseJson(`{"n": ${written}, "long": 12345678901234567890}`)).toEqual({
			n: read,
			long: '12345678901234567890',
		});
	});

	test('numbers in strings and names stay what they are', () => {
		const value = { '12345678901234567890': '12345678901234567890', '"9007199254740993': '1e999' };

		expect(parseJson(JSON.stringify(value))).toEqual(value);
	});
});

/** JSON texts with numbers of any length, and strings that look like them. */
const jsonTexts = fc.letrec<{ value: string }>((tie) => {
	const number = fc
		.tuple(
			fc.constantFrom('', '-'),
			fc.stringMatching(/^(0|[1-9]\d{0,24})$/),
			fc.stringMatching(/^(\.\d{1,24})?$/),
			fc.stringMatching(/^([eE][+-]?\d{1,3})?$/),
		)
		.map((parts) => parts.join(''));
	const string = fc
		.oneof(fc.string(), fc.stringMatching(/^["\\\d{}[\],:e. -]{0,30}$/))
		.map((text) => JSON.stringify(text));
	const space = fc.constantFrom('', ' ', '\n\t');
	return {
		value: fc.oneof(
			{ depthSize: 'small', withCrossShrink: true },
			number,
			string,
			fc.constantFrom('true', 'false', 'null'),
			fc
				.tuple(space, fc.array(tie('value'), { maxLength: 5 }))
				.map(([gap, values]) => `[${gap}${values.join(`${gap},${gap}`)}${gap}]`),
			fc
				.tuple(space, fc.array(fc.tuple(string, tie('value')), { maxLength: 5 }))
				.map(([gap, entries]) => {
					const named = entries.map(([name, value], n) => `"${n}${name.slice(1)}${gap}:${value}`);
					return `{${gap}${named.join(`${gap},${gap}`)}}`;
				}),
		),
	};
}).value;

test('any JSON is read as an exact reader reads it', () => {
	fc.assert(
		fc.property(jsonTexts, (text) => {
			const exact = parse(text, null, (number) => (isSafeNumber(number) ? Number(number) : number));

			expect(parseJson(text)).toEqual(exact);
		}),
		{ seed: 20261122, numRuns: 3000 },
	);
});

test('what is no JSON is none', () => {
	fc.assert(
		fc.property(
			jsonTexts,
			fc.nat(),
			fc.constantFrom('"', '{', ',', '\\', '0', '-'),
			(text, at, odd) => {
				const place = at % (text.length + 1);
				const broken = text.slice(0, place) + odd + text.slice(place);
				let isJson = true;
				try {
					JSON.parse(broken);
				} catch {
					isJson = false;
				}

				expect(parseJson(broken) !== undefined).toBe(isJson);
			},
		),
		{ seed: 20261122, numRuns: 1000 },
	);
	for (const text of [
		'',
		' ',
		'{',
		'{"id": 01234567890123456789}',
		'"',
		'1 2',
		'\\"'.repeat(1e5),
	]) {
		expect(parseJson(text)).toBeUndefined();
	}
});

test('JSON nested a million deep is read', () => {
	const deep = `{"id":12345678901234567890,"deep":${'['.repeat(1e6)}${']'.repeat(1e6)}}`;

	expect(parseJson(deep)).toHaveProperty('id', '12345678901234567890');
});

test('a page that never closes its tags is read in one go', () => {
	expect(plainText('a < b, <b>c</b><script>x')).toBe('a < b, c');
	for (const text of ['<script>', '<', '<script']) {
		expect(plainText(text.repeat(300_000)).length).toBeLessThanOrEqual(text.length * 300_000);
	}
});
