// Everything the node knows of uazapi (uazapiGO).
// Source: the vendor's OpenAPI file, read in a copy of October 2025; its pages are at docs.uazapi.com .
import { UazApi } from '../../../credentials/UazApi.credentials';
import { at, filled, isObject, objectsOf, plainText, textOf } from './answers';
import type {
	ListEntry,
	ListRequest,
	OptionKind,
	Provider,
	RecipientCheck,
	RefusalRule,
} from './Provider';
import { flatContact } from './shared/flatContact';
import { forwarded, replyTo, typingTime } from './shared/options';
import { group, person, PERSON_AS } from './shared/whatsAppIds';
import { chatEntry, foundAs, MASS_LOOK_UPS, thenGroups } from './shared/whatsAppLists';

const SEND_CONTACT = 'https://docs.uazapi.com/endpoint/post/send~contact';

const refusals: readonly RefusalRule[] = [
	{
		// On a 401 the vendor also says "no active session", for an instance without a phone.
		id: 'notConnected',
		when: { status: [401, 500, 503], text: /no active session|not connected|disconnected/i },
		message: 'The Uazapi instance is not connected to WhatsApp',
		description:
			'Open the instance in the Uazapi panel and connect it by QR code or pairing code, then run again.',
		about: 'account',
		evidence: 'assumed',
	},
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'Uazapi did not accept the instance token',
		description:
			'Copy the token of the instance from the Uazapi panel into the credential: not the admin token, and together with the address of that very server.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'Uazapi knows no such instance or address',
		description:
			'Check Base URL in the credential: it is the address of your server, such as https://mycompany.uazapi.com. Free servers remove instances after a while.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'missingFields',
		when: { status: 400, text: /missing required fields/i },
		message: 'Uazapi misses something on the contact',
		description: 'It wants a recipient, a name and a phone. Fill in what is empty.',
		evidence: 'documented',
	},
	{
		id: 'badRequest',
		when: { status: 400 },
		message: 'Uazapi did not accept a value of the contact',
		description: 'Correct what its words below name: the recipient first of all.',
		evidence: 'assumed',
	},
	{
		id: 'rateLimit',
		when: { status: 429 },
		message: 'Uazapi is getting more requests than it takes',
		description:
			'Its limit is not published. Set Messages per Minute in the options to less than now.',
		means: 'slower',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'failed',
		when: { status: 500, text: /failed to send contact card/i },
		message: 'Uazapi stumbled while it was sending the contact',
		description:
			'The contact may have been sent: look into the chat before you send it again. If it happens every time, look at the instance in the Uazapi panel.',
		means: 'unknown',
		evidence: 'documented',
	},
];

/** Chats a page of the drop-down. */
const PAGE_SIZE = 200;

function chatIn(entry: Record<string, unknown>): ListEntry[] {
	const value = textOf(entry.wa_chatid) ?? textOf(entry.JID);
	return value === undefined
		? []
		: [chatEntry(value, entry.name, entry.wa_contactName, entry.wa_name, entry.Name)];
}

/** Chats by the last message, page by page; then the groups, all at once, without who is in them. */
const chats: ListRequest = {
	request: ({ cursor = '0' }) =>
		cursor === 'groups'
			? { method: 'GET', path: '/group/list?noparticipants=true' }
			: {
					method: 'POST',
					path: '/chat/find',
					body: { sort: '-wa_lastMsgTimestamp', limit: PAGE_SIZE, offset: Number(cursor) },
				},
	entries: ({ json }, { cursor }) => {
		const isLast = cursor === 'groups';
		const entries = objectsOf(at(json, isLast ? 'groups' : 'chats')).flatMap(chatIn);
		// Groups with a chat come again at the end, among all others.
		return isLast ? entries : entries.filter(({ value }) => !value.endsWith('@g.us'));
	},
	next: ({ json }, { cursor }) =>
		thenGroups(cursor, objectsOf(at(json, 'chats')).length, PAGE_SIZE),
};

const check: RecipientCheck = {
	// No bound is documented.
	atOnce: 50,
	request: (phones) => ({
		method: 'POST',
		path: '/chat/check',
		body: { numbers: [...new Set(phones)] },
	}),
	found: ({ json }, phones) =>
		phones.map((phone) => {
			const found = objectsOf(json).find(({ query }) => textOf(query) === phone);
			return foundAs(found?.isInWhatsapp, textOf(found?.jid) ?? found?.lid);
		}),
	warning: MASS_LOOK_UPS,
};

