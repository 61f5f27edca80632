// What can become of one card. Knows no vendor and no n8n.
import type { Answer } from '../providers/Provider';

/** The vendor took the card; it is queued, not delivered. */
export interface Accepted {
	status: 'accepted';
	messageId: string | null;
	/** The other id, where the vendor's own and the messenger's differ. */
	providerMessageId?: string;
	attempts: number;
	/** The recipient's new id, where the card was sent to it instead. */
	movedTo?: string;
	/** Given where it was asked for. */
	answer?: Answer;
}

/** The card was not sent because it had been sent before. */
export interface Duplicate {
	status: 'duplicate';
	attempts: 0;
}

/** The card was not accepted. */
export interface Failed {
	/**
	 * `notSent`: nothing reached the vendor. `rejected`: the vendor refused it. `unknown`: the request
	 * left and no trustworthy answer came.
	 */
	status: 'notSent' | 'rejected' | 'unknown';
	/** What happened, for a no-code user, with no secret in it. */
	message: string;
	/** The way out, and the vendor's own words. */
	description: string;
	/** How often the card left, the last time included. */
	attempts: number;
	/** The HTTP status of the answer, where there was one. */
	httpCode?: string;
	vendorCode?: string;
	/** The parameter at fault, where one is known. */
	parameter?: string;
	/** The recipient's new id, where the card was sent to it instead. */
	movedTo?: string;
	answer?: Answer;
}

/** What became of one card. */
export type Outcome = Accepted | Duplicate | Failed;

/** Whether the card was not accepted. */
export function isFailed(outcome: Outcome): outcome is Failed {
	return outcome.status !== 'accepted' && outcome.status !== 'duplicate';
}
