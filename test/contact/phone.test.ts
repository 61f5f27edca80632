import fc from 'fast-check';
import parsePhoneNumber, {
	getCountries,
	getCountryCallingCode,
	getExampleNumber,
	type CountryCode,
} from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';

import { countryNames } from '../../nodes/SendContact/contact/countries';
import { examineCardPhone, examinePhone, readPhone } from '../../nodes/SendContact/contact/phone';
import { acceptedOf, refusalOf } from './refusal';

const read = (value: unknown, defaultCountry?: string, allowDoubtful?: boolean) =>
	readPhone(value, { parameter: 'contactPhone', defaultCountry, allowDoubtful });

const COUNTRIES = getCountries();
const digit = fc.nat({ max: 9 }).map(String);

describe('a number with its country code', () => {
	const digits = '5511988887777';
	test.each([
		['with plus and separators', '+55 (11) 98888-7777'],
		['with dots and slashes', '+55/11.98888.7777'],
		['with 00', '0055 11 98888-7777'],
		['with 00 and nothing else', '005511988887777'],
		['with plus and 00', '+0055 11 98888 7777'],
		['with two pluses', '++5511988887777'],
		['with the country in brackets', '(+55) 11 98888-7777'],
		['as bare digits', '5511988887777'],
		['as bare digits with spaces', '55 11 98888 7777'],
		['as a JSON number', 5511988887777],
		['as a bigint', 5511988887777n],
		['as a number that became text', '5511988887777.0'],
		['as a tel: link', 'tel:+55-11-98888-7777'],
		['as a tel: link with a parameter', 'tel:+55-11-98888-7777;phone-context=x'],
		['as a callto: link', 'callto:+5511988887777'],
		['as an sms: link with a text', 'sms:+5511988887777?body=oi 2'],
		['as a wa.me link', 'https://wa.me/5511988887777'],
		['as a wa.me link with a message', 'https://wa.me/5511988887777?text=Oi%20123'],
		['as a wa.me link without https', 'wa.me/+5511988887777'],
		['as an api.whatsapp.com link', 'https://api.whatsapp.com/send?text=1&phone=%2B5511988887777'],
		[
			'as an api.whatsapp.com link with a slash',
			'http://api.whatsapp.com/send/?phone=5511988887777',
		],
		['as a whatsapp: link', 'whatsapp://send?phone=5511988887777&text=a'],
		['as a WhatsApp id', '5511988887777@c.us'],
		['as the other WhatsApp id', '5511988887777@s.whatsapp.net'],
		['as the id of a device', '5511988887777:12@s.whatsapp.net'],
		['with no-break spaces', '+55\u00a011\u00a098888\u00a07777'],
		['with thin and ideographic spaces', '+55\u200911\u202f98888\u30007777'],
		['with all kinds of dashes', '+55\u201011\u201198888\u20137777\u2014'],
		['with a minus sign and a soft hyphen', '+55\u221211\u00ad98888\u22127777'],
		['in full-width characters', '＋５５（１１）９８８８８－７７７７'],
		['in Arabic-Indic digits', '+٥٥١١٩٨٨٨٨٧٧٧٧'],
		['in Persian digits', '+۵۵۱۱۹۸۸۸۸۷۷۷۷'],
		['in Devanagari digits', '५५११९८८८८७७७७'],
		['with the apostrophe of a spreadsheet', "'+5511988887777"],
		['in quotation marks', '"+5511988887777"'],
		['in typographic quotation marks', '“+5511988887777”'],
		['inside invisible direction marks', '\u202a+55 11 98888-7777\u202c'],
		['with isolates and a byte order mark', '\ufeff\u2066+5511988887777\u2069\u200e'],
		['with a telephone in front', '📞 +55 11 98888-7777'],
		['with another telephone in front', '☎️+55 11 98888-7777'],
		['with line breaks around it', '\r\n+55 11 98888-7777\n'],
		['with a trunk zero', '+55 (0) 11 98888-7777'],
	])('is read %s', (_, value) => {
		expect(read(value)).toBe(digits);
		expect(read(value, 'BR')).toBe(digits);
	});

	test.each([
		['+55 (11) 98888-7777', 'DE'],
		['0055 11 98888-7777', 'US'],
		['https://wa.me/5511988887777', 'DE'],
		['5511988887777@c.us', 'DE'],
	])('%s is not read as one of %s', (value, country) => {
		expect(read(value, country)).toBe(digits);
	});

	test.each([
		'5511999999999',
		'554498398733',
		'5511999998888',
		'5511988887777',
		'79876543210',
		'16505551234',
		'5215512345678',
	])('%s, a sample of a vendor, is accepted as it is', (sample) => {
		expect(read(sample)).toBe(sample);
		expect(read(`+${sample}`)).toBe(sample);
		expect(read(Number(sample))).toBe(sample);
	});

	test.each(['15551234567', '15550783881'])(
		'%s, a test number of a vendor, is accepted with + alone: as digits it is a Chinese mobile, too',
		(sample) => {
			expect(read(`+${sample}`)).toBe(sample);
			expect(refusalOf(() => read(sample)).message).toContain('has no country code');
			expect(read(sample, 'CN')).toBe(`86${sample}`);
		},
	);

	test.each([
		['Brazil with the ninth digit', '+55 44 99839-8733', '5544998398733'],
		['Brazil without the ninth digit', '+55 44 9839-8733', '554498398733'],
		['Mexico with the old 1', '+52 1 55 1234 5678', '5215512345678'],
		['Mexico without it', '+52 55 1234 5678', '525512345678'],
		['Argentina with the 9', '+54 9 11 2345-6789', '5491123456789'],
		['Argentina without it', '+54 11 2345-6789', '541123456789'],
		['Argentina with 15 in place of the 9', '+54 11 15 2345-6789', '54111523456789'],
		['Italy with its zero', '+39 06 1234 5678', '390612345678'],
		['Britain with a zero in brackets', '+44 (0)20 7946 0958', '442079460958'],
		['Germany with a zero in brackets', '+49 (0) 151 12345678', '4915112345678'],
		['Russia with an 8 too many', '+7 8 987 654-32-10', '79876543210'],
		['Kazakhstan', '+7 701 123 45 67', '77011234567'],
		['Jamaica', '+1 (876) 555-1234', '18765551234'],
		['an American area code that does not exist yet', '+1 729 555 1234', '17295551234'],
		['Guernsey', '+44 7781 123456', '447781123456'],
		['an international freephone number', '+800 1234 5678', '80012345678'],
		['a satellite phone', '+882 16 123 4567', '882161234567'],
		['a small island', '+298 211234', '298211234'],
	])('keeps its digits: %s', (_, value, expected) => {
		expect(read(value)).toBe(expected);
		for (const home of ['BR', 'DE', 'US', 'AR']) expect(read(value, home)).toBe(expected);
		expect(read(`+${expected}`)).toBe(expected);
	});

	test.each([
		['+55 015 11 98888-7777', 'a carrier'],
		['+55 0 0 11 98888-7777', 'two zeros'],
		['+44 180020 7946 0958', 'a relay service'],
	])('%s is refused rather than cut: %s is no trunk prefix', (value) => {
		expect(refusalOf(() => read(value)).description).toContain('country code');
	});
});

