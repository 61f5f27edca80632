// How each field of a card looks in the panel. Which provider shows which follows from the providers.
import type { INodeProperties } from 'n8n-workflow';

import type { ContactField } from '../contact/Contact';

/** The fields of a card that stand in the Additional Fields collection. */
export type AdditionalField = Exclude<
	ContactField,
	'contactName' | 'contactPhone' | 'contactChatId'
>;

const text = (
	name: AdditionalField,
	displayName: string,
	more: Pick<INodeProperties, 'placeholder' | 'description' | 'typeOptions'> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', ...more });

/** Alphabetical by label, as n8n wants its lists. */
export const ADDITIONAL_FIELDS: readonly INodeProperties[] = [
	text('birthday', 'Birthday', { placeholder: 'e.g. 1990-05-21' }),
	text('businessDescription', 'Business Description', {
		placeholder: 'e.g. Family doctor, by appointment',
		description: 'A short text about the person, shown on the card of a business contact',
	}),
	text('department', 'Department', { placeholder: 'e.g. Sales' }),
	text('email', 'Email', { placeholder: 'name@email.com' }),
	text('firstName', 'First Name', { placeholder: 'e.g. Nathan' }),
	text('title', 'Job Title', { placeholder: 'e.g. Head of Sales' }),
	text('lastName', 'Last Name', { placeholder: 'e.g. Smith' }),
	text('middleName', 'Middle Name'),
	text('prefix', 'Name Prefix', { placeholder: 'e.g. Dr.' }),
	text('suffix', 'Name Suffix', { placeholder: 'e.g. Jr.' }),
	text('note', 'Note', { typeOptions: { rows: 3 } }),
	text('organization', 'Organization', { placeholder: 'e.g. Acme' }),
	text('url', 'URL', { placeholder: 'e.g. https://example.com' }),
];
