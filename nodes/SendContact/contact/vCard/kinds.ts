// What the lines of a card are for: which one is preferred, and whether a phone is a mobile, at work, a fax.
// As parameters of every version say it, and as Apple, Google and WhatsApp say it in a line beside.
import type { EntryType, PlaceType } from '../Contact';
import { oneLine } from '../text';
import { unescaped, type Property } from './property';

/** What the other lines of a group say of its line. */
export interface Group {
	/** X-ABLabel: `Celular`. */
	label?: string;
	/** X-ABADR: the country whose way an address is written in. */
	countryCode?: string;
}

/** By the group's name, `ITEM1.`; lines without a group have none. */
export type Groups = ReadonlyMap<string, Group>;

const TYPE_WORDS: ReadonlyArray<readonly [EntryType, RegExp]> = [
	['mobile', /^(?:CELL|MOBILE|IPHONE|PCS)$/],
	['work', /^WORK$/],
	['home', /^HOME$/],
	['other', /^(?:OTHER|MAIN|MAIN-NUMBER|CAR)$/],
];

/** Labels that people read, in the languages that programs write most; Apple's own in `_$!<…>!$_`. */
const LABEL_WORDS: ReadonlyArray<readonly [EntryType, RegExp]> = [
	[
		'mobile',
		/^(?:mobile?\b|cell|iphone|celular|m[oó]vil|handy|portable|cellulare|whatsapp|мобильн|сотов|ватсап)/iu,
	],
	[
		'work',
		/^(?:work|office|trabal|trabajo|comercial|empresa|arbeit|büro|gesch[aä]ft|рабоч|работа)/iu,
	],
	['home', /^(?:home(?!page)|casa|residencial|particular|privat|zuhause|домашн|дом$)/iu],
];

/** Where nobody reads a message. Programs write VOICE beside a pager, too. */
const MACHINE_TYPE = /^(?:PAGER|MODEM|BBS|ISDN)$/;
const FAX_TYPE = /FAX/;
const MACHINE_LABEL = /fax|факс|\bpager\b|пейджер/iu;
/** What a line with a fax on it can do besides. */
const SPOKEN_TYPE = /^(?:VOICE|CELL|MOBILE|IPHONE|MSG|TEXT)$/;

const typesOf = ({ parameters }: Property) =>
	(parameters.get('TYPE') ?? []).map((type) => type.toUpperCase());

/** How much a line is preferred over others of its kind: lower comes first. */
export function preference(property: Property): number {
	const rank = Number(property.parameters.get('PREF')?.[0] ?? Number.NaN);
	if (Number.isFinite(rank) && rank > 0) return rank;
	return typesOf(property).includes('PREF') || property.parameters.has('PREF') ? 1 : 1000;
}

/** What the groups of a card say of their lines. */
export function groupsIn(properties: readonly Property[]): Groups {
	const groups = new Map<string, Group>();
	for (const { name, group, value } of properties) {
		if (group === '') continue;
		const known = groups.get(group) ?? {};
		const text = oneLine(unescaped(value));
		if (name === 'X-ABLABEL') known.label ??= text.replace(/^_\$!<(.*)>!\$_$/, '$1');
		if (name === 'X-ABADR' && /^[a-z]{2}$/i.test(text)) known.countryCode = text.toUpperCase();
		groups.set(group, known);
	}
	return groups;
}

/**
 * What an entry of a list is used for; `undefined` where nothing says it. A label of the user's own is
 * `other`, but for the phone of a WhatsApp account: its label comes in every language.
 */
export function entryType(property: Property, groups: Groups): EntryType | undefined {
	const types = typesOf(property);
	const said = TYPE_WORDS.find(([, words]) => types.some((type) => words.test(type)));
	if (said !== undefined) return said[0];
	const label = groups.get(property.group)?.label ?? '';
	const labelled = LABEL_WORDS.find(([, words]) => words.test(label));
	if (labelled !== undefined) return labelled[0];
	const isOwn = label !== '' && !/^homepage$/i.test(label) && !property.parameters.has('WAID');
	return isOwn ? 'other' : undefined;
}

/** The same for an entry that cannot be a mobile, as a part of the entry. */
export function placeType(property: Property, groups: Groups): { type?: PlaceType } {
	const type = entryType(property, groups);
	return type === undefined || type === 'mobile' ? {} : { type };
}

/** Whether a TEL line is a fax, a pager or the like. */
export function isFax(tel: Property, groups: Groups): boolean {
	const types = typesOf(tel);
	if (types.some((type) => MACHINE_TYPE.test(type))) return true;
	if (types.some((type) => SPOKEN_TYPE.test(type))) return false;
	const label = groups.get(tel.group)?.label ?? '';
	return types.some((type) => FAX_TYPE.test(type)) || MACHINE_LABEL.test(label);
}
