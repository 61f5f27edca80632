// What servers have in common that are built on whatsmeow, the library for WhatsApp in Go: its errors come
// through with the server's own words around them. Knows no vendor.
// Source: send.go and errors.go of https://github.com/tulir/whatsmeow .
import type { RefusalRule } from '../Provider';

/** The server's own failure, and the status that some of them give a restricted account. */
const STATUS = [429, 500];

/**
 * Why WhatsApp did not take a message: the first rules of a server's table.
 * @param reconnect where the user connects the phone again, as a sentence
 */
export function whatsmeowRefusals(vendor: string, reconnect: string): readonly RefusalRule[] {
	return [
		{
			id: 'notOnWhatsApp',
			when: { status: STATUS, text: /no LID found for/i },
			message: 'The recipient has no WhatsApp',
			description: 'Check the number, its country code first of all.',
			evidence: 'documented',
		},
		{
			id: 'notInGroup',
			when: {
				status: STATUS,
				text: /not participating in that group|that group does not exist/i,
			},
			message: `The WhatsApp account behind ${vendor} is not in this group, or there is no such group`,
			description:
				'Pick the group from the list, or copy its ID, which ends in @g.us. The account must be a member.',
			evidence: 'documented',
		},
		{
			id: 'newChatsRestricted',
			when: { status: STATUS, text: /server returned error 463\b|REACHOUT_TIMELOCK/i },
			message: 'WhatsApp does not let this account write to people it has no chat with',
			description:
				'WhatsApp does that to new or suspicious accounts for a while. Let the person write first, or send the first message from the phone, and send fewer messages to strangers.',
			evidence: 'documented',
		},
		{
			id: 'refusedByWhatsApp',
			when: { status: STATUS, text: /server returned error \d/i },
			message: 'WhatsApp did not take the message',
			description:
				'Its number below is all that WhatsApp says. Check the recipient, and that the account may write there.',
			evidence: 'documented',
		},
		{
			id: 'tooManyLookUps',
			when: { status: STATUS, text: /rate-overlimit/i },
			message: 'WhatsApp is asked about too many recipients by this account',
			description:
				'The account looks every recipient up before it sends. Set Messages per Minute in the options to less than now.',
			means: 'slower',
			about: 'account',
			evidence: 'documented',
		},
		{
			// With nothing before it the message may have left before the connection broke off.
			id: 'notConnected',
			when: { status: STATUS, text: /failed to [^"]*: websocket not connected/i },
			message: `${vendor} has no connection to WhatsApp at the moment`,
			description: `It comes back by itself, most of the time. ${reconnect}`,
			means: 'later',
			about: 'account',
			evidence: 'documented',
		},
	];
}
