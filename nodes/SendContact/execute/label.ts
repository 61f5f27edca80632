// What the panel calls a parameter, for texts that a user reads.
import { labelsOf } from '../parameters';
import { providers } from '../providers';
import type { Provider } from '../providers/Provider';

const known = new Map<Provider, ReadonlyMap<string, string>>();

function labelFor(parameter: string, provider: Provider): string | undefined {
	const labels = known.get(provider) ?? labelsOf(provider);
	known.set(provider, labels);
	return labels.get(parameter);
}

/**
 * The label of a parameter as the chosen provider's panel shows it; another provider's where this one
 * has no such parameter; the name itself where none has.
 */
export function label(parameter: string, provider?: Provider): string {
	for (const candidate of provider ? [provider, ...providers] : providers) {
		const found = labelFor(parameter, candidate);
		if (found !== undefined) return found;
	}
	return parameter;
}
