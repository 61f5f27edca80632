// From a text or a file to the people on its cards. Knows no vendor.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { readVCards, type ReadCard, type UnusableCard } from '../SendContact/contact/readVCard';
import { rowOf } from '../SendContact/contact/row';
import { writeVCard } from '../SendContact/contact/writeVCard';
import { laidOut } from '../SendContact/execute/columns';
import type { ParameterReader } from '../SendContact/execute/ParameterReader';
import { readFile } from '../SendContact/execute/readFile';
import type { PhoneSettings } from '../SendContact/execute/readOptions';
import { READ_COLUMNS } from './columns';
import { readChoice } from './settings';

/** A card that was read, as the item that comes out for it. */
export interface CardRow {
	json: IDataObject;
	/** How many of its phones could not be read. */
	unreadPhones: number;
}

/** The cards of an item, in order, and in their places those that cannot be read. @throws InputError where there is none */
export async function readCards(
	context: IExecuteFunctions,
	reader: ParameterReader,
	itemIndex: number,
	phones: PhoneSettings,
): Promise<Array<CardRow | UnusableCard>> {
	const isText = readChoice(reader, 'source', ['text', 'binary'], itemIndex) === 'text';
	const parameter = isText ? 'vCard' : 'binaryPropertyName';
	const value = reader.get(parameter, itemIndex);
	const source = isText ? value : await readFile(context, value, itemIndex);
	const cards = readVCards(source, { ...phones, parameter, takesAnyPhone: true });
	return cards.map((card) => ('problem' in card ? card : cardRow(card)));
}

function cardRow({ contact, unreadPhones = [] }: Exclude<ReadCard, UnusableCard>): CardRow {
	const { pasted, extras = [] } = contact;
	const lost = extras.flatMap(({ name, heldIn }) => (heldIn === undefined ? [name] : []));
	return {
		json: laidOut(READ_COLUMNS, {
			contact: rowOf(contact),
			// As it came; written anew where it says no version or letters of it are lost.
			vCard: pasted?.text ?? writeVCard(contact),
			...(lost.length > 0 && { droppedFields: [...new Set(lost)] }),
			...(unreadPhones.length > 0 && { unreadPhones }),
		}),
		unreadPhones: unreadPhones.length,
	};
}
