// A vendor of no name for tests of delivery: it takes a message with `{"id": …}` and refuses with codes.
import { at, textOf } from '../../nodes/SendContact/providers/answers';
import type { Answer, Provider } from '../../nodes/SendContact/providers/Provider';

export const stub: Provider = {
	name: 'stub',
	displayName: 'Stub',
	credential: { name: 'stubApi', displayName: 'Stub API', properties: [] },
	documentationUrl: 'https://stub.example',
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: 'https://stub.example',
			recipient: { ids: [{ of: 'person', pattern: /^\d+$/ }], placeholder: '', hint: '' },
			card: { carries: ['contactName'], requires: ['contactName'] },
			options: {},
			request: () => ({ method: 'POST', path: '/send' }),
		},
	],
	pace: { limits: [], per: 'credential', maxConcurrent: 10, evidence: 'assumed' },
	refusals: [
		{
			id: 'special',
			when: { status: 400, code: /^SPECIAL$/ },
			message: 'A special refusal',
			description: 'Do this.',
			evidence: 'assumed',
		},
		{
			id: 'later',
			when: { text: /come back/i },
			message: 'Not now',
			description: 'Wait.',
			means: 'later',
			evidence: 'assumed',
		},
		{
			id: 'doubtful',
			when: { status: 499 },
			message: 'Who knows',
			description: 'Look.',
			means: 'unknown',
			evidence: 'assumed',
		},
		{
			id: 'any400',
			when: { status: 400 },
			message: 'Any other 400',
			description: 'Do that.',
			evidence: 'assumed',
		},
	],
	vendorWords({ json, text }) {
		const code = textOf(at(json, 'code'));
		const seconds = at(json, 'waitSeconds');
		return {
			text: textOf(at(json, 'message')) ?? text.slice(0, 100),
			...(code !== undefined && { code }),
			...(typeof seconds === 'number' && { retryAfterMs: seconds * 1000 }),
		};
	},
	carriesError: ({ json }) => at(json, 'code') !== undefined,
	receipt({ json }) {
		const id = textOf(at(json, 'id'));
		return id === undefined ? undefined : { messageId: id };
	},
};

/** An answer with that status and body. */
export function answerOf(
	statusCode: number,
	body: unknown = '',
	headers: Record<string, string> = {},
): Answer {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return { statusCode, headers, text, json: typeof body === 'string' ? undefined : body };
}
