// The page of one provider, in one language: from the registry, the credential class and the examples, nothing by
// hand. Pure; knows no provider by name.
import { CONTACT_FIELDS } from '../../nodes/SendContact/contact/Contact';
import { label } from '../../nodes/SendContact/execute/label';
import type { Messenger, Provider } from '../../nodes/SendContact/providers/Provider';
import { table } from '../table';
import { credentialPart } from './credentialPart';
import { refusalTable } from './failures';
import { LANGUAGES, type Language, type Translator } from './languages';
import { arrivesText, boundText, labels, limitsText, neededText } from './words';

/** Where a page of a provider is, from the root. */
export function pagePath(provider: Provider, { tag }: Language): string {
	return ['docs', tag, 'providers', `${provider.name}.md`].filter(Boolean).join('/');
}

const bullets = (lines: ReadonlyArray<string | false | undefined>) =>
	lines.flatMap((line) => (typeof line === 'string' ? [`- ${line}`] : [])).join('\n');

/** What is said of a provider, and what it says itself. */
interface Page {
	provider: Provider;
	translator: Translator;
	/** The way to `docs/`, from the page. */
	docs: string;
	/** The workflows in `examples/` that send through it. */
	examples: readonly string[];
}

function top({ provider, translator: { say, language }, docs }: Page): string {
	const { displayName, messengers, documentationUrl } = provider;
	const others = LANGUAGES.map((other) =>
		other.tag === language.tag
			? other.name
			: `[${other.name}](${docs}${pagePath(provider, other).replace('docs/', '')})`,
	);
	const through = messengers.map((messenger) => messenger.displayName).join(', ');
	return [
		'<!-- Written by `npm run generate` from the code. Change the provider, its credential or the catalogues in scripts/translations, not this file. -->',
		`# ${displayName}`,
		`${others.join(' · ')} · [${say('All providers')}](${language.tag === '' ? 'README.md' : '../README.md'})`,
		through === displayName
			? say(
					'The node **Send Contact** sends contact cards through {provider}. The labels below are those of the panel, which is in English.',
					{ provider: displayName },
				)
			: say(
					'The node **Send Contact** sends contact cards through {provider} to {messengers}. The labels below are those of the panel, which is in English.',
					{ provider: displayName, messengers: through },
				),
		`[${say('What {provider} itself says about contacts', { provider: displayName })}](${documentationUrl})`,
	].join('\n\n');
}

function senderPart({ provider, translator }: Page): string[] {
	const { say } = translator;
	const sayIts = translator.sayOf(provider.displayName);
	const { sender } = provider;
	if (sender === undefined) return [];
	const { displayName, description, hint, list, isNeeded, isTaken } = sender;
	return [
		`## ${say('Who sends')}`,
		bullets([
			`**${displayName}**: ${sayIts(description)}`,
			`${sayIts(hint)}.`,
			list !== undefined && say('**From List** shows those of the account.'),
			sender.default !== undefined &&
				say('Where nothing is filled in, it is `{name}`.', { name: sender.default }),
			(isNeeded !== undefined || isTaken !== undefined) &&
				say('Whether one is needed depends on the account.'),
		]),
	];
}

function recipientPart({ provider, translator }: Page, { recipient }: Messenger): string {
	const { say } = translator;
	const sayIts = translator.sayOf(provider.displayName);
	const { fromPhone, placeholder, hint, list, check } = recipient;
	const example = placeholder.replace('e.g. ', '');
	const { atOnce = 1, checksPerMinute, warning } = check ?? {};
	return bullets([
		fromPhone
			? say('**Phone**: a phone number with country code, such as +55 11 98888-7777.')
			: say('Phone numbers are not taken.'),
		`**By ID**: ${sayIts(hint)}. ${say('An example: {example}', { example: `\`${example}\`` })}`,
		list !== undefined
			? say('**From List** shows the chats, contacts or groups that {provider} lists.', {
					provider: provider.displayName,
				}) + (list.needsSender ? ` ${say('Choose who sends first.')}` : '')
			: say('There is no list to choose from.'),
		check === undefined
			? say(
					'**Check Recipient** and **Check First** are not offered: nothing to ask with is documented.',
				)
			: say('**Check Recipient** and **Check First** ask whether a number has an account.') +
				(atOnce > 1
					? ` ${say('Up to {count} numbers are asked for in one request.', { count: String(atOnce) })}`
					: '') +
				(checksPerMinute === undefined
					? ''
					: ` ${say('At most {count} a minute are asked for.', { count: String(checksPerMinute) })}`),
		warning !== undefined && `**${say('Mind')}**: ${sayIts(warning)}.`,
	]);
}

function cardPart({ provider, translator }: Page, messenger: Messenger): string {
	const { say } = translator;
	const sayIts = translator.sayOf(provider.displayName);
	const { carries, bounds = {}, built = [], phone, atMost = {}, ...card } = messenger.card;
	const dropped = CONTACT_FIELDS.filter(
		(field) => field !== 'contactChatId' && !carries.includes(field),
	);
	return bullets([
		card.chatId !== undefined
			? say(
					'Who is shared is chosen by **Contact Chat ID**: {arrives}. No name and no phone are sent.',
					{
						arrives: arrivesText(messenger, say),
					},
				)
			: say('What arrives: {fields}.', { fields: labels(carries, provider) }),
		say('What is needed: {fields}.', { fields: neededText(messenger, provider, say) }),
		card.chatId === undefined &&
			dropped.length > 0 &&
			say('What has no field there: {fields}. What is lost of it stands in `droppedFields`.', {
				fields: labels(dropped, provider),
			}),
		card.nameInParts !== undefined &&
			say(
				'The name is sent in parts: **Contact Name** stands in for **First Name** where that is empty.',
			),
		...Object.entries(card.forms ?? {}).map(([field]) =>
			say('**{field}** is sent only where it has the form that the provider takes.', {
				field: label(field, provider),
			}),
		),
		...CONTACT_FIELDS.flatMap((field) => {
			const bound = bounds[field];
			return bound === undefined
				? []
				: [
						say('{field}: up to {bound}.', {
							field: labels([field], provider),
							bound: boundText(bound, say),
						}),
					];
		}),
		...built.map(({ what, bound, wayOut }) =>
			[
				say('{field}: up to {bound}.', { field: sayIts(what), bound: boundText(bound, say) }),
				sayIts(wayOut),
			].join(' '),
		),
		phone !== undefined &&
			say('The phone on the card has {min} to {max} digits.', {
				min: String(phone.min),
				max: String(phone.max),
			}),
		...CONTACT_FIELDS.flatMap((field) => {
			const most = Object.entries(atMost).find(([name]) => name === field)?.[1];
			return most === undefined
				? []
				: [
						say('Of {field} the first {count} are sent.', {
							field: labels([field], provider),
							count: String(most),
						}),
					];
		}),
		card.vCard !== undefined &&
			say(
				'A vCard that is filled in, in version {versions}, is passed on whole if it is not too long.',
				{
					versions: card.vCard.versions.join(', '),
				},
			),
		(card.perMessage ?? 1) > 1 &&
			say(
				'A vCard text or file with several cards leaves as one message for every {count} cards.',
				{
					count: String(card.perMessage),
				},
			),
		card.orders !== undefined && `${sayIts(card.orders.told)}.`,
	]);
}

function optionPart({ provider, translator }: Page, { options }: Messenger): string | undefined {
	const { say } = translator;
	const sayIts = translator.sayOf(provider.displayName);
	const rows = Object.values(options).map(({ displayName, description, isTaken }) => [
		`**${displayName}**`,
		sayIts(description) + (isTaken ? ` (${say('not for every account')})` : ''),
	]);
	if (rows.length === 0) return undefined;
	return table([say('Option'), say('What it does')], rows);
}

/** A part of each messenger, under one heading each. */
function perMessenger(
	page: Page,
	heading: string,
	part: (page: Page, messenger: Messenger) => string | undefined,
): string[] {
	const { messengers } = page.provider;
	return messengers.flatMap((messenger) => {
		const text = part(page, messenger);
		if (text === undefined) return [];
		const of = messengers.length > 1 ? `: ${messenger.displayName}` : '';
		return [`## ${heading}${of}`, text];
	});
}

