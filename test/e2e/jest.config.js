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
	// A guard against waiting for ever, longer than everything that is waited for inside: a hook that starts
	// a queue with four n8n on the busiest machine is the longest.
	testTimeout: 1_200_000,
	reporters: ['default', '<rootDir>/scripts/jest-progress.cjs'],
	verbose: true,
};
