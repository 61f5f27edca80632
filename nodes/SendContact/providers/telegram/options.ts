// The options of a contact message to Telegram, as https://core.telegram.org/bots/api#sendcontact has them.
import type { OptionKind } from '../Provider';
import { replyTo, silent } from '../shared/options';

const id = (vendorName: string, displayName: string, description: string): OptionKind => ({
	vendorName,
	displayName,
	description,
	placeholder: 'e.g. 42',
	value: { kind: 'text', pattern: /^[1-9]\d{0,14}$/ },
});

export const options: Readonly<Record<string, OptionKind>> = {
	allowPaidBroadcast: {
		vendorName: 'allow_paid_broadcast',
		displayName: 'Allow Paid Broadcast',
		description:
			'Whether to pay 0.1 Telegram Stars a message for up to 1000 messages a second. Also raise Messages per Minute.',
		value: { kind: 'switch', default: true },
	},
	businessConnectionId: {
		vendorName: 'business_connection_id',
		displayName: 'Business Connection ID',
		description: 'The connection to the business account in whose name the contact is sent',
		value: { kind: 'text' },
	},
	directMessagesTopicId: id(
		'direct_messages_topic_id',
		'Direct Messages Topic ID',
		'The topic of the direct messages of a channel; needed there',
	),
	disableNotification: silent('disable_notification'),
	ephemeralMessageParameters: {
		vendorName: 'ephemeral_message_parameters',
		displayName: 'Ephemeral Message (JSON)',
		description:
			'For one member of a group alone, for a short while, such as {"receiver_user_id": 123456789}',
		value: { kind: 'json' },
	},
	messageEffectId: {
		vendorName: 'message_effect_id',
		displayName: 'Message Effect ID',
		description: 'The effect that is shown with the contact, in chats with a person',
		placeholder: 'e.g. 5104841245755180586',
		value: { kind: 'text', pattern: /^\d{1,20}$/ },
	},
	messageThreadId: id(
		'message_thread_id',
		'Message Thread ID',
		'The topic of a group with topics. It is the first number after the group in a link to a message of the topic.',
	),
	protectContent: {
		vendorName: 'protect_content',
		displayName: 'Protect Content',
		description: 'Whether to keep the contact from being forwarded and saved',
		value: { kind: 'switch', default: true },
	},
	replyMarkup: {
		vendorName: 'reply_markup',
		displayName: 'Reply Markup (JSON)',
		description:
			'Buttons under the contact, such as {"inline_keyboard": [[{"text": "Open", "url": "https://example.com"}]]}',
		value: { kind: 'json' },
	},
	replyToMessageId: {
		...replyTo('reply_parameters', { placeholder: 'e.g. 42' }),
		value: { kind: 'text', pattern: /^[1-9]\d{0,9}$/ },
	},
	suggestedPostParameters: {
		vendorName: 'suggested_post_parameters',
		displayName: 'Suggested Post (JSON)',
		description:
			'The terms on which the contact is suggested to a channel as a post, such as {"price": {"currency": "XTR", "amount": 10}}',
		value: { kind: 'json' },
	},
};
