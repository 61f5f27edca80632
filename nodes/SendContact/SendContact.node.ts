// The node: what the panel shows and what runs. Everything else is in the rooms beside it.
import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { checkRecipients } from './execute/checkRecipients';
import { CHECK_COLUMNS, SEND_COLUMNS } from './execute/columns';
import { shortenForModel } from './execute/forModel';
import { searchRecipients, searchSenders } from './execute/listSearch';
import { sendContacts } from './execute/sendContacts';
import { PARAMETERS } from './panel';

export class SendContact implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Send Contact',
		name: 'sendContact',
		icon: { light: 'file:sendContact.svg', dark: 'file:sendContact.dark.svg' },
		group: ['output'],
		version: [1],
		subtitle:
			// generated:subtitle
			'={{ ({ plugzApi: "PlugzAPI", greenApi: "GREEN-API", ogmma: "OGMMA", zApi: "Z-API", evolutionApi: "Evolution API", whatsAppCloud: "WhatsApp Cloud API", waha: "WAHA", telegram: "Telegram", uazapi: "Uazapi", whapi: "Whapi.Cloud", wasender: "WasenderAPI", gowa: "GOWA", wuzapi: "WuzAPI", ultraMsg: "UltraMsg", viber: "Viber" })[$parameter["provider"]] + ($parameter["provider"] === "greenApi" ? ": " + ({ whatsapp: "WhatsApp", telegram: "Telegram", max: "MAX" })[$parameter["messenger"]] : "") }}',
		// end
		description:
			'Send contact cards (vCards) to people, groups and chats on WhatsApp, Telegram and MAX',
		defaults: { name: 'Send Contact' },
		usableAsTool: true,
		builderHint: {
			searchHint:
				'Choose provider first: it decides on the credential and on the other fields; ask the user which one they have. Each item sends one card. "to" is a resource locator: mode "phone" takes a phone number, mode "id" the ID of a group or chat. contactSource "fields" takes contactName and contactPhone, "item" finds the person in the item (CRM, form, sheet). Phone numbers need a country code, or defaultCountry. Pace, limits and safe retries are built in: add no loop, no wait and no Retry On Fail. options.preview tries everything and sends nothing.',
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		// Conditions begin with a slash: n8n hides a parameter that alone decides on the credential, and shows one mixed
		// list instead. As literals, which n8n's linters read; `npm run generate` writes them, and a test holds them.
		credentials: [
			// generated:credentials
			{ name: 'plugzApi', required: true, displayOptions: { show: { '/provider': ['plugzApi'] } } },
			{ name: 'greenApi', required: true, displayOptions: { show: { '/provider': ['greenApi'] } } },
			{ name: 'ogmmaApi', required: true, displayOptions: { show: { '/provider': ['ogmma'] } } },
			{ name: 'zApi', required: true, displayOptions: { show: { '/provider': ['zApi'] } } },
			{
				name: 'evolutionServerApi',
				required: true,
				displayOptions: { show: { '/provider': ['evolutionApi'] } },
			},
			{
				name: 'whatsAppCloudApi',
				required: true,
				displayOptions: { show: { '/provider': ['whatsAppCloud'] } },
			},
			{
				name: 'wahaServerApi',
				required: true,
				displayOptions: { show: { '/provider': ['waha'] } },
			},
			{
				name: 'telegramBotApi',
				required: true,
				displayOptions: { show: { '/provider': ['telegram'] } },
			},
			{ name: 'uazApi', required: true, displayOptions: { show: { '/provider': ['uazapi'] } } },
			{
				name: 'whapiCloudApi',
				required: true,
				displayOptions: { show: { '/provider': ['whapi'] } },
			},
			{
				name: 'wasenderSessionApi',
				required: true,
				displayOptions: { show: { '/provider': ['wasender'] } },
			},
			{
				name: 'gowaServerApi',
				required: true,
				displayOptions: { show: { '/provider': ['gowa'] } },
			},
			{
				name: 'wuzServerApi',
				required: true,
				displayOptions: { show: { '/provider': ['wuzapi'] } },
			},
			{
				name: 'ultraMsgApi',
				required: true,
				displayOptions: { show: { '/provider': ['ultraMsg'] } },
			},
			{ name: 'viberBotApi', required: true, displayOptions: { show: { '/provider': ['viber'] } } },
			// end
		],
		properties: [
			{
				displayName: 'Provider',
				name: 'provider',
				type: 'options',
				noDataExpression: true,
				options: [
					// generated:providers
					{ name: 'Evolution API', value: 'evolutionApi' },
					{ name: 'GOWA', value: 'gowa' },
					{ name: 'GREEN-API', value: 'greenApi' },
					{ name: 'OGMMA', value: 'ogmma' },
					{ name: 'PlugzAPI', value: 'plugzApi' },
					{ name: 'Telegram', value: 'telegram' },
					{ name: 'Uazapi', value: 'uazapi' },
					{ name: 'UltraMsg', value: 'ultraMsg' },
					{ name: 'Viber', value: 'viber' },
					{ name: 'WAHA', value: 'waha' },
					{ name: 'WasenderAPI', value: 'wasender' },
					{ name: 'Whapi.Cloud', value: 'whapi' },
					{ name: 'WhatsApp Cloud API', value: 'whatsAppCloud' },
					{ name: 'WuzAPI', value: 'wuzapi' },
					{ name: 'Z-API', value: 'zApi' },
					// end
				],
				default: 'plugzApi',
				description: 'The service that sends the contact card',
				builderHint: { propertyHint: 'The one that the user has an account with. Do not guess.' },
			},
			// Where the chosen provider's credential is shown: without it n8n puts it above the provider.
			{ displayName: 'Credential', name: 'credential', type: 'credentials', default: '' },
			...PARAMETERS,
		],
	};

	// Named here, called there: n8n's start makes the node, and the build lets it read nothing that runs.
	methods = {
		listSearch: {
			async searchRecipients(this: ILoadOptionsFunctions, filter?: string, page?: string) {
				return await searchRecipients(this, filter, page);
			},
			async searchSenders(this: ILoadOptionsFunctions, filter?: string, page?: string) {
				return await searchSenders(this, filter, page);
			},
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation: unknown = this.getNodeParameter('operation', 0, 'send');
		const isCheck = operation === 'checkRecipient';
		const items = await (isCheck ? checkRecipients(this) : sendContacts(this));
		shortenForModel(this, isCheck ? CHECK_COLUMNS : SEND_COLUMNS, items);
		return [items];
	}
}
