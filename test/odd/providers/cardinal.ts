// Cardinal: a rich object with lists, several cards a message, several senders, and a limit for each pair
// of sender and recipient that is a 400.
import type { IDataObject } from 'n8n-workflow';

import type { Contact, EntryType } from '../../../nodes/SendContact/contact/Contact';
import { fullName } from '../../../nodes/SendContact/contact/names';
import { at, filled, objectsOf, textOf } from '../../../nodes/SendContact/providers/answers';
import type { Provider } from '../../../nodes/SendContact/providers/Provider';
import { replyTo } from '../../../nodes/SendContact/providers/shared/options';
import { CardinalApi } from '../credentials/CardinalApi.credentials';

const documentationUrl = 'https://cardinal.example/docs/contacts';

const typeOf = (type: EntryType | undefined) =>
	type === undefined || type === 'other' ? undefined : type.toUpperCase();

/** A list that has entries; an empty one is refused. */
const list = (name: string, entries: readonly IDataObject[] = []): IDataObject =>
	entries.length === 0 ? {} : { [name]: [...entries] };

function person(contact: Contact): IDataObject {
	const { firstName, lastName, prefix, organization, department, title } = contact;
	const org = filled({ company: organization, department, title });
	return {
		name: filled({
			formatted_name: fullName(contact),
			first_name: firstName ?? fullName(contact),
			last_name: lastName,
			prefix,
		}),
		...list(
			'phones',
			contact.phones?.map(({ number, type, waId }) =>
				filled({ phone: `+${number}`, type: typeOf(type), wa_id: waId ?? number }),
			),
		),
		...list(
			'emails',
			contact.emails?.map(({ address, type }) => filled({ email: address, type: typeOf(type) })),
		),
		...list(
			'addresses',
			contact.addresses?.map(({ street, city, countryCode, type }) =>
				filled({ street, city, country_code: countryCode, type: typeOf(type) }),
			),
		),
		...(Object.keys(org).length > 0 && { org }),
	};
}

export const cardinal: Provider = {
	name: 'cardinal',
	displayName: 'Cardinal',
	credential: new CardinalApi(),
	documentationUrl,
	sender: {
		kind: 'id',
		displayName: 'Phone Number',
		description: 'The number that sends the contact',
		pattern: /^\d{5,20}$/,
		placeholder: 'e.g. 106540352242922',
		hint: 'The ID of the number, not the number itself',
		list: {
			request: () => ({ method: 'GET', path: '/numbers' }),
			entries: ({ json }) =>
				objectsOf(at(json, 'data')).flatMap((number) => {
					const value = textOf(number.id);
					const status = textOf(number.status);
					return value === undefined
						? []
						: [
								{
									name: textOf(number.name) ?? value,
									value,
									...(status !== undefined && { note: status }),
									...(status === 'OFFLINE' && { isOff: true as const }),
								},
							];
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
				ids: [
					{ of: 'person', pattern: /^\d{7,15}$/ },
					{ of: 'group', pattern: /^grp-\w{4,20}$/ },
				],
				placeholder: 'e.g. grp-A1b2C3',
				hint: 'A group begins with grp-',
			},
			card: {
				carries: [
					'contactName',
					'contactPhone',
					'firstName',
					'lastName',
					'prefix',
					'organization',
					'department',
					'title',
					'email',
					'morePhones',
					'moreEmails',
					'addresses',
				],
				requires: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
				atMost: { morePhones: 2, addresses: 1 },
				bounds: { contactName: { atMost: 60, unit: 'utf16Units' } },
				perMessage: 3,
			},
			options: { replyToMessageId: replyTo('context') },
			request: ({ contacts, to, recipientSort, sender, options }) => ({
				method: 'POST',
				path: `/${encodeURIComponent(sender)}/messages`,
				body: {
					product: 'cards',
					recipient_type: recipientSort === 'group' ? 'group' : 'individual',
					to,
					...(options.replyToMessageId !== undefined && {
						context: { message_id: options.replyToMessageId },
					}),
					contacts: contacts.map(person),
				},
			}),
		},
	],
	pace: {
		limits: [
			{ messages: 80, perSeconds: 1, per: 'sender' },
			{ messages: 10, perSeconds: 1, per: 'pair' },
		],
		per: 'sender',
		maxConcurrent: 20,
		evidence: 'documented',
	},
	refusals: [
		{
			id: 'token',
			when: { code: /^190$/ },
			message: 'Cardinal did not accept the access token',
			description: 'Make a new one and put it into the credential.',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'pairLimit',
			when: { code: /^131056$/ },
			message: 'This recipient gets more messages from this number than Cardinal allows',
			description: 'Send to the same recipient less often.',
			means: 'slower',
			limit: 'pair',
			evidence: 'documented',
		},
		{
			id: 'rate',
			when: { code: /^130429$/ },
			message: 'The number sends more messages a second than Cardinal takes',
			description: 'Lower Messages per Minute in the options.',
			means: 'slower',
			evidence: 'documented',
		},
		{
			id: 'window',
			when: { code: /^131047$/ },
			message: 'The recipient has not written to this number in the last 24 hours',
			description: 'Wait until the person writes, then send the contact.',
			evidence: 'documented',
		},
		{
			id: 'parameter',
			when: { code: /^100$/ },
			message: 'Cardinal did not accept a value of the contact',
			description: 'Its words below name the value.',
			evidence: 'documented',
		},
		{
			id: 'temporary',
			when: { status: 503 },
			message: 'Cardinal is out of order for a moment',
			description: 'The contact may have been sent: look into the chat before you send it again.',
			means: 'unknown',
			evidence: 'documented',
		},
	],
	vendorWords({ json }) {
		const code = textOf(at(json, 'error', 'code'));
		const text =
			textOf(at(json, 'error', 'error_data', 'details')) ?? textOf(at(json, 'error', 'message'));
		return { text: text ?? '', ...(code !== undefined && { code }) };
	},
	carriesError: ({ json }) => at(json, 'error') !== undefined,
	receipt({ json }) {
		const [message] = objectsOf(at(json, 'messages'));
		const id = textOf(message?.id);
		return id === undefined ? undefined : { messageId: id };
	},
};
