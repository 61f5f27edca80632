// What Whapi.Cloud refuses with, and what that means to the user.
// Sources: its specification, https://panel.whapi.cloud/yaml/openapi.yaml , and the guide that the vendor publishes
// for agents, https://github.com/Whapi-Cloud/whapi-whatsapp-api-skill .
import { at, isObject, plainText, textOf } from '../answers';
import type { Answer, RefusalRule, VendorWords } from '../Provider';

export const refusals: readonly RefusalRule[] = [
	{
		// With the words of what was asked for behind it.
		id: 'notLinked',
		when: { status: 401, text: /channel authorization/i },
		message: 'The Whapi.Cloud channel is not connected to WhatsApp',
		description:
			'Open the channel in the Whapi.Cloud panel and scan the QR code with the phone, then run again.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'Whapi.Cloud did not accept the channel token',
		description:
			'Copy Token from the page of the channel in the Whapi.Cloud panel into the credential.',
		about: 'account',
		evidence: 'assumed',
	},
	{
		id: 'channelNotFound',
		when: { status: 404 },
		message: 'Whapi.Cloud knows no channel with this token',
		description:
			'Copy Token from the page of the channel in the Whapi.Cloud panel into the credential, and leave Base URL as that page shows it. A token works once a WhatsApp number is connected to its channel.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'trialLimit',
		when: { status: 402 },
		message: 'The trial of this Whapi.Cloud channel allows no more of this',
		description:
			'A trial has a limit of messages, chats, checks and requests. See it in the Whapi.Cloud panel, wait until it begins anew, or choose a plan there.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'forbidden',
		when: { status: 403 },
		message: 'Whapi.Cloud may not send to this recipient',
		description:
			'In a group the account must be a member that may write, in a channel an admin. A trial writes to a few chats only, which the panel shows.',
		evidence: 'documented',
	},
	{
		id: 'tooLarge',
		when: { status: 413 },
		message: 'The contacts are larger than Whapi.Cloud takes',
		description: 'Shorten the notes of the contacts, or put fewer of them into one message.',
		evidence: 'documented',
	},
	{
		id: 'tooMany',
		when: { status: 429 },
		message: 'Whapi.Cloud is getting more requests than it takes',
		description:
			'Its limit is not published. Set Messages per Minute in the options to less than now; Whapi.Cloud itself advises no more than two a minute for long lists.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'invalid',
		when: { status: 400 },
		message: 'Whapi.Cloud did not accept a value of the contact',
		description:
			'Its words below name the value. A recipient has at least nine digits, country code included.',
		evidence: 'documented',
	},
	{
		// `sent` is documented as yes or no, and what no looks like is not.
		id: 'notSent',
		when: { text: /"sent"\s*:\s*false/ },
		message: 'Whapi.Cloud did not send the contact',
		description:
			'Look at the channel in the Whapi.Cloud panel, and whether the account may write to this chat.',
		evidence: 'assumed',
	},
	{
		id: 'failed',
		when: { status: 500 },
		message: 'Whapi.Cloud stumbled while it was sending (500)',
		description:
			'The contact may have been sent: look into the chat before you send it again, or turn on Retry Unknown Outcomes. If it happens every time, restart the channel in the Whapi.Cloud panel.',
		means: 'unknown',
		evidence: 'documented',
	},
];

/** Its words: what went wrong, and the details where it gives any. */
export function vendorWords({ json, text }: Answer): VendorWords {
	const error = at(json, 'error');
	const said = [at(error, 'message'), at(error, 'details')].map(textOf).filter(Boolean).join(': ');
	return { text: said || (textOf(error) ?? (isObject(json) ? '' : plainText(text))) };
}
