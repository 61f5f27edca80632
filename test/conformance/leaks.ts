// Looking for secrets where nobody looks: in everything an execution left behind, hidden properties of
// error objects included, and in every form a secret may have taken on the way.

import { types } from 'node:util';

import { BASE64, ESCAPES } from '../vendors/escapes';

export { BASE64, ESCAPES };

/** Every piece of text that can be reached from `root`: names and values, hidden ones too. */
export function everythingIn(root: unknown): string {
	const texts: string[] = [];
	const seen = new Set<object>();
	const look = (value: unknown): void => {
		switch (typeof value) {
			case 'string':
			case 'number':
			case 'bigint':
			case 'boolean':
			case 'symbol':
				texts.push(value.toString());
				break;
			case 'object':
			case 'function':
				if (value !== null && !seen.has(value)) lookInto(value);
		}
	};
	const lookInto = (value: object): void => {
		seen.add(value);
		if (ArrayBuffer.isView(value)) {
			texts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString());
			return;
		}
		if (types.isMap(value) || types.isSet(value)) for (const entry of value) look(entry);
		for (const key of Reflect.ownKeys(value)) {
			look(key);
			look(Object.getOwnPropertyDescriptor(value, key)?.value);
		}
	};
	look(root);
	try {
		// As n8n stores it: `toJSON` may bring out what the object itself does not show.
		texts.push(JSON.stringify(root));
	} catch {
		// A loop: all of it has been looked at above.
	}
	return texts.join('\n');
}

/** A secret as it may show up: in every escape, in two that are usual, and in base64. */
export function formsOf(secret: string): string[] {
	const bytes = Buffer.from(secret);
	// Its last letter depends on what follows the secret, unless the secret ends with a letter.
	const base64 = bytes.toString('base64').slice(0, Math.floor((bytes.length * 8) / 6));
	return [
		...new Set([
			...Object.values(ESCAPES).map((escape) => escape(secret)),
			encodeURIComponent(encodeURIComponent(secret)),
			JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
			base64,
			base64.replace(/\+/g, '-').replace(/\//g, '_'),
		]),
	];
}
