// The phone numbers of a business, from whichever host lists them. The credential puts the account's id in.
import {
	customBase,
	OF_SEVERAL_NUMBERS,
} from '../../../../credentials/WhatsAppCloudApi.credentials';
import { at, numberOf, objectsOf, textOf } from '../answers';
import type { ListRequest } from '../Provider';

const FIELDS = 'id,display_phone_number,verified_name,status';

/** States in which a number sends; FLAGGED is a warning. */
const SENDS = /^(CONNECTED|LINKED|FLAGGED)$/i;

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/phone-numbers */
export const numbers: ListRequest = {
	lacks({ host, businessAccountId = '', baseUrl }) {
		const isOfOne = host === 'custom' && !OF_SEVERAL_NUMBERS.test(customBase(baseUrl));
		if (host === '360dialog' || isOfOne) {
			return 'This credential belongs to one phone number, so there is none to choose: leave Phone Number empty.';
		}
		if (host === 'kapso' || businessAccountId !== '') return undefined;
		return 'Fill in WhatsApp Business Account ID in the credential, then the numbers are listed here. You can also fill in the ID of the number.';
	},
	request({ account: { host }, cursor }) {
		// https://docs.kapso.ai/api/platform/v1/phone-numbers/list-phone-numbers
		const query: Record<string, string> =
			host === 'kapso'
				? { per_page: '100', page: cursor ?? '1' }
				: { fields: FIELDS, limit: '100', ...(cursor !== undefined && { after: cursor }) };
		return { method: 'GET', path: `/phone_numbers?${new URLSearchParams(query).toString()}` };
	},
	entries: ({ json }) =>
		objectsOf(at(json, 'data')).flatMap((number) => {
			const value = textOf(number.phone_number_id) ?? textOf(number.id);
			if (value === undefined) return [];
			const phone = textOf(number.display_phone_number);
			const state = textOf(number.status);
			const name = textOf(number.verified_name) ?? textOf(number.name) ?? phone ?? value;
			const note = [phone, state].filter((part) => part !== undefined && part !== name).join(', ');
			return [
				{
					name,
					value,
					...(note !== '' && { note }),
					...(state !== undefined && !SENDS.test(state) && { isOff: true as const }),
				},
			];
		}),
	next({ json }, { account: { host } }) {
		if (host === 'kapso') {
			const page = numberOf(at(json, 'meta', 'page')) ?? Infinity;
			const pages = numberOf(at(json, 'meta', 'total_pages')) ?? 0;
			return page < pages ? String(page + 1) : undefined;
		}
		// The cursor is there on the last page, too; the address of a next page is not.
		const isLast = textOf(at(json, 'paging', 'next')) === undefined;
		return isLast ? undefined : textOf(at(json, 'paging', 'cursors', 'after'));
	},
};
