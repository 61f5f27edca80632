// Whom a card goes to and through which sender: resource locators, made into the vendor's form.
import { InputError } from '../contact/InputError';
import { readPhone } from '../contact/phone';
import { readText } from '../contact/text';
import { isObject } from '../providers/answers';
import type { Provider, PublicAccount, RecipientKind, RecipientSort } from '../providers/Provider';
import type { Service } from '../providers/services';
import { label } from './label';
import type { PhoneSettings } from './readOptions';

/** A resource locator's value; one that an expression or an agent filled in is plain text or a number. */
function located(raw: unknown, parameter: string): { mode: string; value: string | undefined } {
	if (typeof raw === 'boolean') return { mode: '', value: undefined };
	if (!isObject(raw)) return { mode: '', value: readText(raw, parameter) };
	const mode = typeof raw.mode === 'string' ? raw.mode : '';
	return { mode, value: readText(raw.value, parameter) };
}

/** A recipient in the vendor's form. */
export interface Recipient {
	to: string;
	sort: RecipientSort;
	/** The digits with country code, where the recipient is a phone number, however it was written. */
	phone?: string;
}

/** The digits in an id that is a phone number: WhatsApp's spellings of one, or what stands for one there. */
function phoneIn(
	id: string,
	to: string,
	fromPhone: (digits: string) => string,
): string | undefined {
	const spelt = /^(\d{7,15})@(?:c\.us|s\.whatsapp\.net)$/.exec(id)?.[1];
	if (spelt !== undefined) return spelt;
	const bare = /^\+?(\d{7,15})$/.exec(to)?.[1];
	return bare !== undefined && fromPhone(bare) === to ? bare : undefined;
}

/** The recipient behind an id; `undefined` where the messenger knows no such form. */
export function byIdOf({ ids, fromPhone }: RecipientKind, id: string): Recipient | undefined {
	const form = ids.find(({ pattern }) => pattern.test(id));
	if (form === undefined) return undefined;
	const to = form.write?.(id) ?? id;
	const phone =
		form.of === 'person' && fromPhone !== undefined ? phoneIn(id, to, fromPhone) : undefined;
	return { to, sort: form.of, ...(phone !== undefined && { phone }) };
}

/**
 * @param isOpenToModel whether a model may have filled it in: then Phone takes one person and no more
 * @throws InputError when it is empty, no id of this messenger, or no phone number
 */
export function readRecipient(
	raw: unknown,
	{ provider, messenger: { recipient } }: Service,
	phones: PhoneSettings,
	isOpenToModel: boolean,
): Recipient {
	const { mode, value } = located(raw, 'to');
	if (value === undefined) {
		throw new InputError({
			parameter: 'to',
			message: `The recipient (${label('to', provider)}) is empty`,
			description:
				'Fill in who receives the contact. If it comes from an expression, the item has no value there.',
		});
	}
	const { fromPhone, hint } = recipient;
	const found = byIdOf(recipient, value);
	const byId = mode === 'id' || mode === 'list' || fromPhone === undefined;
	// An id in the phone field is understood as what it is: ids are never stripped to digits.
	const looksLikePhone = /^[+(\d][\d\s().-]*$/.test(value) && !/^\d{10,}-\d{10}$/.test(value);
	if (found && (byId || !looksLikePhone)) {
		if (byId || !isOpenToModel || found.sort === 'person') return found;
		throw new InputError({
			parameter: 'to',
			message: `The recipient “${value}” is a ${found.sort}, and this tool sends to phone numbers only`,
			description:
				'Give the phone number of one person, with country code. Where a model may choose groups, set Recipient to By ID.',
		});
	}
	const refusal = new InputError({
		parameter: 'to',
		message: `The recipient “${value}” is not an ID that ${provider.displayName} knows`,
		description: `${hint}.${fromPhone ? (byId ? ' For a phone number, choose Phone.' : ' A phone number needs its country code.') : ''}`,
	});
	if (byId) throw refusal;
	try {
		const phone = readPhone(value, { ...phones, parameter: 'to' });
		return { to: fromPhone(phone), sort: 'person', phone };
	} catch (problem) {
		// An id in the form of another vendor: that it is no phone number would not help.
		throw value.includes('@') ? refusal : problem;
	}
}

/**
 * The sender's id or name; empty where the provider has none or this account needs none. `dropped` names
 * one that was filled in for an account that takes none.
 * @throws InputError when it is missing or of another form
 */
export function readSender(
	raw: unknown,
	{ sender, displayName }: Provider,
	account: PublicAccount,
): { sender: string; dropped: string[] } {
	if (sender === undefined) return { sender: '', dropped: [] };
	const { value = sender.default } = located(raw, 'sender');
	if (sender.isTaken?.(account) === false) {
		return { sender: '', dropped: value === undefined ? [] : ['sender'] };
	}
	if (value !== undefined && sender.pattern.test(value)) return { sender: value, dropped: [] };
	if (value === undefined && sender.isNeeded?.(account) === false) {
		return { sender: '', dropped: [] };
	}
	const { displayName: word, kind, hint } = sender;
	throw new InputError({
		parameter: 'sender',
		message:
			value === undefined
				? `${word} is empty`
				: kind === 'name'
					? `${word} “${value}” is not a name that ${displayName} takes`
					: `“${value}” is not the ID of a ${word.toLowerCase()} of ${displayName}`,
		description:
			kind === 'name' ? `${hint}.` : `Pick it from the list, or fill in its ID. ${hint}.`,
	});
}
