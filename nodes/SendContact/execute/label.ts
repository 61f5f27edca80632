// What the panel calls a parameter, for texts that a user reads.
import { labelsOf } from '../parameters';
import { providers } from '../providers';

let labels: ReadonlyMap<string, string> | undefined;

/** The label of a parameter; the name itself where it has none. */
export function label(parameter: string): string {
	labels ??= labelsOf(providers);
	return labels.get(parameter) ?? parameter;
}
