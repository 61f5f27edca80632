// The words in which a vendor's file says what must arrive for which card and what the panel promises,
// and the contacts that all of them know. The entries are in the vendors' files, written by hand from the
// vendors' pages and not from the providers' code: the independent half of the conformance suite.
import type { INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

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
}

/** A resource locator's value as n8n stores it. */
export const locator = (
	value: string,
	mode: 'phone' | 'id' | 'list',
): INodeParameterResourceLocator => ({ __rl: true, mode, value });

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
