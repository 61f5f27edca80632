// From an item's parameters to cards that are ready to leave: read, normalised and checked, nothing sent.
import type { IExecuteFunctions } from 'n8n-workflow';

import { CONTACT_FIELDS, droppedFields, type Contact, type ContactField } from '../contact/Contact';
import { InputError } from '../contact/InputError';
import { readPhone } from '../contact/phone';
import { readVCards } from '../contact/readVCard';
import { readText, shown } from '../contact/text';
import { hasSources } from '../parameters';
import { ADDITIONAL_FIELDS } from '../parameters/contactFields';
import { isObject, textOf } from '../providers/answers';
import { providerNamed, providers } from '../providers';
import type { Message, Messenger, Provider, PublicAccount } from '../providers/Provider';
import type { Service } from '../providers/services';
import { checkCard } from './checkCard';
import type { ParameterReader } from './ParameterReader';
import { isMessageOption, readMessageOptions } from './readMessageOptions';
import {
	isDeliveryOption,
	readPhoneSettings,
	readSettings,
	type DeliverySettings,
	type PhoneSettings,
} from './readOptions';
import { readRecipient, readSender } from './readRecipient';

/** One card of one item. */
export interface Card {
	messenger: Messenger;
	message: Message;
	dropped: string[];
	settings: DeliverySettings;
	/** Which card of the item it is, from 0. */
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
 * @param keyOf the key of the card at that position
 * @throws InputError naming the parameter that is filled in wrongly
 */
export async function readItem(
	context: IExecuteFunctions,
	reader: ParameterReader,
	provider: Provider,
	account: PublicAccount,
	itemIndex: number,
	keyOf: (position: number) => string,
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
	return contacts.map((contact, position) => {
		checkCard(contact, provider, messenger, phones.allowDoubtful);
		return {
			messenger,
			message: {
				contact,
				to,
				recipientSort: sort,
				sender,
				options: taken,
				account,
				key: keyOf(position),
			},
			dropped: [...droppedFields(contact, messenger.card.carries), ...dropped],
			settings,
			position,
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

async function readContacts(
	context: IExecuteFunctions,
	reader: ParameterReader,
	messenger: Messenger,
	itemIndex: number,
	phones: PhoneSettings,
): Promise<Contact[]> {
	const source = hasSources(messenger) ? reader.get('contactSource', itemIndex) : 'fields';
	switch (source ?? 'fields') {
		case 'vCard':
			return readVCards(reader.get('vCard', itemIndex), { ...phones, parameter: 'vCard' });
		case 'binary':
			return readVCards(
				await readFile(context, reader.get('binaryPropertyName', itemIndex), itemIndex),
				{
					...phones,
					parameter: 'binaryPropertyName',
				},
			);
		default:
			return [readFields(reader, messenger, itemIndex, phones)];
	}
}

/** The text of the item's .vcf file. Old phones write them in their own code page, without saying so. */
async function readFile(
	context: IExecuteFunctions,
	name: unknown,
	itemIndex: number,
): Promise<string> {
	const field = readText(name, 'binaryPropertyName') ?? 'data';
	if (context.getInputData()[itemIndex]?.binary?.[field] === undefined) {
		throw new InputError({
			parameter: 'binaryPropertyName',
			message: `The item has no file in the binary field “${field}”`,
			description: 'Put the name of the field with the .vcf file into Input Binary Field.',
		});
	}
	const bytes = await context.helpers.getBinaryDataBuffer(itemIndex, field);
	const isUtf16 =
		bytes.length > 1 && (bytes.readUInt16LE(0) === 0xfeff || bytes.readUInt16BE(0) === 0xfeff);
	if (isUtf16) {
		return new TextDecoder(bytes[0] === 0xff ? 'utf-16le' : 'utf-16be').decode(bytes);
	}
	const text = new TextDecoder('utf-8').decode(bytes);
	return text.includes('\uFFFD') ? new TextDecoder('windows-1252').decode(bytes) : text;
}

/** Whether a value is a list or an object. */
const isFilledWithMore = (value: unknown) => typeof value === 'object' && value !== null;

function readFields(
	reader: ParameterReader,
	messenger: Messenger,
	itemIndex: number,
	phones: PhoneSettings,
): Contact {
	const contact: Contact = {};
	const lists: string[] = [];
	const put = (field: ContactField, value: string | undefined) => {
		if (value !== undefined) contact[field] = value;
	};
	put('contactName', readText(reader.get('contactName', itemIndex), 'contactName'));
	if (messenger.card.carries.includes('contactPhone')) {
		const phone = reader.get('contactPhone', itemIndex);
		if (readText(phone, 'contactPhone') !== undefined) {
			put('contactPhone', readPhone(phone, { ...phones, parameter: 'contactPhone' }));
		}
	}
	put('contactChatId', readText(reader.get('contactChatId', itemIndex), 'contactChatId'));
	const additional = reader.get('additionalFields', itemIndex);
	if (isObject(additional)) {
		for (const { name } of ADDITIONAL_FIELDS) {
			const field = CONTACT_FIELDS.find((known) => known === name);
			const value = additional[name];
			if (field === undefined) {
				if (isObject(value) ? Object.keys(value).length > 0 : value) lists.push(name);
				continue;
			}
			// What was filled in for another provider breaks nothing: it is only named as dropped.
			const isCarried = messenger.card.carries.includes(field);
			put(field, readText(isCarried || !isFilledWithMore(value) ? value : shown(value), name));
		}
	}
	return lists.length > 0 ? { ...contact, beyond: lists } : contact;
}
