// The tables of the phone library, made into patterns. Knows their layout, which nobody else does. They are
// read on first use, never while n8n loads the node.
import type { CountryCode } from 'libphonenumber-js/core';
import metadata from 'libphonenumber-js/max/metadata';

export type { CountryCode };

/**
 * What answers under a number: `mobile` also where a plan does not tell mobiles from landlines (North
 * America); `line` a landline, internet or personal number; `service` all else that the tables know.
 */
export type Kind = 'mobile' | 'line' | 'service';

/** The numbers of one kind. */
export interface Range {
	kind: Kind;
	lengths: readonly number[];
	pattern: RegExp;
}

/** How the phone numbers of one country are made up. */
export interface Plan {
	country: CountryCode | undefined;
	/** All national numbers, loosely: areas and kinds that the tables do not know yet included. */
	any: RegExp;
	/** How the numbers begin of a country that shares its calling code and is not the main one. */
	leading: RegExp | undefined;
	ranges: readonly Range[];
	/** What is dialled inside the country before a number of another one. */
	abroad: RegExp;
	/** What is dialled before a national number inside the country, `0` in most; longest first. */
	trunks: readonly string[];
	longest: Readonly<Record<Kind, number>>;
}

type Row = readonly unknown[];
type Table<Value> = Readonly<Record<string, Value | undefined>>;

/** The columns of a row: https://gitlab.com/catamphetamine/libphonenumber-js/-/blob/master/METADATA.md */
const COLUMN = {
	code: 0,
	abroad: 1,
	any: 2,
	lengths: 3,
	trunk: 5,
	trunkPattern: 7,
	leading: 10,
	types: 11,
};

/** What the table calls landline, mobile, toll-free, premium, personal, voicemail, UAN, pager, VoIP, shared cost. */
const KINDS = [
	'line',
	'mobile',
	'service',
	'service',
	'line',
	'service',
	'service',
	'service',
	'line',
	'service',
] as const;

/** Every trunk prefix there is. A country's pattern also holds carriers, area codes and relay services. */
const TRUNKS = ['06', '80', '0', '1', '8'];

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);

function textAt(row: Row, column: number): string {
	const value = row[column];
	return typeof value === 'string' ? value : '';
}

function listAt(row: Row, column: number): Row {
	const value: unknown = row[column];
	return Array.isArray(value) ? value : [];
}

function rowOf(country: string): Row {
	const rows: Table<Row> = metadata.countries;
	return rows[country] ?? [];
}

function rangesOf(row: Row): Range[] {
	const types = listAt(row, COLUMN.types);
	const hasMobiles = textAt(listAt(types, 1), 0) !== '';
	return KINDS.flatMap((kind, index) => {
		const type = listAt(types, index);
		const pattern = textAt(type, 0);
		if (pattern === '') return [];
		const own = listAt(type, 1);
		const lengths = own.length > 0 ? own : listAt(row, COLUMN.lengths);
		return [
			{
				kind: index === 0 && !hasMobiles ? 'mobile' : kind,
				lengths: lengths.filter((length) => typeof length === 'number'),
				pattern: whole(pattern),
			},
		];
	});
}

function planOf(row: Row, country?: CountryCode): Plan {
	const ranges = rangesOf(row);
	const trunk = textAt(row, COLUMN.trunk);
	const trunks = whole(textAt(row, COLUMN.trunkPattern) || trunk);
	const leading = textAt(row, COLUMN.leading);
	const longest = (kind: Kind) =>
		Math.max(0, ...ranges.flatMap((range) => (range.kind === kind ? range.lengths : [])));
	return {
		country,
		any: whole(textAt(row, COLUMN.any)),
		abroad: new RegExp(`^(?:${textAt(row, COLUMN.abroad)})(?=[1-9])`),
		leading: leading === '' ? undefined : new RegExp(`^(?:${leading})`),
		ranges,
		trunks: TRUNKS.filter((prefix) => trunk !== '' && (prefix === trunk || trunks.test(prefix))),
		longest: { mobile: longest('mobile'), line: longest('line'), service: longest('service') },
	};
}

const plans = new Map<string, readonly Plan[]>();

/** The plans behind a calling code, the main country's first; none where there is no such code. */
export function plansOf(callingCode: string): readonly Plan[] {
	const known = plans.get(callingCode);
	if (known !== undefined) return known;
	const sharers: Table<readonly CountryCode[]> = metadata.country_calling_codes;
	const ofNoCountry: Table<Row> = metadata.nonGeographic;
	const alone = ofNoCountry[callingCode];
	const made =
		alone === undefined
			? (sharers[callingCode] ?? []).map((country) => planOf(rowOf(country), country))
			: [planOf(alone)];
	plans.set(callingCode, made);
	return made;
}

/** Whether the text is a country of the tables, as two capital letters. */
export function isCountry(text: string): text is CountryCode {
	return Object.hasOwn(metadata.countries, text);
}

/** The country's calling code, such as `55`. */
export function callingCodeOf(country: CountryCode): string {
	return textAt(rowOf(country), COLUMN.code);
}

/** The plan of a country. */
export function planIn(country: CountryCode): Plan | undefined {
	return plansOf(callingCodeOf(country)).find((plan) => plan.country === country);
}
