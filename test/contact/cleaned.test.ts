// A vendor's orders taken out of every text on a contact, and nothing else changed.
import { cleaned } from '../../nodes/SendContact/contact/cleaned';
import { CONTACT_FIELDS, textsIn, type Contact } from '../../nodes/SendContact/contact/Contact';

const clean = (text: string) => text.replace(/\{(?=\{)/g, '{ ');

const everywhere: Contact = {
	contactName: '{{name}}',
	contactChatId: '{{name}}',
	firstName: '{{name}}',
	middleName: '{{name}}',
	lastName: '{{name}}',
	prefix: '{{name}}',
	suffix: '{{name}}',
	nickname: '{{name}}',
	organization: '{{name}}',
	department: '{{name}}',
	title: '{{name}}',
	birthday: '{{name}}',
	note: '{{name}}',
	businessDescription: '{{name}}',
	phones: [{ number: '5511988887777' }, { number: '552133334444', type: 'work' }],
	emails: [{ address: '{{name}}' }, { address: '{{name}}', type: 'work' }],
	urls: [{ url: '{{name}}' }, { url: '{{name}}' }],
	addresses: [
		{
			street: '{{name}}',
			city: '{{name}}',
			state: '{{name}}',
			postalCode: '{{name}}',
			country: '{{name}}',
			countryCode: '{{name}}',
		},
	],
	pasted: { text: 'FN:{{name}}', version: '3.0' },
};

it('cleans every text there is', () => {
	const contact = cleaned(everywhere, clean);
	const texts = CONTACT_FIELDS.flatMap((field) => textsIn(contact, field));

	expect(JSON.stringify(contact)).not.toContain('{{');
	expect(new Set(texts)).toEqual(new Set(['{ {name}}', '5511988887777', '552133334444']));
	expect(contact.emails?.[1]).toEqual({ address: '{ {name}}', type: 'work' });
	expect(contact.pasted).toEqual({ text: 'FN:{ {name}}', version: '3.0' });
	expect(everywhere.contactName).toBe('{{name}}');
});

it('gives the same contact back where there is nothing to clean', () => {
	const contact: Contact = { contactName: 'Zoë', emails: [{ address: 'zoe@acme.example' }] };

	expect(cleaned(contact, clean)).toBe(contact);
});
