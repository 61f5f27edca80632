// Everything the node knows of OGMMA.
import { OgmmaApi } from '../../../credentials/OgmmaApi.credentials';
import { firstEmail, firstPhone } from '../contact/Contact';
import { at, filled, objectsOf, plainText, textOf } from './answers';
import type { Provider, RefusalRule } from './Provider';

const refusals: readonly RefusalRule[] = [
	// https://developer.ogmma.com.br/messages/send-contact . Its messages are Portuguese: only codes are matched.
	{
		id: 'validation',
		when: { code: /^VALIDATION_ERROR$/ },
		message: 'OGMMA did not accept a value of the contact',
		description: 'Correct the field that its words below name.',
		evidence: 'documented',
	},
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'OGMMA did not accept the API key',
		description:
			'Copy the key again from the OGMMA panel into the credential; it is shown only once, so you may have to create a new one. It begins with oapi_sk_ and may have an expiry date.',
		evidence: 'documented',
	},
	{
		id: 'scopeMissing',
		when: { status: 403 },
		message: 'The OGMMA API key may not send messages',
		description:
			'Give the key the permission messages.send in the OGMMA panel, or create one that has it.',
		evidence: 'assumed',
	},
	{
		id: 'channelNotFound',
		when: { status: 404 },
		message: 'OGMMA does not know this channel',
		description:
			'Pick the channel from the list, or copy its ID from the OGMMA panel. The key must belong to the same account.',
		evidence: 'assumed',
	},
	{
		id: 'rateLimit',
		when: { status: 429 },
		message: 'OGMMA is getting more requests a minute than the API key allows',
		description:
			'A key allows 60 a minute unless its limit was set higher. Set Messages per Minute in the options to what your key allows.',
		means: 'tryLater',
		evidence: 'documented',
	},
	{
		id: 'badRequest',
		when: { status: 400 },
		message: 'OGMMA did not accept the request',
		description: 'Check the recipient, the channel and the fields of the contact.',
		evidence: 'documented',
	},
];

/** The most contacts a page holds: https://developer.ogmma.com.br/contacts/list-contacts */
const PAGE_SIZE = 100;

/** The vendor's names for what the panel calls otherwise. */
const PARAMETERS: Readonly<Record<string, string>> = {
	to: 'to',
	name: 'contactName',
	phone: 'contactPhone',
	email: 'email',
	organization: 'organization',
	channelId: 'sender',
};

export const ogmma: Provider = {
	name: 'ogmma',
	displayName: 'OGMMA',
	credential: new OgmmaApi(),
	documentationUrl: 'https://developer.ogmma.com.br/messages/send-contact',
	sender: {
		kind: 'id',
		displayName: 'Channel',
		description: 'The OGMMA channel that sends the contact',
		pattern: /^[\w-]{1,64}$/,
		placeholder: 'e.g. 6650a1b2c3d4e5f6a7b8c9d0',
		hint: 'The OGMMA panel shows it next to the channel',
		list: {
			request: () => ({ method: 'GET', path: '/v1/channels' }),
			// The page with this answer's shape was not to be had: both likely ones are read.
			entries: ({ json }) =>
				objectsOf(at(json, 'data') ?? json).flatMap((channel) => {
					const value = textOf(channel.id) ?? textOf(channel._id);
					if (value === undefined) return [];
					const status = textOf(channel.status)?.toLowerCase();
					return [
						{
							name: textOf(channel.name) ?? value,
							value,
							...(status !== undefined && { note: status }),
							...(status !== undefined &&
								!/^(connected|active|open|online)$/.test(status) && { isOff: true as const }),
						},
					];
				}),
		},
	},
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl: 'https://developer.ogmma.com.br/messages/send-contact',
			recipient: {
				fromPhone: (digits) => digits,
				ids: [{ of: 'person', pattern: /^\d{7,20}$/ }],
				placeholder: 'e.g. 5511999998888',
				hint: 'OGMMA takes phone numbers as digits with country code; groups are not documented',
				// https://developer.ogmma.com.br/contacts/list-contacts : `search` looks into names and phones.
				list: {
					isSearchable: true,
					request: ({ search, cursor = '1' }) => ({
						method: 'GET',
						path: `/v1/contacts?limit=${PAGE_SIZE}&page=${cursor}${search === '' ? '' : `&search=${encodeURIComponent(search)}`}`,
					}),
					entries: ({ json }) =>
						objectsOf(at(json, 'data') ?? json).flatMap((contact) => {
							const value = textOf(contact.phone)?.replace(/^\+/, '');
							if (!value) return [];
							const name = textOf(contact.name);
							return [{ name: name ?? value, value, ...(name !== undefined && { note: value }) }];
						}),
					// The keys of its paging object are not documented: a page that is not full is the last one.
					next: ({ json }, { cursor = '1' }) =>
						objectsOf(at(json, 'data') ?? json).length < PAGE_SIZE
							? undefined
							: String(Number(cursor) + 1),
				},
			},
			card: {
				carries: ['contactName', 'contactPhone', 'email', 'organization'],
				requires: ['contactName', 'contactPhone'],
				// The bound of contact records; the send page names none: https://developer.ogmma.com.br/contacts/create-contact
				bounds: { contactName: { atMost: 200, unit: 'utf16Units' } },
			},
			options: {},
			request: ({ contact, to, sender }) => ({
				method: 'POST',
				path: `/v1/channels/${encodeURIComponent(sender)}/messages/contact`,
				body: filled({
					to,
					name: contact.contactName,
					phone: firstPhone(contact),
					email: firstEmail(contact),
					organization: contact.organization,
				}),
			}),
		},
	],
	// 60 a minute a key unless the key was given another: https://developer.ogmma.com.br/quick-start/authentication
	pace: { messagesPerMinute: 60, per: 'credential', maxConcurrent: 10, evidence: 'documented' },
	refusals,
	vendorWords({ json, text }) {
		const code = textOf(at(json, 'code'));
		const fields = objectsOf(at(json, 'errors')).flatMap((entry) => {
			const [field, said] = [textOf(entry.field), textOf(entry.message)];
			if (field === undefined || said === undefined) return [];
			return [{ parameter: PARAMETERS[field] ?? field, text: said }];
		});
		return {
			text: textOf(at(json, 'message')) ?? textOf(at(json, 'error')) ?? plainText(text),
			...(code !== undefined && { code }),
			...(fields.length > 0 && { fields }),
		};
	},
	receipt({ json }) {
		if (at(json, 'success') === false || at(json, 'errors')) return 'refused';
		// 202 says only that it is queued: https://developer.ogmma.com.br/messages/send-contact
		return at(json, 'success') === true ? { messageId: null } : undefined;
	},
};
