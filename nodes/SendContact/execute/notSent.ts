// What a user is told of an item that could not be read or has no usable credential.
import type { Failed } from '../delivery/Outcome';
import type { Provider } from '../providers/Provider';
import { label } from './label';
import { saidOf } from './saidOf';

/**
 * @param problem what was thrown while the item was read
 * @param provider the chosen one, by whose words its parameters go
 */
export function notSent(problem: unknown, provider: Provider | undefined): Failed {
	const said = saidOf(problem, 'Send Contact', (parameter) => label(parameter, provider));
	return { status: 'notSent', attempts: 0, ...said };
}
