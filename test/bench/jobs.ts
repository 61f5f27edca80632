// What is measured, as the processes of the benchmark tell it to each other.
import type { Limit } from '../vendors/Vendor';

/** A way to send a list. `noOp` sends nothing: what the engine itself takes. */
export type Contestant =
	| 'sendContact'
	| 'httpRequest'
	| 'httpRequestTuned'
	| 'bareHelper'
	| 'axiosLoop'
	| 'metronome'
	| 'evolution'
	| 'noOp';

/** The simulated vendors; `evolution` is no provider of ours and has a small endpoint of its own. */
export type VendorName = 'plugzApi' | 'greenApi' | 'ogmma' | 'evolution';

/** A vendor to send to, in a process of its own. */
export interface VendorJob {
	vendor: VendorName;
	limit?: Limit;
	latencyMs?: number;
	/** When the answers over its limit ask to come back, in seconds. */
	retryAfter?: number;
}

/** Where a vendor listens and who may send. */
export interface VendorAddress {
	url: string;
	credentials: Record<string, string | boolean>;
	sender: string;
}

/** What a vendor saw, by its own records. */
export interface VendorCount {
	requests: number;
	accepted: number;
	/** Accepted bodies that differ from each other: every item's does. */
	distinct: number;
	/** Between the arrivals of the first and the last request. */
	arrivalsMs: number;
	peakConnections: number;
}

/** One measurement, in a process of its own. */
export interface ContestantJob {
	contestant: Contestant;
	vendor: VendorName;
	address: VendorAddress;
	items: number;
	/** The options of Send Contact. */
	options: Record<string, string | number | boolean>;
	/** How many requests the loops keep under way. */
	concurrency: number;
	/** Items that are sent before, so that the measured ones find compiled code. */
	warmUp: number;
	/** How often the list is sent; the vendor counts the last time only. */
	rounds: number;
	/** Collects garbage all along, to see what is held and not what is left lying about. */
	weighs: boolean;
	/** The packed package, unpacked. */
	packageFolder: string;
	/** The folder with n8n-nodes-evolution-api, where that is to run. */
	rivalFolder?: string;
}

/** One round of one measurement. */
export interface Round {
	wallMs: number;
	/** Processor time of the whole process, its garbage collector included. */
	cpuMs: number;
	/** Items that came out of the node. */
	out: number;
	error?: string;
}

export interface Measured {
	rounds: Round[];
	/** The most the process held: sampled after collecting garbage where the job `weighs`. */
	residentBytes: number;
	heapBytes: number;
}

/** A measurement together with what its vendor saw. */
export interface Result extends Measured {
	items: number;
	count: VendorCount;
}
