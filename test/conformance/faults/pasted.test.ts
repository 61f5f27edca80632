// A credential as people paste it, over every provider: it works, and is hidden in every echo.
import { textOf } from '../../../nodes/SendContact/providers/answers';
import { PASTED, pastedOddly } from '../../credentials/odd';
import { expectNoSecret, rowsOf, services } from '../stage';
import { CONTINUE, overEveryService } from './ground';

overEveryService((ground) => {
	const { service, ONCE } = ground;

	describe('however the credential was pasted', () => {
		const spellings = Object.entries(PASTED);
		/** The one whose echo comes in every escape: with so many services each has its turn somewhere. */
		const escaped = spellings[services.indexOf(service) % spellings.length]?.[0];

		it.each(spellings)('with %s: it works, and is hidden in every echo', async (name, paste) => {
			const type = service.provider.credential;
			const credential = pastedOddly(type, ground.stage.credential, paste);
			const pasted = type.properties.flatMap(({ name, typeOptions }) =>
				typeOptions?.password === true ? [textOf(credential[name]) ?? ''] : [],
			);
			ground.stage.vendor.faultNext(name === escaped ? 'escapedEcho' : 'status500Json');
			ground.stage.vendor.faultNext('status500Json');
			const run = await ground.stage.run(ground.stage.people(3), {
				options: { maxConcurrent: 1, ...ONCE },
				parameters: { simplify: false },
				node: CONTINUE,
				credential,
			});

			expect(rowsOf(run).map(({ status }) => status)).toEqual(['unknown', 'unknown', 'accepted']);
			expectNoSecret(run, [
				...ground.stage.vendor.secrets,
				...pasted.filter((text) => text !== ''),
			]);
		});
	});
});
