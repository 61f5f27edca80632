// A person in a record whose keys people chose themselves: a row, a form, a table. Knows no service and no n8n.
import type { Address } from '../Contact';
import { isSaidIn } from '../names';
import { folded, isOfSomebodyElse } from './keys';
import { typeOfKind } from './labels';
import { below } from './path';
import { birthdayAt, allUnboxed, textAt } from './value';
import {
	PHONE_KINDS,
	type Doubt,
	type Find,
	type Person,
	type PhoneKind,
	type PlaceFind,
	type SoughtText,
} from './Source';
import { meaningOfKey, type Named } from './words';

/** A value with the key that people gave it. */
export interface Entry {
	key: string;
	value: unknown;
	path: string;
}

/** The entries of a record that lies at `path`. */
export function entriesIn(record: Readonly<Record<string, unknown>>, path: string): Entry[] {
	return Object.entries(record).map(([key, value]) => ({ key, value, path: below(path, key) }));
}

/** A value that may be what its key says. */
interface Candidate extends Find {
	named: Named;
	/** Lower is better; two of one rank and different values are of two people. */
	rank: number;
	whose: string;
}

const isEmail = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text);

/** Whether a value can be a phone number at all. What is no number is never one, whatever its key says. */
function isLikePhone(value: string | number): boolean {
	const digits = String(value).replace(/\D/g, '').length;
	const isDialled = /^(?:tel:|https?:\/\/)?[^@]*$/i.test(String(value));
	return digits >= 7 && digits <= 20 && isDialled && !/\p{L}{4,}/u.test(withoutLink(value));
}

const withoutLink = (value: string | number) =>
	String(value).replace(/^(tel:|https?:\/\/\S+?\/)/i, '');

/** Whether a value can be somebody's name. */
function isLikeName(value: string | number): boolean {
	const text = String(value);
	const digits = text.replace(/\D/g, '').length;
	// `cus_Nff2`, `ORG-17`: what the customer is called somewhere else.
	const isId = /^\S*[_\d]\S*$/.test(text.trim());
	return (
		/\p{L}/u.test(text) && digits < 5 && !isId && !text.includes('@') && !/^https?:/i.test(text)
	);
}

function isLike(named: Named, value: string | number): boolean {
	if (named.startsWith('phone ')) return isLikePhone(value);
	if (named === 'email') return isEmail(String(value).trim());
	const isName = named === 'contactName' || named === 'firstName' || named === 'lastName';
	return isName ? isLikeName(value) : true;
}

/** Where a name stands among other words, it comes after every key that is the name as a whole. */
const BESIDE = 1000;

function candidatesIn(entries: readonly Entry[]): Candidate[] {
	return entries.flatMap(({ key, value, path }) => {
		const meaning = isOfSomebodyElse(key) ? undefined : meaningOfKey(key);
		if (meaning === undefined) return [];
		const { named, isWhole, whose, number } = meaning;
		return allUnboxed(value).flatMap((found, index) =>
			named.flatMap((one) => {
				if (!isLike(one, found.value)) return [];
				const kind = PHONE_KINDS.findIndex((known) => one === `phone ${known}`);
				// One person has several phones in one list, but one name.
				const nth = /^(contact|first|last)Name$/.test(one) ? 0 : index;
				const rank = (isWhole ? 0 : BESIDE) + Math.max(kind, 0) * 100 + number * 10 + nth;
				return [{ named: one, value: found.value, path: path + found.inside, rank, whose }];
			}),
		);
	});
}

const asWritten = (field: Doubt['field'], value: string | number) =>
	field === 'contactPhone' ? String(value).replace(/\D/g, '') : String(value).trim().toLowerCase();

/** Two of one rank that say different things. */
function doubtIn(field: Doubt['field'], sorted: readonly Candidate[]): Doubt[] {
	const [one] = sorted;
	const other = sorted.find(
		({ rank, value }) =>
			one !== undefined &&
			rank === one.rank &&
			asWritten(field, value) !== asWritten(field, one.value) &&
			!(field === 'contactName' && isOneName(String(value), String(one.value))),
	);
	return one === undefined || other === undefined ? [] : [{ field, one, other }];
}

const isOneName = (one: string, other: string) => isSaidIn(one, other) || isSaidIn(other, one);

const byRank = (one: Candidate, other: Candidate) => one.rank - other.rank;

/**
 * Whose fields are taken: those that say nothing of whose they are, else those of the only one who has a phone.
 * `Event name` is nobody's, as long as there is no phone of the event.
 */
