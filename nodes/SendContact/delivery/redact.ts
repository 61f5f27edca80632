// Taking secrets out of whatever leaves the node. Knows no vendor and no n8n.

/** What stands in a secret's place. */
export const REDACTED = '[hidden]';

/** A shorter value would be found in ordinary words and numbers by chance. */
const SHORTEST_SECRET = 4;

/** How much of a vendor's answer is looked at and passed on. */
const LONGEST_TEXT = 100_000;

/** Replaces every secret it was made for, in any usual encoding, in texts and in JSON values. */
export interface Redactor {
	text(text: string): string;
	/** A copy with every string redacted, names of fields included. */
	json(value: unknown): unknown;
}

/** The same bytes in base64 wherever they begin in a longer text: each of the three alignments. */
function inBase64(secret: string): string[] {
	const bytes = Buffer.from(secret, 'utf8');
	return [0, 1, 2].flatMap((before) => {
		const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
		const certain = encoded.slice(
			Math.ceil((before * 8) / 6),
			Math.floor(((before + bytes.length) * 8) / 6),
		);
		return certain.length < 6 ? [] : [certain, certain.replace(/\+/g, '-').replace(/\//g, '_')];
	});
}

function inJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

function inHtml(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, '&#39;');
}

function encodings(secret: string): string[] {
	const inUrl = encodeURIComponent(secret);
	return [
		secret,
		inUrl,
		encodeURIComponent(inUrl),
		encodeURI(secret),
		inUrl.replace(/%20/g, '+'),
		inJson(secret),
		inJson(inJson(secret)),
		inHtml(secret),
		...inBase64(secret),
	];
}

/** A redactor for these secrets. Values shorter than four characters are left out. */
export function redactorFor(secrets: readonly string[]): Redactor {
	const forms = [...new Set(secrets.filter((s) => s.length >= SHORTEST_SECRET).flatMap(encodings))]
		// The longest first, so that no form leaves the rest of a longer one behind.
		.sort((a, b) => b.length - a.length);
	const longest = forms[0]?.length ?? 0;
	const escaped = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&'));
	const pattern = forms.length === 0 ? undefined : new RegExp(escaped.join('|'), 'gi');

	const replaced = (value: string) =>
		pattern === undefined ? value : value.replace(pattern, REDACTED);
	const text = (value: string) => {
		if (value.length <= LONGEST_TEXT) return replaced(value);
		// A secret that the cut goes through is not recognised: what may be a part of one goes, too.
		const kept = replaced(value.slice(0, LONGEST_TEXT));
		return `${kept.slice(0, kept.length - longest)}… (cut: ${value.length} characters)`;
	};
	const json = (value: unknown): unknown => {
		if (typeof value === 'string') return text(value);
		if (typeof value === 'number' && pattern !== undefined) {
			const redacted = text(String(value));
			return redacted === String(value) ? value : redacted;
		}
		if (Array.isArray(value)) return value.map(json);
		if (typeof value === 'object' && value !== null) {
			return Object.fromEntries(
				Object.entries(value).map(([key, entry]) => [text(key), json(entry)]),
			);
		}
		return value;
	};
	return { text, json };
}
