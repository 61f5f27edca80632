import fc from 'fast-check';
import ICAL from 'ical.js';

import { CONTACT_FIELDS, textsIn, type Contact } from '../../nodes/SendContact/contact/Contact';
import { identityOf } from '../../nodes/SendContact/contact/identity';
import { readVCards, type VCardOptions } from '../../nodes/SendContact/contact/readVCard';
import { acceptedOf, refusalOf } from './refusal';

const card = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD'].join('\r\n');
const v3 = (...lines: string[]) => card('VERSION:3.0', ...lines);

/** The contacts of all cards; throws what is wrong with the first one that cannot be sent. */
function contactsOf(source: unknown, options: VCardOptions = {}): Contact[] {
	return readVCards(source, options).map((card) => {
		if ('problem' in card) throw card.problem;
		return card.contact;
	});
}

/** The contact of the one card in the text. */
function contactOf(text: string, options: VCardOptions = {}): Contact {
	const contacts = contactsOf(text, options);
	expect(contacts).toHaveLength(1);
	return contacts[0] ?? {};
}

/** A contact as the first version of the package had it: first entries only, and the names of the rest. */
function flat(contact: Contact): Record<string, unknown> {
	const { more: _more, ...single } = identityOf(contact);
	return single;
}

const one = (text: string, options?: VCardOptions) => flat(contactOf(text, options));

const MARIA = { contactName: 'Maria Silva', contactPhone: '5511988887777' };

describe('cards as programs write them', () => {
	test('WhatsApp, with waid and a business', () => {
		const text = [
			'BEGIN:VCARD',
			'VERSION:3.0',
			'N:;Padaria São João;;;',
			'FN:Padaria São João',
			'item1.TEL;waid=5511988887777:+55 11 98888-7777',
			'item1.X-ABLabel:Celular',
			'X-WA-BIZ-NAME:Padaria São João',
			'X-WA-BIZ-DESCRIPTION:Pães\\, bolos e café\\nAberto às 6h',
			'END:VCARD',
		].join('\n');
		expect(one(text)).toEqual({
			contactName: 'Padaria São João',
			contactPhone: '5511988887777',
			businessDescription: 'Pães, bolos e café Aberto às 6h',
		});
	});

	test('an iPhone, 3.0 with groups, a photo and several of everything', () => {
		const text = v3(
			'PRODID:-//Apple Inc.//iPhone OS 17.0//EN',
			'N:Souza;Ana;Luísa;Dra.;Jr.',
			'FN:Dra. Ana Luísa Souza Jr.',
			'ORG:Clínica Vida\\; Saúde;Pediatria;',
			'TITLE:Médica',
			'EMAIL;type=INTERNET;type=HOME:ana@example.com',
			'EMAIL;type=INTERNET;type=WORK;type=pref:ana@clinica.example',
			'TEL;type=HOME;type=VOICE:+55 11 3333-4444',
			'TEL;type=CELL;type=VOICE;type=pref:+55 11 98888-7777',
			'item1.ADR;type=WORK:;;Rua A\\, 5;São Paulo;SP;01000-000;Brasil',
			'item1.X-ABADR:br',
			'item2.URL;type=pref:https\\://clinica.example/a?b=1',
			'item2.X-ABLabel:_$!<HomePage>!$_',
			'URL:https://ana.example',
			'BDAY;value=date:1985-02-03',
			'NOTE:Linha 1\\nLinha 2',
			'PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAASABIAAD/4QBMRXhpZgAATU0AKgAAAAgA',
			' AgESAAMAAAABAAEAAIdpAAQAAAABAAAAJgAAAAAAAqACAAQAAAABAAAAAaADAAQAAAABAAAAAQA=',
			'NICKNAME:Aninha',
			'REV:2024-01-01T00:00:00Z',
			'UID:1234',
		);
		expect(one(text)).toEqual({
			contactName: 'Dra. Ana Luísa Souza Jr.',
			contactPhone: '5511988887777',
			firstName: 'Ana',
			middleName: 'Luísa',
			lastName: 'Souza',
			prefix: 'Dra.',
			suffix: 'Jr.',
			organization: 'Clínica Vida; Saúde',
			department: 'Pediatria',
			title: 'Médica',
			email: 'ana@clinica.example',
			url: 'https://clinica.example/a?b=1',
			birthday: '1985-02-03',
			note: 'Linha 1 Linha 2',
			beyond: ['emails', 'address', 'urls', 'photo', 'nickname', 'phones'],
		});
	});

	test('an old Android, 2.1 with quoted-printable and bare parameters', () => {
		const text = card(
			'VERSION:2.1',
			'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2;=D0=98=D0=B2=D0=B0=D0=BD;;;',
			'FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=D0=B2=D0=B0=D0=BD=20=D0=98=',
			'=D0=B2=D0=B0=D0=BD=D0=BE=D0=B2',
			'TEL;CELL;VOICE;PREF:+7 987 654-32-10',
			'TEL;WORK:+74951234567',
			'NOTE;ENCODING=QUOTED-PRINTABLE:caf=C3=A9=0D=0Abar',
			'PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAASABIAAD/4QBM',
			'RXhpZgAATU0AKgAAAAgAAgESAAMAAAABAAEAAIdpAAQAAAABAAAAJgAAAAAAAqAC',
			' AAQAAAABAAAAAaADAAQAAAABAAAAAQA=',
			'',
			'X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Vanya;1',
		);
		expect(one(text)).toEqual({
			contactName: 'Иван Иванов',
			firstName: 'Иван',
			lastName: 'Иванов',
			contactPhone: '79876543210',
			note: 'café bar',
			beyond: ['photo', 'x-android-custom', 'phones'],
		});
	});

	test('4.0 with uris, preferences and data', () => {
		const text = card(
			'VERSION:4.0',
			'KIND:individual',
			'FN:José Muñoz',
			'N:Muñoz;José;;;',
			'TEL;VALUE=uri;PREF=2;TYPE="voice,home":tel:+34-91-123-45-67',
			'TEL;VALUE=uri;PREF=1;TYPE="voice,cell":tel:+34-612-34-56-78',
			'EMAIL;PREF=1:jose@example.es',
			'BDAY:19900203',
			'PHOTO:data:image/jpeg;base64,/9j/4AAQ',
			'ORG;SORT-AS="Acme":Acme, S.A.;Ventas;Norte',
			'RELATED;VALUE=text:Ana: hermana',
		);
		expect(one(text)).toEqual({
			contactName: 'José Muñoz',
			firstName: 'José',
			lastName: 'Muñoz',
			contactPhone: '34612345678',
			email: 'jose@example.es',
			birthday: '1990-02-03',
			organization: 'Acme, S.A.',
			department: 'Ventas, Norte',
			beyond: ['photo', 'related', 'phones'],
		});
	});

	test('Evolution and GOWA, with the whole name in one part of N', () => {
		for (const n of ['N:Maria Silva', 'N:;Maria Silva;;;', 'N:;;Maria Silva;;']) {
			expect(one(v3(n, 'FN:Maria Silva', 'TEL:+5511988887777'))).toEqual(MARIA);
		}
	});
});

