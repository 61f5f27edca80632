// Small texts about what a messenger takes, for the tables in the docs. Pure.
import type { Messenger, Provider } from '../nodes/SendContact/providers/Provider';

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

const UNITS: ReadonlyMap<number, string> = new Map([
	[1, 'a second'],
	[60, 'a minute'],
	[3600, 'an hour'],
]);

/** The documented limits, such as `30 a second; 20 a minute to one group`. */
export function limitsText({ pace }: Provider): string {
	const texts = pace.limits.map(({ messages, perSeconds, per, recipients = 'recipient' }) => {
		const toOne = per === 'recipient' || per === 'pair' ? ` to one ${recipients}` : '';
		return `${messages} ${UNITS.get(perSeconds) ?? `in ${perSeconds} s`}${toOne}`;
	});
	return texts.join('; ') || 'none documented';
}
