// When the panel shows a property: for which providers, and for which of their messengers. Properties
// that are the same for several are one, so that the description does not grow with every provider.
import type { INodeProperties } from 'n8n-workflow';

import type { Service } from '../providers/services';

/** A condition of n8n's `displayOptions.show`, or of its `hide`. */
export type Show = Record<string, Array<string | number | boolean>>;

/** Where the condition stands: inside a collection the node's own parameters begin with a slash. */
type Place = 'panel' | 'collection';

/** A condition, and the services for which it holds. */
interface Condition {
	show: Show;
	hide?: Show;
	services: readonly Service[];
}

/**
 * The condition for these providers, said by those that are meant or, where it is shorter, by the others: n8n loads
 * every condition with the panel.
 */
function providerCondition(
	key: string,
	names: readonly string[],
	all: readonly Service[],
): Pick<Condition, 'show' | 'hide'> {
	const others = new Set(all.map(({ provider }) => provider.name));
	names.forEach((name) => others.delete(name));
	const chosen = { [key]: [...names] };
	const hidden = { [key]: [...others] };
	const isShorter = JSON.stringify(hidden).length < JSON.stringify(chosen).length;
	if (!isShorter) return { show: chosen };
	return others.size === 0 ? { show: {} } : { show: {}, hide: hidden };
}

/**
 * The conditions that together hold for exactly these services; `all` is every service there is. A
 * provider with several messengers of which only some are meant needs a condition of its own.
 */
function conditionsFor(
	services: readonly Service[],
	all: readonly Service[],
	place: Place,
): Condition[] {
	const slash = place === 'collection' ? '/' : '';
	const whole: Service[] = [];
	const partial: Condition[] = [];
	const providers = [...new Set(services.map((service) => service.provider))];
	for (const provider of providers) {
		const own = (list: readonly Service[]) =>
			list.filter((service) => service.provider === provider);
		const chosen = own(services);
		if (chosen.length === own(all).length) {
			whole.push(...chosen);
			continue;
		}
		const messengers = chosen.map(({ messenger }) => messenger.name);
		const show = { [`${slash}provider`]: [provider.name], [`${slash}messenger`]: messengers };
		partial.push({ show, services: chosen });
	}
	if (whole.length === 0) return partial;
	const names = [...new Set(whole.map(({ provider }) => provider.name))];
	return [{ ...providerCondition(`${slash}provider`, names, all), services: whole }, ...partial];
}

interface Settings {
	place?: Place;
	/** Conditions on other parameters, by service. */
	more?: (service: Service) => Show;
	/** Adds to a property what depends on all the services of its condition. */
	complete?: (property: INodeProperties, services: readonly Service[]) => INodeProperties;
}

/** A property for each service that has one, those that are alike as one property. */
export function perService(
	all: readonly Service[],
	build: (service: Service) => INodeProperties | undefined,
	{ place = 'panel', more = () => ({}), complete = (property) => property }: Settings = {},
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
			const completed = complete(property, condition.services);
			const show = { ...condition.show, ...others };
			const displayOptions = {
				...(Object.keys(show).length > 0 && { show }),
				...(condition.hide && { hide: condition.hide }),
			};
			return Object.keys(displayOptions).length === 0
				? completed
				: { ...completed, displayOptions };
		}),
	);
}
