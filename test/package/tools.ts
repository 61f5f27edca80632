// Runs the project's scripts as people do, in a process of their own: several are ES modules or need
// n8n's way of finding n8n-workflow, and Jest offers neither.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(__dirname, '..', '..');

export interface Packed {
	tarball: string;
	folder: string;
	size: number;
	files: string[];
}

export interface PackageJson {
	name: string;
	version: string;
	description: string;
	keywords: string[];
	license: string;
	author: { name: string; email: string };
	homepage: string;
	repository: { url: string };
	files: string[];
	scripts: Record<string, string>;
	n8n: { n8nNodesApiVersion: number; nodes: string[]; credentials: string[] };
	peerDependencies: Record<string, string>;
	devDependencies: Record<string, string>;
}

/** What a script prints, read as JSON. */
// The type is what the caller expects of the script; each test then looks at the values.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function runJson<T>(script: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): T {
	// n8n's lint rules and loader behave differently where they believe they are under test.
	const { NODE_ENV: _mode, JEST_WORKER_ID: _worker, ...clean } = process.env;
	const output = execFileSync(process.execPath, [join(root, script), ...args], {
		cwd: root,
		encoding: 'utf8',
		env: { ...clean, ...env },
	});
	return JSON.parse(output) as T;
}

export function temporaryFolder(): string {
	return mkdtempSync(join(tmpdir(), 'send-contact-package-'));
}

export function readPackageJson(folder = root): PackageJson {
	return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageJson;
}
