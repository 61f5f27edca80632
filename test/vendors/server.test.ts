// What the base gives every simulator, seen on a made-up vendor that uses all of it: bodies of every kind,
// secrets in every place, several limits, answers on demand, ids of its own for messages.
import { setImmediate } from 'node:timers/promises';

// Beside n8n, as in the suites: it changes how bigints are written.
import 'n8n-workflow';

import { byId, type CardTable } from './cards';
import { ask } from './client';
import type { RunningVendor } from './index';
import { simulate } from './server';
import { ok, refusal, textAt } from './Vendor';

const never: CardTable = {
	messageId: null,
	minimal: { parameters: {}, body: {}, to: '', contact: {} },
	full: { parameters: {}, body: {}, to: '', contact: {} },
};
const slower = refusal('assumed', () => ok({ status: 'slower' }));
const pairSlower = refusal('assumed', () => ok({ status: 'slower for this pair' }));

const madeUp = simulate<{ isOpen: boolean }>({
	provider: 'madeUp',
	messengers: {
		whatsapp: {
			credentials: (url) => ({ url }),
			recipient: byId((four) => `id-${four}`),
			ids: { none: [] },
			demands: [],
			read: ({ body, headers }) => ({
				to: textAt(body, 'to') ?? '',
				sender: headers.sender ?? '',
				cards: [],
			}),
			cards: never,
			panel: { fields: [], additional: [], options: [], modes: [] },
		},
	},
	secrets: [],
	wrongSecrets: {},
	means: { slower: 'slower' },
	ofAccount: [],
	credentialCases: [],
	refusals: { slower, closed: refusal('assumed', () => ok({ status: 'closed' })) },
	words: (body) => textAt(body, 'status'),
	overload: { credential: slower, pair: pairSlower },
	comeBack: [
		{
			name: 'in the body',
			put: (answer, seconds) => ({ ...answer, body: { ...Object(answer.body), wait: seconds } }),
		},
	],
	nothingHere: () => ok({ status: 'nowhere' }),
	samples: [],
	flags: { isOpen: true },
	routes: (flags) => ({
		sends: [
			{
				urls: ['/send'],
				takes: ['form', 'json', 'text'],
				schema: {},
				stops: ({ body, query }) =>
					[textAt(body, 'token'), query.token].includes('wrong')
						? ok({ status: 'who?' })
						: undefined,
				wrongContentType: () => ok({ status: 'kind?' }),
				invalid: () => ok({ status: 'invalid' }),
				unable: () => (flags.isOpen ? undefined : ok({ status: 'closed' })),
				handle: ({ body }) => textAt(body, 'id'),
				acceptance: ({ body }) => ok({ id: 9007199254740993n, to: textAt(body, 'to') }),
			},
		],
		others: [
			{
				method: 'POST',
				url: '/status',
				stops: ({ query }) => (query.token === 'wrong' ? ok({ status: 'who?' }) : undefined),
				answer: ({ body }) => ok({ status: 'fine', empty: JSON.stringify(body) }),
			},
		],
	}),
});

let vendor: RunningVendor<{ isOpen: boolean }>;
beforeAll(async () => {
	vendor = await madeUp.start();
});
afterEach(() => vendor.reset());
afterAll(() => vendor.stop());

/** Refusals of the made-up vendor are in a 200; what it takes it counts. */
const isTaken = ({ accepted }: { accepted: boolean }) => accepted;

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const send = (body: string | object, headers?: Record<string, string>, to = vendor) =>
	ask('POST', `${to.url}/send`, body, headers);

it.each([
	['JSON', { to: 'a' }, undefined, { to: 'a' }],
	['a form', 'to=a&to=b&x=%2B1', FORM, { to: ['a', 'b'], x: '+1' }],
	['text', 'to a', { 'content-type': 'text/plain' }, 'to a'],
])('reads %s', async (_name, body, headers, read) => {
	await send(body, headers);

	expect(vendor.sends()).toMatchObject([
		{ body: read, text: typeof body === 'string' ? body : JSON.stringify(body) },
	]);
});

it('writes numbers beyond 2^53 digit for digit', async () => {
	const { text } = await send({ to: 'a' });

	expect(text).toBe('{"id":9007199254740993,"to":"a"}');
	expect(vendor.received).toMatchObject([{ answer: { text } }]);
});

it.each([
	['in a form', 'token=wrong', FORM, ''],
	['in JSON', { token: 'wrong' }, undefined, ''],
	['in the query', {}, undefined, '?token=wrong'],
])('finds a wrong secret %s', async (_name, body, headers, query) => {
	const { data } = await ask('POST', `${vendor.url}/send${query}`, body, headers);

	expect(data).toEqual({ status: 'who?' });
	expect(vendor.received).toMatchObject([{ kind: 'send', accepted: false }]);
});