describe('the text around and between lines', () => {
	const lines = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Maria Silva', 'TEL:+5511988887777', 'END:VCARD'];
	test.each([
		['CRLF', lines.join('\r\n')],
		['LF', lines.join('\n')],
		['CR', lines.join('\r')],
		['too many carriage returns', lines.join('\r\r\n')],
		['too many carriage returns, folded', lines.join('\r\r\n').replace('Silva', 'Si\r\r\n lva')],
		[
			'mixed line ends',
			'BEGIN:VCARD\rVERSION:3.0\nFN:Maria Silva\r\nTEL:+5511988887777\nEND:VCARD',
		],
		['a byte order mark', `\ufeff${lines.join('\r\n')}`],
		['blank lines', `\n\n \n${lines.join('\n\n')}\n \n`],
		['spaces at the ends of lines', lines.map((line) => `${line}  `).join('\n')],
		['lower case', lines.join('\n').replace(/^[A-Z]+:(VCARD)?/gm, (name) => name.toLowerCase())],
		['an indent', lines.map((line) => `\t\t${line}`).join('\n')],
		['an indent after the first line', `  ${lines.join('\n  ')}`],
		['folded lines', lines.join('\r\n').replace('Silva', 'Si\r\n lva').replace('+55', '+5\r\n\t5')],
		['text in front', `Contact of the day:\n${lines.join('\n')}`],
		['text behind', `${lines.join('\n')}\nSent from my phone`],
		['literal \\n', lines.join('\\n')],
		['literal \\r\\n', lines.join('\\r\\n')],
		['literal \\n at the end too', `${lines.join('\\n')}\\n`],
		['JSON', JSON.stringify(lines.join('\r\n'))],
		['JSON in JSON', JSON.stringify(lines.join('\n')).slice(1, -1)],
		['no version', lines.filter((line) => !line.startsWith('VERSION')).join('\n')],
		['an unknown version', lines.join('\n').replace('3.0', '9.9')],
		['spaces around colons', 'BEGIN : VCARD\nFN:Maria Silva\nTEL :+5511988887777\nEND : VCARD'],
	])('%s', (_, text) => {
		expect(one(text)).toEqual(MARIA);
	});

	test('escapes survive JSON in JSON', () => {
		const text = v3('FN:Maria Silva', 'TEL:+5511988887777', 'NOTE:"a"\\nb\\, c\\\\d é');
		const twice = JSON.stringify(text).slice(1, -1).replace('é', '\\u00e9');
		expect(one(twice)).toEqual({ ...MARIA, note: '"a" b, c\\d é' });
		expect(one(twice)).toEqual(one(text));
	});

	test('several cards, with text between them', () => {
		const text = [
			v3('FN:Maria Silva', 'TEL:+5511988887777'),
			'and',
			card('VERSION:2.1', 'N:Petrov;Пётр', 'TEL;CELL:+79876543210'),
			card('VERSION:4.0', 'FN:😀 Emoji'),
		].join('\n');
		expect(contactsOf(text, {}).map(flat)).toEqual([
			MARIA,
			{
				contactName: 'Пётр Petrov',
				firstName: 'Пётр',
				lastName: 'Petrov',
				contactPhone: '79876543210',
			},
			{ contactName: '😀 Emoji' },
		]);
	});

	test('a fold before BEGIN lets no note replace a phone', () => {
		const text = v3(
			'FN:Maria Silva',
			'TEL:+5511988887777',
			'NOTE:see',
			' BEGIN:VCARD',
			' FN:Ladrão',
			' TEL:+5511900000000',
			' END:VCARD',
		);
		expect(one(text)).toMatchObject(MARIA);
		expect(one(`Fwd:\n${text}`)).toMatchObject(MARIA);
	});

	test('an assistant’s card on the line of AGENT is not the boss', () => {
		const assistant = ['AGENT:BEGIN:VCARD', 'FN:A', 'TEL;PREF:+5511900000000', 'END:VCARD'];
		expect(one(v3('FN:Maria Silva', ...assistant, 'TEL:+5511988887777'))).toEqual(MARIA);
		expect(one(v3('FN:Maria Silva', 'TEL:+5511988887777', ...assistant))).toEqual(MARIA);
	});

	test('a card inside a card is not another person', () => {
		const text = v3(
			'FN:Maria Silva',
			'AGENT:',
			card('VERSION:2.1', 'FN:Assistente', 'TEL:+5511900000000'),
			'TEL:+5511988887777',
		);
		expect(one(text)).toEqual(MARIA);
	});

	test('a photo of some megabytes is no burden', () => {
		const rows = Array.from({ length: 50_000 }, () => 'A'.repeat(72)).join('\r\n ');
		expect(one(v3('FN:Maria Silva', `PHOTO;ENCODING=b:${rows}`, 'TEL:+5511988887777'))).toEqual({
			...MARIA,
			beyond: ['photo'],
		});
	});
});

