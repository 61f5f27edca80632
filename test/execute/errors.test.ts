// How much an error tells: enough to act on, however long the list is.
import type { INode } from 'n8n-workflow';

import type { Failed, Outcome } from '../../nodes/SendContact/delivery/Outcome';
import { badRowsError, stoppedError } from '../../nodes/SendContact/execute/errors';

const node: INode = {
	id: 'send',
	name: 'Send Contact',
	type: 'sendContact',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const failed = (status: Failed['status'], attempts: number, said = 'x'): Failed => ({
	status,
	message: `To is “${said}”, which is no phone number`,
	description: 'Write the number with + and country code. It may also be an ID: choose By ID then.',
	attempts,
});

/** Every other row of a list, so that no two stand together. */
const everyOther = (count: number, said = 'x') =>
	Array.from({ length: count }, (_, n) => ({
		itemIndex: 2 * n,
		failed: failed('notSent', 0, said),
	}));

test.each([
	['fifty thousand bad rows', everyOther(50_000)],
	['rows with a megabyte in a field', everyOther(12, 'y'.repeat(1_000_000))],
	['one such row', everyOther(1, 'y'.repeat(1_000_000))],
])('%s make an error that names the first few and a count', (_, rows) => {
	const error = badRowsError(node, rows);

	expect(error.message.length).toBeLessThan(700);
	expect(String(error.description).length).toBeLessThan(5000);
	expect(error.message).toContain('[item 0]');
	if (rows.length === 1) return;
	expect(error.message).toContain(`and ${rows.length - 1} more`);
	expect(error.description).toContain(`${rows.length} items need a correction`);
	expect(error.description).toContain('<br>Item 18: ');
});

test('rows that are not named are counted', () => {
	expect(badRowsError(node, everyOther(50_000)).description).toMatch(
		/And items 20, 22, .*, 98 and 49950 more\.$/,
	);
});

test('a long list that stopped is accounted for in an error of bounded size', () => {
	const outcomes: Outcome[] = [
		{ status: 'accepted', messageId: 'm', attempts: 1 },
		failed('unknown', 1, 'z'.repeat(1_000_000)),
		{ status: 'duplicate', attempts: 0 },
		failed('rejected', 1),
		failed('notSent', 0),
	];
	const results = Array.from({ length: 50_000 }, (_, itemIndex) => ({
		itemIndex,
		outcome: outcomes[itemIndex % outcomes.length] ?? failed('notSent', 0),
	}));
	const error = stoppedError(node, results);

	expect(error.message.length).toBeLessThan(700);
	expect(String(error.description).length).toBeLessThan(5000);
	expect(error.description).toMatch(
		/Accepted: 0, 5, .* and 9960 more\. Skipped as duplicates: 2, 7/,
	);
	expect(error.description).toMatch(/Not sent: 4, 9, .* and 9960 more\.$/);
});

it('what users and vendors wrote is no markup in it, and lines end as lines: n8n shows it as HTML', () => {
	const failures = [0, 1].map((itemIndex) => ({
		itemIndex,
		failed: failed('notSent', 0, '<i>R&D</i>'),
	}));
	const error = badRowsError(node, failures);

	expect(error.message).toContain('“&lt;i&gt;R&amp;D&lt;/i&gt;”');
	expect(error.description).toMatch(/^Nothing was sent\. [^\n]*<br>Item 0: [^\n]*<br>Item 1: /);
	expect(error.description).not.toMatch(/<(?!br>)/);
});
