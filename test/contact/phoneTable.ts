// What becomes of phone numbers as people write them: valid numbers of the largest countries, made up by the
// phone library's tables and formats, in every usual spelling, read without a default country, with the right
// one and with wrong ones. The same numbers each time. Knows what is measured, not how numbers are read.
import parsePhoneNumber, {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	type CountryCode,
	type PhoneNumber,
} from 'libphonenumber-js/max';
import metadata from 'libphonenumber-js/max/metadata';
import examples from 'libphonenumber-js/mobile/examples';

import { LARGEST_COUNTRIES } from '../../nodes/SendContact/contact/numberingPlan';
import { examinePhone } from '../../nodes/SendContact/contact/phone';

/** Longer landlines are in some tables and on nobody's desk. */
const LONGEST_LANDLINE = 11;

/** Which numbers are made up. The same settings give the same numbers. */
export interface Draw {
	/** How many of each country. */
	mobiles: number;
	landlines: number;
	seed: number;
	countries: readonly CountryCode[];
	/** `likely`: each valid number as likely as any other; `even`: each length, so that short ones are frequent. */
	lengths: 'likely' | 'even';
}

const DRAW: Draw = {
	mobiles: 50,
	landlines: 25,
	seed: 7,
	countries: LARGEST_COUNTRIES,
	lengths: 'likely',
};

/** The English names, which differ between versions of Node.js. */
const NAMES: Readonly<Record<(typeof LARGEST_COUNTRIES)[number], string>> = {
	IN: 'India',
	CN: 'China',
	US: 'United States',
	ID: 'Indonesia',
	PK: 'Pakistan',
	NG: 'Nigeria',
	BR: 'Brazil',
	BD: 'Bangladesh',
	RU: 'Russia',
	ET: 'Ethiopia',
	MX: 'Mexico',
	JP: 'Japan',
	EG: 'Egypt',
	PH: 'Philippines',
	CD: 'DR Congo',
	VN: 'Vietnam',
	IR: 'Iran',
	TR: 'Türkiye',
	DE: 'Germany',
	TH: 'Thailand',
	GB: 'United Kingdom',
	TZ: 'Tanzania',
	FR: 'France',
	ZA: 'South Africa',
	IT: 'Italy',
	KE: 'Kenya',
	MM: 'Myanmar',
	CO: 'Colombia',
	KR: 'South Korea',
	SD: 'Sudan',
	ES: 'Spain',
	AR: 'Argentina',
};

/** A made-up number and how it is written. */
export interface Sample {
	/** The digits with the country code. */
	digits: string;
	country: CountryCode;
	isMobile: boolean;
	spellings: ReadonlyMap<Spelling, readonly string[]>;
}

/** The rows of the table, each with an example. */
export const SPELLINGS = {
	plus: ['With `+` or `00`', '+55 (11) 98888-7777'],
	digits: ['Country code and number, nothing between', '5511988887777'],
	apart: ['Country code apart, no `+`', '55 11 98888-7777'],
	national: ['National, with separators', '(11) 98888-7777'],
	dialled: ['National, unbroken, as it is dialled', '015112345678'],
	bare: ['National, unbroken, without a zero before it', '15112345678'],
	local: ['Without area code, with separators', '98888-7777'],
	localDigits: ['Without area code, unbroken', '988887777'],
} as const;

export type Spelling = keyof typeof SPELLINGS;

/** The columns. */
export const DEFAULTS = ['none', 'right', 'wrong'] as const;

export type Default = (typeof DEFAULTS)[number];

/** What one way of reading came to, in numbers. */
export interface Count {
	/** Reached whom it was meant for. */
	right: number;
	refused: number;
	/** Would have reached somebody else… */
	stranger: number;
	/** …who lives in neither the number's nor the default country. */
	elsewhere: number;
	/** Strangers whose reading names the number's own country as another one. */
	named: number;
}

/** Pseudo-random whole numbers below `bound`, the same in each run. */
function dice(seed: number): (bound: number) => number {
	let state = seed;
	return (bound) => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		return Math.floor(((state >>> 8) / 2 ** 24) * bound);
	};
}

