// Whatever body a provider asks for and wherever a credential puts its secrets: both arrive, through
// n8n's own helper, and the output shows the request as it left, with `[hidden]` for each secret.
import type { VendorRequest } from '../../nodes/SendContact/providers/Provider';
import { ask, startEcho, type Arrived } from './odd';

const SECRETS = {
	pathToken: 'path/to ken+1',
	headerToken: 'header=token/2',
	queryToken: 'query&token=3',
	bodyToken: 'body"token\\4',
};

let echo: Awaited<ReturnType<typeof startEcho>>;
beforeAll(async () => {
	echo = await startEcho();
});
afterAll(() => echo.stop());

const dataWith = (credentials: object) => ({
	baseUrl: echo.url,
	accountId: 'acc',
	...credentials,
});

const arrive = async (vendorRequest: VendorRequest, credentials: object = SECRETS) => {
	const { answer, shown } = await ask(dataWith(credentials), vendorRequest);
	if (typeof answer === 'string') throw new Error(`No answer: ${answer}`);
	return { arrived: answer.json as Arrived, shown };
};

const form = (text: string) => Object.fromEntries(new URLSearchParams(text));

describe('the body that a provider asks for arrives, and the secret with it', () => {
	test('JSON', async () => {
		const body = { name: 'Zoë', contact: { phone: 5511988887777, list: [1, { two: null }] } };
		const { arrived, shown } = await arrive({ method: 'POST', path: '/send', body });

		expect(arrived.headers['content-type']).toMatch(/^application\/json/);
		expect(JSON.parse(arrived.body)).toEqual({ ...body, secret: SECRETS.bodyToken });
		expect(shown).toMatchObject({ body: { ...body, secret: '[hidden]' } });
	});

	test('a form', async () => {
		const fields = { to: '5511988887777', text: 'a b+c&d=ü "\'!', vcard: 'BEGIN:VCARD\r\n' };
		const { arrived, shown } = await arrive({ method: 'POST', path: '/send', form: fields });

		expect(arrived.headers['content-type']).toBe('application/x-www-form-urlencoded');
		expect(form(arrived.body)).toEqual({ ...fields, secret: SECRETS.bodyToken });
		expect(shown).toMatchObject({ body: { ...fields, secret: '[hidden]' } });
	});

	test('text, in which no secret has a place', async () => {
		const content = 'BEGIN:VCARD\r\nFN:Zoë\r\nEND:VCARD\r\n';
		const text = { content, contentType: 'text/vcard' };
		const { arrived, shown } = await arrive({ method: 'POST', path: '/send', text });

		expect(arrived.headers['content-type']).toBe('text/vcard');
		expect(arrived.body).toBe(content);
		expect(shown).toMatchObject({ body: content });
	});

	test.each([
		['JSON', { body: {} }],
		['form', { form: {} }],
	])('an empty %s body', async (_, empty) => {
		const { arrived } = await arrive({ method: 'POST', path: '/send', ...empty });

		expect('form' in empty ? form(arrived.body) : JSON.parse(arrived.body)).toEqual({
			secret: SECRETS.bodyToken,
		});
	});

	test('none, and a secret in the query of a GET', async () => {
		const { arrived, shown } = await arrive({ method: 'GET', path: '/chats?limit=2' });

		expect(arrived.body).toBe('');
		expect(arrived.headers['content-type']).toBeUndefined();
		expect(arrived.url).toMatch(/\/chats\?limit=2&token=query%26token%3D3$/);
		expect(shown).toMatchObject({ method: 'GET', body: undefined });
	});
});

test('an empty JSON object really leaves where the credential adds nothing to it', async () => {
	const { arrived, shown } = await arrive(
		{ method: 'POST', path: '/status', body: {} },
		{ ...SECRETS, bodyToken: '' },
	);

	expect(arrived.headers['content-type']).toMatch(/^application\/json/);
	expect(arrived.body).toBe('{}');
	expect(shown).toMatchObject({ body: {} });
});

test('a header of the provider arrives and is shown', async () => {
	const { arrived, shown } = await arrive({
		method: 'POST',
		path: '/send',
		headers: { 'X-Device-Id': 'device 1' },
		body: { a: 1 },
	});

	expect(arrived.headers).toMatchObject({
		accept: 'application/json',
		'x-device-id': 'device 1',
		'x-token': SECRETS.headerToken,
	});
	expect(shown).toMatchObject({ headers: { 'X-Device-Id': 'device 1' } });
});

test('the request is shown as it left: with [hidden] for every secret, and nothing else changed', async () => {
	const { shown } = await arrive({
		method: 'POST',
		path: '/send?x=1',
		body: { name: 'acc', phone: '5511988887777', note: `I say ${SECRETS.queryToken}` },
	});

	expect(shown).toEqual({
		method: 'POST',
		url: `${echo.url}/accounts/acc/[hidden]/send?x=1&token=[hidden]`,
		body: { name: 'acc', phone: '5511988887777', note: 'I say [hidden]', secret: '[hidden]' },
	});
});

test('a secret of one letter is hidden where the credential put it, and nowhere else', async () => {
	const short = { pathToken: 'a', headerToken: 'b', queryToken: 'c', bodyToken: 'd' };
	const body = { name: 'abcd' };
	const { arrived, shown } = await arrive({ method: 'POST', path: '/send', body }, short);

	expect(arrived.url).toBe('/accounts/acc/a/send?token=c');
	expect(shown).toEqual({
		method: 'POST',
		url: `${echo.url}/accounts/acc/[hidden]/send?token=[hidden]`,
		body: { name: 'abcd', secret: '[hidden]' },
	});
});

describe('an answer of three megabytes', () => {
	const big: VendorRequest = { method: 'GET', path: '/big' };

	test('is too large for a card: only its beginning is read', async () => {
		const { answer } = await ask(dataWith(SECRETS), big);

		expect(answer).toMatchObject({ statusCode: 200, json: undefined });
		expect(answer).toHaveProperty('text', expect.stringMatching(/^\[\{"id":0,/));
		expect(typeof answer === 'string' ? 0 : answer.text.length).toBeLessThan(1_000_000);
	});

	test('does not show half of a secret where what is shown of it ends', async () => {
		const { answer, told } = await ask(dataWith(SECRETS), { method: 'GET', path: '/long' });

		expect(answer).toHaveProperty('text', expect.stringContaining(SECRETS.headerToken));
		expect(told).toContain('x[hidden]');
		expect(told).not.toContain(SECRETS.headerToken.slice(0, 4));
	});

	test('is read where a list is asked for', async () => {
		const { answer } = await ask(dataWith(SECRETS), big, 20_000_000);

		expect(answer).toHaveProperty('json.length', 30_000);
	});
});
