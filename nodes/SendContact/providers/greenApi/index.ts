// Everything the node knows of GREEN-API: WhatsApp, Telegram and MAX behind one kind of credential. Its
// refusals and look-ups are in the files beside.
import { GreenApi } from '../../../../credentials/GreenApi.credentials';
import { firstPhone, type Contact } from '../../contact/Contact';
import { shownNameParts } from '../../contact/names';
import { at, filled, isObject, plainText, textOf } from '../answers';
import type { CardKind, Messenger, Provider, VendorRequest } from '../Provider';
import { replyTo, typingTime } from '../shared/options';
import { chatList, checkAccount, checkWhatsapp, contactList } from './lookUps';
import { refusals } from './refusals';

/** https://green-api.com/en/docs/api/sending/SendContact/ */
const TYPING_MS = { min: 1000, max: 20_000 };

/** https://green-api.com/en/telegram/docs/api/sending/SendContact */
const TYPING_TYPES = [
	{ name: 'Choose Contact', value: 'choose_contact' },
	{ name: 'Choose Location', value: 'choose_location' },
	{ name: 'Choose Sticker', value: 'choose_sticker' },
	{ name: 'Record Video', value: 'record_video' },
	{ name: 'Record Video Note', value: 'record_video_note' },
	{ name: 'Record Voice Note', value: 'record_voice_note' },
	{ name: 'Text', value: 'text' },
	{ name: 'Upload Document', value: 'upload_document' },
	{ name: 'Upload Photo', value: 'upload_photo' },
	{ name: 'Upload Video', value: 'upload_video' },
	{ name: 'Upload Video Note', value: 'upload_video_note' },
	{ name: 'Upload Voice Note', value: 'upload_voice_note' },
];

/** The vendor's names for a card's fields, for its messages. */
const PARAMETERS: Readonly<Record<string, string>> = {
	chatId: 'to',
	contact: 'contactPhone',
	phoneContact: 'contactPhone',
	firstName: 'firstName',
	middleName: 'middleName',
	lastName: 'lastName',
	company: 'organization',
	quotedMessageId: 'replyToMessageId',
	typingTime: 'typingTime',
	typingType: 'typingType',
};

/** The body's `contact` for the two messengers that share a person by phone. */
function personByPhone(contact: Contact, card: CardKind) {
	const { firstName, middleName, lastName } = shownNameParts(contact, card);
	return filled({
		// A JSON integer: https://green-api.com/en/docs/api/sending/SendContact/ . At most 15 digits, so it is exact.
		phoneContact: Number(firstPhone(contact)),
		firstName,
		middleName,
		lastName,
		company: contact.organization,
	});
}

/** The one path for all three; the body is what differs. */
function sendContact(
	to: string,
	contact: object,
	options: Parameters<typeof filled>[0],
): VendorRequest {
	return {
		method: 'POST',
		path: '/sendContact',
		body: { chatId: to, contact: { ...contact }, ...filled(options) },
	};
}

const whatsappCard: CardKind = {
	carries: ['contactName', 'contactPhone', 'firstName', 'middleName', 'lastName', 'organization'],
	requires: [
		'contactPhone',
		['contactName', 'firstName', 'middleName', 'lastName', 'organization'],
	],
	nameInParts: 'optional',
	// The page says "11 or 12 digits": shorter ones arrived as +0 until the vendor mended that in February
	// 2026, https://github.com/green-api/issues/issues/836
	phone: { min: 7, max: 15 },
};

const whatsapp: Messenger = {
	name: 'whatsapp',
	displayName: 'WhatsApp',
	documentationUrl: 'https://green-api.com/en/docs/api/sending/SendContact/',
	recipient: {
		fromPhone: (digits) => `${digits}@c.us`,
		// https://green-api.com/en/docs/api/chat-id
		ids: [
			{ of: 'person', pattern: /^[1-9]\d{6,15}@c\.us$/ },
			{ of: 'person', pattern: /^\d{5,20}@lid$/ },
			{ of: 'group', pattern: /^([1-9]\d{9,15}-\d{10}|[1-9]\d{14,19})@g\.us$/ },
		],
		placeholder: 'e.g. 120363043968066561@g.us',
		hint: 'A person ends in @c.us, a group in @g.us, a hidden number in @lid',
		list: contactList,
		check: checkWhatsapp,
	},
	card: whatsappCard,
	options: {
		replyToMessageId: replyTo('quotedMessageId'),
		typingTime: typingTime('typingTime', TYPING_MS),
	},
	request: ({ contact, to, options }) =>
		sendContact(to, personByPhone(contact, whatsappCard), {
			quotedMessageId: options.replyToMessageId,
			typingTime: options.typingTime,
		}),
};

