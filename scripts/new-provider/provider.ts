// Everything the node knows of FILL IN: the vendor's name.
import { NewVendorApi } from './credential';
import { firstPhone } from '../../nodes/SendContact/contact/Contact';
import { at, filled, plainText, textOf } from '../../nodes/SendContact/providers/answers';
import type { Provider, RefusalRule } from '../../nodes/SendContact/providers/Provider';

const documentationUrl = 'https://vendor.example/FILL-IN-the-page-about-sending-a-contact';

/** FILL IN: one rule for each refusal the vendor documents, the special ones before the general ones. */
const refusals: readonly RefusalRule[] = [
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'FILL IN: what happened when the token is wrong, for someone who does not code',
		description: 'FILL IN: the way out, in the words of the vendor’s panel.',
		about: 'account',
		evidence: 'assumed',
	},
	{
		id: 'tooMany',
		when: { status: 429 },
		message: 'FILL IN: what happened when there are too many requests',
		description: 'Lower Messages per Minute in the options.',
		means: 'slower',
		about: 'account',
		evidence: 'assumed',
	},
	{
		id: 'invalid',
		when: { status: 400 },
		message: 'FILL IN: what happened when the vendor does not take a value',
		description: 'FILL IN: where to look for it.',
		evidence: 'assumed',
	},
];

export const newVendor: Provider = {
	name: 'newVendor',
	displayName: 'FILL IN: the vendor’s own spelling',
	credential: new NewVendorApi(),
	documentationUrl,
	messengers: [
		{
			name: 'whatsapp',
			displayName: 'WhatsApp',
			documentationUrl,
			recipient: {
				fromPhone: (digits) => digits,
				// FILL IN: every form of id that the vendor takes, each with who is behind it.
				ids: [{ of: 'person', pattern: /^\d{7,20}$/ }],
				placeholder: 'e.g. 5511999998888',
				hint: 'FILL IN: how ids look and where they are found',
			},
			card: {
				// FILL IN: all that the vendor's cards carry, what it demands, and its bounds.
				carries: ['contactName', 'contactPhone'],
				requires: ['contactName', 'contactPhone'],
			},
			// FILL IN: what its page lists for contact messages; shared ones are in shared/options.ts.
			options: {},
			request: ({ contact, to }) => ({
				method: 'POST',
				// FILL IN: the path and the body, in the vendor's names.
				path: '/contacts',
				body: filled({ to, name: contact.contactName, phone: firstPhone(contact) }),
			}),
		},
	],
	// FILL IN: the limits that the vendor documents, with a link.
	pace: { limits: [], per: 'credential', maxConcurrent: 10, evidence: 'assumed' },
	refusals,
	// FILL IN: where its answers say what is wrong, that something is, and the id of the message.
	vendorWords({ json, text }) {
		return { text: textOf(at(json, 'error')) ?? plainText(text) };
	},
	carriesError: ({ json }) => at(json, 'error') !== undefined,
	receipt({ json }) {
		const id = textOf(at(json, 'id'));
		return id === undefined ? undefined : { messageId: id };
	},
};
