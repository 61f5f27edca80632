// When the panel shows a property: for which providers, and for which of their messengers. Properties
// that are the same for several are one, so that the description does not grow with every provider.
import type { INodeProperties } from 'n8n-workflow';

import type { Service } from '../providers/services';

/** A condition of n8n's `displayOptions.show`. */
export type Show = Record<string, Array<string | number | boolean>>;

/** Where the condition stands: inside a collection the node's own parameters begin with a slash. */
type Place = 'panel' | 'collection';

/**
 * The conditions that together hold for exactly these services; `all` is every service there is. A
 * provider with several messengers of which only some are meant needs a condition of its own.
 */
export function conditionsFor(
	services: readonly Service[],
	all: readonly Service[],
	place: Place,
): Show[] {
	const slash = place === 'collection' ? '/' : '';
	const whole: string[] = [];
	const partial: Show[] = [];
	for (const provider of new Set(services.map((service) => service.provider))) {
		const own = (list: readonly Service[]) =>
			list.filter((service) => service.provider === provider);
		const chosen = own(services);
		if (chosen.length === own(all).length) {
			whole.push(provider.name);
			continue;
		}
		partial.push({
			[`${slash}provider`]: [provider.name],
			[`${slash}messenger`]: chosen.map(({ messenger }) => messenger.name),
		});
	}
	const isEverywhere = partial.length === 0 && services.length === all.length;
	if (isEverywhere && place === 'collection') return [{}];
	return [...(whole.length > 0 ? [{ [`${slash}provider`]: whole }] : []), ...partial];
}

/**
 * A property for each service that has one, those that are alike as one property.
 * @param more conditions on other parameters, by service
 */
export function perService(
	all: readonly Service[],
	build: (service: Service) => INodeProperties | undefined,
	{ place = 'panel', more = () => ({}) }: { place?: Place; more?: (service: Service) => Show } = {},
): INodeProperties[] {
	const alike = new Map<string, { property: INodeProperties; more: Show; services: Service[] }>();
	for (const service of all) {
		const property = build(service);
		if (property === undefined) continue;
		const others = more(service);
		const key = JSON.stringify([property, others]);
		const known = alike.get(key) ?? { property, more: others, services: [] };
		known.services.push(service);
		alike.set(key, known);
	}
	return [...alike.values()].flatMap(({ property, more: others, services }) =>
		conditionsFor(services, all, place).map((condition) => {
			const show = { ...condition, ...others };
			return Object.keys(show).length === 0 ? property : { ...property, displayOptions: { show } };
		}),
	);
}
