// A vendor of no name whose credential puts a secret into every place there is: path, header, query and
// body. It answers with what it got, and runs on n8n's own engine through a node that asks it.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
	INodeTypeDescription,
} from 'n8n-workflow';

import {
	located,
	pastedBaseUrl,
	pastedText,
	pathPart,
	withBodyField,
	withQuery,
} from '../../credentials/pasted';
import type { NoAnswer } from '../../nodes/SendContact/delivery/judge';
import { openAccount } from '../../nodes/SendContact/execute/Account';
import { request } from '../../nodes/SendContact/execute/transport';
import type { Answer, Provider, VendorRequest } from '../../nodes/SendContact/providers/Provider';
import { stub } from '../delivery/stub';
import { loadPackage, runWorkflow, sendContactWorkflow, type LoadedPackage } from './engine';

const field = (name: string, more: Partial<INodeProperties> = {}): INodeProperties => ({
	displayName: name,
	name,
	type: 'string',
	default: '',
	...more,
});
const secret = (name: string) => field(name, { typeOptions: { password: true } });

export class OddApi implements ICredentialType {
	name = 'oddApi';

	displayName = 'Odd API';

	properties = [
		field('baseUrl', { required: true }),
		field('accountId'),
		secret('pathToken'),
		secret('headerToken'),
		secret('queryToken'),
		secret('bodyToken'),
		secret('webhookSecret'),
	];

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		unsigned: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const prefix = () =>
			`${pastedBaseUrl(credentials.baseUrl, 'baseUrl', /\/accounts(\/|$)/)}/accounts/${pathPart(credentials.accountId)}/${pathPart(credentials.pathToken)}`;
		const signed = withQuery(
			located(unsigned, credentials, prefix),
			'token',
			pastedText(credentials.queryToken),
		);
		return {
			...(signed.method === 'GET'
				? signed
				: withBodyField(signed, 'secret', pastedText(credentials.bodyToken))),
			headers: { ...signed.headers, 'X-Token': pastedText(credentials.headerToken) },
		};
	}
}

export const odd: Provider = { ...stub, credential: new OddApi() };

/** A request as it arrived. */
export interface Arrived {
	method: string;
	url: string;
	headers: Record<string, unknown>;
	body: string;
}

/** What `/big` answers with: a list of three megabytes. */
const BIG = JSON.stringify(
	Array.from({ length: 30_000 }, (_, id) => ({ id, name: 'x'.repeat(75) })),
);

/** What `/long` answers with: a secret in the middle of megabytes, half of it before what is shown ends. */
function longEcho(token: unknown): string {
	const secret = String(token);
	return 'x'.repeat(100_000 - Math.floor(secret.length / 2)) + secret + 'y'.repeat(3_000_000);
}

/** A server that answers with what it got, or with something long. */
export async function startEcho(): Promise<{ url: string; stop(): void }> {
	const server = createServer((incoming, response) => {
		let body = '';
		incoming.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
		incoming.on('end', () => {
			const { method, url, headers } = incoming;
			if (url?.includes('/big') === true) response.end(BIG);
			else if (url?.includes('/long') === true) response.end(longEcho(headers['x-token']));
			else response.end(JSON.stringify({ method, url, headers, body }));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `http://127.0.0.1:${port}`, stop: () => void server.close() };
}

/**
 * Makes one request on n8n's own engine; gives what came back, and what the output
 * would show of the request and tell of the answer.
 */
export async function ask(
	credentials: ICredentialDataDecryptedObject,
	vendorRequest: VendorRequest,
	mostBytes?: number,
): Promise<{ answer: Answer | NoAnswer; shown: unknown; told: string }> {
	const packaged: LoadedPackage = await loadPackage();
	const seen: Array<{ answer: Answer | NoAnswer; shown: unknown; told: string }> = [];
	class Asks implements INodeType {
		description: INodeTypeDescription = {
			displayName: 'Asks',
			name: 'asks',
			group: [],
			version: 1,
			description: '',
			defaults: { name: 'Asks' },
			inputs: ['main'],
			outputs: ['main'],
			properties: [],
			credentials: [{ name: 'oddApi' }],
		};

		async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
			const account = await openAccount(odd, await this.getCredentials('oddApi', 0));
			const answer = await request(this, account, vendorRequest, 10_000, mostBytes);
			const told = typeof answer === 'string' ? '' : account.redactor.text(answer.text);
			seen.push({ answer, shown: await account.shown(vendorRequest), told });
			return [[]];
		}
	}
	const workflow = sendContactWorkflow([{}], { parameters: {}, credentialType: 'oddApi' });
	const { run } = await runWorkflow({
		packaged: {
			...packaged,
			credential: (name) => (name === 'oddApi' ? odd.credential : packaged.credential(name)),
		},
		workflow: {
			...workflow,
			nodes: workflow.nodes.map((node) =>
				node.name === 'Start' ? node : { ...node, type: 'test.asks' },
			),
		},
		credentials: { oddApi: credentials },
		extraNodes: { 'test.asks': new Asks() },
	});
	const [first] = seen;
	if (first === undefined) throw run.data.resultData.error ?? new Error('Nothing was asked');
	return first;
}