function pacePart({ provider, translator: { say }, docs }: Page): string[] {
	const { pace, displayName, isRepeatSafe } = provider;
	const sure = {
		documented: say('That is what the vendor’s own pages say.'),
		observed: say('That is what others have seen.'),
		assumed: say('That is a cautious guess.'),
	}[pace.evidence];
	return [
		`## ${say('Pace')}`,
		bullets([
			pace.limits.length === 0
				? say('{provider} documents no limit of messages.', { provider: displayName })
				: `${say('Limit of {provider}: {limits}.', { provider: displayName, limits: limitsText(pace, say) })} ${sure}`,
			say(
				pace.per === 'sender'
					? 'The pace is kept for each sender.'
					: 'The pace is kept for each credential.',
			),
			say('At most {count} requests are on their way at once; **Max Concurrent** changes that.', {
				count: String(pace.maxConcurrent),
			}),
			say('**Messages per Minute** sets a pace of your own.'),
			isRepeatSafe &&
				say(
					'{provider} drops a second message with the same ID: a card of which nobody knows whether it arrived is sent again by itself.',
					{ provider: displayName },
				),
		]),
		`[${say('Lists, pace and duplicates')}](${docs}lists-and-duplicates.md)`,
	];
}

/** The panel as n8n shows it, for each messenger that there is a picture of. */
function picturePart({ provider, translator: { say }, docs }: Page, pictures: Pictures): string[] {
	return provider.messengers.flatMap((messenger) => {
		const file = panelPicture(provider, messenger);
		const said = say('The panel in n8n: {messenger}', { messenger: messenger.displayName });
		return pictures.has(file) ? [`![${said}](${docs}images/${file})`] : [];
	});
}

/** The name of the picture of a messenger's panel. */
export function panelPicture({ name, messengers }: Provider, messenger: Messenger): string {
	return `panel-${name}${messengers.length > 1 ? `-${messenger.name}` : ''}.png`;
}

/** The names of the pictures that there are. */
type Pictures = ReadonlySet<string>;

/** The page as it stands in the file. */
export function providerPage(
	provider: Provider,
	translator: Translator,
	examples: readonly string[],
	pictures: Pictures,
): string {
	const { say, language } = translator;
	const docs = language.tag === '' ? '../' : '../../';
	const page: Page = { provider, translator, docs, examples };
	return [
		top(page),
		...credentialPart(provider, translator),
		...picturePart(page, pictures),
		...senderPart(page),
		...perMessenger(page, say('Who can get a card'), recipientPart),
		...perMessenger(page, say('What arrives on the phone'), cardPart),
		...perMessenger(page, say('Options of a message'), optionPart),
		...pacePart(page),
		...(examples.length === 0
			? []
			: [
					`## ${say('Examples')}`,
					say('Workflows to import into n8n:'),
					bullets(examples.map((file) => `[${file}](${docs}../examples/${file})`)),
				]),
		`## ${say('What the node says when {provider} refuses', { provider: provider.displayName })}`,
		say(
			'The first column is what n8n shows, in English; the way out and the words of the provider follow it there. What every provider can meet is in [{page}]({url}).',
			{ page: 'errors.md', url: `${docs}errors.md` },
		),
		refusalTable(provider, translator),
	].join('\n\n');
}
