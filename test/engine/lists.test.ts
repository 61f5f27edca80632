// The panel's drop-downs: the vendor's own senders, chats and contacts, and what a user reads when they
// cannot be had.
import type { INode } from 'n8n-workflow';

import { credentialsFor, vendorOf, type RunningVendor } from '../vendors';
import { loadPackage, searchList, type LoadedPackage } from './engine';

let packaged: LoadedPackage;
beforeAll(async () => {
	packaged = await loadPackage();
});

const cases: Array<
	[string, 'searchRecipients' | 'searchSenders', string, string, string, INode['parameters']]
> = [
	['PlugzAPI chats', 'searchRecipients', 'plugzApi', 'whatsapp', 'plugzApi', {}],
	['GREEN-API WhatsApp contacts', 'searchRecipients', 'greenApi', 'whatsapp', 'greenApi', {}],
	['GREEN-API Telegram chats', 'searchRecipients', 'greenApi', 'telegram', 'greenApi', {}],
	['GREEN-API MAX chats', 'searchRecipients', 'greenApi', 'max', 'greenApi', {}],
	['OGMMA contacts', 'searchRecipients', 'ogmma', 'whatsapp', 'ogmmaApi', {}],
	['OGMMA channels', 'searchSenders', 'ogmma', 'whatsapp', 'ogmmaApi', {}],
];

describe.each(cases)('%s', (_, method, provider, messenger, credentialType, more) => {
	let vendor: RunningVendor;
	beforeAll(async () => {
		vendor = await vendorOf(provider).start();
	});
	afterAll(async () => {
		await vendor.stop();
	});

	const search = async (data = credentialsFor(vendor, messenger), filter?: string) =>
		await searchList(
			{ packaged, credentials: { [credentialType]: data } },
			method,
			{ credentialType, parameters: { provider, messenger, ...more } },
			filter,
		);

	test('lists names with ids that the vendor takes', async () => {
		const { results } = await search();
		expect(results.length).toBeGreaterThan(0);
		for (const { name, value } of results) {
			expect(name).not.toBe('');
			expect(value).toMatch(/\d/);
		}
		expect(new Set(results.map(({ value }) => value)).size).toBe(results.length);
	});

	test('a filter keeps what holds it, whatever the case', async () => {
		const { results } = await search();
		const wanted = results.at(-1);
		const found = await search(undefined, wanted?.name.replace(/ \(.*/, '').toUpperCase());
		expect(found.results).toContainEqual(wanted);
		expect((await search(undefined, 'nobody is called this')).results).toEqual([]);
	});

	test('a wrong secret is told in words, without the secret', async () => {
		const data = credentialsFor(vendor, messenger);
		const secretField =
			['instanceToken', 'apiTokenInstance', 'apiKey'].find((name) => name in data) ?? '';
		const attempt = search({ ...data, [secretField]: 'WRONG-SECRET-VALUE' });
		await expect(attempt).rejects.toThrow(/PlugzAPI|GREEN-API|OGMMA/);
		await expect(attempt).rejects.not.toThrow(/WRONG-SECRET-VALUE/);
	});
});
