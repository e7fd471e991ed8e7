import { Command } from 'commander';
import { exitCodeOf, explain } from '../cli/exit-code-of';
import { ExitCode } from '../setup/exit-codes.mjs';
import { inspectCommand } from './inspect-command';
import { listCommand } from './list-command';
import { toolCommand } from './tool-command';

/** `rescue-lab tool`, `inspect` and `list`, without the rest of the lab: they are started often. */
const program = new Command('rescue-lab')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? ExitCode.ok : ExitCode.usage))
  .enablePositionalOptions();
for (const command of [toolCommand(), inspectCommand(), listCommand()])
  program.addCommand(command.copyInheritedSettings(program));

/** A reader such as `head` may leave early: the work on the images goes on to its end all the same. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

program.parseAsync().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(explain(error));
    process.exit(exitCodeOf(error));
  },
);
