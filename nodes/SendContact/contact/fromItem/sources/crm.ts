// Customer databases, by the paths in their items. From the output schemas and the code of n8n's own nodes
// and from the vendors' pages, November 2026.
import type { Source } from '../Source';

const HUBSPOT: Source = {
	service: 'HubSpot',
	what: 'contact',
	when: [
		'vid & properties',
		'identity-profiles',
		'properties.hs_object_id & properties.firstname',
		'properties.hs_object_id & properties.lastname',
		'properties.hs_object_id & properties.email',
	],
	paths: {
		firstName: ['properties.firstname'],
		lastName: ['properties.lastname'],
		phones: ['properties.hs_whatsapp_phone_number', 'properties.mobilephone', 'properties.phone'],
		emails: ['properties.email', 'identity-profiles[].identities[type=EMAIL].value'],
		organization: ['properties.company'],
		title: ['properties.jobtitle'],
		urls: ['properties.website'],
		birthday: ['properties.date_of_birth'],
	},
	addresses: {
		at: 'properties',
		parts: {
			street: ['address'],
			city: ['city'],
			state: ['state'],
			postalCode: ['zip'],
			country: ['country'],
		},
	},
	withoutPhone:
		'In the HubSpot node, add the phone properties (mobilephone, phone) under “Contact Properties to Include”.',
};

const PIPEDRIVE_PERSON = {
	contactName: ['name'],
	firstName: ['first_name'],
	lastName: ['last_name'],
	title: ['job_title'],
	birthday: ['birthday'],
} as const;

const PIPEDRIVE: readonly Source[] = [
	{
		service: 'Pipedrive',
		what: 'person (API v1)',
		when: ['phone[].primary & name', 'email[].primary & name'],
		paths: {
			...PIPEDRIVE_PERSON,
			phones: ['phone[]'],
			emails: ['email[]'],
			organization: ['org_id.name', 'org_name'],
		},
		addresses: {
			at: '',
			parts: {
				street: ['postal_address_route'],
				city: ['postal_address_locality'],
				state: ['postal_address_admin_area_level_1'],
				postalCode: ['postal_address_postal_code'],
				country: ['postal_address_country'],
			},
		},
		withoutPhone: 'Fill in the phone of this person in Pipedrive.',
	},
	{
		service: 'Pipedrive',
		what: 'person (API v2)',
		when: [
			'phones[].primary & name',
			'emails[].primary & name',
			'phones & emails & first_name & owner_id',
		],
		paths: { ...PIPEDRIVE_PERSON, phones: ['phones[]'], emails: ['emails[]'] },
		withoutPhone: 'Fill in the phone of this person in Pipedrive.',
	},
	{
		service: 'Pipedrive',
		what: 'person found by Search',
		when: ['phones & emails & organization & name'],
		paths: {
			contactName: ['name'],
			phones: ['phones[]'],
			emails: ['emails[]'],
			organization: ['organization.name'],
		},
		withoutPhone: 'Fill in the phone of this person in Pipedrive.',
	},
	{
		service: 'Pipedrive',
		what: 'deal (API v1)',
		when: ['person_id.name & title'],
		paths: {
			contactName: ['person_id.name'],
			phones: ['person_id.phone[]'],
			emails: ['person_id.email[]'],
			organization: ['org_id.name'],
		},
		withoutPhone: 'Get the person of this deal by its ID first.',
	},
];

const SALESFORCE_NAME = {
	contactName: ['Name'],
	prefix: ['Salutation'],
	firstName: ['FirstName', 'firstname'],
	middleName: ['MiddleName'],
	lastName: ['LastName', 'lastname'],
	suffix: ['Suffix'],
	title: ['Title'],
	emails: ['Email', 'email'],
} as const;

const SALESFORCE_ADVICE =
	'In the Salesforce node, write Id,Name,MobilePhone,Phone,Email under “Fields”.';

const SALESFORCE: readonly Source[] = [
	{
		service: 'Salesforce',
		what: 'contact',
		when: ['attributes.type=Contact'],
		paths: {
			...SALESFORCE_NAME,
			phones: ['MobilePhone', 'Phone', 'HomePhone', 'OtherPhone'],
			organization: ['Account.Name'],
			department: ['Department'],
			birthday: ['Birthdate'],
		},
		addresses: {
			at: '',
			parts: {
				street: ['MailingStreet'],
				city: ['MailingCity'],
				state: ['MailingState'],
				postalCode: ['MailingPostalCode'],
				country: ['MailingCountry'],
			},
		},
		withoutPhone: SALESFORCE_ADVICE,
	},
	{
		service: 'Salesforce',
		what: 'lead',
		when: ['attributes.type=Lead'],
		paths: {
			...SALESFORCE_NAME,
			phones: ['MobilePhone', 'Phone'],
			organization: ['Company', 'company'],
			urls: ['Website'],
		},
		addresses: {
			at: '',
			parts: {
				street: ['Street', 'street'],
				city: ['City', 'city'],
				state: ['State', 'state'],
				postalCode: ['PostalCode', 'postalCode'],
				country: ['Country', 'country'],
			},
		},
		withoutPhone: SALESFORCE_ADVICE,
	},
	{
		service: 'Salesforce',
		what: 'case',
		when: ['attributes.type=Case'],
		paths: {
			contactName: ['SuppliedName'],
			phones: ['SuppliedPhone'],
			emails: ['SuppliedEmail'],
			organization: ['SuppliedCompany'],
		},
		withoutPhone: SALESFORCE_ADVICE,
	},
];

const ZOHO: Source = {
	service: 'Zoho CRM',
	what: 'contact, lead',
	when: ['$approval_state & Last_Name', 'Full_Name & Last_Name'],
	paths: {
		contactName: ['Full_Name'],
		prefix: ['Salutation'],
		firstName: ['First_Name'],
		lastName: ['Last_Name'],
		phones: ['Mobile', 'Phone', 'Home_Phone', 'Other_Phone'],
		emails: ['Email', 'Secondary_Email'],
		organization: ['Account_Name.name', 'Company'],
		title: ['Title', 'Designation'],
		department: ['Department'],
		urls: ['Website'],
		birthday: ['Date_of_Birth'],
	},
	addresses: {
		at: '',
		parts: {
			street: ['Mailing_Street', 'Street'],
			city: ['Mailing_City', 'City'],
			state: ['Mailing_State', 'State'],
			postalCode: ['Mailing_Zip', 'Zip_Code'],
			country: ['Mailing_Country', 'Country'],
		},
	},
	withoutPhone:
		'Fill in Mobile or Phone of this record in Zoho CRM, or choose both under “Fields” of the Zoho CRM node.',
};

export const CRM: readonly Source[] = [HUBSPOT, ...PIPEDRIVE, ...SALESFORCE, ZOHO];
