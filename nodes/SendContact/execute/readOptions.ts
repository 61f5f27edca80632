// The options of an item: checked against their bounds, and sorted into those the messenger takes.
import { InputError } from '../contact/InputError';
import { readText } from '../contact/text';
import {
	DEFAULT_LONGEST_WAIT,
	DEFAULT_MAX_ATTEMPTS,
	DEFAULT_TIMEOUT_MS,
	DELIVERY_BOUNDS,
} from '../parameters/deliveryOptions';
import { MESSAGE_OPTION_BOUNDS, MESSAGE_OPTIONS, TYPING_TYPES } from '../parameters/messageOptions';
import type { MessageOptions, Messenger, Provider } from '../providers/Provider';
import { label } from './label';

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
}

/** How phone numbers are to be read. */
export interface PhoneSettings {
	defaultCountry?: string;
	allowDoubtful: boolean;
}

/** @throws InputError when Default Country is no text or Allow Unusual Numbers no switch */
export function readPhoneSettings(options: Record<string, unknown>): PhoneSettings {
	const defaultCountry = readText(options.defaultCountry, 'defaultCountry');
	return {
		...(defaultCountry !== undefined && { defaultCountry }),
		allowDoubtful: readSwitch(options.allowUnusualNumbers, 'allowUnusualNumbers'),
	};
}

function readSwitch(value: unknown, parameter: string): boolean {
	if (value === undefined || value === null || value === '') return false;
	if (typeof value === 'boolean') return value;
	if (value === 'true' || value === 'false') return value === 'true';
	throw new InputError({
		parameter,
		message: `${label(parameter)} is neither true nor false`,
		description: 'Switch it on or off. An expression there must give true or false.',
	});
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
	return {
		messagesPerMinute: number('messagesPerMinute', 'any'),
		maxConcurrent: number('maxConcurrent', 'whole') ?? pace.maxConcurrent,
		maxAttempts: number('maxAttempts', 'whole') ?? DEFAULT_MAX_ATTEMPTS,
		longestWait: readLongestWait(options.longestWait),
		timeout: number('timeout', 'whole') ?? DEFAULT_TIMEOUT_MS,
		retryUnknown: readSwitch(options.retryUnknown, 'retryUnknown'),
		skipDuplicates: readSwitch(options.skipDuplicates, 'skipDuplicates'),
		duplicateKey: readText(options.duplicateKey, 'duplicateKey'),
		preview: readSwitch(options.preview, 'preview'),
	};
}

/** The options this messenger takes, checked; and the names of those that were filled in for another one. */
export function readMessageOptions(
	options: Record<string, unknown>,
	messenger: Messenger,
): { taken: MessageOptions; dropped: string[] } {
	const dropped = Object.keys(MESSAGE_OPTIONS).filter(
		(name) =>
			!(name in messenger.options) &&
			readText(options[name], name) !== undefined &&
			Number(options[name]) !== 0,
	);
	const given = (name: keyof MessageOptions) =>
		name in messenger.options ? options[name] : undefined;
	const number = (name: 'delayMessage' | 'typingTime') =>
		readNumber(given(name), name, MESSAGE_OPTION_BOUNDS[name], 'whole');
	const [replyToMessageId, delayMessage, typingTime, typingType] = [
		readText(given('replyToMessageId'), 'replyToMessageId'),
		number('delayMessage'),
		number('typingTime'),
		readText(given('typingType'), 'typingType'),
	];
	if (typingType !== undefined && !TYPING_TYPES.some(({ value }) => value === typingType)) {
		throw new InputError({
			parameter: 'typingType',
			message: `There is no ${label('typingType')} “${typingType}”`,
			description: `Choose one of: ${TYPING_TYPES.map(({ value }) => value).join(', ')}.`,
		});
	}
	return {
		taken: {
			...(replyToMessageId !== undefined && { replyToMessageId }),
			...(delayMessage !== undefined && { delayMessage }),
			...(typingTime !== undefined && { typingTime }),
			...(typingType !== undefined && { typingType }),
		},
		dropped,
	};
}