/** The pattern and the lengths of a country's landlines or mobiles. */
function rangeOf(country: CountryCode, index: 0 | 1): [RegExp, readonly number[]] {
	const row: readonly unknown[] = metadata.countries[country] ?? [];
	const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
	const types = list(row[11]);
	// North America's plans do not tell mobiles from landlines.
	const type = list(list(types[index])[0] ? types[index] : types[0]);
	const lengths = list(type[1]).length > 0 ? list(type[1]) : list(row[3]);
	return [
		new RegExp(`^(?:${String(type[0])})$`),
		lengths.filter((length) => typeof length === 'number'),
	];
}

function* numbersOf(
	country: CountryCode,
	isMobile: boolean,
	roll: (bound: number) => number,
	{ lengths: spread }: Draw,
) {
	const [pattern, all] = rangeOf(country, isMobile ? 1 : 0);
	const lengths = all
		.filter((length) => isMobile || length <= LONGEST_LANDLINE)
		.sort((one, other) => other - one);
	/** With one digit more there are ten times as many numbers. */
	const likely = () => {
		let at = 0;
		while (at < lengths.length - 1 && roll(10) === 0) at += 1;
		return at;
	};
	for (;;) {
		const length = lengths[spread === 'likely' ? likely() : roll(lengths.length)] ?? 0;
		const national = Array.from({ length }, () => roll(10)).join('');
		if (!pattern.test(national)) continue;
		const phone = parsePhoneNumber(`+${getCountryCallingCode(country)}${national}`);
		const isOne = phone?.isValid() === true && phone.country === country;
		if (isOne && phone.nationalNumber === national) yield phone;
	}
}

const digitsOf = (text: string) => text.replace(/\D/g, '');

/** The text with its groups joined in other ways. */
function regrouped(text: string): string[] {
	const groups = text.split(/\D+/).filter(Boolean);
	if (groups.length < 2) return [];
	const [first = '', ...others] = groups;
	return [text, groups.join('.'), groups.join('\t'), `(${first}) ${others.join('-')}`];
}

function spellingsOf(phone: PhoneNumber, isMobile: boolean): Map<Spelling, readonly string[]> {
	const digits = phone.number.slice(1);
	const national = phone.formatNational();
	const withoutTrunk = phone.formatNational({ nationalPrefix: false });
	const apart = phone.formatInternational().slice(1);
	const [code = ''] = apart.split(' ');
	// Where mobiles have area codes, people leave them out as well.
	const hasArea = !isMobile || ['BR', 'MX', 'US'].includes(phone.country ?? '');
	const local = withoutTrunk.replace(/^\D*\d+\D+/, '');
	const isLocal = hasArea && local !== withoutTrunk && /^\D*[1-9](?:\D*\d){4}/.test(local);
	return new Map<Spelling, readonly string[]>([
		[
			'plus',
			[`+${digits}`, `00${digits}`, `+${apart}`, ...regrouped(apart).map((text) => `+${text}`)],
		],
		['digits', [digits]],
		[
			'apart',
			[
				apart,
				apart.replaceAll(' ', '-'),
				`${code}(${digits.slice(code.length, code.length + 2)})${digits.slice(code.length + 2)}`,
			],
		],
		['national', [...new Set([...regrouped(national), ...regrouped(withoutTrunk)])]],
		['dialled', [digitsOf(national)]],
		['bare', [phone.nationalNumber]],
		['local', isLocal ? regrouped(local) : []],
		['localDigits', isLocal ? [digitsOf(local)] : []],
	]);
}

/** The made-up numbers: the same in each run. */
export function makeSamples(settings: Partial<Draw> = {}): Sample[] {
	const draw = { ...DRAW, ...settings };
	const roll = dice(draw.seed);
	return draw.countries.flatMap((country) =>
		[true, false].flatMap((isMobile) => {
			const samples: Sample[] = [];
			for (const phone of numbersOf(country, isMobile, roll, draw)) {
				const spellings = spellingsOf(phone, isMobile);
				samples.push({ digits: phone.number.slice(1), country, isMobile, spellings });
				if (samples.length === (isMobile ? draw.mobiles : draw.landlines)) break;
			}
			return samples;
		}),
	);
}

