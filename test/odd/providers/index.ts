// The registry as the tests' own build of the node has it: what ships, and the odd vendors behind it.
// `scripts/build-odd.mjs` puts this file in the place of the shipped registry.
import { providers as shipped } from '../../../nodes/SendContact/providers/index';
import type { Provider } from '../../../nodes/SendContact/providers/Provider';
import { badger } from './badger';
import { cardinal } from './cardinal';
import { echo } from './echo';
import { formica } from './formica';
import { pigeon } from './pigeon';
import { wanderer } from './wanderer';

export const oddProviders: readonly Provider[] = [
	pigeon,
	formica,
	cardinal,
	echo,
	wanderer,
	badger,
];

export const providers: readonly Provider[] = [...shipped, ...oddProviders];

export function providerNamed(name: unknown): Provider | undefined {
	return providers.find((provider) => provider.name === name);
}