describe('unbroken digits', () => {
	test.each([
		['5511988887777', '5511988887777'],
		['554498398733', '554498398733'],
		['4915112345678', '4915112345678'],
		['14155552671', '14155552671'],
		['6591234567', '6591234567'],
		['4532123456', '4532123456'],
		['4791234567', '4791234567'],
		['80012345678', '80012345678'],
		['tel:5511988887777', '5511988887777'],
		['"5511988887777"', '5511988887777'],
		['5511988\u200b887777', '5511988887777'],
	])('%s are country code and number', (value, digits) => {
		expect(read(value)).toBe(digits);
	});

	test.each(['11988887777', '1198888777', '021988887777', '15112345678', '630233127', '198888777'])(
		'%s are no valid number with a country code, and refused without a default country',
		(value) => {
			const refusal = refusalOf(() => read(value));
			expect(refusal.parameter).toBe('contactPhone');
			expect(refusal.message).toBe(`"${value}" has no country code`);
			expect(refusal.description).toContain('Default Country');
			expect(refusal.description).toContain('Allow Unusual Numbers');
		},
	);

	test.each([
		['51987654321', 'BR', '5551987654321', '51987654321'],
		['13123456789', 'CN', '8613123456789', '13123456789'],
		['4155552671', 'US', '14155552671', undefined],
		['9876543210', 'IN', '919876543210', undefined],
		['612345678', 'FR', '33612345678', undefined],
	])('%s belong to %s as the default country first', (value, home, national, without) => {
		expect(read(value, home)).toBe(national);
		expect(acceptedOf(() => read(value))).toBe(without);
	});

	test.each([
		['5511988887777', ['BR', 'PT', 'DE', 'AT', 'ID', 'US', 'CN']],
		['554498398733', ['BR', 'US', 'IN']],
		['79876543210', ['RU', 'KZ', 'BR', 'US']],
		['4915112345678', ['DE', 'BR', 'AT', 'US']],
		['6281234567890', ['ID', 'BR', 'DE']],
		['436641234567', ['AT', 'DE', 'US']],
		['5491123456789', ['AR', 'BR', 'DE']],
		['5215512345678', ['MX', 'BR']],
		['38344123456', ['XK', 'US', 'BR']],
		['6591234567', ['SG', 'US', 'FR']],
	])('%s keep their country code whatever the default country, theirs or not', (value, homes) => {
		for (const home of homes) expect(read(value, home)).toBe(value);
	});

	test.each([
		['3902794191', 'IT', '390 279 4191 and +39 02 794191'],
		['62856877915', 'ID', '(0628) 5687 7915 and +62 856 877 915'],
		['4921123456', 'DE', '04921 123456 and +49 211 23456'],
		['6913201234', 'DE', '069 1320 1234 without its zero and +691 320 1234'],
	])('%s are refused with default country %s where two numbers fit: %s', (value, home) => {
		for (const allowDoubtful of [false, true]) {
			const refusal = refusalOf(() => read(value, home, allowDoubtful));
			expect(refusal.message).toBe(`"${value}" can be read with and without a country code in it`);
			expect(refusal.description).toContain('with + and its country code');
			expect(refusal.description).not.toContain('Allow Unusual Numbers');
		}
		expect(read(`+${value}`, home)).toBe(value);
	});
});

