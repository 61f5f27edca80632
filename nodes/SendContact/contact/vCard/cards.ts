// From the lines of a text or a file to its cards. Knows where a card begins and ends, and not what is in it.
import { shown } from '../text';
import { hasLostLetters } from './charset';
import { readLines, type Lines } from './lines';
import { inUtf8 } from './property';

/** A card as it stands in its text or file. */
export interface CardText extends Pick<Lines, 'areBytes'> {
	/** Its own lines, without BEGIN and END and without the lines of a card inside it. */
	lines: string[];
	/** The text ended, or another card began, before this one's END. */
	isCutOff: boolean;
	/** From BEGIN to END in UTF-8, unfolded; `undefined` where letters of it are lost or guessed. */
	whole(): string | undefined;
}

/** Says what is wrong with the text; does not come back. */
export type Refuse = (message: string, description: string) => never;

const BEGIN = /^\s*BEGIN\s*:\s*VCARD\s*$/i;
const END = /^\s*END\s*:\s*VCARD\s*(?:BEGIN\s*:\s*VCARD\s*)?$/i;
/** Files that were put together without a line end between them. */
const END_AND_BEGIN = /VCARD\s*BEGIN/i;
/** An assistant's card, on the lines after this one or beginning on it. */
const AGENT = /^\s*(?:[\w-]+\.)*AGENT\b[^:]*:\s*$/i;
const AGENT_BEGIN = /^\s*(?:[\w-]+\.)*AGENT\b[^:]*:\s*BEGIN\s*:\s*VCARD\s*$/i;

/** Every card in a text or a file, in order: at least one. */
export function cardsIn(source: string | Uint8Array, refuse: Refuse): CardText[] {
	const { lines, areBytes, lineEnd } = readLines(source);
	const cards: CardText[] = [];
	let own: string[] | undefined;
	let all: string[] = [];
	let depth = 0;
	const finish = (isCutOff: boolean) => {
		const every = all;
		if (own !== undefined) {
			const whole = () => wholeText(every, areBytes, lineEnd);
			cards.push({ lines: own, areBytes, isCutOff, whole });
		}
		[own, all, depth] = [undefined, [], 0];
	};
	for (const line of lines) {
		const isInside = own !== undefined;
		const isNested =
			isInside && (AGENT_BEGIN.test(line) || (BEGIN.test(line) && AGENT.test(all.at(-1) ?? '')));
		if (BEGIN.test(line) && !isNested) {
			finish(true);
			[own, all] = [[], [line]];
		} else if (isNested) {
			depth += 1;
			all.push(line);
		} else if (isInside) {
			const isEnd = END.test(line);
			all.push(isEnd ? 'END:VCARD' : line);
			if (!isEnd) {
				// A card inside a card is another person: an assistant.
				if (depth === 0) own?.push(line);
			} else if (depth > 0) {
				depth -= 1;
			} else {
				finish(false);
				if (END_AND_BEGIN.test(line)) [own, all] = [[], ['BEGIN:VCARD']];
			}
		}
	}
	finish(true);
	if (cards.length > 0) return cards;
	const text = lines.map((line) => (areBytes ? inUtf8(line).text : line)).join(' ');
	return /BEGIN\s*:\s*VCARD/i.test(text)
		? refuse(
				'The vCard has lost its line breaks',
				'Each of its properties needs a line of its own. Paste it in expression mode, or read it from its file, with Binary File as the source.',
			)
		: refuse(
				`There is no vCard in "${shown(text)}"`,
				'A vCard begins with the line BEGIN:VCARD and ends with the line END:VCARD.',
			);
}

function wholeText(
	lines: readonly string[],
	areBytes: boolean,
	lineEnd: string,
): string | undefined {
	if (!areBytes) {
		const text = lines.join(lineEnd);
		return hasLostLetters(text) ? undefined : text;
	}
	const decoded = lines.map(inUtf8);
	const isDoubtful = decoded.some((line) => line.isDoubtful);
	return isDoubtful ? undefined : decoded.map(({ text }) => text).join(lineEnd);
}
