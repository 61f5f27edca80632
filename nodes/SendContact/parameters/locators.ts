// The fields in which somebody is picked: the sender and the recipient.
import type { INodeProperties, INodePropertyMode } from 'n8n-workflow';

import type { Service } from '../providers/services';

type Mode = INodePropertyMode;

const listMode = (searchListMethod: string): Mode => ({
	...{ displayName: 'From List', name: 'list', type: 'list' as const },
	typeOptions: { searchListMethod, searchable: true },
});

const textMode = (displayName: string, name: string, placeholder: string, hint?: string): Mode => ({
	...{ displayName, name, type: 'string' as const },
	placeholder,
	...(hint !== undefined && { hint }),
});

const idMode = (placeholder: string, hint: string) =>
	textMode('By ID', 'id', placeholder, `${hint}.`);

// No `validation`: where it fails, n8n runs nothing of the workflow, also where On Error is Continue, and n8n 2.41
// fails the execution of a good one, too, when judging it takes a busy machine 250 ms.
const PHONE_MODE = textMode(
	'Phone',
	'phone',
	'e.g. +55 11 98888-7777',
	'With country code. Spaces and dashes are fine.',
);

/** The sender, where the provider has several or takes a name. */
export function senderLocator({ provider: { sender } }: Service): INodeProperties | undefined {
	if (sender === undefined) return undefined;
	const { placeholder, hint } = sender;
	const isAlwaysNeeded = sender.isNeeded === undefined && sender.isTaken === undefined;
	const isRequired = sender.default === undefined && isAlwaysNeeded;
	return {
		displayName: sender.displayName,
		name: 'sender',
		type: 'resourceLocator',
		...(isRequired && { required: true }),
		default: {
			mode: sender.kind === 'name' ? 'name' : sender.list ? 'list' : 'id',
			value: sender.default ?? '',
		},
		description: sender.description,
		modes:
			sender.kind === 'name'
				? [textMode('Name', 'name', placeholder, hint)]
				: [...(sender.list ? [listMode('searchSenders')] : []), idMode(placeholder, hint)],
	};
}

/** The recipient. */
export function recipientLocator({ messenger: { recipient } }: Service): INodeProperties {
	const { placeholder, hint, list, fromPhone } = recipient;
	// After a provider that takes phones n8n keeps the mode Phone, and shows no hint of another one.
	const isAlone = !fromPhone && !list;
	return {
		displayName: 'Recipient',
		name: 'to',
		type: 'resourceLocator',
		required: true,
		default: { mode: fromPhone ? 'phone' : 'id', value: '' },
		description: 'The person, group or chat that gets the card',
		...(isAlone && { hint: `${hint}.` }),
		modes: [
			...(fromPhone ? [PHONE_MODE] : []),
			isAlone ? textMode('By ID', 'id', placeholder) : idMode(placeholder, hint),
			...(list ? [listMode('searchRecipients')] : []),
		],
	};
}
