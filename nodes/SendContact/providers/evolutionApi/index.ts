// Everything the node knows of Evolution API, version 2 and, by the credential's API Version, version 1.
// Sources: doc.evolution-api.com, and the server's own code, which is what answers (1.8.2, 2.3.6, 2.3.7):
// https://github.com/EvolutionAPI/evolution-api .
import type { IDataObject } from 'n8n-workflow';

import { EvolutionServerApi } from '../../../../credentials/EvolutionServerApi.credentials';
import type { Contact } from '../../contact/Contact';
import { at, filled, textOf } from '../answers';
import type { Message, Provider, PublicAccount, VendorRequest } from '../Provider';
import { flatContact } from '../shared/flatContact';
import { replyTo, typingTime } from '../shared/options';
import { CARDS_A_MESSAGE, group, hiddenPerson, person, PERSON_AS } from '../shared/whatsAppIds';
import { chats, check, instances } from './lists';
import { refusals, vendorWords } from './refusals';

const SEND_CONTACT =
	'https://doc.evolution-api.com/v2/api-reference/message-controller/send-contact';

const isVersion1 = ({ apiVersion }: PublicAccount) => apiVersion === 'v1';

/** `phoneNumber` and `wuid` have at least so many characters: src/validate/message.schema.ts . */
const SHORTEST = 10;

/** A number as the card shows it; a short one in groups, for the sake of {@link SHORTEST}. */
function shownNumber(digits: string): string {
	return `+${digits.length + 1 < SHORTEST ? digits.replace(/\d{3}(?=\d)/g, '$& ') : digits}`;
}

/**
 * One person. `wuid` wherever it can be: without it the server fills in an id with `@s.whatsapp.net`,
 * which opens no chat.
 */
function card(contact: Contact): IDataObject {
	const { fullName, phone = '', waId = '', organization, email, url } = flatContact(contact);
	return filled({
		fullName,
		wuid: waId.length < SHORTEST ? undefined : waId,
		phoneNumber: shownNumber(phone),
		organization,
		email,
		url,
	});
}

/** The server refuses a message in which two cards are the same. */
function distinctCards(contacts: readonly Contact[]): IDataObject[] {
	const cards = new Map(contacts.map(card).map((one) => [JSON.stringify(one), one]));
	return [...cards.values()];
}

function sendContact({ contacts, to, sender, options, account }: Message): VendorRequest {
	const cards = distinctCards(contacts);
	const { replyToMessageId, typingTime: delay } = options;
	const optional = {
		...filled({ delay }),
		...(delay !== undefined && { presence: 'composing' }),
		...(replyToMessageId !== undefined && { quoted: { key: { id: replyToMessageId } } }),
	};
	const isPlain = Object.keys(optional).length === 0;
	return {
		method: 'POST',
		path: `/message/sendContact/${encodeURIComponent(sender)}`,
		body: isVersion1(account)
			? { number: to, ...(!isPlain && { options: optional }), contactMessage: cards }
			: { number: to, contact: cards },
	};
}

/** No bound is documented; the server answers only when the time is over. */
const TYPING_MS = { min: 1000, max: 20_000 };

/** Only version 1 takes them; version 2 has no such field for contacts and ignores them. */
const ofVersion1 = { isTaken: isVersion1 };

export const evolutionApi: Provider = {
	name: 'evolutionApi',
	displayName: 'Evolution API',
	credential: new EvolutionServerApi(),
	documentationUrl: SEND_CONTACT,
	sender: {
		kind: 'id',
		displayName: 'Instance',
		description: 'The Evolution API instance that sends the contact',
		// A name of dots alone would be a step in the address.
		pattern: /^(?!\.{1,2}$)[^\s/\\]([^/\\]{0,98}[^\s/\\])?$/,
		placeholder: 'e.g. my-instance',
		hint: 'Its name in Evolution Manager',
		list: instances,
	},
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: SEND_CONTACT,
			recipient: {
				fromPhone: PERSON_AS.digits,
				// 18 digits and more are taken for a group, whatever they are (src/utils/createJid.ts).
				ids: [
					{ of: 'person', pattern: /^[1-9]\d{6,14}$/ },
					person('@s.whatsapp.net'),
					hiddenPerson,
					group,
				],
				placeholder: 'e.g. 120363043968066561@g.us',
				hint: 'A person ends in @s.whatsapp.net, a group in @g.us, a hidden number in @lid',
				list: chats,
				check,
			},
			card: {
				carries: ['contactName', 'contactPhone', 'organization', 'email', 'url'],
				requires: ['contactName', 'contactPhone'],
				phone: { min: 7, max: 15 },
				perMessage: CARDS_A_MESSAGE,
			},
			options: {
				replyToMessageId: {
					...replyTo('options.quoted.key.id'),
					description:
						'The ID of a message in the same chat that the contact answers. Version 1 of the server only.',
					...ofVersion1,
				},
				typingTime: {
					...typingTime('options.delay', TYPING_MS),
					description:
						'How long the recipient sees that a message is being typed, 1000 to 20000. Version 1 of the server only.',
					...ofVersion1,
				},
			},
			request: sendContact,
		},
	],
	// The server has no limit of its own; each instance is a WhatsApp account.
	pace: { limits: [], per: 'sender', maxConcurrent: 5, evidence: 'documented' },
	refusals,
	vendorWords,
	carriesError: ({ json }) => Boolean(at(json, 'error')),
	receipt({ json }) {
		const id = textOf(at(json, 'key', 'id'));
		return id === undefined ? undefined : { messageId: id };
	},
};
