import { Command } from 'commander';
import { inspectCommand } from '../disk-tools/inspect-command';
import { listCommand } from '../disk-tools/list-command';
import { toolCommand } from '../disk-tools/tool-command';
import { EXIT_CODE_TABLE, ExitCode } from '../setup/exit-codes.mjs';
import { doctorCommand } from './doctor-command';
import { exitCodeOf, explain } from './exit-code-of';
import { imagesCommand } from './images-command';
import { runCommand } from './run-command';
import { upCommand } from './up-command';

/** The `rescue-lab` command. */
const program = new Command('rescue-lab')
  .description(
    'A Windows rescue mode platform to test against: a simulated provider and real virtual machines.',
  )
  .addHelpText('afterAll', exitCodeHelp())
  .exitOverride((error) => process.exit(error.exitCode === 0 ? ExitCode.ok : ExitCode.usage))
  .addCommand(runCommand())
  .addCommand(upCommand())
  .addCommand(doctorCommand())
  .addCommand(imagesCommand())
  .addCommand(toolCommand())
  .addCommand(inspectCommand())
  .addCommand(listCommand());
inherit(program);

program.parseAsync().catch((error: unknown) => {
  console.error(explain(error));
  process.exit(exitCodeOf(error));
});

function exitCodeHelp(): string {
  const rows = EXIT_CODE_TABLE.map(([code, meaning]) => `  ${String(code).padStart(3)}  ${meaning}`);
  return ['', 'Exit codes:', ...rows].join('\n');
}

/** Commander hands settings down only to commands that are made on their parent; ours are made in files of their own. */
function inherit(parent: Command): void {
  for (const command of parent.commands) inherit(command.copyInheritedSettings(parent));
}
