// Small cases that are easily lost: secrets pasted with quotes, several cards under one duplicate key,
// answers after which nobody knows what was done, a stale choice in the panel.
import { credentialsFor, vendorOf, type RunningVendor } from '../vendors';
import { loadPackage, runWorkflow, sendContactWorkflow, type LoadedPackage } from './engine';

let packaged: LoadedPackage;
let plugz: RunningVendor;
let green: RunningVendor;
beforeAll(async () => {
	packaged = await loadPackage();
	plugz = await vendorOf('plugzApi').start();
	green = await vendorOf('greenApi').start();
});
afterAll(async () => {
	await plugz.stop();
	await green.stop();
});
beforeEach(() => {
	plugz.reset();
	green.reset();
});

const to = { __rl: true as const, mode: 'phone', value: '+55 11 99999-8888' };
const person = { contactName: 'Maria', contactPhone: '5511988887777' };

async function send(
	parameters: Parameters<typeof sendContactWorkflow>[1]['parameters'],
	more: {
		credentials?: Record<string, string | boolean>;
		items?: Array<Record<string, unknown>>;
	} = {},
) {
	const run = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow(more.items ?? [{}], {
			credentialType: 'plugzApi',
			parameters: { provider: 'plugzApi', operation: 'send', to, ...person, ...parameters },
			onError: 'continueRegularOutput',
		}),
		credentials: { plugzApi: more.credentials ?? plugz.credentials },
		workflowId: expect.getState().currentTestName ?? '',
	});
	return run.output('Send Contact').map(({ json }) => json);
}

test.each([
	['quotes', (secret: string) => `"${secret}"`],
	['Bearer', (secret: string) => `Bearer ${secret}`],
	['both', (secret: string) => `"Bearer ${secret}"`],
])('a token pasted with %s is sent without them and shown nowhere', async (_, pasted) => {
	const token = String(plugz.credentials.instanceToken);
	const credentials = { ...plugz.credentials, instanceToken: pasted(token) };
	const [item] = await send({ simplify: false }, { credentials });

	expect(item?.status).toBe('accepted');
	expect(JSON.stringify(item)).not.toContain(token);
});

test('an ID of another vendor’s form in the phone field is answered with the forms this one knows', async () => {
	const [item] = await send({ to: { ...to, value: '120363019502650977@g.us' } });

	expect(item).toMatchObject({ status: 'notSent', parameter: 'to' });
	expect(item?.error).toMatch(/“120363019502650977@g\.us” is not an ID that PlugzAPI knows/);
	expect(item?.description).toMatch(/ends in -group.*country code/);
	expect(plugz.received).toEqual([]);
});

test("n8n's own credential switches are no secrets", async () => {
	const credentials = {
		...plugz.credentials,
		allowedHttpRequestDomains: 'none',
		allowedDomains: '127.0.0.1',
	};
	const [item] = await send({ simplify: false }, { credentials });

	expect(JSON.stringify(item)).toContain('http://127.0.0.1:');
});

test('a duplicate key is of the item: all its cards are sent once', async () => {
	const card = (name: string) =>
		`BEGIN:VCARD\nVERSION:3.0\nFN:${name}\nTEL:+5511988887777\nEND:VCARD`;
	const parameters = {
		contactSource: 'vCard',
		vCard: ['Ana', 'Bia', 'Caio'].map(card).join('\n'),
		options: { skipDuplicates: true, duplicateKey: '={{ $json.lead }}' },
	};
	const items = [{ lead: 'L1' }];

	expect((await send(parameters, { items })).map(({ status }) => status)).toEqual([
		'accepted',
		'accepted',
		'accepted',
	]);
	expect((await send(parameters, { items })).map(({ status }) => status)).toEqual([
		'duplicate',
		'duplicate',
		'duplicate',
	]);
	expect(plugz.sends()).toHaveLength(3);
});

test('a proxy that speaks of a full queue does not make the node send again', async () => {
	plugz.faultNext('html502');
	const [item] = await send({});

	expect([item?.status, item?.attempts]).toEqual(['unknown', 1]);
});

test('a refusal after an attempt that may have arrived warns of it', async () => {
	plugz.faultNext('resetBeforeAnswer');
	plugz.refuseNext('invalidPhone');
	const [item] = await send({ options: { retryUnknown: true } });

	expect(item?.status).toBe('unknown');
	expect(item?.description).toMatch(/earlier attempt may have arrived/);
});

test('an old group id in the phone field stays an id', async () => {
	const locator = { ...to, value: '5511999999999-1623281429' };
	const [item] = await send({ to: locator, options: { allowUnusualNumbers: true } });

	expect([item?.status, item?.to]).toEqual(['accepted', '5511999999999-1623281429']);
});

