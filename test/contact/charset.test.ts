import fc from 'fast-check';

import { readVCards } from '../../nodes/SendContact/contact/readVCard';
import { asUtf16, decodeBytes } from '../../nodes/SendContact/contact/vCard/charset';
import { encode, lettersOf } from './encode';

/** Now and then a name is valid UTF-8 by chance: the same ones each time. */
const SEED = 20261122;

const read = (text: string, label: string, declared?: string) =>
	decodeBytes(encode(text, label), declared);

/** Words of a script, in a character set that has its letters. */
const words = (label: string, script: RegExp, minLength = 2) =>
	fc
		.array(
			fc.string({ unit: fc.constantFrom(...lettersOf(label, script)), minLength, maxLength: 9 }),
			{ minLength: 1, maxLength: 3 },
		)
		.map((list) => list.join(' '));

/** A name as people write it, of two words of three letters and more. */
const names = (label: string, script: RegExp) =>
	fc
		.tuple(words(label, script, 3), words(label, script, 3))
		.map((two) => two.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
		.map((two) => two.join(' '));

const CYRILLIC = /^[А-Яа-яЁё]$/u;

describe('a text in the character set that is declared', () => {
	test.each<[string, RegExp]>([
		['windows-1251', CYRILLIC],
		['koi8-r', CYRILLIC],
		['iso-8859-5', CYRILLIC],
		['ibm866', CYRILLIC],
		['windows-1250', /^[A-Za-zŁłŚśŻżŐőŘřÁáÉé]$/u],
		['windows-1253', /^[Α-Ωα-ω]$/u],
		['gbk', /^\p{Script=Han}$/u],
	])('%s is read or doubted, never misread', (label, script) => {
		let doubted = 0;
		fc.assert(
			fc.property(names(label, script), (text) => {
				const { text: got, isDoubtful } = read(text, label, label.toUpperCase());
				if (isDoubtful) doubted += 1;
				else expect(got).toBe(text);
			}),
			{ numRuns: 500, seed: SEED },
		);
		expect(doubted).toBe(0);
	});

	test.each([
		['windows-1252', 'Größe – “5 €”', 'Windows-1252'],
		['windows-1252', 'Größe', 'ISO-8859-1'],
		['windows-1252', 'Größe', 'us-ascii'],
		['iso-8859-15', 'Œuvre à 5 €', 'ISO-8859-15'],
	])('%s: %s as %s', (label, text, declared) => {
		const bytes =
			label === 'windows-1252'
				? Buffer.from(
						text
							.replace(/–/g, '\x96')
							.replace('“', '\x93')
							.replace('”', '\x94')
							.replace('€', '\x80'),
						'latin1',
					)
				: encode(text, label);
		expect(decodeBytes(bytes, declared)).toEqual({ text, isDoubtful: false });
	});
});

describe('a text whose character set nobody declares', () => {
	test('in UTF-8 is read as what it is', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (text) => {
				const { text: got, isDoubtful } = decodeBytes(Buffer.from(text), undefined);
				expect(got).toBe(text.replace(/^\ufeff/, ''));
				expect(isDoubtful).toBe(text.includes('\ufffd'));
			}),
		);
	});

	test.each([
		'José',
		'JOÃO GONÇALVES',
		'João Gonçalves d’Ávila',
		'Dra. Conceição Araújo – “Cê”',
		'François Hôtelier, 2º andar',
		'Größe & Söhne, Straße 5',
		'Søren Ågård Ødegård',
		'Ñandú y Müller: ¿sí? ¡ya!',
		'Só à tarde… 10 m² por R$ 5',
		'L’été à l’île',
		'Æro',
	])('in windows-1252 looks so and is read: %s', (text) => {
		const sign: Readonly<Record<string, string>> = {
			'’': '\x92',
			'–': '\x96',
			'“': '\x93',
			'”': '\x94',
			'…': '\x85',
		};
		const bytes = Buffer.from(
			text.replace(/[’–“”…]/g, (one) => sign[one] ?? one),
			'latin1',
		);
		expect(decodeBytes(bytes, undefined)).toEqual({ text, isDoubtful: false });
	});

	test.each<[string, RegExp]>([
		['windows-1251', CYRILLIC],
		['koi8-r', CYRILLIC],
		['iso-8859-5', CYRILLIC],
		['ibm866', CYRILLIC],
		['windows-1253', /^[Α-Ωα-ω]$/u],
		['windows-1255', /^[א-ת]$/u],
		['windows-1256', /^[ابتثجحخدرسشعغفقكلمنهوي]$/u],
		['gbk', /^\p{Script=Han}$/u],
		['shift_jis', /^\p{Script=Hiragana}$/u],
	])('in %s is doubted, and never sent as something else', (label, script) => {
		fc.assert(
			fc.property(names(label, script), (text) => {
				expect(read(text, label).isDoubtful).toBe(true);
			}),
			{ numRuns: 500, seed: SEED },
		);
	});

	test.each([
		['DOS', Buffer.from([0x4a, 0x6f, 0x73, 0x82])],
		['an old Macintosh', Buffer.from([0x4a, 0x6f, 0x73, 0x8e])],
		['Poland', Buffer.from([0x57, 0x61, 0xb3, 0xea, 0x73, 0x61])],
		['Turkey', Buffer.from([0x59, 0xfd, 0x6c, 0x6d, 0x61, 0x7a])],
		['UTF-8 that was cut off', Buffer.from('José').subarray(0, 4)],
		['UTF-8 with a letter damaged', Buffer.from([0x4a, 0xc3, 0x41, 0xa9, 0x73])],
	])('from %s is doubted', (_, bytes) => {
		expect(decodeBytes(bytes, undefined).isDoubtful).toBe(true);
	});
});

