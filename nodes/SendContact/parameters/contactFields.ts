// How each field of a card looks in the panel. Which provider shows which follows from the providers.
import type { INodeProperties } from 'n8n-workflow';

const text = (
	name: string,
	displayName: string,
	more: Pick<INodeProperties, 'placeholder' | 'description' | 'typeOptions'> = {},
): INodeProperties => ({ displayName, name, type: 'string', default: '', ...more });

const KINDS = {
	home: { name: 'Home', value: 'home' },
	mobile: { name: 'Mobile', value: 'mobile' },
	other: { name: 'Other', value: 'other' },
	work: { name: 'Work', value: 'work' },
};

function kindOf(
	kinds: ReadonlyArray<keyof typeof KINDS>,
	first: keyof typeof KINDS,
): INodeProperties {
	return {
		displayName: 'Type',
		name: 'type',
		type: 'options',
		options: kinds.map((kind) => KINDS[kind]),
		default: first,
	};
}

/** A list with several entries of a few values each; closed, an entry shows its first. */
function list(
	name: string,
	displayName: string,
	entry: { name: string; displayName: string },
	values: [INodeProperties, ...INodeProperties[]],
): INodeProperties {
	const itemTitle = `={{ $collection.item.value.${values[0].name} }}`;
	return {
		displayName,
		name,
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, fixedCollection: { itemTitle } },
		placeholder: `Add ${entry.displayName}`,
		default: {},
		options: [{ ...entry, values }],
	};
}

/** The fields of the Additional Fields collection, alphabetical by label, as n8n wants its lists. */
export const ADDITIONAL_FIELDS: readonly INodeProperties[] = [
	list('addresses', 'Addresses', { name: 'address', displayName: 'Address' }, [
		text('street', 'Street', { placeholder: 'e.g. Rua Augusta 100' }),
		text('city', 'City'),
		text('state', 'State'),
		text('postalCode', 'Postal Code'),
		text('country', 'Country', { placeholder: 'e.g. Brazil' }),
		text('countryCode', 'Country Code', { placeholder: 'e.g. BR' }),
		kindOf(['home', 'other', 'work'], 'work'),
	]),
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
	list('moreEmails', 'More Emails', { name: 'email', displayName: 'Email' }, [
		text('address', 'Email', { placeholder: 'name@email.com' }),
		kindOf(['home', 'other', 'work'], 'work'),
	]),
	list('morePhones', 'More Phones', { name: 'phone', displayName: 'Phone' }, [
		text('number', 'Number', { placeholder: 'e.g. +55 11 98888-7777' }),
		kindOf(['home', 'mobile', 'other', 'work'], 'mobile'),
	]),
	list('moreUrls', 'More URLs', { name: 'url', displayName: 'URL' }, [
		text('url', 'URL', { placeholder: 'e.g. https://example.com' }),
		kindOf(['home', 'other', 'work'], 'work'),
	]),
	text('prefix', 'Name Prefix', { placeholder: 'e.g. Dr.' }),
	text('suffix', 'Name Suffix', { placeholder: 'e.g. Jr.' }),
	text('nickname', 'Nickname'),
	text('note', 'Note', { typeOptions: { rows: 3 } }),
	text('organization', 'Organization', { placeholder: 'e.g. Acme' }),
	text('url', 'URL', { placeholder: 'e.g. https://example.com' }),
];

/** What the panel calls a field of the Additional Fields collection. */
export function fieldLabel(name: string): string {
	return ADDITIONAL_FIELDS.find((field) => field.name === name)?.displayName ?? name;
}
