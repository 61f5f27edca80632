// Echo: the card is the body, as plain text, the rest is in the query; a message has an id of our choice,
// and a second one with the same id is not sent again.
import type { Contact } from '../../../nodes/SendContact/contact/Contact';
import { writeVCard } from '../../../nodes/SendContact/contact/writeVCard';
import { at, plainText, textOf } from '../../../nodes/SendContact/providers/answers';
import type { Provider } from '../../../nodes/SendContact/providers/Provider';
import { silent } from '../../../nodes/SendContact/providers/shared/options';
import { EchoApi } from '../credentials/EchoApi.credentials';

const documentationUrl = 'https://echo.example/docs/contact';

/** Only what it takes: a name, a phone and an e-mail address. */
const vCardOf = ({ contactName = '', phones = [], emails = [] }: Contact) =>
	writeVCard({ contactName, phones: phones.slice(0, 1), emails: emails.slice(0, 1) });

export const echo: Provider = {
	name: 'echo',
	displayName: 'Echo',
	credential: new EchoApi(),
	documentationUrl,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl,
			recipient: {
				fromPhone: (digits) => `${digits}@s.whatsapp.net`,
				ids: [
					{ of: 'group', pattern: /^\d{5,20}@g\.us$/ },
					{
						of: 'person',
						pattern: /^\d{7,20}@(c\.us|s\.whatsapp\.net)$/,
						write: (id) => id.replace(/@.*/, '@s.whatsapp.net'),
					},
				],
				placeholder: 'e.g. 120363043968066561@g.us',
				hint: 'A person ends in @s.whatsapp.net, a group in @g.us',
			},
			card: {
				carries: ['contactName', 'contactPhone', 'email'],
				requires: ['contactName', 'contactPhone'],
				phone: { min: 8, max: 15 },
				bounds: { contactName: { atMost: 80, unit: 'bytes' } },
			},
			options: { disableNotification: silent('silent') },
			request: ({ contact, to, key, options }) => ({
				method: 'POST',
				path: `/cave/card?${new URLSearchParams({
					to,
					id: key,
					...(options.disableNotification !== undefined && {
						silent: String(options.disableNotification),
					}),
				}).toString()}`,
				text: { content: vCardOf(contact), contentType: 'text/vcard; charset=utf-8' },
			}),
		},
	],
	pace: {
		limits: [{ messages: 50, perSeconds: 1, per: 'credential' }],
		per: 'credential',
		maxConcurrent: 10,
		evidence: 'documented',
	},
	isRepeatSafe: true,
	refusals: [
		{
			id: 'wrongToken',
			when: { status: 401 },
			message: 'Echo did not accept the cave token',
			description: 'Copy it again into the credential.',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'noSession',
			when: { status: 500, text: /no session/i },
			message: 'The cave is not linked to a phone',
			description: 'Link it, then send again.',
			means: 'rejected',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'unreadable',
			when: { status: 400 },
			message: 'Echo could not read the card',
			description: 'Its words below say why.',
			evidence: 'documented',
		},
		{
			id: 'tooLoud',
			when: { status: 420 },
			message: 'The cave gets more messages a second than it takes',
			description: 'Lower Messages per Minute in the options.',
			means: 'slower',
			evidence: 'documented',
		},
	],
	vendorWords: ({ json, text }) => ({ text: textOf(at(json, 'error')) ?? plainText(text) }),
	carriesError: ({ json }) => at(json, 'success') === false,
	receipt({ json }) {
		const messageId = textOf(at(json, 'data', 'id'));
		const providerMessageId = textOf(at(json, 'data', 'entry'));
		if (messageId === undefined) return undefined;
		return { messageId, ...(providerMessageId !== undefined && { providerMessageId }) };
	},
};
