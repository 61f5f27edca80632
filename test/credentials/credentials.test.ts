// Where each credential puts host and secrets, whatever way its values were pasted.
import fc from 'fast-check';
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

import { GreenApi } from '../../credentials/GreenApi.credentials';
import { OgmmaApi } from '../../credentials/OgmmaApi.credentials';
import { pastedBaseUrl, pastedText } from '../../credentials/pasted';
import { PlugzApi } from '../../credentials/PlugzApi.credentials';
import { PASTED } from './odd';

async function signed(type: ICredentialType, data: ICredentialDataDecryptedObject, url: string) {
	const { authenticate } = type;
	if (typeof authenticate !== 'function') throw new Error('signs with a function');
	return await authenticate.call(type, data, { url, headers: { Accept: 'application/json' } });
}

describe('PlugzAPI', () => {
	const data = { baseUrl: 'https://api.plugzapi.com.br', instanceId: 'ID1', instanceToken: 'TOK1' };
	const address = 'https://api.plugzapi.com.br/instances/ID1/token/TOK1/send-contact';

	test.each([
		['https://api.plugzapi.com.br'],
		['https://api.plugzapi.com.br/'],
		[' https://api.plugzapi.com.br// '],
		['api.plugzapi.com.br'],
		['https://api.plugzapi.com.br/instances/OLD/token/OLDTOKEN/send-text'],
	])('Base URL %s', async (baseUrl) => {
		const { url } = await signed(new PlugzApi(), { ...data, baseUrl }, '/send-contact');
		expect(url).toBe(address);
	});

	test('the path prefix of a proxy is kept', async () => {
		const proxied = { ...data, baseUrl: 'http://10.0.0.5:8080/plugz/' };
		const { url } = await signed(new PlugzApi(), proxied, '/chats?page=1&pageSize=200');
		expect(url).toBe(
			'http://10.0.0.5:8080/plugz/instances/ID1/token/TOK1/chats?page=1&pageSize=200',
		);
	});

	test('ids and tokens with special characters stay one part of the path', async () => {
		const odd = { ...data, instanceId: ' a/b ', instanceToken: '"t?k#n"' };
		const { url } = await signed(new PlugzApi(), odd, '/status');
		expect(url).toBe('https://api.plugzapi.com.br/instances/a%2Fb/token/t%3Fk%23n/status');
	});

	test('the Client-Token header is there only when one is set', async () => {
		const without = await signed(new PlugzApi(), { ...data, clientToken: '  ' }, '/status');
		const withOne = await signed(new PlugzApi(), { ...data, clientToken: ' CT ' }, '/status');
		expect(without.headers).toEqual({ Accept: 'application/json' });
		expect(withOne.headers).toEqual({ Accept: 'application/json', 'Client-Token': 'CT' });
	});
});

describe('GREEN-API', () => {
	const data = {
		apiUrl: 'https://7103.api.greenapi.com',
		idInstance: 7103000001,
		apiTokenInstance: 'T',
	};

	test.each([
		['https://7103.api.greenapi.com/', 'https://7103.api.greenapi.com'],
		['https://api.green-api.com/v3', 'https://api.green-api.com/v3'],
		['https://api.green-api.com/v3/', 'https://api.green-api.com/v3'],
		[
			'https://7103.api.greenapi.com/waInstance7103000001/getSettings/T',
			'https://7103.api.greenapi.com',
		],
		['https://api.green-api.com/v3/waInstance1/sendContact/T', 'https://api.green-api.com/v3'],
	])('API URL %s', async (apiUrl, base) => {
		const { url } = await signed(new GreenApi(), { ...data, apiUrl }, '/sendContact');
		expect(url).toBe(`${base}/waInstance7103000001/sendContact/T`);
	});
});