describe('a number with separators', () => {
	test.each([
		['(11) 98888-7777', 'BR', '5511988887777'],
		['(11) 98888-7777', ' br ', '5511988887777'],
		['011 98888-7777', 'BR', '5511988887777'],
		['(44) 9839-8733', 'BR', '554498398733'],
		['(55) 99999-1234', 'BR', '5555999991234'],
		['55 99999-1234', 'BR', '5555999991234'],
		['91123 45678', 'IN', '919112345678'],
		['8 (987) 654-32-10', 'RU', '79876543210'],
		['8 (495) 123-45-67', 'RU', '74951234567'],
		['987 654-32-10', 'RU', '79876543210'],
		['0151 12345678', 'DE', '4915112345678'],
		['151 12345678', 'DE', '4915112345678'],
		['030 1234567', 'DE', '49301234567'],
		['06 1234 5678', 'IT', '390612345678'],
		['020 7946 0958', 'GB', '442079460958'],
		['(415) 555-2671', 'US', '14155552671'],
		['1-415-555-2671', 'US', '14155552671'],
		['55 1234 5678', 'MX', '525512345678'],
		['1 55 1234 5678', 'MX', '5215512345678'],
		['11 2345-6789', 'AR', '541123456789'],
		['630 233 127', 'ES', '34630233127'],
		['06 30 123 4567', 'HU', '36301234567'],
		['8 029 123-45-67', 'BY', '375291234567'],
		['tel:020 7946 0958', 'GB', '442079460958'],
	])('%s in %s is %s', (value, home, digits) => {
		expect(read(value, home)).toBe(digits);
	});

	test.each([
		['55 11 98888-7777', '5511988887777'],
		['55-11-98888-7777', '5511988887777'],
		['55(11)98888-7777', '5511988887777'],
		['55.11.988887777', '5511988887777'],
		['49 151 12345678', '4915112345678'],
		['7 987 654 32 10', undefined],
		['1 415 555 2671', undefined],
		['34 630 233 127', undefined],
	])(
		'%s has its country code apart: twelve digits or more stand without a default',
		(value, digits) => {
			expect(acceptedOf(() => read(value))).toBe(digits);
			if (digits === undefined) {
				const refusal = refusalOf(() => read(value));
				expect(refusal.message).toContain('may begin with a country code');
				expect(refusal.description).toContain('Default Country');
			} else for (const home of ['BR', 'DE', 'US']) expect(read(value, home)).toBe(digits);
		},
	);

	test.each([
		['7 (987) 654-32-10', 'RU', '79876543210'],
		['65 9123 4567', 'SG', '6591234567'],
		['383 44 123 456', 'XK', '38344123456'],
		['62 812 345 678', 'ID', '62812345678'],
		['49 211 23456', 'DE', '4921123456'],
	])(
		'%s begins with the code of %s, the default country, which is not doubled',
		(value, home, digits) => {
			expect(read(value, home)).toBe(digits);
		},
	);

	test.each([
		['11 98888-7777'],
		['(11) 98888-7777'],
		['011 98888-7777'],
		['8 (495) 123-45-67'],
		['138 1234 5678'],
		['630 233 127'],
		['4341-8622'],
		['(31) 98888-7777'],
		['[31] 98888-7777'],
		['(5511) 98888-7777'],
		['5511 98888-7777'],
		['5 511 988 887 777'],
		['55119 8888 7777'],
		['020 7946 0958'],
		['tel:011 98888-7777'],
	])('%s is refused without a default country', (value) => {
		const refusal = refusalOf(() => read(value));
		expect(refusal.parameter).toBe('contactPhone');
		expect(refusal.message).toContain('has no country code');
		expect(refusal.description).toContain('Default Country');
		expect(refusal.description).toContain('Allow Unusual Numbers');
	});

	test.each([
		['98888-7777', 'BR', 'is not a phone number of BR'],
		['4341-8622', 'AR', 'is not a phone number of AR'],
		['8 (495) 123-45-67', 'AR', 'is not a phone number of AR'],
		['011 15 2345-6789', 'AR', 'is not a phone number of AR'],
		['044 55 1234 5678', 'MX', 'is not a phone number of MX'],
		['0 15 11 98888-7777', 'BR', 'is not a phone number of BR'],
		['464-1234', 'AG', 'is not a phone number of AG'],
		['234 5678', 'DE', 'may lack its area code, or the zero before it, in DE'],
		['4004-1234', 'BR', 'may lack its area code, or the zero before it, in BR'],
	])('%s in %s is refused: digits are neither added nor cut nor changed', (value, home, said) => {
		const refusal = refusalOf(() => read(value, home));
		expect(refusal.message).toContain(said);
		expect(refusal.description).toContain('country code');
	});

	test.each([
		['011 15 2345-6789', 'AR', 'without 15'],
		['044 55 1234 5678', 'MX', 'without 01, 044 or 045'],
		['0 15 11 98888-7777', 'BR', 'without the two digits of a carrier'],
		['011 44 20 7946 0958', 'US', '+ in place of 011'],
		['8 10 55 11 98888', 'RU', '+ in place of 810'],
	])('%s in %s is told how to write it instead', (value, home, said) => {
		expect(refusalOf(() => read(value, home)).description).toContain(said);
	});

	test('a mobile of Argentina as it is dialled inside it reaches nobody, whatever its area code', () => {
		// Some area codes are a country's calling code, or begin with one: a few drawn numbers do not show it.
		const areas = Array.from({ length: 4000 }, (_, area) => String(area));
		const mobiles = areas.flatMap((area) =>
			['2345678', '4155678', '5678901', '6123459'].flatMap((digits) => {
				const local = digits.slice(0, 10 - area.length);
				return parsePhoneNumber(`+549${area}${local}`)?.isValid() === true ? [[area, local]] : [];
			}),
		);
		expect(new Set(mobiles.map(([area]) => area)).size).toBeGreaterThan(300);
		const reached = mobiles.flatMap(([area = '', local = '']) => {
			const apart = [`${area} 15 ${local}`, `${area}-15-${local.slice(0, 3)}-${local.slice(3)}`];
			const together = `${area}15${local}`;
			const readings = [
				...apart.flatMap((text) => [undefined, 'AR', 'BR', 'ES'].map((home) => [text, home])),
				...[`0${together}`, together].map((text) => [text, 'AR']),
			];
			return readings.filter(([text, home]) => acceptedOf(() => read(text, home)) !== undefined);
		});
		expect(reached).toEqual([]);
	});

	test.each([
		['381 15 234-5678', 'RS', '381152345678'],
		['358 15 234 5678', 'FI', '358152345678'],
	])('%s is what it looks like in %s, the default country', (value, home, digits) => {
		expect(read(value, home)).toBe(digits);
	});

	test('unbroken digits that could be such a mobile name Argentina beside', () => {
		const reading = examinePhone('381152345678', { parameter: 'to' });
		expect(reading).toMatchObject({ country: 'RS', by: 'digits', ambiguousWith: ['AR'] });
	});

	test.each([
		['001 65 8234 5678', 'KR'],
		['001-65-8234-5678', 'TH'],
		['001 47 9234 5678', 'SG'],
	])(
		'%s is dialled so for another country in %s, and is not sent to North America',
		(value, home) => {
			const refusal = refusalOf(() => read(value, home, true));
			expect(refusal.message).toContain('numbers of two countries');
			expect(refusal.description).toContain('Write it with +');
		},
	);

	test.each([
		['001 415 555 2671', 'KR', '14155552671'],
		['001 658 234 5678', 'DE', '16582345678'],
		['001 658 234 5678', undefined, '16582345678'],
		['0082 10 1234 5678', 'KR', '821012345678'],
		['0049 1512 3456789', 'TH', '4915123456789'],
		['+1 658 234 5678', 'KR', '16582345678'],
	])('%s in %s is %s', (value, home, digits) => {
		expect(read(value, home)).toBe(digits);
	});

	test.each(['\t', '\n', '\r\n', '\v', '\f', '\u0085', '\u2028', '\u00a0', '\u3000'])(
		'%j between digits is a separator as a space is',
		(between) => {
			for (const home of [undefined, 'BR', 'CN', 'DE']) {
				for (const spaced of [
					'130 2234 5678',
					'11 98888 7777',
					'4921234 567890',
					'55 11988887777',
				]) {
					const joined = spaced.replaceAll(' ', between);
					expect([joined, acceptedOf(() => read(joined, home))]).toEqual([
						joined,
						acceptedOf(() => read(spaced, home)),
					]);
				}
			}
		},
	);

	test('two numbers on two lines are two numbers', () => {
		for (const home of [undefined, 'BR', 'DE']) {
			const refusal = refusalOf(() => read('2345678\n3456789', home));
			expect(refusal.message).toContain('several phone numbers');
		}
	});

	test('is refused with the name of a default country that has no such number', () => {
		const refusal = refusalOf(() => read('(01) 2345-678', 'BR'));
		expect(refusal.message).toBe(
			'"(01) 2345-678" is not a phone number of BR, the Default Country',
		);
	});

	test.each(['XX', 'BRA', 'Brasil', '55', '+55', 'constructor', '__proto__'])(
		'default country %j is refused for what it is',
		(country) => {
			for (const value of ['(11) 98888-7777', '+5511988887777', '']) {
				const refusal = refusalOf(() => read(value, country));
				expect(refusal.parameter).toBe('defaultCountry');
				expect(refusal.message).toContain(country);
			}
		},
	);

	test('an empty default country is none', () => {
		expect(read('5511988887777', ' ')).toBe('5511988887777');
		expect(refusalOf(() => read('11988887777', '')).message).toContain('has no country code');
	});
});

