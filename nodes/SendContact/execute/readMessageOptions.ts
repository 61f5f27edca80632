// The options of a message: checked against what the messenger declares, and those that were filled in
// for another provider named.
import { InputError } from '../contact/InputError';
import { readText, shown } from '../contact/text';
import { CHECK_FIRST } from '../parameters/deliveryOptions';
import { isObject } from '../providers/answers';
import { providers } from '../providers';
import type {
	MessageOptions,
	Messenger,
	OptionKind,
	Provider,
	PublicAccount,
} from '../providers/Provider';
import { servicesOf, type Service } from '../providers/services';
import { label } from './label';

type Value = string | number | boolean;

function refuse(
	parameter: string,
	provider: Provider,
	problem: string,
	description: string,
): never {
	throw new InputError({
		parameter,
		message: `${label(parameter, provider)} ${problem}`,
		description,
	});
}

/** An object as JSON, also where an expression gives the object itself; an empty one is nothing. */
function readObject(name: string, filled: unknown, provider: Provider): string | undefined {
	if (filled === undefined || filled === null || filled === '') return undefined;
	const object = typeof filled === 'string' ? parsed(filled) : filled;
	if (isObject(object))
		return Object.keys(object).length === 0 ? undefined : JSON.stringify(object);
	return refuse(
		name,
		provider,
		`is no object in JSON: ${shown(filled)}`,
		'It begins with { and ends with }, and each name in it stands between double quotes.',
	);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** The value of an option that was filled in; `undefined` where it was not. @throws InputError */
function readOption(
	name: string,
	{ value: kind }: OptionKind,
	filled: unknown,
	provider: Provider,
): Value | undefined {
	if (kind.kind === 'json') return readObject(name, filled, provider);
	const text = readText(filled, name);
	if (text === undefined) return undefined;
	switch (kind.kind) {
		case 'switch':
			if (text === 'true' || text === 'false') return text === 'true';
			return refuse(
				name,
				provider,
				'is neither true nor false',
				'Switch it on or off. An expression there must give true or false.',
			);
		case 'choice': {
			const choice = kind.choices.find(({ value }) => String(value) === text);
			if (choice !== undefined) return choice.value;
			return refuse(
				name,
				provider,
				`has no choice “${text}”`,
				`Choose one of: ${kind.choices.map(({ value }) => value).join(', ')}.`,
			);
		}
		case 'number': {
			const number = Number(text);
			// A field of numbers holds a 0 that nobody meant where a 0 cannot be meant.
			if (number === 0 && kind.min > 0) return undefined;
			const isGood =
				number >= kind.min && number <= kind.max && (!kind.isWhole || Number.isInteger(number));
			if (isGood) return number;
			return refuse(
				name,
				provider,
				`is “${text}”`,
				`It takes ${kind.min} to ${kind.max}${kind.unit === undefined ? '' : ` ${kind.unit}`}${kind.isWhole ? ', without decimals' : ''}.`,
			);
		}
		case 'text': {
			const longest = kind.longest ?? Number.POSITIVE_INFINITY;
			if (Array.from(text).length > longest) {
				return refuse(name, provider, `is longer than ${longest} characters`, 'Shorten it.');
			}
			if (kind.pattern === undefined || kind.pattern.test(text)) return text;
			return refuse(
				name,
				provider,
				`“${text}” is not what ${provider.displayName} takes there`,
				'Correct it, or remove the option.',
			);
		}
	}
}

let names: ReadonlySet<string> | undefined;

/** Whether some provider has an option of a message of that name. */
export function isMessageOption(name: string): boolean {
	names ??= new Set(
		servicesOf(providers).flatMap(({ messenger }) => Object.keys(messenger.options)),
	);
	return names.has(name);
}

function isFilled(value: unknown): boolean {
	return value !== undefined && value !== null && value !== '' && value !== false && value !== 0;
}

/**
 * The options that this messenger takes, and the names of those that were filled in for another one.
 * @throws InputError naming the option that is out of bounds
 */
export function readMessageOptions(
	options: Readonly<Record<string, unknown>>,
	{ provider, messenger }: Service,
): { taken: MessageOptions; dropped: string[] } {
	const taken: Record<string, Value> = {};
	for (const [name, kind] of Object.entries(messenger.options)) {
		const value = readOption(name, kind, options[name], provider);
		if (value !== undefined) taken[name] = value;
	}
	const isOfOthers = (name: string) =>
		name === CHECK_FIRST
			? messenger.recipient.check === undefined
			: !(name in messenger.options) && isMessageOption(name);
	const dropped = Object.keys(options).filter(
		(name) => isOfOthers(name) && isFilled(options[name]),
	);
	return { taken, dropped };
}

/** Of the options that a messenger takes, those that this account takes, and the names of the others. */
export function optionsOfAccount(
	options: MessageOptions,
	messenger: Messenger,
	account: PublicAccount,
): { taken: MessageOptions; dropped: string[] } {
	const isTaken = (name: string) => messenger.options[name]?.isTaken?.(account) !== false;
	const dropped = Object.keys(options).filter((name) => !isTaken(name));
	// The same object where it can be: a long list shares one.
	if (dropped.length === 0) return { taken: options, dropped };
	const entries = Object.entries(options).filter(([name]) => isTaken(name));
	return { taken: Object.fromEntries(entries), dropped };
}
