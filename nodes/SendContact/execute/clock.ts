// Real time for delivery.
import { sleep } from 'n8n-workflow';

import type { Clock } from '../delivery/Clock';

/** Real time. Timers come from n8n-workflow: the globals are not allowed in what ships. */
export const clock: Clock = {
	now: () => performance.now(),
	random: () => Math.random(),
	async sleep(ms, signal) {
		if (signal?.aborted === true) return;
		// n8n below 2.34 does not end its sleep for a signal, so both are waited for.
		let wake = () => {};
		const whenAborted = new Promise<void>((resolve) => {
			wake = resolve;
		});
		signal?.addEventListener('abort', wake);
		await Promise.race([
			sleep(Math.min(ms, 2 ** 31 - 1), signal).catch(() => undefined),
			whenAborted,
		]);
		// A list waits as often as it is long, and all that time for one signal.
		signal?.removeEventListener('abort', wake);
	},
	async sleepExactly(ms) {
		const endsAt = performance.now() + ms;
		// Whatever else there is to do is done meanwhile.
		await roundsUntil(() => performance.now() >= endsAt);
	},
	async round() {
		await roundsUntil(() => true);
	},
};

/** Goes round the event loop, once or more often. */
async function roundsUntil(isOver: () => boolean): Promise<void> {
	const { port1, port2 } = new MessageChannel();
	do {
		await new Promise((resolve) => {
			port1.once('message', resolve);
			port2.postMessage(undefined);
		});
	} while (!isOver());
	port1.close();
}
