// `npm test`: set-up, then `test.ts`, which needs what set-up installs. The last line is always
// `N passed, N failed`. Runs on a fresh clone, so it may use Node's own modules only until then.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

const { status } = spawnSync(process.execPath, [join(folder, 'setup.mjs')], { stdio: 'inherit' });
if (status === 0) {
	require('tsx/cjs/api').register();
	require('./test.ts');
} else {
	console.log('\n0 passed, 1 failed');
	process.exitCode = 1;
}
