// The contacts of an item, from where the user said they come: fields, a vCard, a file or the item itself.
// Knows no vendor by name.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { FoundAt } from '../contact/fromItem';
import { InputError } from '../contact/InputError';
import { readVCards, type ReadCard } from '../contact/readVCard';
import { shown } from '../contact/text';
import { hasSources } from '../parameters';
import type { Messenger } from '../providers/Provider';
import type { ParameterReader } from './ParameterReader';
import { readAutoMap } from './readAutoMap';
import { readFields } from './readFields';
import { readFile } from './readFile';
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
		case 'fields':
			return [{ contact: readFields(read, messenger.card.carries, phones) }];
		default:
			throw new InputError({
				parameter: 'contactSource',
				message: `There is no contact source “${shown(source)}”`,
				description: 'Choose Auto-Map, Binary File, Fields or vCard.',
			});
	}
}
