// Reading parameters for many items. n8n takes as long to evaluate a few expressions as to send a request,
// so what is certain is read without it: a value without an expression is the same for every item, and
// `{{ $json.field }}`, which is what dragging a field into the panel writes, is that field of the item.
import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

/** `{{ $json.field }}` and `{{ $json['field'] }}`. */
const FIELD = /^=\{\{\s*\$json(?:\.([A-Za-z_]\w*)|\['([^'\\]+)'\]|\["([^"\\]+)"\])\s*\}\}$/;

/** What stands for a value that only n8n can tell. */
const UNCERTAIN = Symbol('uncertain');

function isExpression(value: unknown): value is string {
	return typeof value === 'string' && value.startsWith('=');
}

/** Whether a stored parameter holds an expression anywhere. */
function hasExpression(value: unknown): boolean {
	if (typeof value !== 'object' || value === null) return isExpression(value);
	return Object.values(value).some(hasExpression);
}

/** The value of an expression that is a field of the item and no more, where that is there and is no object. */
function fieldOf(item: IDataObject, expression: string): unknown {
	const found = FIELD.exec(expression);
	if (found === null) return UNCERTAIN;
	const [, plain, single, double] = found;
	const name = plain ?? single ?? double ?? '';
	const value = Object.hasOwn(item, name) ? item[name] : undefined;
	return value === undefined || typeof value === 'object' ? UNCERTAIN : value;
}

/** A stored parameter with the item's fields in place of its expressions. */
function filledIn(stored: unknown, item: IDataObject): unknown {
	if (isExpression(stored)) return fieldOf(item, stored);
	if (typeof stored !== 'object' || stored === null) return stored;
	if (Array.isArray(stored)) return UNCERTAIN;
	const filled: Record<string, unknown> = {};
	for (const [name, part] of Object.entries(stored)) {
		const value = filledIn(part, item);
		if (value === UNCERTAIN) return UNCERTAIN;
		filled[name] = value;
	}
	return filled;
}

/** Whether it holds parts by name, and is no resource locator, of which n8n gives the value alone. */
function isCollection(stored: unknown): stored is Record<string, unknown> {
	const isObject = typeof stored === 'object' && stored !== null && !Array.isArray(stored);
	return isObject && !('__rl' in stored);
}

/** The node's parameters, item by item. */
export class ParameterReader {
	private readonly constants = new Map<string, unknown>();
	private readonly stored: Readonly<Record<string, unknown>>;
	private readonly items: readonly INodeExecutionData[];
	/** Whether n8n has made a tool of the node. */
	private readonly isTool: boolean;

	constructor(private readonly context: IExecuteFunctions) {
		this.stored = context.getNode().parameters;
		this.items = context.getInputData();
		this.isTool = context.getNode().type.endsWith('Tool');
	}

	/** Whether the parameter as a whole is one expression. */
	isExpression(name: string): boolean {
		return isExpression(this.stored[name]);
	}

	/** Whether a model may have filled in the parameter: in a tool, where the user has left it to an expression. */
	isOpenToModel(name: string): boolean {
		return this.isTool && hasExpression(this.stored[name]);
	}

	/** The parameter's value for that item; `undefined` where the panel does not show it. */
	get(name: string, itemIndex: number): unknown {
		if (this.constants.has(name)) return this.constants.get(name);
		const stored = this.stored[name];
		const isConstant = !hasExpression(stored);
		const item = this.items[itemIndex]?.json;
		if (!isConstant && item !== undefined) {
			const value = isCollection(stored)
				? this.collection(name, stored, itemIndex, item)
				: filledIn(stored, item);
			if (value !== UNCERTAIN) return value;
		}
		const value = this.evaluated(name, itemIndex);
		if (isConstant) this.constants.set(name, value);
		return value;
	}

	/** A collection whose parts are asked of n8n only where they are not certain. */
	private collection(
		name: string,
		stored: Record<string, unknown>,
		itemIndex: number,
		item: IDataObject,
	): Record<string, unknown> {
		const parts = Object.entries(stored).map(([part, inside]) => {
			const value = filledIn(inside, item);
			const known = value === UNCERTAIN ? this.evaluated(`${name}.${part}`, itemIndex) : value;
			return [part, known] as const;
		});
		return Object.fromEntries(parts);
	}

	private evaluated(name: string, itemIndex: number): unknown {
		// n8n throws for a hidden parameter unless there is something to fall back to.
		return this.context.getNodeParameter(name, itemIndex, null) ?? undefined;
	}
}
