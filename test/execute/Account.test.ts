// What follows from a credential's values, for every provider: one account however it was pasted, and
// only what the credential type declares as a secret is hidden.
import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';

import { openAccount, type Account } from '../../nodes/SendContact/execute/Account';
import { providers } from '../../nodes/SendContact/providers';
import { textOf } from '../../nodes/SendContact/providers/answers';
import { onlyProviders } from '../only';
import { PASTED, pastedOddly } from '../credentials/odd';
import { ESCAPES } from '../conformance/leaks';

const HOST = 'vendor.example';
/** A part of a secret's value that stands nowhere else: its name may, as that of a field in the query. */
const inSecret = (name: string) => `its-${name}`;
const isSecret = ({ typeOptions }: INodeProperties) => typeOptions?.password === true;
const isAddress = ({ default: preset, placeholder }: INodeProperties) =>
	/https:\/\//.test([textOf(preset), placeholder].join(' '));

describe.each(onlyProviders(providers).map((provider) => [provider.name, provider] as const))(
	'%s',
	(_, provider) => {
		const { credential: type } = provider;
		const fields = type.properties.filter(({ type: kind }) => kind === 'string');
		const addresses = fields.filter(isAddress);
		const secrets = fields.filter(isSecret);
		const ids = fields.filter((field) => !isSecret(field) && !isAddress(field));
		/** Of each choice the one for which an address is asked for. */
		const chosen = type.properties
			.filter(({ type: kind }) => kind === 'options')
			.map(({ name, default: usual }) => {
				const shows = addresses.flatMap(({ displayOptions }) => displayOptions?.show?.[name] ?? []);
				return [name, textOf(shows[0]) ?? textOf(usual) ?? ''] as const;
			});
		const typed = fields.map((field) => {
			const value = isSecret(field) ? `7Se/cr+et=${inSecret(field.name)}` : `Id${field.name}`;
			return [field.name, isAddress(field) ? `https://${HOST}` : value] as const;
		});
		const data: Record<string, string> = Object.fromEntries([...chosen, ...typed]);
		const open = async (changes: ICredentialDataDecryptedObject = {}): Promise<Account> =>
			await openAccount(provider, { ...data, ...changes });
		const withEach = (of: INodeProperties[], value: (now: string) => string) =>
			Object.fromEntries(of.map(({ name }) => [name, value(data[name] ?? '')]));
		/** What the credential makes of a path: what a user may copy from the vendor's panel. */
		const addressOf = async (path: string) => {
			const { authenticate } = type;
			if (typeof authenticate !== 'function') throw new Error('signs with a function');
			return (await authenticate.call(type, data, { url: path })).url;
		};
		const withOther = async (id: INodeProperties) => await open(withEach([id], () => 'other'));
		/** The ids that a request's address holds: they tell which account it is. */
		const idsInAddress = async () => {
			const signed = await addressOf('/x');
			return ids.filter(({ name }) => signed.includes(data[name] ?? ''));
		};
		const panelAddress = async () => await addressOf(type.test?.request.url ?? '');

		it('declares addresses and secrets, so that this suite has something to see', () => {
			expect(addresses.length).toBe(1);
			expect(secrets.length).toBeGreaterThan(0);
		});

		it.each(Object.entries(PASTED))(
			'pasted with %s is the same account and pace',
			async (_name, paste) => {
				const account = await open();
				const pasted = await openAccount(provider, pastedOddly(type, data, paste));

				expect(pasted.fingerprint).toBe(account.fingerprint);
				expect(pasted.identity).toEqual(account.identity);
				expect(pasted.credential.data).toEqual(account.credential.data);
			},
		);

		it.each([
			['a trailing slash', `https://${HOST}/`],
			['several', `https://${HOST}//`],
			['spaces', ` https://${HOST}\n`],
			['another case of the host', `HTTPS://${HOST.toUpperCase()}`],
			['no scheme', HOST],
			['the port that goes without saying', `https://${HOST}:443`],
			['quotes', `“https://${HOST}”`],
		])('its address with %s is the same account and pace', async (_name, address) => {
			const account = await open();
			const spelt = await open(withEach(addresses, () => address));

			expect(spelt.fingerprint).toBe(account.fingerprint);
			expect(spelt.identity).toEqual(account.identity);
		});

		it('its whole address as copied from a panel is the same account and pace', async () => {
			const copied = await panelAddress();
			const account = await open();
			const pasted = await open(withEach(addresses, () => copied));

			expect(pasted.fingerprint).toBe(account.fingerprint);
			expect(pasted.identity).toEqual(account.identity);
		});

		it('another host, another id or another path is another account', async () => {
			const account = await open();
			const others = [
				await open(withEach(addresses, () => 'https://other.example')),
				await open(withEach(addresses, () => `https://${HOST}/tenant`)),
				...(await Promise.all((await idsInAddress()).map(withOther))),
			];
			for (const other of others) {
				expect(other.identity).not.toEqual(account.identity);
				expect(other.fingerprint).not.toBe(account.fingerprint);
			}
		});

		it('a setting that is in no address does not make another account: its sender tells it', async () => {
			const { identity } = await open();
			const told = await idsInAddress();
			for (const id of ids.filter((each) => !told.includes(each))) {
				expect((await withOther(id)).identity).toEqual(identity);
			}
		});

		it('a renewed secret is the same account where ids tell it, with a pace of its own', async () => {
			const account = await open();
			for (const secret of secrets) {
				const renewed = await open(withEach([secret], (value) => `${value}2`));

				// Two bots, or two instances of one server, differ in nothing but their secrets.
				const isTold = (await idsInAddress()).length > 0 || provider.sender?.kind === 'id';
				if (isTold) expect(renewed.identity).toEqual(account.identity);
				else expect(renewed.identity).not.toEqual(account.identity);
				expect(renewed.fingerprint).not.toBe(account.fingerprint);
			}
		});

		it('tells no secret in identity and fingerprint, not even one of a letter', async () => {
			const { identity, fingerprint } = await open(withEach(secrets, () => '~'));

			expect(`${identity.join()} ${fingerprint}`).not.toMatch(/~|%7E/i);
		});

		it('hides what the credential type declares as a secret, as it is used and as it was pasted', async () => {
			for (const paste of Object.values(PASTED)) {
				const pasted = pastedOddly(type, data, paste);
				const { redactor } = await openAccount(provider, pasted);
				for (const { name } of secrets) {
					for (const escape of Object.values(ESCAPES)) {
						const echo = `<${escape(data[name] ?? '')}|${textOf(pasted[name])}>`;

						expect(redactor.text(echo)).toMatch(/^<\[hidden\]\|[^]*\[hidden\][^]*>$/);
						expect(redactor.text(echo)).not.toContain(inSecret(name));
					}
				}
			}
		});

		it('hides a secret as it arrives in a header, where what no header holds is left out', async () => {
			for (const along of ['…', '•', '🔑', 'й', '→ ']) {
				const pasted = pastedOddly(
					type,
					data,
					(value) => `${value.slice(0, 3)}${along}${value.slice(3)}${along}`,
				);
				const { redactor } = await openAccount(provider, pasted);
				for (const { name } of secrets) {
					// A space among what is pasted along stays where it was.
					const space = along.endsWith(' ') ? ' ' : '';
					const value = data[name] ?? '';
					const echo = redactor.text(`<${value.slice(0, 3)}${space}${value.slice(3)}>`);

					expect(echo).toBe('<[hidden]>');
				}
			}
		});

		it('hides nothing else: ids and addresses stay in names, phones and requests', async () => {
			const { redactor, shown } = await open();
			const shownIds = [...ids, ...addresses].map(({ name }) => data[name]);
			const person = { name: `Ana ${shownIds.join(' ')}`, phone: '5511988887777' };

			expect(redactor.json(person)).toEqual(person);
			const { url, body } = await shown({ method: 'POST', path: '/x', body: person });
			expect(body).toMatchObject(person);
			// Not every id is in every address: some belong to lists, or to a header.
			const signed = await addressOf('/x');
			const used = ids.map(({ name }) => data[name] ?? '').filter((id) => signed.includes(id));
			for (const id of used) expect(url).toContain(id);
		});

		it('shows the address of a request with [hidden] where a secret stands', async () => {
			const { shown } = await open();
			const { url } = await shown({ method: 'GET', path: '/a%2Fb?c=d' });

			expect(url).toMatch(new RegExp(`^https://${HOST}/.*a%2Fb.*\\?c=d`));
			for (const { name } of secrets) expect(url).not.toContain(inSecret(name));
		});

		it('has no required value that is only invisible', async () => {
			for (const field of fields.filter(({ required }) => required === true)) {
				await expect(open(withEach([field], () => '\u200b "" \ufeff'))).rejects.toThrow(
					field.displayName,
				);
			}
		});
	},
);

