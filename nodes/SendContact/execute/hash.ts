// What cannot be turned back into what it was made of.
import { createHash } from 'node:crypto';

/** The same for values that are the same in JSON, and only for those. */
export function hash(value: unknown): string {
	return createHash('sha256').update(JSON.stringify(value)).digest('base64');
}
