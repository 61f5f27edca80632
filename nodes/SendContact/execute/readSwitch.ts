// A parameter that is on or off. Knows no vendor.
import { InputError } from '../contact/InputError';

/**
 * A switch of a collection; off where nothing is filled in.
 * @param label what the panel calls a parameter
 * @throws InputError where it is neither on nor off
 */
export function readSwitch(
	value: unknown,
	parameter: string,
	label: (parameter: string) => string,
): boolean {
	if (value === undefined || value === null || value === '') return false;
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 'false') return value === 'true';
	throw new InputError({
		parameter,
		message: `${label(parameter)} is neither true nor false`,
		description: 'Switch it on or off. An expression there must give true or false.',
	});
}
