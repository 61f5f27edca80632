// Auto-Map: the person an item is about, as a contact, with the path that gave each field. Never the owner of a
// record, never a guess between two people. Knows the services whose items it reads as data, and no n8n.
import { InputError } from '../InputError';
import type { ReadCard } from '../readVCard';
import { findPeople } from './find';
import type { Person } from './Source';
import { cardsOf, type FoundAt, type Reading } from './toContact';

export type { FoundAt } from './toContact';
export { isAbout, optOutsIn, type OptOut } from './optOut';

/** Of a phone nothing was found: which setting to change, and whose number was not taken. */
function refuseMissingPhone({ source, passedOver }: Person, keys: readonly string[]): InputError {
	const notTaken = passedOver
		? ` The number at ${passedOver} is somebody else’s, or a fax, and is not taken.`
		: '';
	const fromNotion = keys.includes('property_')
		? ' The item has a key “property_”: the column names are not in Latin letters. Use version 3 of the Notion node.'
		: '';
	return new InputError({
		parameter: 'contactPhone',
		message: source
			? `No phone number was found in the item, which looks like a ${source.what} of ${source.service}`
			: 'No phone number was found in the item',
		description: `${source?.withoutPhone ?? 'Let the node before give it, under a key such as phone, mobile or whatsapp.'} Or fill in Contact Phone yourself.${notTaken}${fromNotion}`,
	});
}

/** The keys of a JSON object. */
const keysOf = (json: unknown) =>
	typeof json === 'object' && json !== null ? Object.keys(json) : [];

/**
 * Reads the person out of an item.
 *
 * - A card in the item goes before everything else, then the paths of the service it is of, then the names of its
 *   keys in English, Portuguese, Spanish and Russian.
 * - Fields in `reading.filled` are filled in otherwise: they need not be found, and two finds for one do not
 *   matter.
 *
 * @param json the item's JSON, of any shape
 * @param needsPhone whether a card without a phone is of no use
 * @returns one card, or several where the item holds several received cards; each with where its fields stand
 * @throws {InputError} where there is nobody, where there are two to choose from, where the item is a deal or the
 *   like, or where the phone is missing or cannot be read
 */
export function readPeople(
	json: unknown,
	reading: Reading,
	needsPhone: boolean,
): Array<ReadCard & { foundAt?: FoundAt }> {
	const { filled } = reading;
	const isAllFilled = filled.has('contactName') && (filled.has('contactPhone') || !needsPhone);
	const nothing = { contact: {}, foundAt: {} };
	const finding = findPeople(json);
	if (finding === undefined || 'noPerson' in finding) {
		if (isAllFilled) return [nothing];
		throw finding === undefined
			? refuseNobody(json, filled.has('contactPhone'))
			: refuseNoPerson(finding.noPerson);
	}
	if ('several' in finding) {
		if (isAllFilled) return [nothing];
		const [one, other] = finding.several;
		throw new InputError({
			parameter: 'contactSource',
			message: `The item holds ${finding.count} people, and Auto-Map does not choose between ${one} and ${other}`,
			description:
				'Split the list into items with the Split Out node first, or drag the fields of the one you mean into the node.',
		});
	}
	return finding.people.flatMap((person) => {
		const isPhoneMissing = person.vCard === undefined && person.phones.length === 0;
		if (isPhoneMissing && needsPhone && !filled.has('contactPhone')) {
			throw refuseMissingPhone(person, keysOf(json));
		}
		return cardsOf(person, reading);
	});
}

function refuseNobody(json: unknown, hasPhone: boolean): InputError {
	const keys = keysOf(json);
	const has = keys.length === 0 ? 'is empty' : `has: ${keys.slice(0, 12).join(', ')}`;
	return new InputError({
		parameter: hasPhone ? 'contactName' : 'contactPhone',
		message: `No person was found in the item${hasPhone ? '' : ', and no phone number'}`,
		description: `The item ${has.slice(0, 200)}. Fill in Contact Name and Contact Phone yourself, or let the node before give keys such as name and phone.`,
	});
}

function refuseNoPerson({
	service,
	what,
	wayOut,
}: {
	service: string;
	what: string;
	wayOut: string;
}) {
	return new InputError({
		parameter: 'contactSource',
		message: `The item is a ${what} of ${service} and holds no person`,
		description: wayOut,
	});
}
