// Wanderer: ids only, ids of messages that are unique in a chat alone, groups that move, and several limits
// at once, with the wait in the body of its refusal.
import { firstPhone } from '../../../nodes/SendContact/contact/Contact';
import { at, filled, textOf } from '../../../nodes/SendContact/providers/answers';
import type { Provider } from '../../../nodes/SendContact/providers/Provider';
import { silent } from '../../../nodes/SendContact/providers/shared/options';
import { WandererApi } from '../credentials/WandererApi.credentials';

const documentationUrl = 'https://wanderer.example/docs/send-contact';

export const wanderer: Provider = {
	name: 'wanderer',
	displayName: 'Wanderer',
	credential: new WandererApi(),
	documentationUrl,
	messengers: [
		{
			name: 'telegram',
			displayName: 'Telegram',
			documentationUrl,
			recipient: {
				ids: [
					{ of: 'person', pattern: /^[1-9]\d{0,14}$/ },
					{ of: 'group', pattern: /^-[1-9]\d{0,14}$/ },
					{ of: 'channel', pattern: /^@[A-Za-z]\w{4,31}$/ },
				],
				placeholder: 'e.g. -1001234567890',
				hint: 'A person is a number, a group a negative one, a channel begins with @',
			},
			card: {
				carries: ['contactName', 'contactPhone', 'firstName', 'lastName'],
				requires: ['contactPhone', ['contactName', 'firstName']],
				nameInParts: 'demanded',
				bounds: {
					firstName: { atMost: 64, unit: 'characters' },
					lastName: { atMost: 64, unit: 'characters' },
				},
			},
			options: { disableNotification: silent('disable_notification') },
			request: ({ contact, to, options }) => ({
				method: 'POST',
				path: '/sendContact',
				body: filled({
					chat_id: to,
					phone_number: firstPhone(contact),
					first_name: contact.firstName ?? contact.contactName,
					last_name: contact.lastName,
					disable_notification: options.disableNotification,
				}),
			}),
		},
	],
	pace: {
		limits: [
			{ messages: 30, perSeconds: 1, per: 'credential' },
			{ messages: 10, perSeconds: 1, per: 'recipient' },
			{ messages: 5, perSeconds: 1, per: 'recipient', recipients: 'group' },
		],
		per: 'credential',
		maxConcurrent: 10,
		evidence: 'documented',
	},
	refusals: [
		{
			id: 'tooMany',
			when: { status: 429 },
			message: 'Wanderer is getting more messages than it takes',
			description: 'Lower Messages per Minute in the options.',
			means: 'slower',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'moved',
			when: { status: 400, text: /upgraded to another chat/ },
			message: 'The group has moved',
			description: 'Use its new ID.',
			means: 'elsewhere',
			evidence: 'documented',
		},
		{
			id: 'notFound',
			when: { status: 400, text: /chat not found/ },
			message: 'Wanderer does not know this chat',
			description: 'Check the ID. A person has to write to the bot first.',
			evidence: 'documented',
		},
		{
			id: 'unauthorized',
			when: { status: 401 },
			message: 'Wanderer did not accept the bot token',
			description: 'Copy it again into the credential.',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'badRequest',
			when: { status: 400 },
			message: 'Wanderer did not accept a value of the contact',
			description: 'Its words below name the value.',
			evidence: 'documented',
		},
	],
	vendorWords({ json }) {
		const seconds = at(json, 'parameters', 'retry_after');
		const movedTo = textOf(at(json, 'parameters', 'migrate_to'));
		return {
			text: textOf(at(json, 'description')) ?? '',
			...(typeof seconds === 'number' && { retryAfterMs: seconds * 1000 }),
			...(movedTo !== undefined && { movedTo }),
		};
	},
	carriesError: ({ json }) => at(json, 'ok') === false,
	receipt({ json }) {
		const id = textOf(at(json, 'result', 'message_id'));
		return id === undefined ? undefined : { messageId: id };
	},
};
