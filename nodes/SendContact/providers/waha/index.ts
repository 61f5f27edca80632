// Everything the node knows of WAHA (WhatsApp HTTP API).
// Sources: waha.devlike.pro, and the server's own code and issues, https://github.com/devlikeapro/waha .
import { WahaServerApi } from '../../../../credentials/WahaServerApi.credentials';
import { at, filled, isObject, textOf } from '../answers';
import type { Answer, Message, Provider, Receipt, VendorRequest } from '../Provider';
import { replyTo } from '../shared/options';
import { VCARD_FIELDS, VCARD_VERSIONS, vCardOf } from '../shared/vCardBody';
import {
	CARDS_A_MESSAGE,
	channel,
	group,
	hiddenPerson,
	person,
	PERSON_AS,
} from '../shared/whatsAppIds';
import { chats, check, sessions } from './lists';
import { refusals, vendorWords } from './refusals';

const SEND_CONTACT = 'https://waha.devlike.pro/docs/how-to/send-messages/#send-contact-vcard';

/**
 * Whole vCards, which engines pass on as they are; WPP alone keeps no more of them than name and first
 * number. The fields that WAHA takes instead hold less, and it escapes nothing in them.
 */
function sendContactVcard({ contacts, to, sender, options }: Message): VendorRequest {
	return {
		method: 'POST',
		path: '/api/sendContactVcard',
		body: {
			session: sender,
			chatId: to,
			contacts: contacts.map((contact) => ({ vcard: vCardOf(contact) })),
			...filled({ reply_to: options.replyToMessageId }),
		},
	};
}

/** Each engine has the message's id in a place of its own; NOWEB's early builds answered with nothing. */
function receipt({ json, statusCode, text }: Answer): Receipt | undefined {
	const id = at(json, 'id');
	const found = isObject(id) ? textOf(id._serialized) : textOf(id);
	const messageId = found ?? textOf(at(json, 'key', 'id'));
	if (messageId !== undefined) return { messageId };
	return statusCode === 201 && text.trim() === '' ? { messageId: null } : undefined;
}

export const waha: Provider = {
	name: 'waha',
	displayName: 'WAHA',
	credential: new WahaServerApi(),
	documentationUrl: SEND_CONTACT,
	sender: {
		kind: 'id',
		displayName: 'Session',
		description: 'The WAHA session, a WhatsApp account, that sends the contact',
		// It is a part of paths; one of dots alone would be a step in them.
		pattern: /^(?!\.{1,2}$)[^\s/\\?#]{1,64}$/,
		placeholder: 'e.g. default',
		hint: 'Its name in the WAHA dashboard',
		default: 'default',
		list: sessions,
	},
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: SEND_CONTACT,
			recipient: {
				fromPhone: PERSON_AS['@c.us'],
				ids: [
					{ of: 'person', pattern: /^[1-9]\d{6,14}$/, write: PERSON_AS['@c.us'] },
					person('@c.us'),
					hiddenPerson,
					group,
					channel,
				],
				placeholder: 'e.g. 120363043968066561@g.us',
				hint: 'A person ends in @c.us, a group in @g.us, a hidden number in @lid, a channel in @newsletter',
				list: chats,
				check,
			},
			card: {
				carries: VCARD_FIELDS,
				// The engine WPP leaves out cards without a number, and says nothing.
				requires: [['contactName', 'firstName', 'lastName', 'organization'], 'contactPhone'],
				vCard: { versions: VCARD_VERSIONS },
				perMessage: CARDS_A_MESSAGE,
			},
			options: {
				replyToMessageId: replyTo('reply_to', {
					placeholder: 'e.g. false_5511999998888@c.us_AAAAAAAAAAAAAAAAAAAA',
				}),
			},
			request: sendContactVcard,
		},
	],
	// The server has no limit of its own; each session is a WhatsApp account.
	pace: { limits: [], per: 'sender', maxConcurrent: 5, evidence: 'documented' },
	refusals,
	// A 500 repeats the whole request, and shows the inside of the server.
	othersData: [['request'], ['exception', 'stack'], ['exception', 'metadata']],
	vendorWords,
	carriesError: ({ json }) => Boolean(at(json, 'error')),
	receipt,
};
