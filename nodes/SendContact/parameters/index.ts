// The panel after the provider: built from what the providers declare. Held to n8n's wording and
// ordering rules by test/conformance/panel.test.ts, since lint sees literals only.
import type { IDisplayOptions, INodeProperties, INodePropertyMode } from 'n8n-workflow';

import { CONTACT_FIELDS, type ContactField } from '../contact/Contact';
import type { MessageOptionName, Messenger, Provider, SenderKind } from '../providers/Provider';
import { ADDITIONAL_FIELDS } from './contactFields';
import { DELIVERY_OPTIONS } from './deliveryOptions';
import { MESSAGE_OPTIONS } from './messageOptions';

type Show = NonNullable<IDisplayOptions['show']>;

/** Where one messenger of one provider is chosen. */
function where(provider: Provider, messenger: Messenger): Show {
	return {
		provider: [provider.name],
		...(provider.messengers.length > 1 && { messenger: [messenger.name] }),
	};
}

/** One property per way of a messenger, each visible only where that messenger is chosen. */
function perMessenger(
	providers: readonly Provider[],
	build: (provider: Provider, messenger: Messenger) => INodeProperties | undefined,
	show: (messenger: Messenger) => Show = () => ({}),
): INodeProperties[] {
	return providers.flatMap((provider) =>
		provider.messengers.flatMap((messenger) => {
			const property = build(provider, messenger);
			if (property === undefined) return [];
			return [
				{
					...property,
					displayOptions: { show: { ...where(provider, messenger), ...show(messenger) } },
				},
			];
		}),
	);
}

function messengerSelector(provider: Provider): INodeProperties[] {
	if (provider.messengers.length === 1) return [];
	const [{ name: first }] = provider.messengers;
	return [
		{
			displayName: 'Messenger',
			name: 'messenger',
			type: 'options',
			noDataExpression: true,
			options: provider.messengers.map(({ name, displayName }) => ({
				name: displayName,
				value: name,
			})),
			default: first,
			description: 'The messenger that the instance in the credential is linked to',
			displayOptions: { show: { provider: [provider.name] } },
		},
	];
}

/** One way to fill in a resource locator. */
const mode = (displayName: string, name: string, more: Partial<INodePropertyMode>) => ({
	...{ displayName, name, type: 'string' as const },
	...more,
});

const idMode = ({ placeholder, hint }: SenderKind['id']) =>
	mode('By ID', 'id', { placeholder, hint: `The ID is sent as it is. ${hint}.` });

const listMode = (searchListMethod: string) =>
	mode('From List', 'list', { type: 'list', typeOptions: { searchListMethod, searchable: true } });

const PHONE_MODE = mode('Phone', 'phone', {
	placeholder: 'e.g. +55 11 98888-7777',
	hint: 'Any way of writing it, with the country code',
});

function senderLocator(provider: Provider): INodeProperties[] {
	const { sender } = provider;
	if (sender === undefined) return [];
	return [
		{
			displayName: sender.displayName,
			name: 'sender',
			type: 'resourceLocator',
			required: true,
			default: { mode: sender.list ? 'list' : 'id', value: '' },
			description: sender.description,
			modes: [...(sender.list ? [listMode('searchSenders')] : []), idMode(sender.id)],
			displayOptions: { show: { provider: [provider.name] } },
		},
	];
}

function recipientLocator({ recipient }: Messenger): INodeProperties {
	return {
		displayName: 'To',
		name: 'to',
		type: 'resourceLocator',
		required: true,
		default: { mode: recipient.fromPhone ? 'phone' : 'id', value: '' },
		description: 'The person, group or chat that receives the contact card',
		modes: [
			...(recipient.fromPhone ? [PHONE_MODE] : []),
			idMode(recipient.id),
			...(recipient.list ? [listMode('searchRecipients')] : []),
		],
	};
}

const takes = (messenger: Messenger, field: ContactField) => messenger.card.carries.includes(field);

/** A vCard holds phones and no chat ids, so it cannot fill the card of every messenger. */
export const hasSources = (messenger: Messenger) => takes(messenger, 'contactPhone');

function contactSource(messenger: Messenger): INodeProperties {
	const fields = { name: 'Fields', value: 'fields', description: 'Filled in below' };
	const binary = {
		name: 'Binary File',
		value: 'binary',
		description: 'A .vcf file that the item carries',
	};
	const vCard = { name: 'vCard', value: 'vCard', description: 'One vCard or several, as text' };
	return {
		displayName: 'Contact Source',
		name: 'contactSource',
		type: 'options',
		noDataExpression: true,
		options: hasSources(messenger) ? [binary, fields, vCard] : [fields],
		default: 'fields',
		description: 'Where the contact comes from',
	};
}

