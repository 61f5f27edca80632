// Everything the node knows of PlugzAPI (also PlugMessage, PlugZapi; a white label of Z-API).
import { PlugzApi } from '../../../credentials/PlugzApi.credentials';
import { firstPhone } from '../contact/Contact';
import { at, filled, objectsOf, plainText, textOf } from './answers';
import type { Provider, RefusalRule } from './Provider';
import { delayBeforeSending, replyTo } from './shared/options';

/** Chats a page of the drop-down. */
const PAGE_SIZE = 200;

const CLIENT_TOKEN_REMEDY =
	'In the PlugzAPI panel open Security and copy the Account Security Token into the Client Token field of the credential. It is not the instance token.';

const refusals: readonly RefusalRule[] = [
	{
		id: 'wrongMethod',
		when: { status: 405 },
		message: 'PlugzAPI was called with the wrong HTTP method (405)',
		description:
			'The node calls it with POST as documented: a Base URL that leads to another server or through a proxy that rewrites requests is the usual reason. Check Base URL in the credential.',
		evidence: 'documented',
	},
	{
		id: 'wrongContentType',
		when: { status: 415 },
		message: 'PlugzAPI did not recognise the request as JSON (415)',
		description:
			'The node sends Content-Type: application/json as documented: look for a proxy between n8n and PlugzAPI that removes headers, and check Base URL in the credential.',
		evidence: 'documented',
	},
	{
		// https://developer.z-api.io/en/security/client-token names the second form; integrators report the first.
		id: 'clientTokenMissing',
		when: { text: /client-token is not configured|null not allowed/i },
		message: 'PlugzAPI wants the Client-Token of the account and the credential has none',
		description: CLIENT_TOKEN_REMEDY,
		evidence: 'observed',
	},
	{
		// https://developer.z-api.io/security/ip-block: the same words for an address that is not on the list.
		id: 'notAllowed',
		when: { text: /"error"\s*:\s*"(?:[^"\\]|\\.)* not allowed"/i },
		message: 'PlugzAPI did not accept the Client-Token, or not the address n8n calls from',
		description: `${CLIENT_TOKEN_REMEDY} If the account only allows certain IP addresses, add the one of your n8n.`,
		evidence: 'documented',
	},
	{
		id: 'instanceNotFound',
		when: { text: /instance not found/i },
		message: 'PlugzAPI does not know this instance',
		description:
			'Check Instance ID and Instance Token in the credential: copy both from the instance page of the PlugzAPI panel. A trial instance is removed after two days.',
		evidence: 'observed',
	},
	{
		id: 'notConnected',
		when: { text: /you are not connected|you need to restore the session/i },
		message: 'The WhatsApp phone of this PlugzAPI instance is not connected',
		description:
			'Open the instance in the PlugzAPI panel and read the QR code with the phone, then run again.',
		evidence: 'documented',
	},
	{
		id: 'queueFull',
		when: { status: 400, text: /queue[^"]*(full|limit)|limit[^"]*queue/i },
		message: 'The message queue of this PlugzAPI instance is full',
		description:
			'PlugzAPI keeps up to 1000 messages while the phone is offline. Connect the phone or empty the queue in the panel, then send again.',
		means: 'tryLater',
		evidence: 'assumed',
	},
	{
		id: 'invalidPhone',
		when: { text: /invalid phone/i },
		message: 'PlugzAPI says that the phone number is not valid',
		description:
			'Check the recipient and the phone on the card: country code, area code and number, as digits.',
		evidence: 'documented',
	},
];

export const plugzApi: Provider = {
	name: 'plugzApi',
	displayName: 'PlugzAPI',
	credential: new PlugzApi(),
	documentationUrl:
		'https://atendimento.tecnospeed.com.br/hc/pt-br/articles/9651752041239-Enviar-contato',
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl:
				'https://atendimento.tecnospeed.com.br/hc/pt-br/articles/9651752041239-Enviar-contato',
			recipient: {
				fromPhone: (digits) => digits,
				// Group, old group, broadcast list and LID forms: docs/group, docs/broadcast, docs/tips/lid of Z-API.
				ids: [
					{ of: 'group', pattern: /^(\d{5,20}-group|\d{10,15}-\d{10})$/ },
					{ of: 'channel', pattern: /^\d{5,20}-broadcast$/ },
					{ of: 'person', pattern: /^(\d{7,20}|\d{5,20}@lid)$/ },
				],
				placeholder: 'e.g. 120363019502650977-group',
				hint: 'A group ID ends in -group, a broadcast list in -broadcast, a hidden number in @lid',
				list: {
					request: ({ cursor = '1' }) => ({
						method: 'GET',
						path: `/chats?page=${cursor}&pageSize=${PAGE_SIZE}`,
					}),
					entries: (answer) =>
						objectsOf(answer.json).flatMap((chat) => {
							const value = textOf(chat.phone);
							if (value === undefined) return [];
							const name = textOf(chat.name);
							return [{ name: name ?? value, value, ...(name !== undefined && { note: value }) }];
						}),
					// The vendor gives no total: a page that is not full is the last one.
					next: (answer, { cursor = '1' }) =>
						objectsOf(answer.json).length < PAGE_SIZE ? undefined : String(Number(cursor) + 1),
				},
			},
			card: {
				carries: ['contactName', 'contactPhone', 'businessDescription'],
				requires: ['contactName', 'contactPhone'],
			},
			options: {
				replyToMessageId: replyTo('messageId'),
				delayMessage: delayBeforeSending(
					'delayMessage',
					{ min: 1, max: 15, default: 3 },
					'How many seconds the vendor waits before it sends the next message, 1 to 15. Without it the vendor takes 1 to 3.',
				),
			},
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
	// No request limit is documented; the vendor spaces its queue itself, 1 to 3 seconds a message.
	pace: { per: 'credential', maxConcurrent: 10, evidence: 'documented' },
	refusals,
	vendorWords(answer) {
		const text = textOf(at(answer.json, 'error')) ?? textOf(at(answer.json, 'message'));
		return { text: text ?? plainText(answer.text) };
	},
	receipt({ json }) {
		const status = textOf(at(json, 'status'));
		if (at(json, 'error') || status?.toUpperCase() === 'ERROR') return 'refused';
		// `id` repeats `messageId` (added for Zapier); `zaapId` is the vendor's own id.
		const id =
			textOf(at(json, 'messageId')) ?? textOf(at(json, 'id')) ?? textOf(at(json, 'zaapId'));
		return id === undefined ? undefined : { messageId: id };
	},
};
