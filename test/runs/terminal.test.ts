// What `npm start` prints fits a terminal, whatever vendors say, and nothing is lost on the way.
import fc from 'fast-check';

import { column, wrapped, WIDTH } from '../../scripts/terminal';

const word = fc.oneof(fc.stringMatching(/^[^\s]{1,8}$/), fc.stringMatching(/^[^\s]{90,260}$/u));
const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));

test('every line fits, and every character is there', () => {
	fc.assert(
		fc.property(text, fc.constantFrom(0, 4, 13), (given, indent) => {
			const shown = wrapped(given, indent);

			for (const line of shown.split('\n')) {
				expect(Array.from(line).length).toBeLessThanOrEqual(WIDTH);
			}
			expect(shown.replace(/\s/g, '')).toBe(given.replace(/\s/g, ''));
		}),
		{ seed: 20261126 },
	);
});

test('words are not torn where they fit a line', () => {
	const words = Array.from({ length: 60 }, (_, n) => `word${n}`);

	expect(wrapped(words.join(' '), 13).split(/\s+/).filter(Boolean)).toEqual(words);
});

test('a column has its width', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (given, width) => {
			expect(Array.from(column(given, width))).toHaveLength(width);
		}),
		{ seed: 20261126 },
	);
});