const telegramCard: CardKind = {
	carries: ['contactName', 'contactPhone', 'firstName', 'lastName', 'organization'],
	requires: ['contactPhone', ['contactName', 'firstName']],
	nameInParts: 'demanded',
	phone: { min: 7, max: 15 },
};

const telegram: Messenger = {
	name: 'telegram',
	displayName: 'Telegram',
	documentationUrl: 'https://green-api.com/en/telegram/docs/api/sending/SendContact',
	recipient: {
		fromPhone: (digits) => `${digits}@c.us`,
		// https://green-api.com/en/telegram/docs/api/chat-id : groups and channels are negative.
		ids: [
			{ of: 'person', pattern: /^([1-9]\d{0,19}|[1-9]\d{6,15}@c\.us)$/ },
			{ of: 'group', pattern: /^-[1-9]\d{0,19}$/ },
		],
		placeholder: 'e.g. 10000000',
		hint: 'A person is a number, a group or channel a negative one such as -10000000000000',
		list: chatList,
		check: checkAccount,
	},
	card: telegramCard,
	options: {
		replyToMessageId: replyTo('quotedMessageId'),
		typingTime: typingTime('typingTime', TYPING_MS),
		typingType: {
			vendorName: 'typingType',
			displayName: 'Typing Type',
			description: 'What the recipient sees during the typing time',
			value: { kind: 'choice', choices: TYPING_TYPES, default: 'text' },
		},
	},
	request: ({ contact, to, options }) =>
		sendContact(to, personByPhone(contact, telegramCard), {
			quotedMessageId: options.replyToMessageId,
			typingTime: options.typingTime,
			typingType: options.typingType,
		}),
};

const max: Messenger = {
	name: 'max',
	displayName: 'MAX',
	documentationUrl: 'https://green-api.com/v3/docs/api/sending/SendContact',
	recipient: {
		// The AddContact page and a third party's mock write a person as phone@c.us; the send page does not say.
		fromPhone: (digits) => `${digits}@c.us`,
		// https://green-api.com/v3/docs/api/chat-id
		ids: [
			{ of: 'person', pattern: /^([1-9]\d{0,19}|[1-9]\d{6,15}@c\.us)$/ },
			{ of: 'group', pattern: /^-[1-9]\d{0,19}$/ },
		],
		placeholder: 'e.g. 10000000',
		hint: 'A person is a number, a group a negative one such as -10000000000000',
		list: chatList,
		check: checkAccount,
	},
	// The shared person must be in the instance's own contact list: the vendor takes no phone and no name.
	card: { carries: ['contactChatId'], requires: ['contactChatId'], chatId: /^[1-9]\d{0,19}$/ },
	options: { typingTime: typingTime('typingTime', TYPING_MS) },
	request: ({ contact, to, options }) =>
		sendContact(to, { chatId: contact.contactChatId }, { typingTime: options.typingTime }),
};

export const greenApi: Provider = {
	name: 'greenApi',
	displayName: 'GREEN-API',
	credential: new GreenApi(),
	documentationUrl: 'https://green-api.com/en/docs/api/sending/SendContact/',
	messengers: [whatsapp, telegram, max],
	// sendContact: 50 a second an instance, https://green-api.com/en/docs/api/ratelimiter
	pace: {
		limits: [{ messages: 50, perSeconds: 1, per: 'credential' }],
		per: 'credential',
		maxConcurrent: 100,
		evidence: 'documented',
	},
	refusals,
	// The quota body lists the chats that may still be written to.
	othersData: [['correspondentsStatus', 'description']],
	vendorWords({ json, text }) {
		const quota = [at(json, 'correspondentsStatus', 'status'), at(json, 'invokeStatus', 'status')]
			.map(textOf)
			.find((status) => status?.endsWith('_EXCEEDED'));
		if (quota) return { text: quota, code: quota };
		// `path` of the envelope holds the token: only its message is read.
		const said =
			textOf(at(json, 'message')) ?? textOf(at(json, 'reason')) ?? textOf(at(json, 'error'));
		const words = said ?? (isObject(json) ? '' : plainText(text));
		const fields = [...words.matchAll(/'(?:contact\.)?(\w+)'/g)].flatMap(([, field = '']) => {
			const parameter = PARAMETERS[field];
			return parameter === undefined ? [] : [{ parameter, text: words }];
		});
		return { text: words, ...(fields.length > 0 && { fields: fields.slice(0, 1) }) };
	},
	carriesError: ({ json, text }) =>
		/QUOT[EA]_EXCEEDED/.test(text) || at(json, 'status') === false || Boolean(at(json, 'reason')),
	receipt({ json }) {
		const id = textOf(at(json, 'idMessage'));
		return id === undefined ? undefined : { messageId: id };
	},
};
