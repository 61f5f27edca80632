// A person in a record of a known service, by its paths. Knows no service by name and no n8n.
import type { Address } from '../Contact';
import { entriesIn, personByName } from './byName';
import { isOfSomebodyElse } from './keys';
import { isPrimary, kindOf, labelIn, placeTypeOf, typeOfKind } from './labels';
import { follow, isRecord, type Match } from './path';
import {
	PHONE_KINDS,
	type AddressPaths,
	type Find,
	type Person,
	type PhoneFind,
	type PhoneKind,
	type PlaceFind,
	type SoughtText,
	type Source,
} from './Source';
import { birthdayAt, textAt, unboxed } from './value';

/** What stands at the first of the paths that holds anything. */
function first(record: Match, paths: readonly string[] = []): Find | undefined {
	for (const path of paths) {
		for (const match of follow(record, path)) {
			const found = unboxed(match.value);
			if (found !== undefined) return { path: match.path + found.inside, value: found.value };
		}
	}
	return undefined;
}

function birthdayIn(record: Match, { paths, isMonthFirst }: Source): Find | undefined {
	for (const path of paths.birthday ?? []) {
		for (const match of follow(record, path)) {
			const value = birthdayAt(match.value, isMonthFirst === true);
			if (value !== undefined) return { path: match.path, value };
		}
	}
	return undefined;
}

/** The label of a value: beside it in its list, or the key of its map, or the key that holds it. */
function labelOf({ entry, label, path }: Match): string {
	return (
		labelIn(entry) ?? label ?? (entry ? '' : path.replace(/\[\d+\]$/, '').replace(/^.*\./, ''))
	);
}

/** Service's order of paths first; in a list the marked one, then by what a messenger is likelier to know. */
function phonesIn(record: Match, { paths, isInternational }: Source): PhoneFind[] {
	return (paths.phones ?? []).flatMap((path) => {
		const found = follow(record, path).flatMap((match) => {
			const text = unboxed(match.value);
			if (text === undefined) return [];
			const kind = kindOf(labelOf(match)) ?? 'main';
			if (kind === 'none') return [];
			const type = typeOfKind(kind);
			const account = match.entry?.wa_id;
			const number =
				isInternational && /^\d/.test(String(text.value)) ? `+${text.value}` : text.value;
			const phone: PhoneFind = {
				path: match.path + text.inside,
				value: number,
				kind,
				...(type !== undefined && { type }),
				...(typeof account === 'string' && { account }),
			};
			return [{ phone, isFirst: isPrimary(match.entry) }];
		});
		const rank = (kind: PhoneKind) => PHONE_KINDS.indexOf(kind);
		return found
			.toSorted(
				(one, other) =>
					Number(other.isFirst) - Number(one.isFirst) ||
					rank(one.phone.kind) - rank(other.phone.kind),
			)
			.map(({ phone }) => phone);
	});
}

function placesIn(record: Match, paths: readonly string[] = []): PlaceFind[] {
	return paths.flatMap((path) =>
		follow(record, path)
			.toSorted((one, other) => Number(isPrimary(other.entry)) - Number(isPrimary(one.entry)))
			.flatMap((match) => {
				const text = unboxed(match.value);
				if (text === undefined) return [];
				const type = placeTypeOf(match.entry || match.label ? labelOf(match) : undefined);
				return [
					{
						path: match.path + text.inside,
						value: text.value,
						...(type !== undefined && { type }),
					},
				];
			}),
	);
}

const PARTS = ['street', 'city', 'state', 'postalCode', 'country', 'countryCode'] as const;

function addressIn(
	place: Match,
	parts: AddressPaths,
): { path: string; address: Address } | undefined {
	const address: Address = {};
	let { path } = place;
	for (const part of PARTS) {
		const found = first(place, parts[part]);
		const text = textAt(found?.value);
		if (found === undefined || text === undefined) continue;
		address[part] = text;
		path ||= found.path;
	}
	const { countryCode, ...rest } = address;
	// A country alone is on every record of a shop.
	if (Object.keys(rest).every((part) => part === 'country')) return undefined;
	if (countryCode === undefined) return { path, address: rest };
	const country = /^[a-z]{2}$/i.test(countryCode)
		? { countryCode: countryCode.toUpperCase() }
		: { country: rest.country ?? countryCode };
	return { path, address: { ...rest, ...country } };
}

function addressesIn(record: Match, { addresses }: Source): Person['addresses'] {
	if (addresses === undefined) return [];
	const { at, parts } = addresses;
	const places = at === '' ? [record] : follow(record, at);
	return places.flatMap((place) => {
		const found = addressIn(place, parts);
		if (found === undefined) return [];
		const type = placeTypeOf(at === '' ? undefined : labelOf(place));
		return [{ path: found.path, address: { ...found.address, ...(type && { type }) } }];
	});
}

/** A number of somebody else beside the person's own, for a message that says why it is not taken. */
function passedOverIn({ value, path }: Match): string | undefined {
	if (!isRecord(value)) return undefined;
	return personByName(entriesIn(value, path)).passedOver;
}

/** The person in a record of that source. */
export function personBySource(record: Match, source: Source): Person {
	const texts: Person['texts'] = {};
	const { phones: _phones, emails: _emails, urls: _urls, ...named } = source.paths;
	for (const [field, paths] of Object.entries(named) as Array<[SoughtText, readonly string[]]>) {
		const found = field === 'birthday' ? birthdayIn(record, source) : first(record, paths);
		if (found !== undefined) texts[field] = found;
	}
	const vCard = first(record, source.vCard);
	const country = textAt(source.country && first(record, [source.country])?.value);
	const person: Person = {
		source,
		texts,
		phones: phonesIn(record, source),
		emails: placesIn(record, source.paths.emails),
		urls: placesIn(record, source.paths.urls),
		addresses: addressesIn(record, source),
		doubts: [],
		...(country !== undefined && { country }),
		...(vCard !== undefined && isVCard(vCard.value) && { vCard }),
	};
	if (person.phones.length > 0) return person;
	const passedOver = passedOverIn(record);
	if (source.named === undefined) return { ...person, ...(passedOver && { passedOver }) };
	return { ...byNameAlso(record, person, source.named), ...(passedOver && { passedOver }) };
}

/** What people named themselves fills the gaps. */
function byNameAlso(record: Match, person: Person, at: string): Person {
	const [place] = at === '' ? [record] : follow(record, at);
	if (place === undefined || !isRecord(place.value)) return person;
	const named = personByName(entriesIn(place.value, place.path));
	const hasName = ['contactName', 'firstName', 'lastName'].some((field) => field in person.texts);
	return {
		...named,
		...person,
		phones: named.phones,
		texts: hasName ? person.texts : { ...named.texts, ...person.texts },
		emails: person.emails.length > 0 ? person.emails : named.emails,
		doubts: named.doubts.filter(({ field }) => field === 'contactPhone'),
	};
}

/** Whether a text is a vCard. */
export function isVCard(value: unknown): value is string {
	return typeof value === 'string' && /^\s*BEGIN:VCARD/i.test(value);
}

/** Whether a path leads through what is somebody else's. */
export function leadsToSomebodyElse(path: string): boolean {
	return path.split(/[.[\]]+/).some((key) => key !== '' && isOfSomebodyElse(key));
}
