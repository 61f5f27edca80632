// Everything the node knows of GREEN-API: WhatsApp, Telegram and MAX behind one kind of credential.
import { GreenApi } from '../../../credentials/GreenApi.credentials';
import { firstPhone, type Contact } from '../contact/Contact';
import { shownNameParts } from '../contact/names';
import { at, filled, isObject, objectsOf, plainText, textOf } from './answers';
import type { Answer, CardKind, Messenger, Provider, RefusalRule, VendorRequest } from './Provider';
import { replyTo, typingTime } from './shared/options';

const refusals: readonly RefusalRule[] = [
	// https://green-api.com/en/docs/api/common-errors
	{
		id: 'starting',
		when: { status: 400, text: /in starting process/i },
		message: 'The GREEN-API instance is restarting',
		description: 'It takes up to a few minutes. Run again shortly.',
		means: 'later',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notAuthorized',
		when: { text: /starting or not authorized/i },
		message: 'The GREEN-API instance is not linked to an account',
		description:
			'Open the instance in the GREEN-API console and link it (QR code or code by phone). If it was just linked, wait a minute and run again.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'expired',
		when: { text: /account is expired/i },
		message: 'The GREEN-API instance is not paid',
		description: 'Renew it in the GREEN-API console.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'deleted',
		when: { text: /instance is deleted/i },
		message: 'The GREEN-API instance was deleted',
		description:
			'Create a new instance in the GREEN-API console and put its values into the credential.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'badRequestData',
		when: { status: 400, text: /bad request data/i },
		message: 'GREEN-API could not read the contact',
		description: 'Check the recipient and the fields of the contact.',
		evidence: 'documented',
	},
	{
		id: 'validation',
		when: { status: 400 },
		message: 'GREEN-API did not accept a value of the contact',
		description:
			'Its words below name the value. Check that Messenger fits the instance: WhatsApp, Telegram and MAX instances take different contacts.',
		evidence: 'documented',
	},
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'GREEN-API did not accept the API token of the instance',
		description: 'Copy apiTokenInstance from the GREEN-API console into the credential.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'forbidden',
		when: { status: 403 },
		message: 'GREEN-API does not serve this instance at this address',
		description:
			'Check the credential: ID Instance, and API URL, which differs per instance. The console shows both as idInstance and apiUrl.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'GREEN-API does not know the address',
		description:
			'Check API URL in the credential: it is the apiUrl that the GREEN-API console shows for the instance.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'tooManyRequests',
		when: { status: 429 },
		message: 'GREEN-API is getting more requests a second than it takes',
		description:
			'Another workflow or program may use the same instance. Lower Messages per Minute in the options.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		// https://greenapi.com/en/docs/api/466-error-example-body; webhooks spell it QUOTA, the HTTP body QUOTE.
		id: 'quotaExceeded',
		when: { text: /QUOT[EA]_EXCEEDED/i },
		message: 'The plan of the GREEN-API instance allows no more of this',
		description:
			'The Developer plan writes to three chats a month and has a monthly limit of messages. Send to one of the chats already used, wait for the next month, or change the plan in the GREEN-API console.',
		evidence: 'documented',
	},
	{
		id: 'quotaReached',
		when: { status: 466 },
		message: 'The plan of the GREEN-API instance allows no more of this',
		description: 'See the limits of the plan in the GREEN-API console, or change the plan there.',
		evidence: 'documented',
	},
	{
		id: 'clientClosed',
		when: { status: 499 },
		message: 'GREEN-API took too long and the connection was given up',
		description:
			'The contact may have been sent: look into the chat before you send again. A higher Timeout in the options helps.',
		means: 'unknown',
		evidence: 'documented',
	},
	{
		id: 'tooLarge',
		when: { status: 500, text: /entity too large/i },
		message: 'The contact is larger than GREEN-API takes',
		description: 'GREEN-API takes up to 100 kB. Shorten the fields of the contact.',
		means: 'rejected',
		evidence: 'documented',
	},
	{
		// The vendor advises to repeat a 502 three times; it does not say that the message was not taken.
		id: 'badGateway',
		when: { status: 502 },
		message: 'GREEN-API could not be reached behind its gateway (502)',
		description:
			'The contact may have been sent: look into the chat before you send again, or turn on Retry Unknown Outcomes.',
		means: 'unknown',
		evidence: 'documented',
	},
];

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

/** Reads getContacts and getChats: the id stands under `id` on WhatsApp and under `chatId` elsewhere. */
function chats(answer: Answer) {
	return objectsOf(answer.json).flatMap((chat) => {
		const value = textOf(chat.id) ?? textOf(chat.chatId);
		// `null@c.us` and the like are known phantoms: https://github.com/green-api/issues/issues/473
		if (value === undefined || !/\d/.test(value)) return [];
		// The number is 0 where it is hidden, and for groups.
		const phone = chat.phoneNumber === 0 ? undefined : textOf(chat.phoneNumber);
		const name = textOf(chat.contactName) ?? textOf(chat.name) ?? phone ?? value;
		const note = phone ?? value;
		return [{ name, value, ...(note !== name && { note }) }];
	});
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
		list: { request: () => ({ method: 'GET', path: '/getContacts' }), entries: chats },
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
		list: { request: () => ({ method: 'GET', path: '/getChats' }), entries: chats },
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
		list: { request: () => ({ method: 'GET', path: '/getChats' }), entries: chats },
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