/** One spelling read with one default country. */
export interface Trial {
	sample: Sample;
	spelling: Spelling;
	text: string;
	by: Default;
	defaultCountry: CountryCode | undefined;
	outcome: 'right' | 'refused' | 'stranger';
	/** What it was read as. */
	digits?: string;
	/** Whose number it was read as. */
	reachedIn?: CountryCode | undefined;
	/** The reading names the number's own country as another one. */
	isNamed: boolean;
}

function tried(
	sample: Sample,
	spelling: Spelling,
	text: string,
	by: Default,
	defaultCountry?: CountryCode,
): Trial {
	const reading = examinePhone(text, { parameter: 'to', defaultCountry });
	const trial = { sample, spelling, text, by, defaultCountry };
	if ('message' in reading) return { ...trial, outcome: 'refused', isNamed: false };
	return {
		...trial,
		outcome: reading.digits === sample.digits ? 'right' : 'stranger',
		digits: reading.digits,
		reachedIn: reading.country,
		isNamed: reading.ambiguousWith.includes(sample.country),
	};
}

/** Every spelling of every sample, with every kind of default country. */
export function* trials(samples: readonly Sample[]): Generator<Trial> {
	let turn = 0;
	for (const sample of samples) {
		// Each number with another wrong one.
		do turn = (turn + 1) % LARGEST_COUNTRIES.length;
		while (LARGEST_COUNTRIES[turn] === sample.country);
		for (const [spelling, texts] of sample.spellings) {
			for (const text of texts) {
				yield tried(sample, spelling, text, 'none');
				yield tried(sample, spelling, text, 'right', sample.country);
				yield tried(sample, spelling, text, 'wrong', LARGEST_COUNTRIES[turn]);
			}
		}
	}
}

/** One row and column of the table. */
type Counts = Record<Spelling, Record<Default, Count>>;

/** All there is to tell. */
export interface Measurement {
	numbers: number;
	readings: number;
	/** All countries together. */
	all: Counts;
	/** Mobiles of each country, and as which countries' their unbroken national digits were read. */
	mobiles: ReadonlyMap<CountryCode, { counts: Counts; readAs: ReadonlyMap<string, number> }>;
	/** The phone library's example number of each country: how many are read as themselves. */
	examples: { total: number; plus: number; digits: number };
	/** One stranger of each kind that there are to be none of. */
	broken: readonly Trial[];
}

const SPELLING_NAMES = Object.keys(SPELLINGS) as Spelling[];

function emptyCounts(): Counts {
	const count = (): Count => ({ right: 0, refused: 0, stranger: 0, elsewhere: 0, named: 0 });
	const row = () => ({ none: count(), right: count(), wrong: count() });
	return {
		plus: row(),
		digits: row(),
		apart: row(),
		national: row(),
		dialled: row(),
		bare: row(),
		local: row(),
		localDigits: row(),
	};
}

/** Spellings with separators or a +: without a default country they reach nobody else. */
export const isSeparated = (spelling: Spelling) =>
	['plus', 'apart', 'national', 'local'].includes(spelling);

/** Whether the trial is a stranger where there is to be none. */
export function breaksPromise({ outcome, by, spelling }: Trial): boolean {
	if (outcome !== 'stranger') return false;
	return by === 'right' || spelling === 'plus' || (by === 'none' && isSeparated(spelling));
}

function add(counts: Counts, trial: Trial): void {
	const count = counts[trial.spelling][trial.by];
	count[trial.outcome] += 1;
	if (trial.outcome !== 'stranger') return;
	if (trial.isNamed) count.named += 1;
	const codes = [trial.sample.country, trial.defaultCountry].map(
		(country) => country && getCountryCallingCode(country),
	);
	if (!codes.some((code) => code !== undefined && trial.digits?.startsWith(code))) {
		count.elsewhere += 1;
	}
}

