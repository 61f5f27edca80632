// vCards of every version, as phones, address books and templates write them, turned into contacts.
// Knows no vendor and no n8n.
import type { Contact, VCardVersion } from './Contact';
import { InputError } from './InputError';
import { examinePhone, type PhoneOptions } from './phone';
import { shown } from './text';
import { cardsIn, type CardText, type Refuse } from './vCard/cards';
import { Draft, isText } from './vCard/draft';
import { groupsIn, preference } from './vCard/kinds';
import { readAnyPhones, readPhones, type UnreadPhone } from './vCard/phones';
import { readProperty, unescaped, type Property } from './vCard/property';

/** How {@link readVCards} reads. */
export interface VCardOptions extends Omit<PhoneOptions, 'parameter'> {
	/** The parameter's name, for messages; `vCard` unless given. */
	parameter?: string | undefined;
	/** A phone that cannot be read does not refuse its card: it is told beside it. */
	takesAnyPhone?: boolean | undefined;
}

/** A card that cannot be sent, with what it says of whose it is, as it stands there. */
export interface UnusableCard {
	problem: InputError;
	name?: string;
	phone?: string;
}

/** One card of a text or a file. */
export type ReadCard = { contact: Contact; unreadPhones?: readonly UnreadPhone[] } | UnusableCard;

const VERSIONS: readonly VCardVersion[] = ['2.1', '3.0', '4.0'];

/** One card as a contact. `position` counts from 1. */
function readCard(
	card: CardText,
	position: number,
	reading: PhoneOptions & Pick<VCardOptions, 'takesAnyPhone'>,
): ReadCard {
	const { parameter } = reading;
	const properties: Property[] = [];
	let broken: string | undefined;
	for (const line of card.lines) {
		const property = readProperty(line, isText, card.areBytes);
		if (property === undefined) broken ??= line;
		else properties.push(property);
	}
	const groups = groupsIn(properties);
	const draft = new Draft(groups);
	// A stable sort: what is not marked as preferred keeps its order.
	for (const property of properties.toSorted((a, b) => preference(a) - preference(b))) {
		draft.take(property);
	}
	const called = draft.settleName();
	const [tel] = draft.tels;
	const unusable = (message: string, description: string): UnusableCard => ({
		problem: new InputError({ parameter, message, description }),
		...(called !== undefined && { name: called }),
		...(tel !== undefined && { phone: shown(unescaped(tel.value)) }),
	});
	if (card.isCutOff) {
		return unusable(
			`The vCard is cut off: card ${position} has no END:VCARD line`,
			'Check that the whole card arrives, from BEGIN:VCARD to END:VCARD, each on a line of its own.',
		);
	}
	if (broken !== undefined) {
		return unusable(
			`Card ${position} of the vCard has a line that is no property: "${shown(broken)}"`,
			'Every line needs a name and a colon, such as NOTE:text. A line break inside a text is written as \\n.',
		);
	}
	if (tel === undefined && called === undefined) {
		return unusable(
			`Card ${position} of the vCard has neither a name nor a phone`,
			'Add an FN line with the name and a TEL line with the phone number.',
		);
	}
	if (draft.doubtfulName !== undefined) {
		return unusable(
			`The name on card ${position} of the vCard cannot be read: "${draft.doubtfulName}"`,
			'Letters of it are lost, or the file does not say in which character set it is. Export it again as UTF-8, or correct the name.',
		);
	}
	const phones = reading.takesAnyPhone
		? readAnyPhones(draft.tels, groups, reading)
		: readPhones(draft.tels, groups, reading);
	if ('message' in phones) {
		const whose = called === undefined ? `card ${position}` : `"${shown(called)}"`;
		return unusable(`The phone of ${whose} cannot be used: ${phones.message}`, phones.description);
	}
	if (phones.phones.length > 0) draft.contact.phones = phones.phones;
	if (phones.phones.length > 1) draft.tell('phones', 'morePhones');
	if ('isPartial' in phones && phones.isPartial) draft.tell('phones');
	const contact = draft.finish();
	const version = VERSIONS.find((known) =>
		properties.some(({ name, value }) => name === 'VERSION' && value.trim() === known),
	);
	const text = version === undefined ? undefined : card.whole();
	return {
		...('unread' in phones && phones.unread.length > 0 && { unreadPhones: phones.unread }),
		contact:
			version === undefined || text === undefined
				? contact
				: { ...contact, pasted: { text, version } },
	};
}

/**
 * Reads one vCard or several in one text or file, version 2.1, 3.0 or 4.0: folded or not, any line ends,
 * with quoted-printable or Base64 texts, and text that went through JSON twice (`\n` in place of line
 * ends). A file is read from its bytes: each line in the character set it declares, else in UTF-8 or, where
 * it looks like it, in the Western one of old programs; UTF-16 is recognised.
 *
 * - The preferred of several lines of one kind comes first; what a {@link Contact} has no field for is
 *   named in `extras`, and so are the entries after the first (`phones`, `emails`, `urls`…).
 * - FN is the name; without it the parts of N, then X-WA-BIZ-NAME, then ORG. Names are never split.
 * - A phone is what TEL shows; its `waid` counts where that has no +. A fax is no phone.
 * - A number that cannot be used refuses its card where it is the first, or else is left out; with
 *   `takesAnyPhone` it does neither, and is listed in `unreadPhones`, faxes among them.
 * - A field with letters that are lost or guessed is left out and named in `extras`.
 * - Text before, between and after cards is passed over.
 *
 * @returns every card in order, at least one; those that cannot be sent with what is wrong with them: cut
 *   off, without name and phone, with a line that is no property, with a name whose letters are lost, or
 *   with a phone that cannot be used
 * @throws {InputError} for `options.parameter` where there is no card; for `defaultCountry` where unknown
 */
export function readVCards(source: unknown, options: VCardOptions): ReadCard[] {
	const reading = { ...options, parameter: options.parameter ?? 'vCard' };
	const { parameter, defaultCountry } = reading;
	const refuse: Refuse = (message, description) => {
		throw new InputError({ parameter, message, description });
	};
	const isFile = source instanceof Uint8Array;
	if (source !== undefined && source !== null && typeof source !== 'string' && !isFile) {
		return refuse(
			`The vCard is not a text: ${shown(source)}`,
			'Drag the single value that holds the vCard into the field.',
		);
	}
	const isEmpty = isFile ? source.length === 0 : (source ?? '').trim() === '';
	if (source === undefined || source === null || isEmpty) {
		return refuse('The vCard is empty', 'Give the text of a vCard, from BEGIN:VCARD to END:VCARD.');
	}
	// Of an unknown country each card would say the same.
	const country = examinePhone('', { parameter, defaultCountry });
	if ('message' in country && country.parameter !== parameter) {
		throw new InputError(country);
	}
	return cardsIn(source, refuse).map((card, index) => readCard(card, index + 1, reading));
}