describe('OGMMA', () => {
	test.each([
		['oapi_sk_live_x'],
		['Bearer oapi_sk_live_x'],
		[' bearer  oapi_sk_live_x '],
		['"oapi_sk_live_x"'],
	])('API Key %s', async (apiKey) => {
		const data = { baseUrl: 'https://oapi.ogmma.com.br/v1/', apiKey };
		const { url, headers } = await signed(new OgmmaApi(), data, '/v1/channels');
		expect(url).toBe('https://oapi.ogmma.com.br/v1/channels');
		expect(headers?.Authorization).toBe('Bearer oapi_sk_live_x');
	});
});

describe.each([new PlugzApi(), new GreenApi(), new OgmmaApi()])('$displayName', (type) => {
	const urlField = type.properties.find(({ name }) => /url$/i.test(name))?.name ?? '';

	test.each([['not an address'], ['ftp://host'], ['https://user:secret@host'], ['']])(
		'refuses the address "%s" without repeating it',
		async (value) => {
			const attempt = signed(type, { [urlField]: value }, '/x');
			await expect(attempt).rejects.toThrow(/is not a web address/);
			await expect(attempt).rejects.not.toThrow(/secret/);
		},
	);

	test('leaves an absolute address as it is: HTTP Request brings its own', async () => {
		const { url } = await signed(type, { [urlField]: 'https://h' }, 'https://other.example/x?y=1');
		expect(url).toBe('https://other.example/x?y=1');
	});

	test('Ignore SSL Issues reaches the request', async () => {
		const data = { [urlField]: 'https://h', allowUnauthorizedCerts: true };
		expect((await signed(type, data, '/x')).skipSslCertificateValidation).toBe(true);
		expect(
			(await signed(type, { [urlField]: 'https://h' }, '/x')).skipSslCertificateValidation,
		).toBe(undefined);
	});
});

describe('what comes along when a value is copied', () => {
	const key = 'sk_live/Ab+9=.x-"y';

	test.each(Object.entries(PASTED))('is taken off: %s', (_, paste) => {
		expect(pastedText(paste(key))).toBe(key);
	});

	test.each([
		['a space inside', 'two words'],
		['one quote', `it's"`],
		['the word without a value', 'Bearer'],
		['letters of any language', 'schlüssel-ключ-鍵'],
	])('what may belong to the value stays: %s', (_, value) => {
		expect(pastedText(value)).toBe(value);
	});

	const anything = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.stringMatching(/^[\s"'`“”‘’«»\u200b\ufeff\u00a0bBearer:authorization]{0,40}$/),
	);

	test('is taken off once and for all: a cleaned value is not changed again', () => {
		fc.assert(
			fc.property(anything, (value) => {
				const once = pastedText(value);

				expect(pastedText(once)).toBe(once);
				expect(once).toBe(once.trim());
				expect(once).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
			}),
			{ seed: 20261122, numRuns: 5000 },
		);
	});

	test('is taken off in any mixture', () => {
		const clean = fc.stringMatching(/^[\w/+=.-]{6,40}$/).filter((text) => !/^bearer/i.test(text));
		fc.assert(
			fc.property(
				clean,
				fc.array(fc.constantFrom(...Object.keys(PASTED)), { maxLength: 4 }),
				(value, names) => {
					// What a line break tears apart is the value, not the word in front of it.
					const torn = names.filter((name) => name.endsWith('inside'));
					const around = names.filter((name) => !name.endsWith('inside'));
					const pasted = [...torn, ...around].reduce(
						(text, name) => PASTED[name]?.(text) ?? text,
						value,
					);

					expect(pastedText(pasted)).toBe(value);
				},
			),
			{ seed: 20261122, numRuns: 2000 },
		);
	});

	test('a base address made from a base address is the same', () => {
		for (const address of ['HTTPS://Api.Example.COM:443//a//b/', 'api.example.com/instances/1']) {
			const base = pastedBaseUrl(address, 'x', /\/instances(\/|$)/);

			expect(pastedBaseUrl(base, 'x', /\/instances(\/|$)/)).toBe(base);
		}
	});
});
