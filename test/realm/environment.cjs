// Where Jest runs a test file, with n8n outside of it: n8n's modules, and the package that n8n's loader reads, are
// read by Node.js once a process. Inside they would be read for each file, which takes longer than most files do.
const { join, sep } = require('node:path');

const { TestEnvironment } = require('jest-environment-node');

/** What the package holds in memory is new for every test file, as it is for every start of n8n. */
const root = join(__dirname, '..', '..');
const builds = ['dist', join('node_modules', '.cache', 'send-contact-odd')];
const isOfPackage = (file) => builds.some((build) => file.startsWith(join(root, build, sep)));

/** n8n takes one for a process, and each test file brings its own. */
function forgetDeduplicator() {
	const core = require.cache[require.resolve('n8n-core')];
	if (core) core.exports.DataDeduplicationService.instance = undefined;
}

module.exports = class extends TestEnvironment {
	async setup() {
		await super.setup();
		this.global.outside = { require, Math, process };
	}

	async teardown() {
		for (const file of Object.keys(require.cache).filter(isOfPackage)) delete require.cache[file];
		forgetDeduplicator();
		await super.teardown();
	}
};
