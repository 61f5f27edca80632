// What the Cloud API and those who pass its body on refuse with, and what that means to the user. Meta's codes
// count, not the status: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes .
import { at, isObject, plainText, textOf } from '../answers';
import type { Answer, RefusalRule, VendorWords } from '../Provider';

const NEW_TOKEN =
	'At Meta make a permanent token for a system user (Business settings > System users) and put it into the credential; at 360dialog and Kapso copy the API key from the panel.';

const LOOK_FIRST =
	'The contact may have been sent: look into the chat before you send it again, or turn on Retry Unknown Outcomes.';

/** What concerns how many messages there are. */
const limits: readonly RefusalRule[] = [
	{
		id: 'pairLimit',
		when: { code: /^131056$/ },
		message: 'This recipient gets more messages from this number than WhatsApp allows',
		description:
			'WhatsApp takes about one message in 6 seconds from one number to one person. Look whether another workflow or program writes to the same person.',
		means: 'slower',
		limit: 'pair',
		evidence: 'documented',
	},
	{
		id: 'throughput',
		when: { code: /^(4|80007|130429)$/ },
		message: 'The phone number or the app is used faster than Meta allows',
		description:
			'A number may send 80 messages a second, 20 where it is also used in the WhatsApp Business app. Lower Messages per Minute in the options.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		// Not Meta's: a limit of 360dialog, which is a 400.
		id: 'endpointLimit',
		when: { status: [400, 429], text: /exceeded the endpoint rate limit/i },
		message: 'The host 360dialog is getting more requests than it takes',
		description: 'Lower Messages per Minute in the options.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'spam',
		when: { code: /^131048$/ },
		message: 'Spam rate limit: WhatsApp holds back messages from this phone number',
		description:
			'Too many of its messages were blocked or reported. Look at the quality of the number in WhatsApp Manager, send only to people who expect it, and wait until the quality is better.',
		evidence: 'documented',
	},
];

/** What concerns the recipient. */
const recipients: readonly RefusalRule[] = [
	{
		id: 'window',
		when: { code: /^131047$/ },
		message: 'The recipient has not written to this phone number in the last 24 hours',
		description:
			'Outside these 24 hours WhatsApp takes only templates, and no template can carry a contact card. Send a template first, with another node, and the contact when the person has answered.',
		evidence: 'documented',
	},
	{
		id: 'notOnTestList',
		when: { code: /^131030$/ },
		message: 'The phone number is a test number, and the recipient is not on its list',
		description:
			'Add the recipient under To in WhatsApp > API Setup of the app dashboard (up to five numbers), or send from a phone number of your own.',
		evidence: 'documented',
	},
	{
		id: 'undeliverable',
		when: { code: /^131026$/ },
		message: 'WhatsApp cannot deliver to this recipient',
		description:
			'The number has no WhatsApp, its app is too old, or the person has not accepted the terms. Check the number, its country code first of all.',
		evidence: 'documented',
	},
	{
		id: 'toItself',
		when: { code: /^131021$/ },
		message: 'The recipient is the phone number that sends',
		description: 'Choose another recipient, or another Phone Number.',
		evidence: 'documented',
	},
	{
		id: 'country',
		when: { code: /^130497$/ },
		message: 'This WhatsApp account may not write to people in that country',
		description:
			'Meta restricts some kinds of business in some countries. Look in WhatsApp Manager which they are.',
		evidence: 'documented',
	},
	{
		// https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
		id: 'needsPhone',
		when: { code: /^131062$/ },
		message: 'WhatsApp does not take this message for a business-scoped ID',
		description: 'Send to the phone number of the person instead, if you know it.',
		evidence: 'documented',
	},
];

