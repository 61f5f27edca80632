// From an item's parameters to cards that are ready to leave: read, normalised and checked, nothing sent.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { FoundAt } from '../contact/fromItem';
import { InputError } from '../contact/InputError';
import type { UnusableCard } from '../contact/readVCard';
import { textOf } from '../providers/answers';
import { providerNamed, providers } from '../providers';
import type { Message, Messenger, Provider, PublicAccount } from '../providers/Provider';
import type { Service } from '../providers/services';
import { messagesOf } from './messagesOf';
import type { ParameterReader } from './ParameterReader';
import { readCollection } from './readCollection';
import { readContacts } from './readContacts';
import { refuseOptedOut } from './refuseOptedOut';
import { isMessageOption, optionsOfAccount, readMessageOptions } from './readMessageOptions';
import {
	isDeliveryOption,
	readPhoneSettings,
	type PhoneSettings,
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
	/** Which card of the item the first of its cards is, from 0. */
	position: number;
	/** Given where something that the vendor would have obeyed was taken out of its cards. */
	isCleaned?: true;
	/** The recipient's digits with country code, where it is a phone number. */
	phone?: string;
	/** Whether whoever gets the cards can write to those on them; given where that was looked up. */
	cardReachable?: boolean | null;
	/** Where in the item the fields of its contact were found, if they were looked for. */
	foundAt?: FoundAt;
}

/** A card of an item that cannot be sent, while others of it can. */
export interface LeftOut extends UnusableCard {
	/** The recipient in the vendor's form. */
	to: string;
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
		description: 'Choose Send Contact or Check Recipient.',
	});
}

/**
 * The messages of an item: one, or as many as the cards of its vCard make, and in their places the cards
 * that cannot be sent.
 * @param keyOf the key of the card at that position
 * @param onRead is told of every phone number on the way
 * @throws InputError naming the parameter that is filled in wrongly
 */
export async function readItem(
	context: IExecuteFunctions,
	reader: ParameterReader,
	provider: Provider,
	account: PublicAccount,
	itemIndex: number,
	keyOf: (position: number) => string,
	onRead: PhoneSettings['onRead'],
): Promise<Array<Card | LeftOut>> {
	readOperation(reader, itemIndex);
	const service = { provider, messenger: readMessenger(reader, provider, itemIndex) };
	const { messenger } = service;
	const options = readOptionsObject(reader, itemIndex);
	const country = reader.get('defaultCountry', itemIndex);
	const phones = { ...readPhoneSettings(options, country), onRead };
	const { taken: known, dropped: ofOthers, settings } = readOptions(options, service);
	const { taken, dropped } = optionsOfAccount(known, messenger, account);
	const sent = readSender(reader.get('sender', itemIndex), provider, account);
	const { to, sort, phone } = readRecipient(
		reader.get('to', itemIndex),
		service,
		phones,
		reader.isOpenToModel('to'),
	);
	refuseOptedOut(context.getInputData()[itemIndex]?.json, [to, phone], phones, provider);
	const cards = await readContacts(context, reader, messenger, itemIndex, phones);
	return messagesOf(cards, service, phones.allowDoubtful).map((made) => {
		if ('problem' in made) return { ...made, to };
		const { contact, contacts, position } = made;
		return {
			messenger,
			message: {
				contact,
				contacts,
				to,
				recipientSort: sort,
				sender: sent.sender,
				options: taken,
				account,
				key: keyOf(position),
			},
			dropped: [...made.dropped, ...dropped, ...sent.dropped, ...ofOthers],
			settings,
			position,
			...(made.isCleaned && { isCleaned: made.isCleaned }),
			...(phone !== undefined && { phone }),
			...(made.foundAt && { foundAt: made.foundAt }),
		};
	});
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

/** The Options collection. @throws InputError. One expression may stand for all of it; what it says must be understood, all of it. */
export function readOptionsObject(
	reader: ParameterReader,
	itemIndex: number,
): Record<string, unknown> {
	const options = readCollection(
		reader.get('options', itemIndex),
		'options',
		'It must give an object such as {{ { preview: true } }}. Better: add each option, and use expressions in them.',
	);
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

export function readMessenger(
	reader: ParameterReader,
	provider: Provider,
	itemIndex: number,
): Messenger {
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
