// Formica: a form with the token in it, one vCard of so many bytes as text, and 200 with an `error`.
import type { Contact } from '../../../nodes/SendContact/contact/Contact';
import { writeVCard } from '../../../nodes/SendContact/contact/writeVCard';
import {
	at,
	filledForm,
	isObject,
	objectsOf,
	textOf,
} from '../../../nodes/SendContact/providers/answers';
import type { Provider } from '../../../nodes/SendContact/providers/Provider';
import { FormicaApi } from '../credentials/FormicaApi.credentials';

const documentationUrl = 'https://formica.example/docs/vcard';

const vCardOf = (contact: Contact) => contact.pasted?.text ?? writeVCard(contact);

export const formica: Provider = {
	name: 'formica',
	displayName: 'Formica',
	credential: new FormicaApi(),
	documentationUrl,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl,
			recipient: {
				fromPhone: (digits) => `+${digits}`,
				ids: [
					{ of: 'group', pattern: /^\d{5,20}@g\.us$/ },
					{
						of: 'person',
						pattern: /^\d{7,20}@(c\.us|s\.whatsapp\.net)$/,
						write: (id) => id.replace(/@.*/, '@c.us'),
					},
				],
				placeholder: 'e.g. 120363043968066561@g.us',
				hint: 'A person ends in @c.us, a group in @g.us',
				list: {
					isSearchable: true,
					request: ({ search, cursor }) => {
						const query = new URLSearchParams({
							...(search !== '' && { q: search }),
							...(cursor !== undefined && { after: cursor }),
						}).toString();
						return { method: 'GET', path: `/chats${query && '?'}${query}` };
					},
					entries: ({ json }) =>
						objectsOf(at(json, 'chats')).flatMap((chat) => {
							const value = textOf(chat.id);
							return value === undefined ? [] : [{ name: textOf(chat.title) ?? value, value }];
						}),
					next: ({ json }) => textOf(at(json, 'after')),
				},
			},
			card: {
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
					'businessDescription',
					'morePhones',
					'moreEmails',
					'moreUrls',
					'addresses',
				],
				requires: ['contactPhone', ['contactName', 'firstName', 'lastName', 'organization']],
				vCard: { versions: ['3.0'] },
				built: [
					{
						what: 'The vCard',
						text: vCardOf,
						bound: { atMost: 1000, unit: 'bytes' },
						parameter: 'note',
						wayOut: 'Leave something out.',
					},
				],
			},
			options: {
				priority: {
					vendorName: 'priority',
					displayName: 'Priority',
					description: 'Lower numbers leave first, 0 to 10',
					value: { kind: 'number', min: 0, max: 10, isWhole: true, default: 10 },
				},
			},
			request: ({ contact, to, options }) => ({
				method: 'POST',
				path: '/vcard',
				form: filledForm({ to, vcard: vCardOf(contact), priority: options.priority }),
			}),
		},
	],
	pace: { limits: [], per: 'credential', maxConcurrent: 10, evidence: 'documented' },
	refusals: [
		{
			id: 'wrongToken',
			when: { text: /wrong token/i },
			message: 'Formica did not accept the token',
			description: 'Copy it again from the panel into the credential.',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'asleep',
			when: { text: /nest is asleep/i },
			message: 'The nest is asleep at the moment',
			description: 'Wake it in the panel, then run again.',
			means: 'later',
			about: 'account',
			evidence: 'observed',
		},
		{
			id: 'invalid',
			when: { text: /invalid/i },
			message: 'Formica did not accept a value of the contact',
			description: 'Its words below name the value.',
			evidence: 'documented',
		},
		{
			id: 'slowDown',
			when: { text: /slow down/i },
			message: 'Formica is getting more messages than it takes',
			description: 'Lower Messages per Minute in the options.',
			means: 'slower',
			about: 'account',
			evidence: 'assumed',
		},
	],
	vendorWords: ({ json, text }) => ({
		text: textOf(at(json, 'error')) ?? (isObject(json) ? '' : text),
	}),
	carriesError: ({ json }) => isObject(json) && 'error' in json,
	receipt({ json }) {
		const id = textOf(at(json, 'id'));
		return at(json, 'sent') === 'true' && id !== undefined ? { messageId: id } : undefined;
	},
};
