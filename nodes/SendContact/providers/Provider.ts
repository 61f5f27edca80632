// What the node has to know of a vendor to send a card through it: read this page first, then one
// provider beside it. Everything here is data or a pure function: no host, no secret, no n8n context,
// no I/O. The panel's fields, the dropped-field warnings, the docs table and the tests follow from it.
import type { ICredentialType, IDataObject } from 'n8n-workflow';

import type { Contact, ContactField } from '../contact/Contact';

/** How sure a fact about a vendor is: on its own pages, seen by others, or our cautious guess. */
export type Evidence = 'documented' | 'observed' | 'assumed';

/** One messaging vendor. */
export interface Provider {
	/** The value of the `provider` parameter, which saved workflows hold. */
	name: string;
	/** The vendor's own spelling. */
	displayName: string;
	/**
	 * The credential type. It alone knows the host, the secrets and how a request is signed; of it the
	 * node uses the name, which fields are secret (`typeOptions.password`; all others are shown), and
	 * `authenticate`, a function that takes any text for a secret: the output shows requests signed with
	 * `[hidden]`. What it needs is in `credentials/pasted.ts`.
	 */
	credential: ICredentialType;
	/** The vendor's page about sending a contact. */
	documentationUrl: string;
	/** The messengers behind one credential. With more than one the panel shows the `messenger` parameter. */
	messengers: readonly [Messenger, ...Messenger[]];
	/** Given where one credential has several senders: the panel shows the `sender` parameter. */
	sender?: SenderKind;
	pace: Pace;
	/** What the vendor's refusals mean. The first rule that fits an answer is the one that counts. */
	refusals: readonly RefusalRule[];
	/** Paths in an answer that hold other people's data: they are not shown. */
	othersData?: ReadonlyArray<readonly string[]>;
	/** The vendor's own words in an answer that is not an acceptance. */
	vendorWords(answer: Answer): VendorWords;
	/**
	 * What a 2xx answer says.
	 * @returns the message id (`null` where the vendor gives none); `'refused'` where the 2xx carries an
	 * error, which is then explained like every other refusal; `undefined` where nothing can be told from it
	 */
	receipt(answer: Answer): Receipt | 'refused' | undefined;
}

/** One messenger as one provider serves it: its own body, recipients and limits. */
export interface Messenger {
	/** The value of the `messenger` parameter. */
	name: 'whatsapp' | 'telegram' | 'max';
	displayName: string;
	documentationUrl: string;
	recipient: RecipientKind;
	card: CardKind;
	/** The message options it takes, each with the vendor's name for it. */
	options: Partial<Record<MessageOptionName, string>>;
	/** The request for one card, without host and secrets. Only filled-in values reach the body. */
	request(message: Message): VendorRequest;
}

/** How a recipient is named. */
export interface RecipientKind {
	/** Turns digits with country code into the vendor's form; absent where phone numbers are not taken. */
	fromPhone?: (digits: string) => string;
	/** What an id looks like. An id is sent as it is, or refused before anything is sent. */
	id: { pattern: RegExp; placeholder: string; hint: string };
	/** An address whose answer lists recipients, for the drop-down. */
	list?: ListRequest;
}

/** What a card can carry. */
export interface CardKind {
	/** The fields that reach the recipient; any other one that is filled in is reported as dropped. */
	carries: readonly ContactField[];
	/** The fields without which the vendor refuses; of a group, one is enough. */
	requires: ReadonlyArray<ContactField | readonly ContactField[]>;
	/**
	 * How many digits the phone on the card may have, where the vendor takes it as a number: one that
	 * begins with a zero cannot be sent then.
	 */
	phone?: { min: number; max: number };
	/** The most characters a field may have, where the vendor says so. */
	longest?: Partial<Record<ContactField, number>>;
	/** What a `contactChatId` looks like, where one is taken. */
	chatId?: RegExp;
}

