// From the fields of a person to a card: as text, as a file, or all of a list in one. Knows no vendor.
import type { IExecuteFunctions, INodeExecutionData, IPairedItemData } from 'n8n-workflow';

import { CONTACT_FIELDS, type Contact } from '../SendContact/contact/Contact';
import { InputError } from '../SendContact/contact/InputError';
import { fullName } from '../SendContact/contact/names';
import { oneLine, readText } from '../SendContact/contact/text';
import { writeVCard } from '../SendContact/contact/writeVCard';
import { laidOut } from '../SendContact/execute/columns';
import type { ParameterReader } from '../SendContact/execute/ParameterReader';
import { readFields } from '../SendContact/execute/readFields';
import type { PhoneSettings } from '../SendContact/execute/readOptions';
import { readSwitch } from '../SendContact/execute/readSwitch';
import { CREATE_COLUMNS } from './columns';
import { label } from './panel';
import { readChoice, readOptions } from './settings';

/** A card that was made. */
export interface MadeCard {
	itemIndex: number;
	/** The vCard, with `\n` between its lines. */
	text: string;
	/** The name of its file. */
	fileName: string;
	/** The user has given that name. */
	isNamedByUser: boolean;
	/** It goes into one file with the others. */
	isCombined: boolean;
	output: 'both' | 'text' | 'binary';
}

/** All that the panel has: a messenger's chat id is no part of a vCard. */
const CARRIED = CONTACT_FIELDS.filter((field) => field !== 'contactChatId');

/** Where the file of many cards has no name of its own. */
const FILE_OF_MANY = 'contacts.vcf';

/** A name that every system takes: without the characters that some of them keep for themselves. */
function fileNameOf(name: string): string {
	const bare = name.replace(/\.vcf$/i, '').replace(/[\\/:*?"<>|]/g, ' ');
	const cut = Array.from(oneLine(bare)).slice(0, 100).join('');
	return `${cut.replace(/^[. ]+|[. ]+$/g, '') || 'contact'}.vcf`;
}

/** The card of an item. @throws InputError naming the parameter that is filled in wrongly */
export function makeCard(
	reader: ParameterReader,
	itemIndex: number,
	phones: PhoneSettings,
): MadeCard {
	const contact: Contact = readFields((name) => reader.get(name, itemIndex), CARRIED, phones);
	const name = fullName(contact);
	if (name === '') {
		throw new InputError({
			parameter: 'contactName',
			message: `${label('contactName')} is empty, and so is all that could stand for it`,
			description:
				'A card needs a name, an organization, an email or a phone. If it comes from an expression, the item has no value there.',
		});
	}
	const options = readOptions(reader, itemIndex);
	const fileName = readText(options.fileName, 'fileName');
	return {
		itemIndex,
		text: writeVCard(contact),
		fileName: fileNameOf(fileName ?? name),
		isNamedByUser: fileName !== undefined,
		isCombined: readSwitch(options.combine, 'combine', label),
		output: readChoice(reader, 'output', ['both', 'text', 'binary'], itemIndex),
	};
}

/** The cards of a list as one. */
export function combined([first, ...more]: readonly [MadeCard, ...MadeCard[]]): MadeCard {
	return {
		...first,
		text: [first, ...more].map(({ text }) => text).join('\n'),
		fileName: first.isNamedByUser ? first.fileName : FILE_OF_MANY,
	};
}

/** The output item of a card. In a file, lines end as the standard has it. */
export async function cardItem(
	context: IExecuteFunctions,
	{ text, fileName, output }: MadeCard,
	pairedItem: IPairedItemData | IPairedItemData[],
): Promise<INodeExecutionData> {
	const file = () =>
		context.helpers.prepareBinaryData(
			Buffer.from(`${text}\n`.replace(/\n/g, '\r\n'), 'utf8'),
			fileName,
			'text/vcard',
		);
	return {
		json: laidOut(CREATE_COLUMNS, output === 'binary' ? {} : { vCard: text }),
		...(output !== 'text' && { binary: { data: await file() } }),
		pairedItem,
	};
}
