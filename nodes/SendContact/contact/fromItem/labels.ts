// What the labels beside phones, emails and addresses mean, in the words that services and people use.
import type { EntryType, PlaceType } from '../Contact';
import { wordsOf } from './keys';
import { isRecord } from './path';
import type { PhoneKind } from './Source';

/** The keys beside a value that hold its label. */
const LABELS = [
	'label',
	'type',
	'VALUE_TYPE',
	'enum_code',
	'category',
	'field',
	'phoneLabel',
	'PhoneType',
	'valueType',
];

/** Beginnings of words, the one that says the most first. */
const KINDS: ReadonlyArray<readonly [PhoneKind | 'none', RegExp]> = [
	['none', /^(\w*fax|pager|факс|пейджер)/],
	['whatsapp', /^(whats|wa$|waid|zap|ватсап|вотсап|вацап)/],
	['mobile', /^(mob|cell?$|cell?ph|cell?ul|cel$|iphone|movil|мобил|сотов)/],
	['main', /^(main|default|primary|principal|основной)/],
	['work', /^(work|business|office|company|comercial|trabalho|trabajo|oficina|рабоч)/],
	['home', /^(home|residen|casa|дом)/],
	['other', /^(other|outro|otro|другой|custom)/],
];

/** What a label says of a phone; `none` of what is no phone to write to, `undefined` where it says nothing. */
export function kindOf(label: string): PhoneKind | 'none' | undefined {
	const words = wordsOf(label);
	return KINDS.find(([, pattern]) => words.some((word) => pattern.test(word)))?.[0];
}

/** The type of a phone on a card. */
export function typeOfKind(kind: PhoneKind): EntryType | undefined {
	if (kind === 'whatsapp' || kind === 'mobile') return 'mobile';
	return kind === 'main' ? undefined : kind;
}

/** The type of an email, a link or an address. */
export function placeTypeOf(label: string | undefined): PlaceType | undefined {
	const kind = label === undefined ? undefined : kindOf(label);
	return kind === 'work' || kind === 'home' || kind === 'other' ? kind : undefined;
}

/** The label that stands beside a value in the entry of a list. */
export function labelIn(entry: Readonly<Record<string, unknown>> | undefined): string | undefined {
	if (entry === undefined) return undefined;
	for (const key of LABELS) {
		const label = Object.hasOwn(entry, key) ? entry[key] : undefined;
		if (typeof label === 'string' && label.trim() !== '') return label;
	}
	return undefined;
}

/** Whether the entry of a list is marked as the one to use. */
export function isPrimary(entry: Readonly<Record<string, unknown>> | undefined): boolean {
	if (entry === undefined) return false;
	const { metadata } = entry;
	return (
		entry.primary === true ||
		entry['is-primary'] === true ||
		(isRecord(metadata) && metadata.primary === true)
	);
}
