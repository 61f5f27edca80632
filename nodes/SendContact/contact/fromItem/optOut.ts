// Whether the person an item is about wants no messages, by the flags that services keep. Knows no n8n.
import { readText } from '../text';
import { examinePhone, type PhoneOptions } from '../phone';
import { entriesIn, personByName } from './byName';
import { personBySource } from './bySource';
import { follow, isRecord, looksLike, type Match } from './path';
import { levelsOf } from './places';
import type { Person } from './Source';
import { SOURCES } from './sources';

/** A flag of a person's record that says: no messages. Flags about emails alone are none. */
interface Flag {
	service: string;
	path: string;
	/** The values that mean it, as text. */
	stops: readonly string[];
}

/** From the output schemas of n8n's own nodes and the vendors' pages, November 2026. */
export const FLAGS: readonly Flag[] = [
	{ service: 'HighLevel', path: 'dnd', stops: ['true'] },
	{ service: 'Brevo', path: 'whatsappBlacklisted', stops: ['true'] },
	{ service: 'Brevo', path: 'smsBlacklisted', stops: ['true'] },
	{ service: 'Intercom', path: 'unsubscribed_from_sms', stops: ['true'] },
	{ service: 'Intercom', path: 'sms_consent', stops: ['false'] },
	{ service: 'Mailchimp', path: 'sms_subscription_status', stops: ['unsubscribed'] },
	{ service: 'Mailchimp', path: 'consents_to_one_to_one_messaging', stops: ['false'] },
	{ service: 'Salesforce', path: 'DoNotCall', stops: ['true'] },
	{
		service: 'RD Station',
		path: 'legal_bases[category=communications].status',
		stops: ['declined'],
	},
];

/** A flag that was found to say no. */
export interface OptOut {
	/** Where it stands in the item: `contact.dnd`. */
	path: string;
	value: string;
	/** The person's phones, as digits with the country code or as they are written where that is not known. */
	phones: string[];
	emails: string[];
	/** What the item calls the person and the account. */
	ids: string[];
}

const ID_KEYS = [
	'id',
	'user_id',
	'chat_id',
	'chatId',
	'wa_id',
	'telegram_id',
	'contact_id',
	'contactId',
];

/** The person in a record that may be flagged, however little is known of it. */
function personIn(place: Match): Person | undefined {
	if (!isRecord(place.value)) return undefined;
	const source = SOURCES.find(({ when, at }) =>
		at === undefined ? when.some((fingerprint) => looksLike(place, fingerprint)) : false,
	);
	const person = source && personBySource(place, source);
	return person !== undefined && person.phones.length > 0
		? person
		: personByName(entriesIn(place.value, place.path));
}

const asText = (value: unknown) =>
	typeof value === 'boolean' || typeof value === 'string' ? String(value) : '';

/** The flags in the item that say no, each with whom it is about. */
export function optOutsIn(json: unknown, options: Omit<PhoneOptions, 'parameter'>): OptOut[] {
	const places = levelsOf(json).flat();
	const found: OptOut[] = [];
	for (const place of places) {
		for (const { path, stops } of FLAGS) {
			const flag = follow(place, path).find(({ value }) => stops.includes(asText(value)));
			if (flag === undefined) continue;
			const own = personIn(place);
			const isOwn = own !== undefined && own.phones.length + own.emails.length > 0;
			// A flag on a wrapper, or on what lies inside: it is about whoever the item is about.
			const people = isOwn ? [own] : places.flatMap((other) => personIn(other) ?? []);
			const { value: record } = place;
			found.push({
				path: flag.path,
				value: asText(flag.value),
				phones: people
					.flatMap(({ phones }) => phones)
					.map(({ value }) => {
						const { onRead: _untold, ...reading } = options;
						const phone = examinePhone(value, { ...reading, parameter: 'to' });
						return 'digits' in phone ? phone.digits : String(value).replace(/\D/g, '');
					}),
				emails: people
					.flatMap(({ emails }) => emails)
					.map(({ value }) => String(value).trim().toLowerCase()),
				ids: ID_KEYS.flatMap((key) => {
					const id = isRecord(record) && Object.hasOwn(record, key) ? record[key] : undefined;
					const isId = typeof id === 'string' || typeof id === 'number';
					return isId ? (readText(id, key) ?? []) : [];
				}),
			});
		}
	}
	return found;
}

/** The digit that a messenger may have or not have behind the country code: Brazil's ninth, Mexico's, Argentina's. */
const OPTIONAL_DIGIT = /^(55\d\d)9(\d{8})$|^(52)1(\d{10})$|^(54)9(\d{10})$/;

const withoutOptional = (digits: string) =>
	digits.replace(OPTIONAL_DIGIT, (_all, ...parts: Array<string | undefined>) =>
		parts.slice(0, 6).join(''),
	);

/** A national number that lost its country code is the end of the whole one. */
const SHORTEST_END = 8;

function isSameNumber(to: string, phone: string): boolean {
	const [one, other] = [withoutOptional(to), withoutOptional(phone)];
	const end = phone.replace(/^0+/, '');
	return one === other || (end.length >= SHORTEST_END && end.length < 11 && to.endsWith(end));
}

/**
 * Whether a message to `to` would reach the one who wants none.
 * @param to the recipient in the vendor's form: digits, a chat id, an email address
 */
export function isAbout({ phones, emails, ids }: OptOut, to: string): boolean {
	if (ids.includes(to) || emails.includes(to.toLowerCase())) return true;
	const [, digits = ''] = /^\+?(\d+)(?:@(?:c\.us|s\.whatsapp\.net))?$/.exec(to) ?? [];
	return digits !== '' && phones.some((phone) => phone !== '' && isSameNumber(digits, phone));
}
