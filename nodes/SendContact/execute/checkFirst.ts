// Check First: what the vendor says of the recipients, and of the phones on the cards, before anything is
// sent. A recipient without an account gets nothing; one with an account is written to as the vendor calls it.
import type { IExecuteFunctions } from 'n8n-workflow';

import { firstPhone, type Contact } from '../contact/Contact';
import type { Failed } from '../delivery/Outcome';
import type { Send } from '../delivery/Send';
import type { Messenger } from '../providers/Provider';
import { LookUps, type Asked, type LookedUp } from './LookUps';
import type { Card } from './readItem';
import { byIdOf, type Recipient } from './readRecipient';
import type { Ready, Row, Sending } from './rows';

/** What the user is told of look-ups that the vendor did not answer, by what happened. */
export type Unasked = Map<string, number>;

/** The digits in what a vendor calls a person; `undefined` where it names nobody's number. */
function digitsOf(id: string | null): string | undefined {
	return /^(\d{7,15})(?:@(?:c\.us|s\.whatsapp\.net))?$/.exec(id ?? '')?.[1];
}

/** The recipient as the vendor calls it, in the form in which messages are sent. */
function namedBy(id: string | null, { recipient }: Messenger): Recipient | undefined {
	if (id === null) return undefined;
	const known = byIdOf(recipient, id);
	if (known !== undefined) return known;
	const digits = digitsOf(id);
	if (digits === undefined || recipient.fromPhone === undefined) return undefined;
	return { to: recipient.fromPhone(digits), sort: 'person' };
}

function phonesOf({ contacts }: Card['message']): string[] {
	return contacts.flatMap(({ phones = [] }) => phones.map(({ number }) => number));
}

/** The contact with the true WhatsApp account of each phone, where it differs from the number. */
function withAccounts(contact: Contact, found: (phone: string) => LookedUp | undefined): Contact {
	const { phones } = contact;
	if (phones === undefined) return contact;
	return {
		...contact,
		phones: phones.map((phone) => {
			const waId = digitsOf(found(phone.number)?.id ?? null);
			return waId === undefined || waId === phone.number ? phone : { ...phone, waId };
		}),
	};
}

/** Whether all cards of a message can be answered to; `null` where that is not known of all. */
function reachable(
	contacts: readonly Contact[],
	found: (phone: string) => LookedUp | undefined,
): boolean | null {
	const each = contacts.map((contact) => found(firstPhone(contact) ?? '')?.exists ?? null);
	if (each.includes(false)) return false;
	return each.includes(null) ? null : true;
}

function noAccount({ account, card }: Ready): Failed {
	const { displayName } = account.provider;
	return {
		status: 'notSent',
		message: `The recipient has no ${card.messenger.displayName} account`,
		description: `${displayName} found none for ${card.phone}. Nothing was sent. Check the number, or turn off Check First to send all the same.`,
		attempts: 0,
		parameter: 'to',
	};
}

/** The rows after the look-ups; those that do not want one stay as they are. */
export async function checkedFirst(
	context: IExecuteFunctions,
	rows: Row[],
	unasked: Unasked,
): Promise<Row[]> {
	const lookUps = new LookUps(context);
	const askFor = ({ account, card }: Ready, phone: string): Asked => ({
		account,
		service: { provider: account.provider, messenger: card.messenger },
		sender: card.message.sender,
		phone,
		settings: card.settings,
	});
	const checked = (row: Row): row is Sending =>
		'send' in row &&
		row.send.card.settings.checkFirst &&
		row.send.card.messenger.recipient.check !== undefined;
	const wanted = rows.filter(checked).flatMap(({ send }) => {
		const { message, phone } = send.card;
		const numbers = [...(phone === undefined ? [] : [phone]), ...phonesOf(message)];
		return numbers.map((number) => askFor(send, number));
	});
	if (wanted.length === 0) return rows;
	await lookUps.ask(wanted);
	return rows.map((row) =>
		checked(row) ? settled(row, (phone) => lookUps.of(askFor(row.send, phone)), unasked) : row,
	);
}

function settled(
	row: Sending,
	found: (phone: string) => LookedUp | undefined,
	unasked: Unasked,
): Row {
	const { send, entry } = row;
	const { card } = send;
	const recipient = card.phone === undefined ? undefined : found(card.phone);
	if (recipient?.exists === false) return { entry, outcome: noAccount(send) };
	if (recipient?.exists === null) {
		const { displayName } = send.account.provider;
		const why = recipient.failure?.message ?? `${displayName} said nothing of the number`;
		unasked.set(why, (unasked.get(why) ?? 0) + 1);
	}
	const named = namedBy(recipient?.id ?? null, card.messenger);
	const { message } = card;
	const isWhatsApp = card.messenger.name === 'whatsapp';
	const accounted = (contact: Contact) => (isWhatsApp ? withAccounts(contact, found) : contact);
	const [first, ...others] = message.contacts;
	const contact = accounted(first);
	const changed: Card = {
		...card,
		message: {
			...message,
			contact,
			contacts: [contact, ...others.map(accounted)],
			...(named && { to: named.to, recipientSort: named.sort }),
		},
		cardReachable: reachable(message.contacts, found),
	};
	const { to, recipientSort } = changed.message;
	const changedSend: Send & Ready = { ...send, card: changed, to, recipientSort };
	return { ...row, entry: { ...entry, ready: changedSend }, send: changedSend };
}
