// What GREEN-API refuses with, and what that means to the user.
import type { RefusalRule } from '../Provider';

export const refusals: readonly RefusalRule[] = [
	// https://green-api.com/en/docs/api/common-errors
	{
		id: 'starting',
		when: { status: 400, text: /in starting process/i },
		message: 'The GREEN-API instance is restarting',
		description: 'It takes up to a few minutes. Run again shortly.',
		means: 'later',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notAuthorized',
		when: { text: /starting or not authorized/i },
		message: 'The GREEN-API instance is not linked to an account',
		description:
			'Open the instance in the GREEN-API console and link it (QR code or code by phone). If it was just linked, wait a minute and run again.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'expired',
		when: { text: /account is expired/i },
		message: 'The GREEN-API instance is not paid',
		description: 'Renew it in the GREEN-API console.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'deleted',
		when: { text: /instance is deleted/i },
		message: 'The GREEN-API instance was deleted',
		description:
			'Create a new instance in the GREEN-API console and put its values into the credential.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'badRequestData',
		when: { status: 400, text: /bad request data/i },
		message: 'GREEN-API could not read the contact',
		description: 'Check the recipient and the fields of the contact.',
		evidence: 'documented',
	},
	{
		id: 'validation',
		when: { status: 400 },
		message: 'GREEN-API did not accept a value of the contact',
		description:
			'Its words below name the value. Check that Messenger fits the instance: WhatsApp, Telegram and MAX instances take different contacts.',
		evidence: 'documented',
	},
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'GREEN-API did not accept the API token of the instance',
		description: 'Copy apiTokenInstance from the GREEN-API console into the credential.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'forbidden',
		when: { status: 403 },
		message: 'GREEN-API does not serve this instance at this address',
		description:
			'Check the credential: ID Instance, and API URL, which differs per instance. The console shows both as idInstance and apiUrl.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'GREEN-API does not know the address',
		description:
			'Check API URL in the credential: it is the apiUrl that the GREEN-API console shows for the instance.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'tooManyRequests',
		when: { status: 429 },
		message: 'GREEN-API is getting more requests a second than it takes',
		description:
			'Another workflow or program may use the same instance. Lower Messages per Minute in the options.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		// https://greenapi.com/en/docs/api/466-error-example-body; webhooks spell it QUOTA, the HTTP body QUOTE.
		id: 'quotaExceeded',
		when: { text: /QUOT[EA]_EXCEEDED/i },
		message: 'The plan of the GREEN-API instance allows no more of this',
		description:
			'The Developer plan writes to three chats a month and has a monthly limit of messages. Send to one of the chats already used, wait for the next month, or change the plan in the GREEN-API console.',
		evidence: 'documented',
	},
	{
		id: 'quotaReached',
		when: { status: 466 },
		message: 'The plan of the GREEN-API instance allows no more of this',
		description: 'See the limits of the plan in the GREEN-API console, or change the plan there.',
		evidence: 'documented',
	},
	{
		id: 'clientClosed',
		when: { status: 499 },
		message: 'GREEN-API took too long and the connection was given up',
		description:
			'The contact may have been sent: look into the chat before you send again. A higher Timeout in the options helps.',
		means: 'unknown',
		evidence: 'documented',
	},
	{
		id: 'tooLarge',
		when: { status: 500, text: /entity too large/i },
		message: 'The contact is larger than GREEN-API takes',
		description: 'GREEN-API takes up to 100 kB. Shorten the fields of the contact.',
		means: 'rejected',
		evidence: 'documented',
	},
	{
		// The vendor advises to repeat a 502 three times; it does not say that the message was not taken.
		id: 'badGateway',
		when: { status: 502 },
		message: 'GREEN-API could not be reached behind its gateway (502)',
		description:
			'The contact may have been sent: look into the chat before you send again, or turn on Retry Unknown Outcomes.',
		means: 'unknown',
		evidence: 'documented',
	},
];
