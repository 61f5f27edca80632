// What a card must have, every value of every option, and every bound of every provider at its edge and one
// past it: what is taken arrives, and what is too much or missing is told before anything is sent. All of that
// is said by the simulators, by hand; they refuse what is longer, so a bound that a provider forgets shows up
// as a refusal.
import type { INodeParameters } from 'n8n-workflow';

import { boundedIn, type BoundFacts, lengthOf, locator, vendorOf } from '../vendors';
import {
	expectReadable,
	factsOf,
	openStages,
	type Row,
	type RunOptions,
	type Stage,
	type TestedService,
	servicesByName,
} from './stage';

let stages: Awaited<ReturnType<typeof openStages>>;
beforeAll(async () => {
	stages = await openStages();
});
afterAll(() => stages.stop());

/** One letter each of one unit in all ways of counting, and of one, two and four. */
const LETTERS = { plain: 'x', wide: '😀' };

describe.each(servicesByName)('%s', (_name, service: TestedService) => {
	const facts = factsOf(service);
	let stage: Stage;
	beforeEach(() => {
		stage = stages.stageOf(service);
		stage.vendor.reset();
	});

	/** One item for each value, with it in a parameter of the node. */
	const rowsWith = async (
		values: readonly unknown[],
		parameters: (expression: string) => RunOptions,
	): Promise<Row[]> => {
		const items = values.map((value, n) => ({ ...stage.person(n), value }));
		const { options, ...more } = parameters('={{ $json.value }}');
		return await stage.rows(items, { ...more, options: { maxConcurrent: 1, ...options } });
	};
	const statusesOf = (rows: readonly Row[]) =>
		rows.map(({ status, parameter }) => [status, parameter]);
	const fine = ['accepted', undefined];

	const inCard =
		(parameter: string) =>
		(expression: string): RunOptions => {
			const isOwn = IN_SIGHT.includes(parameter);
			const filled: INodeParameters = { [parameter]: expression };
			return { parameters: isOwn ? filled : { additionalFields: filled } };
		};

	const asOption =
		(option: string) =>
		(expression: string): RunOptions => ({ options: { [option]: expression } });

	/** That each value is somewhere in the message of its item, where the account takes the option at all. */
	const expectSent = (option: string, values: readonly unknown[], rows: readonly Row[]) => {
		const sent = stage.vendor.sends().map(({ body, query }) => leavesOf([body, query]));
		const missing = values.filter((value, n) => {
			const dropped = rows[n]?.droppedFields;
			const isDropped = Array.isArray(dropped) && dropped.includes(option);
			return !isDropped && !sent[n]?.includes(String(value));
		});

		expect([`not sent as ${option}:`, ...missing]).toEqual([`not sent as ${option}:`]);
	};

	it('what the vendor demands of a card is asked for before anything is sent', async () => {
		const groups = facts.demands.map((group) => [group].flat());
		const without = groups.map((left) => ({
			left,
			filled: groups.filter((group) => group !== left).flatMap(([first = '']) => first),
		}));
		const enough = groups.flatMap((chosen) =>
			chosen.map((one) => groups.map((group) => (group === chosen ? one : (group[0] ?? '')))),
		);
		const items = [...without.map(({ filled }) => filled), ...enough].map((filled, n) => ({
			to: stage.person(n).to,
			...Object.fromEntries(filled.map((field) => [field, SOMEBODY[field]])),
		}));
		const more = groups.flat().filter((field) => !IN_SIGHT.includes(field));
		const rows = await stage.rows(items, {
			options: { maxConcurrent: 1 },
			parameters: {
				...Object.fromEntries(IN_SIGHT.map((field) => [field, `={{ $json.${field} }}`])),
				additionalFields: Object.fromEntries(more.map((field) => [field, `={{ $json.${field} }}`])),
			},
		});

		expect(rows.slice(0, without.length).map(({ status }) => status)).toEqual(
			without.map(() => 'notSent'),
		);
		without.forEach(({ left }, n) => expect(left).toContain(rows[n]?.parameter));
		expect(rows.slice(without.length).map(({ status }, n) => [enough[n], status])).toEqual(
			enough.map((filled) => [filled, 'accepted']),
		);
	});

	if (facts.obeys) {
		const { obeys } = facts;
		it('what the vendor would obey in a text arrives in a way that it does not', async () => {
			const rows = await rowsWith(
				obeys.map((text) => `Maria ${text}`),
				inCard('contactName'),
			);

			expect(rows.map(({ status }, n) => [obeys[n], status])).toEqual(
				obeys.map((text) => [text, 'accepted']),
			);
		});
	}

	const { notSenders = [], senders = [], usualSender } = vendorOf(service.provider.name);
	if (senders.length > 0) {
		const mode = facts.panel.senderModes?.find((one) => one !== 'list') ?? 'id';
		const bySender = (expression: string): RunOptions => ({
			parameters: { sender: locator(expression, mode) },
		});

		it('what is no sender is told before anything is sent', async () => {
			const rows = await rowsWith(notSenders, bySender);

			expect(rows.map(({ status, parameter }, n) => [notSenders[n], status, parameter])).toEqual(
				notSenders.map((sender) => [sender, 'notSent', 'sender']),
			);
			expect(stage.vendor.received).toEqual([]);
			expect(notSenders).not.toEqual([]);
		});

		it('where nobody was chosen, the usual one sends, or it is told', async () => {
			const rows = await rowsWith([''], bySender);

			expect(statusesOf(rows)).toEqual([usualSender === undefined ? ['notSent', 'sender'] : fine]);
			expect(stage.arrived().map(({ sender }) => sender)).toEqual(
				usualSender === undefined ? [] : [usualSender],
			);
		});
	}

	if (facts.bounds === undefined && 'contactName' in facts.cards.minimal.parameters) {
		it('a name of 500 letters arrives whole: nothing bounds it', async () => {
			const name = LETTERS.wide.repeat(500);
			const rows = await rowsWith([name], inCard('contactName'));

			expect(statusesOf(rows)).toEqual([fine]);
			expect(stage.arrived()).toMatchObject([{ cards: [{ name }] }]);
		});
	}

	for (const bound of facts.bounds ?? []) {
		const { parameter, atMost, unit } = bound;
		it.each(Object.entries(LETTERS))(
			`${parameter}: ${atMost} ${unit} and no more, of %s letters`,
			async (_letters, letter) => {
				const filler = await edgeOf(bound, letter);
				const lengths = [filler - 1, filler, filler + 1, filler + 9];
				const rows = await rowsWith(
					lengths.map((length) => letter.repeat(length)),
					inCard(parameter),
				);
				const sizes = stage.vendor
					.sends()
					.map((request) => lengthOf(boundedIn(bound, request), unit));

				expect(statusesOf(rows)).toEqual([
					fine,
					fine,
					['notSent', parameter],
					['notSent', parameter],
				]);
				for (const { error } of rows.slice(2)) expect(error).toMatch(new RegExp(`\\b${atMost}\\b`));
				const step = lengthOf(letter, unit);
				expect(sizes).toHaveLength(2);
				expect(sizes[1]).toBeLessThanOrEqual(atMost);
				expect(sizes[1]).toBeGreaterThan(atMost - step);
			},
		);
	}

	/** How many letters fit: by what a few of them take of the bounded text. */
	const edgeOf = async (bound: BoundFacts, letter: string): Promise<number> => {
		const { parameter, atMost, unit } = bound;
		const few = [1, 3];
		await rowsWith(
			few.map((length) => letter.repeat(length)),
			inCard(parameter),
		);
		const [one = 0, three = 0] = stage.vendor
			.sends()
			.map((request) => lengthOf(boundedIn(bound, request), unit));
		stage.vendor.reset();
		const each = (three - one) / 2;
		expect(each).toBeGreaterThan(0);
		return Math.floor((atMost - one) / each) + 1;
	};

	for (const [option, [lowest, highest]] of Object.entries(facts.optionBounds ?? {})) {
		it(`${option}: ${lowest} to ${highest}`, async () => {
			// A field of numbers holds a 0 that nobody meant where a 0 cannot be meant.
			const below = lowest === 1 ? -1 : lowest - 1;
			const rows = await rowsWith([lowest, highest, below, highest + 1], asOption(option));

			expect(statusesOf(rows)).toEqual([fine, fine, ['notSent', option], ['notSent', option]]);
			rows.slice(2).forEach(expectReadable);
			expectSent(option, [lowest, highest], rows);
		});
	}

	for (const [option, choices] of Object.entries(facts.optionChoices ?? {})) {
		it(`${option}: each of its ${choices.length} values arrives, and no other one is taken`, async () => {
			const rows = await rowsWith([...choices, 'another'], asOption(option));

			expect(statusesOf(rows)).toEqual([...choices.map(() => fine), ['notSent', option]]);
			expectSent(option, choices, rows);
		});
	}

	for (const [option, { taken, refused }] of Object.entries(facts.optionTexts ?? {})) {
		it(`${option}: a text as the vendor takes it arrives, another one is told`, async () => {
			const rows = await rowsWith([...taken, ...refused], asOption(option));

			expect(rows.map(({ status, parameter }, n) => [rowText(n), status, parameter])).toEqual([
				...taken.map((text) => [text, ...fine]),
				...refused.map((text) => [text, 'notSent', option]),
			]);
			expectSent(option, taken, rows);

			function rowText(n: number) {
				return [...taken, ...refused][n];
			}
		});
	}

	for (const [option, { value }] of Object.entries(service.messenger.options)) {
		if (value.kind !== 'switch') continue;
		it(`${option}: off is a value like on`, async () => {
			const rows = await rowsWith([true, false], asOption(option));

			expect(statusesOf(rows)).toEqual([fine, fine]);
			expectSent(option, [true, false], rows);
		});
	}

	if (facts.phoneDigits) {
		const [lowest, highest] = facts.phoneDigits;
		it(`the phone: ${lowest} to ${highest} digits`, async () => {
			const digits = (count: number) => `+${'8835100012345678901'.slice(0, count)}`;
			const counts = [lowest, highest, lowest - 1, highest + 1];
			const rows = await stage.rows(
				counts.map((count, n) => ({ ...stage.person(n), phone: digits(count) })),
				{ options: { allowUnusualNumbers: true } },
			);

			// A shorter one goes at the user's own wish, and is for the vendor to judge.
			expect(rows.map(({ status }) => status)).toEqual([
				'accepted',
				'accepted',
				expect.stringMatching(/accepted|rejected/),
				'notSent',
			]);
			expect(rows[3]?.parameter).toBe('contactPhone');
		});
	}

	for (const [field, atMost] of Object.entries(facts.listBounds ?? {})) {
		it(`${field}: ${atMost} entries, and more are told`, async () => {
			const rows = await rowsWith([atMost, atMost + 1], (expression) => ({
				parameters: { additionalFields: { [field]: manyOf(field, expression) } },
			}));

			expect(rows).toMatchObject([
				{ status: 'accepted', droppedFields: [] },
				{ status: 'accepted', droppedFields: [field] },
			]);
		});
	}
});

