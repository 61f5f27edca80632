// The words in which a vendor's file says what must arrive for which card and what the panel promises,
// and the contacts that all of them know. The entries are in the vendors' files, written by hand from the
// vendors' pages and not from the providers' code: the independent half of the conformance suite.
import type { INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

/** Whom a card goes to. */
export interface Recipient {
	/** The way of giving it. */
	mode: 'phone' | 'id';
	/** As it is filled in. */
	value: string;
	/** As the vendor is asked to send to it. */
	to: string;
}

/**
 * Every form of id, as it may be given, and how the vendor is asked to send to it; by who is behind it. `none`
 * looks like one and is none to this vendor: it has to be told before anything is sent.
 */
export interface IdTable {
	person?: Readonly<Record<string, string>>;
	group?: Readonly<Record<string, string>>;
	channel?: Readonly<Record<string, string>>;
	none: readonly string[];
}

/** What a message says that arrived: found by hand in the vendor's own notation. */
export interface Sent {
	/** Like {@link Recipient.to}; empty where there is none. */
	to: string;
	/** The sender, where the vendor has several behind one credential; empty where not. */
	sender?: string;
	/** The cards of the message, in order, as far as they could be found. */
	cards: readonly SentCard[];
}

/** One person in a message; what the vendor's cards do not carry is absent. */
export interface SentCard {
	name?: string | undefined;
	/** As digits with country code. */
	phone?: string | undefined;
	chatId?: string | undefined;
}

/**
 * Stands in the body of a {@link Card} where the vendor takes the message's own id: the node makes up a new
 * one for each message.
 */
export const OWN_ID = 'the id of the message';

/** A card as it is filled in, and the body that must arrive. */
export interface Card {
	parameters: INodeParameters;
	options?: INodeParameters;
	/** JSON parsed, a form's fields, or a text; {@link OWN_ID} for the message's own id. */
	body: object | string;
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
	/** What the vendor's own ids look like, where it gives one beside the messenger's. */
	providerMessageId?: RegExp;
	/** Given where a message id is unique in its chat alone. */
	isUniquePerChat?: true;
	/** The body for {@link RICH_VCARD}, and what is lost of it; absent where no vCard can be enough. */
	rich?: { body(to: string): object | string; dropped: string[] };
}

/** What the panel shows for a messenger beside what it shows for all, by the parameters' names. */
export interface PanelPromise {
	/** Fields of their own, outside every collection. */
	fields: string[];
	/** In Additional Fields. */
	additional: string[];
	/** In Options, beside the ones of delivery. */
	options: string[];
	/** The ways to give a recipient, in order. */
	modes: string[];
	/** The ways to give a sender, in order; absent where there is none. */
	senderModes?: string[];
}

/** A resource locator's value as n8n stores it. */
export const locator = (value: string, mode: string): INodeParameterResourceLocator => ({
	__rl: true,
	mode,
	value,
});

const four = (n: number) => String(n).padStart(4, '0');

/** Recipients by phone: whole Brazilian mobiles. `write` turns digits into the vendor's form. */
export const byPhone =
	(write = (digits: string) => digits) =>
	(n: number): Recipient => ({
		mode: 'phone',
		value: `+55 11 98888-${four(n)}`,
		to: write(`551198888${four(n)}`),
	});

/** Recipients by id. `write` makes an id out of four digits. */
export const byId =
	(write: (four: string) => string) =>
	(n: number): Recipient => ({ mode: 'id', value: write(four(n)), to: write(four(n)) });

/** The name and the first phone of a vCard, read without a library: unfolded, unescaped, digits only. */
export function vCardIn(text: unknown): SentCard {
	const lines = (typeof text === 'string' ? text : '').replace(/\r?\n[ \t]/g, '').split(/\r?\n/);
	const valueOf = (property: RegExp) =>
		lines.find((line) => property.test(line))?.replace(/^[^:]*:/, '');
	return {
		name: valueOf(/^(item\d+\.)?FN[;:]/i)?.replace(/\\([\\,;])/g, '$1'),
		phone: valueOf(/^(item\d+\.)?TEL[;:]/i)?.replace(/\D/g, ''),
	};
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

/** A name and a phone for a phone, as they are filled in. */
export const MINIMAL = {
	to: locator('+55 (11) 98888-7777', 'phone'),
	contactName: 'Maria Silva',
	contactPhone: '+55 21 97777-6666',
};

/** The contact of {@link MINIMAL} in the output. */
export const MARIA = { name: 'Maria Silva', phone: '5521977776666' };

/** The vCard that is written for {@link MINIMAL}, by hand. */
export const MINIMAL_VCARD = [
	'BEGIN:VCARD',
	'VERSION:3.0',
	'N:;Maria Silva;;;',
	'FN:Maria Silva',
	'TEL;type=CELL;waid=5521977776666:+5521977776666',
	'END:VCARD',
].join('\n');

/** All that Additional Fields take of one person, beside {@link MINIMAL}. */
export const FULL_FIELDS = {
	firstName: 'Maria',
	middleName: 'Clara',
	lastName: 'Silva',
	prefix: 'Dra.',
	suffix: 'Filha',
	nickname: 'Mari',
	organization: 'Clínica "Vida" & Cia.; Ltda.',
	department: 'Pediatria',
	title: 'Médica',
	email: 'maria@clinica.example',
	url: 'https://clinica.example/maria',
	birthday: '1990-05-21',
	note: 'Terças, quintas',
	businessDescription: 'Consultas',
	morePhones: { phone: [{ number: '+55 21 3333-4444', type: 'work' }] },
	moreEmails: { email: [{ address: 'recepcao@clinica.example', type: 'work' }] },
	moreUrls: { url: [{ url: 'https://maria.example', type: 'home' }] },
	addresses: {
		address: [
			{
				street: 'Rua das Flores, 10',
				city: 'Rio de Janeiro',
				state: 'RJ',
				postalCode: '22000-000',
				country: 'Brasil',
				countryCode: 'BR',
				type: 'work',
			},
		],
	},
};

/** The vCard that is written for {@link MINIMAL} with {@link FULL_FIELDS}, by hand. */
export const FULL_VCARD = [
	'BEGIN:VCARD',
	'VERSION:3.0',
	'N:Silva;Maria;Clara;Dra.;Filha',
	'FN:Maria Silva',
	'NICKNAME:Mari',
	'TEL;type=CELL;waid=5521977776666:+5521977776666',
	'TEL;type=WORK;waid=552133334444:+552133334444',
	'ORG:Clínica "Vida" & Cia.\\; Ltda.;Pediatria',
	'TITLE:Médica',
	'EMAIL:maria@clinica.example',
	'EMAIL;type=WORK:recepcao@clinica.example',
	'URL:https://clinica.example/maria',
	'URL;type=HOME:https://maria.example',
	'item1.ADR;type=WORK:;;Rua das Flores\\, 10;Rio de Janeiro;RJ;22000-000;Brasil',
	'item1.X-ABADR:br',
	'BDAY:1990-05-21',
	'NOTE:Terças\\, quintas',
	'X-WA-BIZ-NAME:Clínica "Vida" & Cia.\\; Ltda.',
	'X-WA-BIZ-DESCRIPTION:Consultas',
	'END:VCARD',
].join('\n');
