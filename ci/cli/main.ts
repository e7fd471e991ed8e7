import { Command } from 'commander';
import { EXIT_CODE_TABLE, ExitCode } from '../setup/exit-codes.mjs';
import { doctorCommand } from './doctor-command';
import { imagesCommand } from './images-command';
import { runCommand } from './run-command';

/** The `rescue-lab` command. */
const program = new Command('rescue-lab')
  .description(
    'A Windows rescue mode platform to test against: a simulated provider and real virtual machines.',
  )
  .addHelpText('after', exitCodeHelp())
  .exitOverride((error) => process.exit(error.exitCode === 0 ? ExitCode.ok : ExitCode.usage))
  .addCommand(runCommand())
  .addCommand(doctorCommand())
  .addCommand(imagesCommand());
for (const command of program.commands)
  command.copyInheritedSettings(program).addHelpText('after', exitCodeHelp());

program.parseAsync().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(ExitCode.failed);
});

function exitCodeHelp(): string {
  const rows = EXIT_CODE_TABLE.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`);
  return ['', 'Exit codes:', ...rows].join('\n');
}
