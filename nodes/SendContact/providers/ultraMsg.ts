// Everything the node knows of UltraMsg.
// Sources: https://docs.ultramsg.com , and its own library, https://github.com/ultramsg/whatsapp-php-sdk . Of its
// answers the pages show little: what they look like was seen by those who use it.
import { UltraMsgApi } from '../../../credentials/UltraMsgApi.credentials';
import { at, booleanOf, filledForm, isObject, objectsOf, plainText, textOf } from './answers';
import type { ListRequest, Provider, RecipientCheck, RefusalRule, VendorWords } from './Provider';
import { replyTo } from './shared/options';
import { VCARD_FIELDS, VCARD_VERSIONS, vCardBound, vCardOf } from './shared/vCardBody';
import { group, person, PERSON_AS } from './shared/whatsAppIds';
import { chatEntry, MASS_LOOK_UPS } from './shared/whatsAppLists';

const SEND_VCARD = 'https://docs.ultramsg.com/api/post/messages/vcard';

/** Nearly all of them come with a 200. */
const refusals: readonly RefusalRule[] = [
	{
		id: 'wrongToken',
		when: { text: /wrong token/i },
		message: 'UltraMsg did not accept the token',
		description:
			'Open the instance in the UltraMsg panel and copy its Token into the credential, and its Instance ID with it: a token opens no other instance.',
		about: 'account',
		evidence: 'observed',
	},
	{
		id: 'instanceNotFound',
		when: { text: /instance not found/i },
		message: 'UltraMsg does not know this instance',
		description:
			'Copy the Instance ID from the UltraMsg panel into the credential: it looks like instance1150.',
		about: 'account',
		evidence: 'observed',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'UltraMsg has nothing at this address, or the instance is not ready yet',
		description:
			'Check Instance ID and Base URL in the credential. A new instance takes a few minutes until it answers.',
		about: 'account',
		evidence: 'observed',
	},
	{
		id: 'notPaid',
		when: { text: /non-payment|extending your subscription/i },
		message: 'This UltraMsg instance is not paid for',
		description:
			'Its trial or its subscription is over. Extend it in the UltraMsg panel; it works again a few minutes later.',
		about: 'account',
		evidence: 'observed',
	},
	{
		id: 'notConnected',
		when: { text: /not (connected|authori[sz]ed|authenticated)/i },
		message: 'The UltraMsg instance is not connected to WhatsApp',
		description:
			'Open the instance in the UltraMsg panel and read the QR code with the phone, then run again.',
		about: 'account',
		evidence: 'observed',
	},
	{
		id: 'tooMany',
		when: { status: 429 },
		message: 'UltraMsg is getting more requests than it takes',
		description:
			'Its limit is not published. Set Messages per Minute in the options to less than now.',
		means: 'slower',
		about: 'account',
		evidence: 'assumed',
	},
	{
		id: 'invalid',
		when: { text: /"error"\s*:\s*\[/ },
		message: 'UltraMsg did not accept a value of the contact',
		description: 'Its words below name the value.',
		evidence: 'observed',
	},
	{
		id: 'notSent',
		when: { text: /"sent"\s*:\s*"?false/ },
		message: 'UltraMsg did not take the contact',
		description: 'Its words below say why. Look at the instance in the UltraMsg panel.',
		evidence: 'observed',
	},
];

/** The vendor's names for what the panel calls otherwise. */
const PARAMETERS: Readonly<Record<string, string>> = {
	vcard: 'contactName',
	msgId: 'replyToMessageId',
};

/** What it says: a text, or one word for each field, such as `[{"to":"is required"}]`. */
function wordsIn(json: Record<string, unknown>): VendorWords {
	const fields = objectsOf(json.error)
		.flatMap((entry) => Object.entries(entry))
		.map(([name, said]) => ({
			parameter: PARAMETERS[name] ?? name,
			text: `${name} ${textOf(said) ?? ''}`,
		}));
	const text = textOf(json.error) ?? textOf(json.message) ?? '';
	return fields.length > 0 ? { text: '', fields } : { text };
}

/** All at once. Groups without a message yet are not among them. */
const chats: ListRequest = {
	request: () => ({ method: 'GET', path: '/chats' }),
	entries: ({ json }) =>
		objectsOf(json).flatMap((chat) => {
			const value = textOf(chat.id);
			if (value === undefined || !/@(c|g)\.us$/.test(value)) return [];
			return [chatEntry(value, chat.name)];
		}),
};

const check: RecipientCheck = {
	atOnce: 1,
	request: ([phone = '']) => ({
		method: 'GET',
		path: `/contacts/check?chatId=${encodeURIComponent(PERSON_AS['@c.us'](phone))}`,
	}),
	found({ json }) {
		const status = textOf(at(json, 'status'));
		if (status !== 'valid') return [{ exists: status === 'invalid' ? false : null, id: null }];
		return [{ exists: true, id: textOf(at(json, 'chatId')) ?? null }];
	},
	warning: MASS_LOOK_UPS,
};

export const ultraMsg: Provider = {
	name: 'ultraMsg',
	displayName: 'UltraMsg',
	credential: new UltraMsgApi(),
	documentationUrl: SEND_VCARD,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: SEND_VCARD,
			recipient: {
				fromPhone: (digits) => `+${digits}`,
				ids: [person('@c.us'), group],
				placeholder: 'e.g. 120363012345678901@g.us',
				hint: 'A person ends in @c.us, a group in @g.us',
				list: chats,
				check,
			},
			card: {
				carries: VCARD_FIELDS,
				requires: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
				vCard: { versions: VCARD_VERSIONS },
				built: [vCardBound({ atMost: 4096, unit: 'characters' })],
			},
			options: {
				replyToMessageId: replyTo('msgId', {
					placeholder: 'e.g. false_14155552671@c.us_3EB0538DA65A59F6D8A251',
				}),
				priority: {
					vendorName: 'priority',
					displayName: 'Priority',
					description:
						'Which messages leave the queue of the instance first: 0 for urgent ones, 10 for those that have time',
					value: { kind: 'number', min: 0, max: 10, isWhole: true, default: 10 },
				},
				referenceId: {
					vendorName: 'referenceId',
					displayName: 'Reference ID',
					description:
						'An ID of your own by which you find the message again in UltraMsg; it may occur twice',
					placeholder: 'e.g. order-10231',
					value: { kind: 'text' },
				},
			},
			request: ({ contact, to, options }) => ({
				method: 'POST',
				path: '/messages/vcard',
				form: filledForm({
					to,
					vcard: vCardOf(contact),
					priority: options.priority,
					referenceId: options.referenceId,
					msgId: options.replyToMessageId,
				}),
			}),
		},
	],
	// No limit is published. The instance spaces its own queue, by a second a message unless set otherwise.
	pace: { limits: [], per: 'credential', maxConcurrent: 10, evidence: 'assumed' },
	refusals,
	vendorWords: ({ json, text }) => (isObject(json) ? wordsIn(json) : { text: plainText(text) }),
	carriesError: ({ json }) => Boolean(at(json, 'error')) || booleanOf(at(json, 'sent')) === false,
	receipt({ json }) {
		// The vendor's own id: the one of WhatsApp is known only when the message leaves the queue.
		const messageId = textOf(at(json, 'id'));
		return messageId === undefined ? undefined : { messageId };
	},
};
