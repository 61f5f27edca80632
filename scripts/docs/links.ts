// The links in pages of Markdown: which of them lead nowhere. Pure.
import { posix } from 'node:path';

/** Code, in which nothing is a link. */
const CODE = /^(```|~~~)[^]*?^\1|`[^`\n]*`/gm;
const LINKS = [/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g, /\b(?:src|href)="([^"]+)"/g];

/** Where the links of a page lead, as they are written; those to other hosts left out. */
export function linksIn(markdown: string): string[] {
	const text = markdown.replace(CODE, '');
	return LINKS.flatMap((pattern) =>
		[...text.matchAll(pattern)].map(([, link = '']) => link),
	).filter((link) => !/^([a-z][a-z\d+.-]*:|\/\/)/i.test(link));
}

/** The names by which GitHub finds the headings of a page. */
export function anchorsIn(markdown: string): string[] {
	const text = markdown.replace(/^(```|~~~)[^]*?^\1/gm, '');
	const used = new Map<string, number>();
	return [...text.matchAll(/^#{1,6} +(.*)$/gm)].map(([, heading = '']) => {
		const plain = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[*`]/g, '');
		const name = plain
			.trim()
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
			.replaceAll(' ', '-');
		const times = used.get(name) ?? 0;
		used.set(name, times + 1);
		return times === 0 ? name : `${name}-${times}`;
	});
}

/**
 * The links that lead nowhere, each with its page.
 * @param pages by path from the root
 * @param isThere whether there is a file or folder of that path
 */
export function brokenLinks(
	pages: Readonly<Record<string, string>>,
	isThere: (path: string) => boolean,
): string[] {
	return Object.entries(pages).flatMap(([page, markdown]) =>
		linksIn(markdown)
			.filter((link) => {
				const [path = '', anchor] = link.split('#');
				const target =
					path === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(path));
				if (target.startsWith('..') || !isThere(target)) return true;
				const text = pages[target];
				if (anchor === undefined || text === undefined) return false;
				return !anchorsIn(text).includes(decodeURIComponent(anchor));
			})
			.map((link) => `${page}: ${link}`),
	);
}
