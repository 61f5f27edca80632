// The page of each provider, in every language, says what its users meet: held against the registry and the
// credential class, which are what n8n shows.
import { providers } from '../../nodes/SendContact/providers';
import { label } from '../../nodes/SendContact/execute/label';
import { makeDocs, readmePath } from '../../scripts/docs';
import { LANGUAGES } from '../../scripts/docs/languages';
import { pagePath } from '../../scripts/docs/providerPage';
import { onlyProviders } from '../only';

const docs = makeDocs();
const cases = onlyProviders(providers).flatMap((provider) =>
	LANGUAGES.map((language) => [provider.name, language.name, { provider, language }] as const),
);

describe.each(cases)('%s (%s)', (_name, _language, { provider, language }) => {
	const page = docs.pages[pagePath(provider, language)] ?? '';
	const isEnglish = language.tag === '';

	it('names every field of the credential, and where its value is found', () => {
		for (const { displayName, description = '', type } of provider.credential.properties) {
			if (type === 'notice' || type === 'hidden') continue;
			expect(page).toContain(`**${displayName}**`);
			if (isEnglish && displayName !== 'Ignore SSL Issues (Insecure)') {
				expect(description.length).toBeGreaterThan(10);
				expect(page).toContain(description);
			}
		}
	});

	it('has every message of a refusal as n8n shows it', () => {
		for (const { message, description } of provider.refusals) {
			expect(page).toContain(message);
			if (isEnglish) expect(page).toContain(description);
		}
	});

	it('says of every field whether it arrives, by the label of the panel', () => {
		for (const { card, options } of provider.messengers) {
			for (const field of card.carries) expect(page).toContain(`**${label(field, provider)}**`);
			for (const { displayName } of Object.values(options)) {
				expect(page).toContain(`**${displayName}**`);
			}
		}
	});

	it('leaves no value to be put in', () => {
		expect(page).not.toMatch(/\{(provider|messengers|limits|limit|fields|field|count|bound)\}/);
		expect(page).not.toMatch(/undefined|\[object/);
	});

	it('is in the table of that README', () => {
		const link = isEnglish ? pagePath(provider, language) : `(providers/${provider.name}.md)`;

		expect(docs.tables.get(readmePath(language))).toContain(link);
	});
});
