// The parameters that both operations have. Knows no vendor.
import { InputError } from '../SendContact/contact/InputError';
import type { PhoneOptions } from '../SendContact/contact/phone';
import { readText, shown } from '../SendContact/contact/text';
import type { ParameterReader } from '../SendContact/execute/ParameterReader';
import type { PhoneSettings } from '../SendContact/execute/readOptions';
import { readCollection } from '../SendContact/execute/readCollection';
import { readSwitch } from '../SendContact/execute/readSwitch';
import { label } from './panel';

/** The Options collection of an item. @throws InputError where an expression in its place gives no object */
export function readOptions(reader: ParameterReader, itemIndex: number): Record<string, unknown> {
	return readCollection(
		reader.get('options', itemIndex),
		'options',
		'Add each option in the panel, and use expressions in them.',
	);
}

/** How the phone numbers of an item are to be read. @throws InputError naming what is filled in wrongly */
export function readPhoneSettings(
	reader: ParameterReader,
	itemIndex: number,
	onRead: PhoneOptions['onRead'],
): PhoneSettings {
	const options = readOptions(reader, itemIndex);
	const country = readText(reader.get('defaultCountry', itemIndex), 'defaultCountry');
	return {
		...(country !== undefined && { defaultCountry: country }),
		allowDoubtful: readSwitch(options.allowUnusualNumbers, 'allowUnusualNumbers', label),
		onRead,
	};
}

/** One of a few words. @throws InputError naming those that there are */
export function readChoice<T extends string>(
	reader: ParameterReader,
	parameter: string,
	choices: readonly [T, ...T[]],
	itemIndex: number,
): T {
	const value = reader.get(parameter, itemIndex);
	const chosen = choices.find((choice) => choice === value);
	if (chosen !== undefined) return chosen;
	throw new InputError({
		parameter,
		message: `${label(parameter)} is “${shown(value)}”, and there is no such choice`,
		description: `Choose one of: ${choices.join(', ')}.`,
	});
}