/** Options of a single message. The panel text and bounds of each are in `parameters/messageOptions.ts`. */
export type MessageOptionName = 'replyToMessageId' | 'delayMessage' | 'typingTime' | 'typingType';

/** The options of one message that were filled in, checked against their bounds. */
export interface MessageOptions {
	replyToMessageId?: string;
	/** Whole seconds, 1 to 15. */
	delayMessage?: number;
	/** Milliseconds, 1000 to 20000. */
	typingTime?: number;
	typingType?: string;
}

/** One card on its way to one recipient. */
export interface Message {
	contact: Contact;
	/** The recipient in the vendor's form. */
	to: string;
	/** The sender's id; empty where the provider has no `sender`. */
	sender: string;
	options: MessageOptions;
}

/**
 * A request without host and secrets: the credential puts those in, into the path, a header, the query
 * or the body. Its body is what one of `body`, `form` and `text` gives, or none.
 */
export interface VendorRequest {
	method: 'GET' | 'POST';
	/** Begins with `/`. */
	path: string;
	/** The vendor's own headers that hold no secret, such as the id of a device. */
	headers?: Readonly<Record<string, string>>;
	/** Sent as JSON; an empty object leaves as `{}`. */
	body?: IDataObject;
	/** Sent as `application/x-www-form-urlencoded`. */
	form?: Readonly<Record<string, string>>;
	/** Sent as it is, with this content type. */
	text?: Readonly<{ content: string; contentType: string }>;
}

/** Something to pick from: the vendor's senders, chats or contacts. */
export interface ListRequest {
	request(sender: string): VendorRequest;
	/** Reads the answer's entries; empty where there are none or the answer has another shape. */
	entries(answer: Answer): Array<{ name: string; value: string }>;
}

/** The several senders behind one credential. */
export interface SenderKind {
	/** The vendor's own word, such as `Channel`. */
	displayName: string;
	description: string;
	id: { pattern: RegExp; placeholder: string; hint: string };
	list?: ListRequest;
}

/** How fast the vendor may be asked. */
export interface Pace {
	/** Messages a minute; `undefined` where the vendor documents no limit. */
	messagesPerMinute?: number;
	/** Whether the limit counts for the whole credential or for each sender behind it. */
	per: 'credential' | 'sender';
	/** How many requests may be under way at once unless the user says otherwise. */
	maxConcurrent: number;
	evidence: Evidence;
}

/** An HTTP answer, read once. */
export interface Answer {
	statusCode: number;
	/** Lower-case names. */
	headers: Readonly<Record<string, string>>;
	/** The body as text; empty where there was none, and only its beginning where it is too large. */
	text: string;
	/**
	 * The body parsed; `undefined` where it is no JSON or too large. A number that JavaScript cannot hold
	 * digit for digit, such as an id above 2^53, is text here: read ids with `textOf`.
	 */
	json: unknown;
}

/** The proof that the vendor took the message. */
export interface Receipt {
	messageId: string | null;
}

/** What the vendor itself said in an answer. */
export interface VendorWords {
	/** For the user to read; may be empty. Never other people's data. */
	text: string;
	/** The vendor's code for what happened. */
	code?: string;
	/** Which of the user's parameters the vendor objects to, in the vendor's words. */
	fields?: Array<{ parameter: string; text: string }>;
	/** How long the vendor asks to wait. */
	retryAfterMs?: number;
}

/** One line of a provider's error table. */
export interface RefusalRule {
	/** Unique within the provider; the sandbox vendor answers with it on demand under the same name. */
	id: string;
	/** An answer fits when everything that is given here fits. */
	when: { status?: number; code?: RegExp; text?: RegExp };
	/** What happened, for a no-code user. */
	message: string;
	/** The way out. */
	description: string;
	/**
	 * `rejected` (default): the vendor refused the message. `tryLater`: it certainly did not take it and
	 * asks to come back. `unknown`: it may have taken it.
	 */
	means?: 'rejected' | 'tryLater' | 'unknown';
	evidence: Evidence;
}