describe('single properties', () => {
	const base = ['FN:Maria Silva', 'TEL:+5511988887777'];
	test.each<[string, string, object]>([
		['a comma and a semicolon', 'NOTE:a\\, b\\; c', { note: 'a, b; c' }],
		['a capital \\N', 'NOTE:a\\Nb', { note: 'a b' }],
		['a backslash', 'NOTE:C:\\\\new', { note: 'C:\\new' }],
		['a backslash that escapes nothing', 'NOTE:C:\\dir', { note: 'C:\\dir' }],
		['a backslash at the end', 'NOTE:a\\', { note: 'a\\' }],
		['separators that were not escaped', 'NOTE:a; b, c: d', { note: 'a; b, c: d' }],
		['control characters', 'NOTE:a\tb\u0007c', { note: 'a b c' }],
		['nothing', 'NOTE:', {}],
		['blanks', 'NOTE:  \u00a0', {}],
		['separators alone', 'ADR:;;;;;;', {}],
		['a quoted parameter', 'TITLE;X-A="b:c;d":Médica', { title: 'Médica' }],
		['a parameter without a name', 'TITLE;HOME:Médica', { title: 'Médica' }],
		['lower case', 'title:Médica', { title: 'Médica' }],
		['two groups', 'a.b.TITLE:Médica', { title: 'Médica' }],
		['an empty first organization', 'ORG:;Vendas', { department: 'Vendas' }],
		['an organization alone', 'ORG:Acme;', { organization: 'Acme' }],
		['an organization with a bare comma', 'ORG:Acme, Inc.', { organization: 'Acme, Inc.' }],
		['Latin-1', 'NOTE;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:caf=E9', { note: 'café' }],
		['Cyrillic', 'NOTE;CHARSET=windows-1251;QUOTED-PRINTABLE:=CC=E8=F0', { note: 'Мир' }],
		['Japanese', 'NOTE;CHARSET=SHIFT_JIS;QUOTED-PRINTABLE:=93=FA=96=7B', { note: '日本' }],
		['an unknown charset', 'NOTE;CHARSET=X-NONE;QUOTED-PRINTABLE:caf=C3=A9', { note: 'café' }],
		['bytes that are not UTF-8', 'NOTE;CHARSET=UTF-8;QUOTED-PRINTABLE:caf=E9', { note: 'café' }],
		['lower-case quoted-printable', 'note;encoding=quoted-printable:caf=c3=a9', { note: 'café' }],
		['a stray =', 'NOTE;QUOTED-PRINTABLE:a=zb=3D', { note: 'a=zb=' }],
		['letters beside quoted bytes', 'NOTE;QUOTED-PRINTABLE:é=C3=A9😀', { note: 'éé😀' }],
		['an = outside quoted-printable', 'NOTE:a=', { note: 'a=' }],
		['Base64', 'NOTE;ENCODING=B:Y2Fmw6k=', { note: 'café' }],
		['a date with time', 'BDAY:1990-02-03T00:00:00Z', { birthday: '1990-02-03' }],
		['a date without year', 'BDAY:--0203', { birthday: '--0203' }],
		['a year', 'BDAY:1990', { birthday: '1990' }],
		['words', 'BDAY;VALUE=text:circa 1800', { birthday: 'circa 1800' }],
		['a day that does not exist', 'BDAY:1990-02-31', { birthday: '1990-02-31' }],
		['a month that does not exist', 'BDAY:19901301', { birthday: '19901301' }],
		[
			"Apple's date without year",
			'BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03',
			{ birthday: '--02-03' },
		],
		['an address', 'ADR:;;Rua A;;;;', { beyond: ['address'] }],
		['a name like one of JavaScript', 'constructor:x', { beyond: ['constructor'] }],
		['another name like one', '__proto__:x', {}],
		['a business name', 'X-WA-BIZ-NAME:Silva & Filhos', { beyond: ['x-wa-biz-name'] }],
		['a repeated field', 'FN:Maria da Silva', { beyond: ['names'] }],
		['the same phone again', 'TEL;HOME:+5511988887777', {}],
		['another phone', 'TEL;HOME:+5511988880000', { beyond: ['phones'] }],
		['an unreadable other phone', 'TEL;FAX:see website', { beyond: ['phones'] }],
		['a phone without value', 'TEL;HOME:', {}],
	])('%s', (_, line, fields) => {
		if (line.startsWith('__proto__')) {
			expect(refusalOf(() => one(v3(...base, line))).message).toContain('__proto__:x');
		} else {
			expect(one(v3(...base, line))).toEqual({ ...MARIA, ...fields });
		}
	});

	test.each<[string, string[], object]>([
		['FN alone', ['FN:Maria Silva'], { contactName: 'Maria Silva' }],
		[
			'N alone',
			['N:Silva;Maria;da;Sra.;Filha'],
			{
				contactName: 'Sra. Maria da Silva Filha',
				firstName: 'Maria',
				middleName: 'da',
				lastName: 'Silva',
				prefix: 'Sra.',
				suffix: 'Filha',
			},
		],
		[
			'lists inside N',
			['N:Silva, Jr;Maria;Ana,Luísa;Dr.,Prof.;M.D.,Ph.D.', 'FN:x'],
			{
				contactName: 'x',
				firstName: 'Maria',
				middleName: 'Ana Luísa',
				lastName: 'Silva, Jr',
				prefix: 'Dr. Prof.',
				suffix: 'M.D., Ph.D.',
			},
		],
		[
			'escapes inside N',
			['N:da\\;x;Maria\\, A', 'FN:y'],
			{ contactName: 'y', firstName: 'Maria, A', lastName: 'da;x' },
		],
		['an empty FN', ['FN:', 'N:;Maria;;;'], { contactName: 'Maria' }],
		['a business name alone', ['X-WA-BIZ-NAME:Padaria'], { contactName: 'Padaria' }],
		['an organization alone', ['ORG:Acme'], { contactName: 'Acme', organization: 'Acme' }],
		['a phone alone', ['TEL:+5511988887777'], { contactPhone: '5511988887777' }],
		['a preferred FN', ['FN;PREF=2:B', 'FN;PREF=1:A'], { contactName: 'A', beyond: ['names'] }],
	])('the name: %s', (_, lines, contact) => {
		expect(one(v3(...lines))).toEqual(contact);
	});
});

