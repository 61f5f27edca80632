// Every file of the docs that is generated wholly, and the translators that say the generated parts of the others.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { providers } from '../../nodes/SendContact/providers';
import { readExamples } from '../../test/engine/exampleFiles';
import { LANGUAGES, Translator, TRANSLATIONS, type Catalogue, type Language } from './languages';
import { providerIndex, shortTable } from './overview';
import { pagePath, providerPage } from './providerPage';

const ROOT = join(__dirname, '..', '..');

/** What the docs are in one run of the generator. */
export interface Docs {
	/** The files that are generated wholly, by path from the root. */
	pages: Record<string, string>;
	/** The table of providers for the README of a language. */
	tables: ReadonlyMap<string, string>;
	/** What each catalogue lacks and has too much. */
	accounts: Array<{ tag: string; missing: string[]; stale: string[] }>;
}

/** The folders that hold generated pages and nothing else. */
export const PAGE_FOLDERS = LANGUAGES.map(({ tag }) =>
	['docs', tag, 'providers'].filter(Boolean).join('/'),
);

/** The README of a language, from the root. */
export function readmePath({ tag }: Language): string {
	return tag === '' ? 'README.md' : `docs/${tag}/README.md`;
}

/** @param catalogue that of a language, where not its own is to be taken */
export function makeDocs(catalogue?: (language: Language) => Catalogue): Docs {
	const examples = readExamples();
	const examplesOf = (name: string) =>
		examples.flatMap(({ file, sendNodes }) =>
			sendNodes.some(({ parameters }) => parameters.provider === name) ? [file] : [],
		);
	const pictures = new Set(readdirSync(join(ROOT, 'docs', 'images')));
	const translators = LANGUAGES.map((language) => new Translator(language, catalogue?.(language)));
	const pages: Record<string, string> = {
		'docs/providers/README.md': providerIndex(LANGUAGES),
	};
	const tables = new Map<string, string>();
	for (const translator of translators) {
		const { language } = translator;
		for (const provider of providers) {
			const page = providerPage(provider, translator, examplesOf(provider.name), pictures);
			pages[pagePath(provider, language)] = page;
		}
		const folder = language.tag === '' ? '' : `docs/${language.tag}`;
		tables.set(readmePath(language), shortTable(translator, folder));
	}
	return {
		pages,
		tables,
		accounts: translators
			.filter(({ language }) => TRANSLATIONS.includes(language))
			.map((translator) => ({
				tag: translator.language.tag,
				missing: translator.missing(),
				stale: translator.stale(),
			})),
	};
}
