import { runSecrets } from '../../simulators/evidence';
import { makeRunFolder, printVerdict, runFeatures } from '../features';
import { prepareImages } from '../images/prepare-images';
import { testKernelEnvironment } from '../images/test-kernel';
import { addCounts, type Counts, closingLine, isGood } from '../messages';
import { ExitCode } from '../setup/exit-codes.mjs';
import { defaultSelection } from './default-selection';
import { runUnits } from './run-units';

/** Our own options; everything else goes to cucumber-js. */
const UNITS_ONLY = '--units-only';
const FEATURES_ONLY = '--features-only';
/** Builds no images: for scenarios that need no machine, such as those tagged `@api`. */
const NO_IMAGES = '--no-images';

/** `npm test`: the images, the unit tests, the feature suite, then one closing line that sums both. */
async function main(argv: readonly string[]): Promise<number> {
  const has = (option: string): boolean => argv.includes(option);
  const rest = argv.filter((argument) => ![UNITS_ONLY, FEATURES_ONLY, NO_IMAGES].includes(argument));
  const runFolder = makeRunFolder();
  const images = has(NO_IMAGES) ? undefined : await prepareImages();
  const units = has(FEATURES_ONLY)
    ? undefined
    : await runUnits(runFolder, images && testKernelEnvironment(images));
  const parts: Counts[] = units ? [units] : [];
  if (!has(UNITS_ONLY)) {
    const { verdict, page } = await runFeatures({ runFolder, argv: defaultSelection(rest), units });
    parts.push(verdict);
    printVerdict(verdict, page, (text) => process.stdout.write(text));
  }
  if (units && units.failures.length > 0)
    process.stdout.write(`Failed unit tests:\n${runSecrets.mask(units.failures.join('\n'))}\n`);
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
