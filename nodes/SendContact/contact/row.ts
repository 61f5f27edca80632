// A contact as a row of data, which is what workflows go on with. Knows no vendor and no n8n.
import {
	firstEmail,
	firstPhone,
	firstUrl,
	type Address,
	type Contact,
	type Email,
	type Link,
	type Phone,
	type TextField,
} from './Contact';

/** The fields that a row has under the name they have in a contact. */
type SameField = Exclude<TextField, 'contactName' | 'contactChatId'>;

/** A contact with every field there is, in lists that may be empty and texts that may be `null`. */
export interface ContactRow extends Record<SameField, string | null> {
	name: string | null;
	/** The first of `phones`: digits with the country code, such as `5511988887777`. */
	phone: string | null;
	/** The first of `emails`. */
	email: string | null;
	/** The first of `urls`. */
	url: string | null;
	phones: readonly Phone[];
	emails: readonly Email[];
	urls: readonly Link[];
	addresses: readonly Address[];
}

/** The row of a contact. Every row has the same fields, so that a table has the same columns for all. */
export function rowOf(contact: Contact): ContactRow {
	const text = (field: SameField) => contact[field] ?? null;
	return {
		name: contact.contactName ?? null,
		phone: firstPhone(contact) ?? null,
		email: firstEmail(contact) ?? null,
		organization: text('organization'),
		title: text('title'),
		firstName: text('firstName'),
		middleName: text('middleName'),
		lastName: text('lastName'),
		prefix: text('prefix'),
		suffix: text('suffix'),
		nickname: text('nickname'),
		department: text('department'),
		birthday: text('birthday'),
		note: text('note'),
		businessDescription: text('businessDescription'),
		url: firstUrl(contact) ?? null,
		phones: contact.phones ?? [],
		emails: contact.emails ?? [],
		urls: contact.urls ?? [],
		addresses: contact.addresses ?? [],
	};
}
