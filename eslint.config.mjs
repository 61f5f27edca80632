// Three levels of lint: JavaScript tools, all TypeScript (type-aware), and what ships, which is held to
// both of n8n's rule sets as n8n's own scan runs them, with inline switches disabled.
import js from '@eslint/js';
import communityNodes from '@n8n/eslint-plugin-community-nodes';
import nodesBase from 'eslint-plugin-n8n-nodes-base';
import tseslint from 'typescript-eslint';

const shipped = ['nodes/**/*.ts', 'credentials/**/*.ts'];
const shippedJson = ['package.json', '{nodes,credentials}/**/*.json'];
const nodeGlobals = Object.fromEntries(
	['Buffer', 'URL', 'console', 'performance', 'process', 'setTimeout'].map((name) => [
		name,
		'readonly',
	]),
);
const commonJsGlobals = { __dirname: 'readonly', module: 'writable', require: 'readonly' };

// A rule set of eslint-plugin-n8n-nodes-base, whole but for the rules that say the opposite of n8n's newer
// plugin and that n8n's scan therefore leaves out as well.
const rulesOf = (set, contradicted = []) =>
	Object.fromEntries(
		Object.entries(nodesBase.configs[set].rules).filter(
			([rule]) => !contradicted.includes(rule.replace('n8n-nodes-base/', '')),
		),
	);

export default tseslint.config(
	{ ignores: ['dist/', 'coverage/', 'test-results/'] },
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },
	{
		files: ['**/*.js', '**/*.mjs'],
		extends: [js.configs.recommended],
		languageOptions: { globals: nodeGlobals },
	},
	{
		files: ['**/*.js'],
		languageOptions: { sourceType: 'commonjs', globals: commonJsGlobals },
	},
	{
		files: ['**/*.ts'],
		extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
		languageOptions: {
			parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/no-confusing-void-expression': [
				'error',
				{ ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
			],
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ varsIgnorePattern: '^_', argsIgnorePattern: '^_' },
			],
			// `async` is how a function keeps a contract that asks for a promise, with its exceptions inside.
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
		},
	},
	{
		files: ['test/**/*.ts', 'scripts/**/*.ts'],
		rules: {
			// `delete process.env[name]`
			'@typescript-eslint/no-dynamic-delete': 'off',
			// `expect(api.method)` names a method without calling it.
			'@typescript-eslint/unbound-method': 'off',
			'@typescript-eslint/no-non-null-assertion': 'off',
			// Tests take text apart to build awkward input.
			'@typescript-eslint/no-misused-spread': 'off',
			// Slow, about enums and classes that are told apart by name only; what ships is held to them.
			'@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
			'@typescript-eslint/no-unsafe-enum-assignment': 'off',
		},
	},
	{
		files: [...shipped, ...shippedJson],
		plugins: {
			'@n8n/community-nodes': communityNodes,
			'n8n-nodes-base': nodesBase,
		},
		languageOptions: { parser: tseslint.parser },
		linterOptions: { noInlineConfig: true },
		rules: { ...communityNodes.configs.recommended.rules, 'no-console': 'error' },
	},
	{
		files: ['package.json'],
		rules: rulesOf('community'),
	},
	{
		files: ['credentials/**/*.ts'],
		rules: rulesOf('credentials', [
			// wants a camelCased page name; credential-documentation-url wants a full address
			'cred-class-field-documentation-url-miscased',
		]),
	},
	{
		files: ['nodes/**/*.ts'],
		rules: rulesOf('nodes', [
			// want the text 'main'; node-connection-type-literal wants NodeConnectionTypes.Main
			'node-class-description-inputs-wrong-regular-node',
			'node-class-description-outputs-wrong',
		]),
	},
);
