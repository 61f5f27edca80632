// What of Node.js the built package sees, and a test file does not: it runs where n8n is (environment.cjs).
declare global {
	var outside: { Math: typeof Math } | undefined;
}

/** The `Math` whose chance the built package takes. */
export const chance = globalThis.outside?.Math ?? Math;
