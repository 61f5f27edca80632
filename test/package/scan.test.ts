// n8n's own package scan over both things it reads: the source checkout and the published tarball. And
// our lint, which people see first, asks for nothing less.
import { rmSync } from 'node:fs';

import { readPackageJson, root, runJson, temporaryFolder, type Packed } from './tools';

interface ScanResult {
	passed: boolean;
	message?: string;
	details?: string;
}

interface RuleGaps {
	weaker: string[];
	inlineAllowed: string[];
	rules: number;
}

const clean: ScanResult = { passed: true };

it('n8n’s scan has nothing against the source', () => {
	expect(runJson<ScanResult>('scripts/scan.mjs', ['source', root])).toEqual(clean);
});

it('n8n’s scan has nothing against the tarball', () => {
	const temporary = temporaryFolder();
	try {
		const { folder } = runJson<Packed>('scripts/pack.mjs', [temporary]);
		expect(runJson<ScanResult>('scripts/scan.mjs', ['tarball', folder])).toEqual(clean);
	} finally {
		rmSync(temporary, { recursive: true, force: true });
	}
});

it('our lint asks all that n8n’s scan asks, and cannot be switched off inline', () => {
	const { nodes, credentials } = readPackageJson().n8n;
	const sources = [...nodes, ...credentials].map((file) =>
		file.replace(/^dist\//, '').replace(/\.js$/, '.ts'),
	);
	const { rules, ...gaps } = runJson<RuleGaps>('scripts/scan.mjs', [
		'rules',
		'package.json',
		'nodes/SendContact/providers/Provider.ts',
		...sources,
	]);
	expect(gaps).toEqual({ weaker: [], inlineAllowed: [] });
	expect(rules).toBeGreaterThan(200);
});
