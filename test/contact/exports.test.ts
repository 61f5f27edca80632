// Cards in the style in which phones, mail programs and address books really write them, and what must come
// of each. The files are of our own making; nobody in them is real.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import ICAL from 'ical.js';

import { textsIn, type Contact } from '../../nodes/SendContact/contact/Contact';
import { readVCards, type ReadCard } from '../../nodes/SendContact/contact/readVCard';

const bytesOf = (file: string) => readFileSync(join(__dirname, 'fixtures', `${file}.vcf`));

/** What a card comes to: the contact without how it was pasted, or what is said of it. */
function outcomeOf(card: ReadCard): object {
	if ('problem' in card) {
		const { problem, ...given } = card;
		return { problem: problem.message, ...given };
	}
	const { pasted: _pasted, extras = [], ...contact } = card.contact;
	const told = extras.map(({ name, heldIn }) => (heldIn === undefined ? name : `(${name})`));
	return told.length > 0 ? { ...contact, told: told.join(' ') } : contact;
}

const outcomesOf = (file: string) => readVCards(bytesOf(file), {}).map(outcomeOf);

describe('programs', () => {
	test.each<[string, object[]]>([
		[
			'apple-iphone',
			[
				{
					contactName: 'Dra. Lívia Helena Prado',
					firstName: 'Lívia',
					middleName: 'Helena',
					lastName: 'Prado',
					prefix: 'Dra.',
					nickname: 'Lili',
					organization: 'Clínica Horizonte',
					department: 'Cardiologia',
					title: 'Cardiologista',
					birthday: '--07-09',
					note: 'Atende às terças, das 8h às 12h; marcar antes. Convênios: todos os que a clínica aceita. Falar com a Júlia.',
					phones: [
						{ number: '5511988881001', type: 'mobile' },
						{ number: '551133334441', type: 'home' },
						{ number: '5511988881002', type: 'other' },
					],
					emails: [
						{ address: 'livia.prado@horizonte.example', type: 'work' },
						{ address: 'livia@prado.example', type: 'home' },
					],
					urls: [
						{ url: 'https://horizonte.example/livia' },
						{ url: 'https://livia.example', type: 'home' },
					],
					addresses: [
						{
							street: 'Av. Paulista, 1000 Conj. 12',
							city: 'São Paulo',
							state: 'SP',
							postalCode: '01310-100',
							country: 'Brasil',
							countryCode: 'BR',
							type: 'work',
						},
					],
					// Of the phones, two faxes.
					told: '(address) impp (nickname) (emails) (urls) photo x-socialprofile x-phonetic-first-name (phones) phones',
				},
			],
		],
		[
			'apple-company',
			[
				{
					contactName: 'Padaria Estrela',
					organization: 'Padaria Estrela',
					phones: [
						{ number: '5521988885501', type: 'mobile' },
						{ number: '552133335500', type: 'other' },
					],
					told: '(phones)',
				},
			],
		],
		[
			'google-contacts',
			[
				{
					contactName: 'Андрей Лебедев',
					firstName: 'Андрей',
					middleName: 'Олегович',
					lastName: 'Лебедев',
					organization: 'Верба',
					title: 'Редактор',
					birthday: '1981-11-30',
					phones: [
						{ number: '79161234567', type: 'mobile' },
						{ number: '74951234567', type: 'work' },
						{ number: '79267654321', type: 'other' },
					],
					emails: [
						{ address: 'a.lebedev@verba.example', type: 'work' },
						{ address: 'andrey@lebedev.example' },
					],
					urls: [{ url: 'http://www.google.example/profiles/1', type: 'other' }],
					addresses: [
						{
							street: 'ул. Лесная, 5',
							city: 'Москва',
							postalCode: '125047',
							country: 'Россия',
							type: 'home',
						},
					],
					told: '(emails) (address) x-abdate categories (phones)',
				},
				{
					contactName: 'Ñata Güell',
					firstName: 'Ñata',
					lastName: 'Güell',
					phones: [{ number: '34612345678', type: 'mobile' }],
					told: 'categories',
				},
			],
		],
		[
			'outlook',
			[
				{
					contactName: 'Dr. Jörg Größler',
					firstName: 'Jörg',
					lastName: 'Größler',
					prefix: 'Dr.',
					organization: 'Müßig & Söhne GmbH',
					department: 'Einkauf',
					title: 'Leiter Einkauf Süd',
					note: 'Erreichbar 9–17 Uhr Vertretung: Frau König',
					phones: [
						{ number: '4915112345678', type: 'mobile' },
						{ number: '49891234560', type: 'work' },
					],
					emails: [{ address: 'joerg.groessler@muessig.example' }],
					urls: [{ url: 'http://www.muessig.example', type: 'work' }],
					addresses: [
						{
							street: 'Königstraße 3',
							city: 'München',
							state: 'Bayern',
							postalCode: '80331',
							country: 'Deutschland',
							type: 'work',
						},
					],
					told: '(address) x-ms-ol-default-postal-address photo x-ms-ol-design (phones) phones',
				},
			],
		],
		[
			'nextcloud',
			[
				{
					contactName: 'Søren Ågård',
					firstName: 'Søren',
					lastName: 'Ågård',
					organization: 'Ågård ApS',
					birthday: '1975-06-18',
					note: 'Taler dansk, tysk og engelsk.',
					phones: [
						{ number: '4520123456', type: 'mobile' },
						{ number: '4586123456', type: 'home' },
					],
					emails: [{ address: 'soren@agard.example', type: 'home' }],
					urls: [{ url: 'https://agard.example' }],
					addresses: [
						{
							street: 'Strandvej 7',
							city: 'Aarhus',
							postalCode: '8000',
							country: 'Danmark',
							countryCode: 'DK',
							type: 'home',
						},
					],
					told: '(address) photo x-socialprofile impp related categories (phones) phones',
				},
			],
		],
		[
			'kde',
			[
				{
					contactName: 'Zélie Lefèvre',
					firstName: 'Zélie',
					lastName: 'Lefèvre',
					organization: 'La Forge',
					title: 'Forgeronne',
					birthday: '1988-03-01',
					phones: [{ number: '32470123456', type: 'mobile' }],
					emails: [{ address: 'zelie@forge.example' }],
					urls: [{ url: 'https://forge.example' }],
					addresses: [
						{
							street: 'Rue de l’Église 12',
							city: 'Liège',
							postalCode: '4000',
							country: 'Belgique',
							type: 'work',
						},
					],
					told: '(address) x-kaddressbook-blogfeed x-kaddressbook-x-anniversary x-messaging/xmpp-all phones',
				},
			],
		],
		[
			'evolution',
			[
				{
					contactName: 'Réka Kovács',
					firstName: 'Réka',
					lastName: 'Kovács',
					organization: 'Kovács és Társa Kft.',
					department: 'Értékesítés',
					note: 'Két nyelven beszél, magyarul és németül; hétfőn nem érhető el, kedden délután igen.',
					phones: [{ number: '36201234567', type: 'mobile' }],
					emails: [
						{ address: 'reka@kovacs.example', type: 'work' },
						{ address: 'reka.k@posta.example', type: 'other' },
					],
					told: 'x-evolution-file-as (emails) role phones',
				},
			],
		],
		[
			'whatsapp',
			[
				{
					contactName: 'Farmácia Saúde',
					businessDescription: 'Aberta 24 horas, entrega grátis',
					phones: [{ number: '5511988882001', type: 'mobile' }],
					told: 'phones',
				},
				{
					// What is shown does not say its country: the account does.
					contactName: 'João da Silva',
					firstName: 'João',
					lastName: 'da Silva',
					phones: [{ number: '555198882003', type: 'mobile' }],
				},
			],
		],
		[
			'android',
			[
				{
					contactName: 'Виктория Ким',
					firstName: 'Виктория',
					lastName: 'Ким',
					organization: 'Студия',
					phones: [{ number: '79161230001', type: 'mobile' }, { number: '79161230002' }],
					emails: [{ address: 'vika@kim.example', type: 'home' }],
					told: 'photo x-android-custom (phones) phones',
				},
			],
		],
		[
			'thunderbird',
			[
				{
					contactName: 'Inés Oliva Peña',
					firstName: 'Inés',
					lastName: 'Oliva Peña',
					organization: 'Oliva',
					department: 'Ventas',
					birthday: '1992-02-14',
					// The one with an extension cannot be reached, and keeps nobody from the others.
					phones: [
						{ number: '34655000003', type: 'mobile' },
						{ number: '34915000002', type: 'work' },
					],
					emails: [{ address: 'ines@oliva.example' }, { address: 'ines.o@correo.example' }],
					told: '(emails) (phones) phones',
				},
			],
		],
	])('%s', (file, outcomes) => {
		expect(outcomesOf(file)).toEqual(outcomes);
	});
});

