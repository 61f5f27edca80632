// Jest's global set-up: builds `dist` from what is on disk now, because engine and package tests load the
// built package. `npm test` has just built and says so.
const { execFileSync } = require('node:child_process');
const { join } = require('node:path');

module.exports = () => {
	if (process.env.SEND_CONTACT_BUILT) return;
	execFileSync(process.execPath, [join(__dirname, 'build.mjs'), '--fast'], {
		stdio: ['ignore', 'ignore', 'inherit'],
	});
};
