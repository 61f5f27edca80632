// Customer databases that people reach by HTTP Request, by a webhook or by a community node, by the paths in their
// items. From the vendors' pages, November 2026.
import type { Source } from '../Source';

const KOMMO_VALUES = (list: string, code: string) => ({
	phones: [`${list}[${code}=PHONE].values[]`],
	emails: [`${list}[${code}=EMAIL].values[]`],
	title: [`${list}[${code}=POSITION].values[0]`],
});

const KOMMO_NAME = {
	contactName: ['name'],
	firstName: ['first_name'],
	lastName: ['last_name'],
} as const;

const KOMMO: readonly Source[] = [
	{
		service: 'Kommo (amoCRM)',
		what: 'contact',
		when: ['custom_fields_values & first_name', 'custom_fields_values[field_code=PHONE]'],
		paths: { ...KOMMO_NAME, ...KOMMO_VALUES('custom_fields_values', 'field_code') },
		withoutPhone: 'Fill in the phone of this contact in Kommo.',
	},
	{
		service: 'Kommo (amoCRM)',
		what: 'webhook about a contact',
		when: ['contacts.add[]', 'contacts.update[]'],
		at: 'contacts.*[]',
		paths: { ...KOMMO_NAME, ...KOMMO_VALUES('custom_fields', 'code') },
		withoutPhone: 'Fill in the phone of this contact in Kommo.',
	},
];

const RD_LEAD = {
	contactName: ['name'],
	phones: ['mobile_phone', 'personal_phone'],
	emails: ['email'],
	title: ['job_title'],
	urls: ['website'],
} as const;

const RD_STATION: readonly Source[] = [
	{
		service: 'RD Station Marketing',
		what: 'webhook',
		when: ['contact.mobile_phone', 'contact.personal_phone', 'event_type & contact.uuid'],
		at: 'contact',
		paths: { ...RD_LEAD, organization: ['company.name'] },
		addresses: { at: '', parts: { city: ['city'] } },
		withoutPhone: 'Ask for the phone in the form of RD Station.',
	},
	{
		service: 'RD Station Marketing',
		what: 'webhook of the older kind',
		when: ['leads[].last_conversion', 'leads[].personal_phone', 'leads[].mobile_phone'],
		at: 'leads[]',
		paths: {
			...RD_LEAD,
			contactName: ['name', 'last_conversion.content.nome'],
			phones: ['mobile_phone', 'personal_phone', 'last_conversion.content.telefone'],
			emails: ['email', 'last_conversion.content.email_lead'],
			organization: ['company', 'last_conversion.content.empresa'],
			title: ['job_title', 'last_conversion.content.cargo'],
		},
		withoutPhone: 'Ask for the phone in the form of RD Station.',
	},
	{
		service: 'RD Station CRM',
		what: 'contact',
		when: ['phones[].phone & name'],
		paths: {
			contactName: ['name'],
			phones: ['phones[]'],
			emails: ['emails[]'],
			organization: ['organization.name'],
			title: ['title'],
			birthday: ['birthday'],
		},
		withoutPhone: 'Fill in the phone of this contact in RD Station CRM.',
	},
];

const BITRIX: readonly Source[] = [
	{
		service: 'Bitrix24',
		what: 'contact, lead',
		when: ['PHONE[].VALUE', 'HAS_PHONE', 'ASSIGNED_BY_ID & LAST_NAME'],
		paths: {
			firstName: ['NAME'],
			middleName: ['SECOND_NAME'],
			lastName: ['LAST_NAME'],
			phones: ['PHONE[]'],
			emails: ['EMAIL[]'],
			organization: ['COMPANY_TITLE'],
			title: ['POST'],
			urls: ['WEB[]'],
			birthday: ['BIRTHDATE'],
		},
		addresses: {
			at: '',
			parts: {
				street: ['ADDRESS'],
				city: ['ADDRESS_CITY'],
				state: ['ADDRESS_PROVINCE'],
				postalCode: ['ADDRESS_POSTAL_CODE'],
				country: ['ADDRESS_COUNTRY'],
			},
		},
		withoutPhone: 'Add PHONE and EMAIL to “select” of the request to Bitrix24.',
	},
	{
		service: 'Bitrix24',
		what: 'item (crm.item)',
		when: ['fm[].typeId'],
		paths: {
			firstName: ['name'],
			middleName: ['secondName'],
			lastName: ['lastName'],
			phones: ['fm[typeId=PHONE]'],
			emails: ['fm[typeId=EMAIL]'],
			title: ['post'],
		},
		withoutPhone: 'Add fm to “select” of the request to Bitrix24.',
	},
];

export const CRM_BY_REQUEST: readonly Source[] = [...KOMMO, ...RD_STATION, ...BITRIX];
