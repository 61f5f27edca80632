// One list of demands that every provider meets, with each of its messengers: what is filled in arrives
// as the vendor wants it and nothing else, every documented refusal is explained, no secret comes out,
// and n8n's error modes get what they expect.
import type { IBinaryData, INodeParameters } from 'n8n-workflow';

import type { EngineRun, WorkflowJson } from '../engine/engine';
import {
	type Card,
	locator,
	OWN_ID,
	type RequestFacts,
	requestOf,
	RICH_VCARD,
	vendorOf,
} from '../vendors';
import { kindOf, parseBody } from '../vendors/bodies';
import {
	everythingIn,
	expectNoSecret,
	expectReadable,
	factsOf,
	formsOf,
	NODE,
	openStages,
	rowsOf,
	type Stage,
	type TestedService,
	servicesByName,
} from './stage';
import { chance } from '../realm/outside';

let stages: Awaited<ReturnType<typeof openStages>>;
beforeAll(async () => {
	stages = await openStages();
});
afterAll(() => stages.stop());

/** Names as people have them, in NFC, and no longer than the strictest vendor takes. */
const NAMES = [
	'José Ñandú Ångström',
	'Юлия Щукина-Ёлкина',
	'山田 太郎',
	'김민준',
	'مريم العلي',
	'אברהם בן־דוד',
	'👩‍👩‍👧 Família 🎉 Souza 🇧🇷',
	'O\'Brien "Rock"\\; & <Co>',
	'नमस्ते श्री कृष्ण',
];

/** Every place in a body that holds nothing. */
function emptyPlaces(value: unknown, path = ''): string[] {
	if (value === undefined || value === null || value === '') return [path];
	if (typeof value !== 'object') return [];
	return Object.entries(value).flatMap(([key, entry]) => emptyPlaces(entry, `${path}/${key}`));
}

/** A body without what holds nothing. */
function withoutEmpty(value: unknown): unknown {
	if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
	const filled = Object.entries(value).filter(([, entry]) => entry !== '');
	return Object.fromEntries(filled.map(([key, entry]) => [key, withoutEmpty(entry)]));
}

/** A body with the message's own id told by a word, as the simulators' cards have it. */
function withOwnId(value: unknown, id: string | undefined): unknown {
	if (id !== undefined && value === id) return OWN_ID;
	if (Array.isArray(value)) return value.map((entry: unknown) => withOwnId(entry, id));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(
		Object.entries(value).map(([key, entry]) => [key, withOwnId(entry, id)]),
	);
}

/** What no vendor takes for a recipient. */
const NOBODY = '¿nobody?';

/** The vendor's words as the user may see them. */
function shown(words: unknown, secrets: readonly string[]): string {
	const said = typeof words === 'string' ? words : '';
	return secrets.reduce((text, secret) => text.replaceAll(secret, '[hidden]'), said);
}

/** A request as *Preview Only* shows it, for the simulators to read. */
function asRequest(preview: unknown): RequestFacts {
	const { method, url, body } = asObject(preview);
	const { pathname, search, searchParams } = new URL(String(url));
	const query = Object.fromEntries(searchParams);
	return {
		method: String(method),
		path: pathname + search,
		query,
		params: {},
		headers: {},
		body,
		text: '',
	};
}

/** JSON with every number as text, whatever wrote it: beyond 2^53 that is the only way to compare. */
function inDigits(json: unknown): unknown {
	const text = typeof json === 'string' ? json : JSON.stringify(json);
	const quoted = text.replace(/([[:,]\s*)(-?\d+(?:\.\d+)?)(?=\s*[\],}])/g, '$1"$2"');
	try {
		return JSON.parse(quoted);
	} catch {
		return text;
	}
}

/** The items of Manual Trigger with a file on each. */
const withFile = (field: string, content: string | Buffer) => (workflow: WorkflowJson) => {
	const file: IBinaryData = {
		data: Buffer.from(content).toString('base64'),
		mimeType: 'text/vcard',
		fileName: 'contacts.vcf',
		fileExtension: 'vcf',
	};
	const items = workflow.pinData?.Start ?? [];
	return {
		...workflow,
		pinData: { Start: items.map((item) => ({ ...item, binary: { [field]: file } })) },
	};
};

