// The words that a key is made of, and the keys that are never looked into. Knows no source and no n8n.

/** Letters as they are compared: lower case, without accents. */
function plain(text: string): string {
	return text
		.normalize('NFD')
		.replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
		.normalize('NFC')
		.toLowerCase()
		.replace(/ё/g, 'е');
}

/** The words of a key: `E-mail` is two, `mobilePhone` and `property_mobile_phone` are the same two. */
export function wordsOf(key: string): string[] {
	return plain(
		key
			.slice(0, 200)
			.replace(/^property_/, '')
			.replace(/whats[ _-]?app/gi, ' whatsapp ')
			.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
			.replace(/(\p{L})(\d)/gu, '$1 $2'),
	)
		.split(/[^\p{L}\p{M}\d]+/u)
		.filter(Boolean);
}

/** A key with nothing but its letters and digits, for comparison: `E-mail`, `e_mail` and `email` are one. */
export function folded(key: string): string {
	return wordsOf(key).join('');
}

/** Words for people who look after a record and are not the person it is about, and for what is no phone. */
const OTHERS = new Set(
	(
		'owner owners creator editor author assigned assignee responsible agent rep salesperson seller ' +
		'supervisor manager assistant asst sender reporter attendant broker ' +
		'proprietario dono vendedor vendedora responsavel atendente corretor consultor gerente assistente ' +
		'remetente criador propietario creador agente responsable asesor remitente ' +
		'ответственный менеджер владелец автор продавец отправитель ассистент ' +
		'headers fax faxes pager'
	).split(' '),
);

/** Keys that are that of somebody else as a whole. */
const WHOLE = new Set([
	'ccemail',
	'customeripaddress',
	'mergeaudits',
	'previous',
	'user',
	'userid',
	'users',
]);

/** `Created_By`, `hs_updated_by_user_id`, `ASSIGNED_BY_ID`, `criado por`. */
const DONE = /(ed|ado)$/;

const answers = new Map<string, boolean>();

/**
 * Whether a key is that of somebody else than the person the item is about: the owner of the record, who
 * made or changed it, the signed-in user, the sender of a message; or of something that no card is to hold,
 * such as a fax. Nothing below it is ever taken.
 */
export function isOfSomebodyElse(key: string): boolean {
	const known = answers.get(key);
	if (known !== undefined) return known;
	const words = wordsOf(key);
	const answer =
		WHOLE.has(words.join('')) ||
		words.some((word, at) => {
			const next = words[at + 1];
			return OTHERS.has(word) || (DONE.test(word) && (next === 'by' || next === 'por'));
		});
	// Lists have the same few keys in every item; what a stranger makes up is not to be kept.
	if (answers.size < 2000) answers.set(key, answer);
	return answer;
}