it('takes a message of an id once, and answers the repeat with the same', async () => {
	const answers = [await send({ id: '1', to: 'a' }), await send({ id: '1', to: 'b' })];

	expect(answers[1]?.text).toBe(answers[0]?.text);
	expect(vendor.received).toMatchObject([
		{ accepted: true, repeated: false, handle: '1' },
		{ accepted: false, repeated: true, handle: '1' },
	]);
	vendor.faultNext('redirect302');
	vendor.faultNext('resetBeforeAnswer');
	await send({ id: '2', to: 'a' });
	await expect(send({ id: '2', to: 'a' })).rejects.toThrow();
	await send({ id: '2', to: 'a' });
	expect(vendor.sends()).toHaveLength(2);
});

it('holds several limits at once, each in its own words, and says when to come back', async () => {
	const limited = await madeUp.start({
		limits: [
			{ perSecond: 0.001, burst: 3 },
			{ perSecond: 0.001, burst: 1, per: 'pair' },
			{ perSecond: 0.001, burst: 1, per: 'recipient', recipients: /^group/ },
		],
	});
	const status = async (to: string, sender: string) =>
		textAt((await send({ to }, { sender }, limited)).data, 'status') ?? 'taken';
	try {
		expect(await status('group', 'one')).toBe('taken');
		expect(await status('group', 'two')).toBe('slower');
		expect(await status('group', 'one')).toBe('slower for this pair');
		expect(await status('a', 'one')).toBe('taken');
		expect(await status('a', 'one')).toBe('slower for this pair');
		expect(await status('a', 'two')).toBe('taken');
		limited.comeBackIn(7);
		expect((await send({ to: 'b' }, {}, limited)).data).toEqual({ status: 'slower', wait: 7 });
		limited.comeBackIn(undefined);
		expect((await send({ to: 'b' }, {}, limited)).data).toEqual({ status: 'slower' });
		expect(() => limited.comeBackIn(1, 'by letter')).toThrow(/no way 'by letter'/);
	} finally {
		await limited.stop();
	}
});

it('answers other requests as it was told, after the secret was looked at', async () => {
	const other = async (query = '') => (await ask('POST', `${vendor.url}/status${query}`, {})).data;
	vendor.answerNextOther('closed');
	vendor.answerNextOther(ok({ status: 'something else' }));

	expect(await other('?token=wrong')).toEqual({ status: 'who?' });
	expect(await other()).toEqual({ status: 'closed' });
	expect(await other()).toEqual({ status: 'something else' });
	expect(await other()).toEqual({ status: 'fine', empty: '{}' });
	expect(() => vendor.answerNextOther('nonsense')).toThrow(/knows no refusal 'nonsense'/);
});

it('refuses sends as it was told; an order that finds no valid message waits, if it is a fault', async () => {
	vendor.refuseNext('closed');
	vendor.faultNext('html502');
	vendor.flags.isOpen = false;
	const said = [await send({}), await send({})].map(({ data }) => data);
	vendor.flags.isOpen = true;

	expect(said).toEqual([{ status: 'closed' }, { status: 'closed' }]);
	expect((await send({})).status).toBe(502);
	expect((await send({})).status).toBe(200);
});

it('takes messages again once its limit allows', async () => {
	const limited = await madeUp.start({ limits: [{ perSecond: 20, burst: 1 }] });
	try {
		while (limited.received.filter(isTaken).length < 3) await send({ to: 'a' }, {}, limited);

		const [first = 0, second = 0, third = 0] = limited.received.filter(isTaken).map(({ at }) => at);
		expect(second - first).toBeGreaterThanOrEqual(49);
		expect(third - first).toBeGreaterThanOrEqual(99);
	} finally {
		await limited.stop();
	}
});

it('takes its time', async () => {
	const slow = await madeUp.start({ latencyMs: 80 });
	try {
		const before = performance.now();
		await send({}, {}, slow);

		expect(performance.now() - before).toBeGreaterThanOrEqual(79);
	} finally {
		await slow.stop();
	}
});

it('counts the sockets that were open at once', async () => {
	const counting = await madeUp.start();
	counting.faultNext('timeoutAfterRead', 5);
	const asked = Array.from({ length: 5 }, () => send({}, {}, counting));
	while (counting.sends().length < 5) await setImmediate();
	const peak = counting.peakConnections();
	await counting.stop();
	await Promise.allSettled(asked);

	expect(peak).toBe(5);
});

it('stops while somebody waits for an answer', async () => {
	const stopping = await madeUp.start({ latencyMs: 60_000 });
	const waiting = send({}, {}, stopping).then(
		() => 'answered',
		() => 'cut off',
	);
	while (stopping.sends().length === 0) await setImmediate();
	await stopping.stop();

	expect(await waiting).toBe('cut off');
});
