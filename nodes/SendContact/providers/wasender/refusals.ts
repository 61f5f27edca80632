// What the answers of WasenderAPI say, and what its refusals mean.
// Sources: https://www.wasenderapi.com/api-docs/responses-errors/error-responses , which shows bodies without their
// statuses; statuses as users recorded them.
import { at, isObject, numberOf, plainText, textOf } from '../answers';
import type { Answer, RefusalRule, VendorWords } from '../Provider';

export const refusals: readonly RefusalRule[] = [
	{
		// Once seen with a 200.
		id: 'notConnected',
		when: { text: /session is not connected/i },
		message: 'The WasenderAPI session is not connected to WhatsApp',
		description:
			'Open the session in the WasenderAPI dashboard, connect it and scan the QR code with the phone, then run again.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'noSubscription',
		when: { text: /active subscription or trial is required/i },
		message: 'This WasenderAPI account has no active subscription or trial',
		description: 'Subscribe to a plan, or renew it, in the WasenderAPI dashboard, then run again.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'WasenderAPI did not accept the API key',
		description:
			'Open the session in the WasenderAPI dashboard and copy its API Key into the credential: not the Personal Access Token and not the webhook secret. A key that was regenerated replaces the one before.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'accountProtection',
		when: { status: 429, text: /account protection/i },
		message: 'Account Protection of this WasenderAPI session lets one message in 5 seconds through',
		description:
			'Set Messages per Minute in the options to 12. Account Protection can be turned off in the settings of the session, but it is there to keep the number from being banned.',
		means: 'slower',
		evidence: 'documented',
	},
	{
		id: 'trialPace',
		when: { status: 429, text: /free trial/i },
		message: 'A trial of WasenderAPI sends one message a minute, and 50 a day',
		description:
			'Set Messages per Minute in the options to 1, or subscribe to a plan in the WasenderAPI dashboard.',
		means: 'slower',
		evidence: 'documented',
	},
	{
		id: 'rateLimit',
		when: { status: 429 },
		message: 'WasenderAPI is getting more requests of this session than it takes',
		description:
			'A paid plan takes 256 messages and 60 look-ups a minute, and only so many at once. Lower Messages per Minute and Max Concurrent in the options. Look-ups have a daily limit as well.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'trialRecipients',
		when: { text: /on a trial plan and cannot send/i },
		message: 'A trial of WasenderAPI does not send to so many recipients',
		description: 'Subscribe to a plan in the WasenderAPI dashboard, then run again.',
		evidence: 'documented',
	},
	{
		id: 'notOnWhatsApp',
		when: { status: [400, 404, 422], text: /not exist on whatsapp|invalid whatsapp number/i },
		message: 'The recipient has no WhatsApp',
		description: 'Check the number, its country code first of all.',
		evidence: 'observed',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'Nothing of WasenderAPI answers at this address',
		description:
			'Set Base URL in the credential to https://www.wasenderapi.com, without anything behind it.',
		about: 'account',
		evidence: 'assumed',
	},
	{
		id: 'validation',
		when: { status: [400, 422] },
		message: 'WasenderAPI did not accept a value of the contact',
		description: 'Correct what its words below name.',
		evidence: 'documented',
	},
];

/** The vendor's names for what the panel calls otherwise. */
const PARAMETERS: ReadonlyMap<string, string> = new Map([
	['to', 'to'],
	['contact', 'contactName'],
	['contact.name', 'contactName'],
	['contact.phone', 'contactPhone'],
	['replyTo', 'replyToMessageId'],
]);

/** Its words, with the fields they are about, such as `"errors":{"to":["The to field is required."]}`. */
export function vendorWords(answer: Answer): VendorWords {
	const { json, text } = answer;
	const errors = at(json, 'errors');
	const told = Object.entries(isObject(errors) ? errors : {}).map(([name, said]) => ({
		parameter: PARAMETERS.get(name),
		text: (Array.isArray(said) ? said : [said]).map(textOf).join(' '),
	}));
	const fields = told.flatMap(({ parameter, text: words }) =>
		parameter === undefined ? [] : [{ parameter, text: words }],
	);
	const others = told.filter(({ parameter }) => parameter === undefined);
	const said = textOf(at(json, 'message')) ?? textOf(at(json, 'error'));
	const retryAfterMs = askedToWaitMs(answer);
	return {
		text: [said ?? (isObject(json) ? '' : plainText(text)), ...others.map((one) => one.text)]
			.filter((words) => words !== '')
			.join(' '),
		...(fields.length > 0 && { fields }),
		...(retryAfterMs !== undefined && { retryAfterMs }),
	};
}

/**
 * How long the vendor asks to wait: until the day's limit ends where that is used up, as its body says, or until its
 * window ends. A Retry-After comes before the last one, and is read by whoever asks.
 */
function askedToWaitMs({ json, headers }: Answer): number | undefined {
	if (headers['x-ratelimit-daily-remaining'] === '0') {
		const daily = resetInMs(headers['x-ratelimit-daily-reset']);
		if (daily !== undefined) return daily;
	}
	const seconds = numberOf(at(json, 'retry_after'));
	if (seconds !== undefined) return Math.max(0, seconds * 1000);
	return 'retry-after' in headers ? undefined : resetInMs(headers['x-ratelimit-reset']);
}

/** A number as large is a time of day and no number of seconds. */
const LEAST_UNIX_TIME = 1e9;

/** The page says both: a Unix time in seconds, and the seconds that are left. */
function resetInMs(header: string | undefined): number | undefined {
	const reset = numberOf(header);
	if (reset === undefined) return undefined;
	return Math.max(0, reset >= LEAST_UNIX_TIME ? reset * 1000 - Date.now() : reset * 1000);
}
