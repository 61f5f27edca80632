// The options of a message that several vendors have, in one wording: a provider picks what its vendor
// takes and gives the vendor's own name and bounds. Knows no vendor.
import type { IDataObject } from 'n8n-workflow';

import { isObject } from '../answers';
import type { MessageOptions, OptionKind } from '../Provider';

/** The message in the same chat that the card answers. */
export function replyTo(
	vendorName: string,
	more: { placeholder?: string; description?: string } = {},
): OptionKind {
	return {
		vendorName,
		displayName: 'Reply to Message ID',
		description: 'The ID of a message in the same chat that the contact answers',
		placeholder: 'e.g. 3999984263738042930CD6ECDE9VDWSA',
		...more,
		value: { kind: 'text' },
	};
}

/** How long the vendor waits before it sends the message on, in whole seconds. */
export function delayBeforeSending(
	vendorName: string,
	bounds: { min: number; max: number; default: number },
	description: string,
): OptionKind {
	return {
		vendorName,
		displayName: 'Delay Message (Sec)',
		description,
		value: { kind: 'number', ...bounds, unit: 'whole seconds', isWhole: true },
	};
}

/** How long the recipient sees that a message is being typed, in milliseconds. */
export function typingTime(vendorName: string, bounds: { min: number; max: number }): OptionKind {
	return {
		vendorName,
		displayName: 'Typing Time (Ms)',
		description: `How long the recipient sees that a message is being typed, ${bounds.min} to ${bounds.max}`,
		value: {
			kind: 'number',
			...bounds,
			unit: 'milliseconds',
			isWhole: true,
			default: Math.max(bounds.min, 1000),
		},
	};
}

/** A message without sound. */
export function silent(vendorName: string): OptionKind {
	return {
		vendorName,
		displayName: 'Disable Notification',
		description: 'Whether the contact arrives without a sound',
		value: { kind: 'switch', default: true },
	};
}

/** A message that looks as if somebody else had written it. */
export function forwarded(vendorName: string): OptionKind {
	return {
		vendorName,
		displayName: 'Show as Forwarded',
		description: 'Whether the recipient sees the contact as forwarded',
		value: { kind: 'switch', default: true },
	};
}

/** The object of an option that is one; `undefined` where it was not filled in. */
export function objectIn(option: MessageOptions[string] | undefined): IDataObject | undefined {
	if (typeof option !== 'string') return undefined;
	const object: unknown = JSON.parse(option);
	return isObject(object) ? (object as IDataObject) : undefined;
}
