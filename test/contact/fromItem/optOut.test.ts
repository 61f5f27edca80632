// Who said no, by the flags that services keep: found wherever the record lies, and held against the recipient alone.
import { isAbout, optOutsIn } from '../../../nodes/SendContact/contact/fromItem';
import { FLAGS } from '../../../nodes/SendContact/contact/fromItem/optOut';

/** Whether a message to `to` is stopped by what the item says. */
const isStopped = (item: unknown, to: string, defaultCountry?: string) => {
	return optOutsIn(item, { defaultCountry }).some((found) => isAbout(found, to));
};

const MARIA = { name: 'Maria', phone: '+55 11 98888-7777', email: 'Maria@Acme.example', id: 'h1' };

/** The flag at its path, with that value. */
function flagged(path: string, value: unknown): Record<string, unknown> {
	const [, list, key, is, last] = /^(\w+)\[(\w+)=(\w+)\]\.(\w+)$/.exec(path) ?? [];
	if (list === undefined || key === undefined || last === undefined) return { [path]: value };
	return {
		[list]: [
			{ [key]: 'other', [last]: value },
			{ [key]: is, [last]: value },
		],
	};
}

const parsed = (text: string): unknown => (/^(true|false)$/.test(text) ? text === 'true' : text);

describe.each(FLAGS.map((flag) => [`${flag.service} ${flag.path}`, flag] as const))(
	'%s',
	(_name, { path, stops }) => {
		const no = parsed(stops[0] ?? '');
		const yes = typeof no === 'boolean' ? !no : 'granted';

		it.each([
			['the item', (record: object) => record],
			['a wrapper', (record: object) => ({ body: { contact: record } })],
			['a list of one', (record: object) => ({ data: [record] })],
		])('in %s', (_where, wrap) => {
			const item = wrap({ ...MARIA, ...flagged(path, no) });
			expect(isStopped(item, '5511988887777')).toBe(true);
			expect(isStopped(item, '5511977776666')).toBe(false);
			expect(optOutsIn(item, {})[0]?.path).toMatch(path.replace(/\[.*/, ''));
		});

		it.each([yes, null, '', 0, {}, [no], { value: no }])('%j is no such thing', (value) => {
			expect(optOutsIn({ ...MARIA, ...flagged(path, value) }, {})).toEqual([]);
		});
	},
);

describe('the recipient is that person', () => {
	const item = { ...MARIA, dnd: true };

	test.each([
		'5511988887777',
		'+5511988887777',
		'5511988887777@c.us',
		'5511988887777@s.whatsapp.net',
		// Without Brazil's ninth digit, as WhatsApp has many accounts.
		'551188887777@c.us',
		'h1',
		'maria@acme.example',
	])('%s', (to) => {
		expect(isStopped(item, to)).toBe(true);
	});

	test.each([
		'5511988887778',
		'5521988887777',
		'120363043968066561@g.us',
		'5511988887777-group',
		'-1005511988887777',
		'11988887777@lid',
		'h2',
		'',
	])('%s is not', (to) => {
		expect(isStopped(item, to)).toBe(false);
	});

	test('by a number that is written without its country', () => {
		const national = { ...item, phone: '(11) 98888-7777' };
		expect(isStopped(national, '5511988887777', 'BR')).toBe(true);
		expect(isStopped({ ...item, phone: '8888-7777' }, '551188887777')).toBe(true);
		expect(isStopped({ ...item, phone: '7777' }, '5511988887777')).toBe(false);
	});

	test('by any of its phones, in the shape of a known service', () => {
		const record = {
			locationId: 'l1',
			dateAdded: 'x',
			contactName: 'Maria',
			phone: '+5511988887777',
			additionalPhones: [{ phone: '+5511977776666' }],
			dnd: true,
		};
		expect(isStopped(record, '5511977776666')).toBe(true);
		expect(isStopped({ contact: record }, '5511977776666')).toBe(true);
	});

	test('but not by the phone of somebody else in the item', () => {
		const doctor = {
			...item,
			'Doctor phone': '+5511977776666',
			doctor: { phone: '+5511977776666' },
		};
		expect(isStopped(doctor, '5511977776666')).toBe(false);
		expect(isStopped(doctor, '5511988887777')).toBe(true);
	});
});

test.each([
	{ Email_Opt_Out: true },
	{ HasOptedOutOfEmail: true },
	{ emailBlacklisted: true },
	{ email_opted_in: false },
	{ properties: { hs_legal_basis: { value: 'Not applicable' } } },
])('%j is about emails, or says nothing of messages', (flag) => {
	expect(optOutsIn({ ...MARIA, ...flag }, {})).toEqual([]);
});

test('every flag counts, and one on a wrapper or inside is about whoever the item is about', () => {
	const [one, other] = ['+55 11 98888-7777', '+55 11 97777-6666'];
	const to = '5511977776666';

	expect(
		isStopped(
			{
				data: [
					{ dnd: true, phone: one },
					{ dnd: true, phone: other },
				],
			},
			to,
		),
	).toBe(true);
	expect(isStopped({ dnd: true, contact: { dnd: true, phone: other } }, to)).toBe(true);
	expect(isStopped({ phone: other, attributes: { whatsappBlacklisted: true } }, to)).toBe(true);
	expect(isStopped({ phone: one, attributes: { whatsappBlacklisted: true } }, to)).toBe(false);
});
