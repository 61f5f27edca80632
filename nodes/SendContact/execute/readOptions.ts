// How an item is to be delivered and its phone numbers are to be read: the options that every provider has,
// checked against their bounds.
import { InputError } from '../contact/InputError';
import type { PhoneOptions } from '../contact/phone';
import { readText } from '../contact/text';
import {
	CHECK_FIRST,
	DEFAULT_LONGEST_WAIT,
	DEFAULT_MAX_ATTEMPTS,
	DEFAULT_TIMEOUT_MS,
	DELIVERY_BOUNDS,
	DELIVERY_OPTIONS,
} from '../parameters/deliveryOptions';
import type { Provider } from '../providers/Provider';
import { label } from './label';
import { readSwitch } from './readSwitch';

/** How the user wants an item to be delivered. */
export interface DeliverySettings {
	/** `undefined` where the provider's own limits count. */
	messagesPerMinute: number | undefined;
	maxConcurrent: number;
	maxAttempts: number;
	/** Seconds that a vendor may ask to be left alone at most. */
	longestWait: number;
	/** Milliseconds, per attempt. */
	timeout: number;
	retryUnknown: boolean;
	skipDuplicates: boolean;
	duplicateKey: string | undefined;
	preview: boolean;
	/** Whether the vendor is asked first whether the recipient has an account. */
	checkFirst: boolean;
}

/** Whether every provider has an option of that name. Default Country was one, and saved workflows hold it. */
export function isDeliveryOption(name: string): boolean {
	return (
		[CHECK_FIRST, 'defaultCountry'].includes(name) ||
		DELIVERY_OPTIONS.some((option) => option.name === name)
	);
}

/** How phone numbers are to be read. */
export interface PhoneSettings {
	defaultCountry?: string;
	allowDoubtful: boolean;
	/** Is told of every number that is read. */
	onRead?: PhoneOptions['onRead'];
}

/**
 * @param country the panel's Default Country; the option of the same name, which older workflows hold, wins
 * @throws InputError when Default Country is no text or Allow Unusual Numbers no switch
 */
export function readPhoneSettings(
	options: Record<string, unknown>,
	country: unknown,
): PhoneSettings {
	const defaultCountry =
		readText(options.defaultCountry, 'defaultCountry') ?? readText(country, 'defaultCountry');
	return {
		...(defaultCountry !== undefined && { defaultCountry }),
		allowDoubtful: readSwitch(options.allowUnusualNumbers, 'allowUnusualNumbers', label),
	};
}

/** A number within bounds; nothing filled in, and the 0 of an untouched field, give `undefined`. */
function readNumber(
	value: unknown,
	parameter: string,
	bounds: { min: number; max: number; unit?: string },
	kind: 'whole' | 'any',
): number | undefined {
	const text = readText(value, parameter);
	if (text === undefined || Number(text) === 0) return undefined;
	const number = Number(text);
	const isGood =
		number >= bounds.min && number <= bounds.max && (kind === 'any' || Number.isInteger(number));
	if (isGood) return number;
	throw new InputError({
		parameter,
		message: `${label(parameter)} is “${text}”`,
		description: `It takes ${bounds.min} to ${bounds.max}${bounds.unit === undefined ? '' : ` ${bounds.unit}`}${kind === 'whole' ? ', without decimals' : ''}.`,
	});
}

/** Here a 0 is meant: not to wait at all. */
function readLongestWait(value: unknown): number {
	const text = readText(value, 'longestWait');
	if (text !== undefined && Number(text) === 0) return 0;
	return (
		readNumber(value, 'longestWait', DELIVERY_BOUNDS.longestWait, 'whole') ?? DEFAULT_LONGEST_WAIT
	);
}

/** @throws InputError naming the option that is out of bounds */
export function readSettings(
	options: Record<string, unknown>,
	{ pace }: Provider,
): DeliverySettings {
	const number = (name: keyof typeof DELIVERY_BOUNDS, kind: 'whole' | 'any') =>
		readNumber(options[name], name, DELIVERY_BOUNDS[name], kind);
	const duplicateKey = readText(options.duplicateKey, 'duplicateKey');
	return {
		messagesPerMinute: number('messagesPerMinute', 'any'),
		maxConcurrent: number('maxConcurrent', 'whole') ?? pace.maxConcurrent,
		maxAttempts: number('maxAttempts', 'whole') ?? DEFAULT_MAX_ATTEMPTS,
		longestWait: readLongestWait(options.longestWait),
		timeout: number('timeout', 'whole') ?? DEFAULT_TIMEOUT_MS,
		retryUnknown: readSwitch(options.retryUnknown, 'retryUnknown', label),
		// A key that nothing is done with would be lost without a word.
		skipDuplicates: readSwitch(
			options.skipDuplicates ?? duplicateKey !== undefined,
			'skipDuplicates',
			label,
		),
		duplicateKey,
		preview: readSwitch(options.preview, 'preview', label),
		checkFirst: readSwitch(options.checkFirst, CHECK_FIRST, label),
	};
}
