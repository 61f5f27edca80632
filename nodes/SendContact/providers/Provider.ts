// What the node has to know of a vendor to send a card through it: read this page first, then one
// provider beside it. Everything here is data or a pure function: no host, no secret, no n8n context,
// no I/O. The panel's fields, the dropped-field warnings, the docs table and the tests follow from it.
// Its parts on cards, and on who can be picked, are beside it.
import type { ICredentialType, IDataObject } from 'n8n-workflow';

import type { Contact } from '../contact/Contact';
import type { CardKind } from './CardKind';
import type { RecipientKind, RecipientSort, SenderKind } from './RecipientKind';

export type * from './CardKind';
export type * from './RecipientKind';

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
	/**
	 * Given where the vendor takes {@link Message.key} as the message's own id and drops a second message
	 * with the same one. A card of which nobody knows whether it arrived is then sent again by itself.
	 */
	isRepeatSafe?: true;
	/** What the vendor's refusals mean. The first rule that fits an answer is the one that counts. */
	refusals: readonly RefusalRule[];
	/** Paths in an answer that hold other people's data: they are not shown. */
	othersData?: ReadonlyArray<readonly string[]>;
	/** The vendor's own words in an answer that is not an acceptance. */
	vendorWords(answer: Answer): VendorWords;
	/**
	 * Whether a 2xx answer carries an error all the same, which is then explained like every other refusal.
	 * Asked of the answers to messages, lists and look-ups alike.
	 */
	carriesError(answer: Answer): boolean;
	/**
	 * The proof that a message was taken, in a 2xx that carries no error; `undefined` where nothing can be
	 * told from it.
	 */
	receipt(answer: Answer): Receipt | undefined;
}

/** One messenger as one provider serves it: its own body, recipients and limits. */
export interface Messenger {
	/**
	 * The value of the `messenger` parameter, which saved workflows hold: small letters and digits, such as
	 * `whatsapp`; the same messenger has the same name with every provider.
	 */
	name: string;
	displayName: string;
	documentationUrl: string;
	recipient: RecipientKind;
	card: CardKind;
	/**
	 * The options of a message that it takes, by our name for each. What several vendors have is in
	 * `shared/options.ts`; what only one has stands with it.
	 */
	options: Readonly<Record<string, OptionKind>>;
	/** The request for one card, without host and secrets. Only filled-in values reach the body. */
	request(message: Message): VendorRequest;
}

/** An option of a single message: how the panel shows it, and what it may be. */
export interface OptionKind {
	/** The vendor's own name for it. */
	vendorName: string;
	displayName: string;
	description: string;
	placeholder?: string;
	value: OptionValue;
	/** Given where not every account takes it: in others it is reported as dropped. */
	isTaken?(account: PublicAccount): boolean;
}

/**
 * What an option may be. A number within its bounds and a switch are values also as 0 and `false`. `json`
 * is an object of the vendor's own making, such as a keyboard: its value is the text of that object, for
 * `objectIn`.
 */
export type OptionValue =
	| { kind: 'text'; pattern?: RegExp; longest?: number }
	| { kind: 'number'; min: number; max: number; unit?: string; isWhole?: true; default: number }
	| { kind: 'switch'; default: boolean }
	| { kind: 'json' }
	| {
			kind: 'choice';
			choices: ReadonlyArray<{ name: string; value: string | number }>;
			default: string | number;
	  };

/** The options of one message that were filled in, checked; absent ones were not. */
export type MessageOptions = Readonly<Record<string, string | number | boolean>>;

/** The credential's values that are no secrets, cleaned: an API version, a host, an instance's id. */
export type PublicAccount = Readonly<Record<string, string>>;

/** What a request that is no message may depend on. */
export interface RequestContext {
	/** The sender's id; empty where the provider has no `sender` or none was chosen. */
	sender: string;
	account: PublicAccount;
}

/** One message on its way to one recipient: one card, or as many as the messenger takes at once. */
export interface Message {
	/**
	 * The first of {@link contacts}. Its lists hold no more entries than the card carries, and it has a
	 * `pasted` vCard only where that is passed on.
	 */
	contact: Contact;
	contacts: readonly [Contact, ...Contact[]];
	/** The recipient in the vendor's form. */
	to: string;
	recipientSort: RecipientSort;
	/** The sender's id or name; empty where the provider has no `sender` or none is needed. */
	sender: string;
	options: MessageOptions;
	account: PublicAccount;
	/**
	 * Ours: the same for every repeat of this card, n8n's Retry On Fail included, and never the same for
	 * another one. 32 upper-case hexadecimal digits.
	 */
	key: string;
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

/** How fast the vendor may be asked. */
export interface Pace {
	/** The limits that the vendor documents: all of them hold at once. Empty where it documents none. */
	limits: readonly Limit[];
	/** Who is slowed down when the vendor asks for fewer messages, and whom Messages per Minute is for. */
	per: 'credential' | 'sender';
	/** How many requests may be under way at once unless the user says otherwise. */
	maxConcurrent: number;
	evidence: Evidence;
}

/**
 * A documented limit: so many messages in so many seconds. They leave evenly spaced, without a burst.
 * Messages per Minute in the options replaces those per credential and per sender; the others stay.
 */
export interface Limit {
	messages: number;
	perSeconds: number;
	/** What the vendor counts by; a `pair` is one sender and one recipient. */
	per: 'credential' | 'sender' | 'recipient' | 'pair';
	/** Given where it holds for recipients of one sort only. */
	recipients?: RecipientSort;
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
	/** The id that later receipts name; `null` where the vendor gives none. */
	messageId: string | null;
	/** The other id, where the vendor's own and the messenger's differ. */
	providerMessageId?: string;
}

/** What the vendor itself said in an answer. */
export interface VendorWords {
	/** For the user to read; may be empty. Never other people's data. */
	text: string;
	/** The vendor's code for what happened. */
	code?: string;
	/** Which of the user's parameters the vendor objects to, in the vendor's words. */
	fields?: Array<{ parameter: string; text: string }>;
	/** How long the vendor asks to wait, where its answer says so elsewhere than in Retry-After. */
	retryAfterMs?: number;
	/** The new id of a recipient that has moved: see `elsewhere` of {@link RefusalRule.means}. */
	movedTo?: string;
}

/** One line of a provider's error table. */
export interface RefusalRule {
	/** Unique within the provider; the sandbox vendor answers with it on demand under the same name. */
	id: string;
	/** An answer fits when everything that is given here fits. */
	when: { status?: number | readonly number[]; code?: RegExp; text?: RegExp };
	/** What happened, for a no-code user. */
	message: string;
	/** The way out. */
	description: string;
	/**
	 * What it means, whatever its status is.
	 * - `rejected` (default): the vendor refused the message.
	 * - `slower`: it did not take it because there are too many, and it leaves again, more slowly.
	 * - `later`: it certainly did not take it, is not ready, and the message leaves again in a while.
	 * - `elsewhere`: the recipient has moved to {@link VendorWords.movedTo}, where it is sent once more.
	 * - `unknown`: it may have taken it.
	 */
	means?: 'rejected' | 'slower' | 'later' | 'elsewhere' | 'unknown';
	/** Of a `slower`: given where the limit is that of one recipient, or of one sender and recipient. */
	limit?: 'recipient' | 'pair';
	/** Given where it is also what lists and look-ups are refused with: it tells nothing of a card. */
	about?: 'account';
	evidence: Evidence;
}