function readExamples(): Measurement['examples'] {
	const numbers = getCountries().flatMap(
		(country) => getExampleNumber(country, examples)?.number.slice(1) ?? [],
	);
	const isRead = (text: string, digits: string) => {
		const reading = examinePhone(text, { parameter: 'to' });
		return 'digits' in reading && reading.digits === digits;
	};
	return {
		total: numbers.length,
		plus: numbers.filter((digits) => isRead(`+${digits}`, digits)).length,
		digits: numbers.filter((digits) => isRead(digits, digits)).length,
	};
}

/** Reads every spelling of the made-up numbers. Takes some seconds. */
export function measure(samples = makeSamples()): Measurement {
	const all = emptyCounts();
	const mobiles = new Map<CountryCode, { counts: Counts; readAs: Map<string, number> }>();
	const broken: Trial[] = [];
	let readings = 0;
	for (const trial of trials(samples)) {
		readings += 1;
		add(all, trial);
		if (breaksPromise(trial)) broken.push(trial);
		const { sample, spelling, by, reachedIn } = trial;
		if (!sample.isMobile) continue;
		const country = mobiles.get(sample.country) ?? {
			counts: emptyCounts(),
			readAs: new Map<string, number>(),
		};
		mobiles.set(sample.country, country);
		add(country.counts, trial);
		if (spelling !== 'bare' || by !== 'none' || trial.outcome !== 'stranger') continue;
		const name = reachedIn ?? 'none';
		country.readAs.set(name, (country.readAs.get(name) ?? 0) + 1);
	}
	return { numbers: samples.length, readings, all, mobiles, examples: readExamples(), broken };
}

const total = ({ right, refused, stranger }: Count) => right + refused + stranger;

/** `97.1 %`; what is little is never shown as nothing, nor what is nearly all as all. */
function percent(part: number, whole: number): string {
	if (part === 0 || part === whole) return part === 0 ? '0 %' : '100 %';
	const share = Math.min(99.9, Math.max(0.1, (100 * part) / whole));
	return `${share.toFixed(1)} %`;
}

function cell(count: Count): string {
	const whole = total(count);
	const parts = [
		[count.right, 'right'],
		[count.refused, 'refused'],
		[count.stranger, 'a stranger'],
	] as const;
	return parts
		.filter(([part]) => part > 0)
		.map(([part, name]) => `${percent(part, whole)} ${name}`)
		.join(', ');
}

const table = (rows: string[][]) => rows.map((row) => `| ${row.join(' | ')} |`).join('\n');

const ruled = (head: string[], rows: string[][]) => table([head, head.map(() => '---'), ...rows]);

const names: Readonly<Record<string, string>> = NAMES;

/** The measurement as it stands in docs/phones.md. */
export function phoneTables(measured: Measurement): string {
	const { numbers, readings, all, mobiles, examples: read } = measured;
	const bySpelling = SPELLING_NAMES.map((spelling) => {
		const [name, example] = SPELLINGS[spelling];
		return [name, `\`${example}\``, ...DEFAULTS.map((by) => cell(all[spelling][by]))];
	});
	const byCountry = [...mobiles].map(([country, { counts, readAs }]) => {
		const { none, right } = counts.bare;
		const most = [...readAs].sort((one, other) => other[1] - one[1]).slice(0, 3);
		return [
			`${names[country] ?? country} (${country})`,
			percent(counts.national.right.right, total(counts.national.right)),
			percent(right.right, total(right)),
			percent(none.stranger, total(none)),
			most.map(([code]) => code).join(', ') || '–',
			none.stranger === 0 ? '–' : percent(none.named, none.stranger),
		];
	});
	return [
		`${numbers} made-up valid numbers, ${readings} readings.`,
		ruled(
			['How it is written', 'Example', 'No default country', 'The right one', 'A wrong one'],
			bySpelling,
		),
		'Mobiles of each country in their national form:',
		ruled(
			[
				'Country',
				'With separators, right default: read',
				'Unbroken, right default: read',
				'Unbroken, no default: a stranger',
				'in',
				'and hinted at',
			],
			byCountry,
		),
		`Of the phone library's ${read.total} example numbers, one a country, ${read.plus} are read with \`+\` and ${read.digits} as digits alone.`,
	].join('\n\n');
}
