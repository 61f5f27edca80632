// Everything the node knows of GOWA (go-whatsapp-web-multidevice).
// Sources: its docs/openapi.yaml, and the server's own code, which is what answers (August 2026):
// https://github.com/aldinokemal/go-whatsapp-web-multidevice .
import { GowaServerApi } from '../../../../credentials/GowaServerApi.credentials';
import { at, filled, textOf } from '../answers';
import type { OptionKind, Provider } from '../Provider';
import { flatContact } from '../shared/flatContact';
import { forwarded } from '../shared/options';
import { channel, group, hiddenPerson, person, PERSON_AS } from '../shared/whatsAppIds';
import { chats, check, deviceHeader, devices } from './lists';
import { refusals, vendorWords } from './refusals';

const OPENAPI =
	'https://github.com/aldinokemal/go-whatsapp-web-multidevice/blob/main/docs/openapi.yaml';

/** The only values that the server takes. */
const disappearAfter: OptionKind = {
	vendorName: 'duration',
	displayName: 'Disappear After',
	description:
		'When the contact disappears from the chat. Without it the chat’s own setting is not looked at, and it stays.',
	value: {
		kind: 'choice',
		choices: [
			{ name: '24 Hours', value: 86_400 },
			{ name: '7 Days', value: 604_800 },
			{ name: '90 Days', value: 7_776_000 },
			{ name: 'Never', value: 0 },
		],
		default: 604_800,
	},
};

export const gowa: Provider = {
	name: 'gowa',
	displayName: 'GOWA',
	credential: new GowaServerApi(),
	documentationUrl: OPENAPI,
	sender: {
		// A server with one device needs none, until it gets a second one: then it refuses whoever names none.
		kind: 'id',
		displayName: 'Device',
		description: 'The GOWA device that sends the contact',
		pattern: /^[^\s\p{Cc}\p{Cs}]([^\p{Cc}\p{Cs}]{0,98}[^\s\p{Cc}\p{Cs}])?$/u,
		placeholder: 'e.g. my-device-id',
		hint: 'Its ID as the dashboard of the server shows it',
		list: devices,
	},
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: OPENAPI,
			recipient: {
				// Bare digits are taken for a group where they are more than 15.
				fromPhone: PERSON_AS['@s.whatsapp.net'],
				ids: [
					{ of: 'person', pattern: /^[1-9]\d{6,14}$/, write: PERSON_AS['@s.whatsapp.net'] },
					person('@s.whatsapp.net'),
					hiddenPerson,
					group,
					channel,
				],
				placeholder: 'e.g. 120363194050948049@g.us',
				hint: 'A person ends in @s.whatsapp.net, a group in @g.us, a hidden number in @lid, a channel in @newsletter',
				list: chats,
				check,
			},
			card: {
				carries: ['contactName', 'contactPhone'],
				requires: ['contactName', 'contactPhone'],
				phone: { min: 7, max: 15 },
			},
			options: { showForwarded: forwarded('is_forwarded'), disappearAfter },
			request({ contact, to, sender, options }) {
				const { fullName, phone } = flatContact(contact);
				return {
					method: 'POST',
					path: '/send/contact',
					...deviceHeader(sender),
					body: filled({
						phone: to,
						contact_name: fullName,
						contact_phone: phone,
						is_forwarded: options.showForwarded,
						duration: options.disappearAfter,
					}),
				};
			},
		},
	],
	// The server has no limit of its own; each device is a WhatsApp account.
	pace: { limits: [], per: 'sender', maxConcurrent: 5, evidence: 'documented' },
	refusals,
	vendorWords,
	carriesError({ json }) {
		const code = textOf(at(json, 'code'));
		return code !== undefined && code !== 'SUCCESS';
	},
	receipt({ json }) {
		const id = textOf(at(json, 'results', 'message_id'));
		return id === undefined ? undefined : { messageId: id };
	},
};