describe('the phone', () => {
	const phoneOf = (line: string, options?: VCardOptions) =>
		one(v3('FN:Zé', line), options).contactPhone;

	test.each<[string, VCardOptions, string, string]>([
		['what is shown, before waid', {}, 'TEL;waid=554498398733:+55 44 99839-8733', '5544998398733'],
		[
			'waid, where no country is shown',
			{},
			'TEL;waid=5511988887777:(11) 98888-7777',
			'5511988887777',
		],
		[
			'waid, before a default country',
			{ defaultCountry: 'US' },
			'TEL;waid=5511988887777:(11) 98888-7777',
			'5511988887777',
		],
		['waid, where words are shown', {}, 'TEL;WAID=5511988887777:WhatsApp', '5511988887777'],
		[
			'what is shown, where waid is no number',
			{ defaultCountry: 'BR' },
			'TEL;waid=x:011 98888-7777',
			'5511988887777',
		],
		['the default country', { defaultCountry: 'br' }, 'TEL:(11) 98888-7777', '5511988887777'],
		['a short code that is allowed', { allowDoubtful: true }, 'TEL:190', '190'],
		['a uri', {}, 'TEL;VALUE=uri:tel:+55-11-98888-7777', '5511988887777'],
		['a uri with an escaped colon', {}, 'TEL:tel\\:+55-11-98888-7777', '5511988887777'],
		['no-break spaces', {}, 'TEL:+55\u00a011\u00a098888\u20117777', '5511988887777'],
	])('is %s', (_, options, line, digits) => {
		expect(phoneOf(line, options)).toBe(digits);
	});

	test.each([
		['the first', ['TEL:+5511911111111', 'TEL:+5511922222222'], '5511911111111'],
		['TYPE=PREF', ['TEL:+5511911111111', 'TEL;TYPE=CELL,PREF:+5511922222222'], '5511922222222'],
		['a bare PREF', ['TEL;HOME:+5511911111111', 'TEL;PREF;CELL:+5511922222222'], '5511922222222'],
		[
			'the lowest PREF',
			['TEL;PREF=9:+5511911111111', 'TEL;PREF=3:+5511922222222'],
			'5511922222222',
		],
		['PREF before none', ['TEL:+5511911111111', 'TEL;PREF=100:+5511922222222'], '5511922222222'],
	])('of several is %s', (_, lines, digits) => {
		const contact = one(v3('FN:Zé', ...lines));
		expect(contact).toMatchObject({ contactPhone: digits, beyond: ['phones'] });
	});

	test.each([
		['TEL:(11) 98888-7777', '"(11) 98888-7777" has no country code', 'Default Country'],
		['TEL;VALUE=uri:tel:+55-11-3333-4444;ext=5', 'extension', 'without the extension'],
		['TEL:call me', '"call me" holds letters', 'digits only'],
	])('%s is refused with the name on the card', (line, said, wayOut) => {
		const refusal = refusalOf(() => phoneOf(line));
		expect(refusal.parameter).toBe('vCard');
		expect(refusal.message).toContain('The phone of "Zé" cannot be used');
		expect(refusal.message).toContain(said);
		expect(refusal.description).toContain(wayOut);
	});

	test('is refused with the position of a card without a name', () => {
		const text = v3('FN:A') + '\n' + v3('TEL:12');
		expect(refusalOf(() => contactsOf(text, {})).message).toContain('phone of card 2');
	});

	const phonesOf = (...lines: string[]) => {
		const { phones = [], extras = [] } = contactOf(v3('FN:Zé', ...lines));
		const isPartial = extras.some(({ name, heldIn }) => name === 'phones' && heldIn === undefined);
		return [...phones.map(({ number }) => number), ...(isPartial ? ['and more'] : [])];
	};
	const [A, B, C] = ['5511911111111', '5511922222222', '551133333333'];

	test.each<[string, string[], string[]]>([
		['a fax that comes first', [`TEL;TYPE=FAX:+${C}`, `TEL:+${A}`], [A, 'and more']],
		['a fax that is preferred', [`TEL;TYPE=WORK,FAX,PREF:+${C}`, `TEL:+${A}`], [A, 'and more']],
		[
			'a fax by its label',
			[`i.TEL:+${C}`, 'i.X-ABLabel:_$!<WorkFAX>!$_', `TEL:+${A}`],
			[A, 'and more'],
		],
		[
			'a fax by its label in words',
			[`i.TEL:+${C}`, 'i.X-ABLabel:Факс', `TEL:+${A}`],
			[A, 'and more'],
		],
		['a pager', [`TEL;PAGER;VOICE:+${C}`, `TEL;HOME:+${A}`], [A, 'and more']],
		['a modem', [`TEL;TYPE=modem:+${C}`, `TEL;HOME:+${A}`], [A, 'and more']],
	])('is never %s', (_, lines, phones) => {
		expect(phonesOf(...lines)).toEqual(phones);
	});

	test.each<[string, string[], string[]]>([
		['the phone of a line with a fax', [`TEL;TYPE=FAX,VOICE:+${C}`, `TEL;HOME:+${A}`], [C, A]],
		['a mobile before one on a desk', [`TEL;WORK;VOICE:+${C}`, `TEL;CELL:+${A}`], [A, C]],
		['a messenger’s before one at home', [`TEL;HOME:+${C}`, `TEL;waid=${A}:+${A}`], [A, C]],
		['a mobile by its label', [`i.TEL:+${C}`, 'i.X-ABLabel:Trabalho', `TEL:+${A}`], [A, C]],
		['the first of two mobiles', [`TEL:+${A}`, `TEL;CELL:+${B}`], [A, B]],
		['what is preferred, on a desk too', [`TEL;CELL:+${A}`, `TEL;WORK;PREF:+${C}`], [C, A]],
		['another than one with an extension', [`TEL:tel:+${C};ext=5`, `TEL:+${A}`], [A, 'and more']],
		['another than words', ['TEL:reception', `TEL:+${A}`], [A, 'and more']],
	])('is %s', (_, lines, phones) => {
		expect(phonesOf(...lines)).toEqual(phones);
	});

	test('a national number is not passed over for another one: Default Country makes it whole', () => {
		const lines = ['TEL;CELL:(11) 91111-1111', `TEL;WORK:+${C}`];
		expect(refusalOf(() => phonesOf(...lines)).message).toContain('has no country code');
		expect(contactOf(v3('FN:Zé', ...lines), { defaultCountry: 'BR' }).phones).toEqual([
			{ number: A, type: 'mobile' },
			{ number: C, type: 'work' },
		]);
	});

	test('a card with a fax alone is refused, and says so', () => {
		const refusal = refusalOf(() => phonesOf(`TEL;TYPE=FAX:+${C}`));
		expect(refusal.message).toBe(
			'The phone of "Zé" cannot be used: its only number is that of a fax or pager',
		);
		expect(refusal.description).toContain('a phone number');
	});

	test.each<[string, VCardOptions, object]>([
		// Read by itself, this would be a number of Peru.
		['TEL;waid=5551988887777:51 98888-7777', {}, { number: '5551988887777' }],
		['TEL;waid=5551988887777:51988887777', {}, { number: '5551988887777' }],
		[
			'TEL;waid=5551988887777:(51) 98888-7777',
			{ defaultCountry: 'PE' },
			{ number: '5551988887777' },
		],
		[
			'TEL;waid=554498398733:+55 44 99839-8733',
			{},
			{ number: '5544998398733', waId: '554498398733' },
		],
		[
			'TEL;waid=554498398733:tel:+55-44-99839-8733',
			{},
			{ number: '5544998398733', waId: '554498398733' },
		],
		['TEL;waid=5511911111111:+55 11 91111-1111', {}, { number: A }],
	])('the account wins over a misreading: %s', (line, options, phone) => {
		expect(contactOf(v3('FN:Zé', line), options).phones).toEqual([phone]);
	});

	test.each([
		['TEL;TYPE=CELL:', 'mobile'],
		['TEL;CELL;VOICE:', 'mobile'],
		['TEL;TYPE=IPHONE:', 'mobile'],
		['TEL;TYPE="voice,cell":', 'mobile'],
		['TEL;TYPE=WORK;TYPE=CELL:', 'mobile'],
		['TEL;type=work;type=voice:', 'work'],
		['TEL;TYPE=HOME:', 'home'],
		['TEL;TYPE=MAIN:', 'other'],
		['TEL;TYPE=OTHER:', 'other'],
		['TEL;TYPE=VOICE:', undefined],
		['TEL:', undefined],
		['i.TEL;TYPE=pref:', 'mobile', 'Celular'],
		['i.TEL:', 'work', '_$!<Work>!$_'],
		['i.TEL:', 'home', 'Casa'],
		['i.TEL:', 'other', 'Plantão'],
		['i.TEL;waid=5511911111111:', undefined, 'ケータイ'],
	])('%s… is of its type', (start, type, label = '') => {
		const [phone] = contactOf(v3('FN:Zé', `${start}+${A}`, `i.X-ABLabel:${label}`)).phones ?? [];
		expect(phone?.type).toBe(type);
	});

	test('an unknown default country is refused as such', () => {
		const refusal = refusalOf(() => phoneOf('TEL:(11) 98888-7777', { defaultCountry: 'XX' }));
		expect(refusal.parameter).toBe('defaultCountry');
	});
});