describe('what a user changes without changing the account', () => {
	const identityOf = async (name: string, data: ICredentialDataDecryptedObject) => {
		const provider = providers.find((candidate) => candidate.name === name);
		if (provider === undefined) throw new Error(`no ${name}`);
		return (await openAccount(provider, data)).identity;
	};

	it('UltraMsg: the instance by its name, its number or the whole address of the panel', async () => {
		const host = 'https://api.ultramsg.com';
		const spellings = ['instance1150', '1150', 'Instance1150', `${host}/instance1150/`];
		const identities = await Promise.all(
			spellings.map(
				async (instanceId) =>
					await identityOf('ultraMsg', { baseUrl: host, instanceId, token: 'k3x9' }),
			),
		);

		expect(new Set(identities.map((identity) => identity.join())).size).toBe(1);
	});

	it('WhatsApp Cloud API: the version, the account its numbers are listed of, a renewed token', async () => {
		const meta = { host: 'meta', accessToken: 'EAAJB1' };
		const own = { host: 'custom', accessToken: 'EAAJB1', baseUrl: 'https://graph.example/v23.0' };
		const number = { ...own, baseUrl: 'https://graph.example/v23.0/106540352242922' };
		const same = [
			[meta, { apiVersion: 'v24.0' }, { businessAccountId: '102290' }, { accessToken: 'EAAJB2' }],
			[own, { baseUrl: 'https://graph.example/v24.0/' }, { headerName: 'X-API-Key' }],
			[number, { baseUrl: `${number.baseUrl}/messages` }, { accessToken: 'EAAJB2' }],
		];
		for (const [before = {}, ...changes] of same) {
			const identity = await identityOf('whatsAppCloud', before);
			for (const change of changes) {
				expect(await identityOf('whatsAppCloud', { ...before, ...change })).toEqual(identity);
			}
		}
	});

	it('but at 360dialog another key is another number, since nothing else tells them apart', async () => {
		const [one, other] = await Promise.all(
			['key 1', 'key 2'].map(
				async (accessToken) =>
					await identityOf('whatsAppCloud', { host: '360dialog', accessToken }),
			),
		);

		expect(one).not.toEqual(other);
	});
});
