import { globSync, readFileSync } from 'node:fs';
import { lintFeatures } from './lint-features';

/** Prints what the house rules find in features/ and exits 1 when they find something. */
const files = globSync('features/**/*.feature').sort();
const findings = lintFeatures(files.map((uri) => ({ uri, text: readFileSync(uri, 'utf8') })));
for (const { uri, line, message } of findings) console.log(`${uri}:${line}: ${message}`);
console.log(`${files.length} feature files, ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
