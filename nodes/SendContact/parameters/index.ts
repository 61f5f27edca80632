// The panel after the provider, in its order: built from what the providers declare. Held to n8n's
// wording and ordering rules by test/conformance/panel.test.ts, since lint sees literals only.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { messagesPerMinute } from '../providers/limits';
import type { Provider } from '../providers/Provider';
import { servicesOf, type Service } from '../providers/services';
import { ADDITIONAL, asStored, DEFAULT_COUNTRY, OPTIONS } from './cardFields';
import {
	additionalField,
	binaryPropertyName,
	contactChatId,
	contactName,
	contactPhone,
	contactSource,
	hasAdditionalFields,
	hasSources,
	optional,
	vCard,
} from './cardParameters';
import { perService, type Show } from './conditions';
import { ADDITIONAL_FIELDS } from './contactFields';
import { CHECK_FIRST, DELIVERY_OPTIONS, LOOK_UP_OPTIONS } from './deliveryOptions';
import { recipientLocator, senderLocator } from './locators';
import { optionProperty } from './messageOptions';
import {
	checkingDescription,
	flatInTool,
	notInTool,
	onlyInTool,
	OUTPUT,
	sendingDescription,
	settledInTool,
} from './tool';

export { hasSources } from './cardParameters';

const byLabel = (one: INodeProperties, other: INodeProperties) =>
	one.displayName < other.displayName ? -1 : one.displayName > other.displayName ? 1 : 0;

function messengerSelector({ provider }: Service): INodeProperties | undefined {
	if (provider.messengers.length === 1) return undefined;
	const [{ name: first }] = provider.messengers;
	return {
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
	};
}

function defaultCountry({ messenger }: Service): INodeProperties | undefined {
	if (!messenger.recipient.fromPhone && !hasSources(messenger)) return undefined;
	return DEFAULT_COUNTRY;
}

/** The options of delivery, with the service's own pace filled in. */
function deliveryOption(property: INodeProperties): (service: Service) => INodeProperties {
	return ({ provider: { pace } }) => {
		const perMinute = messagesPerMinute(pace);
		return property.name === 'messagesPerMinute' && perMinute !== undefined
			? { ...property, default: perMinute }
			: property;
	};
}

/** A field of another provider, kept for the same reason as {@link asStored} keeps collections. */
function unseen(
	all: readonly Service[],
	build: (service: Service) => INodeProperties | undefined,
): INodeProperties[] {
	const shown = all.flatMap((service) => build(service) ?? [])[0];
	if (shown === undefined) return [];
	const { displayName, name } = shown;
	const hidden: INodeProperties = { displayName, name, type: 'hidden', default: '' };
	return perService(all, (service) => (build(service) === undefined ? hidden : undefined));
}

const SEND: INodePropertyOptions = {
	name: 'Send Contact',
	value: 'send',
	description: 'Send a contact card to a person, group or chat',
	action: 'Send contact',
};

const CHECK: INodePropertyOptions = {
	name: 'Check Recipient',
	value: 'checkRecipient',
	description: 'Find out whether a phone number has an account, without sending anything',
	action: 'Check recipient',
};

/** Whether numbers can be looked up is the provider's. */
const canCheck = ({ provider }: Service) =>
	provider.messengers.some(({ recipient }) => recipient.check !== undefined);

/** Where numbers cannot be looked up, one operation is left. */
function operation(service: Service): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		options: canCheck(service) ? [CHECK, SEND] : [SEND],
		default: 'send',
	};
}

/** The option that asks first, with what the vendor says of mass look-ups. */
function checkFirst({ messenger: { recipient } }: Service): INodeProperties | undefined {
	if (recipient.check === undefined) return undefined;
	const { warning } = recipient.check;
	return {
		displayName: 'Check First',
		name: CHECK_FIRST,
		type: 'boolean',
		default: true,
		description: `Whether to look the number up first, and to send to the ID that the provider names for it${warning === undefined ? '' : `. ${warning}.`}`,
	};
}

/** The collection with the fields that any of these services carries. */
function withAdditionalFields(
	collection: INodeProperties,
	services: readonly Service[],
): INodeProperties {
	const options = ADDITIONAL_FIELDS.flatMap((property) =>
		perService(services, additionalField(property), { place: 'collection' }).map(flatInTool),
	);
	return { ...collection, options };
}

