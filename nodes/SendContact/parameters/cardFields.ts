// The fields that every node of the package shows alike. Knows no vendor.
import type { INodeProperties } from 'n8n-workflow';

import { countryNames } from '../contact/countries';

/** The full name. */
export const CONTACT_NAME: INodeProperties = {
	displayName: 'Contact Name',
	name: 'contactName',
	type: 'string',
	default: '',
	placeholder: 'e.g. Nathan Smith',
	description: 'The full name as the card shows it',
};

/** The first phone. */
export const CONTACT_PHONE: INodeProperties = {
	displayName: 'Contact Phone',
	name: 'contactPhone',
	type: 'string',
	default: '',
	placeholder: 'e.g. +55 11 98888-7777',
	description: 'The phone number on the card. With country code; spaces and dashes are fine.',
};

/** One vCard or several, as text. */
export const VCARD: INodeProperties = {
	displayName: 'vCard',
	name: 'vCard',
	type: 'string',
	typeOptions: { rows: 6 },
	required: true,
	default: '',
	placeholder: 'BEGIN:VCARD…',
};

/** The item's binary field with a .vcf file. */
export const BINARY_FIELD: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	required: true,
	default: 'data',
	hint: 'The name of the input field with the .vcf file',
};

/** The country of national numbers. */
export const DEFAULT_COUNTRY: INodeProperties = {
	displayName: 'Default Country',
	name: 'defaultCountry',
	type: 'options',
	options: [{ name: 'None', value: '' }, ...countryNames()],
	default: '',
	description: 'The country of phone numbers that are written without a country code',
};

/** The collection of the card's seldom-used fields, without them. */
export const ADDITIONAL: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
};

/** The collection of options, without them. */
export const OPTIONS: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
};

/**
 * A stored collection as a whole, behind the one that the panel shows: n8n strips from that what it has no
 * field for (of another provider: that is to be told, not to vanish), lists that are an expression, and all
 * of it where it is one expression.
 */
export const asStored = ({ displayName, name }: INodeProperties): INodeProperties => ({
	displayName,
	name,
	type: 'hidden',
	default: {},
});
