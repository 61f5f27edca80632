// What must arrive at each vendor for which card, written by hand from the vendors' pages and not from
// the providers' code: the independent half of the conformance suite. A new provider needs an entry.
import type { INodeParameters } from 'n8n-workflow';

import { locator } from './stage';

/** The values that tests vary; phones and recipients as digits with country code. */
export interface Values {
	to: string;
	name: string;
	phone: string;
	chatId: string;
}

/** A card as it is filled in, and the body that must arrive. */
export interface Card {
	parameters: INodeParameters;
	options?: INodeParameters;
	body: object;
	/** The item's `to` and `contact` in the output. */
	to: string;
	contact: Record<string, string>;
	dropped?: string[];
}

export interface CardTable {
	/** Nothing but what the vendor demands, to a phone number. */
	minimal: Card;
	/** Everything it carries and every option it takes, to a group or channel. */
	full: Card;
	/** What its message ids look like; `null` where the vendor gives none. */
	messageId: RegExp | null;
	/** The body for a card with a name, a phone and a chat id filled in, as far as the vendor takes them. */
	plain(values: Values): object;
	/** The body for {@link RICH_VCARD}, and what is lost of it; absent where no vCard can be enough. */
	rich?: { body(to: string): object; dropped: string[] };
}

/** One person with everything on the card. */
export const RICH_VCARD = [
	'BEGIN:VCARD',
	'VERSION:3.0',
	'N:Müller;Zoë;Maria;Dr.;MBA',
	'FN:Dr. Zoë Maria Müller MBA',
	'ORG:Åcme\\, Inc.;Vertrieb',
	'TITLE:Leiterin',
	'item1.TEL;type=CELL;waid=4915112345678:+49 151 12345678',
	'item1.X-ABLabel:Handy',
	'EMAIL;TYPE=INTERNET:zoe@acme.example',
	'URL:https://acme.example/zoe',
	'BDAY:1990-05-21',
	'NOTE:Mag lange Notizen\\, die über eine Zeile hinausgehen und deshalb gefaltet w',
	' erden',
	'X-WA-BIZ-DESCRIPTION:Vertrieb und mehr',
	'ADR;TYPE=WORK:;;Hauptstr. 1;Berlin;;10115;Deutschland',
	'END:VCARD',
	'',
].join('\r\n');

const minimal = {
	to: locator('+55 (11) 98888-7777', 'phone'),
	contactName: 'Maria Silva',
	contactPhone: '+55 21 97777-6666',
};
const person = { name: 'Maria Silva', phone: '5521977776666' };