test('MAX reads its fields whatever source was chosen for another messenger', async () => {
	const run = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow([{}], {
			credentialType: 'greenApi',
			parameters: {
				provider: 'greenApi',
				messenger: 'max',
				operation: 'send',
				contactSource: 'vCard',
				vCard: 'BEGIN:VCARD…',
				to: { __rl: true, mode: 'id', value: '10000000' },
				contactChatId: '20000001',
			},
		}),
		credentials: { greenApi: credentialsFor(green, 'max') },
	});

	expect(run.output('Send Contact').map(({ json }) => json.status)).toEqual(['accepted']);
});

test('digits that could be the number of another country are hinted at, with Default Country', async () => {
	const hintsOf = async (options: Record<string, string>) => {
		const run = await runWorkflow({
			packaged,
			workflow: sendContactWorkflow([{ phone: '51987654321' }, { phone: '+55 11 98888-7777' }], {
				credentialType: 'plugzApi',
				parameters: {
					provider: 'plugzApi',
					operation: 'send',
					to,
					contactName: 'Maria',
					contactPhone: '={{ $json.phone }}',
					options: { preview: true, ...options },
				},
			}),
			credentials: { plugzApi: plugz.credentials },
		});
		return run.tasks('Send Contact').flatMap(({ hints }) => hints?.map(({ message }) => message));
	};

	const [preview, said = ''] = await hintsOf({});
	expect(preview).toContain('nothing was sent');
	expect(said).toContain('1 was read as Peru (PE) (such as 51987654321)');
	expect(said).toContain('Brazil (BR)');
	expect(said).toContain('Default Country');
	expect(await hintsOf({ defaultCountry: 'BR' })).toEqual([preview]);
});

test.each(['4532123456', '4791234567', '6591234567'])(
	'GREEN-API sends the ten digits of %s, Denmark, Norway or Singapore, on a WhatsApp card',
	async (digits) => {
		const run = await runWorkflow({
			packaged,
			workflow: sendContactWorkflow([{}], {
				credentialType: 'greenApi',
				parameters: {
					provider: 'greenApi',
					messenger: 'whatsapp',
					operation: 'send',
					to: { ...to, value: `+${digits}` },
					contactName: 'Maria',
					contactPhone: digits,
				},
			}),
			credentials: { greenApi: credentialsFor(green, 'whatsapp') },
		});

		expect(run.output('Send Contact').map(({ json }) => json.status)).toEqual(['accepted']);
		expect(green.sends().map(({ body }) => body)).toMatchObject([
			{ chatId: `${digits}@c.us`, contact: { phoneContact: Number(digits) } },
		]);
	},
);

test('On Error = Continue: every row says whom it is about, as it was given, and a hint counts what was not sent', async () => {
	const run = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow([{ to: '12', name: 'Zé', phone: 'none' }, { name: 'Ana' }], {
			credentialType: 'plugzApi',
			parameters: {
				provider: 'plugzApi',
				operation: 'send',
				to: { __rl: true, mode: 'phone', value: '={{ $json.to }}' },
				contactName: '={{ $json.name }}',
				contactPhone: '={{ $json.phone }}',
			},
			onError: 'continueRegularOutput',
		}),
		credentials: { plugzApi: plugz.credentials },
	});

	expect(
		run.output('Send Contact').map(({ json }) => [json.status, json.to, json.contact]),
	).toEqual([
		['notSent', '12', { name: 'Zé', phone: 'none' }],
		['notSent', null, { name: 'Ana' }],
	]);
	const [{ hints = [] } = {}] = run.tasks('Send Contact');
	expect(hints.map(({ message }) => message).join()).toMatch(/^2 of 2 contacts were not sent/);
});

test('where a provider has several messengers, the output says which', async () => {
	const run = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow([{}], {
			credentialType: 'greenApi',
			parameters: {
				provider: 'greenApi',
				messenger: 'telegram',
				operation: 'send',
				to,
				contactName: 'Ana',
				contactPhone: '+55 11 98888-7777',
				options: { preview: true },
			},
		}),
		credentials: {
			greenApi: { apiUrl: 'https://green.example', idInstance: '1101', apiTokenInstance: 't' },
		},
	});

	expect(run.output('Send Contact')[0]?.json).toMatchObject({
		provider: 'greenApi',
		messenger: 'telegram',
	});
});

test('without a credential it is said which provider lacks one', async () => {
	const run = await runWorkflow({
		packaged,
		workflow: sendContactWorkflow([{}], {
			credentialType: 'zApi',
			parameters: {
				provider: 'plugzApi',
				operation: 'send',
				to,
				contactName: 'Ana',
				contactPhone: '+55 11 98888-7777',
			},
			onError: 'continueRegularOutput',
		}),
		credentials: {},
	});

	const [row] = run.output('Send Contact');
	expect(row?.json.error).toBe('No credential of PlugzAPI has been chosen');
});