describe('what is no phone number', () => {
	test.each([
		['nothing', undefined, 'is empty'],
		['null', null, 'is empty'],
		['an empty text', '', 'is empty'],
		['invisible characters', ' \u200b\u00a0', 'is empty'],
		['no digits', '+-', 'holds no digits'],
		['letters', 'Maria', 'holds letters'],
		['vanity letters', '+1 800 FLOWERS', 'holds letters'],
		['Cyrillic letters', '+7 987 ноль', 'holds letters'],
		['an O for a zero', '+55 11 9888O-7777', 'holds letters'],
		['a mail address', 'maria5511@example.com', 'holds letters'],
		['a wa.me link without a number', 'https://wa.me/message/ABC123', 'holds letters'],
		['a web address', 'https://example.com/5511988887777', 'holds letters'],
		['a service code', '*100#', '"*" does not belong'],
		['a plus inside', '55+11988887777', '"+" does not belong'],
		['an extension', '+55 11 3333-4444 ext 5', 'extension'],
		['an extension with a dot', '+55 11 3333-4444 ext. 5', 'extension'],
		['an extension with x', '+1 415 555 2671 x123', 'extension'],
		['an extension without a space', '+14155552671x123', 'extension'],
		['a Brazilian extension', '+55 11 3333-4444 ramal 12', 'extension'],
		['a Russian extension', '+7 495 123-45-67 доб. 89', 'extension'],
		['an extension with a number sign', '+1 415 555 2671 #123', 'extension'],
		['an extension after a pause', '+14155552671,,123#', 'extension'],
		['an extension in a link', 'tel:+55-11-3333-4444;ext=5', 'extension'],
		['a number inside one network', 'tel:98888-7777;phone-context=+5511', 'one network'],
		['a group', '120363043968066561@g.us', 'id of a chat'],
		['a hidden number', '123456789012345@lid', 'id of a chat'],
		['a channel', '120363043968066561@newsletter', 'id of a chat'],
		['two numbers with a slash', '+55 11 98888-7777 / +55 21 97777-6666', 'several'],
		['two numbers with a comma', '5511988887777, 5521977776666', 'several'],
		['two numbers with a semicolon', '5511988887777;5521977776666', 'several'],
		['two numbers with a word', '11 98888-7777 e 21 97777-6666', 'several'],
		['a shortened number', '5.51199E+12', 'spreadsheet'],
		['a shortened number with a comma', '5,51199e12', 'spreadsheet'],
		['a fraction that became text', '5511988887777.5', 'decimals'],
		['a fraction with a comma', '551198888777,25', 'decimals'],
		['a fraction', 5511988887777.5, 'exactly'],
		['a number beyond exactness', 1e21, 'exactly'],
		['a negative number', -5511988887777, 'exactly'],
		['a negative bigint', -5n, 'exactly'],
		['not a number', Number.NaN, 'exactly'],
		['true', true, 'not a text: true'],
		['an object', { phone: '+5511' }, 'not a text: {"phone":"+5511"}'],
		['a list', ['+5511988887777'], 'not a text: ["+5511988887777"]'],
		['a whole file', '1'.repeat(5000), 'too long'],
	])('%s is refused, doubtful numbers allowed or not', (_, value, said) => {
		for (const allowDoubtful of [false, true]) {
			const refusal = refusalOf(() => read(value, 'BR', allowDoubtful));
			expect(refusal.parameter).toBe('contactPhone');
			expect(refusal.message).toContain(said);
			expect(refusal.description).not.toBe('');
			expect(refusal.description).not.toContain('Allow Unusual Numbers');
		}
	});

	test('no message uses a word that blames', () => {
		for (const value of [
			'',
			'x',
			'+999 1234567',
			'12',
			'(11) 98888-7777',
			1.5,
			{},
			'5@g.us',
			'1x2',
		]) {
			const { message, description } = refusalOf(() => read(value));
			expect(`${message} ${description}`).not.toMatch(/error|problem|failure|mistake|invalid/i);
		}
	});
});

