// Answers of any shape, to everything that a vendor is asked: no provider stumbles over one, and none makes of
// it what there is not.
import fc from 'fast-check';

import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { providers } from '../odd/providers';
import { onlyProviders } from '../only';

const LEAVES = [null, true, false, 0, 1, -1, '', 'a', 'true', 'valid', 1e21];

/**
 * Any JSON: an object has whatever key it is asked for. Neither a text nor a number can be made of one, as of
 * `{"toString": 1, "valueOf": 1}`.
 */
function grow(random: () => number, depth = 6): unknown {
	const sort = depth === 0 ? 0 : random();
	if (sort < 0.3) return LEAVES[Math.floor(random() * LEAVES.length)];
	if (sort < 0.6) return [grow(random, depth - 1), grow(random, depth - 1)];
	const grown: Record<string | symbol, unknown> = {};
	return new Proxy(grown, {
		get(target, key) {
			if (!Object.hasOwn(target, key)) target[key] = grow(random, depth - 1);
			return target[key];
		},
	});
}

/** Numbers below one that follow from a seed: the fractions of a sine are far apart enough. */
function randomly(seed: number): () => number {
	let n = 0;
	return () => {
		n += 1;
		const wave = Math.sin(seed * 0.618 + n * 78.233) * 43_758.5453;
		return wave - Math.floor(wave);
	};
}

const answers = fc.record({ seed: fc.integer(), statusCode: fc.constantFrom(200, 401, 429, 500) });

/** The answer that a seed stands for. */
function answerOf({ seed, statusCode }: { seed: number; statusCode: number }): Answer {
	return { statusCode, headers: {}, text: '', json: grow(randomly(seed)) };
}

const CURSORS = [undefined, '0', '5', '0:1', '1:100', 'groups', 'groups 2'];
const PHONES = ['5511988887777', '5511977776666'];

describe.each(onlyProviders(providers).map((provider) => [provider.name, provider] as const))(
	'%s',
	(_name, provider) => {
		const lists = [
			provider.sender?.list,
			...provider.messengers.map(({ recipient }) => recipient.list),
		].flatMap((list) => list ?? []);
		const checks = provider.messengers.flatMap(({ recipient }) => recipient.check ?? []);

		it('reads words, errors and receipts out of any answer', () => {
			fc.assert(
				fc.property(answers, (given) => {
					const answer = answerOf(given);
					const { text } = provider.vendorWords(answer);
					expect(typeof text).toBe('string');
					expect(typeof provider.carriesError(answer)).toBe('boolean');
					const receipt = provider.receipt(answer);
					if (receipt !== undefined) expect(receipt.messageId).not.toBe('');
				}),
				{ numRuns: 300 },
			);
		});

		if (lists.length > 0)
			it('lists what has a name and an id, whatever comes', () => {
				fc.assert(
					fc.property(answers, fc.constantFrom(...CURSORS), (given, cursor) => {
						const answer = answerOf(given);
						const query = {
							sender: '',
							account: {},
							search: '',
							...(cursor !== undefined && { cursor }),
						};
						for (const list of lists) {
							for (const { name, value } of list.entries(answer, query)) {
								expect([typeof name, typeof value]).toEqual(['string', 'string']);
								expect([name, value]).not.toContain('');
							}
							expect(['string', 'undefined']).toContain(typeof list.next?.(answer, query));
						}
					}),
					{ numRuns: 300 },
				);
			});

		if (checks.length > 0)
			it('says something of each number that was asked for, and names nobody who is not there', () => {
				fc.assert(
					fc.property(answers, (given) => {
						const answer = answerOf(given);
						for (const check of checks) {
							const phones = PHONES.slice(0, check.atOnce);
							const found = check.found(answer, phones);
							expect(found).toHaveLength(phones.length);
							for (const { exists, id } of found) if (exists !== true) expect(id).toBeNull();
						}
					}),
					{ numRuns: 300 },
				);
			});
	},
);
