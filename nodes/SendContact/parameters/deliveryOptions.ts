// The options of delivery: the same for every provider.
import type { INodeProperties } from 'n8n-workflow';

/** The bounds of the numeric options; both ends count. */
export const DELIVERY_BOUNDS = {
	longestWait: { min: 0, max: 86_400, unit: 'seconds' },
	maxAttempts: { min: 1, max: 50 },
	maxConcurrent: { min: 1, max: 500 },
	messagesPerMinute: { min: 0.1, max: 600_000 },
	timeout: { min: 100, max: 3_600_000 },
} as const;

/** How often a card leaves at most when the user says nothing. */
export const DEFAULT_MAX_ATTEMPTS = 5;

/** The longest pause, in seconds, that a vendor may ask for when the user says nothing. */
export const DEFAULT_LONGEST_WAIT = 300;

/** Milliseconds for one attempt when the user says nothing. */
export const DEFAULT_TIMEOUT_MS = 30_000;

/** The option that asks the provider first; only where it can be asked. */
export const CHECK_FIRST = 'checkFirst';

/** The options that also count for look-ups. */
export const LOOK_UP_OPTIONS: readonly string[] = [
	'allowUnusualNumbers',
	'longestWait',
	'maxAttempts',
	'messagesPerMinute',
	'timeout',
];

/** The way around the rules for phone numbers. */
export const ALLOW_UNUSUAL_NUMBERS: INodeProperties = {
	displayName: 'Allow Unusual Numbers',
	name: 'allowUnusualNumbers',
	type: 'boolean',
	default: false,
	description:
		'Whether to take phone numbers that do not look like one, such as short codes, exactly as they are written',
};

/** The panel's fields. */
export const DELIVERY_OPTIONS: readonly INodeProperties[] = [
	ALLOW_UNUSUAL_NUMBERS,
	{
		displayName: 'Duplicate Key',
		name: 'duplicateKey',
		type: 'string',
		default: '',
		placeholder: 'e.g. {{ $json.leadId }}',
		description:
			'What makes an item a duplicate. It turns Skip Duplicates on. Without it: the same contact to the same recipient through the same sender.',
	},
	{
		displayName: 'Longest Wait (Sec)',
		name: 'longestWait',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 86_400, numberPrecision: 0 },
		default: DEFAULT_LONGEST_WAIT,
		description:
			'The longest pause that the provider may ask for. When it asks for a longer one, the items that are left are not sent, and say until when.',
	},
	{
		displayName: 'Max Attempts',
		name: 'maxAttempts',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 50, numberPrecision: 0 },
		default: DEFAULT_MAX_ATTEMPTS,
		description:
			'How often an item is tried at most. It is tried again only after answers that prove that the provider did not take it.',
	},
	{
		displayName: 'Max Concurrent',
		name: 'maxConcurrent',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 500, numberPrecision: 0 },
		default: 10,
		description: 'How many requests may run at the same time',
	},
	{
		displayName: 'Messages per Minute',
		name: 'messagesPerMinute',
		type: 'number',
		typeOptions: { minValue: 0.1 },
		default: 60,
		description:
			'Your own pace in place of the provider’s documented limit. Messages are evenly spaced.',
	},
	{
		displayName: 'Preview Only',
		name: 'preview',
		type: 'boolean',
		default: true,
		description: 'Whether to build and check every request and send none. The output shows them.',
	},
	{
		displayName: 'Retry Unknown Outcomes',
		name: 'retryUnknown',
		type: 'boolean',
		default: false,
		description:
			'Whether to send again when nobody knows if the provider took the contact, such as after a timeout. The contact may arrive twice.',
	},
	{
		displayName: 'Skip Duplicates',
		name: 'skipDuplicates',
		type: 'boolean',
		default: true,
		description:
			'Whether to skip contacts that this node has already sent in this or an earlier execution',
	},
	{
		displayName: 'Timeout (Ms)',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 100, numberPrecision: 0 },
		default: DEFAULT_TIMEOUT_MS,
		description: 'How long one attempt may take',
	},
];
