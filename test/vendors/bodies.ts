// How bodies are written on the wire: as JSON, as a form, as plain text. Numbers beyond 2^53 keep their
// digits on the way out: a simulator writes them as bigint.

/** How a body is written. */
export type BodyKind = 'json' | 'form' | 'text';

/** What a Content-Type says a body is; `text` for whatever it is that is neither JSON nor a form. */
export function kindOf(contentType = ''): BodyKind {
	const [type = ''] = contentType.split(';');
	if (/^\s*application\/([\w.-]+\+)?json\s*$/i.test(type)) return 'json';
	if (/^\s*application\/x-www-form-urlencoded\s*$/i.test(type)) return 'form';
	return 'text';
}

/** A body as it was read: `undefined` where there was none, text where it could not be parsed. */
export interface ParsedBody {
	value: unknown;
	/** Why it could not be parsed. */
	problem?: string;
}

/** Reads a body as what it claims to be. A form is one text a key, or a list where the key is repeated. */
export function parseBody(text: string, kind: BodyKind): ParsedBody {
	if (text === '') return { value: undefined };
	if (kind === 'text') return { value: text };
	if (kind === 'form') return { value: formFields(text) };
	try {
		const value: unknown = JSON.parse(text);
		return { value };
	} catch (error) {
		return { value: text, problem: error instanceof Error ? error.message : String(error) };
	}
}

function formFields(text: string): Record<string, string | string[]> {
	const form = new URLSearchParams(text);
	return Object.fromEntries(
		[...form.keys()].map((key) => {
			const [first = '', ...others] = form.getAll(key);
			return [key, others.length === 0 ? first : [first, ...others]];
		}),
	);
}

const MARK = 'bigint of the sandbox ';

/**
 * JSON, with each bigint as the number that it is. It is looked for in its place: what n8n's engine loads
 * gives bigints a `toJSON`, which makes texts of them before they are handed over.
 */
export function jsonText(value: unknown): string {
	const marked = JSON.stringify(value, function (this: unknown, key: string, entry: unknown) {
		const there: unknown = Reflect.get(Object(this) as object, key);
		return typeof there === 'bigint' ? MARK + String(there) : entry;
	});
	return marked.replaceAll(new RegExp(`"${MARK}(-?\\d+)"`, 'g'), '$1');
}