describe('character sets', () => {
	test.each<[string, object[]]>([
		[
			'nokia-windows-1251',
			[
				{
					contactName: 'Юлия Щукина',
					firstName: 'Юлия',
					middleName: 'Львовна',
					lastName: 'Щукина',
					organization: 'Завод «Луч»',
					department: 'Цех № 5',
					note: 'Звонить после шести',
					phones: [{ number: '79031112233', type: 'mobile' }],
				},
			],
		],
		[
			'koi8-r',
			[
				{
					contactName: 'Пётр Ёлкин',
					firstName: 'Пётр',
					lastName: 'Ёлкин',
					phones: [{ number: '79031112234', type: 'mobile' }],
				},
			],
		],
		[
			'gbk',
			[
				{
					contactName: '联通',
					firstName: '通',
					lastName: '联',
					organization: '中国',
					phones: [{ number: '8613800138000', type: 'mobile' }],
				},
			],
		],
		['utf-16', [{ contactName: 'Jürgen 😀', phones: [{ number: '4915112345679' }] }]],
		['utf-16-be-mark', [{ contactName: 'Jürgen 😀', phones: [{ number: '4915112345679' }] }]],
		[
			'western-among-utf-8',
			[
				{ contactName: 'Zoë Müller', phones: [{ number: '4915112345678' }] },
				{
					contactName: 'André Gonçalves',
					firstName: 'André',
					lastName: 'Gonçalves',
					note: 'Só à tarde – “não” antes',
					phones: [{ number: '5511988883001' }],
				},
				{ contactName: 'Юлия', phones: [{ number: '79031112235' }] },
			],
		],
		[
			'folded-inside-letters',
			[
				{
					contactName: 'Ярослав Ёжиков-Щукин',
					firstName: 'Ярослав',
					lastName: 'Ёжиков-Щукин',
					organization: 'Товарищество собственников',
					note: 'Летом живёт на даче',
					phones: [{ number: '79031112236', type: 'mobile' }],
				},
			],
		],
		[
			'lost-letters',
			[
				{
					contactName: 'Maria',
					title: 'Médica',
					phones: [{ number: '5511988884001' }],
					told: 'note',
				},
				{
					problem: 'The name on card 2 of the vCard cannot be read: "Jos\ufffd"',
					name: 'Jos\ufffd',
					phone: '+5511988884002',
				},
				{ contactName: 'Zélia', phones: [{ number: '5511988884003' }] },
			],
		],
		[
			'undeclared-windows-1251',
			[
				{
					problem: 'The name on card 1 of the vCard cannot be read: "Þëèÿ Ùóêèíà"',
					name: 'Þëèÿ Ùóêèíà',
					phone: '+79031112237',
				},
				{
					contactName: 'Ivan',
					phones: [{ number: '79031112238', type: 'mobile' }],
					told: 'note',
				},
			],
		],
	])('%s', (file, outcomes) => {
		expect(outcomesOf(file)).toEqual(outcomes);
	});
});

