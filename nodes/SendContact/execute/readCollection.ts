// A collection of the panel as a whole: one expression may stand for all of it. Does not know what is in it.
import { InputError } from '../contact/InputError';
import { isObject } from '../providers/answers';

const WORDS = {
	options: { label: 'Options', entries: 'options' },
	additionalFields: { label: 'Additional Fields', entries: 'fields' },
};

/**
 * What is filled in, by name.
 * @param wayOut what to do where an expression in its place gives something else
 * @throws InputError where it does
 */
export function readCollection(
	filled: unknown,
	parameter: keyof typeof WORDS,
	wayOut: string,
): Record<string, unknown> {
	const collection = filled ?? {};
	if (isObject(collection)) return collection;
	const { label, entries } = WORDS[parameter];
	throw new InputError({
		parameter,
		message: `${label} is an expression that gives no set of ${entries}`,
		description: wayOut,
	});
}
