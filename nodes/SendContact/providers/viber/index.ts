// Everything the node knows of Viber's API for bots; its refusals are in the file beside.
import type { IDataObject } from 'n8n-workflow';

import { ViberBotApi } from '../../../../credentials/ViberBotApi.credentials';
import { firstPhone } from '../../contact/Contact';
import { fullName } from '../../contact/names';
import { dialled } from '../../contact/writeVCard';
import { at, filled, isObject, plainText, textOf } from '../answers';
import type { OptionKind, Provider } from '../Provider';
import { objectIn } from '../shared/options';
import { refusals } from './refusals';

const SEND_CONTACT = 'https://developers.viber.com/docs/api/rest-bot-api/#contact-message';

/** What it says of any message: https://creators.viber.com/docs/bots-api/resources/messaging/send-message */
const options: Readonly<Record<string, OptionKind>> = {
	keyboard: {
		vendorName: 'keyboard',
		displayName: 'Keyboard (JSON)',
		description:
			'Buttons below the chat, such as {"Type": "keyboard", "Buttons": [{"ActionType": "reply", "ActionBody": "ok", "Text": "OK"}]}',
		value: { kind: 'json' },
	},
	minApiVersion: {
		vendorName: 'min_api_version',
		displayName: 'Minimum API Version',
		description: 'The oldest Viber app that gets the message; 1 unless the keyboard needs more',
		value: { kind: 'number', min: 1, max: 10, isWhole: true, default: 1 },
	},
	senderAvatar: {
		vendorName: 'sender.avatar',
		displayName: 'Sender Avatar URL',
		description:
			'The picture beside the name of the bot: the address of an image of up to 100 kB, best 720 x 720',
		placeholder: 'e.g. https://example.com/avatar.jpg',
		value: { kind: 'text', pattern: /^https?:\/\/\S+$/ },
	},
	trackingData: {
		vendorName: 'tracking_data',
		displayName: 'Tracking Data',
		description: 'A text of your own that comes back with the reply of the person',
		placeholder: 'e.g. order-10231',
		value: { kind: 'text', longest: 4000 },
	},
};

const status = (json: unknown) => textOf(at(json, 'status'));

export const viber: Provider = {
	name: 'viber',
	displayName: 'Viber',
	credential: new ViberBotApi(),
	documentationUrl: SEND_CONTACT,
	sender: {
		kind: 'name',
		displayName: 'Bot Name',
		description: 'The name under which the contact arrives',
		pattern: /^(?=.{1,28}$)\S(.*\S)?$/u,
		placeholder: 'e.g. Clinic Sun',
		hint: 'Viber shows up to 28 characters',
	},
	messengers: [
		{
			name: 'viber',
			displayName: 'Viber',
			documentationUrl: SEND_CONTACT,
			recipient: {
				// 16 bytes in base64; the page's examples have fewer. No phone number ends in "=".
				ids: [{ of: 'person', pattern: /^[A-Za-z\d+/]{8,60}={1,2}$/ }],
				placeholder: 'e.g. jc9HsWTZ2Yf2NkRZ8KcNug==',
				hint: 'It ends in = and comes with every message of the person to the bot (sender.id); bots take no phone numbers',
			},
			card: {
				carries: ['contactName', 'contactPhone'],
				requires: ['contactName', 'contactPhone'],
				bounds: { contactName: { atMost: 28, unit: 'characters' } },
			},
			options,
			request({ contact, to, sender, options: chosen }) {
				const keyboard = objectIn(chosen.keyboard);
				return {
					method: 'POST',
					path: '/pa/send_message',
					body: {
						receiver: to,
						type: 'contact',
						sender: filled({ name: sender, avatar: chosen.senderAvatar }),
						contact: filled({
							name: fullName(contact),
							phone_number: dialled(firstPhone(contact) ?? ''),
						}),
						...filled({
							tracking_data: chosen.trackingData,
							min_api_version: chosen.minApiVersion,
						}),
						...(keyboard && { keyboard }),
					} satisfies IDataObject,
				};
			},
		},
	],
	// The one limit that is documented, 100 messages an hour to one person, holds only as long as they do not
	// reply, which nobody here knows: it is kept where Viber says so. See `unanswered` among its refusals.
	pace: { limits: [], per: 'credential', maxConcurrent: 5, evidence: 'assumed' },
	refusals,
	vendorWords({ json, text }) {
		const code = status(json);
		return {
			text: textOf(at(json, 'status_message')) ?? (isObject(json) ? '' : plainText(text)),
			...(code !== undefined && { code }),
		};
	},
	carriesError: ({ json }) => !['0', undefined].includes(status(json)),
	receipt({ json }) {
		// Its number has 19 digits. A refusal has one, too.
		const token = textOf(at(json, 'message_token'));
		return status(json) === '0' && token !== undefined ? { messageId: token } : undefined;
	},
};
