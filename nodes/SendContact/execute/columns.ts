// What the rows of the output hold, column by column: rows are laid out by it, n8n's output schemas are written
// from it, and a model that uses the node as a tool gets some of it. Knows no vendor.
import type { IDataObject } from 'n8n-workflow';

type TypeName = 'string' | 'number' | 'boolean' | 'null' | 'object' | 'array';

/** JSON Schema, as far as rows need it. `required` names what is always there. */
export type Schema =
	| { type: Exclude<TypeName, 'object' | 'array'> | readonly TypeName[] }
	| { type: 'array'; items: Schema }
	| {
			type: 'object';
			properties: Readonly<Record<string, Schema>>;
			required?: readonly string[];
			/** Whether there may be more than the properties that are named. */
			additionalProperties?: true;
	  };

/** One column of the output. */
export interface Column {
	schema: Schema;
	/** Whether every row has it. */
	isAlways?: true;
	/** What a model gets of it, where it is told the short of it: all, or some of its fields. */
	short?: 'all' | readonly string[];
}

/** The columns of one operation, in their order. */
export type Columns = Readonly<Record<string, Column>>;

export const TEXT = { type: 'string' } as const satisfies Schema;
export const TEXT_OR_NONE = { type: ['string', 'null'] } as const satisfies Schema;
const NUMBER: Schema = { type: 'number' };
const OBJECT: Schema = { type: 'object', properties: {}, additionalProperties: true };
/** Text where it is no JSON, which comes first: n8n's editor shows the first of several types. */
const BODY: Schema = { type: ['string', 'object', 'array'] };

/** An object with these fields, of which none has to be there. */
export const some = (...fields: readonly string[]): Schema => ({
	type: 'object',
	properties: Object.fromEntries(fields.map((field) => [field, TEXT])),
});

/** A list of these. */
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** What a row tells of a failure. */
export const FAILURE = {
	error: { schema: TEXT, short: 'all' },
	description: { schema: TEXT, short: 'all' },
	parameter: { schema: TEXT },
} as const satisfies Columns;

const ANSWER = { httpCode: { schema: TEXT }, vendorCode: { schema: TEXT } } as const;

/** What Simplify leaves out. */
const WHOLE = {
	request: {
		schema: {
			type: 'object',
			properties: { method: TEXT, url: TEXT, headers: OBJECT, body: BODY },
			required: ['method', 'url', 'body'],
		},
	},
	response: {
		schema: {
			type: 'object',
			properties: { statusCode: NUMBER, body: BODY },
			required: ['statusCode', 'body'],
		},
	},
} as const satisfies Columns;

const PERSON = some('name', 'phone', 'chatId');

/** The output of the operation `send`. */
export const SEND_COLUMNS = {
	provider: { schema: TEXT_OR_NONE, isAlways: true },
	status: { schema: TEXT, isAlways: true, short: 'all' },
	...FAILURE,
	...ANSWER,
	messageId: { schema: TEXT_OR_NONE, short: 'all' },
	providerMessageId: { schema: TEXT },
	messenger: { schema: TEXT },
	to: { schema: TEXT_OR_NONE, isAlways: true, short: 'all' },
	contact: { schema: PERSON, isAlways: true, short: ['name'] },
	contacts: { schema: listOf(PERSON) },
	cardReachable: { schema: { type: ['boolean', 'null'] } },
	droppedFields: { schema: listOf(TEXT), short: 'all' },
	attempts: { schema: NUMBER, isAlways: true },
	foundAt: { schema: OBJECT },
	...WHOLE,
} as const satisfies Columns;

/** The output of the operation `checkRecipient`. */
export const CHECK_COLUMNS = {
	provider: { schema: TEXT_OR_NONE, isAlways: true },
	to: { schema: TEXT_OR_NONE, isAlways: true, short: 'all' },
	exists: { schema: { type: ['boolean', 'null'] }, isAlways: true, short: 'all' },
	id: { schema: TEXT_OR_NONE, isAlways: true, short: 'all' },
	...FAILURE,
	...ANSWER,
	...WHOLE,
} as const satisfies Columns;

/** A row with the fields of these columns, in their order. What has no column does not come out. */
export function laidOut(columns: Columns, row: IDataObject): IDataObject {
	const ordered: IDataObject = {};
	for (const name of Object.keys(columns)) {
		if (row[name] !== undefined) ordered[name] = row[name];
	}
	return ordered;
}

/** The schema of the rows of these columns, as n8n reads it from `__schema__`. */
export function schemaOf(columns: Columns): Schema & { type: 'object' } {
	const all = Object.entries(columns);
	return {
		type: 'object',
		properties: Object.fromEntries(all.map(([name, { schema }]) => [name, schema])),
		required: all.flatMap(([name, { isAlways }]) => (isAlways ? [name] : [])),
	};
}
