// What the answers of a GOWA server say, and what its refusals mean. What its own code says counts as documented
// (August 2026): https://github.com/aldinokemal/go-whatsapp-web-multidevice .
import { at, isObject, plainText, textOf } from '../answers';
import type { Answer, RefusalRule, VendorWords } from '../Provider';
import { whatsmeowRefusals } from '../shared/whatsmeow';

const RECONNECT =
	'If it does not, open the dashboard of the server and reconnect the device, or log it in by QR code again.';

export const refusals: readonly RefusalRule[] = [
	{
		// The device's refusals have the status of a wrong password. The spelling differs by version.
		id: 'notLoggedIn',
		when: { status: [401, 500], text: /you are not logg/i },
		message: 'This GOWA device is not logged in to WhatsApp',
		description:
			'Open the dashboard of the server and log the device in by QR code or pairing code, then run again.',
		about: 'account',
		evidence: 'documented',
	},
	{
		// Looked at before anything is sent.
		id: 'deviceOffline',
		when: { status: [401, 500], text: /not connect(ed)? to services? server/i },
		message: 'This GOWA device has no connection to WhatsApp at the moment',
		description: `It comes back by itself, most of the time. ${RECONNECT}`,
		means: 'later',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'GOWA did not accept username and password',
		description:
			'Put one of the pairs in APP_BASIC_AUTH (or --basic-auth) on the server into the credential: the username is what stands before the colon.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'deviceNotFound',
		when: { status: 404, code: /^DEVICE_NOT_FOUND$/ },
		message: 'GOWA has no such device',
		description:
			'Pick Device from the list, or copy its ID from the dashboard of the server: capitals count.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'deviceRequired',
		when: { status: 400, code: /^DEVICE_ID_REQUIRED$/ },
		message: 'GOWA was not told which device sends',
		description:
			'The node says it in the header X-Device-Id: look for a proxy in front of the server that takes headers off.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'deviceNotReady',
		when: { status: 500, text: /WhatsApp CLI is invalid|client is not initialized/i },
		message: 'This GOWA device was never logged in to WhatsApp',
		description:
			'Open the dashboard of the server and log the device in by QR code or pairing code, then run again.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'starting',
		when: { status: 503, code: /^DEVICE_MANAGER_UNAVAILABLE$/ },
		message: 'The GOWA server is still starting',
		description:
			'Run again in a minute. If it stays so, whoever runs the server finds why in its log.',
		means: 'later',
		about: 'account',
		evidence: 'documented',
	},
	{
		// Where the server's account validation is on, which it is unless turned off.
		id: 'invalidJid',
		when: { status: 400, code: /^INVALID_JID$/ },
		message: 'The recipient has no WhatsApp',
		description:
			'GOWA looks every number up before it sends. Check the number, its country code first of all.',
		evidence: 'documented',
	},
	...whatsmeowRefusals('GOWA', RECONNECT),
	{
		// The server gives WhatsApp 45 seconds.
		id: 'timedOut',
		when: { status: 504, code: /^GATEWAY_TIMEOUT$/ },
		message:
			'WhatsApp did not answer GOWA in time, so it is not known whether the contact was sent',
		description:
			'Look into the chat before you send it again. If it happens often, reconnect the device in the dashboard of the server.',
		means: 'unknown',
		evidence: 'documented',
	},
	{
		id: 'failed',
		when: { status: 500, code: /^INTERNAL_SERVER_ERROR$/ },
		message: 'GOWA stumbled while it was sending the contact',
		description:
			'The contact may have been sent: look into the chat before you send it again. Its words below are for whoever runs the server.',
		means: 'unknown',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'Nothing of GOWA answers at this address',
		description:
			'Check Base URL in the credential: it is the address of the server, with its base path where it has one (APP_BASE_PATH).',
		about: 'account',
		evidence: 'documented',
	},
	{
		// The server has no limit of its own: a proxy in front of it may have.
		id: 'tooManyRequests',
		when: { status: 429 },
		message: 'Something in front of this GOWA server asks for fewer requests',
		description:
			'Lower Messages per Minute in the options, or ask whoever runs the server for a higher limit in its proxy.',
		means: 'slower',
		about: 'account',
		evidence: 'assumed',
	},
	{
		id: 'validation',
		when: { status: 400 },
		message: 'GOWA did not accept a value of the contact',
		description: 'Correct the field that its words below name.',
		evidence: 'documented',
	},
];

/** The vendor's names for what the panel calls otherwise, in the order in which they are looked for. */
const PARAMETERS: ReadonlyArray<readonly [RegExp, string]> = [
	[/\bcontact_name\b/, 'contactName'],
	[/\bcontact[_ ]phone\b/, 'contactPhone'],
	[/\bduration\b/, 'disappearAfter'],
	[/\bphone\b/, 'to'],
];

/** Its words, with the field they are about. Who asks with a wrong password gets no JSON. */
export function vendorWords({ json, text }: Answer): VendorWords {
	const words = textOf(at(json, 'message')) ?? (isObject(json) ? '' : plainText(text));
	const code = textOf(at(json, 'code'));
	const parameter = PARAMETERS.find(([pattern]) => pattern.test(words))?.[1];
	return {
		text: words,
		...(code !== undefined && { code }),
		...(code === 'VALIDATION_ERROR' &&
			parameter !== undefined && { fields: [{ parameter, text: words }] }),
	};
}
