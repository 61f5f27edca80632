// Secrets out of texts and values: in every form they may have taken on the way, and nothing else.
import fc from 'fast-check';

import { REDACTED, redactorFor } from '../../nodes/SendContact/delivery/redact';
import { BASE64, ESCAPES, everythingIn, formsOf } from '../conformance/leaks';

const SECRET = 'Ff"a+k/e=to ken\\&é?';
const { text, json } = redactorFor([SECRET]);

describe('one secret', () => {
	it.each<[string, string]>([
		['plain', SECRET],
		['in a URL', `https://v.example/waInstance1/send/${encodeURIComponent(SECRET)}?x=1`],
		['in a URL, encoded twice', encodeURIComponent(encodeURIComponent(SECRET))],
		['in a form', new URLSearchParams({ token: SECRET }).toString()],
		['in JSON', JSON.stringify({ token: SECRET })],
		['in JSON in JSON', JSON.stringify({ body: JSON.stringify({ token: SECRET }) })],
		['in base64', Buffer.from(SECRET).toString('base64')],
		['in base64url', Buffer.from(SECRET).toString('base64url')],
		['in Basic authorization', Buffer.from(`user:${SECRET}`).toString('base64')],
		['in base64 of something longer', Buffer.from(`{"a":"${SECRET}","b":1}`).toString('base64')],
		['in HTML', SECRET.replace(/&/g, '&amp;').replace(/"/g, '&quot;')],
		['in other letter case', encodeURIComponent(SECRET).toLowerCase()],
		...Object.entries(ESCAPES).map(([name, escape]) => [name, escape(SECRET)] as [string, string]),
		...Object.entries(BASE64).map(([name, encode]) => [name, encode(SECRET)] as [string, string]),
	])('%s', (_, dirty) => {
		const clean = text(`before ${dirty} after`);

		expect(clean).toContain(REDACTED);
		expect(clean).toMatch(/^before .*after$/);
		for (const form of formsOf(SECRET)) expect(clean).not.toContain(form);
	});

	it('as often as it stands there', () => {
		expect(text(`${SECRET}, ${SECRET}`)).toBe(`${REDACTED}, ${REDACTED}`);
	});

	it('in any place of a value, names included, at any depth', () => {
		const clean = json({ a: [{ [SECRET]: [SECRET, 1, null, true] }], b: `x${SECRET}` });

		expect(clean).toEqual({ a: [{ [REDACTED]: [REDACTED, 1, null, true] }], b: `x${REDACTED}` });
	});

	it('leaves everything else as it is, and the value it was given unchanged', () => {
		const value = { a: [1, 'two', null, { three: true }], b: 5511988887777 };
		const before = structuredClone(value);

		expect(json(value)).toEqual(before);
		expect(value).toEqual(before);
		expect(text('Nothing to hide')).toBe('Nothing to hide');
	});
});

it('a secret of digits is found in numbers, too', () => {
	expect(redactorFor(['7103000001']).json({ id: 7103000001, other: 71030 })).toEqual({
		id: REDACTED,
		other: 71030,
	});
});

it('of overlapping secrets nothing is left over, whatever their order', () => {
	for (const secrets of [
		['token', 'token-and-more'],
		['token-and-more', 'token'],
	]) {
		expect(redactorFor(secrets).text('x token-and-more token y')).toBe(
			`x ${REDACTED} ${REDACTED} y`,
		);
	}
});

it('what is too short to be a secret would be found everywhere, and is left alone', () => {
	expect(redactorFor(['', 'a', '123']).text('a banana, 123')).toBe('a banana, 123');
	expect(redactorFor([]).json({ a: 'b' })).toEqual({ a: 'b' });
});

it('a page of megabytes is cut', () => {
	const clean = redactorFor([SECRET]).text('x'.repeat(5_000_000));

	expect(clean.length).toBeLessThan(200_000);
	expect(clean).toMatch(/5000000 characters/);
});

it('a secret across the cut does not stand half in the open', () => {
	const secret = Array.from({ length: 20 }, (_, n) => `part${n}`).join('-');
	const { text: cut } = redactorFor([secret]);
	for (const after of [1, 60, secret.length - 1]) {
		const clean = cut('x'.repeat(100_000 - after) + secret + 'y'.repeat(100));

		expect(clean.includes('part0')).toBe(false);
		expect(clean.length).toBeGreaterThan(99_000);
	}
});

describe('any secret, in any escape, in any text', () => {
	/** What a key may be: cleaned, so without spaces around it; without the marks that the tests set. */
	const secrets = fc
		.oneof(
			fc.string({ minLength: 4, maxLength: 60, unit: 'grapheme-ascii' }),
			fc.string({ minLength: 4, maxLength: 60, unit: 'binary' }),
			fc.stringMatching(/^[\w+/=.-]{8,80}$/),
			fc.stringMatching(/^[/+=%&\\"'<>;#u\d]{4,30}$/),
		)
		.filter((secret) => secret.trim() === secret && secret.length >= 4 && !/[|¦]/.test(secret));
	const escapes = fc.constantFrom(...Object.values(ESCAPES));
	/** One escape in the other: JSON in JSON in a URL. */
	const escaped = fc
		.array(escapes, { minLength: 1, maxLength: 3 })
		.map((all) => (text: string) => all.reduce((inner, escape) => escape(inner), text));
	const inBase64 = fc.tuple(fc.constantFrom(...Object.values(BASE64)), escapes).map(
		([encode, escape]) =>
			(text: string) =>
				escape(encode(text)),
	);
	const surroundings = fc.oneof(
		fc.string({ maxLength: 40, unit: 'grapheme-ascii' }),
		fc.string({ maxLength: 40, unit: 'binary' }),
		fc.stringMatching(/^[/+=%&\\"'<>;#u\d]{0,30}$/),
	);
	const runs = { seed: 20261122, numRuns: 2000 };

	it('is hidden, and nothing else is changed', () => {
		fc.assert(
			fc.property(
				secrets,
				fc.oneof({ weight: 4, arbitrary: escaped }, inBase64),
				surroundings,
				surroundings,
				(secret, write, before, after) => {
					const redactor = redactorFor([secret]);
					const around = [`${before}|`, `¦${after}`] as const;
					// Whoever writes the secret into the text by chance is no counterexample.
					fc.pre(around.every((text) => redactor.text(text) === text));
					const [from, to] = around;

					expect(redactor.text(from + write(secret) + to)).toBe(from + REDACTED + to);
				},
			),
			runs,
		);
	});

	it('is hidden whatever touches it', () => {
		fc.assert(
			fc.property(secrets, escaped, surroundings, surroundings, (secret, write, before, after) => {
				const redactor = redactorFor([secret]);
				const clean = redactor.text(before + write(secret) + after);

				expect(clean).toContain(REDACTED);
				// What is left of a secret that was not hidden whole could be hidden once more.
				expect(redactor.text(clean.replaceAll(REDACTED, ''))).toBe(clean.replaceAll(REDACTED, ''));
			}),
			runs,
		);
	});

	it('is hidden within base64 of something longer, and what is told of it is no bit of it', () => {
		fc.assert(
			fc.property(
				secrets,
				fc.constantFrom(...Object.values(BASE64)),
				surroundings,
				surroundings,
				(secret, encode, before, after) => {
					const clean = redactorFor([secret]).text(`|${encode(before + secret + after)}|`);
					const [start = '', end = ''] = clean.slice(1, -1).split(REDACTED);
					const said = (part: string) => Buffer.from(part, 'base64').toString('latin1');

					expect(clean).toContain(REDACTED);
					expect(Buffer.from(before).toString('latin1')).toContain(said(start));
					expect(end.length).toBeLessThanOrEqual(Math.ceil((Buffer.byteLength(after) * 8) / 6) + 2);
				},
			),
			{ ...runs, numRuns: 500 },
		);
	});

	it('is hidden in a value, at any depth', () => {
		fc.assert(
			fc.property(secrets, fc.nat(), (secret, which) => {
				const forms = formsOf(secret);
				const form = forms[which % forms.length] ?? secret;
				const clean = everythingIn(redactorFor([secret]).json({ a: [`~${form}~`] }));

				expect(clean).not.toContain(`~${form}~`);
			}),
			{ ...runs, numRuns: 500 },
		);
	});
});

it('a value nested a million deep is shown to a bounded depth', () => {
	const deep: unknown = JSON.parse(`${'[{"a":'.repeat(500_000)}1${'}]'.repeat(500_000)}`);
	const clean = JSON.stringify(redactorFor(['secret']).json({ secret: deep, b: 1 }));

	expect(clean).toMatch(/^\{"\[hidden\]":\[\{"a":.*…/);
	expect(clean).toMatch(/"b":1\}$/);
	expect(clean.length).toBeLessThan(2000);
});
