// What a user is told of an item that could not be read or has no usable credential.
import { InputError } from '../contact/InputError';
import type { Failed } from '../delivery/Outcome';
import type { Provider } from '../providers/Provider';
import { label } from './label';

const SLIPS = new Set(['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError']);

/**
 * @param problem what was thrown while the item was read
 * @param provider the chosen one, by whose words its parameters go
 */
export function notSent(problem: unknown, provider: Provider | undefined): Failed {
	// n8n's own errors are worded for its users; JavaScript's tell a developer of a slip in this node.
	const isSlip = !(problem instanceof Error) || SLIPS.has(problem.name);
	const said = isSlip ? 'Send Contact could not read this item' : problem.message;
	const described = problem instanceof InputError ? problem : undefined;
	const field = described?.parameter ? label(described.parameter, provider) : '';
	const labelled = described
		? said.replace(`The field ${described.parameter} `, `${field} `)
		: said;
	const message = labelled.includes(field) ? labelled : `${field}: ${labelled}`;
	return {
		status: 'notSent',
		message,
		description:
			described?.description ??
			(isSlip
				? 'Something in it is not understood. Please report it to the makers of the node, with the item.'
				: 'Correct the item or the node, and run again.'),
		attempts: 0,
		...(described !== undefined && { parameter: described.parameter }),
	};
}
