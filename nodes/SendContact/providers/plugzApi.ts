// Everything the node knows of PlugzAPI (also PlugMessage, PlugZapi) that is not so of Z-API, whose white
// label it is.
import { PlugzApi } from '../../../credentials/PlugzApi.credentials';
import { firstPhone } from '../contact/Contact';
import { filled } from './answers';
import type { Provider } from './Provider';
import * as zapi from './shared/zapi';

const SEND_CONTACT =
	'https://atendimento.tecnospeed.com.br/hc/pt-br/articles/9651752041239-Enviar-contato';

export const plugzApi: Provider = {
	name: 'plugzApi',
	displayName: 'PlugzAPI',
	credential: new PlugzApi(),
	documentationUrl: SEND_CONTACT,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: SEND_CONTACT,
			recipient: {
				fromPhone: zapi.fromPhone,
				// Broadcast lists: docs/broadcast of https://github.com/Plug-Zapi/plug-zapi-docs .
				ids: [zapi.group, { of: 'channel', pattern: /^\d{5,20}-broadcast$/ }, ...zapi.persons],
				placeholder: 'e.g. 120363019502650977-group',
				hint: 'A group ID ends in -group and not in @g.us, a hidden number in @lid',
				list: zapi.chatLists('/chats'),
				check: zapi.phoneExists(1),
			},
			card: {
				carries: ['contactName', 'contactPhone', 'businessDescription'],
				requires: ['contactName', 'contactPhone'],
			},
			options: zapi.options,
			request: ({ contact, to, options }) => ({
				method: 'POST',
				path: '/send-contact',
				body: filled({
					phone: to,
					contactName: contact.contactName,
					contactPhone: firstPhone(contact),
					// Listed as required by PlugzAPI, optional at Z-API since 2022, whose own sample leaves it out.
					contactBusinessDescription: contact.businessDescription,
					messageId: options.replyToMessageId,
					delayMessage: options.delayMessage,
				}),
			}),
		},
	],
	pace: zapi.pace,
	refusals: zapi.refusalsOf('PlugzAPI'),
	vendorWords: zapi.vendorWords,
	carriesError: zapi.carriesError,
	receipt(answer) {
		const { whatsApp, vendor } = zapi.idsIn(answer);
		const id = whatsApp ?? vendor;
		return id === undefined ? undefined : { messageId: id };
	},
};
