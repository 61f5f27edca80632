// The contacts of an item, from where the user said they come: fields, a vCard or a file. Knows no vendor
// by name.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Contact } from '../contact/Contact';
import { InputError } from '../contact/InputError';
import { readVCards } from '../contact/readVCard';
import { readText } from '../contact/text';
import { hasSources } from '../parameters';
import type { Messenger } from '../providers/Provider';
import type { ParameterReader } from './ParameterReader';
import { readFields } from './readFields';
import type { PhoneSettings } from './readOptions';

/** @throws InputError naming the parameter that is filled in wrongly */
export async function readContacts(
	context: IExecuteFunctions,
	reader: ParameterReader,
	messenger: Messenger,
	itemIndex: number,
	phones: PhoneSettings,
): Promise<Contact[]> {
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
			return [readFields((name) => reader.get(name, itemIndex), messenger.card.carries, phones)];
	}
}

/** The text of the item's .vcf file. Old phones write them in their own code page, without saying so. */
async function readFile(
	context: IExecuteFunctions,
	name: unknown,
	itemIndex: number,
): Promise<string> {
	const field = readText(name, 'binaryPropertyName') ?? 'data';
	if (context.getInputData()[itemIndex]?.binary?.[field] === undefined) {
		throw new InputError({
			parameter: 'binaryPropertyName',
			message: `The item has no file in the binary field “${field}”`,
			description: 'Put the name of the field with the .vcf file into Input Binary Field.',
		});
	}
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
	const isUtf16 =
		bytes.length > 1 && (bytes.readUInt16LE(0) === 0xfeff || bytes.readUInt16BE(0) === 0xfeff);
	if (isUtf16) {
		return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
	}
	const text = new TextDecoder('utf-8').decode(bytes);
	return text.includes('\uFFFD') ? new TextDecoder('windows-1252').decode(bytes) : text;
}
