// Everything the node knows of WuzAPI.
// Sources: its API.md, and the server's own code, which is what answers (May 2025, and builds since then, whose
// words begin with small letters): https://github.com/asternic/wuzapi .
import { WuzServerApi } from '../../../credentials/WuzServerApi.credentials';
import { fullName } from '../contact/names';
import { at, filled, isObject, objectsOf, plainText, textOf } from './answers';
import type { ListRequest, Provider, RecipientCheck, RefusalRule } from './Provider';
import { VCARD_FIELDS, VCARD_VERSIONS, vCardOf } from './shared/vCardBody';
import { channel, group, hiddenPerson, person, PERSON_AS } from './shared/whatsAppIds';
import { chatEntry, foundAs, MASS_LOOK_UPS } from './shared/whatsAppLists';
import { whatsmeowRefusals } from './shared/whatsmeow';

const SEND_CONTACT = 'https://github.com/asternic/wuzapi/blob/main/API.md#send-contact-message';

const CONNECT =
	'Open /login on the server with the user’s token, connect or scan the QR code, then run again.';

const refusals: readonly RefusalRule[] = [
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'WuzAPI did not accept the user token',
		description:
			'Put the token of a user into the credential, as it was set when the user was added: not the admin token.',
		about: 'account',
		evidence: 'documented',
	},
	{
		// Looked at before the message is.
		id: 'noSession',
		when: { status: 500, text: /"no session"/i },
		message: 'This WuzAPI user has no session with WhatsApp',
		description: CONNECT,
		about: 'account',
		evidence: 'documented',
	},
	...whatsmeowRefusals('WuzAPI', CONNECT),
	{
		id: 'notLinked',
		when: { status: 500, text: /doesn't contain a device JID/i },
		message: 'No phone is linked to this WuzAPI user',
		description: CONNECT,
		about: 'account',
		evidence: 'documented',
	},
	{
		// It may have left: WhatsApp did not answer in time, or the connection broke off.
		id: 'failed',
		when: { status: 500, text: /error sending message/i },
		message: 'WuzAPI stumbled while it was sending the contact',
		description:
			'The contact may have been sent: look into the chat before you send it again. Its words below are for whoever runs the server.',
		means: 'unknown',
		evidence: 'documented',
	},
	{
		id: 'badRecipient',
		when: { status: 400, text: /could not parse phone|missing phone/i },
		message: 'WuzAPI could not read the recipient',
		description: 'Fill in a number with its country code, or an ID that ends in @g.us or @lid.',
		evidence: 'documented',
	},
	{
		id: 'missingFields',
		when: { status: 400, text: /missing \w+ in payload/i },
		message: 'WuzAPI misses something on the contact',
		description: 'It wants a name and a vCard. Fill in what its words below name.',
		evidence: 'documented',
	},
	{
		id: 'badRequest',
		when: { status: 400 },
		message: 'WuzAPI could not read the request',
		description:
			'Look for a proxy in front of the server that changes requests. Its words below are for whoever runs it.',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'Nothing of WuzAPI answers at this address',
		description:
			'Check Base URL in the credential: it is the address of the server itself, such as https://wuzapi.example.com.',
		about: 'account',
		evidence: 'documented',
	},
	{
		// The server has no limit of its own: a proxy in front of it may have.
		id: 'tooManyRequests',
		when: { status: 429 },
		message: 'Something in front of this WuzAPI server asks for fewer requests',
		description:
			'Lower Messages per Minute in the options, or ask whoever runs the server for a higher limit in its proxy.',
		means: 'slower',
		about: 'account',
		evidence: 'assumed',
	},
];

/** All contacts, by their ids; then all groups. */
const chats: ListRequest = {
	request: ({ cursor }) => ({
		method: 'GET',
		path: cursor === 'groups' ? '/group/list' : '/user/contacts',
	}),
	entries({ json }, { cursor }) {
		const data = at(json, 'data');
		if (cursor === 'groups') {
			return objectsOf(at(data, 'Groups')).flatMap(({ JID, Name }) => {
				const value = textOf(JID);
				return value === undefined ? [] : [chatEntry(value, Name)];
			});
		}
		return Object.entries(isObject(data) ? data : {}).map(([id, one]) =>
			chatEntry(
				id,
				...['FullName', 'BusinessName', 'PushName', 'FirstName'].map((key) => at(one, key)),
			),
		);
	},
	next: (_answer, { cursor }) => (cursor === 'groups' ? undefined : 'groups'),
};

const digitsOf = (query: unknown) => textOf(query)?.replace(/\D/g, '');

const check: RecipientCheck = {
	// No bound is documented.
	atOnce: 50,
	request: (phones) => ({
		method: 'POST',
		path: '/user/check',
		body: { Phone: [...new Set(phones)] },
	}),
	found({ json }, phones) {
		const list = at(json, 'data', 'Users');
		const users = objectsOf(list);
		return phones.map((phone) => {
			const found = users.find(({ Query }) => digitsOf(Query) === phone);
			// Newer builds leave out who is not there.
			if (found === undefined && Array.isArray(list)) return { exists: false, id: null };
			return foundAs(found?.IsInWhatsapp, found?.JID);
		});
	},
	warning: MASS_LOOK_UPS,
};

export const wuzapi: Provider = {
	name: 'wuzapi',
	displayName: 'WuzAPI',
	credential: new WuzServerApi(),
	documentationUrl: SEND_CONTACT,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: SEND_CONTACT,
			recipient: {
				fromPhone: PERSON_AS.digits,
				// The server takes whatever stands before and behind an @; these are the ones that its library sends to.
				ids: [
					{ of: 'person', pattern: /^[1-9]\d{6,14}$/ },
					person('digits'),
					hiddenPerson,
					group,
					channel,
				],
				placeholder: 'e.g. 120363312246943103@g.us',
				hint: 'A person is a number with country code, a group ends in @g.us, a hidden number in @lid, a channel in @newsletter',
				list: chats,
				check,
			},
			card: {
				carries: VCARD_FIELDS,
				// The server demands a name and a vCard; on one without a phone nobody can be reached.
				requires: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
				vCard: { versions: VCARD_VERSIONS },
			},
			// `ContextInfo` (replies, mentions) is never sent: with it the handler for contacts crashes, and the
			// request with it.
			options: {},
			request: ({ contact, to, key }) => ({
				method: 'POST',
				path: '/chat/send/contact',
				body: filled({ Phone: to, Name: fullName(contact), Vcard: vCardOf(contact), Id: key }),
			}),
		},
	],
	// `Id` is WhatsApp's own id of the message. That phones show a second one with the same id only once is known
	// of WhatsApp, and on no page of the vendor.
	isRepeatSafe: true,
	// The server has no limit of its own; it sends one message of a user after the other.
	pace: { limits: [], per: 'credential', maxConcurrent: 5, evidence: 'documented' },
	refusals,
	vendorWords({ json, text }) {
		const said = textOf(at(json, 'error')) ?? textOf(at(json, 'message'));
		return { text: said ?? (isObject(json) ? '' : plainText(text)) };
	},
	carriesError: ({ json }) => at(json, 'success') === false || Boolean(at(json, 'error')),
	receipt({ json }) {
		const id = textOf(at(json, 'data', 'Id'));
		return id === undefined ? undefined : { messageId: id };
	},
};
