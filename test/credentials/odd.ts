// Credential values as people paste them: with what comes along from a page, a chat, a table or a mail.
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

/** The value with something in the middle of a word: beside a space it would be taken for one. */
function torn(value: string, by: string): string {
	return value.replace(/\S{2}(?=\S)/, (start) => start + by);
}

/** Ways in which a value gets into the field. Each is undone by the node. */
export const PASTED: Readonly<Record<string, (value: string) => string>> = {
	'spaces around': (value) => `  ${value}\t`,
	'a no-break space': (value) => `\u00a0${value}\u202f`,
	'a zero-width space': (value) => `${value.slice(0, 3)}\u200b${value.slice(3)}\u200b`,
	'a byte-order mark': (value) => `\ufeff${value}`,
	'a soft hyphen': (value) => `${value.slice(0, 4)}\u00ad${value.slice(4)}`,
	'marks of writing direction': (value) => `\u202a${value}\u202c\u200e`,
	'a line break at the end': (value) => `${value}\r\n`,
	'a line break inside': (value) => torn(value, '\r\n  '),
	'a line separator inside': (value) => torn(value, '\u2028'),
	quotes: (value) => `"${value}"`,
	'single quotes': (value) => `'${value}'`,
	backticks: (value) => `\`${value}\``,
	'typographic quotes': (value) => `“${value}”`,
	'German quotes': (value) => `„${value}“`,
	'French quotes': (value) => `«\u00a0${value}\u00a0»`,
	'single typographic quotes': (value) => `‘${value}’`,
	'one typographic quote': (value) => `${value}”`,
	Bearer: (value) => `Bearer ${value}`,
	'the whole header': (value) => `Authorization: Bearer ${value}`,
	'Bearer on a line of its own': (value) => `Bearer\n${value}`,
	'Bearer in quotes': (value) => `"bearer  ${value}"`,
};

/** The credential with every secret pasted in that way; empty ones stay empty. */
export function pastedOddly(
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
	paste: (value: string) => string,
): ICredentialDataDecryptedObject {
	const pasted = { ...data };
	for (const { name, typeOptions } of type.properties) {
		const value = data[name];
		if (typeOptions?.password !== true || typeof value !== 'string' || value === '') continue;
		pasted[name] = paste(value);
	}
	return pasted;
}
