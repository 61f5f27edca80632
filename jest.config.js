// All tests but the end-to-end ones and the benchmark, which have commands of their own.
const swc = { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } };

module.exports = {
	testEnvironment: '<rootDir>/test/realm/environment.cjs',
	moduleNameMapper: {
		'^(n8n-core|n8n-workflow)$': '<rootDir>/test/realm/$1.cjs',
	},
	testMatch: ['<rootDir>/test/**/*.test.ts'],
	testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/e2e/', '<rootDir>/test/bench/'],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	transform: { '\\.ts$': ['@swc/jest', swc] },
	globalSetup: '<rootDir>/scripts/jest-build.cjs',
	// More than the two processors it was measured on: the conformance suites mostly wait.
	maxWorkers: 5,
	// What a test file leaves behind a worker does not give back.
	workerIdleMemoryLimit: '1GB',
	// A guard against waiting for ever: no machine is so busy that a test takes that long.
	testTimeout: 300_000,
	reporters: ['default', '<rootDir>/scripts/jest-progress.cjs'],
};