describe('what is no vCard', () => {
	test.each([
		['nothing', undefined, 'is empty'],
		['an empty text', ' \n', 'is empty'],
		['a number', 5511, 'not a text: 5511'],
		['an object', { vCard: 'x' }, 'not a text: {"vCard":"x"}'],
		['any text', 'Maria, 5511988887777', 'There is no vCard in "Maria, 5511988887777"'],
		['an end alone', 'END:VCARD', 'There is no vCard'],
		['a beginning alone', 'BEGIN:VCARD', 'card 1 has no END:VCARD'],
		['a card cut off', 'BEGIN:VCARD\nFN:Maria\nTEL:+5511988887777', 'card 1 has no END:VCARD'],
		['a second card cut off', `${v3('FN:A')}\nBEGIN:VCARD\nFN:B`, 'card 2 has no END:VCARD'],
		['a card that begins twice', `BEGIN:VCARD\nFN:A\n${v3('FN:B')}`, 'card 1 has no END:VCARD'],
		['one long line', 'BEGIN:VCARD VERSION:3.0 FN:Maria END:VCARD', 'lost its line breaks'],
		['one long line without spaces', 'BEGIN:VCARDFN:MariaEND:VCARD', 'lost its line breaks'],
		['an empty card', card(), 'Card 1 of the vCard has neither a name nor a phone'],
		['a card of mail alone', v3('EMAIL:a@example.com'), 'neither a name nor a phone'],
		['a second empty card', `${v3('FN:A')}\n${v3()}`, 'Card 2 of the vCard'],
		['a broken line', v3('FN:A', 'NOTE:first', 'second'), 'no property: "second"'],
		['a line without a colon', v3('FN:A', 'TEL;CELL'), 'no property: "TEL;CELL"'],
		['an open quotation mark', v3('FN:A', 'NOTE;X="a:b'), 'no property: "NOTE;X="a:b"'],
	])('%s is refused', (_, text, said) => {
		const refusal = refusalOf(() => contactsOf(text, {}));
		expect(refusal.parameter).toBe('vCard');
		expect(refusal.message).toContain(said);
		expect(refusal.description).not.toBe('');
		expect(`${refusal.message} ${refusal.description}`).not.toMatch(
			/error|problem|failure|mistake/i,
		);
	});

	test('one unusable card keeps its neighbours: each is told in its place', () => {
		const text = [v3('FN:A'), v3('FN:B', 'TEL:x'), v3('FN:C'), 'BEGIN:VCARD\nFN:D'].join('\n');
		const cards = readVCards(text, { parameter: 'data' });
		expect(cards).toMatchObject([
			{ contact: { contactName: 'A' } },
			{ problem: { parameter: 'data' }, name: 'B', phone: 'x' },
			{ contact: { contactName: 'C' } },
			{ problem: { parameter: 'data' }, name: 'D' },
		]);
	});

	test('the parameter can have another name', () => {
		expect(refusalOf(() => contactsOf('', { parameter: 'binaryPropertyName' })).parameter).toBe(
			'binaryPropertyName',
		);
		const text = v3('FN:A', 'TEL:x');
		expect(refusalOf(() => contactsOf(text, { parameter: 'data' })).parameter).toBe('data');
	});
});