describe('an unusual number', () => {
	test.each([
		['a short code', '190', '190'],
		['a longer short code', '4004', '4004'],
		['two digits', '17', '17'],
		['a country that does not exist', '+999 123 4567', '9991234567'],
		['a length that does not exist', '+55 11 98888-77777', '55119888877777'],
		['twenty digits', '12345678901234567890', '12345678901234567890'],
		['a national number', '11988887777', '11988887777'],
		['a number in brackets', '(31) 98888-7777', '31988887777'],
		['a zero too many in brackets', '(20) 0400 000 000', '200400000000'],
		['zeros', '000123', '000123'],
		['the international prefix', '00 999 1234567', '9991234567'],
	])(
		'is refused with the way around it, and passed as written when allowed: %s',
		(_, value, as) => {
			expect(refusalOf(() => read(value)).description).toContain('Allow Unusual Numbers');
			expect(read(value, undefined, true)).toBe(as);
			expect(read(as, undefined, true)).toBe(as);
		},
	);

	test.each(['1', '+1', '123456789012345678901'])('%s is refused even when allowed', (value) => {
		expect(refusalOf(() => read(value, undefined, true)).message).toContain('digit');
	});

	test('the option changes nothing for a usual number', () => {
		expect(read('+55 (11) 98888-7777', undefined, true)).toBe('5511988887777');
		expect(read('(11) 98888-7777', 'BR', true)).toBe('5511988887777');
		expect(read('190', 'BR', true)).toBe('190');
	});
});

