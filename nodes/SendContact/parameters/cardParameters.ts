// The fields in which the contact is filled in, for one service each.
import type { INodeProperties } from 'n8n-workflow';

import type { ContactField } from '../contact/Contact';
import type { Messenger } from '../providers/Provider';
import type { Service } from '../providers/services';
import { BINARY_FIELD, CONTACT_NAME, CONTACT_PHONE, VCARD } from './cardFields';
import { ADDITIONAL_FIELDS } from './contactFields';

const takes = ({ card }: Messenger, field: ContactField) => card.carries.includes(field);

/** Whether the contact may come from elsewhere than fields: a vCard holds phones and no chat ids. */
export const hasSources = (messenger: Messenger) => takes(messenger, 'contactPhone');

/** Where the contact comes from. */
export function contactSource({ messenger }: Service): INodeProperties | undefined {
	if (!hasSources(messenger)) return undefined;
	return {
		displayName: 'Contact Source',
		name: 'contactSource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Auto-Map',
				value: 'item',
				description:
					'The person is found in the item: a contact of a CRM, a row, the answers of a form, a received card',
			},
			{ name: 'Binary File', value: 'binary', description: 'A .vcf file that the item carries' },
			{ name: 'Fields', value: 'fields', description: 'Filled in below' },
			{ name: 'vCard', value: 'vCard', description: 'One vCard or several, as text' },
		],
		default: 'fields',
		description: 'Where the contact comes from',
	};
}

/** What the description of a field adds where Auto-Map looks for its value. */
const WINS = 'Leave it empty to take it from the item; what is filled in wins.';

/** A field where Auto-Map is chosen: nothing has to be filled in. */
export const optional =
	(build: (service: Service) => INodeProperties | undefined) =>
	(service: Service): INodeProperties | undefined => {
		const property = build(service);
		if (property === undefined || !hasSources(service.messenger)) return undefined;
		const { required: _required, description = '', ...rest } = property;
		return { ...rest, description: `${description.replace(/\.$/, '')}. ${WINS}` };
	};

/** The full name. It is required where nothing else can stand for it; the rest is checked by the node. */
export function contactName({ messenger }: Service): INodeProperties | undefined {
	if (!takes(messenger, 'contactName')) return undefined;
	return {
		...CONTACT_NAME,
		...(messenger.card.requires.includes('contactName') && { required: true }),
		...(messenger.card.nameInParts && {
			description:
				'The full name as the card shows it. First Name and the other parts win over it, where they are filled in.',
		}),
	};
}

export function contactPhone({ messenger }: Service): INodeProperties | undefined {
	if (!takes(messenger, 'contactPhone')) return undefined;
	return {
		...CONTACT_PHONE,
		...(messenger.card.requires.includes('contactPhone') && { required: true }),
	};
}

export function contactChatId({ messenger }: Service): INodeProperties | undefined {
	if (!takes(messenger, 'contactChatId')) return undefined;
	return {
		displayName: 'Contact Chat ID',
		name: 'contactChatId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 10000000',
		description: `${messenger.displayName} shares a person by chat ID, not by phone. The person must be in the contact list of the instance.`,
	};
}

export function vCard({ messenger }: Service): INodeProperties | undefined {
	if (!hasSources(messenger)) return undefined;
	return { ...VCARD, description: 'Version 2.1, 3.0 or 4.0' };
}

export function binaryPropertyName({ messenger }: Service): INodeProperties | undefined {
	if (!hasSources(messenger)) return undefined;
	return BINARY_FIELD;
}

/** The field of the Additional Fields collection of that name, where the messenger carries it. */
export function additionalField(
	property: INodeProperties,
): (service: Service) => INodeProperties | undefined {
	return ({ messenger }) =>
		messenger.card.carries.some((field) => field === property.name) ? property : undefined;
}

/** Whether a messenger carries anything of the Additional Fields collection. */
export const hasAdditionalFields = ({ card }: Messenger) =>
	ADDITIONAL_FIELDS.some(({ name }) => card.carries.some((field) => field === name));
