// What is said of a card that did not leave, or does not leave again. Knows no n8n.
import type { ClaimState } from './claims';
import type { Failed, Outcome } from './Outcome';

/** A failure before it is known how often the card left. */
export type Failure = Omit<Failed, 'attempts'>;

/** The execution was stopped. n8n takes an execution for canceled by that very word in its error. */
export const CANCELED: Failure = {
	status: 'notSent',
	message: 'Not sent: the execution was canceled before',
	description:
		'Someone stopped it, or it ran into its time limit. Nothing was sent for this item; run it again to send it.',
};

/** Another card failed, and that stops the list. */
export const STOPPED: Failure = {
	status: 'notSent',
	message: 'Not sent: the list was stopped before',
	description:
		'Another item could not be sent, and On Error is set to stop the workflow. Nothing was sent for this item.',
};

/** What becomes of a card whose claim says that it must not leave. */
export const NOT_CLAIMED: Record<Exclude<ClaimState, 'free'> | 'noMemory', Outcome> = {
	sent: { status: 'duplicate', attempts: 0 },
	doubt: {
		status: 'unknown',
		message:
			'An earlier run was stopped while it was sending this contact, or another run is sending it now',
		description:
			'It may have been sent, so it is not sent again. Look into the chat. To send it all the same, turn off Skip Duplicates or give it another Duplicate Key.',
		attempts: 0,
	},
	noMemory: {
		status: 'notSent',
		message: 'n8n could not look up whether this contact was sent before',
		description:
			'Nothing was sent, since it might have been a duplicate. Check the database of your n8n, or turn off Skip Duplicates.',
		attempts: 0,
	},
};

/** Later times are shown as this one: no plan reaches so far. */
const LAST_TIME = Date.parse('9999-12-31T23:59:00Z');

/** `2026-11-25 14:05 UTC`, not before the time itself. */
export function readableTime(time: number): string {
	const minute = Math.min(LAST_TIME, Math.ceil(time / 60_000) * 60_000);
	return `${new Date(minute).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/**
 * The vendor asked for a longer pause than the user waits for.
 * @param until when it ends, in milliseconds since 1970
 * @param failure what the card met when it left before
 */
export function pausedTooLong(
	vendor: string,
	until: number,
	failure: Failure | undefined,
): Failure {
	const time = readableTime(until);
	const wayOut = `${vendor} wants to be left alone until ${time}. That is longer than Longest Wait in the options: run it again after that time, or wait longer.`;
	return failure === undefined
		? {
				status: 'notSent',
				message: `Not sent: ${vendor} wants to be left alone until ${time}`,
				description: `It answered so to another message. Nothing was sent for this item. ${wayOut}`,
			}
		: {
				...failure,
				message: `${failure.message} (until ${time})`,
				description: `${wayOut} ${failure.description}`,
			};
}

/**
 * The vendor has taken nothing for longer than the user waits.
 * @param since when that began, in milliseconds since 1970
 * @param last what the last card met
 */
export function takesNothing(vendor: string, since: number, last: Failure): Failure {
	return {
		status: 'notSent',
		message: `Not sent: ${vendor} has taken nothing since ${readableTime(since)}`,
		description: `Nothing was sent for this item; run it again later. The last one met this: ${last.message}. ${last.description}`,
	};
}