describe('whatever is given', () => {
	const phoneLike = fc
		.tuple(
			fc.constantFrom(
				'',
				'+',
				'00',
				'0',
				'+55',
				'+52 1',
				'+54 9',
				'55',
				'521',
				'+1',
				'+7',
				'+44 (0)',
				'(',
			),
			fc.array(
				fc
					.tuple(digit, fc.constantFrom('', '', '', ' ', '-', ') ', '.', '\u00a0'))
					.map((pair) => pair.join('')),
				{ minLength: 3, maxLength: 16 },
			),
		)
		.map(([start, rest]) => start + rest.join(''));
	const anything = fc.oneof(
		phoneLike,
		phoneLike,
		fc.string({ unit: 'binary' }),
		fc.nat({ max: Number.MAX_SAFE_INTEGER }),
		fc.jsonValue(),
	);
	/** Digits in groups, often with a country code in front. */
	const broken = fc
		.tuple(
			fc.option(
				fc.constantFrom(...COUNTRIES).map((home) => getCountryCallingCode(home)),
				{ nil: '' },
			),
			fc.array(fc.stringMatching(/^\d{2,5}$/), { minLength: 2, maxLength: 4 }),
			fc.constantFrom(' ', '-', '.', '/'),
		)
		.map(([code, groups, separator]) => [code, ...groups].filter(Boolean).join(separator))
		.filter((text) => !text.replace(/\D/g, '').startsWith('00'));
	const country = fc.option(
		fc.constantFrom<CountryCode>('BR', 'DE', 'US', 'RU', 'IT', 'MX', 'AR', 'IN', 'GB'),
		{
			nil: undefined,
		},
	);

	test('it is digits that read as themselves, or refused with an InputError', () => {
		let accepted = 0;
		fc.assert(
			fc.property(anything, country, fc.boolean(), (value, defaultCountry, allowDoubtful) => {
				const options = { parameter: 'to', defaultCountry, allowDoubtful };
				const phone = examinePhone(value, options);
				if ('message' in phone) return;
				accepted += 1;
				const { digits, by } = phone;
				if (by === 'nothing') {
					expect(digits).toMatch(/^\d{2,20}$/);
					expect(read(digits, undefined, true)).toBe(digits);
				} else {
					expect(digits).toMatch(/^[1-9]\d{6,14}$/);
					expect(read(`+${digits}`, defaultCountry)).toBe(digits);
					if (by === 'digits') expect(read(digits)).toBe(digits);
				}
			}),
			{ numRuns: 5000 },
		);
		expect(accepted).toBeGreaterThan(500);
	});

	test('no digit is added but the country code, and none cut but one trunk prefix', () => {
		const trunks = ['', '0', '1', '8', '06', '80'];
		const seen = new Set<string>();
		fc.assert(
			fc.property(phoneLike, country, (text, home) => {
				const phone = examinePhone(text, { parameter: 'to', defaultCountry: home });
				if ('message' in phone) return;
				const written = text.replace(/\D/g, '').replace(/^00/, '');
				const code = home === undefined ? '' : getCountryCallingCode(home);
				const codes = [1, 2, 3].map((length) => written.slice(0, length));
				const allowed = [
					...trunks.flatMap((trunk) =>
						written.startsWith(trunk) ? [code + written.slice(trunk.length)] : [],
					),
					...codes.flatMap((own) =>
						trunks.flatMap((trunk) =>
							written.startsWith(own + trunk)
								? [own + written.slice(own.length + trunk.length)]
								: [],
						),
					),
				];
				expect(allowed).toContain(phone.digits);
				seen.add(phone.by);
			}),
			{ numRuns: 6000 },
		);
		expect([...seen]).toEqual(expect.arrayContaining(['default', 'writing']));
	});

	test('with separators and without a default it is all its digits, twelve or more, the code apart', () => {
		let accepted = 0;
		fc.assert(
			fc.property(broken, (text) => {
				const phone = acceptedOf(() => read(text));
				if (phone === undefined) return;
				accepted += 1;
				expect(phone).toBe(text.replace(/\D/g, ''));
				expect(phone.length).toBeGreaterThanOrEqual(12);
				const [head = ''] = text.split(/\D/);
				expect(parsePhoneNumber(`+${phone}`)?.countryCallingCode).toBe(head);
			}),
			{ numRuns: 6000 },
		);
		expect(accepted).toBeGreaterThan(5);
	});

	test('with separators and a default it is a number of that country, or has its code apart', () => {
		fc.assert(
			fc.property(broken, fc.constantFrom(...COUNTRIES), (text, home) => {
				const phone = acceptedOf(() => read(text, home));
				if (phone === undefined || phone === acceptedOf(() => read(text))) return;
				expect(phone.startsWith(getCountryCallingCode(home))).toBe(true);
			}),
			{ numRuns: 5000 },
		);
	});
});

