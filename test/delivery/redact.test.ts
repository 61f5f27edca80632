// Secrets out of texts and values: in every form they may have taken on the way, and nothing else.
import fc from 'fast-check';

import { REDACTED, redactorFor } from '../../nodes/SendContact/delivery/redact';
import { everythingIn, formsOf } from '../conformance/leaks';

const SECRET = 'Ff"a+k/e=to ken\\&é?';
const { text, json } = redactorFor([SECRET]);

describe('one secret', () => {
	it.each([
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

it('any secret in any usual form, anywhere', () => {
	fc.assert(
		fc.property(
			fc.string({ minLength: 8, unit: 'binary' }).filter((secret) => secret.trim().length >= 8),
			fc.nat(),
			(secret, which) => {
				const forms = formsOf(secret);
				const form = forms[which % forms.length] ?? secret;
				const clean = everythingIn(redactorFor([secret]).json({ a: [`~${form}~`] }));

				expect(clean).not.toContain(`~${form}~`);
			},
		),
		{ seed: 20261122, numRuns: 500 },
	);
});
