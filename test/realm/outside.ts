// What of Node.js the built package sees, and a test file does not: it runs where n8n is (environment.cjs).
declare global {
	var outside: { Math: typeof Math; process: NodeJS.Process } | undefined;
}

/** The `Math` whose chance the built package takes. */
export const chance = globalThis.outside?.Math ?? Math;

/** The environment variables that n8n reads: Jest gives a test file a copy. */
export const environment = (globalThis.outside?.process ?? process).env;
