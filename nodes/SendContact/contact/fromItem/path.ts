// Paths into an item's JSON, as the sources are written down with them. Knows no source and no n8n.

/** One thing that a path leads to. */
export interface Match {
	/** Where it stands, with the place in each list: `phones[1].value`. */
	path: string;
	value: unknown;
	/** The entry of the innermost list it stands in; its label and the like are beside it. */
	entry?: Readonly<Record<string, unknown>>;
	/** The key that the path's `*` stood for, which is the label in a map of lists. */
	label?: string;
}

/** Whether `value` is a plain JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A key as a path shows it: quoted only where it would be read as several steps. */
export function below(path: string, key: string): string {
	if (/[.[\]"]/.test(key)) return `${path}[${JSON.stringify(key)}]`;
	return path === '' ? key : `${path}.${key}`;
}

type Step = (from: Match) => Match[];

const intoKey =
	(key: string): Step =>
	(from) =>
		isRecord(from.value) && Object.hasOwn(from.value, key)
			? [{ ...from, path: below(from.path, key), value: from.value[key] }]
			: [];

const intoAnyKey: Step = (from) =>
	isRecord(from.value)
		? Object.entries(from.value).map(([key, value]) => ({
				...from,
				path: below(from.path, key),
				value,
				label: key,
			}))
		: [];

/** The entries of a list for which the test holds. */
const intoList =
	(isMeant: (entry: unknown, index: number) => boolean): Step =>
	(from) => {
		const list: unknown[] = Array.isArray(from.value) ? from.value : [];
		return list.flatMap((value, index) =>
			isMeant(value, index)
				? [
						{
							...from,
							path: `${from.path}[${index}]`,
							value,
							...(isRecord(value) && { entry: value }),
						},
					]
				: [],
		);
	};

function stepOf(text: string): Step {
	if (text === '*') return intoAnyKey;
	if (text === '[]') return intoList(() => true);
	const [, at, key, is] = /^\[(?:(\d+)|([^=]+)=(.*))\]$/.exec(text) ?? [];
	if (at !== undefined) return intoList((_entry, index) => index === Number(at));
	if (key === undefined) return intoKey(text);
	return intoList((entry) => isRecord(entry) && Object.hasOwn(entry, key) && entry[key] === is);
}

const known = new Map<string, readonly Step[]>();

function stepsOf(path: string): readonly Step[] {
	const steps = known.get(path) ?? (path.match(/[^.[\]]+|\[[^\]]*\]/g) ?? []).map(stepOf);
	known.set(path, steps);
	return steps;
}

/**
 * Everything a path leads to, in the item's order.
 *
 * @param path keys with dots between them; `[]` is every entry of a list, `[0]` one, `[type=EMAIL]` those
 *   whose key holds that text, and `*` every key of an object. Nothing is empty: that is `from` itself.
 * @param from where it starts, and how it got there
 */
export function follow(from: Match, path: string): Match[] {
	return stepsOf(path).reduce<Match[]>(
		(matches, step) => matches.flatMap((match) => step(match)),
		[from],
	);
}

/** One part of a fingerprint. */
interface Trait {
	path: string;
	/** The key that the item itself must have, told at a glance. */
	key: string;
	is: string | undefined;
}

const fingerprints = new Map<string, readonly Trait[]>();

function traitsOf(fingerprint: string): readonly Trait[] {
	const known = fingerprints.get(fingerprint);
	if (known !== undefined) return known;
	const traits = fingerprint.split(' & ').map((part): Trait => {
		const [, path = '', is] = /^((?:[^=[]|\[[^\]]*\])+)(?:=(.*))?$/.exec(part) ?? [];
		return { path, key: /^[^.[]+/.exec(path)?.[0] ?? '', is };
	});
	fingerprints.set(fingerprint, traits);
	return traits;
}

/**
 * Whether the item looks like that: paths that begin with a key, with ` & ` between them, which must all lead
 * somewhere; with `=Contact` behind one, to that text, and with `=people/*` to one that begins so.
 */
export function looksLike(from: Match, fingerprint: string): boolean {
	const { value: item } = from;
	if (!isRecord(item)) return false;
	const traits = traitsOf(fingerprint);
	if (!traits.every(({ key }) => Object.hasOwn(item, key))) return false;
	return traits.every(({ path, is }) =>
		follow(from, path).some(({ value }) => {
			if (is === undefined) return value !== undefined;
			return is.endsWith('*')
				? typeof value === 'string' && value.startsWith(is.slice(0, -1))
				: value === is;
		}),
	);
}
