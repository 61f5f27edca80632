// Asking vendors whether numbers have an account: in batches, each number once a run, at the vendor's pace.
// Sends no card, and knows no vendor by name.
import type { IExecuteFunctions } from 'n8n-workflow';

import { grouped } from '../delivery/grouped';
import { judgeLookUp } from '../delivery/judgeLookUp';
import { laneOf } from '../delivery/limits';
import { pacerOf } from '../delivery/pacers';
import { CANCELED, pausedTooLong, type Failure } from '../delivery/unsent';
import type { Answer, RecipientCheck, RecipientFound } from '../providers/Provider';
import type { Service } from '../providers/services';
import type { Account } from './Account';
import { clock } from './clock';
import type { DeliverySettings } from './readOptions';
import { request } from './transport';

/** How a look-up is made. */
export type LookUpSettings = Pick<
	DeliverySettings,
	'longestWait' | 'maxAttempts' | 'messagesPerMinute' | 'timeout'
>;

/** A number to be asked for, and whom to ask. */
export interface Asked {
	account: Account;
	service: Service;
	sender: string;
	/** Digits with country code. */
	phone: string;
	settings: LookUpSettings;
}

/** What came of it: what the vendor said, or why it said nothing. */
export interface LookedUp extends RecipientFound {
	/** Given where the vendor could not be asked. */
	failure?: Failure;
	/** Given where it was the account that was refused, and not the number. */
	isOfAccount?: true;
	/** What the vendor answered. */
	answer?: Answer;
}

/** Where nothing is known of a number. */
export const NOTHING_SAID: LookedUp = { exists: null, id: null };

/** Names whom to ask. */
function addressee({ account, service, sender }: Asked): string {
	return JSON.stringify([account.fingerprint, service.messenger.name, sender]);
}

/** What the vendors were asked in one run, and what they said. */
export class LookUps {
	private readonly known = new Map<string, LookedUp>();

	constructor(private readonly context: IExecuteFunctions) {}

	/** What is known of the number; `undefined` where nobody can be asked for it. */
	of(asked: Asked): LookedUp | undefined {
		return this.known.get(`${addressee(asked)} ${asked.phone}`);
	}

	/** Asks for every number that is not known yet. Never throws for what a vendor does. */
	async ask(all: readonly Asked[]): Promise<void> {
		for (const [name, group] of grouped(all, addressee)) await this.askOne(name, group);
	}

	private async askOne(name: string, group: readonly Asked[]): Promise<void> {
		const [first] = group;
		const check = first?.service.messenger.recipient.check;
		if (first === undefined || check === undefined) return;
		const phones = [...new Set(group.map(({ phone }) => phone))].filter(
			(phone) => !this.known.has(`${name} ${phone}`),
		);
		const { longestWait, maxAttempts } = first.settings;
		/** What the batch before met, where it was not answered, and when that began. */
		let last: LookedUp | undefined;
		let since = 0;
		/** Whether this run got an answer: then what refuses the account later may pass, such as a restart. */
		let wasAnswered = false;
		for (let start = 0; start < phones.length; start += check.atOnce) {
			const batch = phones.slice(start, start + check.atOnce);
			const now = clock.now();
			if (last === undefined) since = now;
			const isRefused = last?.isOfAccount === true && !wasAnswered;
			const isEnough = isRefused || now - since > longestWait * 1000;
			// Once a batch has used up its attempts, those behind it have one each.
			const settings = { ...first.settings, maxAttempts: last === undefined ? maxAttempts : 1 };
			const found =
				last !== undefined && isEnough
					? batch.map(() => last ?? NOTHING_SAID)
					: await this.askFor(batch, { ...first, settings }, check);
			batch.forEach((phone, n) => this.known.set(`${name} ${phone}`, found[n] ?? NOTHING_SAID));
			last = found[0]?.failure === undefined ? undefined : found[0];
			if (last === undefined) wasAnswered = true;
		}
	}

	/** One batch, as often as it takes and is allowed. */
	private async askFor(
		phones: readonly string[],
		{ account, service, sender, settings }: Asked,
		check: RecipientCheck,
	): Promise<LookedUp[]> {
		const { provider } = service;
		const cancelled = this.context.getExecutionCancelSignal();
		const failed = ({ answer, ...failure }: Failure, isOfAccount?: true) =>
			phones.map(() => ({
				...NOTHING_SAID,
				failure,
				...(answer && { answer }),
				...(isOfAccount && { isOfAccount }),
			}));
		const longestWaitMs = settings.longestWait * 1000;
		const messages = laneOf({
			provider,
			credential: account.fingerprint,
			sender,
			recipientSort: 'person',
			messagesPerMinute: settings.messagesPerMinute,
		});
		const { name, intervalMs } =
			check.checksPerMinute === undefined
				? messages
				: { name: `look-ups ${messages.name}`, intervalMs: 60_000 / check.checksPerMinute };
		const pacer = pacerOf(name, clock);
		const vendorRequest = check.request(phones, { sender, account: account.public });
		let met: Failure | undefined;
		for (let attempts = 1; ; attempts += 1) {
			const turn = await pacer.turn(intervalMs, longestWaitMs, cancelled);
			if (turn === 'ended') return failed(CANCELED);
			if (turn === 'pausedTooLong') {
				const until = Date.now() + pacer.askedForMs();
				return failed(pausedTooLong(provider.displayName, until, met));
			}
			const leftAt = clock.now();
			const came = await request(this.context, account, vendorRequest, settings.timeout);
			const judged = judgeLookUp(provider, came, account.redactor);
			if (judged.kind === 'answered') {
				const { answer } = judged;
				pacer.accepted();
				// Of several it would hold the others' numbers, too.
				const isOwn = phones.length === 1;
				return check.found(answer, phones).map((found) => ({ ...found, ...(isOwn && { answer }) }));
			}
			const { failure, repeat, isOfAccount } = judged;
			met = failure;
			const isLast = attempts >= settings.maxAttempts;
			if (repeat === undefined || repeat.because === 'elsewhere' || isLast) {
				return failed(failure, isOfAccount);
			}
			if (repeat.because === 'slower') {
				pacer.refused({ intervalMs, leftAt, attempts }, repeat.afterMs, longestWaitMs);
			} else {
				pacer.unready(leftAt, repeat.afterMs, longestWaitMs);
			}
		}
	}
}
