// Every messenger through every provider, one by one: what the panel, the tables in the docs and the
// tests go through. Knows providers by their interface only.
import type { Messenger, Provider } from './Provider';

/** One messenger through one provider, such as Telegram through GREEN-API. */
export interface Service {
	provider: Provider;
	messenger: Messenger;
}

/** All services of these providers, in their order. */
export function servicesOf(providers: readonly Provider[]): Service[] {
	return providers.flatMap((provider) =>
		provider.messengers.map((messenger) => ({ provider, messenger })),
	);
}
