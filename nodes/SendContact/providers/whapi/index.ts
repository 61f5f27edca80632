// Everything the node knows of Whapi.Cloud.
// Sources: its specification, https://panel.whapi.cloud/yaml/openapi.yaml (1.8.7), and the guide that the vendor
// publishes for agents, https://github.com/Whapi-Cloud/whapi-whatsapp-api-skill .
import { WhapiCloudApi } from '../../../../credentials/WhapiCloudApi.credentials';
import type { Contact } from '../../contact/Contact';
import { fullName } from '../../contact/names';
import { at, filled, textOf } from '../answers';
import type { Message, OptionKind, Provider, VendorRequest } from '../Provider';
import { replyTo } from '../shared/options';
import { VCARD_FIELDS, VCARD_VERSIONS, vCardOf } from '../shared/vCardBody';
import { CARDS_A_MESSAGE, channel, group, PERSON_AS } from '../shared/whatsAppIds';
import { chats, check } from './lookUps';
import { refusals, vendorWords } from './refusals';

const SEND_CONTACT = 'https://whapi.readme.io/reference/sendmessagecontact';

/** What the vendor's ids of messages look like: its specification has the pattern. */
const MESSAGE_ID = {
	kind: 'text',
	pattern: /^[\w.]{4,30}-[\w.]{4,14}(-[\w.]{4,10})?(-[\w.]{2,10})?$/,
} as const;

const MESSAGE_ID_EXAMPLE = 'e.g. PsqXn5SAD5v7HRA-wHqB9tMeGQ';

const editMessage: OptionKind = {
	vendorName: 'edit',
	displayName: 'Edit Message ID',
	description: 'The ID of a message of your own in the same chat that the contact replaces',
	placeholder: MESSAGE_ID_EXAMPLE,
	value: MESSAGE_ID,
};

const cardOf = (contact: Contact) => ({ name: fullName(contact), vcard: vCardOf(contact) });

/** One card; several have an address of their own: https://whapi.readme.io/reference/sendmessagecontactlist */
function sendContact({ contact, contacts, to, options }: Message): VendorRequest {
	const about = filled({ quoted: options.replyToMessageId, edit: options.editMessageId });
	return contacts.length === 1
		? { method: 'POST', path: '/messages/contact', body: { to, ...cardOf(contact), ...about } }
		: {
				method: 'POST',
				path: '/messages/contact_list',
				body: { to, list: contacts.map(cardOf), ...about },
			};
}

export const whapi: Provider = {
	name: 'whapi',
	displayName: 'Whapi.Cloud',
	credential: new WhapiCloudApi(),
	documentationUrl: SEND_CONTACT,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: SEND_CONTACT,
			recipient: {
				// The specification takes bare digits as well, which the vendor's guide calls a mistake.
				fromPhone: PERSON_AS['@s.whatsapp.net'],
				// Its pattern wants nine digits or more and no +; behind the @ it takes anything, but @c.us is no longer
				// valid, says the guide.
				ids: [
					{
						of: 'person',
						pattern: /^[1-9]\d{8,14}(@(c\.us|s\.whatsapp\.net))?$/,
						write: (id) => PERSON_AS['@s.whatsapp.net'](id.replace(/@.*$/, '')),
					},
					{ of: 'person', pattern: /^\d{9,20}@lid$/ },
					group,
					channel,
				],
				placeholder: 'e.g. 120363194050948049@g.us',
				hint: 'A person ends in @s.whatsapp.net, a group in @g.us, a hidden number in @lid, a channel in @newsletter',
				list: chats,
				check,
			},
			card: {
				carries: VCARD_FIELDS,
				// It demands a name and a vCard; on one without a phone nobody can be reached.
				requires: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
				vCard: { versions: VCARD_VERSIONS },
				perMessage: CARDS_A_MESSAGE,
			},
			options: {
				replyToMessageId: {
					...replyTo('quoted', { placeholder: MESSAGE_ID_EXAMPLE }),
					value: MESSAGE_ID,
				},
				editMessageId: editMessage,
			},
			request: sendContact,
		},
	],
	// No limit is published. Two messages a minute for long lists is advice against being blocked by WhatsApp.
	pace: { limits: [], per: 'credential', maxConcurrent: 5, evidence: 'assumed' },
	refusals,
	vendorWords,
	carriesError: ({ json }) => Boolean(at(json, 'error')) || at(json, 'sent') === false,
	receipt({ json }) {
		const messageId = textOf(at(json, 'message', 'id'));
		if (messageId !== undefined) return { messageId };
		// The message is documented as optional beside `sent`.
		return at(json, 'sent') === true ? { messageId: null } : undefined;
	},
};
