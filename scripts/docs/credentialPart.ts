// What a page says of a provider's credential: from the class that n8n shows. Pure.
import type { INodeProperties } from 'n8n-workflow';

import type { Provider } from '../../nodes/SendContact/providers/Provider';
import { table } from '../table';
import type { Translator } from './languages';

/** When a field is shown: `Host: Meta, Custom`; empty where it always is. */
function shownWhen({ displayOptions }: INodeProperties, all: readonly INodeProperties[]): string {
	return Object.entries(displayOptions?.show ?? {})
		.map(([name, values = []]) => {
			const field = all.find((candidate) => candidate.name === name);
			const chosen = (field?.options ?? []).flatMap((option) =>
				'value' in option && values.includes(option.value) ? [option.name] : [],
			);
			return `**${field?.displayName ?? name}**: ${chosen.join(', ')}`;
		})
		.join('; ');
}

/** The heading, the fields and the vendor's own page. */
export function credentialPart(provider: Provider, translator: Translator): string[] {
	const { say } = translator;
	const sayIts = translator.sayOf(provider.displayName);
	const { credential } = provider;
	const rows = credential.properties
		.filter(({ type }) => type !== 'hidden')
		.filter(({ type, name }) => type !== 'notice' && name !== 'allowUnauthorizedCerts')
		.map((field) => {
			const when = shownWhen(field, credential.properties);
			return [
				`**${field.displayName}**`,
				[
					sayIts(field.description ?? ''),
					...(when === '' ? [] : [`(${say('shown for {choice}', { choice: when })})`]),
				].join(' '),
				say(
					field.required
						? 'yes'
						: typeof field.default === 'string' && field.default !== ''
							? 'filled in already'
							: 'no',
				),
			];
		});
	return [
		`## ${say('Credential')}`,
		say(
			'Choose {provider} under **Provider**, then create the credential below it; n8n calls it **{credential}**. What n8n shows hidden is never shown by the node either, in outputs or errors.',
			{ provider: provider.displayName, credential: credential.displayName },
		),
		table([say('Field'), say('What it is, and where to find it'), say('Needed')], rows),
		...(credential.properties.some(({ name }) => name === 'allowUnauthorizedCerts')
			? [
					say(
						'**Ignore SSL Issues (Insecure)** is for a server of your own with a certificate of its own; otherwise leave it off.',
					),
				]
			: []),
		...(credential.documentationUrl === undefined
			? []
			: [
					`[${say('The page of {provider} about it', { provider: provider.displayName })}](${credential.documentationUrl})`,
				]),
	];
}
