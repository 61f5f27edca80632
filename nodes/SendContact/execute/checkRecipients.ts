// The operation checkRecipient: whether numbers have an account at the vendor, and what it calls them. Sends
// no card.
import type { IDataObject, IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';

import { InputError } from '../contact/InputError';
import type { Failed } from '../delivery/Outcome';
import type { Provider } from '../providers/Provider';
import { Accounts } from './Accounts';
import { CHECK_COLUMNS, laidOut } from './columns';
import { badRowsError, errorOf, toldOf, withError } from './errors';
import { isWhole } from './forModel';
import { givenOf, type Given } from './given';
import { LookUps, NOTHING_SAID, type Asked, type LookedUp } from './LookUps';
import { notSent } from './notSent';
import { responseOf, shownRequest } from './output';
import { ParameterReader } from './ParameterReader';
import { readMessenger, readOptionsObject, readProvider } from './readItem';
import { readPhoneSettings, readSettings } from './readOptions';
import { readRecipient, readSender } from './readRecipient';

/** An item that was read: whom to ask for whom, or what is wrong with it. */
type Row = { provider?: Provider } & (
	{ to: string; asked: Asked; simplify: boolean } | { failed: Failed; given: Given }
);

/** Runs the operation for all items. @throws NodeApiError or NodeOperationError with On Error = Stop */
export async function checkRecipients(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const node = context.getNode();
	const stops = !context.continueOnFail();
	const reader = new ParameterReader(context);
	const accounts = new Accounts(context);
	const rows: Row[] = [];
	for (const itemIndex of context.getInputData().keys()) {
		rows.push(await readRow(reader, accounts, itemIndex));
	}
	const badRows = rows.flatMap((row, itemIndex) =>
		'failed' in row ? [{ itemIndex, failed: row.failed }] : [],
	);
	if (stops && badRows.length > 0) throw badRowsError(node, badRows);

	const lookUps = new LookUps(context);
	await lookUps.ask(rows.flatMap((row) => ('asked' in row ? [row.asked] : [])));
	const items: INodeExecutionData[] = [];
	for (const [itemIndex, row] of rows.entries()) {
		const looked = 'asked' in row ? lookUps.of(row.asked) : undefined;
		const failed = failureOf(row, looked);
		if (stops && failed) {
			const message = `${failed.message} [item ${itemIndex}]`;
			throw errorOf(node, { ...failed, message }, itemIndex);
		}
		items.push(await itemOf(node, itemIndex, row, looked, failed));
	}
	return items;
}

async function readRow(
	reader: ParameterReader,
	accounts: Accounts,
	itemIndex: number,
): Promise<Row> {
	let provider: Provider | undefined;
	try {
		provider = readProvider(reader, itemIndex);
		const service = { provider, messenger: readMessenger(reader, provider, itemIndex) };
		if (service.messenger.recipient.check === undefined) {
			throw new InputError({
				parameter: 'operation',
				message: `${provider.displayName} does not tell whether a number has an account`,
				description: 'Choose another provider, or the operation Send Contact.',
			});
		}
		const account = await accounts.of(provider, itemIndex);
		const options = readOptionsObject(reader, itemIndex);
		const phones = readPhoneSettings(options, reader.get('defaultCountry', itemIndex));
		const settings = readSettings(options, provider);
		const { sender } = readSender(reader.get('sender', itemIndex), provider, account.public);
		const { to, phone } = readRecipient(
			reader.get('to', itemIndex),
			service,
			phones,
			reader.isOpenToModel('to'),
		);
		if (phone === undefined) {
			throw new InputError({
				parameter: 'to',
				message: `The recipient “${to}” is an ID, and only phone numbers can be looked up`,
				description: 'Fill in the phone number instead.',
			});
		}
		const simplify = !isWhole(reader, itemIndex);
		return { provider, to, simplify, asked: { account, service, sender, phone, settings } };
	} catch (problem) {
		return {
			...(provider && { provider }),
			failed: notSent(problem, provider),
			given: givenOf(reader, itemIndex),
		};
	}
}

function failureOf(row: Row, looked: LookedUp | undefined): Failed | undefined {
	if ('failed' in row) return row.failed;
	return looked?.failure && { ...looked.failure, attempts: 1 };
}

/** Where the vendor answered, and said nothing of the number. */
function silence({ provider }: Row): Failed {
	return {
		status: 'notSent',
		message: `${provider?.displayName ?? 'The provider'} said nothing of this number`,
		description: 'Check the number, or ask again in a moment.',
		attempts: 1,
	};
}

async function itemOf(
	node: INode,
	itemIndex: number,
	row: Row,
	looked: LookedUp | undefined,
	failed: Failed | undefined,
): Promise<INodeExecutionData> {
	const { exists, id } = looked ?? NOTHING_SAID;
	const told = failed ?? (exists === null ? silence(row) : undefined);
	const item: INodeExecutionData = {
		json: laidOut(CHECK_COLUMNS, {
			provider: row.provider?.name ?? null,
			to: 'to' in row ? row.to : (row.given.to ?? null),
			exists,
			id,
			...(told && toldOf(told)),
			...('asked' in row && !row.simplify && (await details(row.asked, looked))),
		}),
		pairedItem: { item: itemIndex },
	};
	return told ? withError(node, item, told, itemIndex) : item;
}

/** The request for this number alone, and what the vendor answered, secrets replaced. */
async function details(asked: Asked, looked: LookedUp | undefined): Promise<IDataObject> {
	const { account, service, sender, phone } = asked;
	const vendorRequest = service.messenger.recipient.check?.request([phone], {
		sender,
		account: account.public,
	});
	if (vendorRequest === undefined) return {};
	return {
		request: await shownRequest(account, vendorRequest),
		...(looked?.answer && responseOf(account, looked.answer)),
	};
}
