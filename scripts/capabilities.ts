// Small texts about what a messenger takes, for the tables in the docs. Pure.
import type { Messenger } from '../nodes/SendContact/providers/Provider';

/** The fields a card needs; of a group, one is enough. */
export function neededFields({ card }: Messenger): string {
	return card.requires
		.map((field) =>
			typeof field === 'string' ? `\`${field}\`` : field.map((one) => `\`${one}\``).join(' or '),
		)
		.join(', ');
}

/** The message options it takes. */
export function optionNames({ options }: Messenger): string {
	return (
		Object.keys(options)
			.map((name) => `\`${name}\``)
			.join(', ') || '–'
	);
}
