// Where claims on cards are kept: n8n's deduplication memory of the node.
import type { IExecuteFunctions } from 'n8n-workflow';

import { Claims, nothingUnwritten, type ClaimStore, type Unwritten } from '../delivery/claims';
import { clock } from './clock';

/** One call at a time for each node: n8n reads, changes and writes all its keys without a lock. */
const queues = new Map<string, Promise<unknown>>();

/** What a run of a node could not write down, for the next one. */
const unwritten = new Map<string, Unwritten>();

/** The claims of this run of the node. */
export function claimsOf(context: IExecuteFunctions): Claims {
	const node = `${context.getWorkflow().id ?? ''} ${context.getNode().id}`;
	const left = unwritten.get(node) ?? nothingUnwritten();
	unwritten.set(node, left);
	return new Claims(claimStore(context, node), clock, left);
}

/** n8n's own deduplication helper as the store of claims: it works across executions and workers. */
function claimStore({ helpers }: IExecuteFunctions, queue: string): ClaimStore {
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
