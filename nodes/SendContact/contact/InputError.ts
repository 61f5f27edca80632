// The one way to say "this was filled in wrongly". Knows no vendor and no n8n.

/** What a no-code user is told about a value that cannot be sent. */
export interface InputProblem {
	/** The name of the node's parameter, such as `contactPhone`; empty where no single one is at fault. */
	parameter: string;
	/** One sentence: what is wrong, with the value in it. */
	message: string;
	/** One or two sentences: the way out. */
	description: string;
}

/** Thrown while an item is read and checked: nothing has been sent for it. */
export class InputError extends Error implements InputProblem {
	readonly parameter: string;
	readonly description: string;

	constructor({ parameter, message, description }: InputProblem) {
		super(message);
		this.name = 'InputError';
		this.parameter = parameter;
		this.description = description;
	}
}
