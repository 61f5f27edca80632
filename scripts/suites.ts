// Which suites `npm test -- <provider>` runs. Knows no provider.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');
const PROVIDERS = join(ROOT, 'nodes', 'SendContact', 'providers');

/** Whether there is a provider of that name, in the registry or not yet. */
export function isProvider(name: string): boolean {
	if (!/^[a-z]\w*$/.test(name)) return false;
	return [join(PROVIDERS, `${name}.ts`), join(PROVIDERS, name, 'index.ts')].some(
		(file) =>
			existsSync(file) &&
			new RegExp(`^export const ${name}: Provider\\b`, 'm').test(readFileSync(file, 'utf8')),
	);
}

/**
 * The suites that walk the registry, which their imports tell, and the tests of these providers' traps; by
 * their paths in `test/`.
 */
export function suitesOf(providers: readonly string[]): string[] {
	const suites = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
		.map((file) => file.replaceAll('\\', '/'))
		.filter((file) => file.endsWith('.test.ts'));
	return suites.filter((file) => {
		const [, vendor] = /^vendors\/(\w+)\.test\.ts$/.exec(file) ?? [];
		if (vendor !== undefined && isProvider(vendor)) return providers.includes(vendor);
		const text = readFileSync(join(ROOT, 'test', file), 'utf8');
		return /from '[./]+\/(conformance\/)?(only|stage|ground)'/.test(text);
	});
}