/** By provider and messenger. */
export const CARDS: Readonly<Record<string, CardTable>> = {
	'plugzApi whatsapp': {
		messageId: /^D241[0-9A-F]{16}$/,
		minimal: {
			parameters: minimal,
			body: { phone: '5511988887777', contactName: 'Maria Silva', contactPhone: '5521977776666' },
			to: '5511988887777',
			contact: person,
		},
		full: {
			parameters: {
				...minimal,
				to: locator('120363019502650977-group', 'id'),
				additionalFields: { businessDescription: 'Clínica "Vida" & Cia.' },
			},
			options: { replyToMessageId: '3999984263738042930CD6ECDE9VDWSA', delayMessage: 15 },
			body: {
				phone: '120363019502650977-group',
				contactName: 'Maria Silva',
				contactPhone: '5521977776666',
				contactBusinessDescription: 'Clínica "Vida" & Cia.',
				messageId: '3999984263738042930CD6ECDE9VDWSA',
				delayMessage: 15,
			},
			to: '120363019502650977-group',
			contact: person,
		},
		plain: ({ to, name, phone }) => ({ phone: to, contactName: name, contactPhone: phone }),
		rich: {
			body: (to) => ({
				phone: to,
				contactName: 'Dr. Zoë Maria Müller MBA',
				contactPhone: '4915112345678',
				contactBusinessDescription: 'Vertrieb und mehr',
			}),
			dropped: [
				'organization',
				'department',
				'title',
				'email',
				'url',
				'birthday',
				'note',
				'address',
			],
		},
	},
	'greenApi whatsapp': {
		messageId: /^BAE5[0-9A-F]{12}$/,
		minimal: {
			parameters: minimal,
			body: {
				chatId: '5511988887777@c.us',
				contact: { phoneContact: 5521977776666, firstName: 'Maria Silva' },
			},
			to: '5511988887777@c.us',
			contact: person,
		},
		full: {
			parameters: {
				to: locator('120363043968066561@g.us', 'id'),
				contactName: 'Maria Clara Silva',
				contactPhone: '+55 21 97777-6666',
				additionalFields: {
					firstName: 'Maria',
					middleName: 'Clara',
					lastName: 'Silva',
					organization: 'Clínica "Vida" & Cia.',
				},
			},
			options: { replyToMessageId: 'BAE5367237E13A87', typingTime: 20_000 },
			body: {
				chatId: '120363043968066561@g.us',
				contact: {
					phoneContact: 5521977776666,
					firstName: 'Maria',
					middleName: 'Clara',
					lastName: 'Silva',
					company: 'Clínica "Vida" & Cia.',
				},
				quotedMessageId: 'BAE5367237E13A87',
				typingTime: 20_000,
			},
			to: '120363043968066561@g.us',
			contact: { name: 'Maria Clara Silva', phone: '5521977776666' },
		},
		plain: ({ to, name, phone }) => ({
			chatId: `${to}@c.us`,
			contact: { phoneContact: Number(phone), firstName: name },
		}),
		rich: {
			body: (to) => ({
				chatId: `${to}@c.us`,
				contact: {
					phoneContact: 4915112345678,
					firstName: 'Zoë',
					middleName: 'Maria',
					lastName: 'Müller',
					company: 'Åcme, Inc.',
				},
			}),
			dropped: [
				'prefix',
				'suffix',
				'department',
				'title',
				'email',
				'url',
				'birthday',
				'note',
				'businessDescription',
				'address',
			],
		},
	},
	'greenApi telegram': {
		messageId: /^\d{18}$/,
		minimal: {
			parameters: minimal,
			body: {
				chatId: '5511988887777@c.us',
				contact: { phoneContact: 5521977776666, firstName: 'Maria Silva' },
			},
			to: '5511988887777@c.us',
			contact: person,
		},
		full: {
			parameters: {
				to: locator('-10000000000000', 'id'),
				contactName: 'Maria Silva',
				contactPhone: '+55 21 97777-6666',
				additionalFields: { firstName: 'Maria', lastName: 'Silva', organization: 'Clínica Vida' },
			},
			options: { replyToMessageId: '1234', typingTime: 1000, typingType: 'record_video' },
			body: {
				chatId: '-10000000000000',
				contact: {
					phoneContact: 5521977776666,
					firstName: 'Maria',
					lastName: 'Silva',
					company: 'Clínica Vida',
				},
				quotedMessageId: '1234',
				typingTime: 1000,
				typingType: 'record_video',
			},
			to: '-10000000000000',
			contact: person,
		},
		plain: ({ to, name, phone }) => ({
			chatId: `${to}@c.us`,
			contact: { phoneContact: Number(phone), firstName: name },
		}),
		rich: {
			body: (to) => ({
				chatId: `${to}@c.us`,
				contact: {
					phoneContact: 4915112345678,
					firstName: 'Zoë',
					lastName: 'Müller',
					company: 'Åcme, Inc.',
				},
			}),
			dropped: [
				'middleName',
				'prefix',
				'suffix',
				'department',
				'title',
				'email',
				'url',
				'birthday',
				'note',
				'businessDescription',
				'address',
			],
		},
	},
	'greenApi max': {
		messageId: /^\d{18}$/,
		minimal: {
			parameters: { to: minimal.to, contactChatId: '10000000' },
			body: { chatId: '5511988887777@c.us', contact: { chatId: '10000000' } },
			to: '5511988887777@c.us',
			contact: { chatId: '10000000' },
		},
		full: {
			parameters: {
				to: locator('-10000000000001', 'id'),
				contactName: 'Maria Silva',
				contactChatId: '10000000',
			},
			options: { typingTime: 1500 },
			body: { chatId: '-10000000000001', contact: { chatId: '10000000' }, typingTime: 1500 },
			to: '-10000000000001',
			contact: { name: 'Maria Silva', chatId: '10000000' },
			dropped: ['contactName'],
		},
		plain: ({ to, chatId }) => ({ chatId: `${to}@c.us`, contact: { chatId } }),
	},
	'ogmma whatsapp': {
		messageId: null,
		minimal: {
			parameters: minimal,
			body: { to: '5511988887777', name: 'Maria Silva', phone: '5521977776666' },
			to: '5511988887777',
			contact: person,
		},
		full: {
			parameters: {
				...minimal,
				to: locator('5511988887777', 'id'),
				additionalFields: { email: 'maria@clinica.example', organization: 'Clínica "Vida" & Cia.' },
			},
			body: {
				to: '5511988887777',
				name: 'Maria Silva',
				phone: '5521977776666',
				email: 'maria@clinica.example',
				organization: 'Clínica "Vida" & Cia.',
			},
			to: '5511988887777',
			contact: person,
		},
		plain: ({ to, name, phone }) => ({ to, name, phone }),
		rich: {
			body: (to) => ({
				to,
				name: 'Dr. Zoë Maria Müller MBA',
				phone: '4915112345678',
				email: 'zoe@acme.example',
				organization: 'Åcme, Inc.',
			}),
			dropped: ['department', 'title', 'url', 'birthday', 'note', 'businessDescription', 'address'],
		},
	},
};
