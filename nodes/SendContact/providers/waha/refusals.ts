// What a WAHA server refuses with, and what that means to the user. What its own code says counts as
// documented: https://github.com/devlikeapro/waha .
import { at, isObject, plainText, textOf } from '../answers';
import type { Answer, RefusalRule, VendorWords } from '../Provider';

export const refusals: readonly RefusalRule[] = [
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'WAHA did not accept the API key',
		description:
			'Put the value of WAHA_API_KEY, from where the server is started, into the credential: not its hash (sha512:…), and not the password of the dashboard.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'otherSession',
		when: { status: 403 },
		message: 'The API key is not allowed to use this session',
		description:
			'WAHA has keys for single sessions: choose the session of this key, or use the key of the whole server.',
		about: 'account',
		evidence: 'assumed',
	},
	{
		id: 'onlyDefault',
		when: { status: 422, text: /support only 'default' session/i },
		message: 'This edition of WAHA has one session only, and its name is default',
		description: 'Choose the session default. More of them need WAHA Plus, or a newer version.',
		about: 'account',
		evidence: 'documented',
	},
	{
		// The words have moved from version to version.
		id: 'sessionNotFound',
		when: {
			status: [404, 422],
			text: /find a session|session [^{}]{0,90}(does not exist|not found|not started)/i,
		},
		message: 'WAHA has no session of this name, or it was never started',
		description:
			'Pick Session from the list, or copy its name from the WAHA dashboard, and start it there.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'needsQr',
		when: { status: 422, code: /^SCAN_QR_CODE$/ },
		message: 'The WAHA session is not connected: it waits for its QR code to be scanned',
		description:
			'Open the session in the WAHA dashboard and scan the QR code with the phone, then run again.',
		about: 'account',
		evidence: 'documented',
	},
	{
		// The server itself has waited for some seconds by then.
		id: 'starting',
		when: { status: 422, code: /^STARTING$/ },
		message: 'The WAHA session is still starting',
		description:
			'It is tried again for a while. If it stays so, restart the session in the WAHA dashboard.',
		means: 'later',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notWorking',
		when: { status: 422, text: /session status is not as expected/i },
		message: 'The WAHA session is stopped or has failed',
		description:
			'Start or restart the session in the WAHA dashboard until it says WORKING, then run again.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'engineCannot',
		when: { status: [422, 501], text: /not implemented by the engine/i },
		message: 'The engine of this WAHA server cannot do this',
		description:
			'Contacts are sent by NOWEB, by GOWS since 2025.5.4 and by WEBJS since 2025.9.5: update WAHA, or choose another engine (WHATSAPP_DEFAULT_ENGINE).',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'needsPlus',
		when: { status: 422, text: /only in Plus version/i },
		message: 'This edition of WAHA cannot do this',
		description: 'Use WAHA Plus, or a newer version of WAHA.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'noStore',
		when: { status: [400, 422], text: /enable NOWEB store/i },
		message: 'The engine NOWEB keeps no chats on this server',
		description:
			'Fill in the recipient by phone or ID, or turn on the store of the session (config.noweb.store.enabled) in WAHA.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'Nothing of WAHA answers at this address',
		description:
			'Check Base URL in the credential: it is the address of the server itself, such as https://waha.example.com, without /dashboard. Very old versions of WAHA know less than the node asks for.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'validation',
		when: { status: [400, 422] },
		message: 'WAHA did not accept a value of the contact',
		description: 'Correct what its words below name: the recipient first of all.',
		evidence: 'documented',
	},
	{
		// The server has no limit of its own: a proxy in front of it may have.
		id: 'tooManyRequests',
		when: { status: 429 },
		message: 'Something in front of this WAHA server asks for fewer requests',
		description:
			'Lower Messages per Minute in the options, or ask whoever runs the server for a higher limit in its proxy.',
		means: 'slower',
		about: 'account',
		evidence: 'assumed',
	},
	{
		// https://github.com/devlikeapro/waha/issues/2110 and /1045
		id: 'stumbled',
		when: { status: 500, text: /"exception"\s*:/ },
		message: 'WAHA stumbled while it was sending (500)',
		description:
			'The contact may have been sent: look into the chat before you send it again, or turn on Retry Unknown Outcomes. If it happens every time, restart the session in the WAHA dashboard.',
		means: 'unknown',
		evidence: 'documented',
	},
];

/** The states of a session: https://waha.devlike.pro/docs/how-to/sessions/#session-status . */
const STATE = /^[A-Z_]{4,30}$/;

/** Its words: what went wrong inside, what the session is at, or what the server's framework says. */
export function vendorWords({ json, text }: Answer): VendorWords {
	const message = at(json, 'message');
	const said = [
		at(json, 'exception', 'message'),
		Array.isArray(message) ? message.map(textOf).filter(Boolean).join('; ') : message,
		at(json, 'error'),
	].map(textOf);
	const state = textOf(at(json, 'status'));
	return {
		text: said.find((one) => one !== undefined) ?? (isObject(json) ? '' : plainText(text)),
		...(state !== undefined && STATE.test(state) && { code: state }),
	};
}
