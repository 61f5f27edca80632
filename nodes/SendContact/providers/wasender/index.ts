// Everything the node knows of WasenderAPI.
// Source: https://www.wasenderapi.com/api-docs (August 2026), and answers as its users recorded them.
import { WasenderSessionApi } from '../../../../credentials/WasenderSessionApi.credentials';
import { at, filled, textOf } from '../answers';
import type { Provider } from '../Provider';
import { flatContact } from '../shared/flatContact';
import { replyTo } from '../shared/options';
import { channel, group } from '../shared/whatsAppIds';
import { chats, check, withPlus } from './lists';
import { refusals, vendorWords } from './refusals';

const SEND_CONTACT = 'https://www.wasenderapi.com/api-docs/messages/send-contact-card';

export const wasender: Provider = {
	name: 'wasender',
	displayName: 'WasenderAPI',
	credential: new WasenderSessionApi(),
	documentationUrl: SEND_CONTACT,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: SEND_CONTACT,
			recipient: {
				fromPhone: withPlus,
				// Numbers and groups are on the page about contacts, channels and user names on those about other messages
				// to the same address. Hidden numbers (@lid) are on none that is about sending.
				ids: [
					{
						of: 'person',
						pattern: /^\+?[1-9]\d{6,14}(@(c\.us|s\.whatsapp\.net))?$/,
						write: withPlus,
					},
					{ of: 'person', pattern: /^@[A-Za-z\d][\w.]{1,38}$/ },
					group,
					// https://www.wasenderapi.com/api-docs/channels-communities/send-channel-message
					channel,
				],
				placeholder: 'e.g. 120363025982934543@g.us',
				hint: 'A person is a number with country code or a @username, a group ends in @g.us, a channel in @newsletter',
				list: chats,
				check,
			},
			card: {
				carries: ['contactName', 'contactPhone'],
				requires: ['contactName', 'contactPhone'],
				phone: { min: 7, max: 15 },
			},
			options: {
				// https://www.wasenderapi.com/api-docs/messages/send-quoted-message
				replyToMessageId: {
					...replyTo('replyTo', {
						placeholder: 'e.g. 100000',
						description:
							'The number that WasenderAPI gave a message in the same chat (messageId of the output), which the contact answers',
					}),
					value: { kind: 'text', pattern: /^[1-9]\d{0,14}$/ },
				},
			},
			request({ contact, to, options: { replyToMessageId } }) {
				const { fullName, phone } = flatContact(contact);
				return {
					method: 'POST',
					path: '/api/send-message',
					body: {
						to,
						contact: filled({ name: fullName, phone: phone && withPlus(phone) }),
						...(replyToMessageId !== undefined && { replyTo: Number(replyToMessageId) }),
					},
				};
			},
		},
	],
	// https://www.wasenderapi.com/api-docs/rate-limits/understanding-rate-limits : of paid plans, for each session.
	// Account Protection (one in five seconds) and trials (one a minute) have stricter ones, and nothing tells which
	// of them holds until there is a refusal. One to five requests at once are advised.
	pace: {
		limits: [{ messages: 256, perSeconds: 60, per: 'credential' }],
		per: 'credential',
		maxConcurrent: 5,
		evidence: 'documented',
	},
	refusals,
	vendorWords,
	carriesError: ({ json }) => at(json, 'success') === false || Boolean(at(json, 'error')),
	receipt({ json }) {
		// The vendor's own number. WhatsApp's id is known once the message has left its queue.
		const messageId = textOf(at(json, 'data', 'msgId'));
		if (messageId !== undefined) return { messageId };
		return at(json, 'success') === true ? { messageId: null } : undefined;
	},
};
