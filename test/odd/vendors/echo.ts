// The simulated Echo.
import { byPhone, type CardTable, locator, MARIA, MINIMAL, vCardIn } from '../../vendors/cards';
import { simulate } from '../../vendors/server';
import { ok, refusal, type RequestFacts } from '../../vendors/Vendor';

const TOKEN = 'FAKE/echo+cave token=in?the&query';

const error = (statusCode: number, words: string) => ({
	statusCode,
	body: { success: false, error: words },
});

const refusals = {
	wrongToken: refusal('documented', () => error(401, 'Unauthorized')),
	noSession: refusal('documented', () => error(500, 'No session')),
	unreadable: refusal('documented', () => error(400, 'Could not read the vCard')),
	tooLoud: refusal('documented', () => error(420, 'Enhance your calm')),
};

const vCard = (...lines: string[]) =>
	['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD'].join('\n');

const cards: CardTable = {
	messageId: /^[0-9A-F]{32}$/,
	providerMessageId: /^entry-\d+$/,
	minimal: {
		parameters: MINIMAL,
		body: vCard(
			'N:;Maria Silva;;;',
			'FN:Maria Silva',
			'TEL;type=CELL;waid=5521977776666:+5521977776666',
		),
		to: '5511988887777@s.whatsapp.net',
		contact: MARIA,
	},
	full: {
		parameters: {
			...MINIMAL,
			to: locator('120363043968066561@g.us', 'id'),
			additionalFields: { email: 'maria@clinica.example' },
		},
		options: { disableNotification: false },
		body: vCard(
			'N:;Maria Silva;;;',
			'FN:Maria Silva',
			'TEL;type=CELL;waid=5521977776666:+5521977776666',
			'EMAIL:maria@clinica.example',
		),
		to: '120363043968066561@g.us',
		contact: MARIA,
	},
	rich: {
		body: () =>
			vCard(
				'N:;Dr. Zoë Maria Müller MBA;;;',
				'FN:Dr. Zoë Maria Müller MBA',
				'TEL;type=CELL;waid=4915112345678:+4915112345678',
				'EMAIL:zoe@acme.example',
			),
		dropped: [
			'organization',
			'department',
			'title',
			'url',
			'birthday',
			'note',
			'businessDescription',
			'address',
		],
	},
};

const nameIn = (body: unknown) => /^FN:(.*)$/m.exec(String(body))?.[1] ?? '';

let lastEntry = 0;

export const echo = simulate<{ isOpen: boolean }>({
	provider: 'echo',
	messengers: {
		whatsapp: {
			credentials: (url) => ({ baseUrl: url, caveToken: TOKEN }),
			recipient: byPhone((digits) => `${digits}@s.whatsapp.net`),
			demands: ['contactName', 'contactPhone'],
			ids: {
				person: {
					'5511999998888@c.us': '5511999998888@s.whatsapp.net',
					'5511999998888@s.whatsapp.net': '5511999998888@s.whatsapp.net',
				},
				group: { '120363043968066561@g.us': '120363043968066561@g.us' },
				none: ['5511999998888', '65998849469@lid'],
			},
			read: ({ query, body }) => ({ to: query.to ?? '', cards: [vCardIn(body)] }),
			cards,
			panel: {
				fields: ['defaultCountry', 'contactSource', 'contactName', 'contactPhone'],
				additional: ['email'],
				options: ['disableNotification'],
				modes: ['phone', 'id'],
			},
			phoneDigits: [8, 15],
			bounds: [
				{ parameter: 'contactName', atMost: 80, unit: 'bytes', at: ({ body }) => nameIn(body) },
			],
		},
	},
	secrets: [TOKEN],
	wrongSecrets: { caveToken: 'wrongToken' },
	means: { tooLoud: 'slower' },
	ofAccount: ['wrongToken', 'noSession'],
	credentialCases: [
		{ name: 'an open cave', says: 'passes' },
		{ name: 'another token', change: { caveToken: 'another' }, says: /did not accept/ },
		{ name: 'a closed cave', flags: { isOpen: false }, says: /the cave is closed/ },
	],
	refusals,
	words: (body) => (typeof body === 'object' && body !== null && 'error' in body ? body.error : ''),
	limits: [{ perSecond: 50, burst: 50 }],
	overload: { credential: refusals.tooLoud },
	nothingHere: () => ({ statusCode: 404, body: '404 page not found' }),
	samples: [
		{
			name: 'the page',
			messenger: 'whatsapp',
			path: ({ caveToken }) =>
				`/cave/card?${new URLSearchParams({ to: '447700900456@s.whatsapp.net', cave: String(caveToken) }).toString()}`,
			headers: () => ({ 'content-type': 'text/vcard' }),
			body: vCard('N:;John;;;', 'FN:John', 'TEL;type=CELL;waid=447700900123:+447700900123'),
			parameters: {
				to: locator('447700900456@c.us', 'id'),
				contactName: 'John',
				contactPhone: '+44 7700 900123',
			},
		},
	],
	flags: { isOpen: true },
	routes(flags) {
		const stops = ({ query }: RequestFacts) =>
			query.cave === TOKEN ? undefined : refusals.wrongToken.answer();
		return {
			sends: [
				{
					urls: ['/cave/card'],
					takes: ['text'],
					schema: {
						type: 'string',
						pattern: '^BEGIN:VCARD\\nVERSION:3\\.0\\n(?:(?!END:)[^\\n]+\\n)+END:VCARD$',
					},
					stops,
					wrongContentType: () => refusals.unreadable.answer(),
					invalid: () => refusals.unreadable.answer(),
					unable: ({ query }) =>
						/^(\d{7,20}@s\.whatsapp\.net|\d{5,20}@g\.us)$/.test(query.to ?? '')
							? undefined
							: error(400, 'Could not read to'),
					handle: ({ query }) => query.id,
					acceptance({ query }) {
						lastEntry += 1;
						const id = query.id ?? `OWN${lastEntry}`;
						return ok({ success: true, data: { id, entry: `entry-${lastEntry}` } });
					},
				},
			],
			others: [
				{ method: 'GET', url: '/cave/status', stops, answer: () => ok({ open: flags.isOpen }) },
			],
		};
	},
});
