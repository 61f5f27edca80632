// Everything the node knows of Z-API beside what its white labels have, too: see shared/zapi.ts.
import { ZApi } from '../../../credentials/ZApi.credentials';
import type { Contact } from '../contact/Contact';
import { filled } from './answers';
import type { Message, Provider, VendorRequest } from './Provider';
import { CARDS_A_MESSAGE } from './shared/whatsAppIds';
import * as zapi from './shared/zapi';

const SEND_CONTACT = 'https://developer.z-api.io/message/send-message-contact';

const numbersOf = ({ phones = [] }: Contact) => phones.map(({ number }) => number);

/** One person with one phone: https://developer.z-api.io/message/send-message-contact */
function oneContact({ contact, to, options }: Message): VendorRequest {
	return {
		method: 'POST',
		path: '/send-contact',
		body: filled({
			phone: to,
			contactName: contact.contactName,
			contactPhone: numbersOf(contact)[0],
			contactBusinessDescription: contact.businessDescription,
			messageId: options.replyToMessageId,
			delayMessage: options.delayMessage,
		}),
	};
}

/** Several people or phones: https://developer.z-api.io/message/send-message-multiple-contacts */
function severalContacts({ contacts, to, options }: Message): VendorRequest {
	return {
		method: 'POST',
		path: '/send-contacts',
		body: {
			phone: to,
			contacts: contacts.map((contact) => ({
				...filled({
					name: contact.contactName,
					businessDescription: contact.businessDescription,
				}),
				phones: numbersOf(contact),
			})),
			...filled({ messageId: options.replyToMessageId, delayMessage: options.delayMessage }),
		},
	};
}

export const zApi: Provider = {
	name: 'zApi',
	displayName: 'Z-API',
	credential: new ZApi(),
	documentationUrl: SEND_CONTACT,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: SEND_CONTACT,
			recipient: {
				fromPhone: zapi.fromPhone,
				// Broadcast lists are not served at present: docs/broadcast/introduction.md . Channels get no contacts.
				ids: [zapi.group, ...zapi.persons],
				placeholder: 'e.g. 120363019502650977-group',
				hint: 'A group ID ends in -group and not in @g.us, a hidden number in @lid',
				list: zapi.chatLists('/chats', '/groups'),
				// Up to 50 000, says docs/contacts/get-iswhatsapp-batch.md : fewer are answered within the time limit.
				check: zapi.phoneExists(500),
			},
			card: {
				carries: ['contactName', 'contactPhone', 'morePhones', 'businessDescription'],
				requires: ['contactName', 'contactPhone'],
				perMessage: CARDS_A_MESSAGE,
			},
			options: zapi.options,
			request: (message) => {
				const isSimple = message.contacts.length === 1 && numbersOf(message.contact).length === 1;
				return isSimple ? oneContact(message) : severalContacts(message);
			},
		},
	],
	pace: zapi.pace,
	refusals: zapi.refusalsOf('Z-API'),
	vendorWords: zapi.vendorWords,
	carriesError: zapi.carriesError,
	receipt(answer) {
		const { whatsApp, vendor } = zapi.idsIn(answer);
		if (whatsApp === undefined) return vendor === undefined ? undefined : { messageId: vendor };
		return {
			messageId: whatsApp,
			...(vendor !== undefined && { providerMessageId: vendor }),
		};
	},
};
