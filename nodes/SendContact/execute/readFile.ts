// The file that an item carries. Knows no vendor and not what is in the file.
import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../contact/InputError';
import { readText } from '../contact/text';

/**
 * The bytes of the item's .vcf file.
 * @param name what the parameter `binaryPropertyName` holds
 * @throws InputError where the item has no such file
 */
export async function readFile(
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