describe('any text', () => {
	const samples = [
		v3('N:Souza;Ana;;;', 'FN:Ana Souza', 'TEL;waid=5511988887777:+55 11 98888-7777', 'NOTE:a\\nb'),
		card(
			'VERSION:2.1',
			'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=D0=98=',
			'=D0=B2;x',
			'TEL;CELL:+79876543210',
			'PHOTO;BASE64:AAAA',
			' BBBB',
		),
		card('VERSION:4.0', 'FN:José', 'TEL;VALUE=uri;PREF=1;TYPE="a,b":tel:+34612345678', 'ORG:A;B'),
	];
	const piece = fc.oneof(
		fc.constantFrom('\r\n', '\n', '\r', ' ', ';', ':', ',', '"', '=', '\\', '=0A', '\\n', '\ufeff'),
		fc.constantFrom(
			'BEGIN:VCARD',
			'END:VCARD',
			'AGENT:',
			'TEL',
			'N:',
			';CHARSET=',
			'é',
			'😀',
			'\ud83d',
		),
		fc.string({ unit: 'binary', maxLength: 4 }),
	);
	const mutated = fc
		.tuple(
			fc.constantFrom(...samples),
			fc.array(fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 12 }), piece), { maxLength: 5 }),
		)
		.map(([text, edits]) =>
			edits.reduce((all, [at, cut, put]) => all.slice(0, at) + put + all.slice(at + cut), text),
		);

	function expectClean(contacts: Contact[]) {
		expect(contacts.length).toBeGreaterThan(0);
		for (const contact of contacts) {
			for (const value of CONTACT_FIELDS.flatMap((field) => textsIn(contact, field))) {
				expect(value).toMatch(/\S/u);
				expect(value).not.toMatch(/[\p{Cc}\p{Surrogate}]|^\s|\s$/u);
			}
			for (const { number } of contact.phones ?? []) expect(number).toMatch(/^\d{7,15}$/);
			for (const list of [contact.phones, contact.emails, contact.urls, contact.addresses]) {
				expect(list).not.toEqual([]);
			}
			expect(contact.extras).not.toEqual([]);
		}
	}

	test('is read into clean contacts or refused with an InputError', () => {
		const anything = fc.oneof(
			fc.string({ unit: 'binary' }),
			fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
			fc.array(piece, { maxLength: 40 }).map((pieces) => v3(pieces.join(''))),
			fc.jsonValue(),
		);
		let accepted = 0;
		fc.assert(
			fc.property(anything, (text) => {
				const contacts = acceptedOf(() => contactsOf(text, {}));
				if (contacts === undefined) return;
				accepted += 1;
				expectClean(contacts);
			}),
			{ numRuns: 3000 },
		);
		expect(accepted).toBeGreaterThan(0);
	});

	test('the same for damaged cards', () => {
		let accepted = 0;
		fc.assert(
			fc.property(mutated, (text) => {
				const contacts = acceptedOf(() => contactsOf(text, { defaultCountry: 'BR' }));
				if (contacts === undefined) return;
				accepted += 1;
				expectClean(contacts);
			}),
			{ numRuns: 3000 },
		);
		expect(accepted).toBeGreaterThan(300);
	});

	test('a file says what its text says, wherever its bytes are folded', () => {
		const name = fc.string({ unit: fc.constantFrom('é', 'Ж', '😀', 'x', '山'), minLength: 1 });
		fc.assert(
			fc.property(name, fc.nat({ max: 60 }), fc.constantFrom('\r\n ', '\n\t'), (text, at, fold) => {
				const line = Buffer.from(`FN:A${text}`);
				const cut = 3 + (at % (line.length - 3));
				const folded = Buffer.concat([
					line.subarray(0, cut),
					Buffer.from(fold),
					line.subarray(cut),
				]);
				const [before = '', after = ''] = v3('-', 'TEL:+5511988887777').split('-');
				const file = Buffer.concat([Buffer.from(before), folded, Buffer.from(after)]);
				expect(contactsOf(file).map(flat)).toEqual([
					{ contactName: `A${text}`, contactPhone: '5511988887777' },
				]);
			}),
			{ numRuns: 500 },
		);
	});

	test('any bytes are read into clean contacts or refused with an InputError', () => {
		const bytes = fc.oneof(
			fc.uint8Array({ maxLength: 200 }),
			fc
				.tuple(
					fc.constantFrom(...samples),
					fc.array(fc.tuple(fc.nat({ max: 300 }), fc.nat({ max: 255 })), { maxLength: 6 }),
				)
				.map(([text, edits]) => {
					const file = Buffer.from(text);
					for (const [at, byte] of edits) file[at % file.length] = byte;
					return file;
				}),
		);
		let accepted = 0;
		fc.assert(
			fc.property(bytes, (file) => {
				const contacts = acceptedOf(() => contactsOf(file, { defaultCountry: 'BR' }));
				if (contacts === undefined) return;
				accepted += 1;
				expectClean(contacts);
				for (const contact of contacts) expect(contact.contactName ?? '').not.toContain('\ufffd');
			}),
			{ numRuns: 2000 },
		);
		expect(accepted).toBeGreaterThan(100);
	});

	test('folding anywhere changes nothing', () => {
		const whole = v3('N:Souza;Ana;;;', 'FN:Ana Souza', 'TEL:+5511988887777', 'NOTE:a b\\, c é😀 d');
		fc.assert(
			fc.property(fc.nat({ max: 200 }), fc.constantFrom('\r\n ', '\n\t'), (at, fold) => {
				const from = whole.indexOf('N:Souza') + 1 + (at % (whole.indexOf('\r\nEND') - 30));
				const isBreak = /[\r\n\ud800-\udfff]/.test(whole.slice(from - 1, from + 1));
				const text = isBreak ? whole : whole.slice(0, from) + fold + whole.slice(from);
				expect(one(text)).toEqual(one(whole));
			}),
		);
	});
});

