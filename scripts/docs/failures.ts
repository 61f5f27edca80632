// What the node says when something goes wrong: of each provider, and what all have in common, asked of the code
// that says it. Pure.
import { judgeAnswer, judgeNoAnswer, type NoAnswer } from '../../nodes/SendContact/delivery/judge';
import { redactorFor } from '../../nodes/SendContact/delivery/redact';
import { CANCELED, NOT_CLAIMED, STOPPED } from '../../nodes/SendContact/delivery/unsent';
import { providers } from '../../nodes/SendContact/providers';
import type { Answer, Provider, RefusalRule } from '../../nodes/SendContact/providers/Provider';
import { table } from '../table';
import type { Translator } from './languages';

const MEANS: Record<NonNullable<RefusalRule['means']>, string> = {
	rejected: 'refused',
	slower: 'refused, repeated more slowly',
	later: 'refused, repeated later',
	elsewhere: 'sent once more to the new recipient',
	unknown: 'unknown',
};

/** One row a documented refusal of the provider. What n8n shows stays English. */
export function refusalTable(provider: Provider, translator: Translator): string {
	const { say } = translator;
	const sayIts = translator.sayOf(provider.displayName);
	const rows = provider.refusals.map(({ message, description, means, evidence }) => [
		message,
		sayIts(description),
		say(MEANS[means ?? 'rejected']),
		say(evidence),
	]);
	return table(
		[say('What the node says'), say('What to do'), say('Outcome'), say('How sure')],
		rows,
	);
}

/** Stands for every provider: it has no refusals of its own, and says nothing. */
function anyProvider(): Provider {
	const [first] = providers;
	if (first === undefined) throw new Error('There is no provider');
	return {
		...first,
		displayName: '[provider]',
		refusals: [],
		carriesError: ({ text }) => text === 'refused',
		receipt: () => undefined,
		vendorWords: () => ({ text: '' }),
	};
}

/** How a request ends without an answer, in the order of the table. */
const NO_ANSWERS: Record<NoAnswer, true> = {
	refused: true,
	unresolved: true,
	unreachable: true,
	untrusted: true,
	blocked: true,
	timeout: true,
	broken: true,
	cancelled: true,
};

/** Answers that no provider has a rule for, one of each kind. */
const ANSWERS: ReadonlyArray<Pick<Answer, 'statusCode' | 'text'>> = [
	{ statusCode: 401, text: '' },
	{ statusCode: 403, text: '' },
	{ statusCode: 404, text: '' },
	{ statusCode: 429, text: '' },
	{ statusCode: 422, text: '' },
	{ statusCode: 200, text: 'refused' },
	{ statusCode: 301, text: '' },
	{ statusCode: 500, text: '' },
	{ statusCode: 200, text: 'unreadable' },
];

/** One row a failure that every provider shares. */
export function commonTable(): string {
	const provider = anyProvider();
	const redactor = redactorFor([]);
	const judged = [
		...Object.keys(NO_ANSWERS).map((why) => judgeNoAnswer(provider, why as NoAnswer).failure),
		...ANSWERS.flatMap((answer) => {
			const verdict = judgeAnswer(provider, { ...answer, headers: {}, json: undefined }, redactor);
			return verdict.kind === 'failed' ? [verdict.failure] : [];
		}),
		STOPPED,
		CANCELED,
		...Object.values(NOT_CLAIMED).flatMap((outcome) => ('message' in outcome ? [outcome] : [])),
	];
	const rows = judged.map(({ message, description, status }) => [
		message,
		description,
		`\`${status}\``,
	]);
	return table(['What the node says', 'What to do', '`status`'], rows);
}

/** One row a provider: how many of its refusals are known, and the page that has them. */
export function refusalOverview(): string {
	const rows = providers.map(({ name, displayName, refusals }) => [
		`[${displayName}](providers/${name}.md)`,
		String(refusals.length),
	]);
	return table(['Provider', 'Refusals it knows'], rows);
}
