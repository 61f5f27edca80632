// Reading parameters for many items: a value without an expression is the same for every item, so it is
// resolved once.
import type { IExecuteFunctions } from 'n8n-workflow';

/** Whether a stored parameter holds an expression anywhere. */
function hasExpression(value: unknown): boolean {
	if (typeof value === 'string') return value.startsWith('=');
	if (typeof value !== 'object' || value === null) return false;
	return Object.values(value).some(hasExpression);
}

/** The node's parameters, item by item. */
export class ParameterReader {
	private readonly constants = new Map<string, unknown>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** The parameter's value for that item; `undefined` where the panel does not show it. */
	get(name: string, itemIndex: number): unknown {
		if (this.constants.has(name)) return this.constants.get(name);
		// n8n throws for a hidden parameter unless there is something to fall back to.
		const value: unknown = this.context.getNodeParameter(name, itemIndex, null) ?? undefined;
		if (!hasExpression(this.context.getNode().parameters[name])) this.constants.set(name, value);
		return value;
	}
}