/** The contact's fields outside Additional Fields. */
const IN_SIGHT = ['contactName', 'contactPhone', 'contactChatId'];

/** Somebody to be on a card, by what is demanded. */
const SOMEBODY: Readonly<Record<string, string>> = {
	contactName: 'Maria Silva',
	contactPhone: '+55 21 97777-6666',
	contactChatId: '10000000',
	firstName: 'Maria',
	middleName: 'Clara',
	lastName: 'Silva',
	organization: 'Clinic',
};

/** Every value in there, as text. */
function leavesOf(body: unknown): string[] {
	if (typeof body !== 'object' || body === null) return [String(body)];
	return Object.values(body).flatMap(leavesOf);
}

/** As many entries of a list as the expression says, by an expression of the whole list. */
function manyOf(field: string, count: string): string {
	const n = count.replace(/^=\{\{\s*|\s*\}\}$/g, '');
	const entry: Record<string, string> = {
		morePhones: "phone: Array.from({ length: N }, (_, i) => ({ number: '+55 21 96666-555' + i }))",
		moreEmails: "email: Array.from({ length: N }, (_, i) => ({ address: 'm' + i + '@x.example' }))",
		moreUrls: "url: Array.from({ length: N }, (_, i) => ({ url: 'https://x.example/' + i }))",
		addresses: "address: Array.from({ length: N }, (_, i) => ({ street: 'Street ' + i }))",
	};
	return `={{ ({ ${(entry[field] ?? '').replace('N', n)} }) }}`;
}
