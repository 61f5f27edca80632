// The output of programs that run at once comes in one piece each, in their order, and none is lost.
import { InTurn } from '../../scripts/in-turn';

test('the first is seen as it comes, the second once the first has ended', () => {
	const seen: string[] = [];
	const output = new InTurn((text) => seen.push(text));
	const [types, tests] = [output.part('Types'), output.part('Tests')];
	tests.print('a');
	types.print('b');

	expect(seen.join('')).toBe('\n▸ Types\nb');
	tests.print('c');
	types.print('d');
	types.end();
	expect(seen.join('')).toBe('\n▸ Types\nbd\n▸ Tests\nac');
	tests.print('e');
	tests.end('f');
	expect(seen.join('')).toBe('\n▸ Types\nbd\n▸ Tests\nacef');
});

test('one that ended out of turn, and one that begins after all have ended', () => {
	const seen: string[] = [];
	const output = new InTurn((text) => seen.push(text));
	const [build, types] = [output.part('Build'), output.part('Types')];
	types.end('t');
	build.end('b');
	output.part('Tests').end('e');

	expect(seen.join('')).toBe('\n▸ Build\nb\n▸ Types\nt\n▸ Tests\ne');
});
