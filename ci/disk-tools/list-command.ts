import { Argument, Command } from 'commander';
import { nodeMachine } from '../listing/node-machine';
import { LISTING_NAMES, runListing } from '../listing/run-listing';
import { ExitCode } from '../setup/exit-codes.mjs';

const WHAT = `
What:
  hive FILE        every key and value of a registry hive
  store FILE       every object of a boot configuration data store (\\Boot\\BCD)
  accounts FILE    the accounts of a SAM hive
  table IMAGE      the partitions of a disk, MBR or GPT
  groups IMAGE...  the disk groups of dynamic disks: disks, volumes, extents
  volume IMAGE     what an NTFS volume says of itself; the image is that of the volume

Exits with 0, with 1 where a file cannot be read (a sentence says which, at which byte and why), or with 2 where the
command line was not understood.
\`bin/rescue-lab list …\`, which the set-up makes, does the same in a few milliseconds.`;

/** `rescue-lab list <what> <file...>`: one structure of a disk, whole, in a format for programs. */
export function listCommand(): Command {
  return new Command('list')
    .description(
      'List a registry hive, a boot store, accounts, partitions, disk groups or a volume of raw images.',
    )
    .addArgument(new Argument('<what>', 'what to list').choices(LISTING_NAMES))
    .argument('<file...>', 'a file, or raw disk images')
    .addHelpText('after', WHAT)
    .action((what: string, files: readonly string[], _options: unknown, command: Command) => {
      if (files.length > 1 && what !== 'groups') {
        command.error(`error: only groups takes more than one file`, { exitCode: ExitCode.usage });
      }
      const from = process.env['INIT_CWD'] ?? process.cwd();
      process.exitCode = runListing([what, ...files], nodeMachine(from));
    });
}
