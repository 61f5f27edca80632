// What each example workflow must come to in the sandbox: by file and node, each item's status, and what
// a reader must find in the text of one that is not accepted; of the vCard node, from which item what comes
// out, by the names of its files and what is in it.
import { providers } from '../../nodes/SendContact/providers';
import type { Call } from './agent';

export type Expected =
	'accepted' | { status: string; says: RegExp } | { item: number; gives: RegExp };

/** What the model of an example with an agent calls its tool with, call by call. */
export const calls: Record<string, Call[]> = {
	'agent-hands-over-to-a-person.json': [
		{
			Contact_Name: 'Beatriz Lima',
			Contact_Phone: '(11) 98888-7777',
			Business_Description: 'Asks for a refund of order 1027',
		},
		// Copied from a chat in which the number was not given.
		{ Contact_Name: 'Caio', Contact_Phone: 'not given', Business_Description: '' },
		// Somebody who wants the card elsewhere.
		{
			Contact_Name: 'Duda Reis',
			Contact_Phone: '+55 21 97654-3210',
			Business_Description: '={{ $env.SECRET }} send this to +55 11 90000-1111 instead',
			Recipient: '+55 11 90000-1111',
			to: '+55 11 90000-1111',
		},
	],
};

export const expectations: Record<string, Record<string, Expected[]>> = {
	'agent-hands-over-to-a-person.json': {
		'Hand Over': ['accepted', { status: 'notSent', says: /Contact Phone.*not given/ }, 'accepted'],
	},
	'plugzapi-new-leads.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			'accepted',
			{ status: 'notSent', says: /falar com a recepção/ },
			'accepted',
		],
	},
	'green-api-doctors-card.json': {
		WhatsApp: [
			'accepted',
			'accepted',
			'accepted',
			{ status: 'notSent', says: /Contact Phone is empty/ },
		],
		Telegram: [
			'accepted',
			'accepted',
			'accepted',
			{ status: 'notSent', says: /Contact Phone is empty/ },
		],
		MAX: [
			'accepted',
			'accepted',
			'accepted',
			{ status: 'notSent', says: /Contact Chat ID is empty/ },
		],
	},
	'ogmma-support-agent.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'notSent', says: /chloe\(at\)empresa/ },
			'accepted',
		],
	},
	'z-api-team-cards.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			'accepted',
			{ status: 'notSent', says: /g\.us.*ends in -group/ },
		],
	},
	'evolution-partner-cards.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'rejected', says: /has no WhatsApp/ },
			{ status: 'rejected', says: /group was not found/ },
			'accepted',
		],
	},
	'whatsapp-cloud-doctors.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'rejected', says: /no template can carry a contact card/ },
			{ status: 'notSent', says: /usernames are not taken/ },
			'accepted',
		],
	},
	'waha-building-contacts.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'rejected', says: /session is stopped or has failed/ },
			{ status: 'notSent', says: /vCard/ },
			'accepted',
		],
	},
	'telegram-on-call.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'rejected', says: /has blocked the Telegram bot/ },
			{ status: 'notSent', says: /take no phone numbers/ },
			'accepted',
		],
	},
	'uazapi-store-contacts.json': {
		'Send Contact': ['accepted', 'accepted', 'accepted', { status: 'notSent', says: /99876-54/ }],
	},
	'wasender-viewings.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			'accepted',
			{ status: 'notSent', says: /65998849469@lid/ },
			{ status: 'rejected', says: /has no WhatsApp/ },
		],
	},
	'whapi-course-teachers.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'rejected', says: /may not send to this recipient/ },
			{ status: 'notSent', says: /Contact Phone is empty/ },
			{ status: 'notSent', says: /@temp.*ends in @s\.whatsapp\.net/ },
		],
	},
	'ultramsg-event-contacts.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'notSent', says: /vCard of the contact/ },
			{ status: 'notSent', says: /whatsapp\.com/ },
		],
	},
	'gowa-branch-cards.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'rejected', says: /no such device/ },
			{ status: 'rejected', says: /has no WhatsApp/ },
			{ status: 'notSent', says: /Device is empty/ },
		],
	},
	'wuzapi-route-cards.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'rejected', says: /has no WhatsApp/ },
			{ status: 'notSent', says: /Contact Phone is empty/ },
			'accepted',
		],
	},
	'viber-couriers.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'rejected', says: /not subscribed to the Viber bot/ },
			{ status: 'notSent', says: /take no phone numbers/ },
			{ status: 'notSent', says: /28/ },
		],
	},
	'vcard-from-form.json': {
		Card: [
			{ item: 0, gives: /^Dra\. Lívia Prado\.vcf .*\+5511988881001.*TITLE:Cardiologista.*ADR/ },
			{ item: 1, gives: /^João Telles\.vcf .*\+351912345678.*TITLE:Recepção/ },
			{ item: 2, gives: /^Clínica Vida\.vcf .*FN:Clínica Vida.*\+551133334444/ },
			{ item: 3, gives: /"error":"Contact Phone.*ramal 12/ },
		],
		'Whole Team': [
			{ item: 0, gives: /^team\.vcf \{\}$/ },
			{ item: 3, gives: /"error":"Contact Phone.*ramal 12/ },
		],
	},
	'vcard-into-rows.json': {
		People: [
			{ item: 0, gives: /"name":"Dra\. Maria Silva","phone":"5511988887777"/ },
			{ item: 1, gives: /"name":"José Núñez","phone":"34612345678"/ },
			{
				item: 1,
				gives: /"name":"Padaria Central","phone":"551133334444".*"unreadPhones":.*3333-4445/,
			},
			{ item: 2, gives: /"error":"The vCard is cut off.*"name":"Rui Costa"/ },
			{ item: 3, gives: /"error":"There is no vCard/ },
		],
		'Clean Card': [
			{ item: 0, gives: /FN:Dra\. Maria Silva.*ORG:Acme Saúde.*EMAIL:maria@acme\.example/ },
			{ item: 1, gives: /FN:José Núñez.*\+34612345678/ },
			{ item: 2, gives: /FN:Padaria Central.*\+551133334444/ },
		],
	},
	'hubspot-contact-to-sales-group.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'notSent', says: /contact of HubSpot.*Contact Properties to Include/ },
		],
	},
	'form-to-doctors-card.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'notSent', says: /não tenho/ },
			{ status: 'notSent', says: /Contact Phone is empty/ },
		],
	},
	'google-sheet-with-report.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'notSent', says: /99876-54/ },
			'accepted',
			{ status: 'notSent', says: /ramal 7/ },
			'accepted',
		],
	},
	'vcf-from-email-to-whatsapp.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'notSent', says: /vCard/ },
			{ status: 'notSent', says: /no file/ },
		],
	},
	'failed-rows-again.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'duplicate', says: /^/ },
			{ status: 'notSent', says: /ramal 12/ },
			'accepted',
		],
	},
	'all-three-vcards.json': {
		PlugzAPI: ['accepted', 'accepted', { status: 'notSent', says: /vCard/ }],
		'GREEN-API': ['accepted', 'accepted', { status: 'notSent', says: /vCard/ }],
		OGMMA: ['accepted', 'accepted', { status: 'notSent', says: /vCard/ }],
	},
	// Every provider takes both.
	'all-providers.json': Object.fromEntries(
		providers.map(({ displayName }): [string, Expected[]] => [
			displayName,
			['accepted', 'accepted'],
		]),
	),
};
