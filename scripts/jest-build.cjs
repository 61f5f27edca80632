// Jest's global set-up: builds `dist` from what is on disk now, because engine and package tests load the
// built package, and the build with the odd vendors. `npm test` has just built `dist` and says so.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

module.exports = () => {
	const build = (...script) =>
		execFileSync(process.execPath, script, { stdio: ['ignore', 'ignore', 'inherit'] });
	build(join(__dirname, 'build-odd.mjs'));
	if (!process.env.SEND_CONTACT_BUILT) build(join(__dirname, 'build.mjs'), '--fast');
};