describe('the search for secrets', () => {
	it.each([
		['in a hidden property', Object.defineProperty({}, 'hidden', { value: 'S3cret/+é' })],
		['in an error’s cause', new Error('x', { cause: new Error('at S3cret/+é') })],
		['in a URL', { url: `https://x/${encodeURIComponent('S3cret/+é')}/send` }],
		['in base64', { header: `Basic ${Buffer.from('S3cret/+é').toString('base64')}` }],
		['in a map', new Map([['S3cret/+é', 1]])],
		['in bytes', { data: Buffer.from('S3cret/+é') }],
		['behind a symbol', { [Symbol('s')]: ['S3cret/+é'] }],
	])('finds one %s', (_, hiding) => {
		const everything = everythingIn({ deep: [hiding] });

		expect(formsOf('S3cret/+é').some((form) => everything.includes(form))).toBe(true);
	});
});

describe.each(servicesByName)('%s', (_name, service: TestedService) => {
	const { provider, messenger } = service;
	const simulator = vendorOf(provider.name);
	const facts = factsOf(service);
	let stage: Stage;

	const bodies = () => stage.vendor.received.map(({ body, handle }) => withOwnId(body, handle));
	const secrets = () => stage.vendor.secrets;

	beforeEach(() => {
		stage = stages.stageOf(service);
		stage.vendor.reset();
	});
	afterEach(() => {
		expect(bodies().flatMap((body) => emptyPlaces(body))).toEqual([]);
	});

	/** A card in whose parameters nothing is read from an item. */
	const sendCard = async ({
		parameters,
		options = {},
	}: Pick<Card, 'parameters' | 'options'>): Promise<EngineRun> =>
		await stage.run([{}], {
			parameters: { contactName: '', contactPhone: '', contactChatId: '', ...parameters },
			options,
		});

	describe('what arrives', () => {
		it.each(['minimal', 'full'] as const)('the %s card, exactly', async (size) => {
			const card = facts.cards[size];
			const run = await sendCard(card);
			const { messageId, providerMessageId } = facts.cards;

			expect(bodies()).toEqual([card.body]);
			expect(run.output(NODE)).toEqual([
				{
					json: {
						provider: provider.name,
						...(provider.messengers.length > 1 && { messenger: service.messenger.name }),
						status: 'accepted',
						messageId: messageId && (expect.stringMatching(messageId) as unknown),
						...(providerMessageId && {
							providerMessageId: expect.stringMatching(providerMessageId) as unknown,
						}),
						to: card.to,
						contact: card.contact,
						droppedFields: card.dropped ?? [],
						attempts: 1,
					},
					pairedItem: { item: 0 },
				},
			]);
			expectNoSecret(run, secrets());
		});

		const published = simulator.samples.filter(
			(sample) => sample.messenger === messenger.name && sample.parameters !== undefined,
		);
		for (const sample of published) {
			it(`what the vendor publishes, but for what is empty: ${sample.name}`, async () => {
				const { parameters = {}, options = {} } = sample;
				const run = await sendCard({ parameters, options });
				const { method, url, headers, body } = requestOf(sample, stage.vendor);
				const { value } = parseBody(body, kindOf(headers['content-type']));

				expect(run.error(NODE)).toBeUndefined();
				expect(rowsOf(run)).toMatchObject([{ status: 'accepted', droppedFields: [] }]);
				const [received] = stage.vendor.received;
				expect(received).toMatchObject({
					method,
					path: expect.stringContaining(new URL(url).pathname) as unknown,
				});
				expect(received?.body).toEqual(withoutEmpty(value));
			});
		}

		it('the full card is full', () => {
			const { parameters, options = {} } = facts.cards.full;
			const { additionalFields, ...rest } = parameters;
			const filled = Object.keys({ ...rest, ...asObject(additionalFields) });

			expect(filled).toEqual(expect.arrayContaining([...messenger.card.carries]));
			expect(Object.keys(options).sort()).toEqual(Object.keys(messenger.options).sort());
		});

		it('the name in the output is the name that was sent', async () => {
			const { parameters } = facts.cards.full;
			const run = await sendCard({
				...facts.cards.full,
				parameters: { ...parameters, contactName: 'Quite Another' },
			});
			const [row] = rowsOf(run);
			if (!messenger.card.carries.includes('contactName')) {
				expect(row?.droppedFields).toContain('contactName');
				return;
			}
			const sent = JSON.stringify(bodies());
			for (const word of String(asObject(row?.contact).name).split(' ')) {
				expect(sent).toContain(word);
			}
		});

		it('names in every script, unharmed', async () => {
			const persons = NAMES.map((one, n) => ({ ...stage.person(n), name: one }));
			const rows = await stage.rows(persons, { options: { maxConcurrent: 1 } });

			expect(rows.map(({ status }) => status)).toEqual(NAMES.map(() => 'accepted'));
			expect(stage.arrived()).toEqual(persons.map((one) => stage.sentOf(one, one)));
			expect(rows.map(({ contact }) => contact)).toEqual(
				persons.map((one) => expect.objectContaining({ name: one.name }) as unknown),
			);
		});

		it('each item with its own values, in order', async () => {
			const persons = stage.people(25);
			const run = await stage.run(persons);
			const inAnyOrder = (list: unknown[]) => list.map((one) => JSON.stringify(one)).sort();

			expect(inAnyOrder(stage.arrived())).toEqual(
				inAnyOrder(persons.map((one) => stage.sentOf(one, one))),
			);
			expect(run.output(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
				persons.map((_, item) => ({ item })),
			);
			expect(rowsOf(run).map(({ to }) => to)).toEqual(
				persons.map(({ n }) => facts.recipient(n).to),
			);
		});

		it.each(Object.entries(simulator.wrongSecrets))(
			'each item with its own credential: a wrong %s is explained',
			async (field, refusal) => {
				const items = stage.people(3).map((one) => ({
					...one,
					secret: one.n === 1 ? 'a-wrong-one' : stage.credential[field],
				}));
				const credential = { ...stage.credential, [field]: '={{ $json.secret }}' };
				const rows = await stage.rows(items, { credential });
				const rule = provider.refusals.find(({ id }) => id === refusal.replace(/:.*/, ''));

				expect(rows.map(({ status }) => status)).toEqual(['accepted', 'rejected', 'accepted']);
				expect(rows[1]?.error).toBe(rule?.message);
				expect(stage.timesTaken(items)).toEqual([1, 0, 1]);
				expect(stage.vendor.received).toHaveLength(3);
			},
		);

		if (facts.recipient(0).mode === 'phone') {
			it('a phone in any spelling', async () => {
				const hyphened = (digits: string) =>
					(/^(\d\d)(\d\d)(\d{5})(\d{4})$/.exec(digits) ?? []).slice(1).join('-');
				const spell = [
					(digits: string) => digits,
					(digits: string) => `00${digits}`,
					(digits: string) => `tel:+${hyphened(digits)}`,
					Number,
				];
				// Each its own: a vendor may take one message in six seconds to the same chat.
				const items = spell.map((spelt, n) => ({
					...stage.person(n),
					to: spelt(facts.recipient(7777 + n).value.replace(/\D/g, '')),
				}));
				const rows = await stage.rows(items);

				expect(rows.map(({ status, to }) => [status, to])).toEqual(
					spell.map((_, n) => ['accepted', facts.recipient(7777 + n).to]),
				);
			});
		}
	});

	describe('recipients by ID', () => {
		const { none, ...taken } = facts.ids;
		const ids = Object.values(taken).flatMap((table) => Object.entries(table));
		const byId = { to: locator('={{ $json.to }}', 'id') };

		it('each is written as the vendor spells it, and taken', async () => {
			const items = ids.map(([to], n) => ({ ...stage.person(n), to }));
			const settings = { parameters: byId, options: { maxConcurrent: 1 } };
			const seen = await stage.rows(items, {
				...settings,
				options: { ...settings.options, preview: true },
			});
			// One spelling of each is enough: a vendor may take its time between two messages to one recipient.
			const others = items.filter(
				(_item, n) => ids.findIndex(([, to]) => to === ids[n]?.[1]) === n,
			);
			const sent = await stage.rows(others, settings);

			expect(seen.map(({ to, error }, n) => [ids[n]?.[0], to, error])).toEqual(
				ids.map(([given, to]) => [given, to, undefined]),
			);
			expect(sent.map(({ to, status, error }) => [to, status, error])).toEqual(
				sent.map(({ to }) => [to, 'accepted', undefined]),
			);
			const distinct = [...new Set(ids.map(([, to]) => to))].sort();
			expect(
				stage
					.arrived()
					.map(({ to }) => to)
					.sort(),
			).toEqual(distinct);
		});

		it('what is none to this vendor is told before anything is sent', async () => {
			const items = none.map((to, n) => ({ ...stage.person(n), to }));
			const rows = await stage.rows(items, { parameters: byId });

			expect(rows.map(({ status, parameter }, n) => [none[n], status, parameter])).toEqual(
				none.map((id) => [id, 'notSent', 'to']),
			);
			rows.forEach(expectReadable);
			expect(bodies()).toEqual([]);
		});
	});

	describe('vCards', () => {
		const asCards = (source: 'vCard' | 'binary', more: INodeParameters = {}) => ({
			contactSource: source,
			...(source === 'vCard' && { vCard: '={{ $json.card }}' }),
			...more,
		});

		it.each(['vCard', 'binary'] as const)('from %s: carried or reported', async (source) => {
			const { rich } = facts.cards;
			const run = await stage.run([{ ...stage.person(1), card: RICH_VCARD }], {
				parameters: asCards(source),
				node: { onError: 'continueRegularOutput' },
				workflow: withFile('data', RICH_VCARD),
			});
			const [row] = rowsOf(run);

			if (!rich) {
				// The vendor wants of a person what no vCard holds: the panel offers fields alone, and they count.
				expect(stage.arrived()).toEqual([stage.sentOf(stage.person(1))]);
				expect(row).toMatchObject({ status: 'accepted' });
				return;
			}
			expect(bodies()).toEqual([rich.body(facts.recipient(1).to)]);
			expect(row).toMatchObject({ status: 'accepted', droppedFields: rich.dropped });
		});

		if (facts.cards.rich) {
			it('several cards in one file are as many messages of one item as it takes', async () => {
				const card = (n: number) => {
					const { name, phone } = stage.person(n);
					return `BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${name}\r\nTEL:${phone}\r\nEND:VCARD\r\n`;
				};
				const { cardsPerMessage = 1 } = facts;
				const count = cardsPerMessage + 1;
				const run = await stage.run([stage.person(7), stage.person(8)], {
					parameters: asCards('binary', { binaryPropertyName: 'file' }),
					workflow: withFile('file', Array.from({ length: count }, (_, n) => card(n)).join('')),
					options: { maxConcurrent: 1 },
				});

				const messages = Math.ceil(count / cardsPerMessage);
				// Where a limit holds for each recipient, messages to others go ahead; those to one keep their order.
				const arrived = stage.arrived().sort((one, other) => one.to.localeCompare(other.to));
				expect(arrived.map(({ to }) => to)).toEqual(
					[7, 8].flatMap((n) => Array<string>(messages).fill(facts.recipient(n).to)),
				);
				const cards = Array.from(
					{ length: count },
					(_, n) => stage.sentOf(stage.person(n)).cards,
				).flat();
				expect(arrived.flatMap((message) => message.cards)).toEqual([...cards, ...cards]);
				expect(run.output(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
					[0, 1].flatMap((item) => Array<object>(messages).fill({ item })),
				);
			});
		}

		if (facts.cards.rich) {
			describe('one card of a file that cannot be sent', () => {
				const card = (n: number, phone = stage.person(n).phone) =>
					`BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${stage.person(n).name}\r\nTEL:${phone}\r\nEND:VCARD\r\n`;
				const send = async (node: { onError?: 'continueRegularOutput' }) =>
					await stage.run([stage.person(7), stage.person(8)], {
						parameters: asCards('binary'),
						workflow: withFile('data', card(0) + card(1, 'call me') + card(2)),
						options: { maxConcurrent: 1 },
						node,
					});

				it('does not keep its neighbours, and is told in its place', async () => {
					const run = await send({ onError: 'continueRegularOutput' });
					const cards = [0, 2].flatMap((n) => stage.sentOf(stage.person(n)).cards);
					const rows = rowsOf(run);
					const told = rows.filter(({ status }) => status === 'notSent');

					const arrived = stage.arrived().sort((one, other) => one.to.localeCompare(other.to));
					expect(arrived.flatMap((message) => message.cards)).toEqual([...cards, ...cards]);
					expect(told).toHaveLength(2);
					expect(rows.every(({ status }) => /^(accepted|notSent)$/.test(status))).toBe(true);
					told.forEach((row, n) => {
						expect(row).toMatchObject({
							parameter: 'binaryPropertyName',
							contact: { name: stage.person(1).name, phone: 'call me' },
							to: facts.recipient(7 + n).to,
							attempts: 0,
						});
						expectReadable(row);
					});
					expect(run.output(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
						[0, 1].flatMap((item) => Array<object>(rows.length / 2).fill({ item })),
					);
				});

				it('keeps everything from being sent where the run is to stop', async () => {
					const run = await send({});

					expect(bodies()).toEqual([]);
					expect(run.error(NODE)?.message).toContain(stage.person(1).name);
					expect(run.error(NODE)).toMatchObject({
						description: expect.stringContaining('2 items need a correction') as unknown,
					});
				});
			});
		}

		it('an item without the file is told so', async () => {
			const rows = await stage.rows([stage.person(1)], { parameters: asCards('binary') });

			if (!facts.cards.rich) {
				expect(rows).toMatchObject([{ status: 'accepted' }]);
				return;
			}
			expect(rows).toMatchObject([{ status: 'notSent', parameter: 'binaryPropertyName' }]);
			rows.forEach(expectReadable);
		});
	});

	describe('refusals', () => {
		it.each(Object.keys(simulator.refusals))('%s', async (id) => {
			const rule = provider.refusals.find((candidate) => candidate.id === id.replace(/:.*/, ''));
			if (!rule) throw new Error('The table has no such rule');
			const send = async (simplify: boolean) => {
				stage.vendor.refuseNext(id);
				return await stage.run(stage.people(2), {
					options: { maxAttempts: 1, maxConcurrent: 1 },
					parameters: { simplify },
					node: { onError: 'continueRegularOutput' },
				});
			};
			const run = await send(true);
			const [row, next] = rowsOf(run);
			const answer = stage.vendor.received[0]?.answer ?? { fault: 'unanswered' };
			if ('fault' in answer) throw new Error('The vendor did not answer');

			const means = simulator.means[rule.id];
			if (means === 'elsewhere') {
				// It follows its recipient by itself, and says where it went.
				expect(row).toMatchObject({ status: 'accepted', attempts: 2 });
				expect(row?.to).not.toBe(stage.vendor.read(stage.vendor.received[0]!).to);
				expect(next).toMatchObject({ status: 'accepted', attempts: 1 });
				return;
			}
			expect(row).toMatchObject({
				status: means === 'unknown' ? 'unknown' : 'rejected',
				error: rule.message,
				httpCode: String(answer.statusCode),
				attempts: 1,
			});
			expect(String(row?.description)).toContain(rule.description);
			expect(String(row?.description)).toContain(shown(simulator.words(answer.body), secrets()));
			expectReadable(row);
			expectNoSecret(run, secrets());
			expect(next).toMatchObject({ status: 'accepted', attempts: 1 });
			const whole = await send(false);
			expectNoSecret(whole, secrets());
			if (simulator.strangers) {
				for (const { run: all } of [run, whole]) {
					expect(everythingIn(all)).not.toMatch(simulator.strangers);
				}
			}
		});

		const passing = Object.keys(simulator.means).filter((id) =>
			/^(slower|later)$/.test(simulator.means[id] ?? ''),
		);
		it('those that pass are waited out', async () => {
			jest.spyOn(chance, 'random').mockReturnValue(0.001);
			// Each before a vendor of its own, side by side: a wait may be seconds long.
			const waitedOut = passing.map(
				async (id) =>
					await stages.beforeOwnVendor(service, async (own) => {
						own.vendor.refuseNext(id);
						const [row] = await own.rows(own.people(1));
						const taken = own.vendor.sends().length;
						return { id, status: row?.status, attempts: row?.attempts, taken };
					}),
			);

			expect(await Promise.all(waitedOut)).toEqual(
				passing.map((id) => ({ id, status: 'accepted', attempts: 2, taken: 1 })),
			);
			expect(passing.length).toBeGreaterThan(0);
			jest.restoreAllMocks();
		});
	});

	describe('what comes out', () => {
		it('preview: every request, none sent, secrets replaced', async () => {
			const persons = stage.people(2);
			const run = await stage.run(persons, { options: { preview: true } });

			expect(bodies()).toEqual([]);
			expect(rowsOf(run)).toMatchObject(
				persons.map(() => ({ status: 'preview', messageId: null, attempts: 0 })),
			);
			for (const [n, { request }] of rowsOf(run).entries()) {
				const { to, cards } = stage.sentOf(stage.person(n));
				expect(asObject(request).url).toEqual(expect.stringContaining(stage.vendor.url));
				expect(facts.read(asRequest(request))).toMatchObject({ to, cards });
			}
			expectNoSecret(run, secrets());
		});

		it('simplify off: the request and the vendor’s answer, secrets replaced', async () => {
			const run = await stage.run(stage.people(1), { parameters: { simplify: false } });
			const [received] = stage.vendor.received;
			if (!received || 'fault' in received.answer) throw new Error('The vendor did not answer');
			const { method, answer } = received;
			const [row] = rowsOf(run);

			expect(row).toMatchObject({
				request: { method },
				response: { statusCode: answer.statusCode },
			});
			const { to, cards } = stage.sentOf(stage.person(0));
			expect(facts.read(asRequest(row?.request))).toMatchObject({ to, cards });
			expect(inDigits(asObject(row?.response).body)).toEqual(inDigits(answer.text));
			expectNoSecret(run, secrets());
		});

		it('two executions get two message ids', async () => {
			const rows = [...(await stage.rows(stage.people(2))), ...(await stage.rows(stage.people(2)))];
			const ids = rows.map(({ messageId, to }) =>
				facts.cards.isUniquePerChat ? `${String(to)} ${String(messageId)}` : messageId,
			);

			expect(new Set(ids).size).toBe(facts.cards.messageId === null ? 1 : 4);
		});
	});

	describe('On Error', () => {
		/** The second row is bad and the third one is refused. */
		const troubled = async (node: {
			onError?: 'continueRegularOutput' | 'continueErrorOutput';
		}) => {
			const persons = stage.people(4).map((one) => (one.n === 1 ? { ...one, to: NOBODY } : one));
			stage.vendor.faultNext('redirect302');
			return await stage.run(
				[persons[2], persons[1], persons[0], persons[3]].map((p) => ({ ...p })),
				{
					options: { maxConcurrent: 1 },
					node,
				},
			);
		};
		const failed = (more: object) => ({
			provider: provider.name,
			...(provider.messengers.length > 1 && { messenger: service.messenger.name }),
			error: expect.any(String) as unknown,
			description: expect.any(String) as unknown,
			...more,
		});

		it('stop: an error with the item’s number, and no output', async () => {
			const run = await troubled({});

			expect(run.run.status).toBe('error');
			expect(run.error(NODE)?.message).toMatch(/nobody.*\[item 1\]/);
			expect(run.error(NODE)).toMatchObject({ context: { itemIndex: 1 } });
			expect(run.output(NODE)).toEqual([]);
			expect(bodies()).toEqual([]);
		});

		it('continue: every item in its place', async () => {
			const run = await troubled({ onError: 'continueRegularOutput' });

			expect(run.run.status).toBe('success');
			expect(rowsOf(run)).toEqual([
				failed({
					status: 'rejected',
					httpCode: '302',
					to: facts.recipient(2).to,
					contact: expect.any(Object) as unknown,
					droppedFields: expect.any(Array) as unknown,
					attempts: 1,
				}),
				// As it was given: it could not be read.
				failed({
					status: 'notSent',
					parameter: 'to',
					to: NOBODY,
					contact: expect.any(Object) as unknown,
					attempts: 0,
				}),
				expect.objectContaining({ status: 'accepted', attempts: 1 }),
				expect.objectContaining({ status: 'accepted', attempts: 1 }),
			]);
			expect(run.output(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 1, 2, 3].map((item) => ({ item })),
			);
			rowsOf(run).slice(0, 2).forEach(expectReadable);
			expectNoSecret(run, secrets());
		});

		it('error output: the failed items go there, whole', async () => {
			const run = await troubled({ onError: 'continueErrorOutput' });

			expect(run.run.status).toBe('success');
			expect(rowsOf(run)).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
			expect(run.output(NODE).map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 2 },
				{ item: 3 },
			]);
			expect(rowsOf(run, 1)).toMatchObject([
				failed({ status: 'rejected', httpCode: '302', attempts: 1 }),
				failed({ status: 'notSent', parameter: 'to', attempts: 0 }),
			]);
			expect(run.output(NODE, 1).map(({ pairedItem }) => pairedItem)).toEqual([
				{ item: 0 },
				{ item: 1 },
			]);
			expectNoSecret(run, secrets());
		});
	});
});

function asObject(value: unknown): Record<string, unknown> {
	return typeof value === 'object' && value !== null ? { ...value } : {};
}
