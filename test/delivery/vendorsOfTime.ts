// Vendors for tests on a virtual clock: how they count, and how unevenly messages reach them.
import type { Answer } from '../../nodes/SendContact/providers/Provider';
import { answerOf } from './stub';
import { cards, perMinute, TestHost, TOO_MANY } from './TestHost';
import { VirtualTime } from './VirtualTime';

/** Random numbers from 0 to 1 that are the same every time. */
export function randomFrom(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

/** Takes a message, or not. */
export type Count = (now: number) => boolean;

/** A bucket of tokens, one every so many milliseconds; with a burst of 1 nothing may come early. */
export function bucket(intervalMs: number, burst: number): Count {
	let due = Number.NEGATIVE_INFINITY;
	return (now) => {
		const from = Math.max(due, now);
		if (from - now > (burst - 1) * intervalMs + 1e-6) return false;
		due = from + intervalMs;
		return true;
	};
}

/** So many messages in every window of time. */
export function fixedWindow(messages: number, windowMs: number): Count {
	let current = -1;
	let taken = 0;
	return (now) => {
		const window = Math.floor(now / windowMs);
		if (window !== current) taken = 0;
		current = window;
		taken += 1;
		return taken <= messages;
	};
}

/** Which share of all is late, and by how many milliseconds on average. */
export interface Late {
	share: number;
	byMs: number;
}

const lateBy = ({ share, byMs }: Late, random: () => number) =>
	share > 0 && random() < share ? -Math.log(1 - random()) * byMs : 0;

export interface Trial {
	count: Count;
	/** How far apart the vendor's limit allows messages to be. */
	idealMs: number;
	/** How far apart its documentation says; as it allows unless given. */
	documentedMs?: number;
	retryAfter?: string;
	latencyMs?: number;
	items?: number;
	/** How much the time on the way to the vendor differs from message to message, in milliseconds. */
	unevenMs?: number;
	/** Which share of the messages comes late besides, as on a busy machine, and by how much on average. */
	late?: Late;
	/** How often the process that sends is busy with something else before a message leaves, and for how long. */
	stalls?: Late;
	seed?: number;
	maxAttempts?: number;
}

/** What came of sending a list. */
export interface TrialResult {
	/** From the first arrival to the last, and one spacing, in the time that the limit allows. */
	ofIdeal: number;
	refused: number;
	lost: number;
}

/** How long a message is on its way, each time anew. */
function wayOf({ unevenMs = 0.1, late }: Omit<Trial, 'count'>, random: () => number): () => number {
	// The sum of twelve is close to a normal distribution.
	const normal = () => Array.from({ length: 12 }, random).reduce((sum, one) => sum + one, -6);
	const lateMs = () => (late ? lateBy(late, random) : 0);
	return () => Math.max(0.5, 2 + unevenMs * normal()) + lateMs();
}

/**
 * What a list takes, of the ideal, with the best distance there is for a vendor that counts strictly: known from
 * the beginning and never changed. A refusal costs `pauseMs` and is repeated at once.
 */
export function bestOfIdeal(trial: Omit<Trial, 'count'>, pauseMs: number): number {
	const items = 4000;
	const margins = Array.from({ length: 25 }, (_, place) => 1 + place / 25);
	const times = margins.map((margin) => {
		const wayMs = wayOf(trial, randomFrom(1));
		let [now, due, taken] = [0, 0, 0];
		while (taken < items) {
			now += trial.idealMs * margin;
			const arrivesAt = now + wayMs();
			if (arrivesAt < due) now += pauseMs;
			else [due, taken] = [arrivesAt + trial.idealMs, taken + 1];
		}
		return now / (items * trial.idealMs);
	});
	return Math.min(...times);
}

/** Sends a list to the vendor, with timers as late as a real process has them. */
export async function send(trial: Trial): Promise<TrialResult> {
	const { count, idealMs, documentedMs = idealMs, retryAfter, items = 1000 } = trial;
	const random = randomFrom(trial.seed ?? 1);
	const clock = new VirtualTime();
	clock.lateMs = random;
	clock.chance = random;
	const no: Answer =
		retryAfter === undefined ? TOO_MANY : answerOf(429, {}, { 'retry-after': retryAfter });
	let refused = 0;
	const host = new TestHost(
		({ index }) => {
			if (count(clock.now())) return answerOf(200, { id: `m${index}` });
			refused += 1;
			return no;
		},
		() => trial.latencyMs ?? 150,
		clock,
	);
	host.wayMs = wayOf(trial, random);
	const { stalls } = trial;
	if (stalls) host.stallMs = () => 1 + lateBy(stalls, random);
	const outcomes = await host.deliver(
		cards(items, () => ({
			...perMinute(documentedMs),
			maxConcurrent: 100,
			maxAttempts: trial.maxAttempts ?? 5,
		})),
	);
	const times = host.attempts.map(({ at }) => at);
	return {
		ofIdeal: (Math.max(...times) - Math.min(...times) + idealMs) / (items * idealMs),
		refused,
		lost: outcomes.filter(({ status }) => status !== 'accepted').length,
	};
}