describe('what is valid is what the phone library holds for valid', () => {
	/** Old forms of WhatsApp accounts, which no table has. */
	const isFormer = (digits: string) =>
		/^521\d{10}$/.test(digits) || /^55\d\d[6-9]\d{7}$/.test(digits);
	const nearExample = fc
		.tuple(
			fc.constantFrom(...COUNTRIES),
			fc.array(fc.tuple(fc.nat({ max: 14 }), digit), { maxLength: 4 }),
			fc.constantFrom('', '', '', '0', '12'),
		)
		.map(([home, changes, more]) => {
			const characters = [...(getExampleNumber(home, examples)?.number.slice(1) ?? '1')];
			for (const [at, to] of changes) if (at < characters.length) characters[at] = to;
			return characters.join('') + more;
		});

	test.each([
		['near the examples of all countries', nearExample],
		['of any digits', fc.stringMatching(/^[1-9]\d{6,14}$/)],
	])('for unbroken digits %s', (_, numbers) => {
		const seen = { valid: 0, not: 0 };
		fc.assert(
			fc.property(numbers, (digits) => {
				const phone = parsePhoneNumber(`+${digits}`);
				// Where the library changes digits, it speaks of another number.
				if (phone !== undefined && phone.number !== `+${digits}`) return;
				const isValid = phone?.isValid() === true;
				seen[isValid ? 'valid' : 'not'] += 1;
				const reading = examinePhone(digits, { parameter: 'to' });
				if (isFormer(digits) || digits.startsWith('0')) return;
				expect('digits' in reading).toBe(isValid);
				if ('digits' in reading) expect(reading.country).toBe(phone?.country);
			}),
			{ numRuns: 6000 },
		);
		expect(Math.min(seen.valid, seen.not)).toBeGreaterThan(100);
	});

	test('for numbers of no country', () => {
		for (const digits of ['80012345678', '87812345678901', '870773111632', '979123456789']) {
			const isValid = parsePhoneNumber(`+${digits}`)?.isValid() === true;
			expect(acceptedOf(() => read(digits)) !== undefined).toBe(isValid);
		}
	});
});

