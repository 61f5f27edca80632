// The people in an item: by the paths of the service it is of, else by the names of its keys. Knows no service by
// name and no n8n.
import { isSaidIn } from '../names';
import { entriesIn, personByName, type Entry } from './byName';
import { isVCard, personBySource } from './bySource';
import { isOfSomebodyElse } from './keys';
import { follow, isRecord, looksLike, type Match } from './path';
import { levelsOf } from './places';
import type { NoPerson, Person, Source } from './Source';
import { NO_PERSON, SOURCES } from './sources';

/** What an item holds. */
export type Finding =
	/** One person, or several cards that all are to be sent. */
	| { people: readonly [Person, ...Person[]] }
	/** Several people of whom only one can be meant: where two of them stand. */
	| { several: readonly [string, string]; count: number }
	| { noPerson: NoPerson }
	/** Nobody. */
	| undefined;

const fits = (place: Match, { when }: { when: readonly string[] }) =>
	when.some((fingerprint) => looksLike(place, fingerprint));

function bySource(place: Match, source: Source): Finding {
	const records = source.at === undefined ? [place] : follow(place, source.at);
	const found = records.map((record) => ({ record, person: personBySource(record, source) }));
	const [first, second] = found;
	if (first === undefined) return undefined;
	if (second !== undefined && source.isMany !== true) {
		return { several: [first.record.path, second.record.path], count: found.length };
	}
	return { people: [first.person, ...found.slice(1).map(({ person }) => person)] };
}

/** A vCard in a key of the record, whatever the key is called. */
function byVCard({ value, path }: Match): Finding {
	if (!isRecord(value)) return undefined;
	const cards = entriesIn(value, path).filter(
		(entry) => isVCard(entry.value) && !isOfSomebodyElse(entry.key),
	);
	const [first, ...others] = cards;
	if (first === undefined) return undefined;
	const other = others.find((one) => one.value !== first.value);
	if (other !== undefined) return { several: [first.path, other.path], count: cards.length };
	const vCard = { path: first.path, value: String(first.value) };
	return {
		people: [{ texts: {}, phones: [], emails: [], urls: [], addresses: [], doubts: [], vCard }],
	};
}

/** The answers of a Typeform that is not simplified, by their questions. */
function answersIn(place: Match): Entry[] {
	const questions = follow(place, 'form_response.definition.fields[]').map(({ value }) => value);
	return follow(place, 'form_response.answers[]').flatMap(({ value, path }) => {
		if (!isRecord(value) || typeof value.type !== 'string' || !isRecord(value.field)) return [];
		const { id } = value.field;
		const question = questions.find((one) => isRecord(one) && one.id === id);
		const title = isRecord(question) && typeof question.title === 'string' ? question.title : '';
		// What kind of answer it is says more than how the question is worded.
		const key =
			value.type === 'phone_number' || value.type === 'email'
				? `${title} ${value.type.replace('_', ' ')}`
				: title;
		return [{ key, value: value[value.type], path: `${path}.${value.type}` }];
	});
}

const hasWayToReach = ({ phones, emails, texts }: Person) =>
	phones.length > 0 || (emails.length > 0 && Object.keys(texts).length > 0);

const isSomebody = ({ phones, emails, texts }: Person) =>
	phones.length > 0 || emails.length > 0 || 'contactName' in texts || 'firstName' in texts;

const digits = (value: unknown) => String(value).replace(/\D/g, '');

/** Whether two records may name one person: one of them says no more than the other. */
function isSameName(one: Person['texts'], other: Person['texts']): boolean {
	const nameOf = ({ contactName, firstName, lastName }: Person['texts']) =>
		[contactName ?? firstName, contactName === undefined ? lastName : undefined]
			.flatMap((found) => (found === undefined ? [] : String(found.value)))
			.join(' ');
	const [first, second] = [nameOf(one), nameOf(other)];
	if (first === '' || second === '') return true;
	return isSaidIn(first, second) || isSaidIn(second, first);
}

/** People in records that lie equally deep: two with different names or phones are not chosen from. */
function amongThese(found: ReadonlyArray<{ place: Match; person: Person }>): Finding {
	const [first, ...others] = found;
	if (first === undefined) return undefined;
	const { person } = first;
	const [phone] = person.phones;
	const other = others.find(
		({ person: { phones, emails, texts, vCard } }) =>
			vCard?.value !== person.vCard?.value ||
			!isSameName(texts, person.texts) ||
			digits(phones[0]?.value) !== digits(phone?.value) ||
			(phone === undefined && emails[0]?.value !== person.emails[0]?.value),
	);
	if (other === undefined) return { people: [person] };
	const at = ({ place, person: { phones, emails, vCard } }: { place: Match; person: Person }) =>
		vCard?.path ?? phones[0]?.path ?? emails[0]?.path ?? place.path;
	return { several: [at(first), at(other)], count: found.length };
}

function namedAt(place: Match): { place: Match; person: Person } | undefined {
	if (!isRecord(place.value)) return undefined;
	const answers = answersIn(place);
	const entries = answers.length > 0 ? answers : entriesIn(place.value, place.path);
	return { place, person: personByName(entries) };
}

/**
 * Looks for the person an item is about: a card in it, then a record of a known service, then by the names of its
 * keys; the item itself first, then inside of one wrapper after the other.
 */
export function findPeople(json: unknown): Finding {
	const levels = levelsOf(json);
	for (const places of levels) {
		const found = places.flatMap((place) => {
			const finding = knownAt(place);
			return finding === undefined ? [] : [{ place, finding }];
		});
		const several = found.find(({ finding }) => 'several' in finding);
		if (several !== undefined) return several.finding;
		const people = found.flatMap(({ place, finding }) =>
			'people' in finding ? [{ place, person: finding.people[0], finding }] : [],
		);
		const [first] = people;
		if (first !== undefined) {
			const among = amongThese(people);
			return among !== undefined && 'several' in among ? among : first.finding;
		}
		const [nobody] = found;
		if (nobody !== undefined) return nobody.finding;
	}
	const named = levels.map((places) => places.map(namedAt).filter((found) => found !== undefined));
	for (const isFound of [hasWayToReach, isSomebody]) {
		for (const places of named) {
			const found = places.filter(({ person }) => isFound(person));
			if (found.length > 0) return amongThese(found);
		}
	}
	return undefined;
}

/** What a record of a known service, or a vCard in any record, holds. */
function knownAt(place: Match): Finding {
	const source = SOURCES.find((known) => fits(place, known));
	const known = source && bySource(place, source);
	if (known !== undefined) return known;
	const card = byVCard(place);
	if (card !== undefined) return card;
	const noPerson = NO_PERSON.find((one) => fits(place, one));
	return noPerson && { noPerson };
}
