// The ground of the fault suites: every service in front of its running vendor, and chance that costs no time.
// All faults happen on real sockets.
import { setImmediate } from 'node:timers/promises';

import type { INodeParameters } from 'n8n-workflow';

import type { LoadedPackage } from '../../engine/engine';
import type { VendorOptions } from '../../vendors';
import { openStages, type Stage, type TestedService, servicesByName } from '../stage';
import { chance } from '../../realm/outside';

/** One service, as a fault suite needs it. */
export interface Ground {
	service: TestedService;
	/** In front of its vendor, which has forgotten the test before. */
	stage: Stage;
	packaged(): LoadedPackage;
	/** Before a vendor of the test's own. */
	beforeOwnVendor(test: (stage: Stage) => Promise<void>, options?: VendorOptions): Promise<void>;
	/** Whether the vendor drops repeats: what nobody knows is asked again there. */
	isRepeatSafe: boolean;
	/** Options with which nothing is repeated for that: for tests of what is not known. */
	ONCE: INodeParameters;
	/** Everything the vendor was asked to send. */
	seen(): number;
}

/** Says `tests` for every service. */
export function overEveryService(tests: (ground: Ground) => void): void {
	let stages: Awaited<ReturnType<typeof openStages>>;
	beforeAll(async () => {
		stages = await openStages();
	});
	afterAll(() => stages.stop());

	/** Without it the waits between attempts are up to a second long. */
	beforeEach(() => {
		jest.spyOn(chance, 'random').mockReturnValue(0.001);
	});
	afterEach(() => jest.restoreAllMocks());

	describe.each(servicesByName)('%s', (_, service) => {
		const isRepeatSafe = service.provider.isRepeatSafe === true;
		let stage: Stage;
		beforeEach(() => {
			stage = stages.stageOf(service);
			stage.vendor.reset();
		});
		tests({
			service,
			get stage() {
				return stage;
			},
			packaged: () => stages.packagedFor(service),
			beforeOwnVendor: async (test, options) => {
				await stages.beforeOwnVendor(service, test, options);
			},
			isRepeatSafe,
			ONCE: isRepeatSafe ? { maxAttempts: 1 } : {},
			seen: () => stage.vendor.received.length,
		});
	});
}

/** Resolves once `condition` holds; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await setImmediate();
}

export const CONTINUE = { onError: 'continueRegularOutput' } as const;

/** The first item, which is never answered, has little time; the others enough on the busiest machine. */
export const SHORT_FOR_THE_FIRST = '={{ $itemIndex === 0 ? 1000 : 300000 }}';

/** What n8n's errors hold besides their message. */
export function detailsOf(error: unknown): {
	description: string;
	context: Record<string, unknown>;
} {
	if (typeof error !== 'object' || error === null) throw new Error('There was no error');
	const { description = '', context = {} }: { description?: string; context?: object } = error;
	return { description, context: { ...context } };
}
