// The docs in other languages: current where they were written by hand, and true to their English where they are
// made from a catalogue. A sentence that nobody has translated stays English, and that is no mistake.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { makeDocs, readmePath } from '../../scripts/docs';
import { catalogueOf, ENGLISH, Translator, TRANSLATIONS } from '../../scripts/docs/languages';
import { pagePath } from '../../scripts/docs/providerPage';
import { markOf, outdatedIn, sectionsOf } from '../../scripts/docs/sections';
import { providers } from '../../nodes/SendContact/providers';

const root = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** What must be the same in both: values, code, labels of the panel, addresses. */
const fixedIn = (text: string) =>
	[...text.matchAll(/\{\w+\}|`[^`]+`|\*\*[^*]+\*\*|https?:\/\/[^\s)]+|\b[A-Z\d]+_[A-Z\d_]+\b/g)]
		.map(([found]) => found.replace(/[.,:;]+$/, ''))
		.sort();

describe.each(TRANSLATIONS.map((language) => [language.tag, language] as const))(
	'%s',
	(tag, language) => {
		const catalogue = catalogueOf(language);
		const account = makeDocs().accounts.find((one) => one.tag === tag);

		it('the README was translated from the English one as it is now', () => {
			expect(outdatedIn(read('README.md'), read(readmePath(language)))).toEqual([]);
		});

		it('the catalogue has no sentence whose English is no more: translate it anew, or delete the line', () => {
			expect(account?.stale).toEqual([]);
		});

		it('a translated sentence keeps values, code, labels and addresses as they are', () => {
			const changed = Object.entries(catalogue).filter(
				([english, said]) => fixedIn(english).join() !== fixedIn(said).join(),
			);

			expect(changed).toEqual([]);
		});

		it('has the pages, in its own words', () => {
			const [first] = providers;
			if (first === undefined) throw new Error('There is no provider');
			const page = makeDocs().pages[pagePath(first, language)] ?? '';

			expect(Object.keys(catalogue).length).toBeGreaterThan(100);
			expect(page).toContain(`## ${catalogue.Credential}`);
			expect(page).not.toContain('## Credential\n');
		});
	},
);

it('without a translation the pages are in English, and all that is missing is told', () => {
	const bare = makeDocs(() => ({}));
	for (const { missing, stale } of bare.accounts) {
		expect(missing).toContain('Credential');
		expect(stale).toEqual([]);
	}
	for (const provider of providers) {
		for (const language of TRANSLATIONS) {
			const titles = (page = '') => page.match(/^#+ .*$/gm);
			expect(titles(bare.pages[pagePath(provider, language)])).toEqual(
				titles(bare.pages[pagePath(provider, ENGLISH)]),
			);
		}
	}
});

it('a translation is taken, values are put in, and one whose English is no more is told', () => {
	const translator = new Translator(TRANSLATIONS[0] ?? ENGLISH, {
		'Limit of {provider}': 'Limite da {provider}',
		Gone: 'Fora',
	});

	expect(translator.say('Limit of {provider}', { provider: 'OGMMA' })).toBe('Limite da OGMMA');
	expect(translator.sayOf('OGMMA')('Limit of OGMMA')).toBe('Limite da OGMMA');
	expect(translator.say('Not {there}')).toBe('Not {there}');
	expect(translator.missing()).toEqual(['Not {there}']);
	expect(translator.stale()).toEqual(['Gone']);
});

describe('a section that has changed is named', () => {
	const original =
		'# Title\n\nTop.\n\n## One\n\nText\nin lines.\n\n## Two\n\n<!-- generated:x -->\n1\n<!-- end -->\n';
	const translated = sectionsOf(original)
		.map((section) => `## …\n\n${markOf(section)}\n`)
		.join('\n');

	it.each([
		['nothing', original],
		['line breaks', original.replace('Text\nin', 'Text in')],
		['what is generated', original.replace('\n1\n', '\n2\n')],
	])('not for %s', (_what, now) => {
		expect(outdatedIn(now, translated)).toEqual([]);
	});

	it.each([
		['its text', original.replace('Text', 'Words'), /^“One” has changed/],
		['the top', original.replace('Top.', 'Other.'), /^“\(top\)” has changed/],
		['a new one', `${original}\n## Three\n\nNew.\n`, /^“Three” is missing/],
		['one that is gone', original.replace(/## One[^]*?(?=## Two)/, ''), /^“One” is no longer/],
	])('for %s', (_what, now, told) => {
		const [first, ...others] = outdatedIn(now, translated);

		expect(first).toMatch(told);
		expect(others).toEqual([]);
	});
});
