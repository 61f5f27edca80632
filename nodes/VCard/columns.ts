// What the rows of the vCard node hold. Knows no vendor.
import { ADDRESS_PARTS } from '../SendContact/contact/Contact';
import type { ContactRow } from '../SendContact/contact/row';
import {
	FAILURE,
	listOf,
	some,
	TEXT,
	TEXT_OR_NONE,
	type Columns,
	type Schema,
} from '../SendContact/execute/columns';

/** The fields of a person, which a card that could not be read has some of. */
const CONTACT = {
	name: TEXT_OR_NONE,
	phone: TEXT_OR_NONE,
	email: TEXT_OR_NONE,
	organization: TEXT_OR_NONE,
	title: TEXT_OR_NONE,
	firstName: TEXT_OR_NONE,
	middleName: TEXT_OR_NONE,
	lastName: TEXT_OR_NONE,
	prefix: TEXT_OR_NONE,
	suffix: TEXT_OR_NONE,
	nickname: TEXT_OR_NONE,
	department: TEXT_OR_NONE,
	birthday: TEXT_OR_NONE,
	note: TEXT_OR_NONE,
	businessDescription: TEXT_OR_NONE,
	url: TEXT_OR_NONE,
	phones: listOf(some('number', 'type', 'waId')),
	emails: listOf(some('address', 'type')),
	urls: listOf(some('url', 'type')),
	addresses: listOf(some(...ADDRESS_PARTS, 'type')),
} as const satisfies Record<keyof ContactRow, Schema>;

/** An item, or a card of one, that could not be made or read. */
export const FAILED_COLUMNS = {
	...FAILURE,
	contact: { schema: some('name', 'phone') },
} as const satisfies Columns;

/** The output of the operation `create`. */
export const CREATE_COLUMNS = {
	vCard: { schema: TEXT },
	...FAILED_COLUMNS,
} as const satisfies Columns;

/** The output of the operation `read`. */
export const READ_COLUMNS = {
	...FAILURE,
	contact: { schema: { type: 'object', properties: CONTACT }, isAlways: true },
	vCard: { schema: TEXT },
	droppedFields: { schema: listOf(TEXT) },
	unreadPhones: { schema: listOf(some('number', 'reason')) },
} as const satisfies Columns;
