// What is said of a card that never left, or that must not. Knows no vendor and no n8n.
import type { ClaimState } from './claims';
import type { Failed, Outcome } from './Outcome';

/** Why a card never left. n8n takes an execution for canceled by that very word in its error. */
export const NEVER_LEFT: Record<
	'canceled' | 'failed',
	Pick<Failed, 'status' | 'message' | 'description'>
> = {
	canceled: {
		status: 'notSent',
		message: 'Not sent: the execution was canceled before',
		description:
			'Someone stopped it, or it ran into its time limit. Nothing was sent for this item; run it again to send it.',
	},
	failed: {
		status: 'notSent',
		message: 'Not sent: the list was stopped before',
		description:
			'Another item could not be sent, and On Error is set to stop the workflow. Nothing was sent for this item.',
	},
};

/** What becomes of a card that could not be claimed. */
export const NOT_FREE: Record<Exclude<ClaimState, 'free'> | 'noMemory', Outcome> = {
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
