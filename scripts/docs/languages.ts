// The languages of the docs, and how a sentence is said in one: by a catalogue from the English sentence to its
// translation. A sentence that the catalogue lacks stays English, so that a provider can be added by someone who
// speaks no Russian. Knows no page.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A language that the docs are in. */
export interface Language {
	/** `pt-BR`: its folder in `docs/`, and the name of its catalogue; empty for English. */
	tag: string;
	/** What it calls itself. */
	name: string;
}

/** The language in which everything is written first. */
export const ENGLISH: Language = { tag: '', name: 'English' };

/** The languages that the README and the pages of the providers are translated into. */
export const TRANSLATIONS: readonly Language[] = [
	{ tag: 'pt-BR', name: 'Português' },
	{ tag: 'es', name: 'Español' },
	{ tag: 'ru', name: 'Русский' },
];

export const LANGUAGES: readonly Language[] = [ENGLISH, ...TRANSLATIONS];

/** From an English sentence to its translation; `{name}` stands for a value in both. */
export type Catalogue = Readonly<Record<string, string>>;

/** The catalogue of a language; empty for English. */
export function catalogueOf({ tag }: Language): Catalogue {
	const file = join(__dirname, '..', 'translations', `${tag}.json`);
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Catalogue) : {};
}

/** Says a sentence, with the values in the places of their names. */
export type Say = (english: string, values?: Readonly<Record<string, string>>) => string;

/** Says sentences in one language, and keeps account of what was asked of it. */
export class Translator {
	private readonly asked = new Set<string>();

	constructor(
		readonly language: Language,
		private readonly catalogue: Catalogue = catalogueOf(language),
	) {}

	readonly say: Say = (english, values = {}) => {
		this.asked.add(english);
		const said = this.catalogue[english] ?? english;
		return said.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
	};

	/**
	 * Says what a provider wrote: the vendor's name is a value, so that two who write the same sentence of
	 * themselves share a translation.
	 */
	sayOf(provider: string): (english: string) => string {
		const name = new RegExp(
			`(?<!\\w)${provider.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?!\\w)`,
			'g',
		);
		return (english) => this.say(english.replace(name, '{provider}'), { provider });
	}

	/** What was asked for and stayed English. */
	missing(): string[] {
		if (this.language === ENGLISH) return [];
		return [...this.asked].filter((english) => this.catalogue[english] === undefined);
	}

	/** What the catalogue has and nobody asked for: its English is no more. */
	stale(): string[] {
		return Object.keys(this.catalogue).filter((english) => !this.asked.has(english));
	}
}
