// Tests a credential as n8n does when its Save button is pressed: the credential type's test request goes
// through n8n-core's RoutingNode and the type's own `authenticate`; what its rules conclude is read off as
// n8n's credentials-tester does, which is in the n8n server and cannot be had here.
import { types } from 'node:util';

import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	type ICredentialDataDecryptedObject,
	type ICredentialTestRequest,
	type IExecuteData,
	type INode,
	type INodeExecutionData,
	type INodeType,
	Workflow,
} from 'n8n-workflow';

import { additionalDataFor, type LoadedPackage } from './engine';

/** What n8n shows. `rule` is the position of the rule that decided; absent where none did. */
export interface Tested {
	status: 'OK' | 'Error';
	message: string;
	rule?: number;
}

/** Runs the test of a credential type of the package over these values. */
export async function testCredential(
	packaged: LoadedPackage,
	type: string,
	given: ICredentialDataDecryptedObject,
): Promise<Tested> {
	const { test, properties } = packaged.credential(type);
	const usual = properties.map(({ name, default: value }) => [name, value] as const);
	const data = { ...(Object.fromEntries(usual) as typeof given), ...given };
	if (!test) throw new Error(`${type} has no test`);
	const node: INode = {
		id: 'temp',
		name: 'Temp-Node',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id: type, name: type } },
	};
	const nodeType = nodeTypeFor(type, test);
	const workflow = new Workflow({
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => nodeType,
			getByNameAndVersion: () => nodeType,
			getKnownTypes: () => ({}),
		},
	});
	const input = [{ json: {} }];
	const executeData: IExecuteData = { node, data: {}, source: null };
	const context = new ExecuteContext(
		workflow,
		node,
		additionalDataFor(packaged, { [type]: data }),
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [input] },
		executeData,
		[],
	);
	const stored = { id: type, name: type, type, data };
	try {
		const output = await new RoutingNode(context, nodeType, stored).runNode();
		return successOf(test, output?.[0]?.[0]?.json ?? {});
	} catch (error) {
		return failureOf(test, error);
	}
}

/** n8n's stand-in for a node: one hidden parameter whose routing is the test's request. */
function nodeTypeFor(type: string, { request }: ICredentialTestRequest): INodeType {
	return {
		description: {
			displayName: 'No Operation',
			name: 'noOp',
			group: ['transform'],
			version: 1,
			description: '',
			defaults: {},
			inputs: ['main'],
			outputs: ['main'],
			credentials: [{ name: type, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' },
			],
		},
	};
}

function successOf(
	{ rules = [] }: ICredentialTestRequest,
	json: INodeExecutionData['json'],
): Tested {
	for (const [rule, { type, properties }] of Object.entries<Rule>(rules)) {
		if (type !== 'responseSuccessBody') continue;
		const found = properties.key?.split('.').reduce<unknown>(within, json);
		if (found !== properties.value) continue;
		return { status: 'Error', message: properties.message, rule: Number(rule) };
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function failureOf({ rules = [] }: ICredentialTestRequest, error: unknown): Tested {
	const cause = within(error, 'cause');
	const status = within(within(cause, 'response'), 'status');
	if (typeof status === 'number') {
		for (const [rule, { type, properties }] of Object.entries<Rule>(rules)) {
			if (type !== 'responseCode' || properties.value !== status) continue;
			return { status: 'Error', message: properties.message, rule: Number(rule) };
		}
		return { status: 'Error', message: `Received HTTP status code: ${status}` };
	}
	const code = within(cause, 'code');
	if (typeof code === 'string') return { status: 'Error', message: code };
	return { status: 'Error', message: types.isNativeError(error) ? error.message : String(error) };
}

interface Rule {
	type: string;
	properties: { key?: string; value: unknown; message: string };
}

function within(value: unknown, key: string): unknown {
	if (typeof value !== 'object' || value === null) return undefined;
	const found: unknown = Reflect.get(value, key);
	return found;
}
