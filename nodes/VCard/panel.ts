// The panel of the vCard node. Knows no vendor.
import type { INodeProperties } from 'n8n-workflow';

import {
	ADDITIONAL,
	asStored,
	BINARY_FIELD,
	CONTACT_NAME,
	CONTACT_PHONE,
	DEFAULT_COUNTRY,
	OPTIONS,
	VCARD,
} from '../SendContact/parameters/cardFields';
import { ADDITIONAL_FIELDS } from '../SendContact/parameters/contactFields';
import { ALLOW_UNUSUAL_NUMBERS } from '../SendContact/parameters/deliveryOptions';
import { flatInTool, notInTool, settledInTool } from '../SendContact/parameters/tool';

/** The property, shown for one operation, and for one source of what is read. */
function shownFor(
	operation: 'create' | 'read',
	property: INodeProperties,
	source?: 'text' | 'binary',
): INodeProperties {
	const show = { operation: [operation], ...(source !== undefined && { source: [source] }) };
	return { ...property, displayOptions: { show } };
}

/** The fields that only cards which are made have an option for; they are of lists and files. */
const onCreate = (property: INodeProperties): INodeProperties =>
	notInTool({ ...property, displayOptions: { show: { '/operation': ['create'] } } });

/** The parameters, in the panel's order. */
export const PARAMETERS: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Create',
				value: 'create',
				description: 'Make a vCard out of the fields of a person, as text and as a .vcf file',
				action: 'Create contact card',
			},
			{
				name: 'Read',
				value: 'read',
				description: 'Get the people on the cards of a text or a .vcf file, one item each',
				action: 'Read contact cards',
			},
		],
		default: 'create',
	},
	notInTool(
		shownFor('read', {
			displayName: 'Source',
			name: 'source',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Binary File', value: 'binary', description: 'A .vcf file that the item carries' },
				{ name: 'Text', value: 'text', description: 'One vCard or several, as text' },
			],
			default: 'text',
			description: 'Where the cards come from',
		}),
	),
	// A model has no files, neither to give nor to get.
	settledInTool('Source', 'source', 'text'),
	shownFor(
		'read',
		{
			...VCARD,
			description: 'Version 2.1, 3.0 or 4.0. Each of several cards comes out as an item.',
		},
		'text',
	),
	shownFor('read', BINARY_FIELD, 'binary'),
	shownFor('create', {
		...CONTACT_NAME,
		description:
			'The full name as the card shows it. Where it is empty, the parts of the name, the organization, the email or the phone stand for it.',
	}),
	shownFor('create', CONTACT_PHONE),
	DEFAULT_COUNTRY,
	shownFor('create', {
		...ADDITIONAL,
		options: ADDITIONAL_FIELDS.map(flatInTool),
	}),
	asStored(ADDITIONAL),
	notInTool(
		shownFor('create', {
			displayName: 'Output',
			name: 'output',
			type: 'options',
			options: [
				{ name: 'File', value: 'binary', description: 'A .vcf file in the binary field data' },
				{ name: 'Text', value: 'text', description: 'The card in the field vCard' },
				{ name: 'Text and File', value: 'both', description: 'Both of them' },
			],
			default: 'both',
			description: 'How the card comes out',
		}),
	),
	settledInTool('Output', 'output', 'text'),
	{
		...OPTIONS,
		options: [
			ALLOW_UNUSUAL_NUMBERS,
			onCreate({
				displayName: 'Combine Into One File',
				name: 'combine',
				type: 'boolean',
				noDataExpression: true,
				default: true,
				description: 'Whether all items become one item, with all cards in one text and one file',
			}),
			onCreate({
				displayName: 'File Name',
				name: 'fileName',
				type: 'string',
				default: '',
				placeholder: 'e.g. contacts.vcf',
				description:
					'The name of the file. Where it is empty, the file is called as the contact is.',
			}),
		],
	},
	asStored(OPTIONS),
];

/** What the panel calls a parameter. */
export function label(parameter: string): string {
	const all = [...PARAMETERS, ...ADDITIONAL_FIELDS, ALLOW_UNUSUAL_NUMBERS];
	return all.find(({ name }) => name === parameter)?.displayName ?? parameter;
}
