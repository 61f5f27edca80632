// From an item's parameters to cards that are ready to leave: read, normalised and checked, nothing sent.
import type { IExecuteFunctions } from 'n8n-workflow';

import { droppedFields, fitted, passesWhole } from '../contact/carried';
import type { Contact } from '../contact/Contact';
import { InputError } from '../contact/InputError';
import { isObject, textOf } from '../providers/answers';
import { providerNamed, providers } from '../providers';
import type { CardKind, Message, Messenger, Provider, PublicAccount } from '../providers/Provider';
import type { Service } from '../providers/services';
import { builtTooLong, checkCard } from './checkCard';
import type { ParameterReader } from './ParameterReader';
import { readContacts } from './readContacts';
import { isMessageOption, readMessageOptions } from './readMessageOptions';
import {
	isDeliveryOption,
	readPhoneSettings,
	readSettings,
	type DeliverySettings,
} from './readOptions';
import { readRecipient, readSender } from './readRecipient';

/** One message of one item: one card, or as many of its cards as the messenger takes at once. */
export interface Card {
	messenger: Messenger;
	message: Message;
	/** What is dropped of any of its cards. */
	dropped: string[];
	settings: DeliverySettings;
	/** Which message of the item it is, from 0. */
	position: number;
}

/** The provider the node is set to. */
export function readProvider(reader: ParameterReader, itemIndex: number): Provider {
	const name = reader.get('provider', itemIndex);
	const provider = providerNamed(name);
	if (provider) return provider;
	throw new InputError({
		parameter: 'provider',
		message: `There is no provider “${textOf(name) ?? ''}”`,
		description: `Choose one of: ${providers.map(({ displayName }) => displayName).join(', ')}.`,
	});
}

/** @throws InputError when the node is set to do something else: nothing is sent by mistake */
export function readOperation(reader: ParameterReader, itemIndex: number): void {
	const operation = reader.get('operation', itemIndex) ?? 'send';
	if (operation === 'send') return;
	throw new InputError({
		parameter: 'operation',
		message: `There is no operation “${textOf(operation) ?? ''}”`,
		description: 'Choose Send Contact.',
	});
}

/**
 * The cards of an item: one, or as many as its vCard holds.
 * @throws InputError naming the parameter that is filled in wrongly
 */
export async function readItem(
	context: IExecuteFunctions,
	reader: ParameterReader,
	provider: Provider,
	account: PublicAccount,
	itemIndex: number,
): Promise<Card[]> {
	readOperation(reader, itemIndex);
	const service = { provider, messenger: readMessenger(reader, provider, itemIndex) };
	const { messenger } = service;
	const options = readOptionsObject(reader, itemIndex);
	const phones = readPhoneSettings(options, reader.get('defaultCountry', itemIndex));
	const { taken, dropped, settings } = readOptions(options, service);
	const sender = readSender(reader.get('sender', itemIndex), provider, account);
	const { to, sort } = readRecipient(reader.get('to', itemIndex), service, phones);
	const contacts = await readContacts(context, reader, messenger, itemIndex, phones);
	const { card } = messenger;
	const cards = contacts.map((contact) => {
		const given = withoutLongVCard(contact, card);
		const fit = fitted(given, card);
		checkCard(fit, provider, messenger, phones.allowDoubtful);
		return { contact: fit, dropped: droppedFields(given, card) };
	});
	return inMessages(cards, card.perMessage ?? 1).map(([first, ...others], position) => ({
		messenger,
		message: {
			contact: first.contact,
			contacts: [first.contact, ...others.map(({ contact }) => contact)],
			to,
			recipientSort: sort,
			sender,
			options: taken,
			account,
		},
		dropped: [...new Set([first, ...others].flatMap((one) => one.dropped)), ...dropped],
		settings,
		position,
	}));
}

/** A pasted vCard that is longer than the vendor takes, such as one with a photo, gives way to its fields. */
function withoutLongVCard(contact: Contact, card: CardKind): Contact {
	if (!passesWhole(contact, card) || !builtTooLong(fitted(contact, card), card)) return contact;
	const { pasted: _tooLong, ...fields } = contact;
	return fields;
}

/** The cards in groups of at most so many, in order. */
function inMessages<T>(cards: readonly T[], perMessage: number): Array<[T, ...T[]]> {
	const messages: Array<[T, ...T[]]> = [];
	for (const card of cards) {
		const last = messages.at(-1);
		if (last !== undefined && last.length < perMessage) last.push(card);
		else messages.push([card]);
	}
	return messages;
}

/** What the options of an item come to. */
interface Options extends ReturnType<typeof readMessageOptions> {
	settings: DeliverySettings;
}

/** Options without an expression are one object for all items of a list: they are read and kept once. */
const optionsRead = new WeakMap<object, Map<Messenger, Options>>();

function readOptions(options: Readonly<Record<string, unknown>>, service: Service): Options {
	const { provider, messenger } = service;
	const known = optionsRead.get(options) ?? new Map<Messenger, Options>();
	const read = known.get(messenger) ?? {
		...readMessageOptions(options, service),
		settings: readSettings(options, provider),
	};
	optionsRead.set(options, known.set(messenger, read));
	return read;
}

/** The Options collection. One expression may stand for all of it; what it says must be understood, all of it. */
function readOptionsObject(reader: ParameterReader, itemIndex: number): Record<string, unknown> {
	const options = reader.get('options', itemIndex) ?? {};
	if (!isObject(options)) {
		throw new InputError({
			parameter: 'options',
			message: 'Options is an expression that gives no set of options',
			description:
				'It must give an object such as {{ { preview: true } }}. Better: add each option, and use expressions in them.',
		});
	}
	if (!reader.isExpression('options')) return options;
	const unknown = Object.keys(options).find(
		(name) => !isMessageOption(name) && !isDeliveryOption(name),
	);
	if (unknown === undefined) return options;
	throw new InputError({
		parameter: 'options',
		message: `Options is an expression that gives “${unknown}”, and there is no such option`,
		description: 'Correct the name, or add the option in the panel instead.',
	});
}

function readMessenger(reader: ParameterReader, provider: Provider, itemIndex: number): Messenger {
	const [first] = provider.messengers;
	if (provider.messengers.length === 1) return first;
	const name = reader.get('messenger', itemIndex) ?? first.name;
	const messenger = provider.messengers.find((candidate) => candidate.name === name);
	if (messenger) return messenger;
	throw new InputError({
		parameter: 'messenger',
		message: `${provider.displayName} has no messenger “${textOf(name) ?? ''}”`,
		description: `Choose one of: ${provider.messengers.map(({ displayName }) => displayName).join(', ')}.`,
	});
}