const onOff = (vendorName: string, displayName: string, description: string): OptionKind => ({
	vendorName,
	displayName,
	description,
	value: { kind: 'switch', default: true },
});

const text = (
	vendorName: string,
	displayName: string,
	placeholder: string,
	description: string,
	pattern?: RegExp,
): OptionKind => ({
	vendorName,
	displayName,
	placeholder,
	description,
	value: { kind: 'text', ...(pattern && { pattern }) },
});

export const uazapi: Provider = {
	name: 'uazapi',
	displayName: 'Uazapi',
	credential: new UazApi(),
	documentationUrl: SEND_CONTACT,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: SEND_CONTACT,
			recipient: {
				fromPhone: PERSON_AS.digits,
				// Digits and groups are documented; hidden numbers and channels are not.
				ids: [{ of: 'person', pattern: /^[1-9]\d{6,14}$/ }, person('digits'), group],
				placeholder: 'e.g. 120363012345678901@g.us',
				hint: 'A person is a number with country code, a group ends in @g.us',
				list: chats,
				check,
			},
			card: {
				carries: ['contactName', 'contactPhone', 'morePhones', 'organization', 'email', 'url'],
				requires: ['contactName', 'contactPhone'],
				orders: {
					clean: (value) => value.replace(/\{(?=\{)/g, '{ '),
					told: 'Uazapi puts other texts in place of {{…}}, such as the name of the recipient: contacts in which that stood were sent with { {…}} instead, with their number',
				},
			},
			options: {
				replyToMessageId: replyTo('replyid'),
				// No bound is documented.
				typingTime: typingTime('delay', { min: 1000, max: 20_000 }),
				markChatRead: onOff(
					'readchat',
					'Mark Chat as Read',
					'Whether the chat counts as read after the contact was sent',
				),
				markMessagesRead: onOff(
					'readmessages',
					'Mark Messages as Read',
					'Whether the last messages of the recipient are marked as read',
				),
				showForwarded: forwarded('forward'),
				mentions: text(
					'mentions',
					'Mentions',
					'e.g. 5511999999999,5511888888888',
					'Who is mentioned in a group: numbers with country code and commas between them, or the word all',
					/^(all|\d{7,15}(,\d{7,15})*)$/,
				),
				trackId: text(
					'track_id',
					'Track ID',
					'e.g. msg_123456789',
					'An ID of your own by which you find the message again; it may occur twice',
				),
				trackSource: text(
					'track_source',
					'Track Source',
					'e.g. crm',
					'The system the message comes from, for your own use',
				),
			},
			request({ contact, to, options }) {
				const { fullName, phones, organization, email, url } = flatContact(contact);
				return {
					method: 'POST',
					path: '/send/contact',
					body: filled({
						number: to,
						fullName,
						phoneNumber: phones.join(','),
						organization,
						email,
						url,
						replyid: options.replyToMessageId,
						delay: options.typingTime,
						readchat: options.markChatRead,
						readmessages: options.markMessagesRead,
						forward: options.showForwarded,
						mentions: options.mentions,
						track_id: options.trackId,
						track_source: options.trackSource,
					}),
				};
			},
		},
	],
	// 429 is documented, what leads to it is not.
	pace: { limits: [], per: 'credential', maxConcurrent: 5, evidence: 'assumed' },
	refusals,
	vendorWords({ json, text: page }) {
		const said = textOf(at(json, 'error')) ?? textOf(at(json, 'message'));
		return { text: said ?? (isObject(json) ? '' : plainText(page)) };
	},
	carriesError: ({ json }) => Boolean(at(json, 'error')),
	receipt({ json }) {
		// `messageid` is WhatsApp's, which receipts name; `id` is the vendor's own.
		const [whatsApp, own] = [textOf(at(json, 'messageid')), textOf(at(json, 'id'))];
		if (whatsApp === undefined) return own === undefined ? undefined : { messageId: own };
		return { messageId: whatsApp, ...(own !== undefined && { providerMessageId: own }) };
	},
};
