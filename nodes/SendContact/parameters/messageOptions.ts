// How each option of a message looks in the panel, and its bounds. Which provider shows which follows
// from the providers.
import type { INodeProperties } from 'n8n-workflow';

import type { MessageOptionName } from '../providers/Provider';

/** https://green-api.com/en/telegram/docs/api/sending/SendContact */
export const TYPING_TYPES: ReadonlyArray<{ name: string; value: string }> = [
	{ name: 'Choose Contact', value: 'choose_contact' },
	{ name: 'Choose Location', value: 'choose_location' },
	{ name: 'Choose Sticker', value: 'choose_sticker' },
	{ name: 'Record Video', value: 'record_video' },
	{ name: 'Record Video Note', value: 'record_video_note' },
	{ name: 'Record Voice Note', value: 'record_voice_note' },
	{ name: 'Text', value: 'text' },
	{ name: 'Upload Document', value: 'upload_document' },
	{ name: 'Upload Photo', value: 'upload_photo' },
	{ name: 'Upload Video', value: 'upload_video' },
	{ name: 'Upload Video Note', value: 'upload_video_note' },
	{ name: 'Upload Voice Note', value: 'upload_voice_note' },
];

/** The bounds of the numeric options; both ends count. */
export const MESSAGE_OPTION_BOUNDS = {
	delayMessage: { min: 1, max: 15, unit: 'whole seconds' },
	typingTime: { min: 1000, max: 20_000, unit: 'milliseconds' },
} as const;

/** The panel's fields. */
export const MESSAGE_OPTIONS: Readonly<Record<MessageOptionName, INodeProperties>> = {
	delayMessage: {
		displayName: 'Delay Message (Sec)',
		name: 'delayMessage',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 15, numberPrecision: 0 },
		default: 3,
		description:
			'How many seconds the vendor waits before it sends the next message, 1 to 15. Without it the vendor takes 1 to 3.',
	},
	replyToMessageId: {
		displayName: 'Reply to Message ID',
		name: 'replyToMessageId',
		type: 'string',
		default: '',
		placeholder: 'e.g. 3999984263738042930CD6ECDE9VDWSA',
		description: 'The ID of a message in the same chat that the contact answers',
	},
	typingTime: {
		displayName: 'Typing Time (Ms)',
		name: 'typingTime',
		type: 'number',
		typeOptions: { minValue: 1000, maxValue: 20_000, numberPrecision: 0 },
		default: 1000,
		description: 'How long the recipient sees that a message is being typed, 1000 to 20000',
	},
	typingType: {
		displayName: 'Typing Type',
		name: 'typingType',
		type: 'options',
		options: [...TYPING_TYPES],
		default: 'text',
		description: 'What the recipient sees during the typing time',
	},
};
