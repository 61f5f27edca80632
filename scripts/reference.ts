// The tables of docs/reference.md: every parameter of the nodes and every field of the credentials, from what
// n8n is given. Pure.
import type { INodeProperties } from 'n8n-workflow';

import { parametersFor } from '../nodes/SendContact/parameters';
import { PARAMETERS } from '../nodes/VCard/panel';
import { providers } from '../nodes/SendContact/providers';
import { table } from './table';

const isProperty = (option: object): option is INodeProperties =>
	'displayName' in option && 'type' in option;

const names = providers.map(({ name }) => name);

/** What one name stands for, wherever the panel shows it. */
interface Named {
	/** `options.timeout` */
	path: string;
	labels: Set<string>;
	type: string;
	/** Providers for which it shows; all where that is not asked. */
	shownFor: Set<string> | 'all';
	description: string;
}

function collect(
	properties: readonly INodeProperties[],
	inside: string,
	found: Map<string, Named>,
	/** The providers for which what it is in shows; all where that is not asked. */
	around?: readonly string[],
) {
	for (const property of properties) {
		const {
			name,
			type,
			displayName,
			displayOptions,
			description: said = '',
			options = [],
		} = property;
		if (['hidden', 'credentials', 'notice'].includes(type)) continue;
		const path = `${inside}${name}`;
		const { show = {}, hide = {} } = displayOptions ?? {};
		const description = '@tool' in show ? `Only as a tool of an AI agent. ${said}` : said;
		const hidden = (hide.provider ?? hide['/provider'])?.map(String);
		const others = hidden && (around ?? names).filter((name) => !hidden.includes(name));
		const chosen = (show.provider ?? show['/provider'])?.map(String) ?? others ?? around;
		const known = found.get(path) ?? {
			path,
			labels: new Set<string>(),
			type,
			shownFor: new Set<string>(),
			description,
		};
		known.labels.add(displayName);
		const { shownFor } = known;
		if (chosen === undefined) known.shownFor = 'all';
		else if (shownFor !== 'all') chosen.forEach((one) => shownFor.add(one));
		found.set(path, known);
		if (type === 'collection') collect(options.filter(isProperty), `${path}.`, found, chosen);
	}
}

/** One row a parameter, in the panel's order. */
function parameterTable(properties: readonly INodeProperties[]): string {
	const found = new Map<string, Named>();
	collect(properties, '', found);
	const nameOf = (provider: string) =>
		providers.find(({ name }) => name === provider)?.displayName ?? provider;
	const rows = [...found.values()].map(({ path, labels, type, shownFor, description }) => {
		const some = shownFor === 'all' || shownFor.size === providers.length ? 'all' : shownFor;
		return [
			`\`${path}\``,
			[...labels].join(', '),
			type,
			some === 'all' ? 'all' : [...some].map(nameOf).join(', '),
			description,
		];
	});
	return table(['Parameter', 'In the panel', 'Type', 'Shown for', 'What it is'], rows);
}

/** One row a field of each credential. */
export function credentialTable(): string {
	const rows = providers.flatMap(({ displayName, credential }) =>
		credential.properties
			.filter(({ type }) => type !== 'notice' && type !== 'hidden')
			.map(({ name, displayName: label, typeOptions, default: usual }) => [
				displayName,
				`\`${credential.name}\``,
				`\`${name}\``,
				label,
				typeOptions?.password === true ? 'yes' : 'no',
				typeof usual === 'string' && usual !== '' ? usual : '–',
			]),
	);
	return table(['Provider', 'Type', 'Field', 'In the window', 'Secret', 'Default'], rows);
}

/** What the node file says itself, before all others. */
const provider: INodeProperties = {
	displayName: 'Provider',
	name: 'provider',
	type: 'options',
	default: '',
	description: `The service that sends the contact card: ${providers.map(({ name }) => `\`${name}\``).join(', ')}`,
};

export const sendContactTable = () => parameterTable([provider, ...parametersFor(providers)]);
export const vCardTable = () => parameterTable(PARAMETERS);
