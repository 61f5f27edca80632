// What Z-API and its white labels have in common: one API under several names. Each of them says in its own
// file what it adds, leaves out and calls otherwise.
// Sources: developer.z-api.io and the documentation repository behind it, https://github.com/Z-API/z-api-docs .
import { at, booleanOf, isObject, objectsOf, plainText, textOf } from '../answers';
import type {
	Answer,
	IdForm,
	ListRequest,
	Provider,
	RecipientCheck,
	RecipientFound,
	RefusalRule,
	VendorWords,
} from '../Provider';
import { delayBeforeSending, replyTo } from './options';
import { hiddenPerson, person, PERSON_AS } from './whatsAppIds';
import { chatEntry, foundAs } from './whatsAppLists';

/** Chats a page of the drop-down. */
const PAGE_SIZE = 200;

export const fromPhone = PERSON_AS.digits;

/** docs/group/introduction.md : as they have been since November 2021, and before. */
export const group: IdForm = { of: 'group', pattern: /^(\d{5,20}-group|\d{10,15}-\d{10})$/ };

/** Digits, WhatsApp's own spellings of them, and hidden numbers: docs/tips/lid.md . */
export const persons: readonly IdForm[] = [
	{ of: 'person', pattern: /^\d{7,20}$/ },
	person('digits'),
	hiddenPerson,
];

/** The vendor's paged lists, one after the other, the one of groups last: objects with `name` and `phone`. */
export function chatLists(...paths: readonly [string, ...string[]]): ListRequest {
	const place = (cursor = '0:1') => cursor.split(':').map(Number);
	return {
		request({ cursor }) {
			const [list = 0, page = 1] = place(cursor);
			return { method: 'GET', path: `${paths[list] ?? ''}?page=${page}&pageSize=${PAGE_SIZE}` };
		},
		entries(answer, { cursor }) {
			const [list = 0] = place(cursor);
			return objectsOf(answer.json).flatMap((chat) => {
				const value = textOf(chat.phone);
				// What a later list holds is not offered twice: among chats there are groups, too.
				const comesAgain = chat.isGroup === true && list + 1 < paths.length;
				if (value === undefined || comesAgain) return [];
				return [chatEntry(value, chat.name)];
			});
		},
		// The vendor gives no total: a page that is not full is the last one.
		next(answer, { cursor }) {
			const [list = 0, page = 1] = place(cursor);
			if (objectsOf(answer.json).length >= PAGE_SIZE) return `${list}:${page + 1}`;
			return list + 1 < paths.length ? `${list + 1}:1` : undefined;
		},
	};
}

/** What the vendor says of one number; the switch arrives as text from some of its addresses. */
function found({ exists, phone, outputPhone, lid }: Record<string, unknown> = {}): RecipientFound {
	return foundAs(booleanOf(exists), textOf(outputPhone) ?? textOf(phone) ?? textOf(lid));
}

/**
 * Whether numbers have WhatsApp. One is asked for by its own address, whose answer is a list of one
 * (documented) or that one alone (seen); several in a batch, where the vendor has it.
 */
export function phoneExists(atOnce: number): RecipientCheck {
	return {
		atOnce,
		request: (phones) =>
			phones.length === 1
				? { method: 'GET', path: `/phone-exists/${encodeURIComponent(phones[0] ?? '')}` }
				: { method: 'POST', path: '/phone-exists-batch', body: { phones: [...phones] } },
		found({ json }, phones) {
			const entries = isObject(json) ? [json] : objectsOf(json);
			// Of a single one the answer repeats the number as WhatsApp has it, which may be another one.
			if (phones.length === 1) return [found(entries[0])];
			return phones.map((phone) =>
				found(entries.find(({ inputPhone }) => textOf(inputPhone) === phone)),
			);
		},
		warning:
			'The provider asks not to check numbers before each message: it checks every recipient itself when it sends',
	};
}

export const options = {
	replyToMessageId: replyTo('messageId'),
	delayMessage: delayBeforeSending(
		'delayMessage',
		{ min: 1, max: 15, default: 3 },
		'How many seconds the provider waits before it sends the next message, 1 to 15. Without it the provider takes 1 to 3.',
	),
};

/** No request limit is documented; the vendor spaces its queue itself, 1 to 3 seconds a message. */
export const pace: Provider['pace'] = {
	limits: [],
	per: 'credential',
	maxConcurrent: 10,
	evidence: 'documented',
};

