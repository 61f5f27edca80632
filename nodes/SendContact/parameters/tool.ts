// What is other where n8n makes a tool of a node, for a model to use: one card, and few settings. Knows no vendor
// by name.
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

import type { Service } from '../providers/services';

/** n8n's condition for being a tool. */
const IN_TOOL = { '@tool': [true] };

/**
 * A property that a tool does not show. Inside a collection what is stored in it still counts; beside one n8n drops
 * it, unless {@link settledInTool} keeps it.
 */
export function notInTool(property: INodeProperties): INodeProperties {
	const { hide } = property.displayOptions ?? {};
	const displayOptions: IDisplayOptions = {
		...property.displayOptions,
		hide: { ...hide, ...IN_TOOL },
	};
	return { ...property, displayOptions };
}

/** A field of the collection of fields: lists are not for a model to fill in. */
export const flatInTool = (field: INodeProperties): INodeProperties =>
	field.type === 'fixedCollection' ? notInTool(field) : field;

/** A property that a tool alone has. */
export function onlyInTool(property: INodeProperties): INodeProperties {
	const { show, ...others } = property.displayOptions ?? {};
	return { ...property, displayOptions: { show: { ...IN_TOOL, ...show }, ...others } };
}

/** A choice that a tool does not leave open. What was stored is kept: other fields may be shown by it. */
export function settledInTool(
	displayName: string,
	name: string,
	value: string | boolean,
): INodeProperties {
	return onlyInTool({ displayName, name, type: 'hidden', default: value });
}

/** What the model is told; `toolDescription` is where n8n looks for it. */
const describedBy = (text: string): INodeProperties => ({
	displayName: 'Description',
	name: 'toolDescription',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: text,
});

/** What a model is told of the operation that sends: of this messenger and no other. */
export function sendingDescription({ messenger }: Service): INodeProperties {
	const { displayName, recipient } = messenger;
	const to = recipient.fromPhone ? 'phone number with country code' : 'ID';
	return describedBy(
		`Send the contact card of one person on ${displayName} to one recipient (${to}). After “accepted” or “unknown”, do not send it again.`,
	);
}

/** What a model is told of the operation that looks numbers up. */
export function checkingDescription({ messenger }: Service): INodeProperties | undefined {
	if (messenger.recipient.check === undefined) return undefined;
	const { displayName } = messenger;
	return describedBy(
		`Find out whether a phone number, with country code, has an account on ${displayName}. Nothing is sent.`,
	);
}

/** How much a model gets back. */
export const OUTPUT: INodeProperties = onlyInTool({
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Everything', value: 'everything', description: 'With the request and the response' },
		{ name: 'Short', value: 'short', description: 'What became of it, and why if it failed' },
		{ name: 'Simplified', value: 'simplified', description: 'As outside of tools' },
	],
	// Tools that were saved before there was a choice give it.
	default: 'simplified',
	description: 'What the model gets back',
});