function chosen(candidates: readonly Candidate[]): { whose: string; doubts: Doubt[] } {
	const phones = candidates.filter(({ named }) => named.startsWith('phone '));
	const [one] = phones;
	if (one === undefined || phones.some(({ whose }) => whose === ''))
		return { whose: '', doubts: [] };
	const { whose } = one;
	const other = phones.find((phone) => phone.whose !== whose);
	if (other !== undefined) return { whose, doubts: [{ field: 'contactPhone', one, other }] };
	// `Name` beside nothing but `Doctor’s phone`: one of them is somebody else’s.
	const isName = ({ named }: Candidate) => /^(contact|first|last)Name$/.test(named);
	const plain = candidates.find((name) => isName(name) && name.whose === '');
	const mixed = plain && {
		field: 'contactPhone' as const,
		one: plain,
		other: one,
		isMixed: true as const,
	};
	return { whose, doubts: mixed ? [mixed] : [] };
}

const TEXTS = [
	'prefix',
	'firstName',
	'middleName',
	'lastName',
	'suffix',
	'nickname',
	'organization',
	'department',
	'title',
	'note',
] as const satisfies readonly SoughtText[];

const ADDRESS = ['street', 'city', 'state', 'postalCode', 'country', 'countryCode'] as const;

/** The name: beside a last name that it does not say, it is the first name. */
function nameIn(taken: readonly Candidate[], texts: Person['texts']): Doubt[] {
	const names = taken.filter(({ named }) => named === 'contactName').sort(byRank);
	const [best] = names;
	if (best === undefined) return [];
	const { lastName, firstName } = texts;
	const isFirst =
		lastName !== undefined &&
		firstName === undefined &&
		!isSaidIn(String(lastName.value), String(best.value));
	const longest = names
		.filter(({ rank, value }) => rank === best.rank && isSaidIn(String(best.value), String(value)))
		.reduce((one, other) => (String(other.value).length > String(one.value).length ? other : one));
	texts[isFirst ? 'firstName' : 'contactName'] = longest;
	return doubtIn('contactName', names);
}

/**
 * In a record with an ID, `url` is the record's own address and a note is what its keepers say about the person:
 * neither is for others to read.
 */
function withoutOwnUse(entries: readonly Entry[]): readonly Entry[] {
	if (entries.every(({ key }) => folded(key) !== 'id')) return entries;
	return entries.filter(({ key }) => {
		const named = meaningOfKey(key)?.named ?? [];
		return folded(key) !== 'url' && !named.includes('note');
	});
}

/** The person that the names of the keys speak of; empty where they speak of none. */
export function personByName(entries: readonly Entry[]): Person {
	const candidates = candidatesIn(withoutOwnUse(entries));
	const { whose, doubts } = chosen(candidates);
	const taken = candidates.filter((one) => one.whose === whose).sort(byRank);
	const of = (named: Named) => taken.filter((one) => one.named === named);
	const texts: Person['texts'] = {};
	for (const field of TEXTS) {
		const [found] = of(field);
		if (found !== undefined) texts[field] = found;
	}
	const [born] = of('birthday');
	const birthday = born && birthdayAt(born.value, false);
	if (born !== undefined && birthday !== undefined) texts.birthday = { ...born, value: birthday };
	const phones = taken.filter(
		({ named, whose: own }) => named.startsWith('phone ') && own === whose,
	);
	const emails = of('email');
	const address: Address = {};
	for (const part of ADDRESS) {
		const text = textAt(of(part)[0]?.value);
		if (text !== undefined) address[part] = text;
	}
	const [place] = ADDRESS.flatMap((part) => of(part));
	const passed = entries.find(({ key, value }) => isOfSomebodyElse(key) && meansPhone(key, value));
	return {
		texts,
		phones: phones.map(({ path, value, named }) => {
			const kind = PHONE_KINDS.find((known) => named === `phone ${known}`) ?? 'main';
			return { path, value, kind, ...typed(kind) };
		}),
		emails: emails.map(({ path, value }): PlaceFind => ({ path, value })),
		urls: of('url').map(({ path, value }): PlaceFind => ({ path, value })),
		// A state or a country alone is no address to write on a card.
		addresses:
			place === undefined || (address.street ?? address.city) === undefined
				? []
				: [{ path: place.path, address }],
		doubts: [
			...doubts,
			...nameIn(taken, texts),
			...doubtIn('contactName', of('firstName')),
			...doubtIn('contactName', of('lastName')),
			...doubtIn('contactPhone', phones),
			// `Work email` and `Private email` are of one person.
			...doubtIn(
				'email',
				emails.filter(({ rank }) => rank < BESIDE),
			),
		],
		...(passed !== undefined && { passedOver: passed.path }),
	};
}

function typed(kind: PhoneKind) {
	const type = typeOfKind(kind);
	return type === undefined ? {} : { type };
}

/** Whether a key that is passed over holds a phone. */
function meansPhone(key: string, value: unknown): boolean {
	const isPhone = meaningOfKey(key)?.named.some((named) => named.startsWith('phone '));
	return isPhone === true && allUnboxed(value).some((found) => isLikePhone(found.value));
}
