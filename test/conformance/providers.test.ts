// One list of demands that every provider meets, with each of its messengers: what is filled in arrives
// as the vendor wants it and nothing else, every documented refusal is explained, no secret comes out,
// and n8n's error modes get what they expect.
import type { IBinaryData, INodeParameters } from 'n8n-workflow';

import type { EngineRun, WorkflowJson } from '../engine/engine';
import { type Card, RICH_VCARD, vendorOf } from '../vendors';
import {
	digitsOf,
	everythingIn,
	expectNoSecret,
	expectReadable,
	formsOf,
	NODE,
	openStages,
	people,
	person,
	type Person,
	rowsOf,
	type Stage,
	type Way,
	waysByName,
} from './stage';

let stages: Awaited<ReturnType<typeof openStages>>;
beforeAll(async () => {
	stages = await openStages();
});
afterAll(() => stages.stop());

/** Names as people have them, in NFC. */
const NAMES = [
	'José Antônio Ñandú Ångström',
	'Юлия Щукина-Ёлкина',
	'山田 太郎',
	'김민준',
	'مريم العلي',
	'אברהם בן־דוד',
	'👩‍👩‍👧 Família 🎉 Souza 🇧🇷',
	'O\'Brien "The Rock" \\ Sons; & <Co>',
	'नमस्ते श्री कृष्ण',
];

/** Numbers of strangers that a vendor's refusal lists. */
const STRANGERS = /79998887766|79995554433/;

/** Every place in a body that holds nothing. */
function emptyPlaces(value: unknown, path = ''): string[] {
	if (value === undefined || value === null || value === '') return [path];
	if (typeof value !== 'object') return [];
	return Object.entries(value).flatMap(([key, entry]) => emptyPlaces(entry, `${path}/${key}`));
}

function valuesOf({ to, name, phone, chatId }: Person) {
	return { to: digitsOf(to), name, phone: digitsOf(phone), chatId };
}

