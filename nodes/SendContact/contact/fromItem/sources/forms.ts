// Forms, shops and newsletters, by the paths in their items. From the output schemas and the code of n8n's own
// nodes and from the vendors' pages, November 2026.
import type { Source } from '../Source';

/** Answers that come as a list of names with values. */
const answer = (list: string, key: string, name: string, value: string) =>
	`${list}[${key}=${name}]${value}`;
const lead = (name: string) => answer('field_data', 'name', name, '.values[0]');
const column = (name: string) => answer('user_column_data', 'column_id', name, '.string_value');

export const FORMS: readonly Source[] = [
	{
		service: 'WooCommerce',
		what: 'order, customer',
		when: ['billing.first_name', 'billing.phone'],
		paths: {
			firstName: ['billing.first_name'],
			lastName: ['billing.last_name'],
			phones: ['billing.phone'],
			emails: ['billing.email', 'email'],
			organization: ['billing.company'],
		},
		addresses: {
			at: 'billing',
			parts: {
				street: ['address_1'],
				city: ['city'],
				state: ['state'],
				postalCode: ['postcode'],
				countryCode: ['country'],
			},
		},
		country: 'billing.country',
		withoutPhone: 'Make the phone a required field of the checkout in WooCommerce.',
	},
	{
		service: 'Shopify',
		what: 'order',
		when: ['customer & billing_address', 'line_items & billing_address'],
		paths: {
			contactName: ['billing_address.name'],
			firstName: ['customer.first_name', 'billing_address.first_name'],
			lastName: ['customer.last_name', 'billing_address.last_name'],
			phones: ['customer.phone', 'billing_address.phone', 'phone'],
			emails: ['customer.email', 'email'],
			organization: ['billing_address.company'],
		},
		addresses: {
			at: 'billing_address',
			parts: {
				street: ['address1'],
				city: ['city'],
				state: ['province'],
				postalCode: ['zip'],
				country: ['country'],
				countryCode: ['country_code'],
			},
		},
		country: 'billing_address.country_code',
		withoutPhone: 'Make the phone a required field of the checkout in Shopify.',
	},
	{
		service: 'Facebook Lead Ads',
		what: 'lead',
		when: ['data.full_name', 'data.phone_number', 'data.first_name & form'],
		at: 'data',
		paths: {
			contactName: ['full_name'],
			firstName: ['first_name'],
			lastName: ['last_name'],
			phones: ['whatsapp_number', 'phone_number', 'work_phone_number'],
			emails: ['email', 'work_email'],
			organization: ['company_name'],
			title: ['job_title'],
		},
		addresses: {
			at: '',
			parts: {
				street: ['street_address'],
				city: ['city'],
				state: ['state'],
				postalCode: ['zip_code', 'post_code'],
				country: ['country'],
			},
		},
		named: '',
		withoutPhone: 'Ask for the phone number in the form of the ad.',
	},
	{
		service: 'Facebook Lead Ads',
		what: 'lead, not simplified',
		when: ['field_data[].values'],
		paths: {
			contactName: [lead('full_name')],
			firstName: [lead('first_name')],
			lastName: [lead('last_name')],
			phones: [lead('whatsapp_number'), lead('phone_number'), lead('work_phone_number')],
			emails: [lead('email'), lead('work_email')],
			organization: [lead('company_name')],
			title: [lead('job_title')],
		},
		withoutPhone: 'Ask for the phone number in the form of the ad.',
	},
	{
		service: 'Google Ads',
		what: 'lead form, by webhook',
		when: ['user_column_data[].column_id'],
		paths: {
			contactName: [column('FULL_NAME')],
			firstName: [column('FIRST_NAME')],
			lastName: [column('LAST_NAME')],
			phones: [column('PHONE_NUMBER'), column('WORK_PHONE')],
			emails: [column('EMAIL'), column('WORK_EMAIL')],
			organization: [column('COMPANY_NAME')],
			title: [column('JOB_TITLE')],
		},
		withoutPhone: 'Ask for the phone number in the lead form of the ad.',
	},
	{
		service: 'Mailchimp',
		what: 'member',
		when: ['merge_fields & email_address'],
		paths: {
			contactName: ['full_name'],
			firstName: ['merge_fields.FNAME'],
			lastName: ['merge_fields.LNAME'],
			phones: ['sms_phone_number', 'merge_fields.PHONE'],
			emails: ['email_address'],
			organization: ['merge_fields.COMPANY'],
			birthday: ['merge_fields.BIRTHDAY'],
		},
		isMonthFirst: true,
		withoutPhone: 'Fill in the phone of this member in Mailchimp.',
	},
	{
		service: 'Dropcontact',
		what: 'contact',
		when: ['email[].email & full_name', 'email[].qualification'],
		paths: {
			contactName: ['full_name'],
			firstName: ['first_name'],
			lastName: ['last_name'],
			phones: ['mobile_phone', 'phone'],
			emails: ['email[]'],
			organization: ['company'],
			title: ['job'],
			urls: ['website'],
		},
		withoutPhone: 'Dropcontact found no phone of this person.',
	},
	{
		service: 'Gong',
		what: 'call',
		when: ['parties[].phoneNumber', 'parties[].emailAddress'],
		at: 'parties[]',
		paths: {
			contactName: ['name'],
			phones: ['phoneNumber'],
			emails: ['emailAddress'],
			title: ['title'],
		},
		withoutPhone: 'Gong knows no phone of this person.',
	},
];
