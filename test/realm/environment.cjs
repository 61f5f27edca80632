// Where Jest runs a test file, with n8n outside of it: n8n's modules, and the package that n8n's loader reads, are
// read by Node.js once a process. Inside they would be read for each file, which takes longer than most files do.
const { sep } = require('node:path');

const { TestEnvironment } = require('jest-environment-node');

/** What the package holds in memory is new for every test file, as it is for every start of n8n. */
const isOfPackage = (file) => /[\\/](dist|send-contact-odd)[\\/]/.test(file) && !isModule(file);
const isModule = (file) => file.includes(`${sep}node_modules${sep}`) && !file.includes('.cache');

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
