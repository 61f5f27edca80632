// From an item's parameters to cards that are ready to leave: read, normalised and checked, nothing sent.
import type { IExecuteFunctions } from 'n8n-workflow';

import { CONTACT_FIELDS, droppedFields, type Contact, type ContactField } from '../contact/Contact';
import { InputError } from '../contact/InputError';
import { readPhone } from '../contact/phone';
import { readVCards } from '../contact/readVCard';
import { readText } from '../contact/text';
import { hasSources } from '../parameters';
import { ADDITIONAL_FIELDS } from '../parameters/contactFields';
import { isObject, textOf } from '../providers/answers';
import { providerNamed, providers } from '../providers';
import type { Message, Messenger, Provider } from '../providers/Provider';
import { checkCard } from './checkCard';
import type { ParameterReader } from './ParameterReader';
import {
	readMessageOptions,
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

/**
 * The cards of an item: one, or as many as its vCard holds.
 * @param keyOf the key of the card at that position
 * @throws InputError naming the parameter that is filled in wrongly
 */
export async function readItem(
	context: IExecuteFunctions,
	reader: ParameterReader,
	provider: Provider,
	itemIndex: number,
	keyOf: (position: number) => string,
): Promise<Card[]> {
	const messenger = readMessenger(reader, provider, itemIndex);
	const { phones, taken, dropped, settings } = readOptions(
		reader.get('options', itemIndex),
		provider,
		messenger,
	);
	const sender = readSender(reader.get('sender', itemIndex), provider);
	const to = readRecipient(reader.get('to', itemIndex), messenger, phones);
	const contacts = await readContacts(context, reader, messenger, itemIndex, phones);
	return contacts.map((contact, position) => {
		checkCard(contact, provider, messenger, phones.allowDoubtful);
		return {
			messenger,
			message: { contact, to, sender, options: taken, key: keyOf(position) },
			dropped: [...droppedFields(contact, messenger.card.carries), ...dropped],
			settings,
			position,
		};
	});
}

/** What the options of an item come to. */
interface Options extends ReturnType<typeof readMessageOptions> {
	phones: PhoneSettings;
	settings: DeliverySettings;
}

/** Options without an expression are one object for all items of a list: they are read and kept once. */
const optionsRead = new WeakMap<object, Map<Messenger, Options>>();

function readOptions(filled: unknown, provider: Provider, messenger: Messenger): Options {
	const options = isObject(filled) ? filled : {};
	const known = optionsRead.get(options) ?? new Map<Messenger, Options>();
	const read = known.get(messenger) ?? {
		...readMessageOptions(options, messenger),
		phones: readPhoneSettings(options),
		settings: readSettings(options, provider),
	};
	optionsRead.set(options, known.set(messenger, read));
	return read;
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

function readFields(
	reader: ParameterReader,
	messenger: Messenger,
	itemIndex: number,
	phones: PhoneSettings,
): Contact {
	const contact: Contact = {};
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
			if (field !== undefined) put(field, readText(additional[name], name));
		}
	}
	return contact;
}
