// The phones of a card: which of them can be used, and which comes first. Knows no vendor and no n8n.
import type { Phone } from '../Contact';
import type { InputProblem } from '../InputError';
import { examineCardPhone, examinePhone, type PhoneOptions } from '../phone';
import { shown } from '../text';
import { entryType, isFax, preference, type Groups } from './kinds';
import { unescaped, type Property } from './property';

/** The phones of a card, the one to use first. */
export interface CardPhones {
	phones: Phone[];
	/** A number of the card is not among them: a fax, or one that cannot be read. */
	isPartial: boolean;
}

/** A number of a card that is not among its phones, as it stands there, with the reason. */
export interface UnreadPhone {
	number: string;
	reason: string;
}

/** What is wrong with the phones of a card, for a sentence about the card. */
export type PhoneRefusal = Pick<InputProblem, 'message' | 'description'>;

const EXTENSION = /;\s*ext\s*=/i;

/** The phone of a TEL line; `waId` where WhatsApp's own id of the account is another number. */
function readTel(tel: Property, groups: Groups, reading: PhoneOptions): Phone | InputProblem {
	const { parameter, onRead } = reading;
	const account = tel.parameters.get('WAID')?.[0];
	const phone = examineCardPhone(unescaped(tel.value), account, reading);
	if ('message' in phone) return phone;
	onRead?.(phone);
	const { digits: number } = phone;
	const type = entryType(tel, groups);
	const waId = account === undefined ? phone : examinePhone(`+${account}`, { parameter });
	return {
		number,
		...(type !== undefined && { type }),
		...('digits' in waId && waId.digits !== number && { waId: waId.digits }),
	};
}

/** Messengers and mobiles, and what is not said to be anything else, before phones on a desk. */
function rank(tel: Property, groups: Groups): number {
	if (tel.parameters.has('WAID')) return 0;
	const type = entryType(tel, groups);
	return type === undefined || type === 'mobile' ? 0 : 1;
}

/** Whether the line holds something that is dialled, and that a messenger may know. */
function isDialled({ value }: Property): boolean {
	return /\d{3}/.test(value.replace(/\D/g, '')) && !EXTENSION.test(value);
}

function ranked(spoken: readonly Property[], groups: Groups): Property[] {
	return spoken.toSorted(
		(a, b) => preference(a) - preference(b) || rank(a, groups) - rank(b, groups),
	);
}

/**
 * What can be read of a card's TEL lines, in the order of {@link readPhones}, and what cannot: nothing of
 * them refuses the card.
 */
export function readAnyPhones(
	tels: readonly Property[],
	groups: Groups,
	reading: PhoneOptions,
): { phones: Phone[]; unread: UnreadPhone[] } {
	const unread: UnreadPhone[] = [];
	const read = new Map<Property, Phone>();
	for (const tel of tels) {
		const phone = isFax(tel, groups)
			? { message: 'It is the number of a fax or pager' }
			: readTel(tel, groups, reading);
		if ('number' in phone) read.set(tel, phone);
		else unread.push({ number: shown(unescaped(tel.value)), reason: phone.message });
	}
	const [first] = ranked([...read.keys()], groups);
	const inOrder = [...(first === undefined ? [] : [first]), ...read.keys()];
	const phones: Phone[] = [];
	for (const phone of inOrder.flatMap((tel) => read.get(tel) ?? [])) {
		if (phones.every(({ number }) => number !== phone.number)) phones.push(phone);
	}
	return { phones, unread };
}

/**
 * The phones of a card's TEL lines. The first is the preferred one, else a mobile where there is one; the
 * others keep their order. Faxes are never taken. A number that cannot be read is left out where it is one
 * of the others; where it is the first the card is refused, unless it is none that is dialled (`call me`,
 * one with an extension) and another is.
 */
export function readPhones(
	tels: readonly Property[],
	groups: Groups,
	reading: PhoneOptions,
): CardPhones | PhoneRefusal {
	const spoken = tels.filter((tel) => !isFax(tel, groups));
	const inRank = ranked(spoken, groups);
	const first = inRank.find(isDialled) ?? inRank[0];
	if (first === undefined) {
		if (tels.length === 0) return { phones: [], isPartial: false };
		return {
			message: 'its only number is that of a fax or pager',
			description: 'Add a phone number that a messenger can reach.',
		};
	}
	const phone = readTel(first, groups, reading);
	if ('message' in phone) return phone;
	const phones = [phone];
	let isPartial = spoken.length < tels.length;
	for (const tel of spoken) {
		if (tel === first || tel.value.trim() === first.value.trim()) continue;
		const other = readTel(tel, groups, reading);
		if ('message' in other) isPartial = true;
		else if (phones.every(({ number }) => number !== other.number)) phones.push(other);
	}
	return { phones, isPartial };
}