/** The error table under this brand's name. */
export function refusalsOf(vendor: string): readonly RefusalRule[] {
	const remedy = `In the ${vendor} panel open Security and copy the Account Security Token into the Client Token field of the credential. It is not the instance token.`;
	return [
		{
			id: 'wrongMethod',
			when: { status: 405 },
			message: `${vendor} was called with the wrong HTTP method (405)`,
			description:
				'The node calls it with POST as documented: a Base URL that leads to another server or through a proxy that rewrites requests is the usual reason. Check Base URL in the credential.',
			evidence: 'documented',
		},
		{
			id: 'wrongContentType',
			when: { status: 415 },
			message: `${vendor} did not recognise the request as JSON (415)`,
			description: `The node sends Content-Type: application/json as documented: look for a proxy between n8n and ${vendor} that removes headers, and check Base URL in the credential.`,
			evidence: 'documented',
		},
		{
			// docs/security/client-token.md names the second form; integrators report the first, also for an
			// instance whose trial is over.
			id: 'clientTokenMissing',
			when: { text: /client-token is not configured|null not allowed/i },
			message: `${vendor} wants the Client-Token of the account and the credential has none`,
			description: remedy,
			about: 'account',
			evidence: 'observed',
		},
		{
			// docs/security/ip-block.md : the same words for an address that is not on the list.
			id: 'notAllowed',
			when: { text: /"error"\s*:\s*"(?:[^"\\]|\\.)* not allowed"/i },
			message: `${vendor} did not accept the Client-Token, or not the address n8n calls from`,
			description: `${remedy} If the account only allows certain IP addresses, add the one of your n8n.`,
			about: 'account',
			evidence: 'documented',
		},
		{
			id: 'instanceNotFound',
			when: { text: /instance not found/i },
			message: `${vendor} does not know this instance`,
			description: `Check Instance ID and Instance Token in the credential: copy both from the instance page of the ${vendor} panel. A trial instance is removed after two days.`,
			about: 'account',
			evidence: 'observed',
		},
		{
			id: 'notSubscribed',
			when: { text: /must subscribe to this instance again/i },
			message: `This ${vendor} instance is not paid for`,
			description: `Its trial or its subscription is over. Open the instance in the ${vendor} panel and subscribe to it, then run again.`,
			about: 'account',
			evidence: 'observed',
		},
		{
			id: 'notConnected',
			when: { text: /you are not connected|you need to restore the session/i },
			message: `The WhatsApp phone of this ${vendor} instance is not connected`,
			description: `Open the instance in the ${vendor} panel and read the QR code with the phone, then run again.`,
			about: 'account',
			evidence: 'documented',
		},
		{
			// That new messages are refused beyond 1000 is documented, with which words is not.
			id: 'queueFull',
			when: { status: 400, text: /queue[^"]*(full|limit)|limit[^"]*queue/i },
			message: `The message queue of this ${vendor} instance is full`,
			description: `${vendor} keeps up to 1000 messages while the phone is offline. Connect the phone or empty the queue in the panel, then send again.`,
			means: 'later',
			evidence: 'assumed',
		},
		{
			id: 'invalidPhone',
			when: { text: /invalid phone/i },
			message: `${vendor} says that the phone number is not valid`,
			description:
				'Check the recipient and the phone on the card: country code, area code and number, as digits.',
			evidence: 'documented',
		},
	];
}

export function vendorWords({ json, text }: Answer): VendorWords {
	const said = textOf(at(json, 'error')) ?? textOf(at(json, 'message'));
	return { text: said ?? plainText(text) };
}

export function carriesError({ json }: Answer): boolean {
	const status = textOf(at(json, 'status'));
	return Boolean(at(json, 'error')) || status?.toUpperCase() === 'ERROR';
}

/** The ids of a message: WhatsApp's, which receipts name, and the vendor's own. */
export function idsIn({ json }: Answer): { whatsApp?: string; vendor?: string } {
	// `id` repeats `messageId` (added for Zapier).
	const whatsApp = textOf(at(json, 'messageId')) ?? textOf(at(json, 'id'));
	const vendor = textOf(at(json, 'zaapId'));
	return { ...(whatsApp !== undefined && { whatsApp }), ...(vendor !== undefined && { vendor }) };
}
