// What a messenger takes, in words and in any language: for the tables and pages of the docs. Pure; knows no
// provider by name.
import type { ContactField } from '../../nodes/SendContact/contact/Contact';
import { label } from '../../nodes/SendContact/execute/label';
import type {
	Bound,
	Limit,
	Messenger,
	Pace,
	Provider,
	RecipientSort,
} from '../../nodes/SendContact/providers/Provider';
import type { Say } from './languages';

const UNITS: ReadonlyMap<number, string> = new Map([
	[1, '{messages} a second'],
	[60, '{messages} a minute'],
	[3600, '{messages} an hour'],
]);

const TO_ONE: Record<RecipientSort | 'recipient', string> = {
	recipient: '{limit} to one recipient',
	person: '{limit} to one person',
	group: '{limit} to one group',
	channel: '{limit} to one channel',
};

function limitText({ messages, perSeconds, per, recipients }: Limit, say: Say): string {
	const limit = say(UNITS.get(perSeconds) ?? '{messages} in {seconds} s', {
		messages: String(messages),
		seconds: String(perSeconds),
	});
	return per === 'recipient' || per === 'pair'
		? say(TO_ONE[recipients ?? 'recipient'], { limit })
		: limit;
}

/** The documented limits, such as `30 a second; 20 a minute to one group`. */
export function limitsText({ limits }: Pace, say: Say): string {
	return limits.map((limit) => limitText(limit, say)).join('; ') || say('none documented');
}

/** Who can get a card: `people by phone or ID, groups`. */
export function recipientsText({ recipient }: Messenger, say: Say): string {
	const sorts = new Set(recipient.ids.map((form) => form.of));
	return [
		say(recipient.fromPhone ? 'people by phone or ID' : 'people by ID'),
		...(sorts.has('group') ? [say('groups')] : []),
		...(sorts.has('channel') ? [say('channels')] : []),
	].join(', ');
}

/** What of a card arrives besides name and phone, where it is not all of it. */
const FEW: ReadonlyArray<[ContactField, string]> = [
	['morePhones', 'more phones'],
	['organization', 'organization'],
	['email', 'email'],
	['url', 'link'],
	['businessDescription', 'business description'],
];

/** A card that has all of these is a whole one. */
const WHOLE: readonly ContactField[] = [
	'title',
	'morePhones',
	'moreEmails',
	'moreUrls',
	'addresses',
];

/** What arrives on the phone, in short. */
export function arrivesText({ card }: Messenger, say: Say): string {
	const has = (field: ContactField) => card.carries.includes(field);
	if (has('contactChatId')) return say('someone from the contact list of the account');
	if (WHOLE.every(has)) return say('the whole card');
	const name = say(has('firstName') ? 'name in parts' : 'name');
	const more = FEW.flatMap(([field, word]) => (has(field) ? [say(word)] : []));
	return [name, say('phone'), ...more].join(', ');
}

/** Fields as the panel calls them, in bold: `**Email**, **URL**`. */
export function labels(fields: readonly ContactField[], provider: Provider): string {
	return fields.map((field) => `**${label(field, provider)}**`).join(', ');
}

/** The fields a card needs; of a group, one is enough. */
export function neededText({ card }: Messenger, provider: Provider, say: Say): string {
	const either = (fields: readonly ContactField[]) =>
		fields.map((field) => labels([field], provider)).join(` ${say('or')} `);
	return card.requires
		.map((field) => (typeof field === 'string' ? labels([field], provider) : either(field)))
		.join('; ');
}

/** A length with its unit: `200 characters`. */
export function boundText({ atMost, unit }: Bound, say: Say): string {
	const text = {
		characters: '{count} characters',
		utf16Units: '{count} characters',
		bytes: '{count} bytes',
	};
	return say(text[unit], { count: String(atMost) });
}
