// What a user is told of an item that could not be read. Knows no vendor.
import { InputError } from '../contact/InputError';

/** What went wrong, and the way out. */
export interface Said {
	message: string;
	description: string;
	/** The parameter that is filled in wrongly, where it is one. */
	parameter?: string;
}

const SLIPS = new Set(['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError']);

/**
 * Words a problem for the user.
 * @param node the node's name, for what is a slip of its own
 * @param label what the panel calls a parameter
 */
export function saidOf(problem: unknown, node: string, label: (parameter: string) => string): Said {
	// n8n's own errors are worded for its users; JavaScript's tell a developer of a slip in this node.
	const isSlip = !(problem instanceof Error) || SLIPS.has(problem.name);
	const said = isSlip ? `${node} could not read this item` : problem.message;
	const described = problem instanceof InputError ? problem : undefined;
	const field = described?.parameter ? label(described.parameter) : '';
	const labelled = described
		? said.replace(`The field ${described.parameter} `, `${field} `)
		: said;
	const message = labelled.includes(field) ? labelled : `${field}: ${labelled}`;
	return {
		message,
		description:
			described?.description ??
			(isSlip
				? 'Something in it is not understood. Please report it to the makers of the node, with the item.'
				: 'Correct the item or the node, and run again.'),
		...(described !== undefined && { parameter: described.parameter }),
	};
}
