// Everything the node knows of WhatsApp's Cloud API, at Meta and at those who pass its body on: which of them
// it is says the credential's Host.
// Sources: Meta's pages, and its OpenAPI file, https://github.com/facebook/openapi (version 23.0).
import {
	customBase,
	OF_SEVERAL_NUMBERS,
	WhatsAppCloudApi,
} from '../../../../credentials/WhatsAppCloudApi.credentials';
import { at, objectsOf, textOf } from '../answers';
import type { IdForm, Message, Provider, PublicAccount, VendorRequest } from '../Provider';
import { META_CARD, metaContact } from '../shared/metaContact';
import { replyTo } from '../shared/options';
import { person, PERSON_AS } from '../shared/whatsAppIds';
import { numbers } from './numbers';
import { refusals, vendorWords } from './refusals';

const CONTACTS_MESSAGES =
	'https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/contacts-messages';

/**
 * A person by the id that a business knows them by, phone hidden or not.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids
 */
const businessScoped: IdForm = { of: 'person', pattern: /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/ };

/** A group of the Groups API: letters as base64 has them. */
const group: IdForm = { of: 'group', pattern: /^(?=.*[A-Za-z])[\w+/-]{16,}={0,2}$/ };

/** The OpenAPI file allows 5 cards; the page speaks of 257 and advises against them. */
const CARDS_A_MESSAGE = 5;

/** Whether the account has several numbers, one of which the path names. */
function hasSeveralNumbers({ host, baseUrl }: PublicAccount): boolean {
	if (host === 'custom') return OF_SEVERAL_NUMBERS.test(customBase(baseUrl));
	return host !== '360dialog';
}

function sendContacts({ contacts, to, recipientSort, sender, options }: Message): VendorRequest {
	const { replyToMessageId, trackId } = options;
	return {
		method: 'POST',
		path: sender === '' ? '/messages' : `/${encodeURIComponent(sender)}/messages`,
		body: {
			messaging_product: 'whatsapp',
			recipient_type: recipientSort === 'group' ? 'group' : 'individual',
			// In `to` such an id would be read as a phone number.
			...(businessScoped.pattern.test(to) ? { recipient: to } : { to }),
			type: 'contacts',
			...(replyToMessageId !== undefined && { context: { message_id: replyToMessageId } }),
			contacts: contacts.map(metaContact),
			...(trackId !== undefined && { biz_opaque_callback_data: trackId }),
		},
	};
}

export const whatsAppCloud: Provider = {
	name: 'whatsAppCloud',
	displayName: 'WhatsApp Cloud API',
	credential: new WhatsAppCloudApi(),
	documentationUrl: CONTACTS_MESSAGES,
	sender: {
		kind: 'id',
		displayName: 'Phone Number',
		description:
			'The phone number of your business that sends the contact. With 360dialog leave it empty: the key belongs to one number.',
		pattern: /^\d{5,20}$/,
		placeholder: 'e.g. 106540352242922',
		hint: 'The phone number ID from WhatsApp > API Setup, not the number itself',
		isTaken: hasSeveralNumbers,
		list: numbers,
	},
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: CONTACTS_MESSAGES,
			recipient: {
				fromPhone: PERSON_AS.digits,
				ids: [
					{ of: 'person', pattern: /^[1-9]\d{6,14}$/ },
					person('digits'),
					businessScoped,
					group,
				],
				placeholder: 'e.g. US.13491208655302741918',
				hint: 'A person whose number is hidden has a business-scoped ID, and a group the ID that the Groups API gave; usernames are not taken, and neither are IDs that end in @g.us or @lid',
			},
			card: {
				...META_CARD,
				// Meta demands a name alone, but a card without a phone opens no chat: an empty one is an oversight.
				requires: [['contactName', 'firstName', 'lastName', 'organization'], 'contactPhone'],
				perMessage: CARDS_A_MESSAGE,
			},
			options: {
				replyToMessageId: replyTo('context.message_id', {
					placeholder: 'e.g. wamid.HBgLMTY1MDM4Nzk0MzkVAgARGBJDQjZCMzlEQUE4OTJBMTE4RTUA',
				}),
				trackId: {
					vendorName: 'biz_opaque_callback_data',
					displayName: 'Track ID',
					placeholder: 'e.g. msg_123456789',
					description: 'A text of your own that comes back in the receipts of the message',
					value: { kind: 'text', longest: 512 },
				},
			},
			request: sendContacts,
		},
	],
	// https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput : 80 a second for
	// each number. The pair: https://developers.facebook.com/docs/whatsapp/cloud-api/overview#pair-rate-limits .
	pace: {
		limits: [
			{ messages: 80, perSeconds: 1, per: 'sender' },
			{ messages: 1, perSeconds: 6, per: 'pair' },
		],
		per: 'sender',
		maxConcurrent: 20,
		evidence: 'documented',
	},
	refusals,
	vendorWords,
	carriesError: ({ json }) => Boolean(at(json, 'error')),
	receipt({ json }) {
		const id = textOf(objectsOf(at(json, 'messages'))[0]?.id);
		return id === undefined ? undefined : { messageId: id };
	},
};
