// The node that makes and reads vCards: what the panel shows and what runs. It asks nobody: no network, no
// credential.
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { PARAMETERS } from './panel';
import { runVCard } from './run';

export class VCard implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'vCard',
		name: 'vCard',
		icon: { light: 'file:vCard.svg', dark: 'file:vCard.dark.svg' },
		group: ['transform'],
		version: [1],
		subtitle: '={{ $parameter["operation"] }}',
		description: 'Make contact cards (vCards, .vcf files) and read the people on them',
		defaults: { name: 'vCard' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'"create" makes a vCard and a .vcf file out of contactName, contactPhone and additionalFields, "read" gives one item for each card of a text or a file. Nothing is sent and no credential is needed; to send a card to somebody, use Send Contact alone.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: PARAMETERS,
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await runVCard(this)];
	}
}
