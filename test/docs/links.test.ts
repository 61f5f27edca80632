// Every link from one page of the docs to another leads somewhere: to a file, and to a heading in it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { brokenLinks, linksIn } from '../../scripts/docs/links';

const root = join(__dirname, '..', '..');
const pages = Object.fromEntries(
	[
		...readdirSync(root),
		...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map(
			(file) => `docs/${file.replaceAll('\\', '/')}`,
		),
	]
		.filter((file) => file.endsWith('.md'))
		.map((file) => [file, readFileSync(join(root, file), 'utf8')]),
);

it('every link of the docs leads to a file, and to a heading in it', () => {
	expect(Object.keys(pages).length).toBeGreaterThan(20);
	expect(Object.values(pages).flatMap(linksIn).length).toBeGreaterThan(200);
	expect(brokenLinks(pages, (path) => existsSync(join(root, path)))).toEqual([]);
});

describe('a link that leads nowhere is told with its page', () => {
	const there = ['README.md', 'docs/a.md', 'docs/pt/b.md', 'docs/images/run.png', 'examples'];
	const broken = (text: string, from = 'docs/a.md') =>
		brokenLinks(
			{ 'README.md': '# Top\n\n## Ação & reação\n\n## Same\n\n## Same\n', [from]: text },
			(path) => there.includes(path),
		);

	it.each([
		'[x](gone.md)',
		'[x](../README.md#gone)',
		'[x](../README.md#same-2)',
		'[x](#gone)',
		'![x](images/gone.png)',
		'<img src="images/gone.png" alt="">',
		'[x](../../outside.md)',
		'[x](../README.md "title") and [y](gone.md "title")',
	])('%s', (text) => {
		expect(broken(text)).toHaveLength(1);
		expect(broken(text)[0]).toMatch(/^docs\/a\.md: /);
	});

	it.each([
		'[x](../README.md)',
		'[x](../README.md#ação--reação)',
		'[x](../README.md#same-1)',
		'## Здравствуйте\n\n[x](#здравствуйте)',
		'![x](images/run.png)',
		'[x](../examples)',
		'[x](https://example.com/gone.md#gone)',
		'[x](mailto:someone@example.com)',
		'`[x](gone.md)`',
		'```\n[x](gone.md)\n```',
	])('and one that leads somewhere is not: %s', (text) => {
		expect(broken(text)).toEqual([]);
	});

	it('from a folder further down', () => {
		expect(broken('[x](../a.md) [y](../../README.md#top)', 'docs/pt/b.md')).toEqual([]);
		expect(broken('[x](a.md)', 'docs/pt/b.md')).toEqual(['docs/pt/b.md: a.md']);
	});
});