function contactName(messenger: Messenger): INodeProperties {
	const isRequired = messenger.card.requires.includes('contactName');
	return {
		displayName: 'Contact Name',
		name: 'contactName',
		type: 'string',
		...(isRequired && { required: true }),
		default: '',
		placeholder: 'e.g. Nathan Smith',
		description: takes(messenger, 'contactName')
			? 'The full name as the card shows it'
			: `For your own records: ${messenger.displayName} shows the name that the shared account has`,
	};
}

function contactPhone(messenger: Messenger): INodeProperties | undefined {
	if (!takes(messenger, 'contactPhone')) return undefined;
	return {
		displayName: 'Contact Phone',
		name: 'contactPhone',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. +55 11 98888-7777',
		description: 'The phone number on the card, in any way of writing it, with the country code',
	};
}

function contactChatId(messenger: Messenger): INodeProperties | undefined {
	if (!takes(messenger, 'contactChatId')) return undefined;
	return {
		displayName: 'Contact Chat ID',
		name: 'contactChatId',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. 10000000',
		description: `${messenger.displayName} shares a person by chat ID, not by phone. The person must be in the contact list of the instance.`,
	};
}

function vCard(messenger: Messenger): INodeProperties | undefined {
	if (!hasSources(messenger)) return undefined;
	return {
		displayName: 'vCard',
		name: 'vCard',
		type: 'string',
		typeOptions: { rows: 6 },
		required: true,
		default: '',
		placeholder: 'BEGIN:VCARD…',
		description: 'Version 2.1, 3.0 or 4.0. Several cards are sent as several messages.',
	};
}

function binaryPropertyName(messenger: Messenger): INodeProperties | undefined {
	if (!hasSources(messenger)) return undefined;
	return {
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		default: 'data',
		hint: 'The name of the input field with the .vcf file',
	};
}

function additionalFields(messenger: Messenger): INodeProperties | undefined {
	const options = ADDITIONAL_FIELDS.filter(({ name }) =>
		CONTACT_FIELDS.some((field) => field === name && takes(messenger, field)),
	);
	if (options.length === 0) return undefined;
	return {
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [...options],
	};
}

/** The options a messenger shows, alphabetical by label. */
function optionsOf({ options }: Messenger, maxConcurrent: number): INodeProperties[] {
	const own = Object.entries(MESSAGE_OPTIONS)
		.filter(([name]) => options[name as MessageOptionName] !== undefined)
		.map(([, property]) => property);
	const delivery = DELIVERY_OPTIONS.map((property) =>
		property.name === 'maxConcurrent' ? { ...property, default: maxConcurrent } : property,
	);
	return [...own, ...delivery].sort((a, b) => (a.displayName < b.displayName ? -1 : 1));
}

/** Where a messenger's fields of the card stand: everywhere, where there is no other source. */
const amongFields = (messenger: Messenger): Show =>
	hasSources(messenger) ? { contactSource: ['fields'] } : {};

/** Every parameter after `provider`, in the panel's order (INTERFACE.md). */
export function parametersFor(providers: readonly Provider[]): INodeProperties[] {
	return [
		{
			displayName: 'Operation',
			name: 'operation',
			type: 'options',
			noDataExpression: true,
			options: [
				{
					name: 'Send Contact',
					value: 'send',
					description: 'Send a contact card to a person, group or chat',
					action: 'Send contact',
				},
			],
			default: 'send',
		},
		...providers.flatMap(messengerSelector),
		...providers.flatMap(senderLocator),
		...perMessenger(providers, (_, messenger) => recipientLocator(messenger)),
		...perMessenger(providers, (_, messenger) => contactSource(messenger)),
		...perMessenger(providers, (_, messenger) => contactName(messenger), amongFields),
		...perMessenger(providers, (_, messenger) => contactPhone(messenger), amongFields),
		...perMessenger(providers, (_, messenger) => contactChatId(messenger), amongFields),
		...perMessenger(
			providers,
			(_, messenger) => vCard(messenger),
			() => ({ contactSource: ['vCard'] }),
		),
		...perMessenger(
			providers,
			(_, messenger) => binaryPropertyName(messenger),
			() => ({
				contactSource: ['binary'],
			}),
		),
		...perMessenger(providers, (_, messenger) => additionalFields(messenger), amongFields),
		{
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		},
		...perMessenger(providers, (provider, messenger) => ({
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			options: optionsOf(messenger, provider.pace.maxConcurrent),
		})),
	];
}

/** The label of every parameter by its name; where several share a name, the first one's. */
export function labelsOf(providers: readonly Provider[]): ReadonlyMap<string, string> {
	const all = [
		...parametersFor(providers),
		...ADDITIONAL_FIELDS,
		...DELIVERY_OPTIONS,
		...Object.values(MESSAGE_OPTIONS),
	];
	return new Map(all.reverse().map(({ name, displayName }) => [name, displayName]));
}
