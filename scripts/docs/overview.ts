// The tables of all providers: a short one for people who choose, in any language, and a long one with the names of
// parameters. Pure; knows no provider by name.
import { providers } from '../../nodes/SendContact/providers';
import type { Messenger, Provider } from '../../nodes/SendContact/providers/Provider';
import { servicesOf, type Service } from '../../nodes/SendContact/providers/services';
import { table } from '../table';
import { ENGLISH, Translator, type Language, type Say } from './languages';
import { pagePath } from './providerPage';
import { arrivesText, limitsText, recipientsText } from './words';

const nameOf = ({ provider, messenger }: Service) =>
	provider.messengers.length > 1
		? `${provider.displayName} – ${messenger.displayName}`
		: provider.displayName;

/**
 * One row a provider and messenger, for people who choose one.
 * @param from the folder of the page that has the table, such as `docs/es`; empty for the root
 */
export function shortTable({ say, language }: Translator, from = ''): string {
	const pageOf = (provider: Provider) => linkFrom(from, pagePath(provider, language));
	const rows = servicesOf(providers).map((service) => [
		`[${nameOf(service)}](${pageOf(service.provider)})`,
		service.messenger.displayName,
		recipientsText(service.messenger, say),
		arrivesText(service.messenger, say),
		say(service.messenger.recipient.list ? 'yes' : 'no'),
		say(service.messenger.recipient.check ? 'yes' : 'no'),
		limitsText(service.provider.pace, say),
	]);
	const head = [
		say('Provider'),
		say('Messenger'),
		say('Who can get a card'),
		say('What arrives'),
		'From List',
		'Check Recipient',
		say('Pace'),
	];
	return table(head, rows);
}

/** A link to a file inside the folder that the page is in. */
function linkFrom(folder: string, file: string): string {
	return folder === '' ? file : file.replace(`${folder}/`, '');
}

/** The fields a card needs, by the names of parameters; of a group, one is enough. */
function neededFields({ card }: Messenger): string {
	return card.requires
		.map((field) =>
			typeof field === 'string' ? `\`${field}\`` : field.map((one) => `\`${one}\``).join(' or '),
		)
		.join(', ');
}

const names = (list: readonly string[]) => list.map((name) => `\`${name}\``).join(', ') || '–';

/** One row a provider and messenger, by the names of parameters. */
export function longTable(say: Say = new Translator(ENGLISH).say): string {
	const rows = servicesOf(providers).map((service) => {
		const { messenger, provider } = service;
		return [
			`[${nameOf(service)}](${messenger.documentationUrl})`,
			messenger.recipient.fromPhone ? 'phone, ID' : 'ID',
			names(messenger.card.carries),
			neededFields(messenger),
			names(Object.keys(messenger.options)),
			limitsText(provider.pace, say),
			String(provider.pace.maxConcurrent),
		];
	});
	const head = [
		'Provider',
		'Recipient',
		'Carries',
		'Needs',
		'Options of its own',
		'Pace',
		'At once',
	];
	return table(head, rows);
}

/** The index of the pages: `docs/providers/README.md`. */
export function providerIndex(languages: readonly Language[]): string {
	const others = languages
		.filter(({ tag }) => tag !== '')
		.map(({ tag, name }) => `[${name}](../${tag}/README.md)`);
	return [
		'<!-- Written by `npm run generate` from the code. -->',
		'# Providers',
		`English · ${others.join(' · ')}`,
		'A page for each: where the values of its credential are found, who can get a card, what arrives on the phone, its options and pace, and what each of its refusals means. For all of them alike: [lists, pace and duplicates](../lists-and-duplicates.md), [phone numbers](../phones.md), [the person from the item](../auto-map.md).',
		shortTable(new Translator(ENGLISH), 'docs/providers'),
		'## By the names of parameters',
		'For expressions and for people who build workflows by hand: `contactName or firstName` means that one is enough; *At once* is how many requests run at the same time unless **Max Concurrent** says otherwise. Every parameter is in [reference.md](../reference.md).',
		longTable(),
	].join('\n\n');
}
