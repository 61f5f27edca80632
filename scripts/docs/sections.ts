// What a translated page is a translation of: the sections of its English original, each with a fingerprint that the
// translation carries, so that a test can say which section has changed since. Pure.
import { createHash } from 'node:crypto';

/** A section: what stands under a heading of the second level, or before the first one. */
export interface Section {
	/** The heading; `(top)` for what stands before the first one. */
	heading: string;
	/** Changes with the text, and neither with its line breaks nor with what is generated in it. */
	fingerprint: string;
}

const GENERATED = /(<!-- generated:[\w-]+ -->)[^]*?(<!-- end[^>]*-->)/g;

/** The sections of a page. */
export function sectionsOf(markdown: string): Section[] {
	const parts = markdown.replace(GENERATED, '$1$2').split(/^## /m);
	return parts.map((part, index) => {
		const [first = '', ...rest] = part.split('\n');
		const text = index === 0 ? part : rest.join('\n');
		const words = text.replace(/[\s|-]+/g, ' ').trim();
		return {
			heading: index === 0 ? '(top)' : first.trim(),
			fingerprint: createHash('sha256').update(words).digest('hex').slice(0, 8),
		};
	});
}

/** The line that a translated section carries under its heading. */
export function markOf({ heading, fingerprint }: Section): string {
	return `<!-- translates: ${heading} (${fingerprint}) -->`;
}

const MARK = /^<!-- translates: (.*) \(([\da-f]{8})\) -->$/gm;

/** What is wrong with a translation, section by section; empty where it is current. */
export function outdatedIn(original: string, translation: string): string[] {
	const marks = [...translation.matchAll(MARK)].map(([, heading = '', fingerprint = '']) => ({
		heading,
		fingerprint,
	}));
	const sections = sectionsOf(original);
	const known = new Set(sections.map(({ heading }) => heading));
	return [
		...sections.flatMap((section) => {
			const found = marks.filter(({ heading }) => heading === section.heading);
			if (found.length === 0) return [`“${section.heading}” is missing: ${markOf(section)}`];
			return found.every(({ fingerprint }) => fingerprint === section.fingerprint)
				? []
				: [`“${section.heading}” has changed. Once it is translated anew: ${markOf(section)}`];
		}),
		...marks
			.filter(({ heading }) => !known.has(heading))
			.map(({ heading }) => `“${heading}” is no longer in the original`),
	];
}
