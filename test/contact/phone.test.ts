import fc from 'fast-check';
import { getCountries, getCountryCallingCode, getExampleNumber } from 'libphonenumber-js/min';
import examples from 'libphonenumber-js/mobile/examples';

import { examinePhone, readPhone } from '../../nodes/SendContact/contact/phone';
import { growth, LINEAR } from './growth';
import { acceptedOf, refusalOf } from './refusal';

const read = (value: unknown, defaultCountry?: string, allowDoubtful?: boolean) =>
	readPhone(value, { parameter: 'contactPhone', defaultCountry, allowDoubtful });

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
		['with a trunk zero and a carrier', '+55 015 11 98888-7777'],
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
		'15551234567',
		'16505551234',
	])('%s, a sample of a vendor, is accepted as it is', (sample) => {
		expect(read(sample)).toBe(sample);
		expect(read(`+${sample}`)).toBe(sample);
		expect(read(Number(sample))).toBe(sample);
	});

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
		expect(read(expected)).toBe(expected);
	});

	test('is accepted for the example mobile of every country', () => {
		const failed = getCountries().filter((country) => {
			const example = getExampleNumber(country, examples);
			const digitsOf = example?.number.slice(1) ?? '';
			if (digitsOf.length < 7) return false;
			return acceptedOf(() => read(example?.formatInternational())) !== digitsOf;
		});
		expect(failed).toEqual([]);
	});
});

describe('a number without a country', () => {
	test.each([
		['(11) 98888-7777', 'BR', '5511988887777'],
		['(11) 98888-7777', ' br ', '5511988887777'],
		['11988887777', 'BR', '5511988887777'],
		[11988887777, 'BR', '5511988887777'],
		['011 98888-7777', 'BR', '5511988887777'],
		['0 15 11 98888-7777', 'BR', '5511988887777'],
		['(44) 9839-8733', 'BR', '554498398733'],
		['(55) 99999-1234', 'BR', '5555999991234'],
		['55999991234', 'BR', '5555999991234'],
		['91123 45678', 'IN', '919112345678'],
		['8 (987) 654-32-10', 'RU', '79876543210'],
		['987 654-32-10', 'RU', '79876543210'],
		['0151 12345678', 'DE', '4915112345678'],
		['06 1234 5678', 'IT', '390612345678'],
		['020 7946 0958', 'GB', '442079460958'],
		['(415) 555-2671', 'US', '14155552671'],
		['55 1234 5678', 'MX', '525512345678'],
		['011 15 2345-6789', 'AR', '5491123456789'],
		['tel:020 7946 0958', 'GB', '442079460958'],
	])('%s in %s is %s', (value, country, digits) => {
		expect(read(value, country)).toBe(digits);
	});

	test.each([
		['5511988887777', 'BR', '5511988887777'],
		['5511988887777', 'PT', '5511988887777'],
		['554498398733', 'BR', '554498398733'],
		['79876543210', 'RU', '79876543210'],
		['4915112345678', 'DE', '4915112345678'],
		['491511234567', 'DE', '491511234567'],
		['6281234567890', 'ID', '6281234567890'],
		['436641234567', 'AT', '436641234567'],
		['4915112345678', 'BR', '4915112345678'],
		['54111523456789', 'AR', '54111523456789'],
		['5491123456789', 'AR', '5491123456789'],
		['5215512345678', 'MX', '5215512345678'],
		['011 44 20 7946 0958', 'US', '442079460958'],
		['8 10 55 11 98888 7777', 'RU', '5511988887777'],
	])('%s in %s turns out to have one: %s', (value, country, digits) => {
		expect(read(value, country)).toBe(digits);
	});

	test('belongs to the default country where it could be either', () => {
		expect(read('79876543210')).toBe('79876543210');
		expect(read('79876543210', 'BR')).toBe('5579876543210');
	});

	test.each([
		['11988887777'],
		['1198888777'],
		['(11) 98888-7777'],
		['011 98888-7777'],
		// As digits this is a Dutch number: a stranger's.
		['(31) 98888-7777'],
		['[31] 98888-7777'],
		['020 7946 0958'],
		['tel:011 98888-7777'],
	])('%s is refused without a default country', (value) => {
		const refusal = refusalOf(() => read(value));
		expect(refusal.parameter).toBe('contactPhone');
		expect(refusal.message).toContain('has no country code');
		expect(refusal.description).toContain('Default Country');
		expect(refusal.description).toContain('Allow Unusual Numbers');
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
		['a zero too many in brackets', '(20) 0400 000 000', '20400000000'],
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
	const digit = fc.nat({ max: 9 }).map(String);
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
	const country = fc.option(fc.constantFrom('BR', 'DE', 'US', 'RU', 'IT', 'MX', 'AR', 'IN', 'GB'), {
		nil: undefined,
	});

	test('it is digits that read as themselves, or refused with an InputError', () => {
		let accepted = 0;
		fc.assert(
			fc.property(anything, country, fc.boolean(), (value, defaultCountry, allowDoubtful) => {
				const phone = acceptedOf(() => read(value, defaultCountry, allowDoubtful));
				if (phone === undefined) return;
				accepted += 1;
				expect(phone).toMatch(allowDoubtful ? /^\d{2,20}$/ : /^[1-9]\d{6,14}$/);
				expect(read(phone, undefined, allowDoubtful)).toBe(phone);
				if (!allowDoubtful) expect(read(`+${phone}`, defaultCountry)).toBe(phone);
			}),
			{ numRuns: 5000 },
		);
		expect(accepted).toBeGreaterThan(500);
	});

	test('a number with + gives its own digits, less a trunk prefix at most', () => {
		fc.assert(
			fc.property(phoneLike, (text) => {
				const phone = acceptedOf(() => read(`+${text.replace(/^[+(0]+/, '')}`));
				if (phone === undefined) return;
				const digits = text.replace(/^[+(0]+/, '').replace(/\D/g, '');
				const kept = Array.from(
					phone,
					(_, index) =>
						digits.startsWith(phone.slice(0, index)) && digits.endsWith(phone.slice(index)),
				).includes(true);
				expect(kept).toBe(true);
				expect(phone.length).toBeLessThanOrEqual(digits.length);
			}),
			{ numRuns: 3000 },
		);
	});

	test('a default country gives the same again for mobiles in their national form', () => {
		fc.assert(
			fc.property(fc.constantFrom(...getCountries()), (home) => {
				const example = getExampleNumber(home, examples);
				if (example === undefined || example.number.length < 9) return;
				const phone = read(example.formatNational(), home);
				expect(phone.startsWith(getCountryCallingCode(home))).toBe(true);
				if (phone.length > 11) expect(read(phone, home)).toBe(phone);
				expect(read(`+${phone}`, home)).toBe(phone);
			}),
			{ numRuns: 500 },
		);
	});

	test('examinePhone says what readPhone throws', () => {
		fc.assert(
			fc.property(anything, country, (value, defaultCountry) => {
				const options = { parameter: 'to', defaultCountry };
				const examined = examinePhone(value, options);
				if (typeof examined === 'string') expect(readPhone(value, options)).toBe(examined);
				else expect(refusalOf(() => readPhone(value, options))).toMatchObject(examined);
			}),
		);
	});
});

test('a long list of plain numbers is read in time that grows with it, not with its square', () => {
	const reading = (count: number) => () => {
		let sum = 0;
		for (let index = 0; index < count; index += 1) sum += read(`55119${10_000_000 + index}`).length;
		return sum;
	};
	expect(reading(200_000)()).toBe(200_000 * 13);
	expect(growth(reading, 12_500)).toBeLessThan(LINEAR);
});
