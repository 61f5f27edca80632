// What a provider says of the cards it carries. Part of the contract in Provider.ts; knows no provider.
import type { Contact, ContactField, ListField, TextField, VCardVersion } from '../contact/Contact';
import type { FirstName } from '../contact/names';

/** What a card can carry. */
export interface CardKind {
	/**
	 * The fields that reach the recipient; any other one that is filled in is reported as dropped. Of lists,
	 * `contactPhone`, `email` and `url` are the first entry, `morePhones`, `moreEmails` and `moreUrls` the
	 * others; `addresses` is all of them.
	 */
	carries: readonly ContactField[];
	/** The fields without which the vendor refuses; of a group, one is enough. */
	requires: ReadonlyArray<ContactField | readonly ContactField[]>;
	/** How many entries of `morePhones` and the like it carries, where that is bounded: more are dropped. */
	atMost?: Partial<Record<ListField, number>>;
	/**
	 * Given where the messenger takes no full name: `contactName` stands in where there is no first name.
	 * `demanded`: it wants a first name always; `optional`: any part will do.
	 */
	nameInParts?: FirstName;
	/**
	 * How many digits the phones on the card may have, where the vendor takes them as numbers: one that
	 * begins with a zero cannot be sent then.
	 */
	phone?: { min: number; max: number };
	/** What a text must look like where the vendor takes one form only, such as a full date: others are dropped. */
	forms?: Partial<Record<TextField, RegExp>>;
	/** How long the texts in a field may be, where the vendor says so: each entry of a list by itself. */
	bounds?: Partial<Record<ContactField, Bound>>;
	/** How long may be what the provider builds out of a contact. */
	built?: readonly BuiltBound[];
	/** Given where the vendor takes a vCard: one that was pasted in such a version is passed on whole. */
	vCard?: { versions: readonly VCardVersion[] };
	/** How many cards one message takes; 1 unless given. */
	perMessage?: number;
	/** Given where the vendor obeys something that may stand in a text, such as a placeholder. */
	orders?: Orders;
	/** What a `contactChatId` looks like, where one is taken. */
	chatId?: RegExp;
}

/** What a vendor obeys in the texts of a card: nobody who fills in a name means it. */
export interface Orders {
	/** The text in a way that the vendor does not obey; as it is where it holds none. */
	clean(text: string): string;
	/** What the vendor would have done, and what is sent instead, for the user; one sentence. */
	told: string;
}

/** A length, and what it is counted in: characters as people see code points, UTF-16 units or UTF-8 bytes. */
export interface Bound {
	atMost: number;
	unit: 'characters' | 'utf16Units' | 'bytes';
}

/** The bound of something that is built out of a contact, such as its vCard. */
export interface BuiltBound {
	/** What it is, as a sentence begins with it: `The vCard`. */
	what: string;
	text(contact: Contact): string;
	bound: Bound;
	/** The parameter that is named as the cause. */
	parameter: string;
	/** What the user can do: one sentence. */
	wayOut: string;
}
