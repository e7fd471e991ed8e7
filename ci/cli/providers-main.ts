import { Command } from 'commander';
import { ExitCode } from '../setup/exit-codes.mjs';
import { exitCodeOf, explain } from './exit-code-of';
import { type UpOptions, upOptions } from './up-options';
import { upProviders } from './up-providers';

/** `rescue-lab up --no-machines`, without the code of the machines: ready within a second. */
const program = new Command('rescue-lab').exitOverride((error) =>
  process.exit(error.exitCode === 0 ? ExitCode.ok : ExitCode.usage),
);
const up = upOptions(new Command('up')).action((options: UpOptions) => upProviders(options));
program.addCommand(up.copyInheritedSettings(program));

program.parseAsync().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(exitCodeOf(error));
});