describe('cards in and around cards', () => {
	test.each<[string, object[]]>([
		[
			'two-returns',
			[
				{
					contactName: 'Maria Silva',
					note: 'folded twice',
					phones: [{ number: '5511988885001' }],
					told: 'photo',
				},
			],
		],
		[
			'agent',
			[
				{ contactName: 'Chefe', phones: [{ number: '5511988886002', type: 'work' }] },
				{ contactName: 'Diretora', phones: [{ number: '5511988886004' }] },
			],
		],
		[
			'note-like-a-card',
			[
				{
					contactName: 'Maria',
					note: 'copied from a mail:BEGIN:VCARDFN:LadrãoTEL:+5511988887999END:VCARD',
					phones: [{ number: '5511988887001' }],
				},
			],
		],
		[
			'put-together',
			[
				{ contactName: 'A', phones: [{ number: '5511988889001' }] },
				{ contactName: 'B', phones: [{ number: '5511988889002' }] },
				{
					problem:
						'The phone of "C" cannot be used: "call me" holds letters and is no phone number',
					name: 'C',
					phone: 'call me',
				},
				{
					problem: 'Card 4 of the vCard has a line that is no property: "second"',
					name: 'D',
					phone: '+5511988889004',
				},
				{ problem: 'Card 5 of the vCard has neither a name nor a phone' },
				{
					problem: 'The phone of "E" cannot be used: its only number is that of a fax or pager',
					name: 'E',
					phone: '+551133339005',
				},
				{
					problem: 'The vCard is cut off: card 7 has no END:VCARD line',
					name: 'F',
					phone: '+5511988889006',
				},
				{ contactName: 'G', phones: [{ number: '5511988889007' }] },
				{
					problem: 'The vCard is cut off: card 9 has no END:VCARD line',
					name: 'H',
					phone: '+5511988889008',
				},
			],
		],
	])('%s', (file, outcomes) => {
		expect(outcomesOf(file)).toEqual(outcomes);
	});
});

