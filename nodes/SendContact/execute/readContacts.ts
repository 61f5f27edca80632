// The contacts of an item, from where the user said they come: fields, a vCard, a file or the item itself.
// Knows no vendor by name.
import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../contact/InputError';
import type { FoundAt } from '../contact/fromItem';
import { readVCards, type ReadCard } from '../contact/readVCard';
import { readText } from '../contact/text';
import { hasSources } from '../parameters';
import type { Messenger } from '../providers/Provider';
import type { ParameterReader } from './ParameterReader';
import { readAutoMap } from './readAutoMap';
import { readFields } from './readFields';
import type { PhoneSettings } from './readOptions';

/** A card, with where in the item its fields were found if they were looked for. */
export type SourcedCard = ReadCard & { foundAt?: FoundAt };

/** @throws InputError naming the parameter that is filled in wrongly */
export async function readContacts(
	context: IExecuteFunctions,
	reader: ParameterReader,
	messenger: Messenger,
	itemIndex: number,
	phones: PhoneSettings,
): Promise<SourcedCard[]> {
	const read = (name: string) => reader.get(name, itemIndex);
	const source = hasSources(messenger) ? reader.get('contactSource', itemIndex) : 'fields';
	switch (source ?? 'fields') {
		case 'vCard':
			return readVCards(reader.get('vCard', itemIndex), { ...phones, parameter: 'vCard' });
		case 'binary':
			return readVCards(
				await readFile(context, reader.get('binaryPropertyName', itemIndex), itemIndex),
				{ ...phones, parameter: 'binaryPropertyName' },
			);
		case 'item':
			return readAutoMap(context.getInputData()[itemIndex]?.json, read, messenger, phones);
		default:
			return [{ contact: readFields(read, messenger.card.carries, phones) }];
	}
}

/** The bytes of the item's .vcf file. */
async function readFile(
	context: IExecuteFunctions,
	name: unknown,
	itemIndex: number,
): Promise<Uint8Array> {
	const field = readText(name, 'binaryPropertyName') ?? 'data';
	if (context.getInputData()[itemIndex]?.binary?.[field] === undefined) {
		throw new InputError({
			parameter: 'binaryPropertyName',
			message: `The item has no file in the binary field “${field}”`,
			description: 'Put the name of the field with the .vcf file into Input Binary Field.',
		});
	}
	return await context.helpers.getBinaryDataBuffer(itemIndex, field);
}
