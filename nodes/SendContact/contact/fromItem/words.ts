// What people call the fields of a card in sheets, forms and tables: English, Portuguese, Spanish, Russian.
import { folded, wordsOf } from './keys';
import type { AddressPaths, PhoneKind, SoughtText } from './Source';

/** What a key may stand for. */
export type Named =
	| Exclude<SoughtText, 'contactName'>
	| 'contactName'
	| 'email'
	| 'url'
	| PhoneName
	| keyof AddressPaths;

/** A phone, by its label. */
export type PhoneName = `phone ${PhoneKind}`;

/** The names, separated by commas. A name may stand for two fields: then the value tells. */
const NAMES: Readonly<Record<Named, string>> = {
	contactName:
		'name, full name, contact, contact name, display name, customer, customer name, client, client name, lead, lead name, person, person name, ' +
		'nome, nome completo, contato, nome do contato, cliente, nome do cliente, ' +
		'nombre, nombre completo, contacto, nombre del contacto, nombre del cliente, nombre y apellido, ' +
		'имя, фио, контакт, клиент, имя клиента, полное имя, имя и фамилия',
	firstName: 'first name, given name, fname, primeiro nome, nombres, primer nombre',
	middleName: 'middle name, nome do meio, segundo nombre, отчество',
	lastName:
		'last name, surname, family name, lname, sobrenome, ultimo nome, apellido, apellidos, фамилия',
	prefix: 'salutation, name prefix, honorific, tratamento, tratamiento',
	suffix: 'name suffix',
	nickname: 'nickname, apelido, apodo, прозвище',
	'phone whatsapp':
		'whatsapp, wa, whatsapp number, whatsapp phone, zap, zapzap, numero do whatsapp, numero de whatsapp, ватсап, вотсап, вацап, номер whatsapp',
	'phone mobile':
		'mobile, mobile phone, mobile number, cell, cellphone, cell phone, celular, telefone celular, numero de celular, movil, telefono movil, мобильный, мобильный телефон, сотовый, сотовый телефон',
	'phone main':
		'phone, phones, phone number, phone numbers, tel, telephone, telephone number, contact number, telefone, telefones, fone, numero de telefone, contato, contato telefonico, telefono, contacto, numero de telefono, телефон, тел, номер телефона, контакт, контактный телефон',
	'phone work':
		'work phone, business phone, office phone, telefone comercial, telefone do trabalho, telefono del trabajo, telefono de oficina, рабочий телефон',
	'phone home': 'home phone, telefone residencial, telefono de casa, домашний телефон',
	'phone other': 'other phone, outro telefone, otro telefono, другой телефон',
	email:
		'email, mail, email address, emails, e mail, endereco de email, correo, correo electronico, direccion de correo, почта, эл почта, электронная почта, адрес почты',
	organization:
		'company, company name, organization, organisation, organization name, business, business name, employer, account, account name, empresa, nome da empresa, organizacao, razao social, nombre de la empresa, organizacion, razon social, компания, организация, название компании',
	department: 'department, departamento, setor, отдел',
	title: 'job title, title, position, role, cargo, funcao, puesto, должность',
	url: 'website, site, url, web, homepage, pagina, sitio, sitio web, pagina web, сайт',
	birthday:
		'birthday, birthdate, birth date, date of birth, dob, nascimento, data de nascimento, aniversario, nacimiento, fecha de nacimiento, cumpleanos, день рождения, дата рождения',
	note: 'note, notes, comment, comments, observacao, observacoes, obs, nota, notas, observaciones, заметка, комментарий',
	street:
		'address, street, street address, endereco, rua, logradouro, direccion, calle, адрес, улица',
	city: 'city, town, cidade, ciudad, город',
	state: 'state, province, region, estado, uf, provincia, область, регион',
	postalCode:
		'zip, zip code, zipcode, postal code, postcode, cep, codigo postal, индекс, почтовый индекс',
	country: 'country, pais, страна',
	countryCode: 'country code',
};

