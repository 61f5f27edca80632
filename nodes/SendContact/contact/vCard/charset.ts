// Bytes as text: by the character set that is declared, else by what they can only be. Knows no vCard.

/** Bytes that were read as text. */
export interface Decoded {
	text: string;
	/** The text may not be what was written: letters were lost, or no character set is known to fit. */
	isDoubtful: boolean;
}

/** What programs put in the place of a letter that they could not read. */
const LOST_LETTER = '\ufffd';

/** Begins what is written in a character set of seven bits: nothing else has it in a text. */
const ESCAPE = '\u001b';

/** Character sets that write all their letters in ASCII, and what they do so with. */
const SEVEN_BITS = /^(?:iso-2022-|utf-?7$|(?:x-)?hz)/i;
const SEVEN_BITS_SIGN = /[+~\p{Cc}]/u;

const MULTI_BYTE = /^(?:utf-|gb|big5|euc-|iso-2022|shift_jis)/;

/** Bytes that the Western character set gives no sign to. */
const NO_SIGN = /[\u0080-\u009f]/u;

/** Signs that Western texts hardly hold: they come out where the bytes belong to another character set. */
const RARE_SIGN = /[¤¦¨¬¯¶¸ƒˆ˜†‡‰‚¹¼¾×÷µþðýÞÐÝ]/u;

/** A sign in the middle of a word, other than apostrophes, dashes and what is not seen. */
const SIGN_IN_WORD = /\p{L}[^\p{L}\p{M}\p{Nd}\p{Pd}\p{Z}\p{C}\p{ASCII}’·…]\p{L}/u;

/** Words as Latin scripts do not write them: none or few of their letters are plain ones, or `joÃo`. */
const STRANGE_WORD = /(?<!\p{L})[^\P{L}A-Za-z]{2,}(?!\p{L})|[^\P{L}A-Za-z]{3,}|\p{Ll}[^\P{Lu}A-Z]/u;

/** Whether a text that was read with the Western character set looks like one that was written so. */
function looksWestern(text: string): boolean {
	const plain = text.match(/[A-Za-z]/g)?.length ?? 0;
	const beyond = text.match(/\P{ASCII}/gu)?.length ?? 0;
	const strange = [NO_SIGN, RARE_SIGN, SIGN_IN_WORD, STRANGE_WORD];
	return 2 * plain >= beyond && !strange.some((pattern) => pattern.test(text));
}

type Decoder = InstanceType<typeof TextDecoder>;

/** By label. */
const decoders = new Map<string, Decoder>();

function newDecoder(label: string): Decoder | undefined {
	try {
		return new TextDecoder(label, { fatal: true });
	} catch {
		return undefined;
	}
}

function decoderOf(label: string): Decoder | undefined {
	const decoder = decoders.get(label) ?? newDecoder(label);
	if (decoder !== undefined) decoders.set(label, decoder);
	return decoder;
}

/** What windows-1252 has for the bytes 80 to 9F. Node 20 leaves them as they are: nodejs/node issue 56542. */
const WESTERN_SIGNS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function asWestern(bytes: Uint8Array): string {
	return Buffer.from(bytes)
		.toString('latin1')
		.replace(/[\u0080-\u009f]/g, (sign) => WESTERN_SIGNS.charAt(sign.charCodeAt(0) - 0x80));
}

function decoded(bytes: Uint8Array, decoder: Decoder | undefined): string | undefined {
	if (decoder?.encoding === 'windows-1252') return asWestern(bytes);
	try {
		return decoder?.decode(bytes);
	} catch {
		return undefined;
	}
}

const countOf = (part: string, text: string) => text.split(part).length - 1;

/** The bytes as UTF-8; `undefined` where they are none. Failing decoders are slow: so none is asked to fail. */
export function asUtf8(bytes: Uint8Array): string | undefined {
	const buffer = Buffer.from(bytes);
	const text = buffer.toString('utf8');
	if (text.includes(LOST_LETTER)) {
		// A letter that was lost before is valid; one that is lost now is not.
		const lostBefore = countOf('\u00ef\u00bf\u00bd', buffer.toString('latin1'));
		if (countOf(LOST_LETTER, text) > lostBefore) return undefined;
	}
	return text.replace(/^\ufeff/, '');
}

/** Whether letters of the text are lost or were never read, so that nobody can tell what was written. */
export function hasLostLetters(text: string): boolean {
	return text.includes(LOST_LETTER) || text.includes(ESCAPE);
}

/** ASCII, which stands for other letters where a character set of seven bits is declared. */
function decodeAscii(bytes: Uint8Array, text: string, declared: string): Decoded {
	if (!SEVEN_BITS.test(declared) || !SEVEN_BITS_SIGN.test(text)) {
		return { text, isDoubtful: hasLostLetters(text) };
	}
	const read = decoded(bytes, decoderOf(declared));
	return { text: read ?? text, isDoubtful: read === undefined || hasLostLetters(read) };
}

/** Whether a text may hold letters of such a character set. */
export function hasEscapes(text: string): boolean {
	return text.includes(ESCAPE);
}

/**
 * Bytes as text: in the declared character set where that is known and fits, else in UTF-8, else in the
 * Western one of old programs (windows-1252). That one takes any bytes, so the text is doubted unless it
 * looks Western. It is also doubted where both the declared set and UTF-8 fit.
 */
export function decodeBytes(bytes: Uint8Array, declared: string | undefined): Decoded {
	const utf8 = asUtf8(bytes);
	const label = declared?.trim() ?? '';
	if (bytes.every((byte) => byte < 0x80)) return decodeAscii(bytes, utf8 ?? '', label);
	const decoder = label === '' ? undefined : decoderOf(label);
	const asDeclared = decoder?.encoding === 'utf-8' ? undefined : decoded(bytes, decoder);
	if (asDeclared !== undefined && utf8 === undefined) {
		return { text: asDeclared, isDoubtful: hasLostLetters(asDeclared) };
	}
	if (utf8 !== undefined) {
		const isWestern = decoder?.encoding === 'windows-1252';
		const isOther = asDeclared !== undefined && (!isWestern || looksWestern(asDeclared));
		const isMultiByte = MULTI_BYTE.test(decoder?.encoding ?? 'utf-8');
		// Chinese and Japanese letters are valid UTF-8 by chance now and then: their declaration counts.
		if (isOther && isMultiByte) return { text: asDeclared, isDoubtful: hasLostLetters(asDeclared) };
		return { text: utf8, isDoubtful: isOther || hasLostLetters(utf8) };
	}
	const western = asWestern(bytes);
	return { text: western, isDoubtful: !looksWestern(western) };
}

/** Bytes as UTF-16, with or without a byte order mark; `undefined` where they are none. */
export function asUtf16(bytes: Uint8Array): string | undefined {
	const [first, second] = bytes;
	const isLittle = (first === 0xff && second === 0xfe) || (first !== 0 && second === 0);
	const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second !== 0);
	if (bytes.length < 2 || (!isLittle && !isBig)) return undefined;
	return new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be').decode(bytes);
}
