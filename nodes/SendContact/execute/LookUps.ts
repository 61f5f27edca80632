// Asking a vendor which numbers have an account: in batches, at its pace, each number once a run. Knows
// providers by their interface only.
import type { IExecuteFunctions } from 'n8n-workflow';

import { judgeNoAnswer, refusedLookUp, retryAfter } from '../delivery/judge';
import { pacerOf } from '../delivery/pace';
import type { RecipientCheck, RecipientFound } from '../providers/Provider';
import type { Service } from '../providers/services';
import type { Account } from './Account';
import { clock, request } from './transport';

/** Why a vendor did not say whether a number has an account. */
export interface NotFoundOut {
	message: string;
	description: string;
	httpCode?: string;
}

/** What is known of a number. */
export type Found = RecipientFound | NotFoundOut;

export function isFoundOut(found: Found): found is RecipientFound {
	return 'exists' in found;
}

/** Whom the numbers are looked up through. */
export interface Asker extends Service {
	account: Account;
	sender: string;
	/** Milliseconds for one request. */
	timeoutMs: number;
	/** How often a request that the vendor put off is made at most. */
	maxAttempts: number;
	/** The longest pause the vendor may ask for, in milliseconds. */
	longestWaitMs: number;
}

const FIRST_PAUSE_MS = 1000;

/** The look-ups of one run of the node. */
export class LookUps {
	private readonly known = new Map<string, Found>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** What the vendor says of each of these numbers (digits with country code). Never throws. */
	async of(phones: Iterable<string>, asker: Asker): Promise<ReadonlyMap<string, Found>> {
		const { check } = asker.messenger.recipient;
		const keyOf = (phone: string) =>
			`${asker.account.fingerprint} ${asker.messenger.name} ${asker.sender} ${phone}`;
		const wanted = [...new Set(phones)];
		const unknown = wanted.filter((phone) => !this.known.has(keyOf(phone)));
		if (check !== undefined) {
			for (let at = 0; at < unknown.length; at += check.atOnce) {
				const batch = unknown.slice(at, at + check.atOnce);
				const found = await this.ask(batch, check, asker);
				batch.forEach((phone, n) => {
					const one = found[n];
					if (one !== undefined) this.known.set(keyOf(phone), one);
				});
			}
		}
		return new Map(
			wanted.map((phone) => [phone, this.known.get(keyOf(phone)) ?? { exists: null, id: null }]),
		);
	}

	/** One batch: each number's answer, or for all of them why there is none. */
	private async ask(
		phones: readonly string[],
		check: RecipientCheck,
		{ provider, account, sender, timeoutMs, maxAttempts, longestWaitMs }: Asker,
	): Promise<readonly Found[]> {
		const signal = this.context.getExecutionCancelSignal();
		const pacer = pacerOf(`look-ups ${account.fingerprint}`, clock);
		const spacing = check.checksPerMinute === undefined ? 0 : 60_000 / check.checksPerMinute;
		const same = (problem: NotFoundOut) => phones.map(() => problem);
		for (let attempt = 1; ; attempt += 1) {
			if (!(await pacer.turn(spacing, signal))) return same(CANCELED);
			const answer = await request(
				this.context,
				account,
				check.request(phones, { sender, account: account.public }),
				timeoutMs,
			);
			if (typeof answer === 'string') {
				const verdict = judgeNoAnswer(provider, answer);
				return verdict.kind === 'failed' && verdict.failure.status === 'notSent'
					? same(verdict.failure)
					: same({
							message: `${provider.displayName} did not say in time whether the number has an account`,
							description:
								'Run again in a moment. A higher Timeout in the options gives it longer.',
						});
			}
			const refused = refusedLookUp(provider, answer, account.redactor);
			if (refused === undefined) return check.found(answer, phones);
			const { rule, words } = refused;
			const isPutOff =
				rule?.means === 'slower' || rule?.means === 'later' || answer.statusCode === 429;
			const pauseMs =
				words.retryAfterMs ??
				retryAfter(answer.headers['retry-after']) ??
				FIRST_PAUSE_MS * 2 ** (attempt - 1);
			if (!isPutOff || attempt >= maxAttempts || pauseMs > longestWaitMs) {
				const said =
					words.text === '' ? '' : ` ${provider.displayName} said: “${words.text.slice(0, 300)}”`;
				return same({
					message:
						rule?.message ??
						`${provider.displayName} did not say whether the number has an account (status ${answer.statusCode})`,
					description: `${rule?.description ?? 'Test the credential, and run again in a moment.'}${said}`,
					httpCode: String(answer.statusCode),
				});
			}
			pacer.pause(pauseMs);
		}
	}
}

/** n8n takes an execution for canceled by that very word in its error. */
const CANCELED: NotFoundOut = {
	message: 'Not checked: the execution was canceled before',
	description: 'Someone stopped it, or it ran into its time limit. Run it again.',
};
