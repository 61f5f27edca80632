// Badger: senders are devices, named in a header; the acceptance is a line of text; a wrong password gets
// a page that is no JSON; a busy device asks to come back.
import { firstPhone } from '../../../nodes/SendContact/contact/Contact';
import {
	at,
	filled,
	objectsOf,
	plainText,
	textOf,
} from '../../../nodes/SendContact/providers/answers';
import type { Provider } from '../../../nodes/SendContact/providers/Provider';
import { BadgerApi } from '../credentials/BadgerApi.credentials';

const documentationUrl = 'https://badger.example/docs/contact';

export const badger: Provider = {
	name: 'badger',
	displayName: 'Badger',
	credential: new BadgerApi(),
	documentationUrl,
	sender: {
		kind: 'id',
		displayName: 'Device',
		description: 'The device that sends the contact',
		pattern: /^dev-\w{2,20}$/,
		placeholder: 'e.g. dev-front1',
		hint: 'Badger shows it as the ID of the device',
		list: {
			request: () => ({ method: 'GET', path: '/sett/devices' }),
			entries: ({ json }) =>
				objectsOf(at(json, 'devices')).flatMap((device) => {
					const value = textOf(device.id);
					return value === undefined ? [] : [{ name: textOf(device.label) ?? value, value }];
				}),
		},
	},
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl,
			recipient: {
				fromPhone: (digits) => digits,
				ids: [{ of: 'person', pattern: /^\d{7,20}$/ }],
				placeholder: 'e.g. 5511999998888',
				hint: 'Digits with country code',
				// A list of each device: the chosen one is in the header.
				list: {
					request: ({ sender, cursor = '0' }) => ({
						method: 'GET',
						path: `/sett/chats?offset=${cursor}`,
						...(sender !== '' && { headers: { 'X-Device-Id': sender } }),
					}),
					entries: ({ json }) =>
						objectsOf(at(json, 'chats')).flatMap((chat) => {
							const value = textOf(chat.phone);
							return value === undefined
								? []
								: [{ name: textOf(chat.name) ?? value, value, note: value }];
						}),
					next: ({ json }) => textOf(at(json, 'offset')),
				},
			},
			card: {
				carries: ['contactName', 'contactPhone'],
				requires: ['contactName', 'contactPhone'],
			},
			options: {
				disappearAfter: {
					vendorName: 'duration',
					displayName: 'Disappear After',
					description: 'When the message disappears from the chat',
					value: {
						kind: 'choice',
						choices: [
							{ name: 'Day', value: 86400 },
							{ name: 'Never', value: 0 },
							{ name: 'Week', value: 604800 },
						],
						default: 86400,
					},
				},
			},
			request: ({ contact, to, sender, options }) => ({
				method: 'POST',
				path: '/sett/contact',
				headers: { 'X-Device-Id': sender },
				body: filled({
					phone: to,
					contact_name: contact.contactName,
					contact_phone: firstPhone(contact),
					duration: options.disappearAfter,
				}),
			}),
		},
	],
	pace: {
		limits: [{ messages: 20, perSeconds: 1, per: 'sender' }],
		per: 'sender',
		maxConcurrent: 10,
		evidence: 'documented',
	},
	refusals: [
		{
			id: 'password',
			when: { status: 401 },
			message: 'Badger did not accept the user and the password',
			description: 'Check both in the credential.',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'noDevice',
			when: { code: /^DEVICE_NOT_FOUND$/ },
			message: 'Badger has no such device',
			description: 'Pick the device from the list.',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'busy',
			when: { code: /^DEVICE_BUSY$/ },
			message: 'The device is busy at the moment',
			description: 'Run again shortly.',
			means: 'later',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'tired',
			when: { code: /^DEVICE_TIRED$/ },
			message: 'The device gets more messages than it can send',
			description: 'Lower Messages per Minute in the options.',
			means: 'slower',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'validation',
			when: { status: [400, 422] },
			message: 'Badger did not accept a value of the contact',
			description: 'Its words below name the value.',
			evidence: 'documented',
		},
	],
	vendorWords({ json, text, headers }) {
		const code = textOf(at(json, 'code'));
		const resetAt = Number(headers['x-reset']);
		return {
			text: textOf(at(json, 'message')) ?? plainText(text),
			...(code !== undefined && { code }),
			...(resetAt > 0 && { retryAfterMs: Math.max(0, resetAt - Date.now()) }),
		};
	},
	carriesError: ({ json }) => at(json, 'code') !== undefined,
	receipt({ text }) {
		const [, messageId] = /^accepted id=(\w+);\n?$/.exec(text) ?? [];
		return messageId === undefined ? undefined : { messageId };
	},
};
