// What each example workflow must come to in the sandbox: by file and node, each item's status, and what
// a reader must find in the text of one that is not accepted.
export type Expected = 'accepted' | { status: string; says: RegExp };

export const expectations: Record<string, Record<string, Expected[]>> = {
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
	'ultramsg-event-contacts.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'notSent', says: /vCard of the contact/ },
			{ status: 'notSent', says: /whatsapp\.com/ },
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
	'hubspot-contact-to-sales-group.json': {
		'Send Contact': [
			'accepted',
			'accepted',
			{ status: 'notSent', says: /contact of HubSpot.*Contact Properties to Include/ },
			{ status: 'notSent', says: /deal of HubSpot.*Get the contact/ },
		],
	},
	'all-three-vcards.json': {
		PlugzAPI: ['accepted', 'accepted', { status: 'notSent', says: /vCard/ }],
		'GREEN-API': ['accepted', 'accepted', { status: 'notSent', says: /vCard/ }],
		OGMMA: ['accepted', 'accepted', { status: 'notSent', says: /vCard/ }],
	},
};
