// What Telegram refuses with, and what that means to the user.
import type { RefusalRule } from '../Provider';

/** Its answers have no codes of their own: the words count. https://core.telegram.org/bots/api#making-requests */
export const refusals: readonly RefusalRule[] = [
	{
		id: 'migrated',
		when: { status: 400, text: /migrate_to_chat_id/ },
		message: 'The Telegram group has become a supergroup and has a new ID',
		description: 'Fill in the new ID, which begins with -100, from now on.',
		means: 'elsewhere',
		evidence: 'documented',
	},
	{
		id: 'tooManyRequests',
		when: { status: 429 },
		message: 'Telegram wants fewer messages from this bot',
		description:
			'A bot may send about 30 messages a second, one a second to one chat and 20 a minute to one group. Another workflow or program may use the same bot: lower Messages per Minute in the options.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'blocked',
		when: { status: 403, text: /blocked by the user/i },
		message: 'The person has blocked the Telegram bot',
		description: 'Nothing reaches them until they unblock the bot. Take them off the list.',
		evidence: 'documented',
	},
	{
		id: 'notStarted',
		when: { status: 403, text: /can.t initiate conversation/i },
		message: 'The person has not started the Telegram bot',
		description:
			'A bot can write only to people who wrote to it first. Send them the link to the bot, and ask them to press Start.',
		evidence: 'observed',
	},
	{
		id: 'recipientIsBot',
		when: { status: 403, text: /can.t send messages to (the )?bots?\b/i },
		message: 'The recipient is a Telegram bot, and bots do not write to bots',
		description: 'Fill in the ID of a person, group or channel.',
		evidence: 'observed',
	},
	{
		id: 'deactivated',
		when: { status: 403, text: /user is deactivated/i },
		message: 'The person has deleted their Telegram account',
		description: 'Take them off the list.',
		evidence: 'documented',
	},
	{
		id: 'removed',
		when: { status: 403, text: /bot was kicked|group chat was deleted/i },
		message: 'The Telegram bot was removed from this group or channel, or it was deleted',
		description: 'Add the bot to it again, or take it off the list.',
		evidence: 'documented',
	},
	{
		id: 'notMember',
		when: { status: 403, text: /not a member/i },
		message: 'The Telegram bot is not in this group or channel',
		description: 'Add the bot to the group, or make it an administrator of the channel.',
		evidence: 'documented',
	},
	{
		id: 'forbidden',
		when: { status: 403 },
		message: 'Telegram does not let the bot write there',
		description: 'Its words below say why.',
		evidence: 'documented',
	},
	{
		id: 'chatNotFound',
		when: { status: 400, text: /chat not found|PEER_ID_INVALID|chat_id is empty/i },
		message: 'Telegram does not know this chat, or not to this bot',
		description:
			'Check the ID. A person must have started the bot, and the bot must be in the group or channel. An @name stands for public groups and channels only, never for a person.',
		evidence: 'documented',
	},
	{
		id: 'noRights',
		when: {
			status: 400,
			text: /not enough rights|no rights to send|need administrator rights|CHAT_(WRITE|SEND_\w+)_FORBIDDEN|CHAT_ADMIN_REQUIRED|CHAT_RESTRICTED/i,
		},
		message: 'The Telegram bot has no right to send contacts there',
		description:
			'Make the bot an administrator with the right to post, or let members of the group send contacts, in the settings of the group or channel.',
		evidence: 'observed',
	},
	{
		id: 'topicNotFound',
		when: { status: 400, text: /message thread not found|TOPIC_(CLOSED|DELETED|ID_INVALID)/i },
		message: 'The Telegram group has no such topic, or it is closed',
		description:
			'Check Message Thread ID in the options, or leave it out for the topic General. It is the first number after the group in a link to a message of the topic.',
		evidence: 'documented',
	},
	{
		id: 'replyNotFound',
		when: { status: 400, text: /message to be replied not found|REPLY_MESSAGE_ID_INVALID/i },
		message: 'The message to reply to is not in this Telegram chat',
		description:
			'Check Reply to Message ID in the options. Telegram counts the messages of each chat by itself, so the message must be in the chat that the contact goes to.',
		evidence: 'documented',
	},
	{
		id: 'businessConnection',
		when: { status: 400, text: /business connection|BUSINESS_\w+/i },
		message: 'Telegram did not accept the business connection',
		description:
			'Check Business Connection ID in the options. The owner of the business account must let the bot manage its chats, and the chat must have had a message in the last 24 hours.',
		evidence: 'observed',
	},
	{
		id: 'badRequest',
		when: { status: 400 },
		message: 'Telegram did not accept the contact',
		description:
			'Its words below name what it objects to. Check the recipient, the contact and the options.',
		evidence: 'documented',
	},
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'Telegram did not accept the bot token',
		description:
			'Send /token to BotFather in Telegram, choose the bot, and copy the whole token into the credential.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'Telegram does not know the address',
		description:
			'Copy the bot token from BotFather once more into the credential, and leave Base URL at https://api.telegram.org unless you run a Bot API server of your own.',
		about: 'account',
		evidence: 'documented',
	},
];
