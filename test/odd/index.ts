// The build of the node that has the odd vendors in its registry, too: `scripts/build-odd.mjs` makes it
// before the tests run.
import { join } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';

import type { SendContact } from './SendContact.node';

/** The folder of the package, for n8n's loader. */
export const ODD_PACKAGE = join(
	__dirname,
	'..',
	'..',
	'node_modules',
	'.cache',
	'send-contact-odd',
);

/** What its panel shows. */
export function oddDescription(): INodeTypeDescription {
	const file = join(ODD_PACKAGE, 'dist', 'nodes', 'SendContact', 'SendContact.node.js');
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- it is there only once it is built
	const built = require(file) as { SendContact: typeof SendContact };
	return new built.SendContact().description;
}
