// The end-to-end suites: one after the other, each with an n8n of its own. Run by `npm run test:e2e`,
// which builds, packs and installs first.
const swc = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } };

module.exports = {
	rootDir: '../..',
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.e2e.ts'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: { '\\.ts$': ['@swc/jest', swc] },
	maxWorkers: 1,
	// Starting n8n in the hooks is the longest step; on a loaded machine it takes its time.
	testTimeout: 300_000,
	verbose: true,
};
