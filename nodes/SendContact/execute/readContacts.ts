// The contacts of an item, from where the user said they come: fields, a vCard or a file. Knows no vendor
// by name.
import type { IExecuteFunctions } from 'n8n-workflow';

import { readVCards, type ReadCard } from '../contact/readVCard';
import { hasSources } from '../parameters';
import type { Messenger } from '../providers/Provider';
import type { ParameterReader } from './ParameterReader';
import { readFields } from './readFields';
import { readFile } from './readFile';
import type { PhoneSettings } from './readOptions';

/** @throws InputError naming the parameter that is filled in wrongly */
export async function readContacts(
	context: IExecuteFunctions,
	reader: ParameterReader,
	messenger: Messenger,
	itemIndex: number,
	phones: PhoneSettings,
): Promise<ReadCard[]> {
	const source = hasSources(messenger) ? reader.get('contactSource', itemIndex) : 'fields';
	switch (source ?? 'fields') {
		case 'vCard':
			return readVCards(reader.get('vCard', itemIndex), { ...phones, parameter: 'vCard' });
		case 'binary':
			return readVCards(
				await readFile(context, reader.get('binaryPropertyName', itemIndex), itemIndex),
				{ ...phones, parameter: 'binaryPropertyName' },
			);
		default:
			return [
				{
					contact: readFields(
						(name) => reader.get(name, itemIndex),
						messenger.card.carries,
						phones,
					),
				},
			];
	}
}
