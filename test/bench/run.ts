// `npm run bench`: measures the node and what people use instead of it, all in one run, and writes the
// table to the terminal and to test-results/bench.md. `--full` takes longer and goes to 100 000 items,
// `--only 1,4` runs these scenarios. Nothing is asserted: the numbers depend on the machine.
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';

import { prepareGround, root } from './ground';
import { scenarios } from './scenarios';
import { asMarkdown, asText, type Section } from './table';

function chosen(args: readonly string[]): number[] {
	const at = args.indexOf('--only');
	const all = scenarios.map((_, index) => index + 1);
	if (at === -1) return all;
	const wanted = (args[at + 1] ?? '').split(',').map(Number);
	const unknown = wanted.filter((number) => !all.includes(number));
	if (unknown.length > 0) {
		const list = scenarios.map(({ name }, index) => `${index + 1} ${name}`).join('\n');
		throw new Error(`--only takes numbers out of:\n${list}`);
	}
	return wanted;
}

async function main(args: readonly string[]): Promise<void> {
	const isFull = args.includes('--full');
	const wanted = chosen(args);
	const began = performance.now();
	const ground = await prepareGround();
	const [cpu] = cpus();
	const machine = `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GB; load at the start ${(loadavg()[0] ?? 0).toFixed(1)}; ${ground.versions}`;
	console.log(machine);
	const sections: Section[] = [];
	try {
		for (const number of wanted) {
			const scenario = scenarios[number - 1];
			if (scenario === undefined) continue;
			process.stderr.write(`… ${scenario.name}\n`);
			const section = await scenario.run(ground, isFull);
			sections.push(section);
			console.log(asText(section));
		}
	} finally {
		ground.leave();
	}
	const targets = sections.flatMap((section) => section.targets);
	const reached = targets.filter((target) => target.reached).length;
	const took = `${((performance.now() - began) / 1000).toFixed(0)} s`;
	console.log(`\n${reached} of ${targets.length} numbers reached, in ${took}`);

	const folder = join(root, 'test-results');
	mkdirSync(folder, { recursive: true });
	const report = [
		'# Benchmark',
		`Measured by \`npm run bench${isFull ? ' -- --full' : ''}\` on ${new Date().toISOString().slice(0, 10)}: ${machine}.`,
		'Every contestant runs in a process of its own on the same Node.js and n8n-core, every vendor in another one.',
		...sections.map(asMarkdown),
	];
	writeFileSync(join(folder, 'bench.md'), `${report.join('\n\n')}\n`);
	console.log('Written to test-results/bench.md');
}

main(process.argv.slice(2)).catch((problem: unknown) => {
	console.error(problem instanceof Error ? problem.message : problem);
	process.exitCode = 1;
});