describe('what is passed on of a card is the card', () => {
	const contactsOf = (source: unknown): Contact[] =>
		readVCards(source, {}).flatMap((card) => ('contact' in card ? [card.contact] : []));
	const bare = ({ pasted: _pasted, ...contact }: Contact) => contact;
	const files = [
		...['apple-iphone', 'apple-company', 'google-contacts', 'outlook', 'nextcloud', 'kde'],
		...['evolution', 'whatsapp', 'android', 'thunderbird', 'nokia-windows-1251', 'koi8-r', 'gbk'],
		...['utf-16', 'western-among-utf-8', 'folded-inside-letters', 'two-returns', 'put-together'],
	];

	test.each(files)('%s reads back as the same contact, in UTF-8 and unfolded', (file) => {
		for (const contact of contactsOf(bytesOf(file))) {
			const { text = '', version } = contact.pasted ?? {};
			expect(text).toMatch(/^BEGIN:VCARD\r?\n[\s\S]*\r?\nEND:VCARD$/);
			expect(text).not.toMatch(/\n[ \t]|CHARSET=(?!UTF-8)[^;:\n]*:.*\P{ASCII}|\ufffd/u);
			expect(text).toContain(`VERSION:${String(version)}`);
			expect(contactsOf(text).map(bare)).toEqual([bare(contact)]);
		}
	});

	test('an assistant’s card stays inside, and what is no letter is kept to the last sign', () => {
		const [boss] = contactsOf(bytesOf('agent'));
		expect(boss?.pasted?.text).toContain('Assistente');
		const plain =
			'BEGIN:VCARD\nVERSION:3.0\nFN:Zé\nX-OWN;X=1: a  b \\, c\nTEL:+5511988887777\nEND:VCARD';
		expect(contactsOf(`Hi\n${plain}\nbye`)[0]?.pasted).toEqual({ text: plain, version: '3.0' });
	});

	test.each([
		['letters of it are lost', 'lost-letters', 0],
		['letters of it are guessed', 'undeclared-windows-1251', 0],
	])('nothing, where %s', (_, file, index) => {
		expect(contactsOf(bytesOf(file))[index]?.pasted).toBeUndefined();
	});

	test.each(['', 'VERSION:', 'VERSION:9.9', 'VERSION:3'])('nothing, with %j', (version) => {
		const [contact] = contactsOf(`BEGIN:VCARD\n${version}\nFN:A\nEND:VCARD`);
		expect(contact).toEqual({ contactName: 'A' });
	});
});

describe('ical.js reads the same', () => {
	const files = ['apple-iphone', 'google-contacts', 'nextcloud', 'kde', 'evolution', 'thunderbird'];
	/** ical.js knows one card at a time, and leaves `\:` and `\;` as they are. */
	const plain = (value: unknown) =>
		String(value)
			.replace(/\\([:;,])/g, '$1')
			.replace(/\s+/g, ' ');
	const sorted = (values: readonly string[]) => [...values].sort();

	test.each(files)('%s', (file) => {
		const text = bytesOf(file).toString('utf8');
		const cards = text.match(/BEGIN:VCARD[\s\S]*?END:VCARD/g) ?? [];
		const contacts = readVCards(bytesOf(file), {});
		expect(cards).toHaveLength(contacts.length);
		for (const [index, card] of cards.entries()) {
			const jcard = ICAL.Component.fromString(card.replace(/\r?\nX-messaging.*/g, ''));
			const all = (name: string) =>
				jcard.getAllProperties(name).map((property) => plain(property.getFirstValue()));
			const read = contacts[index];
			if (read === undefined || 'problem' in read) throw new Error('The card was not read');
			const { contact } = read;
			expect([contact.contactName]).toEqual(all('fn'));
			expect(sorted([...textsIn(contact, 'email'), ...textsIn(contact, 'moreEmails')])).toEqual(
				sorted(all('email')),
			);
			expect(sorted([...textsIn(contact, 'url'), ...textsIn(contact, 'moreUrls')])).toEqual(
				sorted(all('url')),
			);
			expect(textsIn(contact, 'note')).toEqual(all('note'));
			expect(textsIn(contact, 'title')).toEqual(all('title'));
			const digits = all('tel').map((tel) => tel.replace(/\D/g, ''));
			for (const { number } of contact.phones ?? []) expect(digits).toContain(number);
			const n: unknown = jcard.getFirstPropertyValue('n');
			const [family, given] = Array.isArray(n) ? n.map(plain) : [];
			expect([contact.lastName, contact.firstName]).toEqual([family, given]);
		}
	});
});
