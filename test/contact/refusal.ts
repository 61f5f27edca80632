// What a reader of user input refuses, for tests to look at.
import { InputError } from '../../nodes/SendContact/contact/InputError';

/** Runs `read` and gives back its InputError; anything else that is thrown is thrown on. */
export function refusalOf(read: () => unknown): InputError {
	let result: unknown;
	try {
		result = read();
	} catch (thrown) {
		if (thrown instanceof InputError) return thrown;
		throw thrown;
	}
	throw new Error(`was accepted as ${JSON.stringify(result)}`);
}

/** The value `read` gives, or `undefined` where it refuses; anything but an InputError is thrown on. */
export function acceptedOf<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch (thrown) {
		if (thrown instanceof InputError) return undefined;
		throw thrown;
	}
}
