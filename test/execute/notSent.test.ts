import { InputError } from '../../nodes/SendContact/contact/InputError';
import { notSent } from '../../nodes/SendContact/execute/notSent';
import { evolutionApi } from '../../nodes/SendContact/providers/evolutionApi';
import { ogmma } from '../../nodes/SendContact/providers/ogmma';

it('a parameter goes by the word of the provider that was chosen', () => {
	const problem = new InputError({ parameter: 'sender', message: 'x', description: 'y' });

	expect(notSent(problem, evolutionApi).message).toBe('Instance: x');
	expect(notSent(problem, ogmma).message).toBe('Channel: x');
	expect(notSent(problem, undefined).message).toMatch(/^[A-Z][a-z]+: x$/);
});