/** What the vendor said, in its own words, and as the user may see it. */
function wordsIn(body: unknown, secrets: readonly string[]): string {
	const { message, reason, error }: Record<string, unknown> =
		typeof body === 'object' && body !== null ? { ...body } : {};
	const said = message ?? reason ?? error ?? (typeof body === 'string' ? body : '');
	const text = typeof said === 'string' && !said.includes('<') ? said : '';
	return secrets.reduce((words, secret) => words.replaceAll(secret, '[hidden]'), text);
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

describe.each(waysByName)('%s', (name, way: Way) => {
	const { provider, messenger } = way;
	const simulator = vendorOf(provider.name);
	let stage: Stage;

	const table = () => {
		const found = simulator.cards[messenger.name];
		if (!found) {
			throw new Error(
				`There are no cards for ${name}: add them to test/vendors/${provider.name}.ts`,
			);
		}
		return found;
	};
	const bodies = () => stage.vendor.received.map(({ body }) => body);
	const secrets = () => stage.vendor.secrets;

	beforeEach(() => {
		stage = stages.stageOf(way);
		stage.vendor.reset();
	});
	afterEach(() => {
		expect(bodies().flatMap((body) => emptyPlaces(body))).toEqual([]);
	});

	/** A card in whose parameters nothing is read from an item. */
	const sendCard = async ({ parameters, options = {} }: Card): Promise<EngineRun> =>
		await stage.run([{}], {
			parameters: { contactName: '', contactPhone: '', contactChatId: '', ...parameters },
			options,
		});

	describe('what arrives', () => {
		it.each(['minimal', 'full'] as const)('the %s card, exactly', async (size) => {
			const card = table()[size];
			const run = await sendCard(card);
			const { messageId } = table();

			expect(bodies()).toEqual([card.body]);
			expect(run.output(NODE)).toEqual([
				{
					json: {
						provider: provider.name,
						status: 'accepted',
						messageId: messageId && (expect.stringMatching(messageId) as unknown),
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

		it('the full card is full', () => {
			const { parameters, options = {} } = table().full;
			const { additionalFields, ...rest } = parameters;
			const filled = Object.keys({ ...rest, ...asObject(additionalFields) });

			expect(filled).toEqual(expect.arrayContaining([...messenger.card.carries]));
			expect(Object.keys(options).sort()).toEqual(Object.keys(messenger.options).sort());
		});

		it('the name in the output is the name that was sent', async () => {
			const { parameters } = table().full;
			const run = await sendCard({
				...table().full,
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
			const persons = NAMES.map((one, n) => ({ ...person(n), name: one }));
			const rows = await stage.rows(persons, { options: { maxConcurrent: 1 } });

			expect(rows.map(({ status }) => status)).toEqual(NAMES.map(() => 'accepted'));
			expect(bodies()).toEqual(persons.map((one) => table().plain(valuesOf(one))));
			expect(rows.map(({ contact }) => contact)).toEqual(
				persons.map((one) => expect.objectContaining({ name: one.name }) as unknown),
			);
		});

		it('each item with its own values, in order', async () => {
			const persons = people(25);
			const run = await stage.run(persons);

			expect(
				bodies()
					.map((body) => JSON.stringify(body))
					.sort(),
			).toEqual(persons.map((one) => JSON.stringify(table().plain(valuesOf(one)))).sort());
			expect(run.output(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
				persons.map((_, item) => ({ item })),
			);
			expect(rowsOf(run).map(({ to }) => digitsOf(String(to)))).toEqual(
				persons.map(({ to }) => digitsOf(to)),
			);
		});

		it('each item with its own credential', async () => {
			const secret = provider.credential.properties.find(
				({ typeOptions }) => typeOptions?.password,
			);
			const field = secret?.name ?? '';
			const items = people(3).map((one, n) => ({
				...one,
				secret: n === 1 ? 'a-wrong-one' : stage.credential[field],
			}));
			const credential = { ...stage.credential, [field]: '={{ $json.secret }}' };
			const rows = await stage.rows(items, { credential });

			expect(field).not.toBe('');
			expect(rows.map(({ status }) => status)).toEqual(['accepted', 'rejected', 'accepted']);
			expect(stage.timesTaken(items)).toEqual([1, 0, 1]);
			expect(stage.vendor.received).toHaveLength(3);
		});

		it('a phone in any spelling', async () => {
			const spellings = [
				'5511988887777',
				'005511988887777',
				'tel:+55-11-98888-7777',
				5511988887777,
			];
			const rows = await stage.rows(spellings.map((to) => ({ ...person(0), to })));

			expect(rows.map(({ status }) => status)).toEqual(spellings.map(() => 'accepted'));
			expect(new Set(rows.map(({ to }) => digitsOf(String(to))))).toEqual(
				new Set(['5511988887777']),
			);
		});
	});

	describe('vCards', () => {
		const asCards = (source: 'vCard' | 'binary', more: INodeParameters = {}) => ({
			contactSource: source,
			...(source === 'vCard' && { vCard: '={{ $json.card }}' }),
			...more,
		});

		it.each(['vCard', 'binary'] as const)('from %s: carried or reported', async (source) => {
			const { rich } = table();
			const run = await stage.run([{ ...person(1), card: RICH_VCARD }], {
				parameters: asCards(source),
				node: { onError: 'continueRegularOutput' },
				workflow: withFile('data', RICH_VCARD),
			});
			const [row] = rowsOf(run);

			if (!rich) {
				// The vendor wants of a person what no vCard holds: the panel offers fields alone, and they count.
				const values = { ...valuesOf(person(1)), to: digitsOf(person(1).to) };
				expect(bodies()).toEqual([table().plain(values)]);
				expect(row).toMatchObject({ status: 'accepted' });
				return;
			}
			expect(bodies()).toEqual([rich.body(digitsOf(person(1).to))]);
			expect(row).toMatchObject({ status: 'accepted', droppedFields: rich.dropped });
		});

		it('several cards in one file are several messages of one item', async () => {
			if (!table().rich) {
				expect(messenger.card.requires.flat()).toContain('contactChatId');
				return;
			}
			const card = (n: number) =>
				`BEGIN:VCARD\r\nVERSION:4.0\r\nFN:${person(n).name}\r\nTEL:${person(n).phone}\r\nEND:VCARD\r\n`;
			const run = await stage.run([person(7), person(8)], {
				parameters: asCards('binary', { binaryPropertyName: 'file' }),
				workflow: withFile('file', card(0) + card(1)),
				options: { maxConcurrent: 1 },
			});

			const sent = [7, 7, 8, 8].map((to, n) => ({
				...valuesOf(person(n % 2)),
				to: digitsOf(person(to).to),
			}));
			expect(bodies()).toEqual(sent.map((values) => table().plain(values)));
			expect(run.output(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
				[0, 0, 1, 1].map((item) => ({ item })),
			);
		});

		describe('one card of a file that cannot be sent', () => {
			const card = (n: number, phone = person(n).phone) =>
				`BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${person(n).name}\r\nTEL:${phone}\r\nEND:VCARD\r\n`;
			const send = async (node: { onError?: 'continueRegularOutput' }) =>
				await stage.run([person(7), person(8)], {
					parameters: asCards('binary'),
					workflow: withFile('data', card(0) + card(1, 'call me') + card(2)),
					options: { maxConcurrent: 1 },
					node,
				});
			const sent = [7, 7, 8, 8].map((to, n) => ({
				...valuesOf(person((n % 2) * 2)),
				to: digitsOf(person(to).to),
			}));

			it('does not keep its neighbours, and is told in its place', async () => {
				if (!table().rich) return;
				const run = await send({ onError: 'continueRegularOutput' });
				const told = {
					status: 'notSent',
					parameter: 'binaryPropertyName',
					contact: { name: person(1).name, phone: 'call me' },
					attempts: 0,
				};

				expect(bodies()).toEqual(sent.map((values) => table().plain(values)));
				expect(rowsOf(run).map(({ status }) => status)).toEqual(
					[7, 8].flatMap(() => ['accepted', 'notSent', 'accepted']),
				);
				for (const n of [1, 4]) {
					expect(rowsOf(run)[n]).toMatchObject(told);
					expect(rowsOf(run)[n]?.to).toBe(rowsOf(run)[n - 1]?.to);
					expectReadable(rowsOf(run)[n]);
				}
				expect(run.output(NODE).map(({ pairedItem }) => pairedItem)).toEqual(
					[0, 0, 0, 1, 1, 1].map((item) => ({ item })),
				);
			});

			it('keeps everything from being sent where the run is to stop', async () => {
				if (!table().rich) return;
				const run = await send({});

				expect(bodies()).toEqual([]);
				expect(run.error(NODE)?.message).toContain(person(1).name);
				expect(run.error(NODE)).toMatchObject({
					description: expect.stringContaining('2 items need a correction') as unknown,
				});
			});
		});

		it('an item without the file is told so', async () => {
			const rows = await stage.rows([person(1)], { parameters: asCards('binary') });

			if (!table().rich) {
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
				return await stage.run(people(2), {
					options: { maxAttempts: 1, maxConcurrent: 1 },
					parameters: { simplify },
					node: { onError: 'continueRegularOutput' },
				});
			};
			const run = await send(true);
			const [row, next] = rowsOf(run);
			const answer = stage.vendor.received[0]?.answer ?? { fault: 'unanswered' };
			if ('fault' in answer) throw new Error('The vendor did not answer');

			expect(row).toMatchObject({
				status: rule.means === 'unknown' ? 'unknown' : 'rejected',
				error: rule.message,
				httpCode: String(answer.statusCode),
				attempts: 1,
			});
			expect(String(row?.description)).toContain(rule.description);
			expect(String(row?.description)).toContain(wordsIn(answer.body, secrets()));
			expectReadable(row);
			expectNoSecret(run, secrets());
			expect(everythingIn(run.run)).not.toMatch(STRANGERS);
			expect(next).toMatchObject({ status: 'accepted', attempts: 1 });
			expectNoSecret(await send(false), secrets());
		});

		const passing = provider.refusals.filter(({ means }) => means === 'tryLater');
		it('those that pass are waited out', async () => {
			jest.spyOn(Math, 'random').mockReturnValue(0.001);
			for (const { id } of passing) {
				stage.vendor.reset();
				stage.vendor.refuseNext(id);
				expect(await stage.rows(people(1))).toMatchObject([{ status: 'accepted', attempts: 2 }]);
				expect(stage.vendor.sends()).toHaveLength(1);
			}
			expect(passing.length).toBeGreaterThan(0);
			jest.restoreAllMocks();
		});
	});

	describe('what comes out', () => {
		it('preview: every request, none sent, secrets replaced', async () => {
			const run = await stage.run(people(2), { options: { preview: true } });

			expect(bodies()).toEqual([]);
			expect(rowsOf(run)).toMatchObject(
				people(2).map((one) => ({
					status: 'preview',
					messageId: null,
					attempts: 0,
					request: { method: 'POST', body: table().plain(valuesOf(one)) },
				})),
			);
			for (const { request } of rowsOf(run)) {
				const { url } = asObject(request);
				expect(url).toEqual(expect.stringContaining(stage.vendor.url));
			}
			expectNoSecret(run, secrets());
		});

		it('simplify off: the request and the vendor’s answer, secrets replaced', async () => {
			const run = await stage.run(people(1), { parameters: { simplify: false } });
			const answer = stage.vendor.received[0]?.answer;

			expect(rowsOf(run)).toMatchObject([
				{
					request: { method: 'POST', body: bodies()[0] },
					response: answer,
				},
			]);
			expectNoSecret(run, secrets());
		});

		it('two executions get two message ids', async () => {
			const ids = [...(await stage.rows(people(2))), ...(await stage.rows(people(2)))].map(
				({ messageId }) => messageId,
			);

			expect(new Set(ids).size).toBe(ids.includes(null) ? 1 : 4);
		});
	});

	describe('On Error', () => {
		/** The second row is bad and the third one is refused. */
		const troubled = async (node: {
			onError?: 'continueRegularOutput' | 'continueErrorOutput';
		}) => {
			const persons = people(4).map((one, n) => (n === 1 ? { ...one, to: 'nobody' } : one));
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
					to: expect.stringContaining(digitsOf(person(2).to)) as unknown,
					contact: expect.any(Object) as unknown,
					droppedFields: expect.any(Array) as unknown,
					attempts: 1,
				}),
				failed({ status: 'notSent', parameter: 'to', attempts: 0 }),
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
