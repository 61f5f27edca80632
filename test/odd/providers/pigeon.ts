// Pigeon Post: takes ids only, wants the name of a sender, answers 200 whatever happened, and counts its
// messages beyond 2^53.
import { firstPhone } from '../../../nodes/SendContact/contact/Contact';
import { at, filled, isObject, textOf } from '../../../nodes/SendContact/providers/answers';
import type { Provider } from '../../../nodes/SendContact/providers/Provider';
import { PigeonApi } from '../credentials/PigeonApi.credentials';

const documentationUrl = 'https://pigeon.example/docs/contact';

export const pigeon: Provider = {
	name: 'pigeon',
	displayName: 'Pigeon Post',
	credential: new PigeonApi(),
	documentationUrl,
	sender: {
		kind: 'name',
		displayName: 'Sender Name',
		description: 'The name under which the contact arrives',
		pattern: /^(?=.{1,20}$)\S(.*\S)?$/u,
		placeholder: 'e.g. Clinic Sun',
		hint: 'Up to 20 characters',
	},
	messengers: [
		{
			name: 'pigeon',
			displayName: 'Pigeon',
			documentationUrl,
			recipient: {
				ids: [{ of: 'person', pattern: /^pgn:[\w-]{4,20}$/ }],
				placeholder: 'e.g. pgn:A1b2C3',
				hint: 'It begins with pgn: and comes with every message of the person',
			},
			card: {
				carries: ['contactName', 'contactPhone'],
				requires: ['contactName', 'contactPhone'],
				bounds: { contactName: { atMost: 28, unit: 'characters' } },
			},
			options: {
				trackingData: {
					vendorName: 'tracking',
					displayName: 'Tracking Data',
					description: 'What the vendor sends back with its receipts',
					value: { kind: 'text', longest: 40 },
				},
			},
			request: ({ contact, to, sender, options }) => ({
				method: 'POST',
				path: '/pp/send',
				body: {
					receiver: to,
					sender: { name: sender },
					contact: filled({ name: contact.contactName, phone_number: firstPhone(contact) }),
					...filled({ tracking: options.trackingData }),
				},
			}),
		},
	],
	pace: { limits: [], per: 'credential', maxConcurrent: 5, evidence: 'assumed' },
	refusals: [
		{
			id: 'badToken',
			when: { code: /^2$/ },
			message: 'Pigeon Post did not accept the token',
			description: 'Copy it again from the loft into the credential.',
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'badData',
			when: { code: /^3$/ },
			message: 'Pigeon Post did not accept a value of the contact',
			description: 'Its words below name the value.',
			evidence: 'documented',
		},
		{
			id: 'notSubscribed',
			when: { code: /^6$/ },
			message: 'The recipient has not subscribed to this account',
			description: 'Ask the person to write to you first.',
			evidence: 'documented',
		},
		{
			id: 'tooMany',
			when: { code: /^12$/ },
			message: 'Pigeon Post is getting more messages than it takes',
			description: 'Lower Messages per Minute in the options.',
			means: 'slower',
			about: 'account',
			evidence: 'documented',
		},
	],
	vendorWords({ json }) {
		const code = textOf(at(json, 'status'));
		const seconds = at(json, 'retry_in');
		return {
			text: textOf(at(json, 'status_message')) ?? '',
			...(code !== undefined && { code }),
			...(typeof seconds === 'number' && { retryAfterMs: seconds * 1000 }),
		};
	},
	carriesError: ({ json }) => isObject(json) && 'status' in json && json.status !== 0,
	receipt({ json }) {
		const id = textOf(at(json, 'message_token'));
		return id === undefined ? undefined : { messageId: id };
	},
};
