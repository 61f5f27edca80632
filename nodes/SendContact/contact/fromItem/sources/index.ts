// Every kind of item that is known, in the order in which they are tried.
import type { Source } from '../Source';
import { BOOKS } from './books';
import { CARDS } from './cards';
import { CRM } from './crm';
import { CRM_BY_REQUEST } from './crmByRequest';
import { FORMS } from './forms';

export { NO_PERSON } from './noPerson';

/** A card in an item goes before everything else that may be said of people there. */
export const SOURCES: readonly Source[] = [...CARDS, ...CRM, ...CRM_BY_REQUEST, ...BOOKS, ...FORMS];

/** Services whose fields people name themselves: they are found by the names, see `words.ts`. */
export const NAMED_BY_PEOPLE: ReadonlyArray<{ service: string; where: string }> = [
	{ service: 'Google Sheets, Excel, Data Table', where: 'the column names' },
	{ service: 'n8n Form', where: 'the field names or labels' },
	{ service: 'Webhook', where: 'the keys in `body` or `query`' },
	{ service: 'Airtable', where: 'the field names, in `fields` or in the item itself' },
	{ service: 'Notion', where: 'the property names, simplified or not' },
	{ service: 'Typeform, JotForm', where: 'the questions' },
	{
		service: 'ActiveCampaign, Affinity, BambooHR, Freshdesk, Intercom, Lemlist, Zammad, Zendesk',
		where: 'their own field names',
	},
];