test('reads names, organizations and notes as ical.js does', () => {
	// ical.js takes the ; after an escaped backslash for an escaped one: no backslashes in components.
	const word = fc.stringMatching(/^[A-Za-zÀ-ÿ;, ]{1,12}$/).map((text) => `x${text.trim()}`);
	// ical.js leaves \; as it is in values without components.
	const plain = fc.stringMatching(/^x[A-Za-zÀ-ÿ,\\ ]{1,12}x$/);
	const escape = (text: string) => text.replace(/[\\;,]/g, '\\$&');
	fc.assert(
		fc.property(word, word, word, plain, (family, given, unit, note) => {
			const text = v3(
				'FN:Zé',
				`N:${escape(family)};${escape(given)};;;`,
				`ORG:Acme;${escape(unit)}`,
				`NOTE:${escape(note)}`,
			);
			const jcard = ICAL.Component.fromString(text);
			const valueOf = (name: string): unknown => jcard.getFirstPropertyValue(name);
			const oneSpace = (values: unknown) =>
				[values].flat().map((value) => String(value).replace(/\s+/g, ' '));
			const contact = contactOf(text);
			expect([contact.lastName, contact.firstName, '', '', '']).toEqual(oneSpace(valueOf('n')));
			expect([contact.organization, contact.department]).toEqual(oneSpace(valueOf('org')));
			expect([contact.note]).toEqual(oneSpace(valueOf('note')));
		}),
	);
});
