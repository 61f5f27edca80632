// The bodies that the three vendors' own pages show, produced by the node and taken by the sandbox.
import type { INode } from 'n8n-workflow';

import { credentialsFor, vendorOf } from '../vendors';
import { loadPackage, runWorkflow, sendContactWorkflow, type LoadedPackage } from './engine';

let packaged: LoadedPackage;
beforeAll(async () => {
	packaged = await loadPackage();
});

const locator = (mode: string, value: string) => ({ __rl: true as const, mode, value });

interface Page {
	provider: string;
	messenger: string;
	credentialType: string;
	parameters: INode['parameters'];
	body: unknown;
}

const pages: Record<string, Page> = {
	'PlugzAPI, request body': {
		provider: 'plugzApi',
		messenger: 'whatsapp',
		credentialType: 'plugzApi',
		parameters: {
			to: locator('phone', '5511999999999'),
			contactName: 'PlugMessage Contato',
			contactPhone: '554498398733',
			additionalFields: { businessDescription: 'PlugMessage Mais software, menos esforço' },
		},
		body: {
			phone: '5511999999999',
			contactName: 'PlugMessage Contato',
			contactPhone: '554498398733',
			contactBusinessDescription: 'PlugMessage Mais software, menos esforço',
		},
	},
	'PlugzAPI, PHP and Node samples': {
		provider: 'plugzApi',
		messenger: 'whatsapp',
		credentialType: 'plugzApi',
		parameters: {
			to: locator('phone', '+55 11 99999-8888'),
			contactName: 'Nome do contato',
			contactPhone: '+55 (11) 99999-9999',
			additionalFields: { businessDescription: 'Breve descricao do contato' },
		},
		body: {
			phone: '5511999998888',
			contactName: 'Nome do contato',
			contactPhone: '5511999999999',
			contactBusinessDescription: 'Breve descricao do contato',
		},
	},
	'GREEN-API, request body (its empty company is left out)': {
		provider: 'greenApi',
		messenger: 'telegram',
		credentialType: 'greenApi',
		parameters: {
			messenger: 'telegram',
			to: locator('id', '10000000'),
			contactName: 'Иван Иванов',
			contactPhone: '79876543210',
			additionalFields: { firstName: 'Иван', lastName: 'Иванов', organization: '' },
		},
		body: {
			chatId: '10000000',
			contact: { phoneContact: 79876543210, firstName: 'Иван', lastName: 'Иванов' },
		},
	},
	'OGMMA, samples': {
		provider: 'ogmma',
		messenger: 'whatsapp',
		credentialType: 'ogmmaApi',
		parameters: {
			sender: locator('id', '6650a1b2c3d4e5f6a7b8c9d0'),
			to: locator('phone', '5511999998888'),
			contactName: 'Maria Silva - Suporte',
			contactPhone: '5511988887777',
		},
		body: { to: '5511999998888', name: 'Maria Silva - Suporte', phone: '5511988887777' },
	},
};

test.each(Object.entries(pages))('%s', async (_, page) => {
	const vendor = await vendorOf(page.provider).start();
	try {
		const run = await runWorkflow({
			packaged,
			workflow: sendContactWorkflow([{}], {
				credentialType: page.credentialType,
				parameters: { provider: page.provider, operation: 'send', ...page.parameters },
			}),
			credentials: { [page.credentialType]: credentialsFor(vendor, page.messenger) },
		});

		expect(run.error('Send Contact')).toBeUndefined();
		expect(vendor.received.map(({ body }) => body)).toEqual([page.body]);
		expect(run.output('Send Contact').map(({ json }) => [json.status, json.droppedFields])).toEqual(
			[['accepted', []]],
		);
	} finally {
		await vendor.stop();
	}
});
