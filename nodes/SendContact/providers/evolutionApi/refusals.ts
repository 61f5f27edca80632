// What the answers of a server of Evolution API say, and what its refusals mean. What its own code says counts
// as documented (2.3.6, 2.3.7): https://github.com/EvolutionAPI/evolution-api .
import { at, isObject, plainText, textOf } from '../answers';
import type { Answer, RefusalRule, VendorWords } from '../Provider';

const LOOK_FIRST =
	'The contact may have been sent: look into the chat before you send it again, or turn on Retry Unknown Outcomes.';

export const refusals: readonly RefusalRule[] = [
	{
		id: 'unauthorized',
		when: { status: 401 },
		message: 'Evolution API did not accept the API key for this instance',
		description:
			'Put the server’s global key (AUTHENTICATION_API_KEY) into the credential, or the token that Evolution Manager shows for this very instance: an instance’s token opens no other one.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'instanceNotFound',
		when: { status: 404, text: /instance does not exist/i },
		message: 'Evolution API has no instance of this name',
		description:
			'Pick Instance from the list, or copy its name from Evolution Manager: capitals and spaces count.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'notFound',
		when: { status: 404 },
		message: 'Nothing of Evolution API answers at this address',
		description:
			'Check Base URL in the credential: it is the address of the server itself, such as https://evolution.example.com, without /manager.',
		about: 'account',
		evidence: 'documented',
	},
	{
		id: 'otherVersion',
		when: { status: 400, text: /requires property [\\"]*contact(Message)?[\\"]/ },
		message: 'This server speaks the other version of Evolution API',
		description:
			'Set API Version in the credential to what the server is: its start page shows the version, such as 2.3.6 or 1.8.2.',
		evidence: 'documented',
	},
	{
		id: 'notOnWhatsApp',
		when: { status: 400, text: /"exists"\s*:\s*false/ },
		message: 'The recipient has no WhatsApp',
		description:
			'Evolution API looks every number up before it sends. Check the number, its country code first of all.',
		evidence: 'documented',
	},
	{
		// The server wraps its own 404 in a 400 and turns it into text on the way.
		id: 'groupNotFound',
		when: { status: 400, text: /\[object Object\]/ },
		message: 'The group was not found, or the instance is not in it',
		description:
			'Pick the group from the list, or copy its ID, which ends in @g.us. The WhatsApp account of the instance must be a member.',
		evidence: 'observed',
	},
	{
		id: 'channelCannot',
		when: { status: 400, text: /not available on Evolution Channel/i },
		message: 'An instance of this kind sends no contacts',
		description:
			'Instances on the Evolution channel cannot. Choose an instance that is connected to WhatsApp (Baileys) or to the Cloud API.',
		evidence: 'documented',
	},
	{
		// https://github.com/evolution-foundation/evolution-api/issues/2229 and /1772 : with either status.
		id: 'connectionClosed',
		when: { status: [400, 500], text: /connection closed/i },
		message: 'The connection of this instance to WhatsApp broke off while it was sending',
		description: `${LOOK_FIRST} Check the instance in Evolution Manager: if it does not come back by itself, restart it or read the QR code again.`,
		means: 'unknown',
		evidence: 'observed',
	},
	{
		// Whatever goes wrong from the sending on is a 400, also after the message has left: see issue 978 there.
		id: 'brokeOff',
		when: { status: 400, text: /\b\w*Error: / },
		message: 'Evolution API stumbled while it was sending',
		description: `${LOOK_FIRST} Its words below are for whoever runs the server; a restart of the instance often helps.`,
		means: 'unknown',
		evidence: 'observed',
	},
	{
		// The server has no limit of its own: a proxy in front of it may have.
		id: 'tooManyRequests',
		when: { status: 429 },
		message: 'Something in front of this Evolution API server asks for fewer requests',
		description:
			'Lower Messages per Minute in the options, or ask whoever runs the server for a higher limit in its proxy.',
		means: 'slower',
		about: 'account',
		evidence: 'assumed',
	},
	{
		id: 'validation',
		when: { status: 400 },
		message: 'Evolution API did not accept a value of the contact',
		description: 'Correct the field that its words below name.',
		evidence: 'documented',
	},
];

/** The vendor's names for what the panel calls otherwise. */
const PARAMETERS: ReadonlyArray<readonly [RegExp, string]> = [
	[/\bfullName\b/, 'contactName'],
	[/\bphoneNumber\b|\bwuid\b/, 'contactPhone'],
	[/\borganization\b/, 'organization'],
	[/\bemail\b/, 'email'],
	[/\burl\b/, 'url'],
	[/\bnumber\b|Invalid format/, 'to'],
];

/** The texts in a list of lists; what else is in them says nothing to a reader. */
function textsDeepIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(textsDeepIn);
	const text = textOf(value);
	return text === undefined || text === '[object Object]' ? [] : [text];
}

/** Its words stand in a list, and those about a body in a list of that. */
export function vendorWords({ json, text }: Answer): VendorWords {
	const said = textsDeepIn(at(json, 'response', 'message') ?? at(json, 'message')).join('; ');
	const words = said || (isObject(json) ? '' : plainText(text));
	const parameter = PARAMETERS.find(([pattern]) => pattern.test(words))?.[1];
	const isAboutField = at(json, 'status') === 400 && !/\b\w*Error: /.test(words);
	return {
		text: words,
		...(isAboutField && parameter !== undefined && { fields: [{ parameter, text: words }] }),
	};
}
