// Everything the node knows of Telegram's own Bot API; its options and refusals are in the files beside.
import type { IDataObject } from 'n8n-workflow';

import { TelegramBotApi } from '../../../../credentials/TelegramBotApi.credentials';
import { firstPhone, type Contact } from '../../contact/Contact';
import { shownNameParts } from '../../contact/names';
import { dialled, writeVCard } from '../../contact/writeVCard';
import { at, filled, isObject, plainText, textOf } from '../answers';
import type { CardKind, Message, MessageOptions, Provider } from '../Provider';
import { objectIn } from '../shared/options';
import { options } from './options';
import { refusals } from './refusals';

/** The longest name in MTProto, which the Bot API speaks behind it. */
const NAME = { atMost: 64, unit: 'characters' } as const;

const card: CardKind = {
	carries: [
		'contactName',
		'contactPhone',
		'firstName',
		'middleName',
		'lastName',
		'prefix',
		'suffix',
		'nickname',
		'organization',
		'department',
		'title',
		'email',
		'url',
		'birthday',
		'note',
		'morePhones',
		'moreEmails',
		'moreUrls',
		'addresses',
	],
	requires: ['contactPhone', ['contactName', 'firstName']],
	nameInParts: 'demanded',
	// "A vCard", says https://core.telegram.org/bots/api#sendcontact , and names no version.
	vCard: { versions: ['2.1', '3.0', '4.0'] },
	bounds: { firstName: NAME, lastName: NAME },
	built: [
		{
			what: 'The first name (or the whole name in its place)',
			text: (contact) => nameOf(contact).first,
			bound: NAME,
			parameter: 'contactName',
			wayOut: 'Shorten it, or fill in First Name and Last Name.',
		},
		{
			what: 'The vCard',
			text: (contact) => vCardFor(contact) ?? '',
			bound: { atMost: 2048, unit: 'bytes' },
			parameter: 'note',
			wayOut: 'Shorten the note, or leave out some of the addresses, links and phones.',
		},
	],
};

/** What Telegram shows: it has no field for a middle name. */
function nameOf(contact: Contact): { first: string; last?: string } {
	const { firstName, middleName, lastName } = shownNameParts(contact, card);
	const first = [firstName, middleName].filter((part) => part !== undefined).join(' ');
	return { first, ...(lastName !== undefined && { last: lastName }) };
}

/** The vCard that goes along: as it was pasted, or written where the fields hold more than name and phone. */
function vCardFor(contact: Contact): string | undefined {
	const { pasted, phones = [], emails, urls, addresses } = contact;
	if (pasted) return pasted.text;
	const { prefix, suffix, nickname, organization, department, title, birthday, note } = contact;
	const more = [prefix, suffix, nickname, organization, department, title, birthday, note];
	const hasMore = [...more, emails, urls, addresses].some((value) => value !== undefined);
	return hasMore || phones.length > 1 ? writeVCard(contact, 'anyone') : undefined;
}

/** An id as the integer that it is: the patterns let none pass that is too long for one. */
function integer(text: MessageOptions[string] | undefined): number | undefined {
	return text === undefined ? undefined : Number(text);
}

/** The fields that hold objects, as far as they were filled in. */
function objectFields({ options: chosen }: Message): IDataObject {
	const fields = {
		ephemeral_message_parameters: objectIn(chosen.ephemeralMessageParameters),
		suggested_post_parameters: objectIn(chosen.suggestedPostParameters),
		reply_parameters:
			chosen.replyToMessageId === undefined
				? undefined
				: { message_id: Number(chosen.replyToMessageId) },
		reply_markup: objectIn(chosen.replyMarkup),
	};
	return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

export const telegram: Provider = {
	name: 'telegram',
	displayName: 'Telegram',
	credential: new TelegramBotApi(),
	documentationUrl: 'https://core.telegram.org/bots/api#sendcontact',
	messengers: [
		{
			name: 'telegram',
			displayName: 'Telegram',
			documentationUrl: 'https://core.telegram.org/bots/api#sendcontact',
			recipient: {
				// User ids end at 2^40 (`check_chat` of telegram-bot-api): most phone numbers fit none of these.
				ids: [
					{ of: 'person', pattern: /^([1-9]\d{0,11}|10\d{11})$/ },
					{ of: 'group', pattern: /^-[1-9]\d{0,12}$/ },
					{ of: 'channel', pattern: /^@[A-Za-z]\w{3,31}$/ },
				],
				placeholder: 'e.g. 123456789',
				hint: 'A person is the number that comes with a message to the bot (chat.id), a group or channel begins with - or @; bots take no phone numbers',
			},
			card,
			options,
			request(message) {
				const { contact, to, options: chosen } = message;
				const { first, last } = nameOf(contact);
				return {
					method: 'POST',
					path: '/sendContact',
					body: {
						...filled({
							chat_id: to.startsWith('@') ? to : Number(to),
							phone_number: dialled(firstPhone(contact) ?? ''),
							first_name: first,
							last_name: last,
							vcard: vCardFor(contact),
							business_connection_id: chosen.businessConnectionId,
							message_thread_id: integer(chosen.messageThreadId),
							direct_messages_topic_id: integer(chosen.directMessagesTopicId),
							disable_notification: chosen.disableNotification,
							protect_content: chosen.protectContent,
							allow_paid_broadcast: chosen.allowPaidBroadcast,
							message_effect_id: chosen.messageEffectId,
						}),
						...objectFields(message),
					},
				};
			},
		},
	],
	// https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this . Whether an @name is a
	// group is not known beforehand.
	pace: {
		limits: [
			{ messages: 30, perSeconds: 1, per: 'credential' },
			{ messages: 1, perSeconds: 1, per: 'recipient' },
			{ messages: 20, perSeconds: 60, per: 'recipient', recipients: 'group' },
			{ messages: 20, perSeconds: 60, per: 'recipient', recipients: 'channel' },
		],
		per: 'credential',
		maxConcurrent: 30,
		evidence: 'documented',
	},
	refusals,
	vendorWords({ json, text }) {
		const seconds = at(json, 'parameters', 'retry_after');
		const movedTo = textOf(at(json, 'parameters', 'migrate_to_chat_id'));
		const said = textOf(at(json, 'description'));
		return {
			text: said ?? (isObject(json) ? '' : plainText(text)),
			...(typeof seconds === 'number' && { retryAfterMs: seconds * 1000 }),
			...(movedTo !== undefined && { movedTo }),
		};
	},
	carriesError: ({ json }) => at(json, 'ok') === false,
	receipt({ json }) {
		if (at(json, 'ok') !== true) return undefined;
		// Counted in each chat by itself. An ephemeral message has another id, and 0 here.
		const [id, ephemeralId] = [
			textOf(at(json, 'result', 'message_id')),
			textOf(at(json, 'result', 'ephemeral_message_id')),
		];
		return id === undefined ? undefined : { messageId: ephemeralId ?? id };
	},
};
