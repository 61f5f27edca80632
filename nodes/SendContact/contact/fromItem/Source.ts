// What is written down of a service whose items hold a person, and what is found in an item. Knows no
// service by name and no n8n.
import type { Address, EntryType, TextField } from '../Contact';

/** The fields of a card that are looked for, each once. */
export type SoughtText = Exclude<TextField, 'contactChatId' | 'businessDescription'>;

/**
 * Where the fields of a card stand in a person's record, best first. See `follow` for how a path is
 * written; a value may be in a box (`{ value }`), which a path need not name.
 */
export type Paths = Partial<Record<SoughtText | 'phones' | 'emails' | 'urls', readonly string[]>>;

/** The parts of an address, each at a path inside of it. */
export type AddressPaths = Partial<Record<Exclude<keyof Address, 'type'>, readonly string[]>>;

/** One kind of item of one service. */
export interface Source {
	/** The service's own name. */
	service: string;
	/** What the item is: `contact`, `lead`, `order`. */
	what: string;
	/** How its items are told: the first that fits counts. See `looksLike`. */
	when: readonly string[];
	/** The path of the person's record inside of the item; the item itself unless given. */
	at?: string;
	/** Given where several records are several cards, and not several people to choose from. */
	isMany?: true;
	/** Where a whole vCard stands in a record; read before the fields. */
	vCard?: readonly string[];
	paths: Paths;
	/** Each entry of these lists, or the record itself (`''`), holds an address. */
	addresses?: { at: string; parts: AddressPaths };
	/** A path to the ISO 3166 code of the country that phones without a country code are of. */
	country?: string;
	/** Given where dates are written with the month first. */
	isMonthFirst?: true;
	/** Given where phones have their country code, with or without `+`. */
	isInternational?: true;
	/** Where people name fields themselves: what `paths` do not give is looked for by its name there. */
	named?: string;
	/** The way out where there is no phone: which setting of the node before; sentences. */
	withoutPhone?: string;
}

/** A kind of item that holds no person, and what to do about it. */
export interface NoPerson {
	service: string;
	what: string;
	when: readonly string[];
	/** The way out; sentences. */
	wayOut: string;
}

/** How a phone is labelled, best first. */
export const PHONE_KINDS = ['whatsapp', 'mobile', 'main', 'work', 'home', 'other'] as const;
export type PhoneKind = (typeof PHONE_KINDS)[number];

/** A value with the path it stands at. */
export interface Find {
	path: string;
	value: string | number;
}

/** A phone as it stands in the item. */
export interface PhoneFind extends Find {
	kind: PhoneKind;
	type?: EntryType;
	/** WhatsApp's own id of the account, where the item has it. */
	account?: string;
}

/** An email address or a link as it stands in the item. */
export interface PlaceFind extends Find {
	type?: 'work' | 'home' | 'other';
}

/** Two finds that may be of two people. */
export interface Doubt {
	field: 'contactName' | 'contactPhone' | 'email';
	one: Find;
	other: Find;
	/** Given where one is a name and the other a phone that is labelled as somebody else's. */
	isMixed?: true;
}

/** A person as found in an item: nothing is cleaned and no phone is read yet. */
export interface Person {
	/** The service, where the item is known to be of one. */
	source?: Source;
	texts: Partial<Record<SoughtText, Find>>;
	/** The one to use first comes first. */
	phones: PhoneFind[];
	emails: PlaceFind[];
	urls: PlaceFind[];
	addresses: Array<{ path: string; address: Address }>;
	country?: string;
	doubts: Doubt[];
	/** A vCard that stands in for all of it. */
	vCard?: Find;
	/** A number that was passed over, as it is of somebody else: the path. */
	passedOver?: string;
}