/** Words of a question or a label that say nothing of whose the answer is. */
const FILLERS = new Set(
	(
		'a an the and or of on in for to with by at is are be what which whats please enter type your you we can may us me my i ' +
		'how when if need should want send back touch via ' +
		'best good valid number no nr new real full contact customer client lead person primary main default reach call talk include including area code country ddd ddi ' +
		'work business office personal private home mobile cell whatsapp field value text input answer required optional ' +
		'o os as e ou de do da dos das em no na para por com ao qual quais seu sua teu tua voce nos numero melhor digite informe insira favor cliente contato falar entrar completo obrigatorio ' +
		'el la los las y u del en con cual es tu su tus sus mejor ingrese escriba contactarte contacto completo obligatorio ' +
		'ваш ваша ваше ваши какой как вас зовут укажите введите напишите номер для связи контактный клиента контакта и или с по в пожалуйста'
	).split(' '),
);

/** What a key ends in that only speaks of a phone: `phone_verified_at`, `whatsapp id`, `phone type`. */
const ABOUT =
	/^(id|ids|code|type|status|label|count|at|date|valid|verified|consent|opt|in|optin|enabled|cpf|cnpj|ssn|inn|инн|model|extension|ext|ramal|url|link|flag)$/;

const exact = new Map<string, Named[]>();
/** Longest first, so that `company name` is not read as a name. */
const phrases: Array<{ words: string[]; named: Named[] }> = [];
for (const [named, list] of Object.entries(NAMES) as Array<[Named, string]>) {
	for (const name of list.split(', ')) {
		const key = folded(name);
		const both = [...(exact.get(key) ?? []), named];
		exact.set(key, both);
		const known = phrases.find(({ words }) => words.join('') === key);
		if (known) known.named = both;
		else phrases.push({ words: wordsOf(name), named: both });
	}
}
phrases.sort((one, other) => other.words.length - one.words.length);

/** Only these are looked for among other words. */
const AMONG_WORDS = /^(phone|contactName$|firstName$|lastName$|email$|organization$|title$)/;

/** These mean something else as soon as they stand among other words. */
const ALONE = new Set(
	'contact customer client lead person account business position role title mail web wa'.split(' '),
);

/** What a key says of its value. */
export interface KeyMeaning {
	named: readonly Named[];
	/** The key is one of the names as a whole. */
	isWhole: boolean;
	/** The words beside the name, which say whose it is: `doctor` of `Doctor’s phone`. */
	whose: string;
	/** The number at its end, such as 2 of `Phone 2`; 0 where there is none. */
	number: number;
}

function meaningOf(key: string): KeyMeaning | undefined {
	const words = wordsOf(key);
	const last = words.at(-1) ?? '';
	const number = words.length > 1 && /^\d$/.test(last) ? Number(last) : 0;
	const own = number > 0 ? words.slice(0, -1) : words;
	const whole = exact.get(own.join(''));
	if (whole !== undefined) return { named: whole, isWhole: true, whose: '', number };
	const isQuestion = own.length > 4 || /[?:]\s*$/.test(key);
	if (!isQuestion && ABOUT.test(own.at(-1) ?? '')) return undefined;
	for (const { words: phrase, named } of phrases) {
		const among = named.filter((one) => AMONG_WORDS.test(one));
		const [first = ''] = phrase;
		if (among.length === 0 || (phrase.length === 1 && ALONE.has(first))) continue;
		const at = own.findIndex((_word, start) =>
			phrase.every((word, offset) => own[start + offset] === word),
		);
		if (at === -1) continue;
		const others = [...own.slice(0, at), ...own.slice(at + phrase.length)].filter(
			(word) => word.length > 1 && !FILLERS.has(word) && !exact.has(word) && !/^\d+$/.test(word),
		);
		return { named: among, isWhole: false, whose: others.join(' '), number };
	}
	return undefined;
}

const meanings = new Map<string, KeyMeaning | undefined>();

/** What a key that people chose says of its value; `undefined` where nothing. */
export function meaningOfKey(key: string): KeyMeaning | undefined {
	if (meanings.has(key)) return meanings.get(key);
	const meaning = key.length > 200 ? undefined : meaningOf(key);
	if (meanings.size < 2000) meanings.set(key, meaning);
	return meaning;
}

/** The names in a language's own words, for the docs. */
export const namesOf = (named: Named): string[] => NAMES[named].split(', ');
