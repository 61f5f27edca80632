// What Viber refuses with, and what that means to the user. Every answer is a 200: the status in its body counts.
// https://developers.viber.com/docs/api/rest-bot-api/#error-codes , https://creators.viber.com/docs/bots-api/errors
import type { RefusalRule } from '../Provider';

export const refusals: readonly RefusalRule[] = [
	{
		id: 'invalidToken',
		when: { code: /^2$/ },
		message: 'Viber did not accept the token of the bot',
		description:
			'In the Viber app open More > Settings > Bots > Edit Info and copy Your app key into the credential.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'badData',
		when: { code: /^3$/ },
		message: 'Viber did not accept a value of the contact',
		description: 'Check the recipient, the contact, the name of the bot and the options.',
		evidence: 'documented',
	},
	{
		id: 'missingData',
		when: { code: /^4$/ },
		message: 'Viber misses something on the contact',
		description: 'Fill in the recipient, the name of the bot, and a name and a phone on the card.',
		evidence: 'documented',
	},
	{
		id: 'notRegistered',
		when: { code: /^5$/ },
		message: 'Viber knows nobody by this ID',
		description:
			'Check the ID of the recipient. It comes with every message of the person to your bot, as sender.id, and is another one for each bot.',
		evidence: 'documented',
	},
	{
		id: 'notSubscribed',
		when: { code: /^6$/ },
		message: 'The person is not subscribed to the Viber bot',
		description:
			'They have not written to it yet, or have unsubscribed. Send them the link to the bot, and ask them to write to it.',
		evidence: 'documented',
	},
	{
		id: 'blocked',
		when: { code: /^7$/ },
		message: 'The Viber bot is blocked',
		description: 'Ask Viber, or the partner through whom you got the bot.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'botNotFound',
		when: { code: /^8$/ },
		message: 'The token belongs to no Viber bot',
		description:
			'In the Viber app open More > Settings > Bots > Edit Info and copy Your app key into the credential.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'suspended',
		when: { code: /^9$/ },
		message: 'The Viber bot is suspended',
		description: 'Ask Viber, or the partner through whom you got the bot.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'noWebhook',
		when: { code: /^10$/ },
		message: 'The Viber bot has no webhook, and sends nothing without one',
		description:
			'Whoever runs the bot must set its webhook once, an address that answers Viber, as its page on set_webhook says.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'noSuitableDevice',
		when: { code: /^11$/ },
		message: 'The Viber app of the person takes no messages of bots',
		description: 'Ask them to install a newer Viber, or to use another device.',
		evidence: 'documented',
	},
	{
		// https://creators.viber.com/docs/bots-api/resources/messaging/send-message says so in these words.
		id: 'unanswered',
		when: { code: /^12$/, text: /too many requests/i },
		message: 'The person got as many messages as Viber lets a bot send without a reply',
		description:
			'That is 100 in an hour. It begins anew when the person writes to the bot. Send to the same person less often.',
		means: 'slower',
		limit: 'recipient',
		evidence: 'documented',
	},
	{
		id: 'tooManyRequests',
		when: { code: /^12$/ },
		message: 'Viber wants fewer messages from this bot',
		description:
			'Another workflow or program may use the same bot: lower Messages per Minute in the options.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'versionNotSupported',
		when: { code: /^13$/ },
		message: 'The Viber app of the person is older than the message demands',
		description: 'Lower Minimum API Version in the options, or leave it out.',
		evidence: 'documented',
	},
	{
		id: 'incompatible',
		when: { code: /^14$/ },
		message: 'The message does not go with Minimum API Version',
		description:
			'Raise Minimum API Version in the options: what stands in Keyboard may need a higher one.',
		evidence: 'documented',
	},
	{
		id: 'notAuthorized',
		when: { code: /^15$/ },
		message: 'The Viber bot may not send this',
		description:
			'Since February 2024 bots are on commercial terms. Ask Viber, or the partner through whom you got the bot, what it may do.',
		about: 'account',
		evidence: 'documented',
	},
	{
		// 1: the address of a webhook; 16 to 20: chats in other chats, public chats, broadcasts.
		id: 'unexpected',
		when: { code: /^(1|1[6-9]|20)$/ },
		message: 'Viber refused the contact for a reason that contacts should not have',
		description:
			'Its words below name it. Look at the settings of the bot, or ask the partner through whom you got it.',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'Viber does not know the address',
		description:
			'Leave Base URL in the credential at https://chatapi.viber.com unless a proxy of your own is in between.',
		about: 'account',
		evidence: 'assumed',
	},
];
