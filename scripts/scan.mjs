// n8n's own package scan, run locally as its command line does after download:
//   node scripts/scan.mjs source <folder>    over a checkout: `{ passed, message, details }`
//   node scripts/scan.mjs tarball <folder>   over an unpacked tarball: the same
//   node scripts/scan.mjs rules <file> …     where our own lint is laxer: `{ weaker, inlineAllowed, rules }`
// Prints JSON.
import {
	SOURCE_FILE_PATTERNS,
	analyzePackage,
	buildScanConfig,
} from '@n8n/scan-community-package/scanner/scanner.mjs';
import { ESLint } from 'eslint';

const [kind, ...targets] = process.argv.slice(2);
console.log(JSON.stringify(kind === 'rules' ? await rules() : await scan()));

async function scan() {
	const patterns = kind === 'source' ? SOURCE_FILE_PATTERNS : ['**/*.js', 'package.json'];
	const { passed, message, details } = await analyzePackage(targets[0], patterns);
	return { passed, message, details };
}

async function rules() {
	const theirs = new ESLint({ overrideConfigFile: true, overrideConfig: await buildScanConfig() });
	const ours = new ESLint();
	const found = { weaker: [], inlineAllowed: [], rules: 0 };
	for (const file of targets) {
		const asked = (await theirs.calculateConfigForFile(file)).rules;
		const held = await ours.calculateConfigForFile(file);
		if (!held.linterOptions.noInlineConfig) found.inlineAllowed.push(file);
		for (const [rule, [severity]] of Object.entries(asked)) {
			if (severity > 0) found.rules += 1;
			if (severity > (held.rules[rule]?.[0] ?? 0)) found.weaker.push(`${rule} in ${file}`);
		}
	}
	return found;
}
