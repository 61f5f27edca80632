// The forms of the ids that WhatsApp itself gives out, for vendors that take them. Knows no vendor.
import type { IdForm } from '../Provider';

/** The digits of a person's id in either spelling. */
function digitsIn(id: string): string {
	return id.replace(/@.*$/, '');
}

/** How a vendor spells a person's id. */
export const PERSON_AS = {
	digits: (digits: string) => digits,
	'@c.us': (digits: string) => `${digits}@c.us`,
	'@s.whatsapp.net': (digits: string) => `${digits}@s.whatsapp.net`,
};

/** A person's id, in whichever of its two spellings it comes. */
export function person(spelling: keyof typeof PERSON_AS): IdForm {
	return {
		of: 'person',
		pattern: /^[1-9]\d{6,14}@(c\.us|s\.whatsapp\.net)$/,
		write: (id) => PERSON_AS[spelling](digitsIn(id)),
	};
}

/** A person whose number is hidden. */
export const hiddenPerson: IdForm = { of: 'person', pattern: /^\d{5,20}@lid$/ };

/** A group: as they have been since 2021, or its creator's number with a time. */
export const group: IdForm = {
	of: 'group',
	pattern: /^([1-9]\d{9,14}-\d{10}|[1-9]\d{14,19})@g\.us$/,
};

/** A channel, which WhatsApp itself calls a newsletter. */
export const channel: IdForm = { of: 'channel', pattern: /^\d{10,20}@newsletter$/ };

/**
 * How many cards one message gets of a vendor that takes several and names no bound. WhatsApp itself
 * holds more; gateways to it that name one take up to this many.
 */
export const CARDS_A_MESSAGE = 20;
