import { Command } from 'commander';
import { makeRunFolder, printVerdict, runFeatures } from '../features';
import { prepareImages } from '../images/prepare-images';
import { closingLine, isGood } from '../messages';
import { ExitCode } from '../setup/exit-codes.mjs';

/** `rescue-lab run`, which is also `npm start` after the set-up: the main journey with live progress and a report. */
export function runCommand(): Command {
  return new Command('run')
    .description('Run the main journey on real machines, show it happening and write a report.')
    .argument('[arguments...]', 'arguments of cucumber-js, to run something else than the main journey')
    .allowUnknownOption()
    .action(async (argv: string[]) => {
      const runFolder = makeRunFolder();
      await prepareImages();
      const { verdict, page } = await runFeatures({
        runFolder,
        argv: argv.length === 0 ? ['--profile', 'journey'] : argv,
      });
      printVerdict(verdict, page, (text) => process.stdout.write(text));
      process.stdout.write(`${closingLine(verdict)}\n`);
      // Whatever still holds the process open belongs to the run, and the run is over.
      process.exit(isGood(verdict) ? ExitCode.ok : ExitCode.failed);
    });
}
