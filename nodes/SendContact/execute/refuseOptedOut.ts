// Nobody is written to who said no: the flags that come with the person of an item, held against the recipient.
// Knows no vendor by name.
import { isAbout, optOutsIn } from '../contact/fromItem';
import { InputError } from '../contact/InputError';
import type { Provider } from '../providers/Provider';
import { label } from './label';
import type { PhoneSettings } from './readOptions';

/**
 * @param json the item's JSON
 * @param recipient in the vendor's form, and as digits where it is a phone number
 * @throws InputError where the item says that the recipient wants no messages. The card of that person may still go
 *   to somebody else.
 */
export function refuseOptedOut(
	json: unknown,
	recipient: ReadonlyArray<string | undefined>,
	{ defaultCountry, allowDoubtful }: PhoneSettings,
	provider: Provider,
): void {
	const optOut = optOutsIn(json, { defaultCountry, allowDoubtful }).find((one) =>
		recipient.some((to) => to !== undefined && isAbout(one, to)),
	);
	if (optOut === undefined) return;
	throw new InputError({
		parameter: 'to',
		message: `The recipient (${label('to', provider)}) has opted out of messages: ${optOut.path} is ${optOut.value} in the item`,
		description:
			'Nothing is sent to a person who does not want it. If that has changed, change it where the item comes from.',
	});
}
