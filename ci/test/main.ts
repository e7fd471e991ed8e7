import { makeRunFolder, printVerdict, runFeatures } from '../features';
import { prepareImages } from '../images/prepare-images';
import { addCounts, type Counts, closingLine, isGood } from '../messages';
import { ExitCode } from '../setup/exit-codes.mjs';
import { runUnits } from './run-units';

/**
 * `npm test`: the unit tests, then the feature suite, then one closing line that sums both. Arguments go to cucumber-js,
 * but for `--units-only` and `--features-only`.
 */
async function main(argv: readonly string[]): Promise<number> {
  const unitsOnly = argv.includes('--units-only');
  const featuresOnly = argv.includes('--features-only');
  const rest = argv.filter((argument) => argument !== '--units-only' && argument !== '--features-only');
  const runFolder = makeRunFolder();
  const parts: Counts[] = [];
  await prepareImages();
  const units = featuresOnly ? undefined : await runUnits(runFolder);
  if (units) parts.push(units);
  if (!unitsOnly) {
    const { verdict, page } = await runFeatures({ runFolder, argv: rest, units });
    parts.push(verdict);
    printVerdict(verdict, page, (text) => process.stdout.write(text));
  }
  const counts = addCounts(...parts);
  process.stdout.write(`\n${closingLine(counts)}\n`);
  return isGood(counts) ? ExitCode.ok : ExitCode.failed;
}

main(process.argv.slice(2)).then(
  // Whatever still holds the process open belongs to the run, and the run is over.
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.stdout.write(`\n${closingLine({ passed: 0, failed: 1, skipped: 0 })}\n`);
    process.exit(ExitCode.failed);
  },
);