/** What concerns the credential and the phone number. */
const account: readonly RefusalRule[] = [
	{
		id: 'token',
		when: { code: /^(0|190)$/ },
		message: 'The access token is not accepted: it has expired, was withdrawn, or is not complete',
		description: NEW_TOKEN,
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'permission',
		when: { status: [400, 403, 500], code: /^(3|10|2\d\d|131005)$/ },
		message: 'The access token has not the right to do this',
		description:
			'Give it whatsapp_business_messaging and whatsapp_business_management, and give its system user access to the WhatsApp account in Business settings.',
		about: 'account',
		evidence: 'documented',
	},
	{
		// Code 100 with subcode 33, which is about the path and not about the body.
		id: 'unknownNumber',
		when: { status: [400, 404], text: /Object with ID [^"]{0,60}does not exist/i },
		message: 'The phone number ID or the account ID is not known, or not to this access token',
		description:
			'Pick Phone Number from the list, or copy its ID from WhatsApp > API Setup: it is not the phone number itself. Check WhatsApp Business Account ID in the credential, too.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notRegistered',
		when: { code: /^133010$/ },
		message: 'The phone number that sends is not registered with the Cloud API',
		description: 'Register it in WhatsApp Manager, or choose another Phone Number.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'displayName',
		when: { code: /^131037$/ },
		message: 'The display name of the phone number is not approved',
		description: 'Ask for a display name in WhatsApp Manager and wait until Meta approves it.',
		evidence: 'documented',
	},
	{
		id: 'locked',
		when: { code: /^(368|131031)$/ },
		message: 'The WhatsApp Business account is locked',
		description:
			'Meta locks accounts for breaking its rules or when the registration PIN does not fit. Open Business Support Home or WhatsApp Manager, and ask for a review.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'payment',
		when: { code: /^131042$/ },
		message: 'The WhatsApp Business account has no payment method that works',
		description: 'Check the payment settings in WhatsApp Manager, then send again.',
		evidence: 'documented',
	},
	{
		// https://docs.360dialog.com/docs/support/api-error-message-list , and the next two.
		id: 'unpaid',
		when: { status: 400, text: /lack of payment/i },
		message: 'The host 360dialog does not send because invoices are unpaid',
		description: 'Pay what is due in the 360dialog Hub, or ask the partner who runs the account.',
		evidence: 'documented',
	},
	{
		id: 'disabled',
		when: { status: 400, text: /has been disabled/i },
		message: 'The host 360dialog has disabled the WhatsApp account',
		description: 'Ask the support of 360dialog, with your number.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'blocked',
		when: { status: 403, text: /endpoint is blocked/i },
		message: 'The host 360dialog does not open this address to the account',
		description: 'Ask the support of 360dialog to enable it.',
		about: 'account',
		evidence: 'documented',
	},
];

/** What the body is refused for, and what is left. */
const others: readonly RefusalRule[] = [
	{
		id: 'unsupported',
		when: { code: /^131051$/ },
		message: 'WhatsApp does not take contact cards here',
		description: 'In groups it documents texts and media only. Send to a person instead.',
		evidence: 'documented',
	},
	{
		id: 'maintenance',
		when: { status: [400, 500, 503], code: /^131057$/ },
		message: 'The WhatsApp Business account is in maintenance for a few minutes',
		description:
			'Meta is giving the phone number a higher throughput, which takes about a minute. Then send again.',
		means: 'later',
		evidence: 'documented',
	},
	{
		id: 'temporary',
		when: { status: [400, 500, 503], code: /^(1|2|131000|131016)$/ },
		message: 'WhatsApp stumbled over the message or is out of order for a moment',
		description: `${LOOK_FIRST} status.whatsapp.com of Meta shows whether it is down.`,
		means: 'unknown',
		evidence: 'documented',
	},
	{
		id: 'value',
		when: { status: 400, code: /^(33|100|131008|131009)$/ },
		message: 'WhatsApp did not accept a value of the contact',
		description: 'Correct the field that its words below name.',
		evidence: 'documented',
	},
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'The access token or API key is not accepted',
		description: NEW_TOKEN,
		about: 'account',
		evidence: 'documented',
	},
	{
		// https://docs.kapso.ai/api/rate-limits
		id: 'tooManyRequests',
		when: { status: 429 },
		message: 'The host is getting more requests than it takes',
		description:
			'Kapso counts them per API key and plan. Lower Messages per Minute in the options.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'There is nothing at this address',
		description:
			'Check Host, API Version and Base URL in the credential: Base URL is everything before /messages.',
		about: 'account',
		evidence: 'assumed',
	},
];

export const refusals: readonly RefusalRule[] = [...limits, ...recipients, ...account, ...others];

/** The vendor's names for what the panel calls otherwise. */
const PARAMETERS: ReadonlyArray<readonly [RegExp, string]> = [
	[/formatted_name|first_name/, 'contactName'],
	[/\bphones?\b|wa_id/, 'contactPhone'],
	[/\bemails?\b/, 'email'],
	[/\burls?\b/, 'url'],
	[/\bbirthday\b/, 'birthday'],
	[/\baddresses\b/, 'addresses'],
	[/\borg\b|company/, 'organization'],
	[/message_id|context/, 'replyToMessageId'],
	[/\brecipient|\bto\b/, 'to'],
];

/** Meta's words; 360dialog says its own under `meta`, and others as a text. */
export function vendorWords({ json, text }: Answer): VendorWords {
	const error = at(json, 'error');
	const said = [
		at(error, 'error_data', 'details'),
		at(error, 'message'),
		error,
		at(json, 'meta', 'developer_message'),
		at(json, 'message'),
	].map(textOf);
	const words = said.find((one) => one !== undefined) ?? (isObject(json) ? '' : plainText(text));
	const code = textOf(at(error, 'code'));
	const isAboutField = code !== undefined && /^(33|100|131008|131009)$/.test(code);
	const parameter = PARAMETERS.find(([pattern]) => pattern.test(words))?.[1];
	return {
		text: words,
		...(code !== undefined && { code }),
		...(isAboutField && parameter !== undefined && { fields: [{ parameter, text: words }] }),
	};
}