test('what is declared and is UTF-8 just as well is doubted, unless it only can be UTF-8', () => {
	const bytes = Buffer.from('Юлия');
	expect(decodeBytes(bytes, 'windows-1251')).toEqual({ text: 'Юлия', isDoubtful: true });
	expect(decodeBytes(bytes, 'UTF-8')).toEqual({ text: 'Юлия', isDoubtful: false });
	expect(decodeBytes(bytes, 'X-NONE')).toEqual({ text: 'Юлия', isDoubtful: false });
	expect(decodeBytes(Buffer.from('José'), 'ISO-8859-1')).toEqual({
		text: 'José',
		isDoubtful: false,
	});
});

describe('a text in a character set of seven bits, whose bytes are all ASCII', () => {
	const japanese = '\u001b$B;3ED\u001b(B Hanako';

	test.each(['ISO-2022-JP', 'iso-2022-jp'])('%s is read where it is declared', (declared) => {
		expect(decodeBytes(Buffer.from(japanese), declared)).toEqual({
			text: '山田 Hanako',
			isDoubtful: false,
		});
	});

	test.each([
		[undefined, japanese],
		['UTF-8', japanese],
		['ISO-2022-KR', '\u001b$)C\u000e1h\u000f'],
		['UTF-7', 'Jo+AOM-o'],
		['HZ-GB-2312', '~{:z~}'],
	])('declared as %s it is doubted, never sent as the signs it is made of', (declared, text) => {
		expect(decodeBytes(Buffer.from(text), declared).isDoubtful).toBe(true);
	});

	test.each(['ISO-2022-JP', 'UTF-7', 'HZ-GB-2312', 'US-ASCII'])(
		'a plain name declared as %s is itself',
		(declared) => {
			expect(decodeBytes(Buffer.from('Hanako'), declared)).toEqual({
				text: 'Hanako',
				isDoubtful: false,
			});
		},
	);

	test.each([
		['as a text', (card: string) => card],
		['as a file', (card: string) => Buffer.from(card)],
	])('on a card %s', (_, source) => {
		const heads = ['FN;CHARSET=ISO-2022-JP:', 'FN;CHARSET=ISO-2022-JP;ENCODING=QUOTED-PRINTABLE:'];
		const names = [japanese, japanese.replaceAll('\u001b', '=1B')];
		const cards = heads.map(
			(head, at) => `BEGIN:VCARD\nVERSION:2.1\n${head}${names[at]}\nTEL:+819012345678\nEND:VCARD\n`,
		);
		const read = readVCards(source(cards.join('')), {});
		for (const card of read) {
			expect(card).toMatchObject({ contact: { contactName: '山田 Hanako' } });
			if ('contact' in card) expect(card.contact.pasted?.text ?? '').not.toContain('\u001b');
		}
		expect(read).toHaveLength(2);
	});
});

test('UTF-16 is recognised by its mark, and by the zeros of the first letter', () => {
	const text = 'BEGIN:VCARD 😀';
	const little = Buffer.from(text, 'utf16le');
	const big = Buffer.from(little).swap16();
	const marked = Buffer.from(`\ufeff${text}`, 'utf16le');
	expect(asUtf16(little)).toBe(text);
	expect(asUtf16(big)).toBe(text);
	expect(asUtf16(marked)).toBe(text);
	expect(asUtf16(Buffer.from(marked).swap16())).toBe(text);
	for (const none of [Buffer.from(text), Buffer.from('B'), Buffer.alloc(0), Buffer.alloc(4)]) {
		expect(asUtf16(none)).toBeUndefined();
	}
});
