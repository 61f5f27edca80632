// Where claims on cards are kept: n8n's deduplication memory of the node.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ClaimStore } from '../delivery/claims';

/** One call at a time for each node: n8n reads, changes and writes all its keys without a lock. */
const queues = new Map<string, Promise<unknown>>();

/** n8n's own deduplication helper as the store of claims: it works across executions and workers. */
export function claimStore(context: IExecuteFunctions): ClaimStore {
	const { helpers } = context;
	const queue = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
		const turn = (queues.get(queue) ?? Promise.resolve()).then(work, work);
		const settled = turn.catch(() => undefined);
		queues.set(queue, settled);
		void settled.then(() => {
			if (queues.get(queue) === settled) queues.delete(queue);
		});
		return await turn;
	};
	return {
		add: async (keys) =>
			await inTurn(async () => {
				const { processed } = await helpers.checkProcessedAndRecord(keys, 'node', {
					mode: 'entries',
				});
				return processed.map(String);
			}),
		remove: async (keys) =>
			await inTurn(async () => await helpers.removeProcessed(keys, 'node', { mode: 'entries' })),
	};
}
