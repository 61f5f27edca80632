// Where each credential puts host and secrets, whatever way its values were pasted.
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

import { GreenApi } from '../../credentials/GreenApi.credentials';
import { OgmmaApi } from '../../credentials/OgmmaApi.credentials';
import { PlugzApi } from '../../credentials/PlugzApi.credentials';

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
	const urlField = type.properties[0]?.name ?? '';

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
