// The list that every contestant sends, and the body that each vendor gets for an item of it.
import type { ContestantJob, VendorName } from './jobs';

export interface BenchItem extends Record<string, unknown> {
	to: string;
	name: string;
	phone: string;
}

/** Items that all differ, with numbers of Brazilian mobiles. */
export function itemsOf(count: number): BenchItem[] {
	return Array.from({ length: count }, (_, index) => {
		const digits = String(index).padStart(7, '0');
		return {
			to: `5511981${digits.slice(1)}`,
			name: `Ana ${digits}`,
			phone: `5521991${digits.slice(1)}`,
		};
	});
}

/** The vendor's address for contacts, behind what the credential says. */
export function pathOf(vendor: VendorName, sender: string): string {
	const paths: Record<VendorName, string> = {
		plugzApi: '/send-contact',
		greenApi: '/sendContact',
		ogmma: `/v1/channels/${sender}/messages/contact`,
		evolution: '/message/sendContact/bench',
	};
	return paths[vendor];
}

/** The same body that Send Contact makes of an item. */
export function bodyOf(vendor: VendorName, { to, name, phone }: BenchItem): object {
	const bodies: Record<VendorName, () => object> = {
		plugzApi: () => ({ phone: to, contactName: name, contactPhone: phone }),
		greenApi: () => ({
			chatId: `${to}@c.us`,
			contact: { phoneContact: Number(phone), firstName: name },
		}),
		ogmma: () => ({ to, name, phone }),
		evolution: () => ({ number: to, contact: [{ fullName: name, phoneNumber: phone }] }),
	};
	return bodies[vendor]();
}

/** The same body as a user of HTTP Request writes it. */
export function bodyExpression(vendor: VendorName): string {
	const bodies: Record<VendorName, string> = {
		plugzApi: '{ phone: $json.to, contactName: $json.name, contactPhone: $json.phone }',
		greenApi:
			'{ chatId: $json.to + "@c.us", contact: { phoneContact: Number($json.phone), firstName: $json.name } }',
		ogmma: '{ to: $json.to, name: $json.name, phone: $json.phone }',
		evolution: '{}',
	};
	return `={{ JSON.stringify(${bodies[vendor]}) }}`;
}

/** The whole address and the headers, for contestants that know no credential. */
export function requestOf({ vendor, address }: Pick<ContestantJob, 'vendor' | 'address'>): {
	url: string;
	headers: Record<string, string>;
} {
	const { url, credentials, sender } = address;
	const value = (name: string) => String(credentials[name] ?? '');
	const path = pathOf(vendor, sender);
	switch (vendor) {
		case 'plugzApi':
			return {
				url: `${url}/instances/${value('instanceId')}/token/${value('instanceToken')}${path}`,
				headers: { 'Client-Token': value('clientToken') },
			};
		case 'greenApi':
			return {
				url: `${url}/waInstance${value('idInstance')}${path}/${value('apiTokenInstance')}`,
				headers: {},
			};
		case 'ogmma':
			return { url: `${url}${path}`, headers: { Authorization: `Bearer ${value('apiKey')}` } };
		default:
			return { url: `${url}${path}`, headers: {} };
	}
}
