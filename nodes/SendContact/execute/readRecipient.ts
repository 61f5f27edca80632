// Whom a card goes to and through which sender: resource locators, made into the vendor's form.
import { InputError } from '../contact/InputError';
import { readPhone } from '../contact/phone';
import { readText } from '../contact/text';
import { isObject } from '../providers/answers';
import type { Messenger, Provider } from '../providers/Provider';
import { label } from './label';
import type { PhoneSettings } from './readOptions';

/** A resource locator's value; one that an expression or an agent filled in is plain text or a number. */
function located(raw: unknown, parameter: string): { mode: string; value: string | undefined } {
	if (typeof raw === 'boolean') return { mode: '', value: undefined };
	if (!isObject(raw)) return { mode: '', value: readText(raw, parameter) };
	const mode = typeof raw.mode === 'string' ? raw.mode : '';
	return { mode, value: readText(raw.value, parameter) };
}

/** @throws InputError when it is empty, no id of this messenger, or no phone number */
export function readRecipient(
	raw: unknown,
	{ recipient }: Messenger,
	phones: PhoneSettings,
): string {
	const { mode, value } = located(raw, 'to');
	if (value === undefined) {
		throw new InputError({
			parameter: 'to',
			message: `The recipient (${label('to')}) is empty`,
			description:
				'Fill in who receives the contact. If it comes from an expression, the item has no value there.',
		});
	}
	const isId = recipient.id.pattern.test(value);
	const byId = mode === 'id' || mode === 'list' || recipient.fromPhone === undefined;
	// An id in the phone field is understood as what it is: ids are never stripped to digits.
	const looksLikePhone = /^[+(\d][\d\s().-]*$/.test(value) && !/^\d{10,}-\d{10}$/.test(value);
	if (isId && (byId || !looksLikePhone)) return value;
	if (byId) {
		throw new InputError({
			parameter: 'to',
			message: `The recipient “${value}” is not an ID that this provider knows`,
			description: `${recipient.id.hint}.${recipient.fromPhone ? ' For a phone number, choose Phone.' : ''}`,
		});
	}
	return recipient.fromPhone?.(readPhone(value, { ...phones, parameter: 'to' })) ?? value;
}

/** The sender's id; empty where the provider has none. @throws InputError when it is missing */
export function readSender(raw: unknown, { sender, displayName }: Provider): string {
	if (sender === undefined) return '';
	const { value } = located(raw, 'sender');
	if (value !== undefined && sender.id.pattern.test(value)) return value;
	throw new InputError({
		parameter: 'sender',
		message:
			value === undefined
				? `${sender.displayName} is empty`
				: `“${value}” is not the ID of a ${sender.displayName.toLowerCase()} of ${displayName}`,
		description: `Pick it from the list, or fill in its ID. ${sender.id.hint}.`,
	});
}
