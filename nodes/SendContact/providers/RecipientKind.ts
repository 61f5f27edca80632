// What a provider says of who can be picked: recipients, senders, and the lists and look-ups of them. Part of
// the contract in Provider.ts; knows no provider.
import type { Answer, PublicAccount, RequestContext, VendorRequest } from './Provider';

/** How a recipient is named. */
export interface RecipientKind {
	/** Turns digits with country code into the vendor's form; absent where phone numbers are not taken. */
	fromPhone?: (digits: string) => string;
	/** The forms an id may have; the first that fits counts. What fits none is refused before anything is sent. */
	ids: readonly [IdForm, ...IdForm[]];
	/** An example of an id, such as `e.g. 120363043968066561@g.us`. */
	placeholder: string;
	/** How ids look and where they are found; one sentence without a period. */
	hint: string;
	/** Where the vendor lists people, chats or groups: the drop-down. */
	list?: ListRequest;
	/** Where the vendor tells whether a number has an account. */
	check?: RecipientCheck;
}

/** Who is behind an id: a limit or a body may depend on it. */
export type RecipientSort = 'person' | 'group' | 'channel';

/** One form of id. */
export interface IdForm {
	of: RecipientSort;
	pattern: RegExp;
	/** The vendor's own spelling, where an id is known in two; it is sent as it is unless given. */
	write?: (id: string) => string;
}

/** Asking the vendor whether numbers have an account. */
export interface RecipientCheck {
	/** How many numbers one request may ask for. */
	atOnce: number;
	/** @param phones digits with country code, at most {@link RecipientCheck.atOnce} */
	request(phones: readonly string[], context: RequestContext): VendorRequest;
	/** What the answer says of each of `phones`, in their order; `exists: null` where it says nothing. */
	found(answer: Answer, phones: readonly string[]): readonly RecipientFound[];
	/** The vendor's own limit or warning about mass checks, for the user; one sentence. */
	warning?: string;
	/** Checks a minute, where the vendor limits them apart from messages. */
	checksPerMinute?: number;
}

/** What a vendor says of one number. */
export interface RecipientFound {
	exists: boolean | null;
	/** What the vendor calls the account; `null` where there is none. */
	id: string | null;
}
/** Something to pick from: the vendor's senders, chats or contacts. Its answers are judged like those to messages. */
export interface ListRequest {
	request(query: ListQuery): VendorRequest;
	/** Reads the answer's entries; empty where there are none or the answer has another shape. */
	entries(answer: Answer, query: ListQuery): ListEntry[];
	/** The cursor of the next page; `undefined` after the last one, and where the vendor gives all at once. */
	next?(answer: Answer, query: ListQuery): string | undefined;
	/** Given where the vendor itself searches for {@link ListQuery.search}. */
	isSearchable?: true;
	/** Given where it is the list of one sender, which has to be chosen first. */
	needsSender?: true;
	/** Given where not every account can ask for it: what is missing and where to fill it in, or `undefined`. */
	lacks?(account: PublicAccount): string | undefined;
}

/** What is wanted of a list. */
export interface ListQuery extends RequestContext {
	/** What the user typed, trimmed; may be empty. */
	search: string;
	/** What {@link ListRequest.next} gave; absent for the first page. */
	cursor?: string;
}

/** One entry of a list. */
export interface ListEntry {
	name: string;
	/** The id. */
	value: string;
	/** Tells namesakes apart: a number, a kind of chat, a state. */
	note?: string;
	/** Given where it cannot send at the moment: it is listed last. */
	isOff?: true;
}

/** Who sends, where one credential has several senders or the recipient sees a name of the user's choice. */
export interface SenderKind {
	/** `id`: one of several behind the credential. `name`: free text. */
	kind: 'id' | 'name';
	/** The vendor's own word, such as `Channel`. */
	displayName: string;
	description: string;
	pattern: RegExp;
	placeholder: string;
	/** How it looks and where it is found; one sentence without a period. */
	hint: string;
	/** Taken when nothing is filled in; without it the sender has to be filled in. */
	default?: string;
	/** Whether an account needs one at all; every one does unless given. */
	isNeeded?(account: PublicAccount): boolean;
	/**
	 * Given where some accounts have one sender of their own: there none is needed, and one that is filled
	 * in all the same is reported as dropped.
	 */
	isTaken?(account: PublicAccount): boolean;
	list?: ListRequest;
}
