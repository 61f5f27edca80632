// Who an item that could not be read is about: the recipient and the contact as they were filled in.
import { isObject, textOf } from '../providers/answers';
import type { ParameterReader } from './ParameterReader';

/** As they were given; what was not filled in, or cannot be had either, is absent. */
export interface Given {
	to?: string;
	name?: string;
	phone?: string;
}

/** Longer texts are no names and no numbers, and n8n keeps every item. */
const LONGEST = 200;

/** Never throws. */
export function givenOf(reader: ParameterReader, itemIndex: number): Given {
	const given = (parameter: string): string | undefined => {
		try {
			const value = reader.get(parameter, itemIndex);
			const text = textOf(isObject(value) ? value.value : value)?.trim();
			return text === undefined || text === '' ? undefined : text.slice(0, LONGEST);
		} catch {
			return undefined;
		}
	};
	const [to, name, phone] = [given('to'), given('contactName'), given('contactPhone')];
	return {
		...(to !== undefined && { to }),
		...(name !== undefined && { name }),
		...(phone !== undefined && { phone }),
	};
}