test('the panel offers every country that a number can be of', () => {
	expect(
		countryNames()
			.map(({ value }) => value)
			.sort(),
	).toEqual([...COUNTRIES].sort());
});

describe('the number of a TEL line with waid', () => {
	const of = (value: string, account?: string, defaultCountry?: string) => {
		const phone = examineCardPhone(value, account, { parameter: 'vCard', defaultCountry });
		return 'digits' in phone ? phone.digits : phone.message;
	};

	test.each([
		['51 98888-7777', '5551988887777', undefined, '5551988887777'],
		['51988887777', '5551988887777', undefined, '5551988887777'],
		['51988887777', '5551988887777', 'PE', '5551988887777'],
		['(11) 98888-7777', '5511988887777', 'US', '5511988887777'],
		['(415) 555-2671', '5511988887777', 'US', '5511988887777'],
		['55 11 98888-7777', '551188887777', undefined, '551188887777'],
		['5511988887777', '551188887777', 'BR', '551188887777'],
		['WhatsApp', '5511988887777', undefined, '5511988887777'],
		['+55 11 98888-7777 ext 5', '5511988887777', undefined, '5511988887777'],
	])(
		'%s beside waid=%s is the account, default country %s or not',
		(value, account, home, digits) => {
			expect(of(value, account, home)).toBe(digits);
		},
	);

	test.each([
		['+55 11 98888-7777', '551188887777', 'US', '5511988887777'],
		['0055 11 98888-7777', '551188887777', undefined, '5511988887777'],
		['(11) 98888-7777', 'x', 'BR', '5511988887777'],
		['(11) 98888-7777', '', 'BR', '5511988887777'],
		['(11) 98888-7777', undefined, 'BR', '5511988887777'],
	])('%s beside waid=%s is what is shown', (value, account, home, digits) => {
		expect(of(value, account, home)).toBe(digits);
	});

	test('neither makes up for an unknown default country', () => {
		expect(of('51 98888-7777', '5551988887777', 'XX')).toContain('"XX"');
	});
});