const SENDING: Show = { operation: ['send'] };
const CHECKING: Show = { operation: ['checkRecipient'] };

/** Every parameter after `provider`, in the panel's order. */
export function parametersFor(providers: readonly Provider[]): INodeProperties[] {
	const all = servicesOf(providers);
	/** Where a field of the card stands: everywhere, where there is no other source. */
	const amongFields = ({ messenger }: Service): Show => ({
		...SENDING,
		...(hasSources(messenger) && { contactSource: ['fields'] }),
	});
	/** The collection is the same whether the rest is filled in or found. */
	const amongFieldsOrFound = ({ messenger }: Service): Show => ({
		...SENDING,
		...(hasSources(messenger) && { contactSource: ['fields', 'item'] }),
	});
	const inSource = (source: string) => () => ({ ...SENDING, contactSource: [source] });
	const inSending = { more: () => SENDING };
	/** In the collection of options: those that say how a message is sent. */
	const ofMessages = {
		place: 'collection',
		more: () => ({ '/operation': ['send'] }),
	} as const;
	const ofBoth = { place: 'collection' } as const;
	const optionNames = new Set(all.flatMap(({ messenger }) => Object.keys(messenger.options)));

	return [
		...perService(all, operation),
		...perService(all, messengerSelector),
		...perService(all, sendingDescription, inSending).map(onlyInTool),
		...perService(all, checkingDescription, { more: () => CHECKING }).map(onlyInTool),
		...perService(all, senderLocator),
		...perService(all, recipientLocator),
		...perService(all, defaultCountry),
		...perService(all, contactSource, inSending).map(notInTool),
		settledInTool('Contact Source', 'contactSource', 'fields'),
		...perService(all, contactName, { more: amongFields }),
		...perService(all, optional(contactName), { more: inSource('item') }),
		...perService(all, contactPhone, { more: amongFields }),
		...perService(all, optional(contactPhone), { more: inSource('item') }),
		...perService(all, contactChatId, { more: amongFields }),
		...unseen(all, contactName),
		...perService(all, vCard, { more: inSource('vCard') }),
		...perService(all, binaryPropertyName, { more: inSource('binary') }),
		...perService(
			all,
			({ messenger }) => (hasAdditionalFields(messenger) ? ADDITIONAL : undefined),
			{ more: amongFieldsOrFound, complete: withAdditionalFields },
		),
		asStored(ADDITIONAL),
		notInTool({
			displayName: 'Simplify',
			name: 'simplify',
			type: 'boolean',
			default: true,
			description: 'Whether to return a simplified version of the response instead of the raw data',
		}),
		settledInTool('Simplify', 'simplify', true),
		OUTPUT,
		{
			...OPTIONS,
			options: [
				...perService(all, checkFirst, ofMessages),
				...DELIVERY_OPTIONS.flatMap((property) =>
					perService(
						all,
						deliveryOption(property),
						LOOK_UP_OPTIONS.includes(property.name) ? ofBoth : ofMessages,
					).map(notInTool),
				),
				...[...optionNames].flatMap((name) =>
					perService(
						all,
						({ messenger }) => {
							const kind = messenger.options[name];
							return kind && optionProperty(name, kind);
						},
						all.some((service) => name in service.messenger.options && canCheck(service))
							? ofMessages
							: ofBoth,
					),
				),
			].sort(byLabel),
		},
		asStored(OPTIONS),
	];
}

/** What the panel calls each parameter of a provider, by the parameter's name. */
export function labelsOf(provider: Provider): ReadonlyMap<string, string> {
	const isProperty = (option: object): option is INodeProperties =>
		'displayName' in option && 'type' in option;
	const all = parametersFor([provider]).flatMap((property) => [
		property,
		...(property.options ?? []).filter(isProperty),
	]);
	// Fields that this provider does not show are spoken of, too: they are the ones that are dropped.
	return new Map(
		[...ADDITIONAL_FIELDS, ...DELIVERY_OPTIONS, ...all].map(({ name, displayName }) => [
			name,
			displayName,
		]),
	);
}
