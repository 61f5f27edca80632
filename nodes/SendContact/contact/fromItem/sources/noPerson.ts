// Items that are about a person and hold none: deals, bare events, messages without a card.
import type { NoPerson } from '../Source';

export const NO_PERSON: readonly NoPerson[] = [
	{
		service: 'HubSpot',
		what: 'deal',
		when: ['dealId', 'properties.dealname'],
		wayOut: 'Get the contact of the deal with the HubSpot node first.',
	},
	{
		service: 'HubSpot',
		what: 'company',
		when: [
			'companyId & properties',
			'properties.domain & properties.name & properties.hs_object_id',
		],
		wayOut: 'Get a contact of the company with the HubSpot node first.',
	},
	{
		service: 'HubSpot',
		what: 'event',
		when: [
			'subscriptionType & contactId',
			'subscriptionType & objectId',
			'contactId & propertyName',
		],
		wayOut: 'It holds only the ID: get the contact by it with the HubSpot node first.',
	},
	{
		service: 'Pipedrive',
		what: 'deal or lead',
		when: ['person_id & title', 'person_id & pipeline_id'],
		wayOut:
			'It holds only the person’s ID (person_id): get the person by it with the Pipedrive node first.',
	},
	{
		service: 'Salesforce',
		what: 'record',
		when: ['attributes.type=Account', 'attributes.type=Opportunity', 'attributes.type=User'],
		wayOut: 'Get the contact or the lead with the Salesforce node first.',
	},
	{
		service: 'Zoho CRM',
		what: 'deal',
		when: ['Deal_Name & Stage'],
		wayOut: 'Get the contact (Contact_Name.id) with the Zoho CRM node first.',
	},
	{
		service: 'Kommo (amoCRM)',
		what: 'lead',
		when: [
			'pipeline_id & status_id & responsible_user_id',
			'leads.add[]',
			'leads.update[]',
			'leads.status[]',
		],
		wayOut: 'Get the contact of the lead by its ID (_embedded.contacts[0].id) first.',
	},
	{
		service: 'Bitrix24',
		what: 'deal',
		when: ['STAGE_ID & CONTACT_ID', 'stageId & contactId'],
		wayOut: 'Get the contact by its ID with crm.contact.get first.',
	},
	{
		service: 'WhatsApp',
		what: 'message without a contact card',
		when: [
			'typeWebhook & senderData',
			'messages[].from & contacts[].wa_id',
			'event & payload.from',
			'data.key.remoteJid & data.messageType',
			'messageId & chatName & momment',
		],
		wayOut:
			'Auto-Map takes the card that a message holds and never who wrote it. Let only messages with a contact card through, or fill in the fields of the contact.',
	},
	{
		service: 'Telegram',
		what: 'message without a contact card',
		when: ['message.from & message.chat'],
		wayOut:
			'Auto-Map takes the card that a message holds and never who wrote it. Let only messages with a contact card through, or fill in the fields of the contact.',
	},
];
